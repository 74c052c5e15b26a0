"""Licences and traditional patterns as scripts read them."""

from typing import Literal

from typing_extensions import TypedDict

from umkm_cli.documents.common import AttachmentDocument


class TitledCode(TypedDict):
    code: str
    title: str


class NamedCode(TypedDict):
    code: str
    name: str


class LicenceDocument(TypedDict):
    """Who may use whose motif, for what, where and when. Attachments are listed where one licence is shown."""

    schema: Literal["umkm.licence/1"]
    code: str
    number: str
    licensor: str | None
    object: str | None
    valid_from: str | None
    valid_to: str | None
    territory: str | None
    status: Literal["active", "ended"]
    closed_at: str | None
    closed_reason: str | None
    created_at: str
    techniques: list[str]
    exclusive: bool
    motif: TitledCode
    vendor: NamedCode
    attachments: list[AttachmentDocument]


class LicencesDocument(TypedDict):
    schema: Literal["umkm.licences/1"]
    licences: list[LicenceDocument]


class AddedHeritage(TypedDict):
    """References that were just added to a pattern; `failed` are files that could not be read, as errors tell them."""

    code: str
    name: str
    created: bool
    pictures: int
    failed: list[dict[str, str]]


class HeritageDocument(AddedHeritage):
    schema: Literal["umkm.heritage/1"]


class ListedHeritage(TypedDict):
    """A traditional pattern, which nobody owns, and how many reference pictures there are of it."""

    code: str
    name: str
    origin: str | None
    source_note: str | None
    pictures: int
    created_at: str


class HeritagesDocument(TypedDict):
    """Either what an import added, or what is registered."""

    schema: Literal["umkm.heritages/1"]
    heritages: list[AddedHeritage] | list[ListedHeritage]
