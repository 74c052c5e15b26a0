"""Motifs as scripts read them, and the papers that are made of them."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from umkm_cli.documents.checks import OutcomeDocument
from umkm_cli.documents.common import ProblemDocument
from umkm_cli.documents.designs import OwnerDocument, StoredFile, ViewDocument

MotifStatus = Literal["registered", "held", "withdrawn"]


class PersonDocument(TypedDict):
    """Who made a motif or holds the rights in it, with what is known; addresses are masked unless they were asked for.

    `basis` is how the right came to a holder.
    """

    name: str
    address: NotRequired[str]
    citizenship: NotRequired[str]
    basis: NotRequired[str]


class MotifFileDocument(TypedDict):
    """A paper that is kept with a motif; `purpose` says what it is there for.

    `stored_file` says whether the file is still the one that was recorded, where that was asked.
    """

    filename: str
    sha256: str
    purpose: str
    media_type: str
    bytes: int
    note: str | None
    created_at: str
    stored_file: NotRequired[StoredFile]


class MotifFields(TypedDict):
    """The fields that a motif has (`MOTIF_FIELDS` declares them)."""

    title: str
    creators: list[PersonDocument]
    holders: list[PersonDocument]
    representative: str | None
    published: bool
    description: str | None
    philosophy: str | None
    technique: str | None
    creation_date: str | None
    first_published: str | None
    first_published_place: str | None
    heritage_class: str | None
    licence_terms: str | None
    djki_application: str | None
    djki_record: str | None


class MotifBrief(MotifFields):
    """A motif, as one of many; `publication` says, too, whether the office has still to decide on `published`."""

    code: str
    ref: str | None
    source: str
    status: MotifStatus
    kind: str
    publication: Literal["published", "unpublished", "undecided"]
    withdrawn_at: str | None
    withdrawn_reason: str | None
    created_at: str
    updated_at: str
    vendor: OwnerDocument


class MotifDocument(MotifBrief):
    """One motif. `problems` where it was just changed; `screening` (null where no picture was new), the `case` that was
    opened and the cases about earlier checks (`found_later`) where it was just registered."""

    schema: Literal["umkm.motif/1"]
    views: list[ViewDocument]
    files: list[MotifFileDocument]
    problems: NotRequired[list[ProblemDocument]]
    screening: NotRequired[OutcomeDocument | None]
    case: NotRequired[str | None]
    found_later: NotRequired[list[str]]


class ListedMotif(MotifBrief):
    """A motif of a list; in an export `image` are the names of the files that its pictures came as."""

    image: NotRequired[list[str]]


class MotifsDocument(TypedDict):
    """Several motifs; `problems` where they were just changed."""

    schema: Literal["umkm.motifs/1"]
    motifs: list[ListedMotif]
    problems: NotRequired[list[ProblemDocument]]


class SigningKey(TypedDict):
    id: str
    office: str


class ReceiptDocument(TypedDict):
    """A receipt that was written: the facts on it, and the SHA-256 of them that is signed."""

    schema: Literal["umkm.receipt/1"]
    file: str
    made_at: str
    key: SigningKey
    facts: dict[str, str]
    facts_sha256: str


class LeftOut(TypedDict):
    """How many motifs the page does not show, and why."""

    unpublished: int
    withdrawn: int


class GalleryDocument(TypedDict):
    """A page with all motifs that was written. Codes of those whose picture cannot be had, and of those of them whose
    file is not what was recorded."""

    schema: Literal["umkm.gallery/1"]
    file: str
    bytes: int
    motifs: int
    left_out: LeftOut
    without_picture: list[str]
    altered: list[str]


class PersonOnForm(TypedDict):
    """A person as the form for a recording names what is known of them."""

    nama: str
    alamat: NotRequired[str]
    kewarganegaraan: NotRequired[str]
    dasar_perolehan_hak: NotRequired[str]


class FormDocument(TypedDict):
    """The form for a recording at DJKI, under its own names."""

    jenis_ciptaan: str
    sub_jenis_ciptaan: str
    judul: str
    uraian_singkat: str | None
    tanggal_pertama_diumumkan: str | None
    tempat_pertama_diumumkan: str | None
    tanggal_penciptaan: str | None
    pencipta: list[PersonOnForm]
    pemegang_hak_cipta: list[PersonOnForm]
    kuasa: str | None


class DjkiItem(TypedDict):
    """A thing that is asked for; `missing` says what of it is not there, `command` how to add it."""

    item: str
    group: Literal["form", "papers"]
    present: bool
    missing: list[str]
    needed_because: str
    command: str | None


class DjkiForm(TypedDict):
    """What a recording of a motif at DJKI asks for, and which of it is there."""

    schema: Literal["umkm.djki/1"]
    code: str
    ref: str | None
    title: str
    status: MotifStatus
    waits_for_decision: bool
    published: bool
    djki_application: str | None
    djki_record: str | None
    complete: bool
    fields: FormDocument
    items: list[DjkiItem]


class DjkiDocument(DjkiForm):
    """The same, with the pack that was written."""

    file: str | None
