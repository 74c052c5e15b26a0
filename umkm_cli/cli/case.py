"""`umkm case`: what waits for a person, complaints, and what persons decided."""

from pathlib import Path
from typing import Annotated, Any

import typer

from umkm_cli.cli.bundle import case_bundle
from umkm_cli.cli.completion import codes_of
from umkm_cli.cli.output import Json, pairs, print_json, rupiah, say, table
from umkm_cli.cli.reporting import ForParties, report_case
from umkm_cli.i18n import t
from umkm_cli.registry.cases import CaseOutcome, case_brief, case_document, decide_case, find_case, list_cases
from umkm_cli.registry.office import Office
from umkm_cli.settings import read_settings
from umkm_cli.wording import dated, day

app = typer.Typer(help=t("help.case"), epilog=t("example.case"), no_args_is_help=True, add_completion=False)
Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.case.code"), autocompletion=codes_of("case"))]


@app.callback()
def case() -> None:
    pass


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
    from umkm_cli.screening.complaints import open_complaint

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
    with Office(read_settings()).reading() as reader:
        cases = [case_brief(row) for row in list_cases(reader, status=None if every else "open")]
    if as_json:
        print_json({"schema": "umkm.cases/1", "cases": cases})
    elif not cases:
        say(t("case.none"))
    else:
        columns = [t(f"column.{name}") for name in ("case", "opened", "case_kind", "status", "design", "vendor")]
        table(columns, [_row(item) for item in cases])


@app.command(help=t("help.case.show"), epilog=t("example.case.show"))
def show(code: Code, as_json: Json = False) -> None:
    document = _document(Office(read_settings()), code)
    if as_json:
        print_json(document)
    else:
        _show(document)


@app.command(help=t("help.case.decide"), epilog=t("example.case.decide"))
def decide(
    code: Code,
    outcome: Annotated[CaseOutcome, typer.Option("--outcome", help=t("help.case.outcome"))],
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    keep_held: Annotated[bool, typer.Option("--keep-held", help=t("help.case.keep_held"))] = False,
    as_json: Json = False,
) -> None:
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
    found, path = report_case(Office(read_settings()), code, file, for_parties)
    if as_json:
        print_json({"schema": "umkm.report/1", "case": found, "report": str(path)})
    else:
        say(t("evidence.written", path=path))


def _document(office: Office, code: str) -> dict[str, Any]:
    with office.reading() as reader:
        return case_document(reader, find_case(reader, code))


def _row(item: dict[str, Any]) -> tuple[Any, ...]:
    about, vendor = item["motif"] or item["product"] or {}, item["vendor"] or {}
    kind, status = t(f"case.kind.{item['kind']}"), t(f"case.status.{item['status']}")
    return (item["code"], day(item["created_at"], short=True), kind, status, about.get("code"), vendor.get("name"))


def _show(document: dict[str, Any]) -> None:
    motif, product, vendor = document["motif"], document["product"], document["vendor"]
    pairs(
        [
            (t("column.case"), document["code"]),
            (t("column.case_kind"), t(f"case.kind.{document['kind']}")),
            (t("column.status"), t(f"case.status.{document['status']}")),
            (t("column.opened"), day(document["created_at"])),
            (t("column.motif"), f"{motif['code']} {motif['title']}" if motif else None),
            (t("column.product"), f"{product['code']} {product['name']}" if product else None),
            (t("column.vendor"), f"{vendor['code']} {vendor['name']}" if vendor else None),
            *((t(f"field.case.{name}"), document[name]) for name in ("subject", "complainant", "seller")),
            *((t(f"field.case.{name}"), dated(document[name])) for name in ("seen_at", "seen_where", "note")),
            (t("field.case.price"), rupiah(document["price"])),
        ]
    )
    if document["matches"]:
        say("")
        say(t("case.matches"))
        columns = [t(f"column.{name}") for name in ("design", "title", "vendor", "relation", "picture_area")]
        table(columns, [_match_row(match) for match in document["matches"]])
    for match in document["matches"]:
        if match.get("check"):
            say(_seen_in_a_check(match["check"]))
    for decision in document["decisions"]:
        sentence = t("case.decision", outcome=t(f"outcome.{decision['outcome']}"), actor=decision["actor"])
        say(f"{day(decision['at'])}: {sentence} {decision['reason']}")
    if document["status"] == "open":
        say(t("case.how_to_decide", code=document["code"]))


def _seen_in_a_check(check: dict[str, Any]) -> str:
    """Which picture it was, and that it is not here any more."""
    vendor = check["vendor"]
    sender = f"{vendor['name']} ({vendor['code']})" if vendor else t("case.lookback.sender_unknown")
    return t("case.lookback.ask_again", image=check["image"], date=day(check["at"]), sender=sender)


def _match_row(match: dict[str, Any]) -> tuple[Any, ...]:
    relation = t(f"verdict.{match['relation']}.label")
    return (match["code"], match["title"], match["vendor"]["name"], relation, f"±{round(match['query_area'] * 100)}%")
