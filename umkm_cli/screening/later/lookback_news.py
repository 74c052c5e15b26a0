"""Of past checks that agree with a new motif those that are news: in no case yet, not the owner's, not explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.describing.fingerprint import Fingerprint
from umkm_cli.matching.describing.hashes import distance_bits
from umkm_cli.matching.engine import Match
from umkm_cli.matching.gallery import Originals
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.registry.cases.case import Agreement
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.generations import IndexState, serving
from umkm_cli.registry.pictures.past_checks import PastCheck, checks_of
from umkm_cli.screening.judging.documents import match_document
from umkm_cli.screening.judging.excuses import Sender, excuses_of_today
from umkm_cli.screening.judging.judge import JudgedMatch
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.judging.registered import RegisteredDesigns, Standing

if TYPE_CHECKING:
    from umkm_cli.documents.checks import HashDistanceDocument


@dataclass(frozen=True)
class NewView:
    """A view that no past check was compared with, the motif it shows and whose that is."""

    view_id: str
    motif_id: str
    vendor_id: str
    fingerprint: Fingerprint


@dataclass(frozen=True)
class Found:
    """A view that agrees with a checked picture; in `match` that picture is the query."""

    view: NewView
    sha256: str
    match: Match


@dataclass(frozen=True)
class News:
    """What nobody has seen: a checked picture that shows a view, as the case will say it."""

    view_id: str
    check_id: str
    agreement: Agreement
    subject: str


class Newsroom:
    """Which of what was found is news: the registry, the licences and the decisions as they are now."""

    def __init__(self, office: Office, since: str) -> None:
        self._since = since
        self._office = office
        self._designs = RegisteredDesigns(office.settings)
        with office.reading() as reader:
            self._designs.refresh(reader)
            self._excuses = excuses_of_today(office.settings, reader, self._designs, DEFAULT)
        self._designs.originals = Originals(lambda _: None)  # the other side has no pixels to lay beside them

    def standing_of(self, found: Sequence[Found]) -> Standing | None:
        """None where the view is no longer searched: its motif was withdrawn meanwhile."""
        return self._designs.standing.get(found[0].view.view_id)

    def news(self, found: Sequence[Found]) -> list[News]:
        """Of one motif: each picture once, with its strongest agreement, strongest first."""
        best: dict[str, Found] = {}
        for item in sorted(found, key=lambda item: (-item.match.score, item.sha256, item.match.key)):
            best.setdefault(item.sha256, item)
        with self._office.reading() as reader:
            said = [self._said(reader, item) for item in best.values()]
        return [news for news in said if news is not None]

    def _said(self, reader: Reader, item: Found) -> News | None:
        """None where a case names the two already, the picture is the owner's, or something explains each check."""
        standing = self._designs.standing.get(item.match.key)
        if standing is None or _named(reader, standing, item.sha256) or _is_owners(reader, standing, item.sha256):
            return None
        row = reader.one("SELECT format, phash, dhash FROM image WHERE sha256 = :sha256", sha256=item.sha256)
        kept = _kept_fingerprint(reader, item.sha256)
        if row is None or kept is None:
            return None
        picture = PastPicture(b"", item.sha256, kept=kept)
        for check in checks_of(reader, item.sha256, self._since):
            if check.vendor_id == standing.vendor_id or standing.code in check.named:
                continue
            if self._excuses.explain(item.match, picture, Sender(check.vendor_id), self._designs) is None:
                distance: HashDistanceDocument = {
                    "phash": distance_bits(row["phash"], standing.phash),
                    "dhash": distance_bits(row["dhash"], standing.dhash),
                }
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


def _kept_fingerprint(reader: Reader, sha256: str) -> Fingerprint | None:
    served, extractors = serving(IndexState())
    data = reader.value(
        f"SELECT fingerprint.data FROM (SELECT :sha256 AS sha256) AS view JOIN fingerprint ON {served}",
        sha256=sha256,
        **extractors,
    )
    return Fingerprint.stored(data)


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


def _news(judged: JudgedMatch, sha256: str, check: PastCheck) -> News:
    seen: dict[str, Any] = {"check": {"at": check.at, "image": check.image, "vendor": check.vendor}}
    agreement = Agreement(Design.MOTIF, judged.standing.record_id, sha256, {**match_document(judged), **seen})
    return News(judged.match.key, check.id, agreement, check.image)
