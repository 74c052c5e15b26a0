"""A vendor's fields: the one place where each is declared, and what several of them say together.

Values that are wrong are refused, odd ones kept with a warning. The scale follows PP 7/2021.
"""

from collections.abc import Mapping
from typing import Any

from umkm_cli.problems import Level, Problem
from umkm_cli.registry.values import locations, typed
from umkm_cli.registry.values.contacts import apart, read_email, read_phone, read_website
from umkm_cli.registry.values.fields import (
    Field,
    Kind,
    ValueReader,
    Warnings,
    past_date,
    plain,
    read_fields,
    text_up_to,
)
from umkm_cli.registry.values.folding import fold
from umkm_cli.registry.values.identifiers import (
    lost_zeros,
    read_kbli,
    read_nib,
    read_nik,
    read_npwp,
    told_kbli,
    written_kbli,
)
from umkm_cli.registry.values.kelurahan import judge_kelurahan, kelurahan_name
from umkm_cli.registry.values.personal import Privacy, mask
from umkm_cli.registry.values.region_codes import kecamatan_name
from umkm_cli.registry.values.typed import ValueProblem, clean

SCALES = ("mikro", "kecil", "menengah")
_SCALE_WORDS = {
    **{scale: scale for scale in SCALES},
    **{"ultra mikro": "mikro", "micro": "mikro", "small": "kecil", "medium": "menengah"},
    "besar": "besar",  # what figures beyond the limits are stored as, and exported
}
_EPEKEN_WORDS = {
    **{"toko kelontong": "toko_kelontong", "toko_kelontong": "toko_kelontong", "kelontong": "toko_kelontong"},
    **{"umkm": "umkm", "swk": "swk", "sentra wisata kuliner": "swk"},
}
_CAPITAL_LIMITS = (1_000_000_000, 5_000_000_000, 10_000_000_000)
_SALES_LIMITS = (2_000_000_000, 15_000_000_000, 50_000_000_000)


def _one_of(words: Mapping[str, str], rule: str) -> ValueReader:
    def read(text: str, _: Warnings) -> str:
        word = clean(text).casefold().removeprefix("usaha ")
        if word not in words:
            raise ValueProblem(rule, known=", ".join(word for word in dict.fromkeys(words.values()) if word != "besar"))
        return words[word]

    return read


def _since(text: str, _: Warnings) -> int:
    """A year, or a date of which the year counts."""
    try:
        return typed.read_year(typed.read_date(text)[:4])
    except ValueProblem as error:
        if error.rule == "excel_date":
            raise
        return typed.read_year(text)


