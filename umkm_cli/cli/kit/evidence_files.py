"""Reports as files: of a check that was just made, and of a case."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.i18n import t

ReportFile = Annotated[Path | None, typer.Option("--report", metavar="FILE", help=t("help.motif.check.report"))]
ForParties = Annotated[bool, typer.Option("--for-parties", help=t("help.motif.check.for_parties"))]
