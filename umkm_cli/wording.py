"""What people read of verdicts, errors and problems: the same sentences at a terminal and in the page for pictures."""

import contextlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from umkm_cli import clock
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import known, language, t, tn
from umkm_cli.registry.cases.sides import letter
from umkm_cli.registry.pictures.designs import Design

if TYPE_CHECKING:
    from umkm_cli.documents.common import ErrorDocument, ProblemDocument
    from umkm_cli.problems import Problem
    from umkm_cli.screening.asking.checks import Checked, Report
    from umkm_cli.screening.judging.judge import JudgedMatch, Outcome
    from umkm_cli.screening.registering.by_hand import Registration

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def sentence_of(result: "Checked", report: "Report") -> str:
    outcome = result.outcome
    if outcome.decisive is not None:
        return verdict_sentence(outcome, report.sender or "–")
    if outcome.verdict.value == "clear":
        counts, today = report.registered, day(clock.today().isoformat())
        if Design.PRODUCT in counts:
            named = {f"{kind}s": tn(f"count.{kind}", counts[kind]) for kind in (Design.MOTIF, Design.PRODUCT)}
            return t("verdict.product.clear.sentence", date=today, **named)
        return tn("verdict.clear.sentence", counts[Design.MOTIF], date=today)
    reason = next((r for r in outcome.reasons if r in ("too_small", "too_plain", "unreadable")), "unreadable")
    return t("verdict.not_judged.sentence", reason=t(f"reason.{reason}"))


def verdict_label(outcome: "Outcome") -> str:
    return t(f"verdict.{outcome.verdict.value}.label")


def verdict_sentence(outcome: "Outcome", sender_name: str) -> str:
    decisive = outcome.decisive
    assert decisive is not None
    standing, explained = decisive.standing, decisive.explained
    name = explained.name if explained else None
    what = "product." if standing.kind is Design.PRODUCT else ""
    return t(
        f"verdict.{what}{outcome.verdict.value}.sentence",
        code=standing.code,
        title=standing.title,
        vendor=standing.vendor_name,
        sender=sender_name,
        percent=round(decisive.match.query_area * 100),
        number=name,
        name=name,
        decision=t(f"outcome.{name}") if outcome.verdict.value == "decided" else "",
        date=day(explained.until) if explained and explained.until else t("open_ended"),
    )


def match_sentence(match: Mapping[str, Any]) -> str:
    """What a match as a document (`umkm.check/1`) says, of a picture and a registered design, without what excuses it.

    A title that is empty belongs to a design that must not be shown.
    """
    what = "product." if match.get("kind") == Design.PRODUCT.value else ""
    return t(
        f"verdict.{what}{match['relation']}.sentence",
        code=match["code"],
        title=match["title"] or t("evidence.not_shown"),
        vendor=match["vendor"]["name"],
        percent=round(match["query_area"] * 100),
    )


def design_named(kind: str, code: str, title: str) -> str:
    """`Motif M-… "Title"`; without the title where it must not be shown."""
    return t(f"evidence.registered.{kind}" + ("" if title else ".hidden"), code=code, title=title)


def side_name(kind: str, number: int) -> str:
    """What one of several designs of equal standing is called, such as `Motif A`; `number` counts from 0."""
    return t(f"side.{kind}", letter=letter(number))


def side_of(kind: str, number: int, vendor: str) -> str:
    """The same with whose it is: `Motif A (Kain Pagi Sore)`."""
    return t("side.of", side=side_name(kind, number), vendor=vendor)


def sides_sentence(match: Mapping[str, Any], a: str, b: str) -> str:
    """What a match says of two designs on record, the first of which its picture is a view of."""
    percent_a, percent_b = (round(match[f"{name}_area"] * 100) for name in ("query", "motif"))
    return t(f"side.{match['relation']}.sentence", a=a, b=b, percent_a=percent_a, percent_b=percent_b)


def decided_before(match: Mapping[str, Any]) -> str | None:
    """What a case says of an agreement that an earlier decision explains."""
    return t("case.match_decided") if match.get("excuse") == "decided" else None


def remarks_on(outcome: "Outcome", sender: str | None) -> list[str]:
    """What a reader of the verdict should know besides; `sender` is the name of who handed the picture in."""
    unknown = outcome.decisive is not None and sender is None
    remarks = [t("verdict.sender_unknown")] if unknown else []
    remarks += licence_sentences(outcome)
    remarks += [t("verdict.label_only")] if "label_only" in outcome.reasons else []
    return remarks + index_sentences(outcome.reasons, outcome.damaged)


def licence_sentences(outcome: "Outcome") -> list[str]:
    """What keeps a licence of the sender's from explaining a match, for each such licence."""
    sentences = []
    for judged in outcome.alerting:
        if (licence := judged.licence) is not None:
            terms = ", ".join(t(f"licence.term.{term}") for term in licence.exceeded or licence.unstated)
            sentences.append(
                t(f"verdict.{licence.reason}", number=licence.number, code=judged.standing.code, terms=terms)
            )
    return sentences