VENDOR_FIELDS: dict[str, Field] = {
    "name": Field(
        plain(typed.read_name),
        (
            *("nama usaha", "usaha", "nama", "nama umkm", "umkm", "merek", "nama toko", "nama perusahaan"),
            *("business name", "business", "vendor", "vendor name", "company", "company name", "shop name"),
        ),
        asked=True,
    ),
    "owner": Field(
        plain(typed.read_name),
        (
            *("pemilik", "nama pemilik", "nama pengusaha", "pengusaha", "penanggung jawab"),
            *("nama penanggung jawab", "nama pelaku usaha", "owner name", "proprietor"),
        ),
        asked=True,
    ),
    "nik": Field(
        read_nik,
        (
            *("nik pemilik", "no nik", "nomor nik", "no ktp", "nomor ktp", "ktp"),
            *("nomor induk kependudukan",),
        ),
        kind=Kind.NUMBER,
        privacy=Privacy.NUMBER,
        sealed=True,
    ),
    "nib": Field(
        read_nib,
        (
            *("no nib", "nomor nib", "nomor induk berusaha", "business id number"),
            *("business identification number",),
        ),
        kind=Kind.NUMBER,
    ),
    "npwp": Field(
        read_npwp,
        ("no npwp", "nomor npwp", "nomor pokok wajib pajak", "tax id", "tax number"),
        kind=Kind.NUMBER,
        privacy=Privacy.NUMBER,
        sealed=True,
    ),
    "kbli": Field(
        read_kbli,
        ("kode kbli", "no kbli", "kbli 2020", "kbli 2025", "klasifikasi usaha", "business field code"),
        kind=Kind.LIST,
        cell=written_kbli,
        told=told_kbli,
    ),
    "business_line": Field(
        text_up_to(200),
        (
            *("jenis usaha", "bidang usaha", "kategori usaha", "sektor usaha", "usaha bidang"),
            *("business type", "type of business", "line of business"),
        ),
    ),
    "scale": Field(
        _one_of(_SCALE_WORDS, "scale_unknown"),
        ("skala", "skala usaha", "klasifikasi", "kelas usaha", "business scale", "size"),
    ),
    "kecamatan": Field(
        locations.kecamatan,
        ("kec", "kecamatan usaha", "nama kecamatan", "kode kecamatan", "district", "subdistrict"),
        asked=True,
        told=kecamatan_name,
    ),
    "kelurahan": Field(
        locations.kelurahan,
        (
            *("kel", "desa", "kelurahan usaha", "nama kelurahan", "kode kelurahan", "desa kelurahan"),
            *("village",),
        ),
        told=kelurahan_name,
    ),
    "address": Field(
        plain(typed.read_text),
        ("alamat", "alamat usaha", "alamat lengkap", "alamat toko", "business address", "street"),
        privacy=Privacy.PERSONAL,
    ),
    "phone": Field(
        read_phone,
        (
            *("telepon", "telp", "tlp", "telpon", "no telepon", "nomor telepon", "no telp", "no tlp"),
            *("no telpon", "hp", "no hp", "nomor hp", "handphone", "no handphone", "wa", "no wa"),
            *("nomor wa", "whatsapp", "no whatsapp", "nomor whatsapp", "telepon hp", "hp wa", "no hp wa"),
            *("nomor hp wa", "no wa hp", "kontak", "phone number", "mobile", "telephone", "contact"),
        ),
        kind=Kind.NUMBER,
        privacy=Privacy.NUMBER,
        asked=True,
    ),
    "phone2": Field(
        read_phone,
        (
            *("telepon kedua", "telepon 2", "telp 2", "no telp 2", "no telepon 2", "nomor telepon 2", "telepon lain"),
            *("hp 2", "no hp 2", "nomor hp 2", "wa 2", "no wa 2", "phone 2", "second phone", "other phone"),
        ),
        kind=Kind.NUMBER,
        privacy=Privacy.NUMBER,
    ),
    "email": Field(
        read_email,
        ("e-mail", "surel", "alamat email", "email address"),
        privacy=Privacy.EMAIL,
    ),
    "website": Field(
        read_website,
        ("situs", "situs web", "laman", "web", "url", "web site"),
        on_the_web=True,
    ),
    "marketplaces": Field(
        plain(typed.read_list),
        (
            *("marketplace", "tautan marketplace", "link marketplace", "toko online", "toko daring"),
            *("lokapasar", "tautan lokapasar", "marketplace links", "marketplace link", "online shop"),
        ),
        kind=Kind.LIST,
        on_the_web=True,
    ),
    "latitude": Field(
        locations.within(90),
        ("lintang", "lat"),
        kind=Kind.QUANTITY,
        privacy=Privacy.PERSONAL,
    ),
    "longitude": Field(
        locations.within(180),
        ("bujur", "lon", "lng", "long"),
        kind=Kind.QUANTITY,
        privacy=Privacy.PERSONAL,
    ),
    "employees": Field(
        plain(typed.read_count),
        (
            *("karyawan", "jumlah karyawan", "tenaga kerja", "jumlah tenaga kerja", "pekerja"),
            *("jumlah pekerja", "pegawai", "jumlah pegawai", "number of employees", "staff"),
        ),
        kind=Kind.QUANTITY,
    ),
    "capital": Field(
        plain(typed.read_rupiah),
        ("modal", "modal usaha", "modal awal", "jumlah modal", "business capital"),
        kind=Kind.AMOUNT,
        privacy=Privacy.FINANCIAL,
    ),
    "annual_sales": Field(
        plain(typed.read_rupiah),
        (
            *("omzet", "omset", "omzet per tahun", "omset per tahun", "omzet tahunan", "omset tahunan"),
            *("omzet/tahun", "omset/tahun", "omzet setahun", "penjualan", "penjualan tahunan"),
            *("penjualan per tahun", "hasil penjualan tahunan", "sales", "yearly sales", "sales per year"),
            *("annual turnover", "turnover", "revenue"),
        ),
        kind=Kind.AMOUNT,
        privacy=Privacy.FINANCIAL,
    ),
    "since": Field(
        _since,
        (
            *("tahun berdiri", "berdiri", "berdiri sejak", "sejak", "sejak tahun", "tahun mulai"),
            *("mulai usaha", "year founded", "founded", "established"),
        ),
        kind=Kind.DAY,
    ),
    "epeken": Field(
        _one_of(_EPEKEN_WORDS, "epeken_unknown"),
        ("e-peken", "kategori epeken", "kategori e-peken", "epeken category"),
    ),
    "mbr": Field(
        plain(typed.read_flag),
        (
            *("masyarakat berpenghasilan rendah", "keluarga mbr", "status mbr", "low income"),
            *("low income household",),
        ),
        kind=Kind.FLAG,
    ),
    "curation": Field(
        plain(typed.read_name),
        ("kurasi", "status kurasi", "hasil kurasi", "curation status"),
    ),
    "consent_date": Field(
        past_date,
        ("tanggal persetujuan", "tgl persetujuan", "persetujuan", "consent", "date of consent"),
        kind=Kind.DAY,
    ),
    "consent_version": Field(
        plain(typed.read_name),
        ("versi persetujuan", "naskah persetujuan", "versi naskah persetujuan", "consent text"),
    ),
    "note": Field(
        text_up_to(),
        ("keterangan", "ket", "catatan", "notes", "remark", "remarks"),
        kind=Kind.PROSE,
    ),
}
"""Whoever adds a field adds its column in `db/tables.py` with a migration, and its words in both catalogues."""


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
    raw = {**raw, **_two_phones(raw)}
    read, problems = read_fields(VENDOR_FIELDS, raw)
    broken = {problem.field for problem in problems}
    if not read.get("name") and "name" not in broken and not (partial and "name" not in raw):
        problems.append(Problem("name", "", "required"))
    if read.get("name"):
        read["name_key"] = name_key(read["name"])
    npwp = read.get("npwp")
    if from_spreadsheet:
        problems = [lost_zeros(problem, raw.get(problem.field, "")) for problem in problems]
        for name, number in (("nik", read.get("nik")), ("npwp", npwp)):
            if number and number.endswith("0") and not number.startswith("0"):
                problems.append(Problem(name, mask(Privacy.NUMBER, number), "nik_ends_in_zero", Level.WARNING))
    if npwp and not npwp.startswith("0") and "nik" not in raw:
        read["nik"] = npwp
    _judge_scale(read, problems)
    judge_kelurahan(read, problems, known or {})
    locations.judge_place(read, problems)
    return read, problems


def _two_phones(raw: Mapping[str, str]) -> dict[str, str]:
    """Two numbers where one belongs are the first and the second, where no second is given."""
    numbers = [] if clean(raw.get("phone2", "")) else apart(raw.get("phone", ""))
    return dict(zip(("phone", "phone2"), numbers, strict=True)) if len(numbers) == 2 else {}


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
