"""The office's own affairs as scripts read them: its keys, its record of changes, its clock, what needs attention."""

from typing import Literal

from typing_extensions import TypedDict


class KeyDocument(TypedDict):
    """With what this office signs."""

    schema: Literal["umkm.key/1"]
    id: str
    algorithm: str
    public_key: str
    office: str


class TrustedKeyDocument(TypedDict):
    """A key that was taken for somebody's; `name` is null where it no longer is. `id` is null for one that is none."""

    schema: Literal["umkm.trusted_key/1"]
    id: str | None
    public_key: str
    name: str | None


class KnownKey(TypedDict):
    id: str | None
    public_key: str
    name: str
    created_at: str
    own: bool


class KeysDocument(TypedDict):
    schema: Literal["umkm.keys/1"]
    keys: list[KnownKey]


class FieldCounts(TypedDict):
    covered: int
    uncovered: int


class StoredFiles(TypedDict):
    """Whose files are not what was recorded, or not there, by code; of `total` files `compared` were read."""

    altered: list[str]
    missing: list[str]
    compared: int
    total: int


class AuditDocument(TypedDict):
    """The record of changes is whole, and bears out what the tables say. `clock_set_back` are numbers of entries."""

    schema: Literal["umkm.audit/1"]
    intact: Literal[True]
    entries: int
    records: int
    fields: FieldCounts
    clock_set_back: list[int]
    stored_files: StoredFiles


class ClockDocument(TypedDict):
    schema: Literal["umkm.clock/1"]
    now: str


class VendorCounts(TypedDict):
    active: int
    closed: int


class MotifCounts(TypedDict):
    registered: int
    held: int
    withdrawn: int


class CaseCounts(TypedDict):
    open: int
    review: int
    decided: int


class Counts(TypedDict):
    """How many of each there are, by state."""

    vendors: VendorCounts
    motifs: MotifCounts
    products: VendorCounts
    cases: CaseCounts
    licences: int
    heritage: int
    checks: int
    audit_entries: int


class SizesDocument(TypedDict):
    """Bytes on disk."""

    database: int
    images: int
    files: int


class VersionsDocument(TypedDict):
    """`extractor` is what describes pictures now, `extractors` all that stored fingerprints were made with."""

    umkm: str
    extractor: str
    extractors: list[str]


class DueCase(TypedDict):
    code: str
    due: str


class UnfinishedImport(TypedDict):
    """An import that runs, or was cut off."""

    kind: str
    filename: str
    at: str
    state: Literal["running", "interrupted"]


class IndexCounts(TypedDict):
    """Of `pictures` that are searched, those with fingerprints of an older generation, and those with none."""

    pictures: int
    older: int
    missing: int


class DamagedFingerprints(TypedDict):
    pictures: int
    codes: list[str]
    past_checks: int


class LossDocument(TypedDict):
    """Something of the registry that is gone, as an error tells it."""

    error: str
    message: str
    hint: str


class ClockDoubt(TypedDict):
    problem: str
    now: str
    last_entry: str


class Attention(TypedDict):
    """What waits for a person, and what is not as it should be."""

    held_motifs: int
    open_cases: int
    lookback_cases: int
    due_cases: list[DueCase]
    proposed_links: int
    undecided_publication: int
    unfinished_imports: list[UnfinishedImport]
    office_key: str | None
    index: IndexCounts
    segments: Literal["missing", "damaged", "behind"] | None
    stored_files: StoredFiles
    damaged_fingerprints: DamagedFingerprints
    loss: LossDocument | None
    clock: ClockDoubt | None


class StatusDocument(TypedDict):
    """What the registry holds, and what needs attention."""

    schema: Literal["umkm.status/1"]
    home: str
    office: str
    counts: Counts
    sizes_bytes: SizesDocument
    versions: VersionsDocument
    attention: Attention


class PageDocument(TypedDict):
    """Where the page for pictures is answered, until the command ends."""

    schema: Literal["umkm.page/1"]
    address: str
