"""The registry against itself: what registered motifs share that no case names, once all is fingerprinted anew."""

from collections.abc import Callable, Sequence

from sqlmodel import col, or_, select

from umkm_cli.db.reading import Reader
from umkm_cli.db.tables import CaseMatch, View
from umkm_cli.matching.engine import Match
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.matching.turned import turned
from umkm_cli.registry.cases.case import CaseKind, open_case
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.pictures.images import read_original
from umkm_cli.registry.records.licence_scope import read_use
from umkm_cli.screening.asking.duplicates import DuplicatePair, find_duplicates
from umkm_cli.screening.judging.agreements import both_ways
from umkm_cli.screening.judging.excuses import Sender, excuses_of_today
from umkm_cli.screening.judging.judge import JudgedMatch
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.judging.registered import RegisteredDesigns, Standing
from umkm_cli.screening.later.looking_back import FoundLater
from umkm_cli.settings import Settings


def rescreen(office: Office, progress: Callable[[int], None] = lambda _: None) -> list[FoundLater]:
    """Cases about motifs of different vendors that match, that no case names and nothing explains.

    One for each motif that was registered after one that it matches, in one transaction each, so that a run that was
    stopped is made up for by the next. Both stay registered. `progress` is told how many views are done.
    """
    pairs = [pair for pair in find_duplicates(office, progress) if pair.a.vendor_id != pair.b.vendor_id]
    if not pairs:
        return []
    judge = _Judge(office)
    by_later: dict[str, list[DuplicatePair]] = {}
    for pair in pairs:
        later = max((pair.a, pair.b), key=lambda standing: standing.code)
        by_later.setdefault(later.record_id, []).append(pair if later is pair.a else _turned(pair))
    found = [_open(office, [p for p in about if not judge.explains(p)]) for about in by_later.values()]
    return [case for case in found if case is not None]


class _Judge:
    """What explains that two registered motifs match, asked for both of their makers."""

    def __init__(self, office: Office) -> None:
        self._settings = office.settings
        self._designs = RegisteredDesigns(office.settings)
        with office.reading() as reader:
            self._designs.refresh(reader)
            self._excuses = excuses_of_today(office.settings, reader, self._designs, DEFAULT)
            self._techniques = _techniques(reader)

    def explains(self, pair: DuplicatePair) -> bool:
        back = _turned(pair)
        return self._explains(pair.a, pair.match) or self._explains(back.a, back.match)

    def _explains(self, query: Standing, match: Match) -> bool:
        sender = Sender(query.vendor_id, read_use(self._techniques.get(query.record_id)))
        picture = stored_picture(self._settings, query)
        return picture is not None and self._excuses.explain(match, picture, sender, self._designs) is not None


def stored_picture(settings: Settings, standing: Standing) -> Prepared | None:
    """The picture of a registered view; None where its file is gone, or another lies in its place."""
    data = read_original(settings, standing.sha256, standing.format)
    return None if isinstance(data, Unfit) else Prepared(data, standing.sha256)


def _turned(pair: DuplicatePair) -> DuplicatePair:
    a = pair.a
    return DuplicatePair(pair.b, a, turned(pair.match, key=a.view_id, motif=a.record_id, owner=a.vendor_id))


def _techniques(reader: Reader) -> dict[str, str | None]:
    return {row["id"]: row["technique"] for row in reader.rows("SELECT id, technique FROM motif")}


def _open(office: Office, pairs: Sequence[DuplicatePair]) -> FoundLater | None:
    """A case about `a`, the later one of all these pairs."""
    if not pairs:
        return None
    with office.work() as work:
        news = [pair for pair in pairs if not _named(work, pair.a, pair.b)]
        if not news:
            return None
        later = news[0].a
        agreements = [
            agreement
            for pair in news
            for agreement in both_ways(
                JudgedMatch(pair.match, pair.b, None, pair.document()["hash_distance_bits"]),
                Prepared(b"", pair.a.sha256),
                pair.a,
            )
        ]
        case = open_case(work, CaseKind.LOOKBACK, agreements, motif_id=later.record_id, subject=later.title)
    return FoundLater(case.code, later.code)


def _named(work: Work, a: Standing, b: Standing) -> bool:
    """Whether a case names one of the two with a picture of the other."""
    pictures = {
        standing.record_id: select(View.sha256).where(col(View.motif_id) == standing.record_id) for standing in (a, b)
    }
    query = select(CaseMatch.id).where(
        or_(
            (col(CaseMatch.motif_id) == a.record_id) & col(CaseMatch.sha256).in_(pictures[b.record_id]),
            (col(CaseMatch.motif_id) == b.record_id) & col(CaseMatch.sha256).in_(pictures[a.record_id]),
        )
    )
    return work.session.exec(query).first() is not None
