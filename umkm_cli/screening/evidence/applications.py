"""A motif made ready for a recording at DJKI: what is known of it, and the papers and pictures that are kept of it."""

from collections.abc import Callable, Iterator

from umkm_cli.db.reading import Reader
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.attachments import read_attached
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.records.djki import Application, application_of
from umkm_cli.registry.records.motif_files import FileKind
from umkm_cli.registry.records.motifs import find_motif, motif_document


def application(office: Office, key: str, *, reveal: bool) -> Application:
    """Raises `UmkmError`: `motif_not_found`, `code_mistyped`, `motif_withdrawn`."""
    with office.reading() as reader:
        motif = motif_document(reader, find_motif(reader, key), reveal=reveal)
        if motif["status"] == "withdrawn":
            raise UmkmError("motif_withdrawn", code=motif["code"])
        digests = {item["sha256"] for item in (*motif["files"], *motif["views"])}
        kept = [sha256 for sha256 in digests if isinstance(read_attached(office.settings, reader, sha256), bytes)]
    return application_of(motif, kept)


def files_of(office: Office, wanted: Application) -> Iterator[tuple[FileKind, str, bytes]]:
    """Kind, name and bytes of what is kept: the samples first, the motif's first picture where there is no other.

    Raises `UmkmError` `stored_file_altered`.
    """
    files = sorted(wanted.motif["files"], key=lambda file: file["purpose"] != FileKind.SAMPLE)
    with office.reading() as reader:
        samples = 0
        for file in files:
            data = _data(office, reader, wanted, file["sha256"])
            if data is not None:
                samples += file["purpose"] == FileKind.SAMPLE
                yield FileKind(file["purpose"]), file["filename"], data
        for view in wanted.motif["views"] if not samples else ():
            data = _data(office, reader, wanted, view["sha256"])
            if data is not None:
                yield FileKind.SAMPLE, view["filename"], data


def record_pack(office: Office, key: str, action: str, then: Callable[[], None] = lambda: None) -> None:
    """That the personal data of a motif's people was looked at or handed out.

    `then` hands it out: what fails is not on record, and what is not on record does not go out.
    """
    with office.reading() as reader:
        motif_id = find_motif(reader, key)["id"]
    with office.work() as work:
        work.record(action, "motif", motif_id)
        then()


def _data(office: Office, reader: Reader, wanted: Application, sha256: str) -> bytes | None:
    """None where the file is gone; what lies in its place does not leave the office."""
    data = read_attached(office.settings, reader, sha256)
    if data is Unfit.ALTERED:
        raise UmkmError("stored_file_altered", code=wanted.code, sha256=sha256)
    return data if isinstance(data, bytes) else None
