"""What a licence covers: period, technique, object and territory, all of which must cover a case for it to count."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from umkm_cli.db.reading import Reader, listed
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.values.folding import fold
from umkm_cli.registry.values.typed import ValueProblem, read_list, shown

EVERYWHERE = frozenset({"indonesia", "nasional", "seluruh indonesia"})
TERMS = ("technique", "object", "territory")


@dataclass(frozen=True)
class Use:
    """What a motif is used for, as far as it was said: folded words, several where several were named."""

    technique: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    territory: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ValidLicence:
    """A licence in force: number, last day (None: open), and what it is restricted to, by term (empty: everything)."""

    number: str
    valid_to: str | None
    only: dict[str, frozenset[str]] = field(default_factory=dict)

    def unstated(self, use: Use) -> tuple[str, ...]:
        """The terms that it restricts and that `use` says nothing about."""
        return tuple(term for term, allowed in self.only.items() if allowed and not getattr(use, term))

    def exceeded(self, use: Use) -> tuple[str, ...]:
        """The terms in which `use` goes beyond what it permits."""
        return tuple(term for term, allowed in self.only.items() if allowed and getattr(use, term) - allowed)

    def covers(self, use: Use) -> bool:
        return not self.unstated(use) and not self.exceeded(use)


def read_use(technique: str | None, object_: str | None = None, territory: str | None = None) -> Use:
    """Objects and places stand between commas. Raises `InvalidFieldsError`."""
    read: dict[str, frozenset[str]] = {}
    problems = []
    for term, text in zip(TERMS, (technique, object_, territory), strict=True):
        try:
            read[term] = words(text)
        except ValueProblem as error:
            problems.append(Problem(term, shown(text or ""), error.rule, params=dict(error.params)))
    if problems:
        raise InvalidFieldsError(problems)
    return Use(**read)


def words(text: str | None) -> frozenset[str]:
    return frozenset(folded for part in read_list(text or "") if (folded := fold(part)))


def valid_licences(reader: Reader, today: str) -> dict[tuple[str, str], list[ValidLicence]]:
    """Those in force on the ISO day `today`, by motif and licensed vendor; the one that lasts longest first."""
    valid: dict[tuple[str, str], list[ValidLicence]] = {}
    for row in reader.rows(
        "SELECT motif_id, vendor_id, number, valid_to, techniques, object, territory FROM licence "
        "WHERE status = 'active' AND (valid_from IS NULL OR valid_from <= :today) "
        "AND (valid_to IS NULL OR valid_to >= :today) ORDER BY valid_to IS NOT NULL, valid_to DESC, number",
        today=today,
    ):
        only = {
            "technique": _folded(listed(row["techniques"])),
            "object": _kept(row["object"]),
            "territory": _places(row["territory"]),
        }
        licence = ValidLicence(row["number"], row["valid_to"], only)
        valid.setdefault((row["motif_id"], row["vendor_id"]), []).append(licence)
    return valid


def _places(text: str | None) -> frozenset[str]:
    places = _kept(text)
    return frozenset() if places <= EVERYWHERE else places


def _kept(text: str | None) -> frozenset[str]:
    """What was stored was read once; should a rule have changed since, the whole text is the one word."""
    try:
        return words(text)
    except ValueProblem:
        return _folded([text or ""])


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(folded for text in texts if (folded := fold(text)))
