"""What the columns of a sheet are called, in Indonesian and English, and what they are called here.

Headers are compared without case, spaces and punctuation, and without what stands in brackets ("Omzet (Rp)").
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from umkm_cli.errors import UmkmError
from umkm_cli.problems import Level, Problem
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS
from umkm_cli.registry.values.fields import Fields, Kind
from umkm_cli.sheets.cells import became_day, is_error_word, is_shortened, is_too_narrow, says_nothing, unescape_cell
from umkm_cli.sheets.sheet import Sheet, SheetRow

IGNORED = ""
"""What a column stands for that is known and not read: the serial number, and what an export or a list of failed rows
adds."""

HEADERS_NAMED = 20

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_UNITS = ("rp", "rupiah", "idr", "orang", "wajib", "required")
_ADDED = (
    *("no", "nomor", "no urut", "nomor urut", "number", "row", "baris"),
    *("Baris asal", "Alasan gagal", "Source row", "Why it failed"),
    *("status", "created at", "updated at", "dibuat", "diubah", "closed at", "closed reason"),
)


@dataclass(frozen=True)
class ColumnNames:
    """The vocabulary of one kind of sheet: header (simplified) to field; `required` fields need a column."""

    fields: Mapping[str, str]
    required: tuple[str, ...]
    identifying: frozenset[str]
    declared: Fields

    def field_of(self, header: str) -> str | None:
        """The field that a header stands for, `IGNORED`, or None where the header means nothing here."""
        for simple in (simplified(header), simplified(_BRACKETS.sub(" ", header))):
            for candidate in (simple, *(simple.removesuffix(unit) for unit in _UNITS)):
                if candidate in self.fields:
                    return self.fields[candidate]
        return None

    def knows(self, header: str) -> bool:
        return bool(self.field_of(header))


@dataclass(frozen=True)
class Columns:
    """The columns of one sheet by position; `warnings` are about the sheet as a whole."""

    fields: tuple[str | None, ...]
    names: ColumnNames
    warnings: tuple[Problem, ...]

    def read(self, row: SheetRow) -> tuple[dict[str, str], list[Problem]]:
        """The values of a row by field. Where two columns mean one field, the first that is filled counts."""
        values: dict[str, str] = {}
        problems: list[Problem] = []
        for field, cell in zip(self.fields, row.cells, strict=False):
            text = as_typed(cell)
            if not field or not text:
                continue
            if text == cell.strip():  # nothing says that it is meant as it stands
                if says_nothing(text):
                    continue
                if (damage := _damage(field, text, self.names)) is not None:
                    problems.append(damage)
                    if damage.is_error:
                        continue
            if values.setdefault(field, text) != text:
                problems.append(
                    Problem(field, "", "columns_contradict")
                    if field in self.names.identifying
                    else Problem(field, "", "columns_disagree", Level.WARNING)
                )
        return values, problems


def columns_of(sheet: Sheet, names: ColumnNames) -> Columns:
    """Raises `UmkmError` `column_missing` with `fields`, those that no column stands for."""
    fields = tuple(names.field_of(header) if header else IGNORED for header in sheet.headers)
    missing = tuple(field for field in names.required if field not in fields)
    if missing:
        found = ", ".join(sheet.headers[:HEADERS_NAMED]) + (", …" if len(sheet.headers) > HEADERS_NAMED else "")
        raise UmkmError("column_missing", path=sheet.file.path, fields=missing, found=found)
    unknown = [
        Problem("column", header, "column_unknown", Level.WARNING)
        for header, field in zip(sheet.headers, fields, strict=True)
        if field is None
    ]
    twice = dict.fromkeys(field for field in fields if field and fields.count(field) > 1)
    repeated = [Problem(field, "", "column_repeated", Level.WARNING) for field in twice]
    return Columns(fields, names, (*sheet.notices, *unknown, *repeated))


def _damage(field: str, text: str, names: ColumnNames) -> Problem | None:
    """What a spreadsheet program did to a cell, and no rule of a field could tell."""
    kind = names.declared[field].kind if field in names.declared else Kind.TEXT
    if is_error_word(text):
        return Problem(field, text, "excel_error")
    if is_too_narrow(text):
        return Problem(field, text, "excel_too_narrow")
    if became_day(text) and not kind.may_be_day:
        return Problem(field, text, "excel_became_date")
    if not kind.is_long and is_shortened(text):
        return Problem(field, text, "excel_scientific")
    if not kind.is_long and field in names.identifying and re.fullmatch("[0-9]{15,}0", text):
        return Problem(field, text, "ends_in_zero", Level.WARNING)
    return None


def as_typed(cell: str) -> str:
    """Without what keeps a spreadsheet from computing with a cell: the apostrophe of exports, and `="0812"`."""
    text = cell.strip()
    wrapped = re.fullmatch(r'="([^"]*)"', text)
    return wrapped[1].strip() if wrapped else unescape_cell(text)


def simplified(header: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", header).casefold() if c.isalnum())


def _vocabulary(
    declared: Fields, beside: Mapping[str, Sequence[str]], required: Iterable[str], identifying: Iterable[str]
) -> ColumnNames:
    """The headings of the declared fields, and of columns that are no fields of the record: what it is known by, …."""
    synonyms = {name: field.headings for name, field in declared.items()} | dict(beside)
    fields = {simplified(name): IGNORED for name in _ADDED}
    for field, names in synonyms.items():
        fields |= {simplified(name): field for name in (field, *names)}
    return ColumnNames(fields, tuple(required), frozenset(identifying), declared)


VENDOR_COLUMNS = _vocabulary(
    VENDOR_FIELDS,
    {
        "ref": (
            *("referensi", "no referensi", "nomor referensi", "kode referensi", "nomor asal", "id", "id usaha"),
            *("reference", "reference number", "external id"),
        ),
        "source": ("sumber", "asal data", "sumber data"),
        "code": ("kode", "kode usaha", "vendor code"),
        "status": (),
        "closed_reason": (),
    },
    required=("name",),
    identifying=("ref", "source", "code", "nib", "nik", "npwp"),
)

MOTIF_COLUMNS = _vocabulary(
    MOTIF_FIELDS,
    {
        "vendor": (
            *("usaha", "kode usaha", "nama usaha", "umkm", "nib", "ref usaha", "referensi usaha", "perajin"),
            *("vendor code", "vendor ref", "business", "business code", "maker"),
        ),
        "image": (
            *("gambar", "foto", "berkas gambar", "file gambar", "nama berkas", "nama file", "berkas", "foto motif"),
            *("gambar motif", "images", "picture", "pictures", "photo", "photos", "file", "files", "filename", "path"),
        ),
        "kind": ("jenis", "jenis ciptaan", "jenis karya", "type"),
        "ref": (
            *("referensi", "no referensi", "nomor referensi", "kode referensi", "ref motif", "id", "id motif"),
            *("reference", "reference number", "motif ref", "external id"),
        ),
        "code": ("kode", "kode motif", "motif code"),
        "source": ("sumber", "asal data", "sumber data"),
    },
    required=("vendor", "title", "image"),
    identifying=("vendor", "ref", "source", "code"),
)

PRODUCT_COLUMNS = _vocabulary(
    PRODUCT_FIELDS,
    {
        "vendor": (
            *("usaha", "kode usaha", "nama usaha", "umkm", "nib", "ref usaha", "referensi usaha", "perajin", "penjual"),
            *("vendor code", "vendor ref", "business", "business code", "seller", "maker"),
        ),
        "image": (
            *("gambar", "foto", "foto produk", "gambar produk", "foto kemasan", "berkas gambar", "nama berkas"),
            *("nama file", "file gambar", "images", "picture", "pictures", "photo", "photos", "file", "filename"),
        ),
        "motifs": (
            *("motif", "motif yang dipakai", "motif dipakai", "kode motif", "ref motif", "motif code", "motif codes"),
            *("motifs used", "motif used"),
        ),
        "ref": (
            *("referensi", "no referensi", "nomor referensi", "kode referensi", "ref produk", "id", "id produk", "sku"),
            *("reference", "reference number", "product ref", "external id"),
        ),
        "code": ("kode", "kode produk", "product code"),
        "source": ("sumber", "asal data", "sumber data"),
    },
    required=("vendor", "product_name"),
    identifying=("vendor", "ref", "source", "code"),
)
PRODUCT_MARKS = frozenset({"price", "unit", "tkdn", "pirt", "halal", "motifs"})
"""Columns of which a list of products has some and a list of businesses none."""
