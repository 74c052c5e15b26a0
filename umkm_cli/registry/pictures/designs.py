"""What pictures are screened against: motifs, and the designs of products (photographs, packaging, a logo).

Both are records with pictures (`view`), both belong to a vendor, and both leave the search in their own way.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from umkm_cli.db.reading import Reader, Row
from umkm_cli.registry.office.codes import CodeKind

if TYPE_CHECKING:
    from umkm_cli.documents.designs import ViewDocument


class Design(StrEnum):
    """The kind of a record with pictures; its value is the name of its table."""

    MOTIF = "motif"
    PRODUCT = "product"

    @property
    def column(self) -> str:
        """The column by which other tables name such a record."""
        return f"{self.value}_id"

    @property
    def code_kind(self) -> CodeKind:
        return CodeKind.MOTIF if self is Design.MOTIF else CodeKind.PRODUCT

    @property
    def name_column(self) -> str:
        """The column that holds what people call it."""
        return "title" if self is Design.MOTIF else "name"

    @property
    def gone(self) -> str:
        """The status in which it is kept but no longer searched."""
        return "withdrawn" if self is Design.MOTIF else "closed"


def views_of(reader: Reader, kind: Design, record_id: str) -> list[Row]:
    """A record's pictures in their order."""
    return reader.rows(
        "SELECT view.position AS position, view.sha256 AS sha256, view.filename AS filename, image.format AS format, "
        "image.width AS width, image.height AS height, image.phash AS phash, image.dhash AS dhash, "
        "image.colorhash AS colorhash, image.hashes_version AS hashes_version "
        f"FROM view JOIN image ON image.sha256 = view.sha256 WHERE view.{kind.column} = :record ORDER BY view.position",
        record=record_id,
    )


def view_documents(reader: Reader, kind: Design, record_id: str) -> "list[ViewDocument]":
    """The same as scripts read them, with the hashes apart."""
    return [
        {
            "index": view["position"],
            "hashes": {
                "phash": view["phash"],
                "dhash": view["dhash"],
                "colorhash": view["colorhash"],
                "hashes_version": view["hashes_version"],
            },
            "sha256": view["sha256"],
            "filename": view["filename"],
            "format": view["format"],
            "width": view["width"],
            "height": view["height"],
        }
        for view in views_of(reader, kind, record_id)
    ]
