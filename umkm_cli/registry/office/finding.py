"""One record by what a person typed (its code, an office's `ref`, another identifier of its kind) or by a picture."""

import re

from umkm_cli.db.reading import Reader, Row
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.codes import CodeKind, corrected_code, looks_like_code, read_code
from umkm_cli.registry.values.personal import Privacy, mask
from umkm_cli.registry.values.typed import shown

KINDS = {
    "vendor": CodeKind.VENDOR,
    "product": CodeKind.PRODUCT,
    "motif": CodeKind.MOTIF,
    "case": CodeKind.CASE,
    "licence": CodeKind.LICENCE,
    "heritage": CodeKind.HERITAGE,
}


def find_by_code(reader: Reader, table: str, key: str) -> Row:
    """Raises `UmkmError`: `code_mistyped` where the check digits do not fit, `<table>_not_found`."""
    if (code := read_code(key, KINDS[table])) is not None:
        found = reader.one(f'SELECT * FROM "{table}" WHERE code = :code', code=code)
        if found is not None:
            return found
    elif looks_like_code(key) and not any(read_code(key, kind) for kind in CodeKind):
        nearest = reader.value(f'SELECT code FROM "{table}" WHERE code = :code', code=corrected_code(key, KINDS[table]))
        raise UmkmError("code_mistyped", key=shown(key), nearest=nearest or "–")
    raise UmkmError(f"{table}_not_found", key=printable_key(key))


def printable_key(key: str) -> str:
    """What was typed, masked where it has the digits of a NIK or an NPWP."""
    return mask(Privacy.NUMBER, key) if len(re.sub(r"\D", "", key)) in (15, 16) else shown(key)


def find_by_code_or_ref(reader: Reader, table: str, key: str) -> Row:
    """By code, else by the `ref` that an office gave it.

    Raises `UmkmError`: `code_mistyped`, `<table>_not_found`, `ambiguous_ref` where several offices use this `ref`.
    """
    by_ref = reader.rows(f'SELECT * FROM "{table}" WHERE ref = :ref ORDER BY source', ref=key.strip())
    if len(by_ref) > 1:
        local = [row for row in by_ref if not row["source"]]
        if len(local) != 1:
            raise UmkmError("ambiguous_ref", key=key, codes=", ".join(row["code"] for row in by_ref))
        by_ref = local
    return by_ref[0] if by_ref else find_by_code(reader, table, key)


def owner_code(reader: Reader, sha256: str) -> str | None:
    """The first of `owner_codes`, None where nothing shows or holds the file."""
    return next(iter(owner_codes(reader, sha256)), None)


def owner_codes(reader: Reader, sha256: str) -> list[str]:
    """Records that a stored file belongs to: motifs first, then traditional patterns, products, cases and licences."""
    found = reader.rows(
        "SELECT kind, code FROM ("
        "SELECT 1 AS kind, motif.code AS code FROM view JOIN motif ON motif.id = view.motif_id "
        "WHERE view.sha256 = :sha256 UNION "
        "SELECT 2, heritage.code FROM view JOIN heritage ON heritage.id = view.heritage_id "
        "WHERE view.sha256 = :sha256 UNION "
        "SELECT 3, product.code FROM view JOIN product ON product.id = view.product_id "
        "WHERE view.sha256 = :sha256 UNION "
        'SELECT 4, "case".code FROM attachment JOIN "case" ON "case".id = attachment.entity_id '
        "WHERE attachment.sha256 = :sha256 UNION "
        "SELECT 5, motif.code FROM attachment JOIN motif ON motif.id = attachment.entity_id "
        "WHERE attachment.sha256 = :sha256 UNION "
        "SELECT 6, licence.number FROM attachment JOIN licence ON licence.id = attachment.entity_id "
        "WHERE attachment.sha256 = :sha256) AS owner ORDER BY kind, code",
        sha256=sha256,
    )
    return list(dict.fromkeys(str(row["code"]) for row in found))
