"""Motifs: finding, listing, editing and withdrawing them. Registering one is screening's business."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from umkm_cli.db.reading import Reader, Row, listed, narrowed
from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError, Level, Problem
from umkm_cli.registry.office.finding import find_by_code_or_ref
from umkm_cli.registry.pictures.attachments import attachments_of
from umkm_cli.registry.pictures.designs import Design, view_documents
from umkm_cli.registry.records.people import keep_details, read_people, shown_people, written
from umkm_cli.registry.records.publication import (
    is_published,
    publication_columns,
    publication_of,
    read_publication,
    with_publication,
)
from umkm_cli.registry.values import typed as values
from umkm_cli.registry.values.fields import Field, Kind, Warnings, past_date, read_fields
from umkm_cli.registry.values.folding import fold
from umkm_cli.registry.values.reasons import read_reason
from umkm_cli.registry.values.typed import ValueProblem

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.tables import Motif
    from umkm_cli.registry.office.work import Work


TECHNIQUES = ("tulis", "cap", "kombinasi", "printing")
"""SNI 0239:2014; `printing` is not batik (SNI 8184:2015), but designs of printed cloth are screened too."""


def read_technique(text: str | None) -> str | None:
    """Raises `UmkmError` `unknown_technique`."""
    if text is None or not text.strip():
        return None
    try:
        return technique(text, [])
    except ValueProblem as error:
        raise UmkmError("unknown_technique", value=text, known=", ".join(TECHNIQUES)) from error


def technique(text: str, _: Warnings) -> str:
    """The technique that a word names. Rule `technique_unknown`."""
    word = values.clean(text).casefold().removeprefix("batik ")
    word = {"stamp": "cap", "written": "tulis", "print": "printing", "tulis cap": "kombinasi"}.get(word, word)
    if word not in TECHNIQUES:
        raise ValueProblem("technique_unknown", known=", ".join(TECHNIQUES))
    return word


def _number_like(form: str) -> Field:
    """A DJKI number that has not the usual form is kept, with a warning."""

    def read(text: str, warnings: Warnings) -> str:
        number = values.read_text(text, 50).upper()
        if not re.fullmatch(form, number):
            warnings.append(("djki_form", {}))
        return number

    return Field(read)


def _text(limit: int = values.MAX_CHARS, kind: Kind = Kind.TEXT) -> Field:
    return Field(lambda text, _: values.read_text(text, limit), kind=kind)


MOTIF_FIELDS: dict[str, Field] = {
    "title": _text(200),
    "creators": Field(read_people, kind=Kind.LIST, cell=written),
    "holders": Field(read_people, kind=Kind.LIST, cell=written),
    "representative": _text(200),
    "published": Field(lambda text, _: read_publication(text)),
    "description": _text(kind=Kind.PROSE),
    "philosophy": _text(),
    "technique": Field(technique),
    "creation_date": Field(past_date, kind=Kind.DAY),
    "first_published": Field(past_date, kind=Kind.DAY),
    "first_published_place": _text(200),
    "heritage_class": _text(200),
    "licence_terms": _text(),
    "djki_application": _number_like(r"EC00\d{4}\d{5,6}"),
    "djki_record": _number_like(r"\d{6,9}"),
}


def read_motif(
    raw: Mapping[str, str], *, partial: bool = False, known: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """Columns of the motif table, and problems. `partial` is an edit of `known`: the title may be missing."""
    read, problems = read_fields(MOTIF_FIELDS, raw)
    broken = {problem.field for problem in problems}
    if not read.get("title") and "title" not in broken and not (partial and "title" not in raw):
        problems.append(Problem("title", "", "required"))
    if read.get("title"):
        read["title_key"] = fold(read["title"])
    for name in LISTS:
        if name in read and read[name] is None:
            read[name] = []
    if (publication := read.pop("published", None)) is not None:
        read |= publication_columns(publication)
    return read, problems + _odd_days(read, known or {})


def read_motif_or_refuse(
    raw: Mapping[str, str], *, partial: bool = False, known: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """The same, for one motif at a time. Raises `InvalidFieldsError`; the problems that are left are warnings."""
    read, problems = read_motif(raw, partial=partial, known=known)
    if any(problem.is_error for problem in problems):
        raise InvalidFieldsError(problems)
    return read, problems


def _odd_days(read: Mapping[str, Any], known: Mapping[str, Any]) -> list[Problem]:
    """A warning where a work is said to have been made after it was published."""
    if not {"creation_date", "first_published"} & read.keys():
        return []
    created, published = ({**known, **read}.get(name) for name in ("creation_date", "first_published"))
    if not (created and published and created > published):
        return []
    return [Problem("creation_date", created, "created_after_published", Level.WARNING, {"published": published})]


class HasSha256(Protocol):
    @property
    def sha256(self) -> str: ...


LISTS = ("creators", "holders")
_SELECT = """
    SELECT motif.*, vendor.code AS vendor_code, vendor.name AS vendor_name
    FROM motif JOIN vendor ON vendor.id = motif.vendor_id
