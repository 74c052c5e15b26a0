"""A vendor's fields: from text to columns, with what is wrong (refused) and what is odd (kept, with a warning).

Formats and rules follow PP 7/2021 (scale), the Dukcapil form of the NIK, and Kemendagri's region codes; NIK and NPWP are
judged by python-stdnum, telephone numbers by Google's phonenumbers.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from umkm_cli.registry import values
from umkm_cli.registry.folding import fold
from umkm_cli.registry.personal import is_masked, is_private, mask
from umkm_cli.registry.problems import Level, Problem
from umkm_cli.registry.regions import find_kecamatan, find_kelurahan, nearest_kecamatan
from umkm_cli.registry.values import ValueProblem, clean

SCALES = ("mikro", "kecil", "menengah")
KBLI_EDITION = "2020"
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_CAPITAL_LIMITS = (1_000_000_000, 5_000_000_000, 10_000_000_000)
_SALES_LIMITS = (2_000_000_000, 15_000_000_000, 50_000_000_000)

Warnings = list[tuple[str, dict[str, Any]]]
"""Rules that a value breaks without being refused, each with its parameters."""


@dataclass(frozen=True)
class Field:
    """`read` turns clean, non-empty text into the value; it may add warnings."""

    read: Callable[[str, Warnings], Any]


def _plain(reader: Callable[[str], Any]) -> Field:
    return Field(lambda text, _: reader(text))


def read_fields(fields: Mapping[str, Field], raw: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Read each given field; an empty text is None, the wish to have nothing there."""
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in raw.items():
        if name not in fields:
            continue
        if not clean(text):
            read[name] = None
            continue
        if is_private(name) and is_masked(text):
            problems.append(Problem(name, text, "masked_value", Level.WARNING))
            continue
        warnings: Warnings = []
        try:
            read[name] = fields[name].read(text, warnings)
        except ValueProblem as error:
            problems.append(Problem(name, _shown(name, text), error.rule, params=dict(error.params)))
        problems += [Problem(name, _shown(name, text), rule, Level.WARNING, params) for rule, params in warnings]
    return read, problems


def read_vendor(
    raw: Mapping[str, str], *, from_spreadsheet: bool = False, partial: bool = False
) -> tuple[dict[str, Any], list[Problem]]:
    """Columns of the vendor table (NIK and NPWP still in clear), and problems.

    `partial` is an edit: the name may be missing. A problem's value is masked where it is personal.
    """
    read, problems = read_fields(VENDOR_FIELDS, raw)
    broken = {problem.field for problem in problems}
    if not read.get("name") and "name" not in broken and not (partial and "name" not in raw):
        problems.append(Problem("name", "", "required"))
    if read.get("name"):
        read["name_key"] = fold(read["name"])
    nik = read.get("nik")
    if from_spreadsheet and nik and nik.endswith("0"):
        problems.append(Problem("nik", mask("nik", nik), "nik_ends_in_zero", Level.WARNING))
    if (npwp := read.get("npwp")) and len(npwp) == 16 and not nik:
        read["nik"] = npwp
    _judge_scale(read, problems)
    return read, problems


def scale_of(capital: int | None, annual_sales: int | None) -> str | None:
    """PP 7/2021 art. 35: running firms by sales, new ones by capital; None beyond menengah or where nothing is known."""
    amount, limits = (annual_sales, _SALES_LIMITS) if annual_sales is not None else (capital, _CAPITAL_LIMITS)
    if amount is None:
        return None
    return next((scale for scale, limit in zip(SCALES, limits, strict=True) if amount <= limit), "besar")


def _judge_scale(read: dict[str, Any], problems: list[Problem]) -> None:
    computed = scale_of(read.get("capital"), read.get("annual_sales"))
    stated = read.get("scale")
    if computed and stated and computed != stated:
        params = {"computed": computed}
        problems.append(Problem("scale", stated, "scale_disagrees", Level.WARNING, params))
    if computed and not stated:
        read["scale"] = computed


def _shown(field: str, text: str) -> str:
    shown = mask(field, clean(text))
    visible = "".join(c if c.isprintable() else "�" for c in shown)
    return visible if len(visible) <= 80 else visible[:79] + "…"


def _digits(text: str) -> str:
    cleaned = clean(text)
    if _SCIENTIFIC.fullmatch(cleaned):
        raise ValueProblem("excel_scientific")
    return re.sub(r"[\s.\-']", "", cleaned)


