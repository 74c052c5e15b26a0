"""Motifs that are registered after somebody's picture was checked: past checks are looked at once more.

After a registration is committed, its new views (`view.looked_back` is false) are compared with the fingerprints of
the pictures that were checked, without the database's lock; what is found becomes a case about the motif, in one short
transaction that also marks the views. So a run that was stopped is made up for by whoever looks back next.

A check keeps no picture. Nothing can be looked at closely, then: only what agrees plainly by fingerprints is found, and
whether a tradition explains it is told by keypoints alone.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from sqlmodel import col, select

from umkm_cli.cores import cores
from umkm_cli.db.reading import Row
from umkm_cli.db.tables import CaseMatch, View
from umkm_cli.matching.describing.fingerprint import Fingerprint
from umkm_cli.matching.engine import screen as screen_picture
from umkm_cli.matching.gallery import Gallery, Registered
from umkm_cli.matching.thresholds import DEFAULT, Thresholds
from umkm_cli.matching.turned import turned
from umkm_cli.registry.cases.case import Agreement, CaseKind, open_case
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.generations import IndexState, serving
from umkm_cli.registry.pictures.indexing import keep_index
from umkm_cli.registry.pictures.past_checks import (
    count_past,
    kept_since,
    past_fingerprints,
    remove_outlived,
)
from umkm_cli.screening.judging.registered import Standing
from umkm_cli.screening.later.lookback_news import Found, News, Newsroom, NewView

BATCH = 50
"""Views that are compared before what was found is committed."""
CHUNK = 1_000
"""Checked pictures in memory at once, about 70 MB."""
_MANY = 0.5
"""Where so much of what was looked at agrees, there may be more of it."""


@dataclass(frozen=True)
class FoundLater:
    """A case that was opened, and the motif that it is about: codes."""

    case: str
    motif: str


def look_back(office: Office, progress: Callable[[int], None] = lambda _: None) -> list[FoundLater]:
    """Compare views that are new with past checks, and remove fingerprints that were kept long enough.

    What else follows a registration comes first: the index takes the new views in.

    `progress` is told how many views are done; the cases about them are committed. Raises `UmkmError` where the
    registry cannot be used.
    """
    keep_index(office)
    remove_outlived(office)
    since = kept_since(office)
    found: list[FoundLater] = []
    past: _Past | None = None
    done, behind = 0, ("", "")
    while rows := _waiting(office, behind, BATCH):
        behind = rows[-1]["motif_id"], rows[-1]["view_id"]
        views = _readable(rows)
        if not views:
            continue
        past = past or _Past(office, since)
        found += _commit(office, views, since, _compared(views, past))
        done += len(views)
        progress(done)
    return found


def count_waiting(office: Office) -> int:
    """How many views no past check was compared with yet."""
    with office.reading() as reader:
        return int(reader.value(f"SELECT count(*) {_WAITING}", motif="", view="", **serving(IndexState())[1]))


_WAITING = f"""
    FROM view JOIN motif ON motif.id = view.motif_id JOIN fingerprint ON {serving(IndexState())[0]}
    WHERE NOT view.looked_back AND motif.status <> 'withdrawn'
        AND (motif.id > :motif OR (motif.id = :motif AND view.id > :view))
