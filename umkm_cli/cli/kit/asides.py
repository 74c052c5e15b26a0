"""What commands say besides their answer: what could not be searched, and what was found in checks that came before."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from umkm_cli.cli.kit.output import note, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.i18n import t
from umkm_cli.wording import index_sentences

if TYPE_CHECKING:
    from umkm_cli.desk.comparing import FoundLater


@contextlib.contextmanager
def lookback_progress() -> Iterator[Callable[[int, int], None]]:
    """Shows how many of how many new pictures are compared with past checks, once there are any."""
    with contextlib.ExitStack() as drawn:
        shown: list[Progress] = []

        def progress(done: int, total: int) -> None:
            if not shown:
                shown.append(drawn.enter_context(Progress(max(total, 1), t("progress.lookback"))))
            shown[0](done)
            if done >= total:
                drawn.close()

        yield progress


def note_unsearched(reasons: Sequence[str], damaged: Sequence[str]) -> None:
    """On stderr, why not all that is registered can be searched; `damaged` are codes of records."""
    for sentence in index_sentences(reasons, damaged):
        note(sentence)


def note_unfinished(*, finished: bool) -> None:
    if not finished:
        note(t("lookback.unfinished"))


def say_found(found: "Sequence[FoundLater]") -> None:
    for item in found:
        say(t("lookback.found", motif=item.motif, case=item.case))
