"""What a case is told of a match, so that a decision about it can be found again."""

from umkm_cli.registry.cases.case import Agreement
from umkm_cli.registry.cases.decisions import counterpart
from umkm_cli.screening.judging.documents import match_document
from umkm_cli.screening.judging.judge import JudgedMatch
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.judging.registered import Standing


def agreement_with(judged: JudgedMatch, picture: Prepared) -> Agreement:
    """That `picture` agrees with the registered design of the match."""
    standing = judged.standing
    return Agreement(standing.kind, standing.record_id, picture.sha256, dict(match_document(judged)))


def both_ways(judged: JudgedMatch, picture: Prepared, new: Standing) -> tuple[Agreement, Agreement]:
    """The same, and its counterpart: that the registered design agrees with `new`, which `picture` is a view of.

    A decision about two designs holds whichever of them is the one that is asked about later.
    """
    there = agreement_with(judged, picture)
    view = {"sha256": new.sha256, "index": new.position}
    match = counterpart(there.match, code=new.code, title=new.title, ref=new.ref, view=view)
    back = Agreement(new.kind, new.record_id, judged.standing.sha256, match)
    return there, back
