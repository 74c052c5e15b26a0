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
    """Raises `UmkmError` `column_missing` with `names`, the fields that no column stands for."""
    fields = tuple(names.field_of(header) if header else IGNORED for header in sheet.headers)
    missing = tuple(field for field in names.required if field not in fields)
    if missing:
        raise UmkmError("column_missing", path=sheet.file.path, names=missing, found=sheet.headers)
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
        "title": ("judul", "judul motif", "nama motif", "motif", "judul ciptaan", "motif title", "motif name", "name"),
        "image": (
            *("gambar", "foto", "berkas gambar", "file gambar", "nama berkas", "nama file", "berkas", "foto motif"),
            *("gambar motif", "images", "picture", "pictures", "photo", "photos", "file", "files", "filename", "path"),
        ),
        "creators": (
            *("pencipta", "nama pencipta", "para pencipta", "desainer", "perancang", "creator", "designer", "author"),
        ),
        "holders": (
            *("pemegang hak", "pemegang hak cipta", "nama pemegang hak", "holder", "rights holder", "rights holders"),
            *("copyright holder",),
        ),
        "representative": ("kuasa", "nama kuasa", "penerima kuasa", "attorney"),
        "kind": ("jenis", "jenis ciptaan", "jenis karya", "type"),
        "published": (
            *("diumumkan", "sudah diumumkan", "status pengumuman", "telah diumumkan", "publikasi", "is published"),
        ),
        "description": ("uraian", "uraian ciptaan", "deskripsi", "keterangan", "uraian motif"),
        "philosophy": ("filosofi", "makna", "filosofi motif", "meaning"),
        "technique": ("teknik", "teknik pembuatan", "teknik batik", "proses"),
        "creation_date": (
            *("tanggal penciptaan", "tgl penciptaan", "tanggal dibuat", "tgl dibuat", "tanggal ciptaan", "dibuat pada"),
            *("tanggal pembuatan", "date of creation", "created on", "date created"),
        ),
        "first_published": (
            *("tanggal publikasi", "tgl publikasi", "tanggal pengumuman", "tanggal pertama diumumkan"),
            *("tanggal pertama kali diumumkan", "publication date", "first published on", "date of first publication"),
            *("first publication date",),
        ),
        "first_published_place": (
            *("tempat publikasi", "kota publikasi", "tempat pengumuman", "kota pertama diumumkan"),
            *("tempat pertama diumumkan", "tempat pertama kali diumumkan", "publication place", "place of publication"),
            *("place of first publication", "first publication place"),
        ),
        "heritage_class": ("motif tradisional", "kelas tradisional", "unsur tradisional", "tradisi", "heritage"),
        "licence_terms": ("syarat izin", "ketentuan izin", "syarat lisensi", "license terms", "licence", "license"),
        "djki_application": (
            *("nomor permohonan", "no permohonan", "nomor permohonan djki", "no permohonan djki"),
            *("application number", "djki application number"),
        ),
        "djki_record": (
            *("nomor pencatatan", "no pencatatan", "nomor pencatatan djki", "no pencatatan djki"),
            *("record number", "recording number", "djki record number"),
        ),
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
        "product_name": (
            *("nama produk", "produk", "nama barang", "barang", "nama", "name", "product", "item", "item name"),
        ),
        "image": (
            *("gambar", "foto", "foto produk", "gambar produk", "foto kemasan", "berkas gambar", "nama berkas"),
            *("nama file", "file gambar", "images", "picture", "pictures", "photo", "photos", "file", "filename"),
        ),
        "category": ("kategori", "jenis", "jenis produk", "kategori produk", "type", "product category"),
        "description": ("uraian", "deskripsi", "keterangan", "uraian produk", "deskripsi produk", "details"),
        "price": ("harga", "harga jual", "harga satuan", "harga produk", "selling price", "unit price"),
        "unit": ("satuan", "satuan jual", "kemasan", "per", "measure"),
        "tkdn": ("tkdn %", "persen tkdn", "nilai tkdn", "local content", "domestic component level"),
        "technique": ("teknik", "teknik pembuatan", "teknik batik", "proses"),
        "own_production": ("produksi sendiri", "buatan sendiri", "dibuat sendiri", "own product", "self made"),
        "made_in_surabaya": ("buatan surabaya", "dibuat di surabaya", "produksi surabaya", "from surabaya"),
        "motifs": (
            *("motif", "motif yang dipakai", "motif dipakai", "kode motif", "ref motif", "motif code", "motif codes"),
            *("motifs used", "motif used"),
        ),
        "pirt": ("p-irt", "no pirt", "nomor pirt", "nomor p-irt", "sppirt", "home industry number"),
        "halal": ("sertifikat halal", "no halal", "nomor halal", "nomor sertifikat halal", "halal certificate"),
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
