"""A product's fields: the one place where each is declared. Wrong values are refused, odd ones kept with a warning.

Techniques follow SNI 0239:2014 and SNI 8184:2015. A P-IRT number is 15 digits of which the last two are the year in
which it ends (BPOM regulation 4/2024); a halal certificate's is `ID` and 17 digits (BPJPH).
"""

import re
from collections.abc import Mapping
from typing import Any

from umkm_cli import clock
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.records.motif_fields import TECHNIQUES, technique
from umkm_cli.registry.records.vendor_fields import name_key
from umkm_cli.registry.values import typed as values
from umkm_cli.registry.values.fields import Field, Kind, Warnings, plain, read_fields, text_up_to
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
    "product_name": Field(
        plain(values.read_name),
        ("nama produk", "produk", "nama barang", "barang", "nama", "name", "product", "item", "item name"),
        column="name",
        option="--name",
    ),
    "category": Field(
        text_up_to(100),
        ("kategori", "jenis", "jenis produk", "kategori produk", "type", "product category"),
    ),
    "description": Field(
        text_up_to(),
        ("uraian", "deskripsi", "keterangan", "uraian produk", "deskripsi produk", "details"),
        kind=Kind.PROSE,
    ),
    "price": Field(
        plain(values.read_rupiah),
        ("harga", "harga jual", "harga satuan", "harga produk", "selling price", "unit price"),
        kind=Kind.AMOUNT,
    ),
    "unit": Field(
        text_up_to(50),
        ("satuan", "satuan jual", "kemasan", "per", "measure"),
    ),
    "tkdn": Field(
        _percent,
        ("tkdn %", "persen tkdn", "nilai tkdn", "local content", "domestic component level"),
        kind=Kind.PERCENT,
    ),
    "technique": Field(
        _technique,
        ("teknik", "teknik pembuatan", "teknik batik", "proses"),
        words=TECHNIQUES,
    ),
    "own_production": Field(
        plain(values.read_flag),
        ("produksi sendiri", "buatan sendiri", "dibuat sendiri", "own product", "self made"),
        kind=Kind.FLAG,
        option="--own-production/--not-own-production",
    ),
    "made_in_surabaya": Field(
        plain(values.read_flag),
        ("buatan surabaya", "dibuat di surabaya", "produksi surabaya", "from surabaya"),
        kind=Kind.FLAG,
        option="--made-in-surabaya/--not-made-in-surabaya",
    ),
    "pirt": Field(
        _pirt,
        ("p-irt", "no pirt", "nomor pirt", "nomor p-irt", "sppirt", "home industry number"),
    ),
    "halal": Field(
        _halal,
        ("sertifikat halal", "no halal", "nomor halal", "nomor sertifikat halal", "halal certificate"),
    ),
}


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
