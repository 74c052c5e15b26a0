"""What can explain a match without copying: the same maker, a licence, a tradition, an earlier decision."""

from dataclasses import dataclass, field
from datetime import date

from umkm_cli import clock
from umkm_cli.db.reading import Reader
from umkm_cli.matching.engine import Match
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.registry.cases.decisions import standing_decisions
from umkm_cli.registry.records.licence_scope import Use, valid_licences
from umkm_cli.screening.judging.decided import Decisions
from umkm_cli.screening.judging.judge import Excuse, Explained, OutOfScope
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.judging.registered import RegisteredDesigns, Standing
from umkm_cli.screening.judging.traditions import Traditions
from umkm_cli.settings import Settings


@dataclass(frozen=True)
class Sender:
    """Who the picture comes from, where that is known, and what the design is used for."""

    vendor_id: str | None = None
    use: Use = field(default_factory=Use)


class Excuses:
    """Asked in the order own, licensed, decided, heritage; read once, so that threads can ask."""

    def __init__(
        self, settings: Settings, reader: Reader, today: date, traditions: Traditions, thresholds: Thresholds
    ) -> None:
        self._licences = valid_licences(reader, today.isoformat())
        self._decisions = Decisions(settings, standing_decisions(reader), thresholds)
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
            or self._decided(match, prepared, sender, found_in)
            or self._heritage(match, prepared, found_in)
        )

    def out_of_scope(self, standing: Standing, sender: Sender) -> OutOfScope | None:
        """Why the sender's licence does not cover the use; of several, the one that lacks the least. None without one.

        For a match that nothing explains.
        """
        found = [
            OutOfScope(licence.number, licence.unstated(sender.use), licence.exceeded(sender.use))
            for licence in self._licences.get((standing.motif_id, sender.vendor_id or ""), ())
        ]
        return min(found, key=lambda licence: (len(licence.exceeded), len(licence.unstated)), default=None)

    def _licensed(self, standing: Standing, sender: Sender) -> Explained | None:
        """What a licence restricts must be known of the use and be within it."""
        for licence in self._licences.get((standing.motif_id, sender.vendor_id or ""), ()):
            if licence.covers(sender.use):
                return Explained(Excuse.LICENSED, licence.number, licence.valid_to)
        return None

    def _decided(
        self, match: Match, prepared: Prepared, sender: Sender, found_in: RegisteredDesigns
    ) -> Explained | None:
        decision = self._decisions.about(match, prepared, sender.vendor_id, found_in)
        return None if decision is None else Explained(Excuse.DECIDED, decision.outcome, decision.at)

    def _heritage(self, match: Match, prepared: Prepared, found_in: RegisteredDesigns) -> Explained | None:
        name = self._traditions.explaining(
            match,
            found_in.fingerprints[match.key],
            query_rgb=lambda: prepared.picture.rgb,
            motif_rgb=lambda: found_in.originals.pixels(match.key),
        )
        return None if name is None else Explained(Excuse.HERITAGE, name)


def excuses_of_today(settings: Settings, reader: Reader, designs: RegisteredDesigns, thresholds: Thresholds) -> Excuses:
    """For matches with `designs`, which must have been refreshed."""
    traditions = Traditions(settings, thresholds)
    traditions.refresh(reader, designs.index)
    return Excuses(settings, reader, clock.today(), traditions, thresholds)