def index_sentences(reasons: Sequence[str], damaged: Sequence[str] = ()) -> list[str]:
    """What people should know and do, given the reasons of an answer: one or none, and one for each kind of damage.

    `damaged` are the codes of records that are left out since fingerprints of theirs are damaged.
    """
    sentences = [t(f"verdict.{key}") for key in ("index_incomplete", "index_stale") if key in reasons][:1]
    sentences += [t("verdict.segments_damaged")] if "segments_damaged" in reasons else []
    return sentences + ([t("verdict.index_damaged", n=len(damaged), codes=some(damaged))] if damaged else [])


def some(codes: Sequence[str]) -> str:
    """Codes between commas, not more than a line or two of them."""
    return ", ".join(codes[:_CODES_NAMED]) + (", …" if len(codes) > _CODES_NAMED else "")


_CODES_NAMED = 10


def match_columns(matches: Sequence["JudgedMatch"], *, recorded: bool = False) -> list[str]:
    """The columns, as keys of the catalogue, of a table of these matches; see `match_cells`.

    `recorded` says that the picture is a view of a design on record itself.
    """
    only_motifs = all(judged.standing.kind is Design.MOTIF for judged in matches)
    what, area = ("motif", "motif_area") if only_motifs else ("design", "design_area")
    areas = ["this_area", "that_area"] if recorded else ["picture_area", area]
    return [what, "title", "vendor", "relation", *areas, "remark"]


def match_cells(judged: "JudgedMatch") -> tuple[str, ...]:
    """A row of the table of matches."""
    match, standing = judged.match, judged.standing
    remarks = [t(f"verdict.{judged.explained.excuse.value}.label")] if judged.explained else [t("alert")]
    remarks += [t(f"remark.{name}") for name in ("mirrored", "inverted", "recoloured") if getattr(match, name)]
    relation = t(f"verdict.{match.relation.value}.label")
    areas = [f"±{round(area * 100)}%" for area in (match.query_area, match.motif_area)]
    return (standing.code, standing.title, standing.vendor_name, relation, *areas, ", ".join(remarks))


def registered_sentences(done: "Registration") -> list[str]:
    """What became of a motif that was handed in."""
    document = done.document
    sentences = [t(f"motif.{done.saved.status.value}", code=document["code"], title=document["title"])]
    sentences += [t("motif.is_held", case=done.saved.case or "–")] if done.saved.held else []
    return [*sentences, publication_sentence(document)]


def publication_sentence(motif: Mapping[str, Any]) -> str:
    """Whether a motif (`umkm.motif/1`) is shown outside the office, and the command that changes it."""
    return t(f"motif.publication.{motif['publication']}.sentence", code=motif["code"])


def screening_sentences(outcome: "Outcome", document: Mapping[str, Any]) -> list[str]:
    """What the screening of a registration found; `document` is the design's, which is on record now."""
    decisive = outcome.decisive
    found = []
    if decisive is not None and decisive.explained is None:
        standing = decisive.standing
        kind = Design.MOTIF if "title" in document else Design.PRODUCT
        this = design_named(kind.value, document["code"], document[kind.name_column])
        that = design_named(standing.kind.value, standing.code, standing.title)
        found.append(sides_sentence(vars(decisive.match), this, that))
    elif decisive is not None:
        found.append(verdict_sentence(outcome, document["vendor"]["name"]))
    return index_sentences(outcome.reasons, outcome.damaged) + found + licence_sentences(outcome)


