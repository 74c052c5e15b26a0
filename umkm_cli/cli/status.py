"""`umkm status`: what the registry holds and what needs attention."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from umkm_cli import __version__, clock
from umkm_cli.cli.case.showing import due_sentence
from umkm_cli.cli.kit.output import Json, pairs, print_json, say
from umkm_cli.db.examination import examine
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.registry.cases.case import due_cases
from umkm_cli.registry.office.import_runs import RUNNING, mark_cut_off
from umkm_cli.registry.office.loss import find_loss
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.summary import extractors, open_lookback_cases, summarise, unfinished_imports
from umkm_cli.registry.office.trusted_time import clock_in_doubt, readable
from umkm_cli.registry.pictures.damaged_prints import report_damage
from umkm_cli.registry.pictures.generations import index_state
from umkm_cli.registry.pictures.indexing import index_trouble
from umkm_cli.registry.pictures.stocktaking import glance_at_stock
from umkm_cli.registry.records.product_motifs import count_proposed
from umkm_cli.registry.records.publication import count_undecided
from umkm_cli.registry.signed.signing import key_trouble
from umkm_cli.settings import read_settings
from umkm_cli.wording import day, error_document, some

app = typer.Typer(add_completion=False)


@app.command(help=t("help.status"), epilog=t("example.status"))
def status(as_json: Json = False) -> None:
    settings = read_settings()
    office = Office(settings)
    examine(settings)
    with contextlib.suppress(UmkmError):  # such as on a disk that cannot be written: it stays unfinished
        mark_cut_off(office)
    with office.reading() as reader:
        loss, doubt = find_loss(settings, reader), clock_in_doubt(reader)
        counts, unfinished, versions = summarise(reader), unfinished_imports(reader), extractors(reader)
        index, proposed = index_state(reader), count_proposed(reader)
        segments = index_trouble(settings, reader)
        lookback, undecided = open_lookback_cases(reader), count_undecided(reader)
        due, office_key = due_cases(reader, clock.today()), key_trouble(reader, settings)
        damage, stock = report_damage(reader), glance_at_stock(settings, reader)
    sizes = {"database": _size(settings.sqlite_file), "images": _folder_size(settings.images)}
    sizes["files"] = _folder_size(settings.files)
    attention = {
        "held_motifs": counts["motifs"]["held"],
        "open_cases": counts["cases"]["open"] + counts["cases"]["review"],
        "lookback_cases": lookback,
        "due_cases": due,
        "proposed_links": proposed,
        "undecided_publication": undecided,
        "unfinished_imports": unfinished,
        "office_key": office_key and office_key.value,
        "index": {"pictures": index.pictures, "older": index.older, "missing": index.missing},
        "segments": segments,
        "stored_files": stock.document(),
        "damaged_fingerprints": damage.document(),
        "loss": _loss(loss),
        "clock": {"problem": doubt.kind, "now": doubt.now, "last_entry": doubt.last} if doubt else None,
    }
    document = {
        "schema": "umkm.status/1",
        "home": str(settings.home),
        "office": settings.office,
        "counts": counts,
        "sizes_bytes": sizes,
        "versions": {"umkm": __version__, "extractor": EXTRACTOR, "extractors": versions},
        "attention": attention,
    }
    if as_json:
        print_json(document)
    else:
        _show(document)


def _show(document: dict[str, Any]) -> None:
    counts, sizes = document["counts"], document["sizes_bytes"]
    pairs(
        [
            (t("status.home"), document["home"]),
            (t("status.vendors"), t("status.vendors.counts", **counts["vendors"])),
            (t("status.motifs"), t("status.motifs.counts", **counts["motifs"])),
            (t("status.products"), t("status.products.counts", **counts["products"])),
            (t("status.cases"), t("status.cases.counts", **counts["cases"])),
            (t("status.checks"), str(counts["checks"])),
            (t("status.size"), t("status.size.parts", **{name: _megabytes(size) for name, size in sizes.items()})),
        ]
    )
    say("")
    for sentence in list(_attention(document["attention"])) or [t("status.nothing")]:
        say(sentence)


def _attention(needed: dict[str, Any]) -> Iterator[str]:
    held, cases, index = needed["held_motifs"], needed["open_cases"], needed["index"]
    if needed["loss"]:
        yield f"{needed['loss']['message']}\n{needed['loss']['hint']}"
    if doubt := needed["clock"]:
        moments = {name: readable(doubt[name]) for name in ("now", "last_entry")}
        yield t(f"status.clock_{doubt['problem']}", **moments)
    if held or cases:
        yield t("status.look_at_cases", motifs=tn("count.motif", held), cases=tn("count.case", cases))
    if needed["lookback_cases"]:
        yield tn("status.lookback_cases", needed["lookback_cases"])
    if needed["office_key"]:
        yield t(f"status.office_key_{needed['office_key']}")
    for case in needed["due_cases"]:
        yield t("status.case_due", code=case["code"], due=due_sentence(case["due"], clock.today()))
    if needed["proposed_links"]:
        yield tn("status.proposed_links", needed["proposed_links"])
    if needed["undecided_publication"]:
        yield t("status.undecided_publication", n=needed["undecided_publication"])
    for run in needed["unfinished_imports"]:
        key = "status.running_import" if run["state"] == RUNNING else "status.unfinished_import"
        yield t(key, noun=run["kind"], file=run["filename"], date=day(run["at"]))
    for name in ("older", "missing"):
        if index[name]:
            yield tn(f"status.index_{name}", index[name], total=index["pictures"])
    if needed["segments"]:
        yield t(f"status.segments_{needed['segments']}")
    yield from _damaged(needed["damaged_fingerprints"])
    for name in ("altered", "missing"):
        if codes := needed["stored_files"][name]:
            yield t(f"status.files_{name}", n=len(codes), codes=some(codes))


def _damaged(found: dict[str, Any]) -> Iterator[str]:
    if found["pictures"]:
        yield t("status.damaged_fingerprints", n=found["pictures"], codes=some(found["codes"]))
    if found["past_checks"]:
        yield t("status.damaged_past_checks", n=found["past_checks"])


def _loss(loss: UmkmError | None) -> dict[str, str] | None:
    """What is gone, as an error tells it."""
    if loss is None:
        return None
    document = error_document(loss)
    return {name: document[name] for name in ("error", "message", "hint")}


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB"


def _size(path: Path | None) -> int:
    return path.stat().st_size if path and path.exists() else 0


def _folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0
