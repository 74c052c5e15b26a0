"""Codes for people: type letter, office prefix, number, two check digits, as in `M-SBY-00042-17`.

The check digits are ISO 7064 MOD 97-10 over all that stands before them (as in an IBAN), so that one wrong character or
two that swapped places are noticed before a wrong record is opened.
"""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlmodel import Session


class CodeKind(StrEnum):
    """The type letter: usaha, produk, motif, kasus, lisensi, warisan."""

    VENDOR = "U"
    PRODUCT = "P"
    MOTIF = "M"
    CASE = "K"
    LICENCE = "L"
    HERITAGE = "W"


_FORM = re.compile(r"([A-Z])-?([A-Z][A-Z0-9]{1,5})-?(\d{5,9})-?(\d{2})")


def make_code(kind: CodeKind, office: str, number: int) -> str:
    digits = f"{number:05d}"
    return f"{kind}-{office}-{digits}-{_check_digits(f'{kind}{office}{digits}')}"


def read_code(text: str, kind: CodeKind) -> str | None:
    """The code as stored, where `text` is a code of this kind: case and hyphens forgiven, check digits not."""
    form = _FORM.fullmatch(text.strip().upper().replace(" ", ""))
    if form is None or form[1] != kind or form[4] != _check_digits(form[1] + form[2] + form[3]):
        return None
    return "-".join(form.groups())


def corrected_code(text: str, kind: CodeKind) -> str | None:
    """The code of this kind with the same number as `text`, whatever its letter and check digits say."""
    form = _FORM.fullmatch(text.strip().upper().replace(" ", ""))
    return make_code(kind, form[2], int(form[3])) if form else None


def looks_like_code(text: str) -> bool:
    """Whether somebody meant a code, right or mistyped."""
    return _FORM.fullmatch(text.strip().upper().replace(" ", "")) is not None


def own_number(text: str, kind: CodeKind, office: str) -> int | None:
    """The number of a code of this kind that this office gave; None for any other text."""
    code = read_code(text, kind)
    form = _FORM.fullmatch(code) if code else None
    return int(form[3]) if form and form[2] == office else None


def restore_code(session: "Session", kind: CodeKind, office: str, code: str) -> str:
    """Gives `code`, one of this office's that nobody has, back; later codes have larger numbers."""
    from sqlalchemy import text

    number = own_number(code, kind, office)
    assert number is not None, code
    session.connection().execute(
        text("UPDATE counter SET last = :number WHERE kind = :kind AND last < :number"),
        {"kind": kind.value, "number": number},
    )
    return code


def next_code(session: "Session", kind: CodeKind, office: str) -> str:
    """A number that nobody had before; taken in the caller's transaction."""
    from sqlalchemy import text

    number = session.connection().execute(
        text("UPDATE counter SET last = last + 1 WHERE kind = :kind RETURNING last"), {"kind": kind.value}
    )
    return make_code(kind, office, int(number.scalar_one()))


def _check_digits(text: str) -> str:
    from stdnum.iso7064 import mod_97_10

    return str(mod_97_10.calc_check_digits(text))
