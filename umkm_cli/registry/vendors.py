"""Vendors: saving, finding, listing, editing, closing."""

from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.errors import UmkmError
from umkm_cli.registry.finding import find_by_code_or_ref
from umkm_cli.registry.personal import is_private, mask
from umkm_cli.registry.problems import InvalidFieldsError, Problem
from umkm_cli.registry.saving import Saved, Status

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.tables import Vendor
    from umkm_cli.registry.office import Work
    from umkm_cli.registry.secrets import Secrets

SEALED = ("nik", "npwp")
LISTS = ("kbli", "marketplaces")
FLAGS = ("mbr",)
_SHOWN = (
    *("code", "ref", "source", "name", "owner", "nik", "nib", "npwp", "kbli", "scale", "kecamatan", "kelurahan"),
    *("address", "phone", "email", "website", "marketplaces", "latitude", "longitude", "employees", "capital"),
    *("annual_sales", "since", "epeken", "mbr", "curation", "consent_date", "consent_version"),
    *("status", "closed_at", "closed_reason", "created_at", "updated_at"),
)
_EMPTY_LISTS: dict[str, list[Any]] = {name: [] for name in LISTS}


def save_vendor(work: "Work", values: dict[str, Any], *, source: str, ref: str | None) -> Saved:
    """Create a vendor, or bring the one that is meant up to date; what is not given is not erased.

    Who is meant: by (source, ref); without `ref` by NIB, by NIK, else by name, owner, kecamatan and telephone together.
    Raises `InvalidFieldsError` where the NIB is another vendor's.
    """
    values = {name: value for name, value in values.items() if value is not None}
    vendor = _meant(work, values, source, ref)
    _refuse_taken_nib(work.session, values.get("nib"), vendor)
    if vendor is None:
        return Saved(Status.CREATED, _create(work, values, source, ref).code)
    if (nik := values.get("nik")) and vendor.nik_digest and work.secrets.digest(nik) != vendor.nik_digest:
        other = Problem("nik", mask("nik", nik), "belongs_to_other_vendor", params={"code": vendor.code})
        return Saved(Status.CONFLICT, vendor.code, [other])
    changed = _change(work, vendor, values)
    return Saved(Status.UPDATED if changed else Status.UNCHANGED, vendor.code)


def edit_vendor(work: "Work", vendor_id: str, values: dict[str, Any]) -> list[str]:
    """Set fields, None clears one; returns the names that changed. Raises `InvalidFieldsError`, as saving does."""
    vendor = _get(work, vendor_id)
    _refuse_taken_nib(work.session, values.get("nib"), vendor)
    return _change(work, vendor, values | {n: e for n, e in _EMPTY_LISTS.items() if n in values and not values[n]})


def close_vendor(work: "Work", vendor_id: str, reason: str) -> None:
    """Raises `UmkmError`: `reason_missing`, `vendor_closed`."""
    from umkm_cli.db.tables import now

    vendor = _get(work, vendor_id)
    if not reason.strip():
        raise UmkmError("reason_missing")
    if vendor.status == "closed":
        raise UmkmError("vendor_closed", code=vendor.code)
    values = {"status": "closed", "closed_at": now(), "closed_reason": reason.strip()}
    work.changed("vendor", vendor, values, "close")


def find_vendor(reader: Reader, key: str) -> Row:
    """By code, `ref` or NIB. Raises `UmkmError`: `vendor_not_found`, `code_mistyped`, `ambiguous_ref`."""
    by_nib = reader.one("SELECT * FROM vendor WHERE nib = :nib", nib=key.strip())
    return by_nib or find_by_code_or_ref(reader, "vendor", key)


def list_vendors(
    reader: Reader,
    *,
    search: str | None = None,
    kecamatan: str | None = None,
    nib: str | None = None,
    ref: str | None = None,
    nik_digest: str | None = None,
    closed: bool = False,
) -> list[Row]:
    """By code, or by likeness where a name is searched; closed ones only with `closed`."""
    rows = reader.rows(
        "SELECT * FROM vendor WHERE (:kecamatan IS NULL OR kecamatan = :kecamatan) AND (:nib IS NULL OR nib = :nib) "
        "AND (:ref IS NULL OR ref = :ref) AND (:nik IS NULL OR nik_digest = :nik) "
        "AND (status = 'active' OR :closed = 1) ORDER BY code",
        kecamatan=kecamatan,
        nib=nib,
        ref=ref,
        nik=nik_digest,
        closed=int(closed),
    )
    if search:
        from umkm_cli.registry.searching import rank

        rows = rank(rows, "name_key", search)
    return rows


