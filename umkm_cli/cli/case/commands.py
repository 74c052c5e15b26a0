"""`umkm case`: what waits for a person, complaints, and what persons decided."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.case import showing as show_cases
from umkm_cli.cli.kit.browser import show_in_browser
from umkm_cli.cli.kit.checking import ForParties
from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.output import Json, Output, say
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.registry.cases.case import PURPOSES, CaseOutcome
from umkm_cli.settings import read_settings
from umkm_cli.wording import is_complaint

if TYPE_CHECKING:
    from umkm_cli.desk.cases import Decided

app = typer.Typer(help=t("help.case"), epilog=t("example.case"), invoke_without_command=True, add_completion=False)
Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.case.code"), autocompletion=codes_of("case"))]
Said = Annotated[str, typer.Option("--text", help=t("help.case.text"))]
Reason = Annotated[str, typer.Option("--reason", help=t("help.option.reason"))]


@app.callback()
def case(ctx: typer.Context, as_json: Json = False) -> None:
    if ctx.invoked_subcommand is not None:
        if as_json:
            raise UmkmError("json_belongs_to_command", exit_code=2, command=ctx.invoked_subcommand)
        return
    from umkm_cli.cli.case.docket import Answers, Docket, may_ask

    if as_json or not may_ask():
        _list(Output(as_json), decided=False)
    else:
        Docket(read_settings(), Answers(), _show_report).work()


@command(app, "case.bundle")
def bundle(
    out: Output,
    code: Code,
    file: Annotated[Path, typer.Argument(metavar="OUT.zip", help=t("help.case.bundle.out"))],
) -> None:
    from umkm_cli.desk.papers import cases as case_papers

    out.writes(file)
    document = case_papers.bundle(read_settings(), code, file)
    out.answer(document, tn("bundle.written", len(document["files"]), code=document["case"], path=file))


@command(app, "case.open")
def open_(
    out: Output,
    complainant: Annotated[
        str, typer.Option("--complainant", help=t("help.case.complainant"), autocompletion=codes_of("vendor"))
    ],
    motif: Annotated[
        str | None, typer.Option("--motif", help=t("help.case.motif"), autocompletion=codes_of("motif"))
    ] = None,
    about: Annotated[str | None, typer.Option("--about", help=t("help.case.about"))] = None,
    seller: Annotated[str | None, typer.Option("--seller", help=t("help.case.seller"))] = None,
    seen_at: Annotated[str | None, typer.Option("--seen-at", help=t("help.case.seen_at"))] = None,
    seen_where: Annotated[str | None, typer.Option("--seen-where", help=t("help.case.seen_where"))] = None,
    price: Annotated[str | None, typer.Option("--price", help=t("help.case.price"))] = None,
    picture: Annotated[list[Path] | None, typer.Option("--picture", help=t("help.case.picture"))] = None,
    note: Annotated[str | None, typer.Option("--note", help=t("help.case.note"))] = None,
) -> None:
    from umkm_cli.desk import cases

    told = {"subject": about, "seller": seller, "seen_at": seen_at, "seen_where": seen_where, "price": price}
    document = cases.open_(read_settings(), complainant, motif, picture or [], told | {"note": note})
    out.answer(document, lambda: show_cases.opened(document))


@command(app, "case.list")
def list_(
    out: Output,
    every: Annotated[bool, typer.Option("--all", help=t("help.case.all"))] = False,
) -> None:
    _list(out, decided=every)


@command(app, "case.show")
def show(out: Output, code: Code) -> None:
    from umkm_cli.desk import cases

    document = cases.show(read_settings(), code)
    out.answer(document, lambda: show_cases.shown(document))


@command(app, "case.review")
def review(out: Output, code: Code) -> None:
    from umkm_cli.desk import cases

    settings = read_settings()
    document = cases.review(settings, code)
    out.answer(document, t("case.reviewed", code=document["code"], actor=settings.actor))


@command(app, "case.write_note", name="note")
def note(out: Output, code: Code, text: Said) -> None:
    from umkm_cli.desk import cases

    document = cases.note(read_settings(), code, text)
    out.answer(document, t("case.noted", code=document["code"]))


@command(app, "case.respondent")
def respondent(
    out: Output,
    code: Code,
    name: Annotated[str | None, typer.Option("--name", help=t("help.case.respondent.name"))] = None,
    vendor: Annotated[
        str | None,
        typer.Option("--vendor", help=t("help.case.respondent.vendor"), autocompletion=codes_of("vendor")),
    ] = None,
    unknown: Annotated[bool, typer.Option("--unknown", help=t("help.case.respondent.unknown"))] = False,
) -> None:
    from umkm_cli.desk import cases

    if [name is not None, vendor is not None, unknown].count(True) != 1:
        raise UmkmError("respondent_how", exit_code=2)
    document = cases.respondent(read_settings(), code, name=name, vendor=vendor)
    who = "respondent" if is_complaint(document) else "concerned"
    named = {"code": document["code"], "respondent": document["respondent"] or ""}
    out.answer(document, t(f"case.{who}_unknown" if unknown else f"case.{who}_named", **named))


@command(app, "case.attach")
def attach(
    out: Output,
    code: Code,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=t("help.case.attach.files"))],
    kind: Annotated[
        str, typer.Option("--kind", help=t("help.case.attach.kind"), autocompletion=one_of(PURPOSES))
    ] = "other",
    remark: Annotated[str | None, typer.Option("--note", help=t("help.case.attach.note"))] = None,
) -> None:
    from umkm_cli.desk import cases

    document = cases.attach(read_settings(), code, files, kind, remark)
    out.answer(document, t("case.attached", code=document["code"], n=len(document["attachments"])))


@command(app, "case.object")
def object_(
    out: Output,
    code: Code,
    text: Said,
    files: Annotated[list[Path] | None, typer.Option("--file", help=t("help.case.object.file"))] = None,
) -> None:
    from umkm_cli.desk import cases

    document = cases.object_(read_settings(), code, text, files or [])
    out.answer(document, t("case.objected", code=document["code"]))


@command(app, "case.answer")
def answer(out: Output, code: Code, text: Said) -> None:
    from umkm_cli.desk import cases

    document = cases.answer(read_settings(), code, text)
    out.answer(document, t("case.answered", code=document["code"]))


@command(app, "case.due")
def due(
    out: Output,
    code: Code,
    day_: Annotated[str, typer.Argument(metavar="DATE", help=t("help.case.due.date"))],
) -> None:
    from umkm_cli.desk import cases

    document = cases.due(read_settings(), code, day_)
    out.answer(document, lambda: show_cases.due_set(document))


@command(app, "case.decide")
def decide(
    out: Output,
    code: Code,
    outcome: Annotated[CaseOutcome, typer.Option("--outcome", help=t("help.case.outcome"))],
    reason: Reason,
    keep_held: Annotated[bool, typer.Option("--keep-held", help=t("help.case.keep_held"))] = False,
) -> None:
    from umkm_cli.desk import cases

    done = cases.decide(read_settings(), code, outcome, reason, keep_held=keep_held)
    out.answer(done.case, lambda: _show_decided(done, outcome))


@command(app, "case.report")
def report(
    out: Output,
    code: Code,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.case.report.file"))] = None,
    for_parties: ForParties = False,
) -> None:
    from umkm_cli.desk.papers import cases as case_papers

    out.writes(file)
    document = case_papers.report(read_settings(), code, file, for_parties=for_parties)
    out.answer(document, t("evidence.written", path=document["report"]))


@command(app, "case.reopen")
def reopen(out: Output, code: Code, reason: Reason) -> None:
    from umkm_cli.desk import cases

    document = cases.reopen(read_settings(), code, reason)
    out.answer(document, t("case.reopened", code=document["code"]))


def _list(out: Output, *, decided: bool) -> None:
    from umkm_cli.desk import cases

    found = cases.list_(read_settings(), decided=decided)
    out.answer({"schema": "umkm.cases/1", "cases": found}, lambda: show_cases.listed(found))


def _show_decided(done: "Decided", outcome: CaseOutcome) -> None:
    say(t("case.decided", code=done.case["code"], outcome=t(f"outcome.{outcome.value}")))
    if done.motif:
        say(t("case.motif_now", code=done.motif, status=t(f"motif.status.{done.motif_status}")))


def _show_report(code: str) -> None:
    from umkm_cli.desk.papers import cases as case_papers

    path = case_papers.report(read_settings(), code, None)["report"]
    say(t("evidence.written", path=path))
    show_in_browser(Path(path).absolute().as_uri())
