"""The tables, as SQLModel classes.

Conventions, so that the same rows read alike through SQLite's own driver and through SQLAlchemy on any database:
identifiers are random UUIDs as text; moments are ISO 8601 in UTC as text (`2026-08-17T03:04:05Z`), days `2026-08-17`;
money is whole rupiah; lists and small documents are JSON. Nothing is ever deleted: records close with a reason.
"""

import uuid
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from umkm_cli.db.moments import moment as moment
from umkm_cli.db.moments import now as now


def new_id() -> str:
    return str(uuid.uuid4())


def _json() -> Any:
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False))


def _document() -> Any:
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def _money() -> Any:
    return Field(default=None, sa_column=Column(BigInteger, nullable=True))


class Counter(SQLModel, table=True):
    """The last number given to a kind of record; numbers are never given twice."""

    kind: str = Field(primary_key=True)
    last: int = 0


class Record(SQLModel):
    """What every record that people speak of carries."""

    id: str = Field(default_factory=new_id, primary_key=True)
    code: str = Field(unique=True)
    created_at: str = Field(default_factory=now)
    updated_at: str = Field(default_factory=now)


class Sourced(Record):
    """A record that may come from another office's list: (`source`, `ref`) is unique where `ref` is given."""

    source: str = ""
    ref: str | None = None


class Vendor(Sourced, table=True):
    """A small business (UMKM). NIK and NPWP are stored encrypted, with a keyed digest to find them by."""

    __table_args__ = (UniqueConstraint("source", "ref"),)

    name: str
    name_key: str = Field(index=True)
    owner: str | None = None
    nik_sealed: str | None = None
    nik_digest: str | None = Field(default=None, index=True)
    nib: str | None = Field(default=None, unique=True)
    npwp_sealed: str | None = None
    npwp_digest: str | None = Field(default=None, index=True)
    kbli: list[dict[str, Any]] = _json()
    business_line: str | None = None
    scale: str | None = None
    kecamatan: str | None = Field(default=None, index=True)
    kelurahan: str | None = None
    address: str | None = None
    phone: str | None = None
    phone2: str | None = None
    email: str | None = None
    website: str | None = None
    marketplaces: list[str] = _json()
    latitude: float | None = None
    longitude: float | None = None
    employees: int | None = None
    capital: int | None = _money()
    annual_sales: int | None = _money()
    since: int | None = None
    epeken: str | None = None
    mbr: bool | None = None
    curation: str | None = None
    consent_date: str | None = None
    consent_version: str | None = None
    note: str | None = None
    status: str = Field(default="active", index=True)
    closed_at: str | None = None
    closed_reason: str | None = None


class Product(Sourced, table=True):
    """What a vendor sells. Its views are its designs: photographs, packaging, a logo."""

    __table_args__ = (UniqueConstraint("source", "ref"),)

    vendor_id: str = Field(foreign_key="vendor.id", index=True)
    name: str
    name_key: str = Field(index=True)
    category: str | None = None
    description: str | None = None
    price: int | None = _money()
    unit: str | None = None
    tkdn: float | None = None
    technique: str | None = None
    own_production: bool | None = None
    made_in_surabaya: bool | None = None
    pirt: str | None = None
    halal: str | None = None
    status: str = Field(default="active", index=True)
    closed_at: str | None = None
    closed_reason: str | None = None


class ProductMotif(SQLModel, table=True):
    """That a product shows a motif: proposed by screening or by its maker, confirmed or rejected by a person.

    `match` is the agreement that screening found, empty where nobody but the maker says so.
    """

    __tablename__ = "product_motif"

    product_id: str = Field(foreign_key="product.id", primary_key=True)
    motif_id: str = Field(foreign_key="motif.id", primary_key=True)
    state: str = "proposed"
    at: str = Field(default_factory=now)
    match: dict[str, Any] = _document()


