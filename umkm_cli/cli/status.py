"""`umkm status`: what the registry holds and what needs attention."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from umkm_cli import clock
from umkm_cli.cli.case.showing import due_sentence
from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.layout import pairs
from umkm_cli.cli.kit.output import Output, say
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.trusted_time import readable
from umkm_cli.settings import read_settings
from umkm_cli.wording import day, some

if TYPE_CHECKING:
    from umkm_cli.documents.office import Attention, DamagedFingerprints, StatusDocument

app = typer.Typer(add_completion=False)


@command(app, "status")
def status(out: Output) -> None:
    from umkm_cli.desk.status import status

    found = status(read_settings())
    out.answer(found, lambda: _show(found))


def _show(document: "StatusDocument") -> None:
    counts, sizes = document["counts"], document["sizes_bytes"]
    megabytes = {
        "database": _megabytes(sizes["database"]),
        "images": _megabytes(sizes["images"]),
        "files": _megabytes(sizes["files"]),
    }
    pairs(
        [
            (t("status.home"), document["home"]),
            (t("status.vendors"), t("status.vendors.counts", **counts["vendors"])),
            (t("status.motifs"), t("status.motifs.counts", **counts["motifs"])),
            (t("status.products"), t("status.products.counts", **counts["products"])),
            (t("status.cases"), t("status.cases.counts", **counts["cases"])),
            (t("status.checks"), str(counts["checks"])),
            (t("status.size"), t("status.size.parts", **megabytes)),
        ]
    )
    say("")
    for sentence in list(_attention(document["attention"])) or [t("status.nothing")]:
        say(sentence)


def _attention(needed: "Attention") -> Iterator[str]:
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
        key = "status.running_import" if run["state"] == "running" else "status.unfinished_import"
        yield t(key, noun=run["kind"], file=run["filename"], date=day(run["at"]))
    for name in ("older", "missing"):
        if index[name]:
            yield tn(f"status.index_{name}", index[name], total=index["pictures"])
    if needed["segments"]:
        yield t(f"status.segments_{needed['segments']}")
    yield from _damaged(needed["damaged_fingerprints"])
    files = needed["stored_files"]
    for name, codes in (("altered", files["altered"]), ("missing", files["missing"])):
        if codes:
            yield t(f"status.files_{name}", n=len(codes), codes=some(codes))


def _damaged(found: "DamagedFingerprints") -> Iterator[str]:
    if found["pictures"]:
        yield t("status.damaged_fingerprints", n=found["pictures"], codes=some(found["codes"]))
    if found["past_checks"]:
        yield t("status.damaged_past_checks", n=found["past_checks"])


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB"
