"""A product's fields: from text to columns, with what is wrong (refused) and what is odd (kept, with a warning).

Techniques follow SNI 0239:2014 and SNI 8184:2015. A P-IRT number is 15 digits of which the last two are the year in
which it ends (BPOM regulation 4/2024); a halal certificate's is `ID` and 17 digits (BPJPH).
"""

import re
from collections.abc import Mapping
from typing import Any

from umkm_cli import clock
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.records.motif_fields import technique
from umkm_cli.registry.records.vendor_fields import name_key
from umkm_cli.registry.values import typed as values
from umkm_cli.registry.values.fields import Field, Kind, Warnings, of_kind, read_fields
from umkm_cli.registry.values.typed import ValueProblem


def _technique(text: str, warnings: Warnings) -> str:
    word = technique(text, warnings)
    if word == "printing":
        warnings.append(("technique_not_batik", {}))
    return word


def _percent(text: str, _: Warnings) -> float:
    number = values.read_decimal(re.sub(r"\s*(?:%|persen)\s*$", "", values.clean(text), flags=re.IGNORECASE))
    if not 0 <= number <= 100:
        raise ValueProblem("not_a_percentage")
    return number


def _pirt(text: str, warnings: Warnings) -> str:
    number = re.sub(r"(?i)^p-?irt[\s:.]*|[\s.]", "", values.read_text(text, 50))
    form = re.fullmatch(r"(\d{13})-?(\d{2})", number)
    if form is None:
        warnings.append(("pirt_form", {}))
        return number
    ends = 2000 + int(form[2])
    if ends < clock.today().year:
        warnings.append(("pirt_expired", {"year": ends}))
    return f"{form[1]}-{form[2]}"


def _halal(text: str, warnings: Warnings) -> str:
    number = re.sub(r"[\s.-]", "", values.read_text(text, 50)).upper()
    if not re.fullmatch(r"ID\d{17}", number):
        warnings.append(("halal_form", {}))
    return number


# "name" is a vendor's, in sheets and in messages.
PRODUCT_FIELDS: dict[str, Field] = {
    "product_name": Field(lambda text, _: values.read_name(text)),
    "category": Field(lambda text, _: values.read_text(text, 100)),
    "description": Field(lambda text, _: values.read_text(text), kind=Kind.PROSE),
    "price": Field(lambda text, _: values.read_rupiah(text), kind=Kind.AMOUNT),
    "unit": Field(lambda text, _: values.read_text(text, 50)),
    "tkdn": Field(_percent),
    "technique": Field(_technique),
    "own_production": Field(lambda text, _: values.read_flag(text), kind=Kind.FLAG),
    "made_in_surabaya": Field(lambda text, _: values.read_flag(text), kind=Kind.FLAG),
    "pirt": Field(_pirt),
    "halal": Field(_halal),
}
FLAGS = of_kind(PRODUCT_FIELDS, Kind.FLAG)


def read_product(raw: Mapping[str, str], *, partial: bool = False) -> tuple[dict[str, Any], list[Problem]]:
    """Columns of the product table, and problems. `partial` is an edit: the name may be missing."""
    read, problems = read_fields(PRODUCT_FIELDS, raw)
    broken = {problem.field for problem in problems}
    if not read.get("product_name") and "product_name" not in broken and not (partial and "product_name" not in raw):
        problems.append(Problem("product_name", "", "required"))
    if name := read.pop("product_name", None):
        read |= {"name": name, "name_key": name_key(name)}
    return read, problems


def read_product_or_refuse(raw: Mapping[str, str], *, partial: bool = False) -> tuple[dict[str, Any], list[Problem]]:
    """The same, for one product at a time. Raises `InvalidFieldsError`; the problems that are left are warnings."""
    read, problems = read_product(raw, partial=partial)
    if any(problem.is_error for problem in problems):
        raise InvalidFieldsError(problems)
    return read, problems
