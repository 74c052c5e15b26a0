"""`umkm case`: what waits for a person, complaints, and what persons decided."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from umkm_cli import clock
from umkm_cli.cli.case import showing as show_cases
from umkm_cli.cli.case.bundle import case_bundle
from umkm_cli.cli.kit.browser import show_in_browser
from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.evidence_files import ForParties, report_case
from umkm_cli.cli.kit.output import Json, mind_standard_output, print_json, say
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.cases.case import PURPOSES, CaseOutcome, case_document, find_case, listed_cases
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.work import Work
from umkm_cli.settings import read_settings
from umkm_cli.wording import day, is_complaint

app = typer.Typer(help=t("help.case"), epilog=t("example.case"), invoke_without_command=True, add_completion=False)
Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.case.code"), autocompletion=codes_of("case"))]
Said = Annotated[str, typer.Option("--text", help=t("help.case.text"))]


@app.callback()
def case(ctx: typer.Context, as_json: Json = False) -> None:
    if ctx.invoked_subcommand is not None:
        if as_json:
            raise UmkmError("json_belongs_to_command", exit_code=2, command=ctx.invoked_subcommand)
        return
    from umkm_cli.cli.case.desk import Answers, CaseDesk, may_ask

    office = Office(read_settings())
    if as_json or not may_ask():
        _list(office, as_json=as_json, decided=False)
    else:
        CaseDesk(office, Answers(), partial(_show_report, office)).work()


app.command("bundle", help=t("help.case.bundle"), epilog=t("example.case.bundle"))(case_bundle)


@app.command("open", help=t("help.case.open"), epilog=t("example.case.open"))
def open_(
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
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.asking.complaints import open_complaint

    office = Office(read_settings())
    fields = {"subject": about, "seller": seller, "seen_at": seen_at, "seen_where": seen_where, "price": price}
    code = open_complaint(office, complainant, motif, picture or [], **fields, note=note)
    document = _document(office, code)
    if as_json:
        print_json(document)
    else:
        say(t("case.opened", code=code))
        for match in document["matches"]:
            say(t("case.resembles", code=match["code"], title=match["title"]))


@app.command("list", help=t("help.case.list"), epilog=t("example.case.list"))
def list_(
    every: Annotated[bool, typer.Option("--all", help=t("help.case.all"))] = False,
    as_json: Json = False,
) -> None:
    _list(Office(read_settings()), as_json=as_json, decided=every)


@app.command(help=t("help.case.show"), epilog=t("example.case.show"))
def show(code: Code, as_json: Json = False) -> None:
    document = _document(Office(read_settings()), code)
    if as_json:
        print_json(document)
    else:
        show_cases.shown(document)


@app.command(help=t("help.case.review"), epilog=t("example.case.review"))
def review(code: Code, as_json: Json = False) -> None:
    from umkm_cli.registry.cases.steps import review_case

    office = Office(read_settings())
    _step(office, code, as_json, lambda work, case: review_case(work, case), "case.reviewed")


@app.command(help=t("help.case.write_note"), epilog=t("example.case.write_note"))
def note(code: Code, text: Said, as_json: Json = False) -> None:
    from umkm_cli.registry.cases.steps import note_on_case

    _step(Office(read_settings()), code, as_json, lambda work, case: note_on_case(work, case, text), "case.noted")


@app.command(help=t("help.case.respondent"), epilog=t("example.case.respondent"))
def respondent(
    code: Code,
    name: Annotated[str | None, typer.Option("--name", help=t("help.case.respondent.name"))] = None,
    vendor: Annotated[
        str | None,
        typer.Option("--vendor", help=t("help.case.respondent.vendor"), autocompletion=codes_of("vendor")),
    ] = None,
    unknown: Annotated[bool, typer.Option("--unknown", help=t("help.case.respondent.unknown"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.cases.steps import name_respondent
    from umkm_cli.registry.records.vendors import find_vendor

    if [name is not None, vendor is not None, unknown].count(True) != 1:
        raise UmkmError("respondent_how", exit_code=2)
    office = Office(read_settings())
    with office.reading() as reader:
        found = find_vendor(reader, vendor) if vendor is not None else None
    _step(
        *(office, code, as_json),
        lambda work, case: name_respondent(work, case, name=name, vendor=found),
        "case.respondent_unknown" if unknown else "case.respondent_named",
    )


@app.command(help=t("help.case.attach"), epilog=t("example.case.attach"))
def attach(
    code: Code,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=t("help.case.attach.files"))],
    kind: Annotated[
        str, typer.Option("--kind", help=t("help.case.attach.kind"), autocompletion=one_of(PURPOSES))
    ] = "other",
    remark: Annotated[str | None, typer.Option("--note", help=t("help.case.attach.note"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.cases.steps import attach_to_case
    from umkm_cli.registry.pictures.attachments import read_evidence

    given = read_evidence(files)
    _step(
        *(Office(read_settings()), code, as_json),
        lambda work, case: attach_to_case(work, case, given, kind.strip().lower(), remark),
        "case.attached",
    )


@app.command("object", help=t("help.case.object"), epilog=t("example.case.object"))
def object_(
    code: Code,
    text: Said,
    files: Annotated[list[Path] | None, typer.Option("--file", help=t("help.case.object.file"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.cases.steps import object_to_case
    from umkm_cli.registry.pictures.attachments import read_evidence

    given = read_evidence(files or [])
    office = Office(read_settings())
    _step(office, code, as_json, lambda work, case: object_to_case(work, case, text, given), "case.objected")


@app.command(help=t("help.case.answer"), epilog=t("example.case.answer"))
def answer(code: Code, text: Said, as_json: Json = False) -> None:
    from umkm_cli.registry.cases.steps import answer_objection

    office = Office(read_settings())
    _step(office, code, as_json, lambda work, case: answer_objection(work, case, text), "case.answered")


@app.command(help=t("help.case.due"), epilog=t("example.case.due"))
def due(
    code: Code,
    day_: Annotated[str, typer.Argument(metavar="DATE", help=t("help.case.due.date"))],
    as_json: Json = False,
) -> None:

    from umkm_cli.registry.cases.steps import set_due

    office = Office(read_settings())
    _step(office, code, as_json, lambda work, case: set_due(work, case, day_, clock.today()), "case.is_due")


@app.command(help=t("help.case.decide"), epilog=t("example.case.decide"))
def decide(
    code: Code,
    outcome: Annotated[CaseOutcome, typer.Option("--outcome", help=t("help.case.outcome"))],
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    keep_held: Annotated[bool, typer.Option("--keep-held", help=t("help.case.keep_held"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.cases.steps import decide_case

    office = Office(read_settings())
    with office.reading() as reader:
        found = find_case(reader, code)
    with office.work() as work:
        done = decide_case(work, found["code"], outcome, reason, keep_held=keep_held)
    if as_json:
        print_json(_document(office, code))
        return
    say(t("case.decided", code=done["code"], outcome=t(f"outcome.{outcome.value}")))
    if done["motif"]:
        status = t(f"motif.status.{done['motif_status']}")
        say(t("case.motif_now", code=done["motif"], status=status))


@app.command(help=t("help.case.report"), epilog=t("example.case.report"))
def report(
    code: Code,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.case.report.file"))] = None,
    for_parties: ForParties = False,
    as_json: Json = False,
) -> None:
    mind_standard_output(file, as_json)
    found, path = report_case(Office(read_settings()), code, file, for_parties)
    if as_json:
        print_json({"schema": "umkm.report/1", "case": found, "report": str(path)})
    else:
        say(t("evidence.written", path=path))


@app.command(help=t("help.case.reopen"), epilog=t("example.case.reopen"))
def reopen(
    code: Code,
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.cases.steps import reopen_case

    _step(Office(read_settings()), code, as_json, lambda work, case: reopen_case(work, case, reason), "case.reopened")


def _document(office: Office, code: str) -> dict[str, Any]:
    with office.reading() as reader:
        return case_document(reader, find_case(reader, code))


def _list(office: Office, *, as_json: bool, decided: bool) -> None:
    with office.reading() as reader:
        cases = listed_cases(reader, decided=decided)
    if as_json:
        print_json({"schema": "umkm.cases/1", "cases": cases})
    else:
        show_cases.listed(cases)


def _step(office: Office, code: str, as_json: bool, step: Callable[[Work, str], None], sentence: str) -> None:
    """Do one step of the case that is meant, and answer with the case, or a sentence about it."""
    with office.reading() as reader:
        found = find_case(reader, code)["code"]
    with office.work() as work:
        step(work, found)
    document = _document(office, found)
    if as_json:
        print_json(document)
        return
    date_ = day(document["due"]) if document["due"] else ""
    named = {"respondent": document["respondent"] or "", "actor": office.settings.actor, "date": date_}
    named["n"] = len(document["attachments"])
    if not is_complaint(document):
        sentence = sentence.replace("case.respondent_", "case.concerned_")
    say(t(sentence, code=found, **named))


def _show_report(office: Office, code: str) -> None:
    _, path = report_case(office, code, None, for_parties=False)
    say(t("evidence.written", path=path))
    show_in_browser(path.absolute().as_uri())