"""


def _waiting(office: Office, behind: tuple[str, str], most: int) -> list[Row]:
    """Views with their fingerprints, in order, behind a motif and its view."""
    with office.reading() as reader:
        return reader.rows(
            "SELECT view.id AS view_id, motif.id AS motif_id, motif.vendor_id AS vendor_id, fingerprint.data AS data "
            f"{_WAITING} ORDER BY motif.id, view.id LIMIT :most",
            most=most,
            motif=behind[0],
            view=behind[1],
            **serving(IndexState())[1],
        )


def _readable(rows: Sequence[Row]) -> list[NewView]:
    """A view whose fingerprint is damaged waits until `motif reindex` has made a new one."""
    read = [(Fingerprint.stored(row["data"]), row) for row in rows]
    return [
        NewView(row["view_id"], row["motif_id"], row["vendor_id"], fingerprint)
        for fingerprint, row in read
        if fingerprint is not None
    ]


class _Past:
    """The pictures that were checked, as galleries of bounded size; a single one is made once."""

    def __init__(self, office: Office, since: str) -> None:
        self._office = office
        self._since = since
        with office.reading() as reader:
            self.count = count_past(reader, since)
        self._only: Gallery | None = None

    @property
    def thresholds(self) -> Thresholds:
        """How strong an agreement must be depends on how many pictures there are, not on how many lie in a gallery."""
        return replace(DEFAULT, strength=DEFAULT.needed(self.count), calibrated_views=max(self.count, 1))

    def galleries(self) -> Iterator[Gallery]:
        if self._only is not None:
            yield self._only
            return
        after = "" if self.count else None
        while after is not None:
            with self._office.reading() as reader:
                rows = past_fingerprints(reader, self._since, after, CHUNK)
            after = rows[-1]["sha256"] if len(rows) == CHUNK else None
            gallery = Gallery(
                Registered(row["sha256"], row["sha256"], "", fingerprint)
                for row in rows
                if (fingerprint := Fingerprint.stored(row["data"])) is not None
            )
            if self.count <= CHUNK:
                self._only = gallery
            yield gallery


def _compared(views: Sequence[NewView], past: _Past) -> list[Found]:
    found: list[Found] = []
    with ThreadPoolExecutor(cores()) as pool:
        for gallery in past.galleries():
            for some in pool.map(partial(_agreeing, gallery, past.thresholds), views):
                found += some
    return found


def _agreeing(gallery: Gallery, thresholds: Thresholds, view: NewView) -> list[Found]:
    """A picture that is found often is asked for again with more candidates: all of its checks belong in the case."""
    while True:
        most = thresholds.candidates
        found = screen_picture(view.fingerprint, gallery, thresholds, top=most, thorough=False).matches
        passing = [match for match in found if match.passes]
        if len(passing) < _MANY * most or most >= len(gallery):
            break
        thresholds = replace(thresholds, candidates=4 * most)
    return [
        Found(view, match.key, turned(match, key=view.view_id, motif=view.motif_id, owner=view.vendor_id))
        for match in passing
    ]


def _commit(office: Office, views: Sequence[NewView], since: str, found: Sequence[Found]) -> list[FoundLater]:
    cases: list[FoundLater] = []
    by_motif: dict[str, list[Found]] = {}
    for item in found:
        by_motif.setdefault(item.view.motif_id, []).append(item)
    ids = [view.view_id for view in views]
    judge = Newsroom(office, since) if found else None
    told = [(judge.standing_of(of_motif), judge.news(of_motif)) for of_motif in by_motif.values()] if judge else []
    about = [(standing, news) for standing, news in told if standing is not None]
    with office.work() as work:
        unmarked = work.session.exec(select(View).where(col(View.id).in_(ids), col(View.looked_back).is_(False))).all()
        fresh = {view.id for view in unmarked}
        for standing, news in about:
            case = _open(work, standing, [item for item in news if item.view_id in fresh])
            cases += [case] if case else []
        for view in unmarked:
            work.changed("view", view, {"looked_back": True}, "look_back")
    return cases


def _open(work: Work, standing: Standing, news: Sequence[News]) -> FoundLater | None:
    """Asked again under the lock: another run may have opened a case about the same."""
    unnamed = [item for item in news if not _is_named(work, item.agreement)]
    if not unnamed:
        return None
    case = open_case(
        work,
        CaseKind.LOOKBACK,
        [item.agreement for item in unnamed],
        motif_id=standing.record_id,
        check_id=unnamed[0].check_id,
        subject=unnamed[0].subject,
    )
    return FoundLater(case.code, standing.code)


def _is_named(work: Work, agreement: Agreement) -> bool:
    query = select(CaseMatch.id).where(
        col(CaseMatch.motif_id) == agreement.record_id, col(CaseMatch.sha256) == agreement.sha256
    )
    return work.session.exec(query).first() is not None
