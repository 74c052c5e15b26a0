"""Motifs, screenings and comparisons in sentences and tables for people."""

import cmath
import math
from datetime import date
from typing import TYPE_CHECKING, Any

from umkm_cli.cli.output import pairs, problem_sentence, say, table
from umkm_cli.cli.reindex import index_sentences
from umkm_cli.i18n import t
from umkm_cli.registry.designs import Design

if TYPE_CHECKING:
    from umkm_cli.screening.checks import Checked, Report
    from umkm_cli.screening.comparing import Compared
    from umkm_cli.screening.duplicates import Pair
    from umkm_cli.screening.hashing import Hashed
    from umkm_cli.screening.judge import JudgedMatch, Outcome
    from umkm_cli.screening.registering import Registration


def registered(done: "Registration") -> None:
    document = done.document
    for warning in done.warnings:
        say(t("warning", text=problem_sentence(warning)))
    say(t(f"motif.{done.saved.status.value}", code=document["code"], title=document["title"]))
    if done.saved.held:
        say(t("motif.is_held", case=done.saved.case or "–"))
    screened(done.outcome, document["vendor"]["name"])


def screened(outcome: "Outcome | None", sender_name: str) -> None:
    """What screening found in the pictures of a record that was registered."""
    for sentence in index_sentences(outcome.reasons if outcome else ()):
        say(sentence)
    if outcome is not None and outcome.decisive is not None:
        say(verdict_sentence(outcome, sender_name))
        matches(outcome)


def checked(report: "Report") -> None:
    for result in report.results:
        say(f"{result.image}: {t('alert') + ' – ' if result.outcome.alert else ''}{verdict_label(result.outcome)}")
        say("  " + sentence_of(result, report))
        if result.outcome.decisive is not None and report.sender is None:
            say("  " + t("verdict.sender_unknown"))
        if "label_only" in result.outcome.reasons:
            say("  " + t("verdict.label_only"))
        for sentence in index_sentences(result.outcome.reasons):
            say("  " + sentence)
        if result.case:
            say("  " + t("case.opened", code=result.case))
        matches(result.outcome)


def sentence_of(result: "Checked", report: "Report") -> str:
    outcome = result.outcome
    if outcome.decisive is not None:
        return verdict_sentence(outcome, report.sender or "–")
    if outcome.verdict.value == "clear":
        counts, today = report.registered, day(date.today().isoformat())
        if Design.PRODUCT in counts:
            products = counts[Design.PRODUCT]
            return t("verdict.product.clear.sentence", n=counts[Design.MOTIF], products=products, date=today)
        return t("verdict.clear.sentence", n=counts[Design.MOTIF], date=today)
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


def matches(outcome: "Outcome") -> None:
    shown = [judged for judged in outcome.matches if judged.match.passes]
    if not shown:
        return
    kinds = {judged.standing.kind for judged in shown}
    what = ("motif", "motif_area") if kinds == {Design.MOTIF} else ("design", "design_area")
    columns = [t(f"column.{name}") for name in (what[0], "title", "vendor", "relation", "picture_area", what[1])]
    table([*columns, t("column.remark")], [_match_row(judged) for judged in shown])


def _match_row(judged: "JudgedMatch") -> tuple[Any, ...]:
    match, standing = judged.match, judged.standing
    remarks = [t(f"verdict.{judged.explained.excuse.value}.label")] if judged.explained else [t("alert")]
    remarks += [t(f"remark.{name}") for name in ("mirrored", "inverted", "recoloured") if getattr(match, name)]
    relation = t(f"verdict.{match.relation.value}.label")
    areas = [f"±{round(area * 100)}%" for area in (match.query_area, match.motif_area)]
    return (standing.code, standing.title, standing.vendor_name, relation, *areas, ", ".join(remarks))


