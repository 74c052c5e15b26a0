"""What the registry holds, and what needs attention."""

import contextlib
from pathlib import Path

from umkm_cli import __version__, clock
from umkm_cli.db.examination import examine
from umkm_cli.documents.office import Attention, LossDocument, StatusDocument
from umkm_cli.errors import UmkmError
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.registry.cases.case import due_cases
from umkm_cli.registry.office.import_runs import mark_cut_off
from umkm_cli.registry.office.loss import find_loss
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.summary import extractors, open_lookback_cases, summarise, unfinished_imports
from umkm_cli.registry.office.trusted_time import clock_in_doubt
from umkm_cli.registry.pictures.damaged_prints import report_damage
from umkm_cli.registry.pictures.generations import index_state
from umkm_cli.registry.pictures.indexing import index_trouble
from umkm_cli.registry.pictures.stocktaking import glance_at_stock
from umkm_cli.registry.records.product_motifs import count_proposed
from umkm_cli.registry.records.publication import count_undecided
from umkm_cli.registry.signed.signing import key_trouble
from umkm_cli.settings import Settings
from umkm_cli.wording import error_document


def status(settings: Settings) -> StatusDocument:
    """Some of the stored files are read, too: each day's turn of them."""
    office = Office(settings)
    examine(settings)
    with contextlib.suppress(UmkmError):  # such as on a disk that cannot be written: it stays unfinished
        mark_cut_off(office)
    with office.reading() as reader:
        counts, loss, doubt = summarise(reader), find_loss(settings, reader), clock_in_doubt(reader)
        index, trouble = index_state(reader), key_trouble(reader, settings)
        attention: Attention = {
            "held_motifs": counts["motifs"]["held"],
            "open_cases": counts["cases"]["open"] + counts["cases"]["review"],
            "lookback_cases": open_lookback_cases(reader),
            "due_cases": [{"code": row["code"], "due": row["due"]} for row in due_cases(reader, clock.today())],
            "proposed_links": count_proposed(reader),
            "undecided_publication": count_undecided(reader),
            "unfinished_imports": unfinished_imports(reader),
            "office_key": trouble and trouble.value,
            "index": {"pictures": index.pictures, "older": index.older, "missing": index.missing},
            "segments": index_trouble(settings, reader),
            "stored_files": glance_at_stock(settings, reader).document(),
            "damaged_fingerprints": report_damage(reader).document(),
            "loss": _loss(loss),
            "clock": {"problem": doubt.kind, "now": doubt.now, "last_entry": doubt.last} if doubt else None,
        }
        versions = extractors(reader)
    return {
        "schema": "umkm.status/1",
        "home": str(settings.home),
        "office": settings.office,
        "counts": counts,
        "sizes_bytes": {
            "database": _size(settings.sqlite_file),
            "images": _folder_size(settings.images),
            "files": _folder_size(settings.files),
        },
        "versions": {"umkm": __version__, "extractor": EXTRACTOR, "extractors": versions},
        "attention": attention,
    }


def refuse_unreadable(settings: Settings) -> None:
    """Raises `UmkmError` where there is a registry that cannot be read."""
    with Office(settings).reading():
        pass


def _loss(loss: UmkmError | None) -> LossDocument | None:
    if loss is None:
        return None
    document = error_document(loss)
    return {"error": document["error"], "message": document["message"], "hint": document["hint"]}


def _size(path: Path | None) -> int:
    return path.stat().st_size if path and path.exists() else 0


def _folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0