class Motif(Sourced, table=True):
    """A design. `status` is registered, held (a look-alike that waits for a person) or withdrawn.

    `published` counts only where the office has not still to decide on it: ask `registry.publication.is_published`.
    """

    __table_args__ = (UniqueConstraint("source", "ref"),)

    vendor_id: str = Field(foreign_key="vendor.id", index=True)
    title: str
    title_key: str = Field(index=True)
    creators: list[dict[str, Any]] = _json()
    holders: list[dict[str, Any]] = _json()
    representative: str | None = None
    kind: str = "seni batik"
    published: bool = False
    publication_undecided: bool = False
    description: str | None = None
    philosophy: str | None = None
    technique: str | None = None
    creation_date: str | None = None
    first_published: str | None = None
    first_published_place: str | None = None
    heritage_class: str | None = None
    licence_terms: str | None = None
    djki_application: str | None = None
    djki_record: str | None = None
    status: str = Field(default="registered", index=True)
    withdrawn_at: str | None = None
    withdrawn_reason: str | None = None


class Image(SQLModel, table=True):
    """A picture by the SHA-256 of its file. `stored` tells whether the file itself is kept (checks keep none)."""

    sha256: str = Field(primary_key=True)
    format: str
    bytes: int
    width: int
    height: int
    phash: str
    dhash: str
    colorhash: str
    hashes_version: str
    stored: bool = True
    created_at: str = Field(default_factory=now)


