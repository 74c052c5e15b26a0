"""Reports as files: of a check that was just made, and of a case."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office

ReportFile = Annotated[Path | None, typer.Option("--report", metavar="FILE", help=t("help.motif.check.report"))]
ForParties = Annotated[bool, typer.Option("--for-parties", help=t("help.motif.check.for_parties"))]


def report_case(office: Office, code: str, file: Path | None, for_parties: bool) -> tuple[str, Path]:
    """The case's code, and where its evidence was written."""
    from umkm_cli.desk.papers import PRINTED, write_evidence
    from umkm_cli.report.kit.html import refuse
    from umkm_cli.screening.evidence.gathering import evidence_of_case

    if file is not None:
        refuse(file, PRINTED)
    evidence = evidence_of_case(office, code)
    path = file or Path(f"{evidence.code}.html")
    write_evidence(office, evidence, path, for_parties)
    return evidence.code, path
