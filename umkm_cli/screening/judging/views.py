"""Keeping pictures: the file, its row and its fingerprint, and the view that makes it a record's."""

from collections.abc import Sequence
from pathlib import Path

from sqlmodel import col, select

from umkm_cli.db.tables import StoredFingerprint, View
from umkm_cli.matching.describing.fingerprint_bytes import is_whole
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.attachments import GivenFile, attach
from umkm_cli.registry.pictures.images import keep_original, mend_original, remember
from umkm_cli.screening.judging.pictures import Prepared


def keep_picture(work: Work, picture: Prepared) -> None:
    """File, row and fingerprint of a picture that is registered; each only where it is new, or was damaged."""
    keep_original(work, picture.sha256, picture.picture.format, picture.data)
    remember(work.session, picture.image_row(stored=True))
    keep_fingerprint(work, picture)


def keep_fingerprint(work: Work, picture: Prepared) -> None:
    """The picture's fingerprint by today's extractor, where there is none or what is stored is damaged."""
    row = picture.fingerprint_row()
    known = work.session.get(StoredFingerprint, (row.sha256, row.extractor))
    if known is None:
        work.session.add(row)
    elif not is_whole(known.data):
        known.data = row.data
        work.session.add(known)
    work.session.flush()


def keep_seen(work: Work, case_id: str, picture: Prepared) -> None:
    """Keep the picture that a case is about, as its evidence."""
    keep_picture(work, picture)
    given = GivenFile(picture.data, Path(picture.filename).name, picture.picture)
    attach(work, "case", case_id, "seen", given)


def add_views(work: Work, pictures: Sequence[Prepared], column: str, record_id: str) -> list[tuple[View, Prepared]]:
    """Of `pictures` those that the record did not have, each with its new view; the files of the others are mended.

    `column` is where a view names its record: `motif_id`, `product_id` or `heritage_id`.
    """
    known = set(work.session.exec(select(View.sha256).where(col(getattr(View, column)) == record_id)))
    new = {picture.sha256: picture for picture in pictures if picture.sha256 not in known}
    for picture in pictures:
        if picture.sha256 in known:
            mend_original(work, picture.sha256, picture.data)
    return [
        (_keep(work, picture, column, record_id, position), picture)
        for position, picture in enumerate(new.values(), len(known))
    ]


def _keep(work: Work, picture: Prepared, column: str, record_id: str, position: int) -> View:
    keep_picture(work, picture)
    view = View(sha256=picture.sha256, position=position, filename=picture.filename)
    setattr(view, column, record_id)
    work.created("view", view)
    return view
