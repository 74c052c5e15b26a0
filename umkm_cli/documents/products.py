"""Products as scripts read them, and the motifs that they show."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from umkm_cli.documents.checks import MatchDocument, OutcomeDocument
from umkm_cli.documents.common import FailureDocument
from umkm_cli.documents.designs import OwnerDocument, ViewDocument


class ProductFields(TypedDict):
    """The fields that a product has (`PRODUCT_FIELDS` declares them). A price is in rupiah, `tkdn` a percentage."""

    name: str
    category: str | None
    description: str | None
    price: int | None
    unit: str | None
    tkdn: float | None
    technique: str | None
    own_production: bool | None
    made_in_surabaya: bool | None
    pirt: str | None
    halal: str | None


class ProductRecord(ProductFields):
    """A product, and whose it is."""

    code: str
    ref: str | None
    source: str
    status: Literal["active", "closed"]
    closed_at: str | None
    closed_reason: str | None
    created_at: str
    updated_at: str
    vendor: OwnerDocument


class LinkBrief(TypedDict):
    """A motif that a product shows, or may show; `state` is what a person has said of that, `at` when."""

    code: str
    title: str
    vendor: OwnerDocument
    state: Literal["proposed", "confirmed", "rejected"]
    at: str


class LinkDocument(LinkBrief):
    """The same with the agreement that was found; `match` is null where nobody but a person says so."""

    match: MatchDocument | None


class ProductBrief(ProductRecord):
    """A product, as one of many."""

    motifs: list[LinkBrief]


class ProductDocument(ProductRecord):
    """One product. `screening` and `case` where it was just added or changed: null where no picture was screened,
    or no case opened."""

    schema: Literal["umkm.product/1"]
    motifs: list[LinkDocument]
    views: list[ViewDocument]
    screening: NotRequired[OutcomeDocument | None]
    case: NotRequired[str | None]


class ExportedProduct(ProductBrief):
    """A product, as an export gives it; `image` are the names of the files that its pictures came as."""

    image: list[str]


class ProductsDocument(TypedDict):
    """Either a list, or an export."""

    schema: Literal["umkm.products/1"]
    products: list[ProductBrief] | list[ExportedProduct]


class ProposedLink(TypedDict):
    """Codes of a product and of a motif that it may show."""

    product: str
    motif: str


class RescreenDocument(TypedDict):
    """Links that are new since all products were compared once more; `problems` are pictures that cannot be read."""

    schema: Literal["umkm.rescreen/1"]
    proposed: list[ProposedLink]
    problems: list[FailureDocument]
