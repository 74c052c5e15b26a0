"""`umkm motif reindex`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from umkm_cli.cli.kit.looking_back import look_back, say_found
from umkm_cli.cli.kit.output import Json, error_document, print_json, say
from umkm_cli.cli.kit.progress import stored_progress
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.settings import read_settings

if TYPE_CHECKING:
    from umkm_cli.screening.later.looking_back import FoundLater
    from umkm_cli.screening.later.reindexing import Reindexed

UNREAD_SHOWN = 20


def motif_reindex(
    rescreen: Annotated[bool, typer.Option("--rescreen", help=t("help.motif.reindex.rescreen"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.later.reindexing import count_waiting, reindex

    office = Office(read_settings())
    label = t("progress.reindex")
    with stored_progress(count_waiting(office), label, lambda done: tn("reindex.interrupted", done)) as progress:
        done = reindex(office, progress)
    found = look_back(office) + (_rescreened(office) if rescreen or done.done else [])
    if as_json:
        print_json(_document(done) | {"found_later": [item.case for item in found]})
    else:
        _show(done)
        say_found(found)


def _rescreened(office: Office) -> "list[FoundLater]":
    from umkm_cli.registry.pictures.generations import index_state
    from umkm_cli.screening.later.whole_registry import rescreen

    with office.reading() as reader:
        motifs = index_state(reader, Design.MOTIF).pictures
    with stored_progress(motifs, t("progress.duplicates"), lambda _: t("lookback.unfinished")) as progress:
        return rescreen(office, progress)


def _document(done: "Reindexed") -> dict[str, Any]:
    from umkm_cli.matching.describing.generations import EXTRACTOR

    return {
        "schema": "umkm.reindex/1",
        "extractor": EXTRACTOR,
        "total": done.total,
        "done": done.done,
        "already": done.already,
        "damaged": done.damaged,
        "problems": [_problem(item.code, item.sha256, item.error) for item in done.unread],
    }


def _problem(code: str | None, sha256: str, error: UmkmError) -> dict[str, Any]:
    return {"code": code, "sha256": sha256, **{k: v for k, v in error_document(error).items() if k != "schema"}}


def _show(done: "Reindexed") -> None:
    if done.damaged:
        say(t("reindex.damaged", n=done.damaged))
    if done.done or done.unread:
        say(tn("reindex.done", done.total, pictures=tn("count.picture", done.done), already=done.already))
    else:
        say(tn("reindex.nothing", done.total))
    if not done.unread:
        return
    say("")
    say(tn("reindex.unread", len(done.unread)))
    for item in done.unread[:UNREAD_SHOWN]:
        document = error_document(item.error)
        say(f"  {document['message']} {document['hint']}")
    if len(done.unread) > UNREAD_SHOWN:
        say("  " + tn("reindex.more", len(done.unread) - UNREAD_SHOWN))