def case_facts(case: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What is known of a case, as its document (`umkm.case/1`, or a part of that) has it: a name and what it says."""
    facts = [
        (t("column.case"), case.get("code")),
        (t("column.case_kind"), t(f"case.kind.{case['kind']}")),
        (t("column.status"), t(f"case.status.{case['status']}")),
        (t("column.opened"), dated(case.get("created_at"))),
        (t("evidence.case.due"), dated(case.get("due"))),
        *about_case(case),
        *((t(f"field.case.{name}"), dated(case.get(name))) for name in _TOLD_OF_CASE),
    ]
    return [(name, value) for name, value in facts if value not in (None, "")]


def about_case(case: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """What a case is about: the design and whose it is, or, where designs on record look alike, all of them alike."""
    if sides := case.get("sides"):
        alike = [
            (side_name(side["kind"], number), f"{side['code']} {side['title']} ({side['vendor']['name']})")
            for number, side in enumerate(sides)
        ]
        subject = case.get("subject") if is_complaint(case) else None  # else it is the name of one side's file
        return [*alike, (t("field.case.subject"), subject)]
    known = [(t(f"column.{name}"), _coded(case.get(name))) for name in ("motif", "product", "vendor")]
    return [*known, (t("field.case.subject"), case.get("subject"))]


_TOLD_OF_CASE = ("complainant", "seller", "seen_at", "seen_where", "note")


def _coded(item: dict[str, str] | None) -> str | None:
    return f"{item['code']} {item.get('title') or item.get('name')}" if item else None


def is_complaint(case: Mapping[str, Any]) -> bool:
    """Whether somebody complained; only then is there a complainant and a respondent."""
    return bool(case["kind"] == "complaint")


def case_step(event: Mapping[str, Any], case: Mapping[str, Any]) -> str:
    """What happened in a case, then in whose words."""
    about, kind, text = event["document"], event["kind"], event["text"]
    if kind == "respondent":
        who = "respondent" if is_complaint(case) else "concerned"
        return t(f"case.step.{who}", name=text) if text else t(f"case.step.{who}_unknown")
    if kind == "attachment":
        what = t("case.step.attachment", purpose=case_purpose(about["purpose"]), file=about["filename"])
    elif kind == "due":
        what = t("case.step.due", date=day(about["due"]))
    elif kind == "decision":
        what = t(f"outcome.{about['outcome']}")
    else:
        what = t(f"case.step.{kind}")
    return f"{what}: {text}" if text else what


def case_purpose(key: str) -> str:
    """What a file in a case is for."""
    return t(f"case.purpose.{key}")


def error_document(error: UmkmError) -> dict[str, Any]:
    code = error.code
    hint = f"hint.{code}"
    params = dict(error.params)
    if "field" in params:
        params["field"] = field_name(params["field"])
    if "fields" in params:
        params["fields"] = ", ".join(map(field_name, params["fields"]))
    return {
        "schema": "umkm.error/1",
        "error": code,
        "message": t(f"error.{code}", **params),
        "hint": t(hint, **params) if known(hint) else "",
        **error.details,
    }


def problem_sentence(problem: "Problem") -> str:
    name = field_name(problem.field)
    return t(f"rule.{problem.rule}", field=name, value=problem.value, **problem.params)


def refusal_document(problems: "Sequence[Problem]") -> "ErrorDocument":
    """Why a record was refused, every field of it, as `umkm.error/1`."""
    sentences = [problem_sentence(problem) for problem in problems if problem.is_error]
    return {
        "schema": "umkm.error/1",
        "error": "invalid_fields",
        "message": " ".join(sentences),
        "hint": t("hint.invalid_fields"),
        "problems": [problem_document(problem) for problem in problems],
    }


def problem_document(problem: "Problem") -> "ProblemDocument":
    return {
        "field": problem.field,
        "value": problem.value,
        "rule": problem.rule,
        "level": "error" if problem.is_error else "warning",
        "message": problem_sentence(problem),
    }


def field_name(field: str) -> str:
    key = f"field.{field}"
    return t(key) if known(key) else field


def day(text: str, *, short: bool = False) -> str:
    """`2026-11-24` as `24 November 2026` in the user's language, `short` with the month in three letters.

    A moment is told as the office's day.
    """
    from babel.dates import format_date  # 80 ms, so only where there is a date

    found = date.fromisoformat(clock.day_of(text))
    return format_date(found, "d MMM y" if short else "d MMMM y", locale=language())


def moment(text: str, *, short: bool = False) -> str:
    """A moment as the office's day and time, with its zone: `25 November 2026 pukul 02.30 WIB`. Days stay days."""
    if not clock.is_moment(text):
        return day(text, short=short)
    when = clock.local(text)
    time = when.strftime(t("moment.time"))
    return t("moment", date=day(text, short=short), time=time, zone=clock.zone_name(when))


def month_name(first: date) -> str:
    """`Nov 2026` in the user's language."""
    from babel.dates import format_date

    return format_date(first, "MMM y", locale=language())


def dated(text: Any) -> Any:
    """A whole day or moment for people; anything else, such as a year alone, as it is."""
    return day(text) if _is_dated(text) else text


def timed(text: Any) -> Any:
    """The same, a moment with its time."""
    return moment(text) if _is_dated(text) else text


def _is_dated(text: Any) -> bool:
    """Whether it names a day that there is: titles and notes may look like one."""
    if not isinstance(text, str) or not _DAY.fullmatch(clock.day_of(text)):
        return False
    with contextlib.suppress(ValueError):
        return bool(date.fromisoformat(clock.day_of(text)))
    return False


def file_size(count: int) -> str:
    """Bytes as people say them: `812 KB`, `2,4 MB`; the decimal sign is the language's."""
    from babel.numbers import format_decimal

    if count < 1000:
        return f"{count} B"
    unit, size = ("KB", count / 1000) if count < 999_500 else ("MB", count / 1_000_000)
    return f"{format_decimal(size, '#,##0' if size >= 100 or unit == 'KB' else '0.#', locale=language())} {unit}"
