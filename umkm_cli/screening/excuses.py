"""What can explain a match without copying: the same maker, a licence, a tradition, an earlier decision."""

from dataclasses import dataclass
from datetime import date

from umkm_cli.db.reading import Reader
from umkm_cli.matching.engine import Match
from umkm_cli.registry.cases import GROWTH, standing_decisions
from umkm_cli.registry.licences import valid_licences
from umkm_cli.screening.judge import Excuse, Explained
from umkm_cli.screening.pictures import Prepared
from umkm_cli.screening.registered import RegisteredDesigns, Standing
from umkm_cli.screening.traditions import Traditions


@dataclass(frozen=True)
class Sender:
    """Who the picture comes from, where that is known, and the technique it was made with."""

    vendor_id: str | None = None
    technique: str | None = None


class Excuses:
    """Asked in the order own, licensed, decided, heritage; read once, so that threads can ask."""

    def __init__(self, reader: Reader, today: date, traditions: Traditions) -> None:
        self._licences = valid_licences(reader, today.isoformat())
        self._decisions = standing_decisions(reader)
        self._traditions = traditions

    def explain(
        self, match: Match, prepared: Prepared, sender: Sender, found_in: RegisteredDesigns
    ) -> Explained | None:
        """What explains a match that passes."""
        standing = found_in.standing[match.key]
        if sender.vendor_id is not None and sender.vendor_id == standing.vendor_id:
            return Explained(Excuse.OWN)
        return (
            self._licensed(standing, sender)
            or self._decided(match, standing, prepared.sha256)
            or self._heritage(match, prepared, found_in)
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

    def _heritage(self, match: Match, prepared: Prepared, found_in: RegisteredDesigns) -> Explained | None:
        name = self._traditions.explaining(
            match,
            found_in.fingerprints[match.key],
            query_rgb=lambda: prepared.picture.rgb,
            motif_rgb=lambda: found_in.originals.pixels(match.key),
        )
        return None if name is None else Explained(Excuse.HERITAGE, name)
