"""A case's evidence as files: a report to read, and an archive for whoever must judge it without this registry."""

from pathlib import Path

from umkm_cli.desk.papers.evidence import PRINTED, signed_page, write_evidence
from umkm_cli.documents.papers import BundleDocument, ReportDocument
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import Settings


def report(settings: Settings, code: str, file: Path | None, *, for_parties: bool = False) -> ReportDocument:
    """Write it as a page or, where the name of the file ends so, as a PDF; without a file as `<code>.html`.

    Raises `UmkmError`: `case_not_found`, `code_mistyped`, and what `refuse` does.
    """
    from umkm_cli.report.kit.html import refuse
    from umkm_cli.screening.evidence.gathering import evidence_of_case

    if file is not None:
        refuse(file, PRINTED)
    office = Office(settings)
    evidence = evidence_of_case(office, code)
    path = file or Path(f"{evidence.code}.html")
    write_evidence(office, evidence, path, for_parties)
    return {"schema": "umkm.report/1", "case": evidence.code, "report": str(path)}


def bundle(settings: Settings, code: str, file: Path) -> BundleDocument:
    """Write the archive, which is signed, and record that it left the registry.

    Raises `UmkmError`: `case_not_found`, `code_mistyped`, `bundle_empty`, `bundle_too_large`, `stored_file_altered`;
    and for the file's name what `refuse_name` does.
    """
    from umkm_cli.disk.whole import refuse_name, write_whole
    from umkm_cli.registry.signed.formats import Sealer
    from umkm_cli.registry.signed.signing import open_signer
    from umkm_cli.screening.evidence.bundles import bundle_files
    from umkm_cli.screening.evidence.gathering import evidence_of_case

    refuse_name(file, ".zip")
    office = Office(settings)
    signer = open_signer(office)
    evidence = evidence_of_case(office, code)
    case = evidence.code
    files = bundle_files(office, evidence)
    sealer = Sealer(signer, evidence.provenance.made_at)
    files["report.html"] = signed_page(sealer, evidence).encode()
    files["README.txt"] = t("bundle.readme", case=case, office=signer.office).encode()
    try:
        data = sealer.pack(files, about={"case": case})
    except ValueError as error:
        raise UmkmError("bundle_too_large", code=case) from error
    with office.reading() as reader:
        case_id = reader.value('SELECT id FROM "case" WHERE code = :code', code=case)
    with office.work() as work:
        work.record("bundle", "case", case_id)
        write_whole(file, data, private=True)
    return {
        "schema": "umkm.bundle/1",
        "case": case,
        "file": str(file),
        "made_at": sealer.made_at,
        "key": {"id": signer.public.id, "office": signer.office},
        "files": sorted(files),
    }
