"""How to reach a business: telephone numbers, judged by Google's phonenumbers, e-mail and web addresses."""

import re

from umkm_cli.registry.values.fields import Warnings
from umkm_cli.registry.values.identifiers import SHORTENED, as_identifier
from umkm_cli.registry.values.typed import ValueProblem, clean, read_text

_SEVERAL = re.compile(r"(?<=[0-9])\s*(?:[/;,&]|atau|dan|or)\s*(?=[0-9(+])")
_DIGITS_OF_ONE = 8
"""A part of fewer digits is no number of its own: `5312345/46` says what ends it otherwise."""


def apart(text: str) -> list[str]:
    """Telephone numbers that stand in one cell; none where one of them is not whole."""
    numbers = _SEVERAL.split(clean(text))
    return numbers if all(len(re.findall(r"[0-9]", number)) >= _DIGITS_OF_ONE for number in numbers) else []


def read_phone(text: str, warnings: Warnings) -> str:
    """E.164. `812…` lost its zero in a spreadsheet; `62…` lost its plus."""
    import phonenumbers

    cleaned = as_identifier(text)
    if re.fullmatch(r"[+0-9Oo][0-9Oo .-]{8,}", cleaned) and re.search("[Oo]", cleaned):
        raise ValueProblem("letter_for_digit")
    if _SEVERAL.search(cleaned):
        raise ValueProblem("phone_several")
    digits = re.sub(r"[^0-9+]", "", cleaned)
    if SHORTENED.fullmatch(digits):
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


def read_email(text: str, _: Warnings) -> str:
    address = read_text(text, 254)
    if not re.fullmatch(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+", address):
        raise ValueProblem("email_form")
    return address


def read_website(text: str, _: Warnings) -> str:
    address = read_text(text, 500)
    if not re.fullmatch(r"(?:https?://)?[^\s/:]+\.[^\s/:]+(?:[/:]\S*)?", address, re.IGNORECASE):
        raise ValueProblem("website_form")
    return address
