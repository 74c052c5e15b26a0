"""The evidence as one page for people: it opens without a network, in any browser, and prints on a few sheets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from umkm_cli.report.evidence.album import Album
from umkm_cli.report.evidence.figures import figures_of
from umkm_cli.report.evidence.sections import SidesPart, frame_of, sections_of
from umkm_cli.report.evidence.timeline import SHAPES, Timeline, timeline_of
from umkm_cli.report.kit.html import whole_page
from umkm_cli.screening.evidence.documents import evidence_document
from umkm_cli.screening.evidence.kinds import Evidence

OVERLAY_PERCENT = 50


@dataclass(frozen=True)
class EvidencePage:
    """`parts`: texts that stand in `html` exactly once each, `evidence` (JSON) and the Base64 of each picture."""

    html: str
    parts: Mapping[str, str]


def evidence_page(evidence: Evidence, key_id: str | None = None) -> EvidencePage:
    """The page in the user's language, of the edition that `evidence` is (see `for_the_parties`).

    `key_id` names the office's key where the page is going to be signed.
    """
    from markupsafe import Markup

    album = Album()
    frame, sections = frame_of(evidence), sections_of(evidence, key_id)
    stored = _as_json(evidence_document(evidence))
    html = whole_page(
        "evidence",
        frame.title,
        scripted=True,
        frame=frame,
        sections=sections,
        figures=figures_of(sections, album),
        kept=album.kept,
        percent=OVERLAY_PERCENT,
        timeline_of=_timeline_of,
        shapes=SHAPES,
        stored=Markup(stored),
    )
    return EvidencePage(html, {"evidence": stored, **album.parts})


def _timeline_of(part: SidesPart) -> Timeline | None:
    return timeline_of(part.sides)


def _as_json(stored: Mapping[str, object]) -> str:
    """As it can stand in a script element: no markup begins in it."""
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
