"""`umkm motif reindex`."""

from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.asides import lookback_progress, note_unfinished, say_found
from umkm_cli.cli.kit.output import Output, error_document, say
from umkm_cli.cli.kit.progress import stored_progress
from umkm_cli.i18n import t, tn
from umkm_cli.settings import read_settings

if TYPE_CHECKING:
    from umkm_cli.desk.comparing import Redescribed, Reindexed

UNREAD_SHOWN = 20


def reindex(
    out: Output,
    rescreen: Annotated[bool, typer.Option("--rescreen", help=t("help.motif.reindex.rescreen"))] = False,
) -> None:
    from umkm_cli.desk import comparing

    with lookback_progress() as looked_back:
        done = comparing.reindex(
            read_settings(),
            rescreen=rescreen,
            reading=lambda n: stored_progress(n, t("progress.reindex"), lambda done: tn("reindex.interrupted", done)),
            looked_back=looked_back,
            comparing=lambda n: stored_progress(n, t("progress.duplicates"), lambda _: t("lookback.unfinished")),
        )
    note_unfinished(finished=done.finished)
    out.answer(done.document, lambda: _show(done))


def _show(done: "Redescribed") -> None:
    _show_pictures(done.reindexed)
    say_found(done.found)


def _show_pictures(done: "Reindexed") -> None:
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
