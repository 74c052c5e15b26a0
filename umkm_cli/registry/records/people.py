"""Who made a motif and who holds the rights in it: names in lists, and what a recording asks of each person besides.

A list of names says who belongs to a motif; the details of a person stay while the name stays in the list.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.values import typed as values
from umkm_cli.registry.values.fields import Field, Warnings, masked, read_fields
from umkm_cli.registry.values.folding import fold
from umkm_cli.registry.values.personal import Privacy
from umkm_cli.registry.values.typed import ValueProblem, shown

if TYPE_CHECKING:
    from umkm_cli.registry.office.work import Work

Person = dict[str, Any]
"""`name`, and where they are known `address`, `citizenship`, and for a holder `basis`: how the right came to them."""

DETAILS = ("address", "citizenship", "basis")


class Role(StrEnum):
    CREATOR = "creator"
    HOLDER = "holder"

    @property
    def column(self) -> str:
        """The motif's list of such persons."""
        return f"{self.value}s"


class PersonChange(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


def _one_name(text: str, _: Warnings) -> str:
    """A name that reads again as one name where the list is written into a cell. Rule `one_name`."""
    names = values.read_list(f"{text};")
    if len(names) != 1:
        raise ValueProblem("one_name")
    return names[0]


PERSON_FIELDS: dict[str, Field] = {
    "person_name": Field(_one_name),
    "address": Field(lambda text, _: values.read_text(text, 500), privacy=Privacy.PERSONAL),
    "citizenship": Field(lambda text, _: values.read_text(text, 100)),
    "basis": Field(lambda text, _: values.read_text(text, 300)),
}


def read_person(role: Role, raw: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The fields that were given, None for one to be cleared, and warnings. Raises `InvalidFieldsError`."""
    read, problems = read_fields(PERSON_FIELDS, raw)
    if not read.get("person_name") and not any(problem.field == "person_name" for problem in problems):
        problems.append(Problem("person_name", "", "required"))
    if role is Role.CREATOR and read.get("basis"):
        problems.append(Problem("basis", shown(read["basis"]), "basis_of_creator"))
    if any(problem.is_error for problem in problems):
        raise InvalidFieldsError(problems)
    return read, problems


def read_people(text: str, _: Warnings) -> list[Person]:
    """A list of names as people, with no details."""
    return [{"name": name} for name in values.read_list(text)]


def written(people: Sequence[Person]) -> str:
    """The names as one text that reads again as the same names."""
    names = [str(person["name"]) for person in people]
    return f"{names[0]};" if len(names) == 1 and "," in names[0] else ";".join(names)


def with_details(named: Iterable[Person], known: Iterable[Person]) -> list[Person]:
    """`named`, each with the details of the person of that name in `known`; case and punctuation make no difference."""
    details = {_key(person["name"]): person for person in known}
    return [{**details.get(_key(person["name"]), {}), **person} for person in named]


def keep_details(read: Mapping[str, Any], record: Any) -> dict[str, Any]:
    """The values to set on a motif, with lists of names completed by what is known of those who stay."""
    lists = {role.column: with_details(read[role.column], getattr(record, role.column)) for role in _listed(read)}
    return {**read, **lists}


def with_person(people: Sequence[Person], name: str, given: Mapping[str, Any]) -> tuple[list[Person], PersonChange]:
    """The list with this person's details set (None clears one); somebody new comes last."""
    details = {field: given[field] for field in DETAILS if field in given}
    before = next((person for person in people if _key(person["name"]) == _key(name)), None)
    after = {field: value for field, value in {**(before or {}), "name": name, **details}.items() if value is not None}
    if before is None:
        return [*people, after], PersonChange.ADDED
    changed = [after if person is before else person for person in people]
    return changed, PersonChange.UNCHANGED if after == before else PersonChange.CHANGED


def without_person(people: Sequence[Person], name: str) -> list[Person]:
    """Raises `UmkmError` `person_not_found`."""
    left = [person for person in people if _key(person["name"]) != _key(name)]
    if len(left) == len(people):
        raise UmkmError("person_not_found", name=shown(name), known=", ".join(p["name"] for p in people) or "–")
    return left


def set_person(work: "Work", motif_id: str, role: Role, given: Mapping[str, Any], *, remove: bool) -> PersonChange:
    """Fill in or take away one person of a motif; `given` as `read_person` returns it.

    Raises `UmkmError` `person_not_found` where there is none to take away.
    """
    from umkm_cli.db.tables import Motif

    motif = work.session.get(Motif, motif_id)
    assert motif is not None, "records are never deleted"
    people, name = getattr(motif, role.column), given["person_name"]
    if remove:
        change, after = PersonChange.REMOVED, without_person(people, name)
    else:
        after, change = with_person(people, name, given)
    work.changed("motif", motif, {role.column: after}, "person")
    return change


def shown_people(people: Iterable[Person], *, reveal: bool) -> list[Person]:
    """As they may be shown: where somebody lives is masked unless `reveal`."""
    return [
        {field: value if reveal else masked(PERSON_FIELDS, field, str(value)) for field, value in person.items()}
        for person in people
    ]


def same_person(one: str, other: str) -> bool:
    return _key(one) == _key(other)


def _key(name: str) -> str:
    return fold(name) or name.casefold()


def _listed(read: Mapping[str, Any]) -> list[Role]:
    return [role for role in Role if read.get(role.column)]