"""
_SHOWN = (
    *("code", "ref", "source", "title", "status", "kind", "published", "publication", "creators", "holders"),
    *("representative", "description", "philosophy", "technique", "creation_date", "first_published"),
    "first_published_place",
    *("heritage_class", "licence_terms", "djki_application", "djki_record", "withdrawn_at", "withdrawn_reason"),
    *("created_at", "updated_at"),
)


def find_motif(reader: Reader, key: str) -> Row:
    """By code or `ref`. Raises `UmkmError`: `motif_not_found`, `code_mistyped`, `ambiguous_ref`."""
    return find_by_code_or_ref(reader, "motif", key)


def list_motifs(
    reader: Reader,
    *,
    vendor_id: str | None = None,
    status: str | None = None,
    search: str | None = None,
    undecided: bool = False,
) -> list[Row]:
    """Rows with their vendor, by code; withdrawn ones only where their status is asked for.

    `undecided`: only those of which the office has still to say whether they are published.
    """
    where, wanted = narrowed(
        vendor=("motif.vendor_id = :vendor", vendor_id),
        status=("motif.status = :status", None if status == "all" else status),
        unless=("motif.status <> :unless", "withdrawn" if status is None else None),
    )
    rows = reader.rows(f"{_SELECT} {where} ORDER BY motif.code", **wanted)
    if undecided:
        rows = [row for row in rows if row["publication_undecided"]]
    if search:
        from umkm_cli.registry.office.searching import rank

        rows = rank(rows, "title_key", search)
    return rows


def motif_document(reader: Reader, row: Row, *, reveal: bool = False) -> dict[str, Any]:
    """`umkm.motif/1`, with its views and files. Personal data is masked unless `reveal`."""
    full = row if "vendor_code" in row else reader.rows(f"{_SELECT} WHERE motif.id = :id", id=row["id"])[0]
    views = view_documents(reader, Design.MOTIF, row["id"])
    files = attachments_of(reader, "motif", row["id"])
    return {"schema": "umkm.motif/1", **brief_document(full, reveal=reveal), "views": views, "files": files}


def brief_document(row: Row, *, reveal: bool = False) -> dict[str, Any]:
    """A motif as lists show it."""
    told = row | {"published": is_published(row), "publication": publication_of(row).value}
    document = {name: told[name] for name in _SHOWN}
    document |= {name: shown_people(listed(document[name]), reveal=reveal) for name in LISTS}
    document["vendor"] = {"code": row["vendor_code"], "name": row["vendor_name"]}
    return document


def find_same_motif(
    session: "Session",
    vendor_id: str,
    fields: dict[str, Any],
    source: str,
    ref: str | None,
    pictures: Sequence[HasSha256],
    meant: str | None = None,
) -> "Motif | None":
    """The motif that is meant: by (source, ref); without `ref`, this vendor's with this title and picture.

    Of several it is the one with the code `meant`, else the first.
    """
    from sqlmodel import col, select

    from umkm_cli.db.tables import Motif, View

    if ref is not None:
        return session.exec(select(Motif).where(Motif.source == source, Motif.ref == ref)).one_or_none()
    query = (
        select(Motif)
        .join(View, col(View.motif_id) == col(Motif.id))
        .where(Motif.vendor_id == vendor_id, Motif.title_key == fields.get("title_key"))
        .where(col(View.sha256).in_([picture.sha256 for picture in pictures]))
        .order_by(col(Motif.code) != (meant or ""), Motif.code)
    )
    return session.exec(query).first()


def record_motif_reveal(work: "Work", motif_ids: Sequence[str]) -> None:
    """That somebody looked at the personal data in these motifs, before it is shown."""
    if len(motif_ids) == 1:
        work.record("reveal", "motif", motif_ids[0])
    else:
        work.record("reveal", "motif", "*", {"ids": (None, list(motif_ids))})


def edit_motif(work: "Work", motif_id: str, fields: dict[str, Any]) -> list[str]:
    """The names of the fields that changed. Who stays in a list of names keeps the details."""
    motif = _get(work, motif_id)
    return work.changed("motif", motif, with_publication(keep_details(fields, motif), motif))


def withdraw_motif(work: "Work", motif_id: str, reason: str) -> None:
    """Kept, but no longer searched or listed. Raises `UmkmError`: `reason_missing`, `motif_withdrawn`."""
    from umkm_cli.db.tables import now

    motif = _get(work, motif_id)
    reason = read_reason(reason)
    if motif.status == "withdrawn":
        raise UmkmError("motif_withdrawn", code=motif.code)
    state = {"status": "withdrawn", "withdrawn_at": now(), "withdrawn_reason": reason}
    work.changed("motif", motif, state, "withdraw")


def _get(work: "Work", motif_id: str) -> "Motif":
    from umkm_cli.db.tables import Motif

    motif = work.session.get(Motif, motif_id)
    if motif is None:
        raise UmkmError("motif_not_found", key=motif_id)
    return motif
