"""The `import` commands: a file of rows in, what became of each row out."""

import contextlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.layout import pairs
from umkm_cli.cli.kit.looking_back import say_found
from umkm_cli.cli.kit.output import Output, note, problem_sentence, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.errors import INTERRUPTED, REFUSED, UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.settings import read_settings
from umkm_cli.wording import index_sentences

if TYPE_CHECKING:
    from umkm_cli.desk.imports import ImportAnswer, RowResult
    from umkm_cli.problems import Problem

ROWS_NAMED = 8
DIFFERS = "row_differs"
SENTENCES_SHOWN = 3
DIFFERENCES_SHOWN = 20
"""Where two rows say different things of one record, somebody decides between these two."""

File = Annotated[Path, typer.Argument(metavar="FILE", help=t("help.import.file"))]
Source = Annotated[str, typer.Option("--source", help=t("help.import.source"))]
Failed = Annotated[Path | None, typer.Option("--failed", metavar="FILE", help=t("help.import.failed"))]
SheetName = Annotated[str | None, typer.Option("--sheet", metavar="NAME", help=t("help.import.sheet"))]
Images = Annotated[Path | None, typer.Option("--images", metavar="DIR", help=t("help.import.images"))]


def vendor_import(
    out: Output, file: File, source: Source = "", failed: Failed = None, sheet_name: SheetName = None
) -> None:
    from umkm_cli.desk.imports import import_vendors

    with _Told() as told:
        answer = import_vendors(read_settings(), file, source=source, sheet=sheet_name, failed=failed, progress=told)
    _answer(out, answer, "vendor", {"--source": source.strip()})


def motif_import(
    out: Output,
    file: File,
    images: Images = None,
    source: Source = "",
    failed: Failed = None,
    sheet_name: SheetName = None,
) -> None:
    from umkm_cli.desk.imports import import_motifs

    with _Told() as told:
        answer = import_motifs(
            read_settings(), file, images=images, source=source, sheet=sheet_name, failed=failed, progress=told
        )
    _answer(out, answer, "motif", _again(answer, images, source, failed))


def product_import(
    out: Output,
    file: File,
    images: Images = None,
    source: Source = "",
    failed: Failed = None,
    sheet_name: SheetName = None,
) -> None:
    from umkm_cli.desk.imports import import_products

    with _Told() as told:
        answer = import_products(
            read_settings(), file, images=images, source=source, sheet=sheet_name, failed=failed, progress=told
        )
    _answer(out, answer, "product", _again(answer, images, source, failed))


class _Told:
    """Says on stderr how far an import is, one stage after the other; an interrupt while rows go in, what is stored."""

    def __init__(self) -> None:
        self._drawn = contextlib.ExitStack()
        self._progress: Progress | None = None
        self._stored: int | None = None

    def __enter__(self) -> "_Told":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._drawn.close()
        if isinstance(error, KeyboardInterrupt) and self._stored is not None:  # typer would end without a word
            note(tn("import.interrupted", self._stored))
            raise UmkmError("interrupted", exit_code=INTERRUPTED) from error

    def warned(self, warnings: "Sequence[Problem]") -> None:
        for warning in warnings:
            note(problem_sentence(warning))

    def searching(self, reasons: Sequence[str], damaged: Sequence[str]) -> None:
        for sentence in index_sentences(reasons, damaged):
            note(sentence)

    def stored(self, rows: int, total: int) -> None:
        self._stored = rows
        self._show(t("progress.import"), rows, total)

    def looked_back(self, views: int, total: int) -> None:
        self._show(t("progress.lookback"), views, max(total, 1))

    def _show(self, label: str, done: int, total: int) -> None:
        if done == 0:
            self._drawn.close()
            self._progress = self._drawn.enter_context(Progress(total, label))
        elif self._progress is not None:
            self._progress(done)


def _again(answer: "ImportAnswer", images: Path | None, source: str, failed: Path | None) -> Mapping[str, str]:
    """The options that importing the corrected rows needs, too: it may be given from another folder."""
    return {"--images": str(answer.images) if images or failed else "", "--source": source.strip()}


def _answer(out: Output, answer: "ImportAnswer", kind: str, again: Mapping[str, str]) -> None:
    _note_unfinished(answer)
    out.answer(answer.document(), lambda: _show(answer, kind, again))
    if answer.nothing_went_in:
        raise typer.Exit(REFUSED)
    if answer.unpublished > 0:
        out.say("")
        out.say(t("import.unpublished", n=answer.unpublished))


def _note_unfinished(answer: "ImportAnswer") -> None:
    """What was left undone besides the rows themselves."""
    if answer.looked_back is not None and not answer.looked_back.finished:
        note(t("lookback.unfinished"))
    if answer.failed is not None and not isinstance(answer.failed, Path):
        path, error = answer.failed.path, answer.failed.error
        why = (error.strerror or error) if isinstance(error, OSError) else t(f"error.{error.code}", **error.params)
        note(t("import.failed.not_written", path=path, why=why))


def _show(answer: "ImportAnswer", kind: str, again: Mapping[str, str]) -> None:
    from umkm_cli.desk.imports import RowStatus

    report = answer.report
    say(tn(f"import.done.{kind}", len(report.rows), file=answer.filename))
    pairs([(t(f"import.{status.value}"), report.counts[status] or None) for status in RowStatus])
    for title, wanted in (("import.not_in", False), ("import.look_at", True)):
        rows = [row for row in report.rows if row.went_in is wanted]
        _show_problems(title, rows)
    if any(problem.rule == DIFFERS for row in report.rows for problem in row.problems):
        say(t("import.differing", noun=kind))
    if report.held:
        say("")
        say(tn("import.held", report.held))
    say_found(answer.found)
    if answer.written is not None:
        options = "".join(f' {name} "{value}"' for name, value in again.items() if value)
        say("")
        say(t("import.next", path=answer.written, command=f'umkm {kind} import "{answer.written}"{options}'))


def _show_problems(title: str, rows: "Sequence[RowResult]") -> None:
    groups: Mapping[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for problem in row.problems:
            if problem.is_error or row.went_in:
                groups[problem.field, problem.rule][problem_sentence(problem)].append(row.row)
    if not groups:
        return
    say("")
    say(t(title))
    for (_, rule), sentences in groups.items():
        most = DIFFERENCES_SHOWN if rule == DIFFERS else SENTENCES_SHOWN
        for sentence, numbers in list(sentences.items())[:most]:
            say(f"  {sentence} ({_row_numbers(numbers)})")
        rest = [number for numbers in list(sentences.values())[most:] for number in numbers]
        if rest:
            say("  " + t("import.same_problem", rows=_row_numbers(rest)))


def _row_numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:ROWS_NAMED]))
    more = len(numbers) - ROWS_NAMED
    return t("import.rows_and_more", rows=shown, count=more) if more > 0 else t("import.rows", rows=shown)