def vendor_document(row: Row, secrets: "Secrets | None" = None) -> dict[str, Any]:
    """`umkm.vendor/1`. Personal and financial values are masked unless `secrets` are given, to reveal them with."""
    document = {name: row.get(name) for name in _SHOWN}
    for name in LISTS:
        document[name] = listed(document[name])
    for name in FLAGS:
        document[name] = None if document[name] is None else bool(document[name])
    for name in SEALED:
        sealed = row[f"{name}_sealed"]
        document[name] = None if sealed is None else secrets.unseal(sealed) if secrets else "*" * 16
    if secrets is None:
        for name, value in document.items():
            if value is not None and is_private(name) and name not in SEALED:
                document[name] = mask(name, str(value))
    return {"schema": "umkm.vendor/1", **document}


def _meant(work: "Work", values: dict[str, Any], source: str, ref: str | None) -> "Vendor | None":
    from sqlmodel import select

    from umkm_cli.db.tables import Vendor

    if ref is not None:
        return work.session.exec(select(Vendor).where(Vendor.source == source, Vendor.ref == ref)).one_or_none()
    if nib := values.get("nib"):
        return work.session.exec(select(Vendor).where(Vendor.nib == nib)).one_or_none()
    if nik := values.get("nik"):
        query = select(Vendor).where(Vendor.nik_digest == work.secrets.digest(nik))
        return work.session.exec(query.where(Vendor.name_key == values["name_key"]).order_by(Vendor.code)).first()
    query = select(Vendor).where(Vendor.name_key == values["name_key"], Vendor.source == source)
    for name in ("owner", "kecamatan", "phone"):
        query = query.where(getattr(Vendor, name) == values.get(name))
    return work.session.exec(query.order_by(Vendor.code)).first()


def _refuse_taken_nib(session: "Session", nib: str | None, vendor: "Vendor | None") -> None:
    from sqlmodel import select

    from umkm_cli.db.tables import Vendor

    if not nib:
        return
    other = session.exec(select(Vendor).where(Vendor.nib == nib)).one_or_none()
    if other is not None and (vendor is None or other.id != vendor.id):
        raise InvalidFieldsError([Problem("nib", nib, "nib_taken", params={"code": other.code})])


def _create(work: "Work", values: dict[str, Any], source: str, ref: str | None) -> "Vendor":
    from umkm_cli.db.tables import Vendor
    from umkm_cli.registry.codes import Kind

    open_values = {name: value for name, value in values.items() if name not in SEALED}
    vendor = Vendor(code=work.code(Kind.VENDOR), source=source, ref=ref, **open_values)
    for name in SEALED:
        _set_sealed(vendor, name, values.get(name), work.secrets)
    work.created("vendor", vendor)
    return vendor


def _change(work: "Work", vendor: "Vendor", values: dict[str, Any]) -> list[str]:
    """Sealed numbers are compared by digest, since sealing the same number twice gives different text."""
    open_values = {name: value for name, value in values.items() if name not in SEALED}
    for name in SEALED:
        if name in values:
            digest = work.secrets.digest(values[name]) if values[name] else None
            if digest != getattr(vendor, f"{name}_digest"):
                sealed = work.secrets.seal(values[name]) if values[name] else None
                open_values |= {f"{name}_sealed": sealed, f"{name}_digest": digest}
    return work.changed("vendor", vendor, open_values)


def _set_sealed(vendor: "Vendor", name: str, plain: str | None, secrets: "Secrets") -> None:
    if plain:
        setattr(vendor, f"{name}_sealed", secrets.seal(plain))
        setattr(vendor, f"{name}_digest", secrets.digest(plain))


def _get(work: "Work", vendor_id: str) -> "Vendor":
    from umkm_cli.db.tables import Vendor

    vendor = work.session.get(Vendor, vendor_id)
    if vendor is None:
        raise UmkmError("vendor_not_found", key=vendor_id)
    return vendor
