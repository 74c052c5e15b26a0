"""Which stored vendor a row speaks of. Importing a list twice must find again what the first time made.

1. By (`source`, `ref`).
2. By NIB, where something else agrees too: name, owner, telephone or NIK. A NIB alone may be mistyped.
3. By NIK together with the name: one person may run several businesses.
4. Without `ref`, by the name within a source together with owner, kecamatan and telephone: all three the same, or at
   least one the same and the others missing on one side.

With `ref`, 2 and 3 find only vendors that have no `ref` yet, such as those registered by hand before a list came.

What later rows of a list add to a vendor may let an earlier row fit another one. So where the very same list comes
again, a row without `ref` means the vendor that it meant before, as long as nothing it says is against that.
"""

from typing import TYPE_CHECKING, Any

from umkm_cli.problems import Level, Problem
from umkm_cli.registry.values.folding import fold
from umkm_cli.registry.values.personal import Privacy, mask

if TYPE_CHECKING:
    from umkm_cli.db.tables import Vendor
    from umkm_cli.registry.office.work import Work

DISTINGUISHING = ("owner", "kecamatan", "phone")
ALIKE = 60.0
"""rapidfuzz's token_set_ratio above which two names may be one name written twice."""


def same_vendor(
    work: "Work",
    values: dict[str, Any],
    source: str,
    ref: str | None,
    *,
    name_is_enough: bool,
    meant: str | None = None,
) -> "Vendor | None":
    """None where the row speaks of nobody known. `name_is_enough`: a bare name means the same bare name again.

    `meant` is the code of the vendor that the same row meant when its list was imported before.
    """
    if (known := by_reference(work, source, ref)) is not None:
        return known
    if ref is None and meant is not None and (known := _still_meant(work, values, source, meant)) is not None:
        return known
    found = _by_numbers(work, values)
    if ref is not None:
        return found if found is not None and found.ref is None else None
    return found or _by_name(work, values, source, name_is_enough)


def by_reference(work: "Work", source: str, ref: str | None) -> "Vendor | None":
    from umkm_cli.db.tables import Vendor

    known = _vendors(work, Vendor.source == source, Vendor.ref == ref) if ref is not None else []
    return known[0] if known else None


def by_code(work: "Work", code: str) -> "Vendor | None":
    from umkm_cli.db.tables import Vendor

    return next(iter(_vendors(work, Vendor.code == code)), None)


def clash(work: "Work", vendor: "Vendor", values: dict[str, Any]) -> Problem | None:
    """Why the row cannot be about this vendor: the NIK is another person's, or both name and owner are others."""
    nik = values.get("nik")
    if nik and vendor.nik_digest:
        if work.secrets.digest(nik) == vendor.nik_digest:
            return None
        return Problem("nik", mask(Privacy.NUMBER, nik), "belongs_to_other_vendor", params={"code": vendor.code})
    if any(values.get(name) and values[name] == getattr(vendor, name) for name in ("nib", "phone")):
        return None
    names = (("name", vendor.name), ("owner", vendor.owner))
    if all(stored and values.get(name) and not _alike(stored, values[name]) for name, stored in names):
        return Problem("name", values["name"], "belongs_to_other_vendor", params={"code": vendor.code})
    return None


def sharing_nik(work: "Work", values: dict[str, Any]) -> list[Problem]:
    """A warning that names the person's other businesses."""
    from umkm_cli.db.tables import Vendor

    if not (nik := values.get("nik")):
        return []
    digest = work.secrets.digest(nik)
    codes = [vendor.code for vendor in _vendors(work, Vendor.nik_digest == digest) if vendor.name != values["name"]]
    params = {"codes": ", ".join(codes)}
    return [Problem("nik", mask(Privacy.NUMBER, nik), "nik_shared", Level.WARNING, params)] if codes else []


def _still_meant(work: "Work", values: dict[str, Any], source: str, code: str) -> "Vendor | None":
    """One that rules 3 and 4 may find. The NIB of rule 2 is one vendor's only."""
    vendor = by_code(work, code)
    if vendor is None or vendor.name_key != values["name_key"]:
        return None
    nik = work.secrets.digest(values["nik"]) if values.get("nik") else None
    said = [(values.get("nib"), vendor.nib), (nik, vendor.nik_digest)]
    if nik and nik == vendor.nik_digest:
        said = said[:1]
    elif vendor.source != source:
        return None
    else:
        said += [(values.get(name), getattr(vendor, name)) for name in DISTINGUISHING]
    return None if any(given and known and given != known for given, known in said) else vendor


def _by_numbers(work: "Work", values: dict[str, Any]) -> "Vendor | None":
    from umkm_cli.db.tables import Vendor

    nib, nik = values.get("nib"), values.get("nik")
    if nib:
        for vendor in _vendors(work, Vendor.nib == nib):
            return vendor if _agrees(work, vendor, values) else None
    if nik:
        digest = work.secrets.digest(nik)
        named = _vendors(work, Vendor.nik_digest == digest, Vendor.name_key == values["name_key"])
        return next((vendor for vendor in named if not (nib and vendor.nib)), None)
    return None


def _agrees(work: "Work", vendor: "Vendor", values: dict[str, Any]) -> bool:
    owner, phone, nik = values.get("owner"), values.get("phone"), values.get("nik")
    return (
        vendor.name_key == values["name_key"]
        or bool(owner and vendor.owner and fold(owner) == fold(vendor.owner))
        or bool(phone and phone == vendor.phone)
        or bool(nik and work.secrets.digest(nik) == vendor.nik_digest)
    )


def _by_name(work: "Work", values: dict[str, Any], source: str, name_is_enough: bool) -> "Vendor | None":
    from umkm_cli.db.tables import Vendor

    named = [
        vendor
        for vendor in _vendors(work, Vendor.name_key == values["name_key"], Vendor.source == source)
        if not (values.get("nib") and vendor.nib) and not (values.get("nik") and vendor.nik_digest)
    ]
    given = [values.get(name) for name in DISTINGUISHING]
    if not any(given) and not name_is_enough:
        return None
    exact = [vendor for vendor in named if [getattr(vendor, name) for name in DISTINGUISHING] == given]
    return next(iter(exact or [vendor for vendor in named if _compatible(vendor, given)]), None)


def _compatible(vendor: "Vendor", given: list[Any]) -> bool:
    pairs = [(value, getattr(vendor, name)) for value, name in zip(given, DISTINGUISHING, strict=True)]
    both = [value == stored for value, stored in pairs if value and stored]
    return bool(both) and all(both)


def _alike(a: str, b: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(fold(a), fold(b)) >= ALIKE


def _vendors(work: "Work", *conditions: Any) -> list["Vendor"]:
    from sqlmodel import select

    from umkm_cli.db.tables import Vendor

    return list(work.session.exec(select(Vendor).where(*conditions).order_by(Vendor.code)))