def _nik(text: str, warnings: Warnings) -> str:
    from stdnum.exceptions import ValidationError
    from stdnum.id import nik

    digits = _digits(text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise ValueProblem("nik_form", length=len(digits))
    if digits.endswith("0000"):
        warnings.append(("nik_serial", {}))
    try:
        nik.get_birth_date(digits)
    except ValidationError:
        warnings.append(("nik_birth_date", {}))
    try:
        nik.validate(digits[:6] + "010190" + "0001")
    except ValidationError:
        warnings.append(("nik_region", {}))
    return digits


def _npwp(text: str, warnings: Warnings) -> str:
    from stdnum.exceptions import ValidationError
    from stdnum.id import npwp

    digits = _digits(text)
    if re.fullmatch(r"[0-9]{16}", digits) and not digits.startswith("0"):
        return _nik(digits, warnings)
    try:
        return str(npwp.validate(digits))
    except ValidationError as error:
        raise ValueProblem("npwp_form") from error


def _nib(text: str, _: Warnings) -> str:
    digits = _digits(text)
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise ValueProblem("nib_form", length=len(digits))
    return digits


def _kbli(text: str, _: Warnings) -> list[dict[str, str]]:
    read = []
    for part in values.read_list(text):
        found = re.fullmatch(r"([0-9]{5})(?:\s*[/(]\s*(2020|2025)\)?)?", part)
        if found is None:
            raise ValueProblem("kbli_form")
        read.append({"code": found[1], "edition": found[2] or KBLI_EDITION})
    return read


def _kecamatan(text: str, _: Warnings) -> str:
    name = values.read_text(text, 100)
    code = find_kecamatan(name)
    if code is None:
        raise ValueProblem("kecamatan_unknown", nearest=nearest_kecamatan(name))
    return code


def _kelurahan(text: str, _: Warnings) -> str:
    name = values.read_text(text, 100)
    if code := find_kelurahan(name):
        return code
    if re.search(r"\d", name):
        raise ValueProblem("kelurahan_form")
    return name


def _phone(text: str, _: Warnings) -> str:
    import phonenumbers

    cleaned = clean(text)
    if _SCIENTIFIC.fullmatch(cleaned):
        raise ValueProblem("excel_scientific")
    if re.fullmatch(r"8\d{8,11}", cleaned):  # a spreadsheet took the leading zero
        cleaned = "0" + cleaned
    try:
        number = phonenumbers.parse(cleaned, "ID")
    except phonenumbers.NumberParseException as error:
        raise ValueProblem("phone_form") from error
    if not phonenumbers.is_possible_number(number):
        raise ValueProblem("phone_form")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _email(text: str, _: Warnings) -> str:
    address = values.read_text(text, 254)
    if not re.fullmatch(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+", address):
        raise ValueProblem("email_form")
    return address


def _website(text: str, _: Warnings) -> str:
    address = values.read_text(text, 500)
    if not re.fullmatch(r"(?:https?://)?[^\s/:]+\.[^\s/:]+(?:[/:]\S*)?", address, re.IGNORECASE):
        raise ValueProblem("website_form")
    return address


def _scale(text: str, _: Warnings) -> str:
    word = clean(text).casefold().removeprefix("usaha ")
    if word not in SCALES:
        raise ValueProblem("scale_unknown", known=", ".join(SCALES))
    return word


def _within(limit: float) -> Field:
    def read(text: str, _: Warnings) -> float:
        number = values.read_decimal(text)
        if abs(number) > limit:
            raise ValueProblem("not_a_place", limit=limit)
        return number

    return Field(read)


def past_date(text: str, _: Warnings) -> str:
    day = values.read_date(text)
    if day > date.today().isoformat():
        raise ValueProblem("date_in_future")
    return day


VENDOR_FIELDS: dict[str, Field] = {
    "name": _plain(values.read_name),
    "owner": _plain(values.read_name),
    "nik": Field(_nik),
    "nib": Field(_nib),
    "npwp": Field(_npwp),
    "kbli": Field(_kbli),
    "scale": Field(_scale),
    "kecamatan": Field(_kecamatan),
    "kelurahan": Field(_kelurahan),
    "address": _plain(values.read_text),
    "phone": Field(_phone),
    "email": Field(_email),
    "website": Field(_website),
    "marketplaces": _plain(values.read_list),
    "latitude": _within(90),
    "longitude": _within(180),
    "employees": _plain(values.read_count),
    "capital": _plain(values.read_rupiah),
    "annual_sales": _plain(values.read_rupiah),
    "since": _plain(values.read_year),
    "epeken": _plain(values.read_name),
    "mbr": _plain(values.read_flag),
    "curation": _plain(values.read_name),
    "consent_date": Field(past_date),
    "consent_version": _plain(values.read_name),
}
