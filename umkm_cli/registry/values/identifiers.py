"""The numbers that name a business or a person: NIK, NPWP, NIB and KBLI, as people and spreadsheets write them.

NIK and NPWP are judged by python-stdnum; their forms are those of Dukcapil and of the tax office.
"""

import re
from dataclasses import replace
from typing import Any

from umkm_cli.problems import Problem
from umkm_cli.registry.values.fields import Warnings
from umkm_cli.registry.values.region_codes import is_listed
from umkm_cli.registry.values.typed import ValueProblem, clean, read_list

KBLI_EDITION = "2020"
SHORTENED = re.compile(r"[1-9][0-9]{0,5}0{6,}")
"""`3.57801E+15` that was opened and saved again: of all digits the first six are left."""
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")


def read_nik(text: str, warnings: Warnings) -> str:
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
    if not is_listed(digits[:6]):
        warnings.append(("nik_region", {}))
    return digits


def read_npwp(text: str, warnings: Warnings) -> str:
    """16 digits: a NIK, or the older form of 15 with a zero before it."""
    from stdnum.exceptions import InvalidChecksum, ValidationError
    from stdnum.id import npwp

    digits = _digits(text)
    if re.fullmatch(r"[0-9]{16}", digits) and not digits.startswith("0"):
        return read_nik(digits, warnings)
    try:
        return str(npwp.validate(digits)).zfill(16)
    except InvalidChecksum as error:
        raise ValueProblem("npwp_check_digit") from error
    except ValidationError as error:
        raise ValueProblem("npwp_form", length=len(digits)) from error


def read_nib(text: str, _: Warnings) -> str:
    digits = _digits(text)
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise ValueProblem("nib_form", length=len(digits))
    return digits


def read_kbli(text: str, _: Warnings) -> list[dict[str, str]]:
    read = []
    for part in read_list(as_identifier(text)):
        found = re.fullmatch(r"(?i)'?(?:kbli\s*)?([0-9]{5})(?:\s*[/(]\s*(2020|2025)\)?)?(?:\s*[-–:]\s*\D+)?", part)
        if found is None:
            raise ValueProblem("kbli_form")
        read.append({"code": found[1], "edition": found[2] or KBLI_EDITION})
    return read


def written_kbli(codes: list[dict[str, Any]]) -> str:
    """So that it reads again."""
    return ";".join(f"{item['code']}/{item['edition']}" for item in codes)


def told_kbli(codes: list[dict[str, Any]]) -> str:
    return ", ".join(f"{item['code']} ({item['edition']})" for item in codes)


def lost_zeros(problem: Problem, text: str) -> Problem:
    """Says of a problem with `text`, a digit or two too short, what a spreadsheet program probably did to it."""
    expected = {"nib_form": 13, "npwp_form": 15, "kbli_form": 5}.get(problem.rule, 0)
    digits = re.sub(r"[\s.\-']", "", clean(text))
    if not re.fullmatch(r"[0-9]+", digits) or not expected - 2 <= len(digits) < expected:
        return problem
    return replace(problem, rule="excel_lost_zeros", params={"expected": expected, "length": len(digits)})


def as_identifier(text: str) -> str:
    """Without the `.0` of programs that keep numbers as fractions. Rule `excel_scientific`."""
    cleaned = clean(text)
    if _SCIENTIFIC.fullmatch(cleaned):
        raise ValueProblem("excel_scientific")
    return re.sub(r"^([0-9]{4,})[.,]0$", r"\1", cleaned)


def _digits(text: str) -> str:
    """The digits of an identifier. Rules `excel_scientific`, `letter_for_digit`."""
    cleaned = as_identifier(text)
    digits = re.sub(r"[\s.\-']", "", cleaned)
    if SHORTENED.fullmatch(digits):
        raise ValueProblem("excel_scientific")
    if re.search(r"[OoIl]", digits) and re.fullmatch(r"[0-9OoIl]{10,}", digits) and re.search(r"[0-9]{5}", digits):
        raise ValueProblem("letter_for_digit")
    return digits
