"""Keeping pictures: the file, its row and its fingerprint, and the view that makes it a record's."""

from collections.abc import Sequence
from pathlib import Path

from sqlmodel import col, select

from umkm_cli.db.tables import Fingerprint, View
from umkm_cli.registry.attachments import GivenFile, attach
from umkm_cli.registry.images import keep_file, remember
from umkm_cli.registry.office import Work
from umkm_cli.screening.pictures import Prepared


def keep_picture(work: Work, picture: Prepared) -> None:
    """File, row and fingerprint of a picture that is registered; each only where it is new."""
    keep_file(work.settings, picture.sha256, picture.extension, picture.data)
    remember(work.session, picture.image_row(stored=True))
    row = picture.fingerprint_row()
    if work.session.get(Fingerprint, (row.sha256, row.extractor)) is None:
        work.session.add(row)
        work.session.flush()


def keep_seen(work: Work, case_id: str, picture: Prepared) -> None:
    """Keep the picture that a case is about, as its evidence."""
    keep_picture(work, picture)
    given = GivenFile(picture.data, Path(picture.filename).name, picture.picture)
    attach(work, "case", case_id, "seen", given)


def add_views(work: Work, pictures: Sequence[Prepared], column: str, record_id: str) -> list[tuple[View, Prepared]]:
    """Of `pictures` those that the record did not have, each with its new view.

    `column` is where a view names its record: `motif_id`, `product_id` or `heritage_id`.
    """
    known = set(work.session.exec(select(View.sha256).where(col(getattr(View, column)) == record_id)))
    new = {picture.sha256: picture for picture in pictures if picture.sha256 not in known}
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
