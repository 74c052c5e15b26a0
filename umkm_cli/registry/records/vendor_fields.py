"""A vendor's fields: from text to columns, with what is wrong (refused) and what is odd (kept, with a warning).

Formats and rules follow PP 7/2021 (scale), the Dukcapil form of the NIK, and Kemendagri's region codes; NIK and NPWP
are judged by python-stdnum, telephone numbers by Google's phonenumbers.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from umkm_cli import clock
from umkm_cli.problems import Level, Problem
from umkm_cli.registry.values import typed as values
from umkm_cli.registry.values.folding import fold
from umkm_cli.registry.values.kelurahan import judge_kelurahan, read_kelurahan
from umkm_cli.registry.values.personal import is_masked, is_private, mask
from umkm_cli.registry.values.regions import KECAMATAN, SURABAYA, find_kecamatan, find_kelurahan, nearest_kecamatan
from umkm_cli.registry.values.typed import ValueProblem, clean, shown

SCALES = ("mikro", "kecil", "menengah")
KBLI_EDITION = "2020"
_SCALE_WORDS = {
    **{scale: scale for scale in SCALES},
    **{"ultra mikro": "mikro", "micro": "mikro", "small": "kecil", "medium": "menengah"},
    "besar": "besar",  # what figures beyond the limits are stored as, and exported
}
_EPEKEN_WORDS = {
    **{"toko kelontong": "toko_kelontong", "toko_kelontong": "toko_kelontong", "kelontong": "toko_kelontong"},
    **{"umkm": "umkm", "swk": "swk", "sentra wisata kuliner": "swk"},
}
_INDONESIA = ((-11.5, 6.5), (94.5, 141.5))
_SHORTENED = re.compile(r"[1-9][0-9]{0,5}0{6,}")
"""`3.57801E+15` that was opened and saved again: of all digits the first six are left."""
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_NIK_LIKE = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_ON_THE_WEB = ("website", "marketplaces")
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
            problems += _nik_in_text(name, text)
        except ValueProblem as error:
            problems.append(Problem(name, _shown(name, text), error.rule, params=dict(error.params)))
        problems += [Problem(name, _shown(name, text), rule, Level.WARNING, params) for rule, params in warnings]
    return read, problems


def _nik_in_text(name: str, text: str) -> list[Problem]:
    """A warning for a NIK that stands where everybody sees it. An address on the web may have as many digits."""
    found = _NIK_LIKE.search(text)
    if found is None or is_private(name) or name in _ON_THE_WEB:
        return []
    return [Problem(name, mask("nik", re.sub(r"\D", "", found[0])), "nik_in_text", Level.WARNING)]


def read_vendor(
    raw: Mapping[str, str],
    *,
    from_spreadsheet: bool = False,
    partial: bool = False,
    known: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], list[Problem]]:
    """Columns of the vendor table (NIK and NPWP still in clear), and problems.

    `partial` is an edit of `known`: the name may be missing. A problem's value is masked where it is personal.
    """
    read, problems = read_fields(VENDOR_FIELDS, raw)
    broken = {problem.field for problem in problems}
    if not read.get("name") and "name" not in broken and not (partial and "name" not in raw):
        problems.append(Problem("name", "", "required"))
    if read.get("name"):
        read["name_key"] = name_key(read["name"])
    npwp = read.get("npwp")
    if from_spreadsheet:
        problems = [_lost_zeros(problem, raw) for problem in problems]
        for name, number in (("nik", read.get("nik")), ("npwp", npwp)):
            if number and number.endswith("0") and not number.startswith("0"):
                problems.append(Problem(name, mask(name, number), "nik_ends_in_zero", Level.WARNING))
    if npwp and not npwp.startswith("0") and "nik" not in raw:
        read["nik"] = npwp
    _judge_scale(read, problems)
    judge_kelurahan(read, problems, known or {})
    _judge_place(read, problems)
    return read, problems


def name_key(name: str) -> str:
    """The name as searching and comparing see it; a name without any letter or digit keeps its own form."""
    return fold(name) or name.casefold()


def scale_of(capital: int | None, annual_sales: int | None) -> str | None:
    """PP 7/2021 art. 35: running firms by sales, new ones by capital; `besar` beyond, None where nothing is known."""
    amount, limits = (annual_sales, _SALES_LIMITS) if annual_sales else (capital, _CAPITAL_LIMITS)
    if amount is None and annual_sales is not None:
        amount, limits = annual_sales, _SALES_LIMITS
    if amount is None:
        return None
    return next((scale for scale, limit in zip(SCALES, limits, strict=True) if amount <= limit), "besar")


def _judge_scale(read: dict[str, Any], problems: list[Problem]) -> None:
    computed = scale_of(read.get("capital"), read.get("annual_sales"))
    stated = read.get("scale")
    if computed == "besar" or (stated == "besar" and computed is None):
        problems.append(Problem("scale", stated or "", "scale_beyond", Level.WARNING))
    elif computed and stated and computed != stated:
        problems.append(Problem("scale", stated, "scale_disagrees", Level.WARNING, {"computed": computed}))


def _judge_place(read: dict[str, Any], problems: list[Problem]) -> None:
    """A place has both coordinates, and lies in Indonesia."""
    place = (read.get("latitude"), read.get("longitude"))
    if (place[0] is None) != (place[1] is None) and not {"latitude", "longitude"} <= read.keys():
        problems.append(Problem("latitude", "", "coordinates_incomplete", Level.WARNING))
    elif any(x is not None and not low <= x <= high for x, (low, high) in zip(place, _INDONESIA, strict=True)):
        problems.append(Problem("latitude", "", "outside_indonesia", Level.WARNING))


def _shown(field: str, text: str) -> str:
    return shown(mask(field, clean(text)))


def _digits(text: str) -> str:
    """The digits of an identifier. Rules `excel_scientific`, `letter_for_digit`."""
    cleaned = _as_identifier(text)
    digits = re.sub(r"[\s.\-']", "", cleaned)
    if _SHORTENED.fullmatch(digits):
        raise ValueProblem("excel_scientific")
    if re.search(r"[OoIl]", digits) and re.fullmatch(r"[0-9OoIl]{10,}", digits) and re.search(r"[0-9]{5}", digits):
        raise ValueProblem("letter_for_digit")
    return digits


def _lost_zeros(problem: Problem, raw: Mapping[str, str]) -> Problem:
    """Says of a number that is a digit or two too short what a spreadsheet program probably did to it."""
    expected = {"nib_form": 13, "npwp_form": 15, "kbli_form": 5}.get(problem.rule, 0)
    digits = re.sub(r"[\s.\-']", "", clean(raw.get(problem.field, "")))
    if not re.fullmatch(r"[0-9]+", digits) or not expected - 2 <= len(digits) < expected:
        return problem
    return replace(problem, rule="excel_lost_zeros", params={"expected": expected, "length": len(digits)})


def _as_identifier(text: str) -> str:
    """Without the `.0` of programs that keep numbers as fractions. Rule `excel_scientific`."""
    cleaned = clean(text)
    if _SCIENTIFIC.fullmatch(cleaned):
        raise ValueProblem("excel_scientific")
    return re.sub(r"^([0-9]{4,})[.,]0$", r"\1", cleaned)


def _nik(text: str, warnings: Warnings) -> str:
    from stdnum.exceptions import ValidationError
    from stdnum.id import nik

    digits = _digits(text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise ValueProblem("nik_form", length=len(digits))
    if digits.endswith("0000"):
        warnings.append(("nik_serial", {}))
    try:
        if not (1 <= int(digits[6:8]) <= 31 or 41 <= int(digits[6:8]) <= 71):  # stdnum takes the day modulo 40
            raise ValidationError
        nik.get_birth_date(digits)
    except ValidationError:
        warnings.append(("nik_birth_date", {}))
    if not _is_region(digits[:6]):
        warnings.append(("nik_region", {}))
    return digits


def _is_region(digits: str) -> bool:
    """Province and city as python-stdnum lists them; of Surabaya the kecamatan as well."""
    from stdnum import numdb

    known = all(info for _, info in numdb.get("id/loc").info(digits[:4]))
    surabaya = digits[:4] == SURABAYA.replace(".", "")
    return known and (not surabaya or f"{SURABAYA}.{digits[4:6]}" in KECAMATAN)


def _npwp(text: str, warnings: Warnings) -> str:
    """16 digits: a NIK, or the older form of 15 with a zero before it."""
    from stdnum.exceptions import InvalidChecksum, ValidationError
    from stdnum.id import npwp

    digits = _digits(text)
    if re.fullmatch(r"[0-9]{16}", digits) and not digits.startswith("0"):
        return _nik(digits, warnings)
    try:
        return str(npwp.validate(digits)).zfill(16)
    except InvalidChecksum as error:
        raise ValueProblem("npwp_check_digit") from error
    except ValidationError as error:
        raise ValueProblem("npwp_form", length=len(digits)) from error


def _nib(text: str, _: Warnings) -> str:
    digits = _digits(text)
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise ValueProblem("nib_form", length=len(digits))
    return digits


def _kbli(text: str, _: Warnings) -> list[dict[str, str]]:
    read = []
    for part in values.read_list(_as_identifier(text)):
        found = re.fullmatch(r"(?i)'?(?:kbli\s*)?([0-9]{5})(?:\s*[/(]\s*(2020|2025)\)?)?(?:\s*[-–:]\s*\D+)?", part)
        if found is None:
            raise ValueProblem("kbli_form")
        read.append({"code": found[1], "edition": found[2] or KBLI_EDITION})
    return read


def _kecamatan(text: str, warnings: Warnings) -> str:
    name = values.read_text(text, 100)
    code = find_kecamatan(name)
    if code is None:
        raise ValueProblem("kecamatan_unknown", nearest=nearest_kecamatan(name))
    if not _is_region(code.replace(".", "")):
        warnings.append(("region_unlisted", {}))
    return code


def _kelurahan(text: str, warnings: Warnings) -> str:
    name = read_kelurahan(values.read_text(text, 100))
    code = find_kelurahan(name)
    if code and not _is_region(code[:8].replace(".", "")):
        warnings.append(("region_unlisted", {}))
    return name


def _phone(text: str, warnings: Warnings) -> str:
    """E.164. `812…` lost its zero in a spreadsheet; `62…` lost its plus."""
    import phonenumbers

    cleaned = _as_identifier(text)
    if re.fullmatch(r"[+0-9Oo][0-9Oo .-]{8,}", cleaned) and re.search("[Oo]", cleaned):
        raise ValueProblem("letter_for_digit")
    if re.search(r"[0-9]\s*(?:[/;,&]|atau|dan|or)\s*[0-9(+]", cleaned):
        raise ValueProblem("phone_several")
    digits = re.sub(r"[^0-9+]", "", cleaned)
    if _SHORTENED.fullmatch(digits):
        warnings.append(("excel_scientific", {}))
    if re.match(r"62[0-9]{7}", digits):
        cleaned = "+" + digits
    try:
        number = phonenumbers.parse(cleaned, "ID")
    except phonenumbers.NumberParseException as error:
        raise ValueProblem("phone_form") from error
    if number.country_code != 62:
        raise ValueProblem("phone_foreign")
    if re.search(r"[A-Za-z]", cleaned) or (number.national_number or 0) < 10**7:
        raise ValueProblem("phone_form")
    if not phonenumbers.is_valid_number(number):
        warnings.append(("phone_unusual", {}))
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


def _one_of(words: Mapping[str, str], rule: str) -> Field:
    def read(text: str, _: Warnings) -> str:
        word = clean(text).casefold().removeprefix("usaha ")
        if word not in words:
            raise ValueProblem(rule, known=", ".join(word for word in dict.fromkeys(words.values()) if word != "besar"))
        return words[word]

    return Field(read)


def _since(text: str, _: Warnings) -> int:
    """A year, or a date of which the year counts."""
    try:
        return values.read_year(values.read_date(text)[:4])
    except ValueProblem as error:
        if error.rule == "excel_date":
            raise
        return values.read_year(text)


def _within(limit: float) -> Field:
    def read(text: str, _: Warnings) -> float:
        number = values.read_decimal(text)
        if abs(number) > limit:
            raise ValueProblem("not_a_place", limit=limit)
        return number

    return Field(read)


def past_date(text: str, _: Warnings) -> str:
    day = values.read_date(text)
    if day > clock.today().isoformat():
        raise ValueProblem("date_in_future")
    return day


VENDOR_FIELDS: dict[str, Field] = {
    "name": _plain(values.read_name),
    "owner": _plain(values.read_name),
    "nik": Field(_nik),
    "nib": Field(_nib),
    "npwp": Field(_npwp),
    "kbli": Field(_kbli),
    "scale": _one_of(_SCALE_WORDS, "scale_unknown"),
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
    "since": Field(_since),
    "epeken": _one_of(_EPEKEN_WORDS, "epeken_unknown"),
    "mbr": _plain(values.read_flag),
    "curation": _plain(values.read_name),
    "consent_date": Field(past_date),
    "consent_version": _plain(values.read_name),
}
