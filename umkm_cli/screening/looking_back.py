"""Motifs that are registered after somebody's picture was checked: past checks are looked at once more.

After a registration is committed, its new views (`view.looked_back` is false) are compared with the fingerprints of
the pictures that were checked, without the database's lock; what is found becomes a case about the motif, in one short
transaction that also marks the views. So a run that was stopped is made up for by whoever looks back next.

A check keeps no picture. Nothing can be looked at closely, then: only what agrees plainly by fingerprints is found, and
whether a tradition explains it is told by keypoints alone.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from sqlmodel import col, select

from umkm_cli.db.reading import Reader
from umkm_cli.db.tables import CaseMatch, View
from umkm_cli.matching.engine import Match
from umkm_cli.matching.engine import screen as screen_picture
from umkm_cli.matching.features import Rgb
from umkm_cli.matching.fingerprint import Fingerprint
from umkm_cli.matching.gallery import Gallery, Originals, Registered
from umkm_cli.matching.hashes import distance_bits
from umkm_cli.matching.thresholds import DEFAULT, Thresholds
from umkm_cli.matching.turned import turned
from umkm_cli.registry.cases import Agreement, CaseKind, open_case
from umkm_cli.registry.designs import Design
from umkm_cli.registry.index import IndexState, serving
from umkm_cli.registry.office import Office, Work
from umkm_cli.registry.past_checks import (
    PastCheck,
    checks_of,
    count_past,
    kept_since,
    past_fingerprints,
    remove_outlived,
)
from umkm_cli.screening.documents import match_document
from umkm_cli.screening.excuses import Sender, excuses_of_today
from umkm_cli.screening.judge import JudgedMatch
from umkm_cli.screening.pictures import Prepared
from umkm_cli.screening.registered import RegisteredDesigns, Standing

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


@dataclass(frozen=True)
class _NewView:
    """A view that no past check was compared with, the motif it shows and whose that is."""

    view_id: str
    motif_id: str
    vendor_id: str
    fingerprint: Fingerprint


@dataclass(frozen=True)
class _Found:
    """A view that agrees with a checked picture; in `match` that picture is the query."""

    view: _NewView
    sha256: str
    match: Match


def look_back(office: Office, progress: Callable[[int], None] = lambda _: None) -> list[FoundLater]:
    """Compare views that are new with past checks, and remove fingerprints that were kept long enough.

    `progress` is told how many views are done; the cases about them are committed. Raises `UmkmError` where the
    registry cannot be used.
    """
    remove_outlived(office)
    since = kept_since(office.settings)
    found: list[FoundLater] = []
    past: _Past | None = None
    done = 0
    while views := _waiting(office, BATCH):
        past = past or _Past(office, since)
        found += _commit(office, views, since, _compared(views, past))
        done += len(views)
        progress(done)
    return found


def count_waiting(office: Office) -> int:
    """How many views no past check was compared with yet."""
    with office.reading() as reader:
        return int(reader.value(f"SELECT count(*) {_WAITING}", **serving(IndexState())[1]))


_WAITING = f"""
    FROM view JOIN motif ON motif.id = view.motif_id JOIN fingerprint ON {serving(IndexState())[0]}
    WHERE NOT view.looked_back AND motif.status <> 'withdrawn'
