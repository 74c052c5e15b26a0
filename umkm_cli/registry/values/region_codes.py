"""Kemendagri codes of regions; the kecamatan of Surabaya by name, too."""

import re

SURABAYA = "35.78"
_NAMES = (
    "Karang Pilang|Wonocolo|Rungkut|Wonokromo|Tegalsari|Sawahan|Genteng|Gubeng|Sukolilo|Tambaksari|Simokerto|"
    "Pabean Cantian|Bubutan|Tandes|Krembangan|Semampir|Kenjeran|Lakarsantri|Benowo|Wiyung|Dukuh Pakis|Gayungan|"
    "Jambangan|Tenggilis Mejoyo|Gunung Anyar|Mulyorejo|Sukomanunggal|Asem Rowo|Bulak|Pakal|Sambikerep"
)
KECAMATAN = {f"{SURABAYA}.{number:02d}": name for number, name in enumerate(_NAMES.split("|"), 1)}
_BY_KEY = {re.sub(r"[^a-z]", "", name.lower()): code for code, name in KECAMATAN.items()}
_CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})")
_KELURAHAN = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?([12]\d{3})")
"""A kelurahan's number begins with 1, that of a village (desa) with 2; Surabaya has no villages."""


def find_kecamatan(text: str) -> str | None:
    """The code of a kecamatan given by code or, in Surabaya, by name; None where unknown.

    Case, spacing and a leading "Kec." are forgiven; other cities are accepted by code.
    """
    if found := _CODE.fullmatch(text.strip()):
        code = ".".join(found.groups())
        return None if code.startswith(SURABAYA) and code not in KECAMATAN else code
    key = re.sub(r"^(kecamatan|kec)[.\s]+", "", text.strip().lower())
    return _BY_KEY.get(re.sub(r"[^a-z]", "", key))


def nearest_kecamatan(text: str) -> str:
    """The name that somebody may have meant."""
    from rapidfuzz import process

    found = process.extractOne(text, list(KECAMATAN.values()))
    return str(found[0]) if found else ""


def find_kelurahan(text: str) -> str | None:
    """A kelurahan's or village's code with dots, None where it has not that form."""
    found = _KELURAHAN.fullmatch(text.strip())
    return ".".join(found.groups()) if found else None


def kecamatan_name(code: str | None) -> str | None:
    return KECAMATAN.get(code, code) if code else None


def is_listed(digits: str) -> bool:
    """Province and city as python-stdnum lists them; of Surabaya the kecamatan as well."""
    from stdnum import numdb

    known = all(info for _, info in numdb.get("id/loc").info(digits[:4]))
    surabaya = digits[:4] == SURABAYA.replace(".", "")
    return known and (not surabaya or f"{SURABAYA}.{digits[4:6]}" in KECAMATAN)
