"""Motifs, screenings and comparisons in sentences and tables for people."""

import cmath
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from umkm_cli.cli.kit.asides import say_found
from umkm_cli.cli.kit.layout import pairs, table
from umkm_cli.cli.kit.output import say
from umkm_cli.cli.kit.telling import told_fields
from umkm_cli.i18n import t
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.registry.records.people import DETAILS
from umkm_cli.wording import (
    dated,
    day,
    file_size,
    match_cells,
    match_columns,
    problem_sentence,
    registered_sentences,
    remarks_on,
    screening_sentences,
    sentence_of,
    verdict_label,
)

if TYPE_CHECKING:
    from umkm_cli.desk.checks import Checked, Outcome, Report
    from umkm_cli.desk.comparing import Compared, DuplicatePair, Hashed
    from umkm_cli.desk.registering import RegisteredMotif
    from umkm_cli.documents.designs import RepeatDocument, ViewDocument
    from umkm_cli.documents.motifs import MotifBrief, MotifDocument, MotifFileDocument, PersonDocument


def registered(done: "RegisteredMotif") -> None:
    registration = done.registration
    for warning in registration.warnings:
        say(t("warning", text=problem_sentence(warning)))
    for sentence in registered_sentences(registration):
        say(sentence)
    screened(registration.outcome, done.motif)
    say_found(done.looked_back.cases)


def screened(outcome: "Outcome | None", document: Mapping[str, Any]) -> None:
    """What screening found in the pictures of a record (its document) that was registered."""
    if outcome is None:
        return
    for sentence in screening_sentences(outcome, document):
        say(sentence)
    if outcome.decisive is not None:
        matches(outcome, recorded=True)


def checked(result: "Checked", report: "Report") -> None:
    """One answer; `report` is the check that it belongs to."""
    say(f"{result.image}: {t('alert') + ' – ' if result.outcome.alert else ''}{verdict_label(result.outcome)}")
    if result.found:
        say("  " + sentence_of(result, report))
    for sentence in remarks_on(result.outcome, report.sender):
        say("  " + sentence)
    if result.case:
        say("  " + t("case.opened", code=result.case))
    matches(result.outcome)


def matches(outcome: "Outcome", *, recorded: bool = False) -> None:
    shown = [judged for judged in outcome.matches if judged.match.passes]
    if not shown:
        return
    table(
        [t(f"column.{name}") for name in match_columns(shown, recorded=recorded)],
        [[*match_cells(judged)] for judged in shown],
    )


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


def hashed(items: "Sequence[Hashed]") -> None:
    table(
        [t("column.picture"), "pHash", "dHash", t("column.colorhash")],
        [
            (item.image, item.hashes.phash, item.hashes.dhash, item.hashes.colorhash)
            if item.hashes
            else (item.image, t(f"error.{item.error.code}", **item.error.params) if item.error else "", "", "")
            for item in items
        ],
    )


def duplicates(found: "Sequence[DuplicatePair]") -> None:
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


def listed(motifs: "Sequence[MotifBrief]") -> None:
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


def shown(document: "MotifDocument") -> None:
    people = {"creators": document["creators"], "holders": document["holders"]}
    apart = ("schema", "views", "files", "vendor", *people, "status", "published", "publication")
    declared = {name: field for name, field in MOTIF_FIELDS.items() if name not in apart}
    values: list[tuple[str, Any]] = [(t("field.vendor"), f"{document['vendor']['code']} {document['vendor']['name']}")]
    values.append((t("field.status"), t(f"motif.status.{document['status']}")))
    values.append((t("field.publication"), t(f"motif.publication.{document['publication']}")))
    told = document | told_fields(declared, document)
    values += [(t(f"field.{name}"), dated(value)) for name, value in told.items() if name not in apart]
    values += [(t(f"field.{name}"), "\n".join(map(person_line, named))) for name, named in people.items()]
    pairs([*values, *view_pairs(document["views"]), *file_pairs(document["files"])])


def person_line(person: "PersonDocument") -> str:
    """A name with what is known of the person, in one line."""
    details = ", ".join(str(person.get(field)) for field in DETAILS if person.get(field))
    return f"{person['name']} ({details})" if details else str(person["name"])


def file_pairs(files: "Sequence[MotifFileDocument]") -> list[tuple[str, Any]]:
    """The papers that are kept with a motif."""
    lines: list[tuple[str, Any]] = []
    for number, file in enumerate(files, 1):
        about = f"{file['filename']} ({file_size(file['bytes'])}, {day(file['created_at'])})"
        note = f"\n{file['note']}" if file["note"] else ""
        name = t("field.file", n=number, kind=t(f"file.kind.{file['purpose']}"))
        lines.append((name, f"{about}\nSHA-256 {file['sha256']}{note}{_state(file)}"))
    return lines


def view_pairs(views: "Sequence[ViewDocument]") -> list[tuple[str, Any]]:
    """A record's pictures, with how each repeats where that was asked."""
    lines: list[tuple[str, Any]] = []
    for view in views:
        name = f"{view['filename']} ({view['width']} × {view['height']}, {view['format']})"
        lines.append((t("field.picture", n=view["index"] + 1), f"{name}\nSHA-256 {view['sha256']}{_state(view)}"))
        if "repeat" in view:
            lines.append((t("field.repeat", n=view["index"] + 1), repeat_sentence(view["repeat"])))
    return lines


def _state(kept: "ViewDocument | MotifFileDocument") -> str:
    """What is wrong with the stored file of a picture or paper, where that was asked."""
    state = kept.get("stored_file", "kept")
    return "" if state == "kept" else "\n" + t(f"stored_file.{state}")


def repeat_sentence(repeat: "RepeatDocument | None") -> str:
    """How large a repeat is, how its two steps stand to each other, and how alike its units are."""
    if repeat is None:
        return t("repeat.none")
    steps, percent = [complex(x, y) for x, y in repeat["vectors"]], round(repeat["strength"] * 100)
    if len(steps) == 1:
        return t("repeat.one_way", step=round(abs(steps[0])), percent=percent)
    turn = round(abs(math.degrees(cmath.phase(steps[1] / steps[0]))))
    return t("repeat.lattice", a=round(abs(steps[0])), b=round(abs(steps[1])), angle=turn, percent=percent)
