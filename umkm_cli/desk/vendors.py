"""Businesses: registering, finding, changing and closing them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from umkm_cli.documents.licences import NamedCode
from umkm_cli.documents.vendors import VendorBrief, VendorDocument
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.problems import Problem
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records import vendors as records
from umkm_cli.registry.records.registering import read_vendor_or_refuse, register_vendor
from umkm_cli.registry.values.region_codes import find_kecamatan, nearest_kecamatan
from umkm_cli.registry.values.typed import shown
from umkm_cli.settings import Settings


@dataclass(frozen=True)
class Written:
    """A business as it stands now; `result` is `created`, `updated` or `unchanged`."""

    vendor: VendorDocument
    result: str
    problems: Sequence[Problem] = ()


def register(settings: Settings, given: Mapping[str, str], *, source: str | None, ref: str | None) -> Written:
    """Raises as `register_vendor` does."""
    office = Office(settings)
    saved = register_vendor(office, given, source=source, ref=ref)
    return Written(_vendor(office, saved.code or ""), saved.status.value, saved.problems)


@dataclass(frozen=True)
class Listed:
    """The first of `total` businesses."""

    vendors: list[VendorBrief]
    total: int


def list_(
    settings: Settings,
    *,
    search: str | None = None,
    kecamatan: str | None = None,
    nib: str | None = None,
    nik: str | None = None,
    ref: str | None = None,
    status: str | None = "active",
    limit: int | None = None,
) -> Listed:
    """Those that fit, at most `limit` of them; `status` is `active`, `closed`, or None for both.

    Raises `UmkmError` `kecamatan_unknown`.
    """
    office = Office(settings)
    place = _kecamatan(kecamatan) if kecamatan else None
    digest = office.secrets.digest(records.plain_digits(nik)) if nik else None
    with office.reading() as reader:
        rows = records.list_vendors(
            reader,
            search=search,
            kecamatan=place,
            nib=records.plain_digits(nib) if nib else None,
            ref=ref,
            nik_digest=digest,
            status=status,
        )
    return Listed([records.vendor_brief(row) for row in rows[:limit]], len(rows))


def named(settings: Settings, search: str, limit: int) -> list[NamedCode]:
    """Active ones by likeness of the name, before them the one with this code, `ref` or NIB."""
    with Office(settings).reading() as reader:
        found = records.list_vendors(reader, search=search or None)
        if search:
            try:
                exact = records.find_vendor(reader, search)
                found = [exact, *(row for row in found if row["id"] != exact["id"])]
            except UmkmError:  # it was a name
                pass
    return [{"code": row["code"], "name": row["name"]} for row in found[:limit]]


def show(settings: Settings, code: str, *, reveal: bool = False) -> VendorDocument:
    """By code, `ref` or NIB; that personal data were asked for is recorded before they are shown."""
    office = Office(settings)
    with office.reading() as reader:
        row = records.find_vendor(reader, code)
    if reveal:
        with office.work() as work:
            records.record_reveal(work, [row["code"]])
    return records.vendor_document(row, office.secrets if reveal else None)


def edit(settings: Settings, code: str, given: Mapping[str, str]) -> Written:
    """Raises `UmkmError` `nothing_to_change`, `vendor_not_found`; `InvalidFieldsError`."""
    if not given:
        raise UmkmError("nothing_to_change", exit_code=USAGE)
    office = Office(settings)
    with office.reading() as reader:
        known = records.find_vendor(reader, code)
    values, warnings = read_vendor_or_refuse(given, partial=True, known=known)
    with office.work() as work:
        changed = records.edit_vendor(work, known["id"], values)
    return Written(_vendor(office, known["code"]), "updated" if changed else "unchanged", warnings)


def close(settings: Settings, code: str, reason: str) -> VendorDocument:
    """Raises `UmkmError` `vendor_not_found`, `vendor_closed`, `reason_missing`."""
    office = Office(settings)
    with office.reading() as reader:
        vendor = records.find_vendor(reader, code)
    with office.work() as work:
        records.close_vendor(work, vendor["id"], reason)
    return _vendor(office, vendor["code"])


def whole(settings: Settings, *, reveal: bool = False) -> list[VendorBrief]:
    """All businesses, closed ones too, as an export gives them."""
    office = Office(settings)
    with office.reading() as reader:
        rows = records.list_vendors(reader, status=None)
    if reveal:
        with office.work() as work:
            records.record_reveal(work, [row["code"] for row in rows])
    return [records.vendor_brief(row, office.secrets if reveal else None) for row in rows]


def _vendor(office: Office, code: str) -> VendorDocument:
    with office.reading() as reader:
        return records.vendor_document(records.find_vendor(reader, code))


def _kecamatan(text: str) -> str:
    code = find_kecamatan(text)
    if code is None:
        raise UmkmError("kecamatan_unknown", value=shown(text), nearest=nearest_kecamatan(text))
    return code
