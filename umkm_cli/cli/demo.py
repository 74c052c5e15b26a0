"""`umkm demo`: every verdict once, on the samples, in a registry of its own."""

import contextlib
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.output import Output, note, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.errors import REFUSED, UmkmError
from umkm_cli.i18n import t
from umkm_cli.settings import default_home, read_settings

if TYPE_CHECKING:
    from umkm_cli.desk.demonstration import Demonstration, ShownStep, Step
    from umkm_cli.documents.demonstration import DemoDocument

app = typer.Typer(add_completion=False)


@command(app, "demo")
def demo(
    out: Output,
    keep: Annotated[Path | None, typer.Option("--keep", metavar="FOLDER", help=t("help.demo.keep"))] = None,
) -> None:
    from umkm_cli.desk.demonstration import SETTING_UP, Demonstration

    with _folder(keep) as folder, contextlib.closing(Demonstration(read_settings(), folder)) as demonstration:
        out.say(t("demo.intro", folder=folder, samples=demonstration.samples))
        with Progress(SETTING_UP, t("progress.demo")) as progress:
            demonstration.set_up(progress)
        shown = _unseen(demonstration) if out.as_json else _walk(demonstration)
    unexpected = [item for item in shown if not item.as_expected]
    document: DemoDocument = {
        "schema": "umkm.demo/1",
        "home": str(folder) if keep else None,
        "as_expected": not unexpected,
        "steps": [item.document() for item in shown],
    }
    out.answer(document, lambda: _say_goodbye(keep, len(shown) - len(unexpected), len(shown)))
    if unexpected:
        note(t("demo.unexpected", verdicts=", ".join(t(f"verdict.{item.step.shows}.label") for item in unexpected)))
        raise typer.Exit(REFUSED)


def _unseen(demonstration: "Demonstration") -> "list[ShownStep]":
    from umkm_cli.desk.demonstration import STEPS

    shown = []
    with Progress(len(STEPS), t("progress.check")) as progress:
        for step in STEPS:
            shown.append(demonstration.show(step))
            progress(len(shown))
    return shown


def _walk(demonstration: "Demonstration") -> "list[ShownStep]":
    """Step by step; where somebody reads along, the next one waits for them."""
    from umkm_cli.cli.kit.drawing import draw_pairs
    from umkm_cli.cli.kit.shown_motifs import checked
    from umkm_cli.desk.demonstration import STEPS

    shown = []
    for number, step in enumerate(STEPS, 1):
        _announce(demonstration, step, number, len(STEPS))
        item = demonstration.show(step)
        for result in item.report.results:
            checked(result, item.report)
        draw_pairs(demonstration.office.settings, item.report)
        shown.append(item)
        if number < len(STEPS):
            _wait(number + 1, len(STEPS))
    return shown


def _announce(demonstration: "Demonstration", step: "Step", number: int, of: int) -> None:
    say("")
    say(t("demo.step", n=number, of=of, verdict=t(f"verdict.{step.shows}.label")))
    say(t(f"demo.{step.shows}", **demonstration.names(step)))
    say("")
    sys.stdout.flush()


def _wait(step: int, of: int) -> None:
    """For Enter, at a terminal; the end of the input means that nobody waits."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        with contextlib.suppress(EOFError):
            input(t("demo.wait", n=step, of=of))


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """Where the demonstration's registry lies: a new folder that stays, or one that is removed.

    Raises `UmkmError`: `demo_folder_is_office`, `demo_folder_not_empty`, `demo_folder_unusable`.
    """
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="umkm-demo-", ignore_cleanup_errors=True) as temporary:
            yield Path(temporary)
        return
    folder, home = keep.expanduser().resolve(), default_home().resolve()
    if folder == home or home in folder.parents:
        raise UmkmError("demo_folder_is_office", path=keep)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        empty = next(folder.iterdir(), None) is None
    except OSError as error:
        raise UmkmError("demo_folder_unusable", path=keep, why=error.strerror or error) from error
    if not empty:
        raise UmkmError("demo_folder_not_empty", path=keep)
    yield folder


def _say_goodbye(keep: Path | None, expected: int, of: int) -> None:
    say("")
    say(t("demo.done", n=expected, of=of))
    if keep is None:
        say(t("demo.removed"))
        return
    say(t("demo.kept"))
    for line in _commands_at(keep.expanduser().resolve()):
        say("  " + line)


def _commands_at(folder: Path) -> list[str]:
    """How to look at another registry, for the shells of this system."""
    if sys.platform == "win32":
        return [f'set "UMKM_HOME={folder}"', f"$env:UMKM_HOME = '{folder}'", "umkm case list", "umkm open"]
    return [f"export UMKM_HOME={shlex.quote(str(folder))}", "umkm case list", "umkm open"]
