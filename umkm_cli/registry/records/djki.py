"""What an application for recording a motif at DJKI (POP HC) asks for, and which of it the registry has.

The form's fields follow UU 28/2014 art. 66 to 67 (creator, holder and representative with address and citizenship;
kind and title of the work; day and place of first publication; a short description), the papers art. 66(4): a sample,
a statement of ownership, who the applicant is, and the transfer where the holder is not the creator. Fees and details
of the procedure change, so none of them is here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, cast

from umkm_cli.registry.records.motif_files import FileKind
from umkm_cli.registry.records.people import Role, same_person

if TYPE_CHECKING:
    from umkm_cli.documents.motifs import (
        DjkiForm,
        DjkiItem,
        FormDocument,
        MotifDocument,
        PersonDocument,
        PersonOnForm,
    )

Group = Literal["form", "papers"]
WORK_TYPE, WORK_SUBTYPE = "Karya Seni", "Seni Batik"
_BODY = re.compile(
    r"(?:pt|cv|ud|pd|perum|perseroan|koperasi|yayasan|perkumpulan|pemerintah|dinas|universitas|bumdes)\b|.*\b(?:tbk|ltd|inc)\b",
    re.IGNORECASE,
)


class Because(StrEnum):
    """Why an item is asked for."""

    FORM = "form"
    FORM_UNPUBLISHED = "form_unpublished"
    STATEMENT = "statement"
    PERSON = "holder_is_a_person"
    BODY = "holder_is_a_body"
    NOT_CREATOR = "holder_is_not_creator"
    REPRESENTED = "represented"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Item:
    """One thing that is asked for; `missing` names what of it is not there, and `command` adds it.

    `missing` holds names of persons, or of fields of persons (`address: NAME`); where it is empty the item is present.
    """

    name: str
    group: Group
    because: Because
    missing: tuple[str, ...] = ()
    command: str = ""

    @property
    def present(self) -> bool:
        return not self.missing

    def document(self) -> "DjkiItem":
        return {
            "item": self.name,
            "group": self.group,
            "present": self.present,
            "missing": list(self.missing),
            "needed_because": self.because.value,
            "command": None if self.present else self.command,
        }


@dataclass(frozen=True)
class Application:
    """A motif as an application sees it; `motif` is `umkm.motif/1`, its people as they may be shown.

    `holders` are the creators where no other holder is named: the right is theirs until it goes to somebody else.
    """

    motif: "MotifDocument"
    items: tuple[Item, ...]

    @property
    def code(self) -> str:
        return str(self.motif["code"])

    @property
    def creators(self) -> "list[PersonDocument]":
        return list(self.motif["creators"])

    @property
    def holders(self) -> "list[PersonDocument]":
        return list(self.motif["holders"] or self.motif["creators"])

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.items if not item.present]

    @property
    def waits(self) -> bool:
        """Whether the office has not decided yet on a likeness of this motif."""
        return bool(self.motif["status"] == "held")

    def fields(self) -> "FormDocument":
        """The form, by stable names."""
        motif = self.motif
        return {
            "jenis_ciptaan": WORK_TYPE,
            "sub_jenis_ciptaan": WORK_SUBTYPE,
            "judul": motif["title"],
            "uraian_singkat": motif["description"],
            "tanggal_pertama_diumumkan": motif["first_published"],
            "tempat_pertama_diumumkan": motif["first_published_place"],
            "tanggal_penciptaan": motif["creation_date"],
            "pencipta": [_on_form(person) for person in self.creators],
            "pemegang_hak_cipta": [_on_form(person) for person in self.holders],
            "kuasa": motif["representative"],
        }

    def document(self) -> "DjkiForm":
        """`umkm.djki/1`."""
        motif = self.motif
        return {
            "schema": "umkm.djki/1",
            "code": self.code,
            "ref": motif["ref"],
            "title": motif["title"],
            "status": motif["status"],
            "waits_for_decision": self.waits,
            "published": motif["published"],
            "djki_application": motif["djki_application"],
            "djki_record": motif["djki_record"],
            "complete": not self.missing,
            "fields": self.fields(),
            "items": [item.document() for item in self.items],
        }


def application_of(motif: "MotifDocument", kept: Sequence[str]) -> Application:
    """`motif` is `umkm.motif/1`; `kept` are the SHA-256 of its files and pictures that really lie in the registry."""
    return Application(motif, (*_form(motif), *_papers(motif, frozenset(kept))))


def is_body(name: str) -> bool:
    """Whether a holder's name is that of a company, a cooperative or another body, rather than of a person."""
    return _BODY.match(name.strip()) is not None