"""


def _waiting(office: Office, most: int) -> list[_NewView]:
    with office.reading() as reader:
        rows = reader.rows(
            "SELECT view.id AS view_id, motif.id AS motif_id, motif.vendor_id AS vendor_id, fingerprint.data AS data "
            f"{_WAITING} ORDER BY motif.id, view.id LIMIT :most",
            most=most,
            **serving(IndexState())[1],
        )
    return [_NewView(fingerprint=Fingerprint.from_bytes(bytes(row.pop("data"))), **row) for row in rows]


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
                Registered(row["sha256"], row["sha256"], "", Fingerprint.from_bytes(bytes(row["data"])))
                for row in rows
                if row["data"] is not None
            )
            if self.count <= CHUNK:
                self._only = gallery
            yield gallery


def _compared(views: Sequence[_NewView], past: _Past) -> list[_Found]:
    found: list[_Found] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for gallery in past.galleries():
            for some in pool.map(partial(_agreeing, gallery, past.thresholds), views):
                found += some
    return found


def _agreeing(gallery: Gallery, thresholds: Thresholds, view: _NewView) -> list[_Found]:
    """A picture that is found often is asked for again with more candidates: all of its checks belong in the case."""
    while True:
        most = thresholds.candidates
        found = screen_picture(view.fingerprint, gallery, thresholds, top=most, thorough=False).matches
        passing = [match for match in found if match.passes]
        if len(passing) < _MANY * most or most >= len(gallery):
            break
        thresholds = replace(thresholds, candidates=4 * most)
    return [
        _Found(view, match.key, turned(match, key=view.view_id, motif=view.motif_id, owner=view.vendor_id))
        for match in passing
    ]


def _commit(office: Office, views: Sequence[_NewView], since: str, found: Sequence[_Found]) -> list[FoundLater]:
    cases: list[FoundLater] = []
    by_motif: dict[str, list[_Found]] = {}
    for item in found:
        by_motif.setdefault(item.view.motif_id, []).append(item)
    ids = [view.view_id for view in views]
    judge = _Judge(office, since) if found else None
    about = [(judge.standing_of(of_motif), judge.news(of_motif)) for of_motif in by_motif.values()] if judge else []
    with office.work() as work:
        unmarked = work.session.exec(select(View).where(col(View.id).in_(ids), col(View.looked_back).is_(False))).all()
        fresh = {view.id for view in unmarked}
        for standing, news in about:
            case = _open(work, standing, [item for item in news if item.view_id in fresh])
            cases += [case] if case else []
        for view in unmarked:
            view.looked_back = True
            work.session.add(view)
    return cases


@dataclass(frozen=True)
class _News:
    """What nobody has seen: a checked picture that shows a view, as the case will say it."""

    view_id: str
    check_id: str
    agreement: Agreement
    subject: str


class _Judge:
    """Which of what was found is news: the registry, the licences and the decisions as they are now."""

    def __init__(self, office: Office, since: str) -> None:
        self._since = since
        self._office = office
        self._designs = RegisteredDesigns(office.settings)
        with office.reading() as reader:
            self._designs.refresh(reader)
            self._excuses = excuses_of_today(office.settings, reader, self._designs, DEFAULT)
        self._designs.originals = Originals(lambda _: None)  # the other side has no pixels to lay beside them

    def standing_of(self, found: Sequence[_Found]) -> Standing:
        return self._designs.standing[found[0].view.view_id]

    def news(self, found: Sequence[_Found]) -> list[_News]:
        """Of one motif: each picture once, with its strongest agreement, strongest first."""
        best: dict[str, _Found] = {}
        for item in sorted(found, key=lambda item: (-item.match.score, item.sha256, item.match.key)):
            best.setdefault(item.sha256, item)
        with self._office.reading() as reader:
            said = [self._said(reader, item) for item in best.values()]
        return [news for news in said if news is not None]

    def _said(self, reader: Reader, item: _Found) -> _News | None:
        """None where a case names the two already, the picture is the owner's, or something explains each check."""
        standing = self._designs.standing.get(item.match.key)
        if standing is None or _named(reader, standing, item.sha256) or _is_owners(reader, standing, item.sha256):
            return None
        row = reader.one("SELECT format, phash, dhash FROM image WHERE sha256 = :sha256", sha256=item.sha256)
        data = _kept_data(reader, item.sha256)
        if row is None or data is None:
            return None
        picture = PastPicture(b"", item.sha256, kept=Fingerprint.from_bytes(data))
        for check in checks_of(reader, item.sha256, self._since):
            if check.vendor_id == standing.vendor_id or standing.code in check.named:
                continue
            if self._excuses.explain(item.match, picture, Sender(check.vendor_id), self._designs) is None:
                distance = {name: distance_bits(row[name], getattr(standing, name)) for name in ("phash", "dhash")}
                return _news(JudgedMatch(item.match, standing, None, distance), item.sha256, check)
        return None


@dataclass(frozen=True)
class PastPicture(Prepared):
    """A picture that was only checked: its fingerprint is `kept`, the file is not."""

    kept: Fingerprint | None = None

    @property
    def rgb(self) -> Rgb | None:
        return None

    @cached_property
    def fingerprint(self) -> Fingerprint:
        assert self.kept is not None, "made with it"
        return self.kept


def _kept_data(reader: Reader, sha256: str) -> bytes | None:
    served, extractors = serving(IndexState())
    data = reader.value(
        f"SELECT fingerprint.data FROM (SELECT :sha256 AS sha256) AS view JOIN fingerprint ON {served}",
        sha256=sha256,
        **extractors,
    )
    return None if data is None else bytes(data)


def _named(reader: Reader, standing: Standing, sha256: str) -> bool:
    """Whether a case names the motif and the picture."""
    found = reader.one(
        "SELECT 1 FROM case_match WHERE motif_id = :motif AND sha256 = :sha256",
        motif=standing.record_id,
        sha256=sha256,
    )
    return found is not None


def _is_owners(reader: Reader, standing: Standing, sha256: str) -> bool:
    """Whether the picture is one that the motif's owner has registered, of whatever."""
    found = reader.one(
        "SELECT 1 FROM view LEFT JOIN motif ON motif.id = view.motif_id LEFT JOIN product ON product.id = "
        "view.product_id WHERE view.sha256 = :sha256 AND :vendor IN (motif.vendor_id, product.vendor_id)",
        sha256=sha256,
        vendor=standing.vendor_id,
    )
    return found is not None


def _news(judged: JudgedMatch, sha256: str, check: PastCheck) -> _News:
    seen: dict[str, Any] = {"check": {"at": check.at, "image": check.image, "vendor": check.vendor}}
    agreement = Agreement(Design.MOTIF, judged.standing.record_id, sha256, match_document(judged) | seen)
    return _News(judged.match.key, check.id, agreement, check.image)


def _open(work: Work, standing: Standing, news: Sequence[_News]) -> FoundLater | None:
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