class View(SQLModel, table=True):
    """A picture of a motif, a product or a traditional pattern; `position` counts from 0 within its record.

    `looked_back` says whether past checks were compared with it.
    """

    __table_args__ = (
        UniqueConstraint("motif_id", "sha256"),
        UniqueConstraint("product_id", "sha256"),
        UniqueConstraint("heritage_id", "sha256"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    sha256: str = Field(foreign_key="image.sha256", index=True)
    motif_id: str | None = Field(default=None, foreign_key="motif.id", index=True)
    product_id: str | None = Field(default=None, foreign_key="product.id", index=True)
    heritage_id: str | None = Field(default=None, foreign_key="heritage.id", index=True)
    position: int = 0
    filename: str = ""
    looked_back: bool = False
    created_at: str = Field(default_factory=now)


class StoredFingerprint(SQLModel, table=True):
    """What one version of the extractor saw in a picture; several generations of one picture live side by side."""

    __tablename__ = "fingerprint"

    sha256: str = Field(foreign_key="image.sha256", primary_key=True)
    extractor: str = Field(primary_key=True)
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: str = Field(default_factory=now)


class Attachment(SQLModel, table=True):
    """A file that belongs to a record as evidence: of creation, of a complaint, of a licence.

    Pictures lie with the other pictures, anything else in `files/`, both by their SHA-256.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    entity: str
    entity_id: str = Field(index=True)
    purpose: str
    sha256: str
    filename: str
    media_type: str = ""
    bytes: int = 0
    note: str | None = None
    created_at: str = Field(default_factory=moment)


class Licence(Record, table=True):
    """A written permission to use a motif: parties, object, exclusivity, period, territory and techniques."""

    motif_id: str = Field(foreign_key="motif.id", index=True)
    vendor_id: str = Field(foreign_key="vendor.id", index=True)
    number: str
    licensor: str | None = None
    object: str | None = None
    exclusive: bool = False
    valid_from: str | None = None
    valid_to: str | None = None
    territory: str | None = None
    techniques: list[str] = _json()
    status: str = "active"
    closed_at: str | None = None
    closed_reason: str | None = None


class Heritage(Record, table=True):
    """A traditional pattern that nobody owns, with reference pictures (views)."""

    name: str
    name_key: str = Field(index=True)
    origin: str | None = None
    source_note: str | None = None
    status: str = "active"
    closed_at: str | None = None
    closed_reason: str | None = None


class Case(Record, table=True):
    """A question for a person: an alert at registration or at a check, a maker's complaint, a likeness found later.

    `status` is open, review or decided; `respondent` is who is said to have used the design, where that is known, and
    `due` the ISO day by which the next step is expected.
    """

    kind: str
    status: str = Field(default="open", index=True)
    motif_id: str | None = Field(default=None, foreign_key="motif.id", index=True)
    product_id: str | None = Field(default=None, foreign_key="product.id", index=True)
    check_id: str | None = Field(default=None, foreign_key="check.id", index=True)
    subject: str | None = None
    complainant: str | None = None
    complainant_vendor_id: str | None = Field(default=None, foreign_key="vendor.id")
    seller: str | None = None
    seen_at: str | None = None
    seen_where: str | None = None
    price: int | None = _money()
    note: str | None = None
    respondent: str | None = None
    respondent_vendor_id: str | None = Field(default=None, foreign_key="vendor.id")
    due: str | None = None


class CaseEvent(SQLModel, table=True):
    """What happened in a case: who did what, when, in whose words. Nothing in it is ever changed.

    `kind` is a stable key (opening, note, review, respondent, objection, answer, due, attachment, decision,
    reopening).
    """

    __tablename__ = "case_event"

    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    at: str = Field(default_factory=moment)
    actor: str
    kind: str
    text: str | None = None
    document: dict[str, Any] = _document()


class CaseMatch(SQLModel, table=True):
    """One agreement that a case is about: a motif or a product, a picture, and the region where they agree."""

    __tablename__ = "case_match"
    __table_args__ = (
        Index("ix_case_match_pair", "motif_id", "sha256"),
        Index("ix_case_match_product_pair", "product_id", "sha256"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    motif_id: str | None = Field(default=None, foreign_key="motif.id")
    product_id: str | None = Field(default=None, foreign_key="product.id")
    sha256: str
    match: dict[str, Any] = _document()


class Decision(SQLModel, table=True):
    """What a person decided on a case, and why. A later decision replaces an earlier one; both stay."""

    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    outcome: str
    reason: str
    actor: str
    at: str = Field(default_factory=moment)


class Check(SQLModel, table=True):
    """A screening that was asked for: who, when, which picture, which engine, what it answered."""

    id: str = Field(default_factory=new_id, primary_key=True)
    at: str = Field(default_factory=now, index=True)
    actor: str
    vendor_id: str | None = Field(default=None, foreign_key="vendor.id")
    sha256: str | None = Field(default=None, index=True)
    verdict: str
    alert: bool
    extractor: str
    matcher: str
    thresholds: str
    document: dict[str, Any] = _document()


class ImportRun(SQLModel, table=True):
    __tablename__ = "import_run"

    id: str = Field(default_factory=new_id, primary_key=True)
    at: str = Field(default_factory=now)
    actor: str
    kind: str
    source: str
    filename: str
    sha256: str
    state: str = "running"


class ImportRow(SQLModel, table=True):
    __tablename__ = "import_row"

    run_id: str = Field(foreign_key="import_run.id", primary_key=True)
    row: int = Field(primary_key=True)
    status: str
    code: str | None = None
    ref: str | None = None
    problems: list[dict[str, Any]] = _json()


class Audit(SQLModel, table=True):
    """One link of the chain; see `registry/office/audit.py` for what `mac` covers."""

    __table_args__ = (Index("ix_audit_record", "entity", "entity_id"),)

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str
    actor: str
    action: str
    entity: str
    entity_id: str
    changes: dict[str, Any] = _document()
    previous: str
    mac: str


class AuditHead(SQLModel, table=True):
    """The last link, kept apart so that a chain cut at its end is noticed, and the key it was made with. One row."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int
    mac: str
    key_id: str | None = None


class TrustedKey(SQLModel, table=True):
    """The public key of an office whose signed documents are taken as its own; `public_key` is base64 (Ed25519)."""

    __tablename__ = "trusted_key"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    public_key: str = Field(unique=True)
    created_at: str = Field(default_factory=now)
