"""Evidence as files: in the form that the file's name asks for, signed with the office's key."""

from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.registry.office.office import Office

if TYPE_CHECKING:
    from umkm_cli.registry.signed.formats import Sealer
    from umkm_cli.screening.asking.checks import Report
    from umkm_cli.screening.evidence.kinds import Evidence

PRINTED = ".pdf"


def refuse_report(pictures: int, file: Path | None, for_parties: bool) -> None:
    """What is wrong with these wishes, before anything is compared and recorded.

    Raises `UmkmError`: `parties_without_report`, `report_one_picture`, and what `refuse` raises.
    """
    from umkm_cli.report.kit.html import refuse

    if file is None:
        if for_parties:
            raise UmkmError("parties_without_report", exit_code=USAGE)
        return
    if pictures != 1:
        raise UmkmError("report_one_picture", exit_code=USAGE, n=pictures)
    refuse(file, PRINTED)


def report_check(office: Office, report: "Report", file: Path, for_parties: bool) -> bool:
    """Write the evidence of the one picture of `report`; False where it could not be read, so that there is none."""
    from umkm_cli.screening.evidence.gathering import evidence_of_check

    (checked,) = report.results
    if checked.prepared is None:
        return False
    write_evidence(office, evidence_of_check(office, report, checked), file, for_parties)
    return True


def write_evidence(office: Office, evidence: "Evidence", file: Path, for_parties: bool) -> None:
    """In the form that the file's name asks for, signed with the office's key."""
    from umkm_cli.disk.whole import write_whole
    from umkm_cli.registry.signed.formats import Sealer
    from umkm_cli.registry.signed.signing import open_signer
    from umkm_cli.screening.evidence.parties import for_the_parties

    shown = for_the_parties(evidence) if for_parties else evidence
    sealer = Sealer(open_signer(office), evidence.provenance.made_at)
    if file.suffix.lower() == PRINTED:
        from umkm_cli.report.evidence.pdf_report import evidence_pdf

        printed = evidence_pdf(shown)
        signed = sealer.sign_pdf(printed.data, printed.parts, about=_about(shown))
        write_whole(file, signed, private=not for_parties)
        return
    from umkm_cli.report.kit.html import write

    write(file, signed_page(sealer, shown), private=not for_parties)


def signed_page(sealer: "Sealer", evidence: "Evidence") -> str:
    """The evidence as a page that `umkm verify` knows."""
    from umkm_cli.report.evidence.html_report import evidence_page

    page = evidence_page(evidence, sealer.signer.public.id)
    return sealer.sign_page(page.html, page.parts, about=_about(evidence))


def _about(evidence: "Evidence") -> dict[str, str]:
    from umkm_cli.screening.evidence.kinds import CaseEvidence

    about = {"edition": evidence.provenance.edition.value}
    return about | ({"case": evidence.code} if isinstance(evidence, CaseEvidence) else {})
