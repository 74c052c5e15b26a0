"""A motif's fields: the one place where each is declared, and what several of them say together.

Values that are wrong are refused, odd ones kept with a warning.
"""

import re
from collections.abc import Mapping
from typing import Any

from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError, Level, Problem
from umkm_cli.registry.records.people import read_people, written
from umkm_cli.registry.records.publication import publication_columns, read_publication
from umkm_cli.registry.values import typed as values
from umkm_cli.registry.values.fields import (
    Field,
    Kind,
    ValueReader,
    Warnings,
    of_kind,
    past_date,
    plain,
    read_fields,
    text_up_to,
)
from umkm_cli.registry.values.folding import fold
from umkm_cli.registry.values.typed import ValueProblem

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


def _number_like(form: str) -> ValueReader:
    """A DJKI number that has not the usual form is kept, with a warning."""

    def read(text: str, warnings: Warnings) -> str:
        number = values.read_text(text, 50).upper()
        if not re.fullmatch(form, number):
            warnings.append(("djki_form", {}))
        return number

    return read


MOTIF_FIELDS: dict[str, Field] = {
    "title": Field(
        text_up_to(200),
        ("judul", "judul motif", "nama motif", "motif", "judul ciptaan", "motif title", "motif name", "name"),
    ),
    "creators": Field(
        read_people,
        ("pencipta", "nama pencipta", "para pencipta", "desainer", "perancang", "creator", "designer", "author"),
        kind=Kind.LIST,
        cell=written,
    ),
    "holders": Field(
        read_people,
        (
            *("pemegang hak", "pemegang hak cipta", "nama pemegang hak", "holder", "rights holder", "rights holders"),
            *("copyright holder",),
        ),
        kind=Kind.LIST,
        cell=written,
    ),
    "representative": Field(
        text_up_to(200),
        ("kuasa", "nama kuasa", "penerima kuasa", "attorney"),
    ),
    "published": Field(
        plain(read_publication),
        ("diumumkan", "sudah diumumkan", "status pengumuman", "telah diumumkan", "publikasi", "is published"),
        option="--published/--unpublished",
    ),
    "description": Field(
        text_up_to(),
        ("uraian", "uraian ciptaan", "deskripsi", "keterangan", "uraian motif"),
        kind=Kind.PROSE,
    ),
    "philosophy": Field(
        text_up_to(),
        ("filosofi", "makna", "filosofi motif", "meaning"),
    ),
    "technique": Field(
        technique,
        ("teknik", "teknik pembuatan", "teknik batik", "proses"),
        words=TECHNIQUES,
    ),
    "creation_date": Field(
        past_date,
        (
            *("tanggal penciptaan", "tgl penciptaan", "tanggal dibuat", "tgl dibuat", "tanggal ciptaan", "dibuat pada"),
            *("tanggal pembuatan", "date of creation", "created on", "date created"),
        ),
        kind=Kind.DAY,
    ),
    "first_published": Field(
        past_date,
        (
            *("tanggal publikasi", "tgl publikasi", "tanggal pengumuman", "tanggal pertama diumumkan"),
            *("tanggal pertama kali diumumkan", "publication date", "first published on", "date of first publication"),
            *("first publication date",),
        ),
        kind=Kind.DAY,
    ),
    "first_published_place": Field(
        text_up_to(200),
        (
            *("tempat publikasi", "kota publikasi", "tempat pengumuman", "kota pertama diumumkan"),
            *("tempat pertama diumumkan", "tempat pertama kali diumumkan", "publication place", "place of publication"),
            *("place of first publication", "first publication place"),
        ),
    ),
    "heritage_class": Field(
        text_up_to(200),
        ("motif tradisional", "kelas tradisional", "unsur tradisional", "tradisi", "heritage"),
    ),
    "licence_terms": Field(
        text_up_to(),
        ("syarat izin", "ketentuan izin", "syarat lisensi", "license terms", "licence", "license"),
    ),
    "djki_application": Field(
        _number_like(r"EC00\d{4}\d{5,6}"),
        (
            *("nomor permohonan", "no permohonan", "nomor permohonan djki", "no permohonan djki"),
            *("application number", "djki application number"),
        ),
    ),
    "djki_record": Field(
        _number_like(r"\d{6,9}"),
        (
            *("nomor pencatatan", "no pencatatan", "nomor pencatatan djki", "no pencatatan djki"),
            *("record number", "recording number", "djki record number"),
        ),
    ),
}

LISTS = of_kind(MOTIF_FIELDS, Kind.LIST)


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
