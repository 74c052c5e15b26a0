"""Whether a design is published (*diumumkan*): what is not is shown to nobody outside the office.

A design is unpublished unless somebody says otherwise, or states when it was first published. Older versions took the
opposite for granted; what came in with them and was never stated waits for the office to decide, and is treated as
unpublished until then. The column `published` of such a row still holds what was taken for granted, as the record of
changes has it, so that `is_published` is what to ask, never the column alone.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader, Row
from umkm_cli.registry.values import typed as values
from umkm_cli.registry.values.typed import ValueProblem

if TYPE_CHECKING:
    from umkm_cli.db.tables import Motif


class Publication(StrEnum):
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    UNDECIDED = "undecided"


CELLS = {Publication.PUBLISHED: "ya", Publication.UNPUBLISHED: "tidak", Publication.UNDECIDED: "belum diputuskan"}
"""What an exported sheet says; `read_publication` takes it back."""

_WORDS = {
    **dict.fromkeys(("sudah", "diumumkan", "sudah diumumkan", "telah diumumkan", "published"), Publication.PUBLISHED),
    **dict.fromkeys(("belum diumumkan", "tidak diumumkan", "unpublished", "not published"), Publication.UNPUBLISHED),
    **dict.fromkeys(("belum diputuskan", "undecided"), Publication.UNDECIDED),
}


def read_publication(text: str) -> Publication:
    """From yes, no or a state in words. Rule `not_yes_or_no`."""
    word = values.clean(text).casefold()
    if word in _WORDS:
        return _WORDS[word]
    try:
        return Publication.PUBLISHED if values.read_flag(text) else Publication.UNPUBLISHED
    except ValueProblem as error:
        raise ValueProblem("not_published_or_not") from error


def publication_columns(publication: Publication) -> dict[str, bool]:
    """As the motif table holds it."""
    return {
        "published": publication is Publication.PUBLISHED,
        "publication_undecided": publication is Publication.UNDECIDED,
    }


def publication_of(motif: Row) -> Publication:
    """Of a row of the motif table."""
    if motif["publication_undecided"]:
        return Publication.UNDECIDED
    return Publication.PUBLISHED if motif["published"] else Publication.UNPUBLISHED


def is_published(motif: Row) -> bool:
    """Whether a row of the motif table may be shown outside the office."""
    return publication_of(motif) is Publication.PUBLISHED


def with_publication(given: Mapping[str, Any], motif: "Motif | None" = None) -> dict[str, Any]:
    """The columns in `given`, for a new motif or a change of `motif`, with what they say of publication.

    To state when a design was first published is to say that it is. A list from before a decision does not undo it.
    """
    columns = dict(given)
    if motif is not None and columns.get("publication_undecided"):
        del columns["published"], columns["publication_undecided"]
    first = columns.get("first_published")
    is_news = first is not None and (motif is None or motif.first_published != first)
    if is_news and columns.get("published") is None:
        columns |= publication_columns(Publication.PUBLISHED)
    return columns


def count_undecided(reader: Reader) -> int:
    """Motifs in use of which nobody has said whether they are published."""
    rows = reader.rows("SELECT publication_undecided FROM motif WHERE status <> 'withdrawn'")
    return sum(1 for row in rows if row["publication_undecided"])


def count_unpublished(reader: Reader) -> int:
    """Motifs in use that are not shown outside the office."""
    rows = reader.rows("SELECT published, publication_undecided FROM motif WHERE status <> 'withdrawn'")
    return sum(1 for row in rows if not is_published(row))
