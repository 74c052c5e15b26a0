"""What is made of motifs as files: the receipt, the pack for a recording at DJKI, the page with all of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from umkm_cli.db.tables import now
from umkm_cli.disk.whole import refuse_name, write_whole
from umkm_cli.documents.motifs import DjkiDocument, GalleryDocument, ReceiptDocument
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.djki import Application
from umkm_cli.registry.records.motifs import find_motif
from umkm_cli.registry.signed.formats import Sealer
from umkm_cli.registry.signed.receipts import receipt_of
from umkm_cli.registry.signed.signing import open_signer
from umkm_cli.report import djki_pack as djki
from umkm_cli.report.kit import html
from umkm_cli.screening.evidence.applications import application, files_of, record_pack
from umkm_cli.screening.judging.registered import refuse_altered, stored_pixels
from umkm_cli.settings import Settings

Counting = Callable[[int | None], AbstractContextManager[Callable[[int], None]]]
"""Of how many things there are (None: nobody knows), something that is told how many are done."""


@dataclass(frozen=True)
class Receipt:
    """The motif's code, and the receipt that was written."""

    code: str
    document: ReceiptDocument


def receipt(settings: Settings, code: str, out: Path | None) -> Receipt:
    """For the maker to take home; without `out` under a name of its own in the current folder.

    Raises `UmkmError`: `motif_not_found`, `receipt_no_picture`, `stored_file_altered`, `file_…`.
    """
    from umkm_cli.report.receipt import receipt_pdf

    if out is not None:
        refuse_name(out, ".pdf")
    office = Office(settings)
    with office.reading() as reader:
        motif = find_motif(reader, code)
        facts = receipt_of(reader, motif)
        refuse_altered(settings, reader, motif)
    rgb = stored_pixels(settings, facts.view["sha256"], facts.view["format"])
    if rgb is None:
        raise UmkmError("receipt_no_picture", code=motif["code"])
    sealer = Sealer(open_signer(office), now())
    data = receipt_pdf(sealer, facts, rgb)
    path = out or Path(f"tanda-terima-{motif['code']}.pdf")
    with office.work() as work:  # what cannot be written is not on record
        work.record("receipt", "motif", motif["id"], {"facts": (None, facts.digest.hex())})
        write_whole(path, data)
    document: ReceiptDocument = {
        "schema": "umkm.receipt/1",
        "file": str(path),
        "made_at": sealer.made_at,
        "key": {"id": sealer.signer.public.id, "office": settings.office},
        "facts": facts.facts,
        "facts_sha256": facts.digest.hex(),
    }
    return Receipt(motif["code"], document)


def gallery(
    settings: Settings, out: Path, *, unpublished: bool, withdrawn: bool, counting: Counting
) -> GalleryDocument:
    """A page with all motifs. Raises `UmkmError`: `file_…`, and what `html.refuse` raises."""
    from umkm_cli.report.gallery import gallery_page

    html.refuse(out)
    with counting(None) as progress:
        page = gallery_page(Office(settings), unpublished=unpublished, withdrawn=withdrawn, progress=progress)
    html.write(out, page.html)
    return {
        "schema": "umkm.gallery/1",
        "file": str(out),
        "bytes": len(page.html.encode()),
        "motifs": page.motifs,
        "left_out": {"unpublished": page.unpublished_left_out, "withdrawn": page.withdrawn_left_out},
        "without_picture": list(page.without_picture),
        "altered": list(page.altered),
    }


@dataclass(frozen=True)
class WrittenPack:
    path: Path
    pack: djki.Pack


@dataclass(frozen=True)
class Checklist:
    """What a recording asks for, with the pack where one was written."""

    application: Application
    written: WrittenPack | None
    document: DjkiDocument


def djki_pack(settings: Settings, code: str, out: Path | None, *, reveal: bool) -> Checklist:
    """Without `out` nothing is written. That personal data were shown or handed out is recorded.

    Raises `UmkmError`: `motif_not_found`, `motif_withdrawn`, `pack_not_zip`, `stored_file_altered`, `file_…`.
    """
    office = Office(settings)
    shown = application(office, code, reveal=reveal)
    written = None
    if out is not None:
        written = _write_pack(office, code, out)
    elif reveal:
        record_pack(office, code, "reveal")
    return Checklist(shown, written, {**shown.document(), "file": str(written.path) if written else None})


def _write_pack(office: Office, code: str, out: Path) -> WrittenPack:
    refuse_name(out, ".zip", code="pack_not_zip")
    full = application(office, code, reveal=True)
    files = [djki.PackedFile(kind, name, data) for kind, name, data in files_of(office, full)]
    pack = djki.djki_pack(full, files, office.settings.office, now())
    record_pack(office, code, "pack", lambda: write_whole(out, pack.data, private=True))
    return WrittenPack(out, pack)
