"""Cases for people: the list, one case with its history, and which of them press."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from umkm_cli import clock
from umkm_cli.cli.kit.layout import pairs, table
from umkm_cli.cli.kit.output import rupiah, say
from umkm_cli.i18n import t, tn
from umkm_cli.registry.cases.case import SOON_DAYS, days_left
from umkm_cli.wording import (
    about_case,
    case_purpose,
    case_step,
    dated,
    day,
    decided_before,
    is_complaint,
    side_name,
    sides_sentence,
)

if TYPE_CHECKING:
    from umkm_cli.documents.cases import CaseBrief, CaseDocument, CaseMatch, EarlierCheck

Sentence = Callable[[str, date], str]


def listed(cases: "Sequence[CaseBrief]") -> None:
    if not cases:
        say(t("case.none"))
        return
    columns = [t(f"column.{name}") for name in ("case", "opened", "case_kind", "status", "design", "vendor")]
    table([*columns, t("column.due")], [_row(item) for item in cases])


def shown(document: "CaseDocument", *, hint: bool = True) -> None:
    """The case, what agrees, what was handed in, what happened, and, with `hint`, what to do next."""
    pairs(_fields(document))
    if document["matches"]:
        say("")
        say(t("case.matches"))
        _matches(document)
    for match in document["matches"]:
        if check := match.get("check"):
            say(_seen_in_a_check(check))
    if document["attachments"]:
        say("")
        say(t("case.attachments"))
        for item in document["attachments"]:
            say("- " + " · ".join(filter(None, (case_purpose(item["purpose"]), item["filename"], item["note"]))))
    if document["events"]:
        say("")
        say(t("case.history"))
        pairs(
            (f"{day(event['at'], short=True)} {event['actor']}", case_step(event, document))
            for event in document["events"]
        )
    else:
        for decision in document["decisions"]:  # of a time before a case had a history
            sentence = t("case.decision", outcome=t(f"outcome.{decision['outcome']}"), actor=decision["actor"])
            say(f"{day(decision['at'])}: {sentence} {decision['reason']}")
    if hint and document["status"] != "decided":
        say("")
        say(t("case.how_to_decide", code=document["code"]))


def _seen_in_a_check(check: "EarlierCheck") -> str:
    """Which picture it was, and that it is not here any more."""
    vendor = check["vendor"]
    sender = f"{vendor['name']} ({vendor['code']})" if vendor else t("case.lookback.sender_unknown")
    return t("case.lookback.ask_again", image=check["image"], date=day(check["at"]), sender=sender)


def opened(document: "CaseDocument") -> None:
    say(t("case.opened", code=document["code"]))
    for match in document["matches"]:
        say(t("case.resembles", code=match["code"], title=match["title"]))


def due_set(document: "CaseDocument") -> None:
    say(t("case.is_due", code=document["code"], date=day(document["due"] or "")))


def due_sentence(due: str, today: date) -> str:
    """The day, and where it is near or past how many days that is."""
    left = days_left(due, today) or 0
    if left > SOON_DAYS:
        return day(due)
    if left == 0:
        return t("case.due.today", date=day(due))
    return tn("case.due.past" if left < 0 else "case.due.soon", abs(left), date=day(due))


_TOLD: tuple[Literal["seen_at"], Literal["seen_where"], Literal["note"]] = ("seen_at", "seen_where", "note")


def _fields(document: "CaseDocument") -> list[tuple[str, str | None]]:
    return [
        (t("column.case"), document["code"]),
        (t("column.case_kind"), t(f"case.kind.{document['kind']}")),
        (t("column.status"), _status(document["status"], document["reviewer"])),
        (t("column.opened"), day(document["created_at"])),
        (t("column.due"), _due(document, due_sentence)),
        *about_case(document),
        (t("field.case.complainant"), document["complainant"]),
        (t("field.case." + ("respondent" if is_complaint(document) else "concerned")), _respondent(document)),
        (t("field.case.seller"), document["seller"]),
        *((t(f"field.case.{name}"), dated(document[name])) for name in _TOLD),
        (t("field.case.price"), rupiah(document["price"])),
    ]


def _status(key: str, reviewer: str | None = None) -> str:
    text = t(f"case.status.{key}")
    return f"{text} ({reviewer})" if reviewer else text


def _respondent(document: "CaseBrief") -> str | None:
    """Where nobody complained, nobody is asked for."""
    vendor = document["respondent_vendor"]
    if vendor is not None:
        return f"{vendor['code']} {vendor['name']}"
    return document["respondent"] or (t("case.respondent.unknown") if is_complaint(document) else None)


def _due(document: "CaseBrief", sentence: Sentence) -> str | None:
    due = document["due"]
    return sentence(due, clock.today()) if due and document["status"] != "decided" else None


def _row(item: "CaseBrief") -> tuple[str | None, ...]:
    about, vendor = item["motif"] or item["product"], item["vendor"]
    sides = item["sides"]
    codes = "\n".join(side["code"] for side in sides) or (about and about["code"])
    vendors = "\n".join(dict.fromkeys(side["vendor"]["name"] for side in sides)) or (vendor and vendor["name"])
    kind = t(f"case.kind.{item['kind']}")
    opened = day(item["created_at"], short=True)
    return (item["code"], opened, kind, _status(item["status"]), codes, vendors, _due(item, _due_cell))


def _due_cell(due: str, today: date) -> str:
    left = days_left(due, today) or 0
    if left > SOON_DAYS:
        return day(due, short=True)
    return f"{day(due, short=True)} ({t('case.due.past_short' if left < 0 else 'case.due.soon_short')})"


def _matches(document: "CaseDocument") -> None:
    """Designs on record with each other, then pictures with designs."""
    names = {side["code"]: side_name(side["kind"], number) for number, side in enumerate(document["sides"])}
    for match in document["matches"]:
        if match["picture_of"]:
            say("- " + sides_sentence(match, names[match["picture_of"]], names[match["code"]]))
    others = [match for match in document["matches"] if not match["picture_of"]]
    if others:
        columns = [t(f"column.{name}") for name in ("design", "title", "vendor", "relation", "picture_area")]
        table(columns, [_match_row(match) for match in others])
    if remark := next(filter(None, map(decided_before, document["matches"])), None):
        say(remark)


def _match_row(match: "CaseMatch") -> tuple[str, ...]:
    relation = t(f"verdict.{match['relation']}.label")
    return (match["code"], match["title"], match["vendor"]["name"], relation, f"±{round(match['query_area'] * 100)}%")
