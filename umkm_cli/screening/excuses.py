"""What can explain a match without copying: the same maker, a licence, a tradition, an earlier decision."""

from dataclasses import dataclass
from datetime import date

from umkm_cli.db.reading import Reader
from umkm_cli.matching.engine import Match
from umkm_cli.matching.fingerprint import Fingerprint
from umkm_cli.matching.heritage import explained_fraction
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.registry.cases import GROWTH, standing_decisions
from umkm_cli.registry.index import IndexState, serving
from umkm_cli.registry.licences import valid_licences
from umkm_cli.screening.judge import Excuse, Explained
from umkm_cli.screening.registered import Standing


@dataclass(frozen=True)
class Sender:
    """Who the picture comes from, where that is known, and the technique it was made with."""

    vendor_id: str | None = None
    technique: str | None = None


class Excuses:
    """Asked in the order own, licensed, decided, heritage; read once, so that threads can ask."""

    def __init__(self, reader: Reader, thresholds: Thresholds, today: date, index: IndexState) -> None:
        self._thresholds = thresholds
        self._licences = valid_licences(reader, today.isoformat())
        self._decisions = standing_decisions(reader)
        self._references = _references(reader, index)

    def explain(
        self, match: Match, standing: Standing, sha256: str, sender: Sender, motif: Fingerprint
    ) -> Explained | None:
        """What explains a match that passes; `motif` is the fingerprint of the view it was found in."""
        if sender.vendor_id is not None and sender.vendor_id == standing.vendor_id:
            return Explained(Excuse.OWN)
        return (
            self._licensed(standing, sender) or self._decided(match, standing, sha256) or self._heritage(match, motif)
        )

    def _licensed(self, standing: Standing, sender: Sender) -> Explained | None:
        """Where a licence names techniques, the one used must be among them; an unknown one is not covered."""
        for licence in self._licences.get((standing.motif_id, sender.vendor_id or ""), ()):
            if not licence.techniques or sender.technique in licence.techniques:
                return Explained(Excuse.LICENSED, licence.number, licence.valid_to)
        return None

    def _decided(self, match: Match, standing: Standing, sha256: str) -> Explained | None:
        """A person decided on this picture and this motif, and the agreement has not grown since."""
        for decision in self._decisions.get((standing.motif_id, sha256), ()):
            if match.query_area <= decision.query_area * GROWTH and match.motif_area <= decision.motif_area * GROWTH:
                return Explained(Excuse.DECIDED, decision.outcome, decision.at)
        return None

    def _heritage(self, match: Match, motif: Fingerprint) -> Explained | None:
        if not self._references:
            return None
        prints = [reference for _, reference in self._references]
        region = match.motif_region
        if explained_fraction(motif, region, prints, self._thresholds) < self._thresholds.heritage_cover:
            return None
        names = {name for name, _ in self._references}
        best = max(sorted(names), key=lambda name: self._explains(motif, match, name))
        return Explained(Excuse.HERITAGE, best)

    def _explains(self, motif: Fingerprint, match: Match, name: str) -> float:
        prints = [reference for known, reference in self._references if known == name]
        return explained_fraction(motif, match.motif_region, prints, self._thresholds)


def _references(reader: Reader, index: IndexState) -> list[tuple[str, Fingerprint]]:
    served, extractors = serving(index)
    rows = reader.rows(
        "SELECT heritage.name AS name, fingerprint.data AS data FROM heritage "
        f"JOIN view ON view.heritage_id = heritage.id JOIN fingerprint ON {served} "
        "WHERE heritage.status = 'active' ORDER BY heritage.id, view.position",
        **extractors,
    )
    return [(row["name"], Fingerprint.from_bytes(bytes(row["data"]))) for row in rows]
