"""Businesses as scripts read them."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from umkm_cli.documents.common import ProblemDocument


class KbliDocument(TypedDict):
    """A line of business by its five digits, and the year of the classification they are from."""

    code: str
    edition: str


class VendorFields(TypedDict):
    """The fields that a business has (`VENDOR_FIELDS` declares them). Amounts, numbers and places are masked texts
    unless they were asked for."""

    name: str
    owner: str | None
    nik: str | None
    nib: str | None
    npwp: str | None
    kbli: list[KbliDocument]
    business_line: str | None
    scale: str | None
    kecamatan: str | None
    kelurahan: str | None
    address: str | None
    phone: str | None
    phone2: str | None
    email: str | None
    website: str | None
    marketplaces: list[str]
    latitude: float | str | None
    longitude: float | str | None
    employees: int | None
    capital: int | str | None
    annual_sales: int | str | None
    since: int | None
    epeken: str | None
    mbr: bool | None
    curation: str | None
    consent_date: str | None
    consent_version: str | None
    note: str | None


class VendorBrief(VendorFields):
    """A business, as one of many."""

    code: str
    ref: str | None
    source: str
    status: Literal["active", "closed"]
    closed_at: str | None
    closed_reason: str | None
    created_at: str
    updated_at: str


class VendorDocument(VendorBrief):
    """One business. `result` and `problems` where it was just registered or changed."""

    schema: Literal["umkm.vendor/1"]
    result: NotRequired[Literal["created", "updated", "unchanged"]]
    problems: NotRequired[list[ProblemDocument]]


class VendorsDocument(TypedDict):
    schema: Literal["umkm.vendors/1"]
    vendors: list[VendorBrief]