def compared(result: "Compared") -> None:
    if result.match is None or not result.match.passes:
        say(t("compare.nothing", a=result.a.given, b=result.b.given))
        return
    match = result.match
    say(t(f"compare.{match.relation.value}", a=result.a.given, b=result.b.given))
    remarks = [t(f"remark.{name}") for name in ("mirrored", "inverted", "recoloured") if getattr(match, name)]
    pairs(
        [
            (t("column.picture_area"), f"±{round(match.query_area * 100)}%"),
            (t("column.motif_area"), f"±{round(match.motif_area * 100)}%"),
            (t("column.rotation"), f"{match.rotation_deg:.0f}°"),
            (t("column.scale"), f"{match.scale:.2f}"),
            (t("column.remark"), ", ".join(remarks)),
        ]
    )


def hashed(items: "list[Hashed]") -> None:
    table(
        [t("column.picture"), "pHash", "dHash", t("column.colorhash")],
        [
            (item.image, item.hashes.phash, item.hashes.dhash, item.hashes.colorhash)
            if item.hashes
            else (item.image, t(f"error.{item.error.code}", **item.error.params) if item.error else "", "", "")
            for item in items
        ],
    )


def duplicates(found: "list[Pair]") -> None:
    if not found:
        say(t("duplicates.none"))
        return
    columns = [t(f"column.{name}") for name in ("motif", "vendor", "motif", "vendor", "relation")]
    table(
        columns,
        [
            (
                pair.a.code,
                pair.a.vendor_name,
                pair.b.code,
                pair.b.vendor_name,
                t(f"verdict.{pair.match.relation}.label"),
            )
            for pair in found
        ],
    )


def listed(motifs: list[dict[str, Any]]) -> None:
    if not motifs:
        say(t("motif.none"))
        return
    columns = [t(f"column.{name}") for name in ("code", "title", "vendor", "technique", "status")]
    table(
        [*columns],
        [
            (m["code"], m["title"], m["vendor"]["name"], m["technique"], t(f"motif.status.{m['status']}"))
            for m in motifs
        ],
    )


def shown(document: dict[str, Any]) -> None:
    simple = [name for name in document if name not in ("schema", "views", "vendor", "creators", "holders", "status")]
    values: list[tuple[str, Any]] = [(t("field.vendor"), f"{document['vendor']['code']} {document['vendor']['name']}")]
    values.append((t("field.status"), t(f"motif.status.{document['status']}")))
    for name in simple:
        value = document[name]
        values.append((t(f"field.{name}"), (t("yes") if value else t("no")) if isinstance(value, bool) else value))
    for name in ("creators", "holders"):
        values.append((t(f"field.{name}"), ", ".join(person["name"] for person in document[name])))
    pairs([*values, *view_pairs(document["views"])])


def view_pairs(views: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """A record's pictures, with how each repeats where that was asked."""
    lines: list[tuple[str, Any]] = []
    for view in views:
        name = f"{view['filename']} ({view['width']} × {view['height']}, {view['format']})"
        lines.append((t("field.picture", n=view["index"] + 1), f"{name}\nSHA-256 {view['sha256']}"))
        if "repeat" in view:
            lines.append((t("field.repeat", n=view["index"] + 1), repeat_sentence(view["repeat"])))
    return lines


def repeat_sentence(repeat: dict[str, Any] | None) -> str:
    """How large a repeat is, how its two steps stand to each other, and how alike its units are."""
    if repeat is None:
        return t("repeat.none")
    steps, percent = [complex(x, y) for x, y in repeat["vectors"]], round(repeat["strength"] * 100)
    if len(steps) == 1:
        return t("repeat.one_way", step=round(abs(steps[0])), percent=percent)
    turn = round(abs(math.degrees(cmath.phase(steps[1] / steps[0]))))
    return t("repeat.lattice", a=round(abs(steps[0])), b=round(abs(steps[1])), angle=turn, percent=percent)


MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}


def day(text: str) -> str:
    """`2026-11-24…` as `24 November 2026` in the user's language."""
    from umkm_cli.i18n import language

    year, month, date_ = text[:10].split("-")
    return f"{int(date_)} {MONTHS[language()].split()[int(month) - 1]} {year}"