def _form(motif: "MotifDocument") -> Iterator[Item]:
    code, told = motif["code"], dict(motif)
    published = Because.FORM if motif["published"] else Because.FORM_UNPUBLISHED
    for name, because, example in (
        ("title", Because.FORM, ""),
        ("description", Because.FORM, '--description "…"'),
        ("first_published", published, "--first-published DD-MM-YYYY"),
        ("first_published_place", published, '--first-published-place "…"'),
    ):
        yield _item(name, "form", because, () if told[name] else (name,), f"umkm motif edit {code} {example}")
    creators, holders = motif["creators"], motif["holders"] or motif["creators"]
    yield _people_item(code, Role.CREATOR, creators, creators)
    role = Role.HOLDER if motif["holders"] else Role.CREATOR
    yield _people_item(code, role, holders, creators, name="holders")


def _people_item(
    code: str, role: Role, people: "Sequence[PersonDocument]", creators: "Sequence[PersonDocument]", name: str = ""
) -> Item:
    person, option, missing = "…", "", list[str]()
    for one in people:
        lacking = [field for field in ("address", "citizenship") if not one.get(field)]
        if role is Role.HOLDER and not one.get("basis") and not _among(one, creators):
            lacking.append("basis")
        if lacking and not missing:
            person, option = str(one["name"]), " ".join(f'--{field} "…"' for field in lacking)
        missing += [f"{field}: {one['name']}" for field in lacking]
    if not people:
        missing, option = ["name"], '--address "…" --citizenship "…"'
    command = f'umkm motif person {code} --role {role.value} --name "{person}" {option}'
    return _item(name or role.column, "form", Because.FORM, tuple(missing), command)


def _papers(motif: "MotifDocument", kept: frozenset[str]) -> Iterator[Item]:
    creators, holders = motif["creators"], motif["holders"] or motif["creators"]
    strangers = [one["name"] for one in holders if creators and not _among(one, creators)]
    persons = [one["name"] for one in holders if not is_body(one["name"])]
    bodies = [one["name"] for one in holders if is_body(one["name"])]

    def paper(kind: FileKind, because: Because, whose: Sequence[str] = ()) -> Item:
        there = any(file["purpose"] == kind and file["sha256"] in kept for file in motif["files"])
        missing = () if there else tuple(whose) or (kind.value,)
        return _item(kind.value, "papers", because, missing, _attach(motif, kind))

    yield paper(FileKind.OWNERSHIP_STATEMENT, Because.STATEMENT)
    if persons or not holders:
        yield paper(FileKind.IDENTITY, Because.PERSON, persons)
    if bodies:
        yield paper(FileKind.DEED, Because.BODY, bodies)
    if strangers:
        yield paper(FileKind.TRANSFER, Because.NOT_CREATOR, strangers)
    if motif["representative"]:
        yield paper(FileKind.POWER_OF_ATTORNEY, Because.REPRESENTED, [motif["representative"]])
    has_sample = any(view["sha256"] in kept for view in motif["views"]) or any(
        file["purpose"] == FileKind.SAMPLE and file["sha256"] in kept for file in motif["files"]
    )
    missing = () if has_sample else (FileKind.SAMPLE.value,)
    yield _item("sample", "papers", Because.SAMPLE, missing, _attach(motif, FileKind.SAMPLE))


def _attach(motif: "MotifDocument", kind: FileKind) -> str:
    return f"umkm motif attach {motif['code']} FILE --kind {kind.value}"


def _item(name: str, group: Group, because: Because, missing: tuple[str, ...], command: str) -> Item:
    return Item(name, group, because, missing, command.strip())


def _among(person: "PersonDocument", people: "Sequence[PersonDocument]") -> bool:
    return any(same_person(person["name"], other["name"]) for other in people)


def _on_form(person: "PersonDocument") -> "PersonOnForm":
    names = {"nama": "name", "alamat": "address", "kewarganegaraan": "citizenship", "dasar_perolehan_hak": "basis"}
    return cast("PersonOnForm", {shown: person.get(field) for shown, field in names.items() if person.get(field)})
