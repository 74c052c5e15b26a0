"""What a report of evidence shows, in its order: one list of typed sections, which the page and the PDF document walk.

A section is added here, with its place in `sections_of`. It is drawn by a template that bears its kind's name,
`templates/evidence/<kind>.html.j2`, and by a function in `pdf_report`; tests and mypy tell where one is lacking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from umkm_cli.i18n import t
from umkm_cli.report.evidence.facts import (
    DISCLAIMERS,
    Fact,
    Said,
    SideRow,
    basis_of,
    decision_sentences,
    file_name,
    heading_of,
    history_rows,
    said_of,
    side_rows,
    title_of,
)
from umkm_cli.report.evidence.numbers import Number, numbers_of
from umkm_cli.report.evidence.shown import ShownPair, brief_columns, brief_row, shown_pairs
from umkm_cli.screening.evidence.kinds import CaseEvidence, CheckEvidence, Evidence
from umkm_cli.screening.evidence.origins import Origin, Shown
from umkm_cli.wording import case_facts

SHOWN = 5
"""Pairs with their pictures; the others stand in a table."""


@dataclass(frozen=True)
class ReportFrame:
    """What stands around the sections: who made the report and when (`made`), for whom it is, and what it is not."""

    title: str
    made: str
    edition: str
    disclaimers: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class VerdictSection:
    kind: ClassVar[str] = "verdict"
    title: str
    said: Said
    note: str


@dataclass(frozen=True)
class CaseSection:
    """`decisions` are what was decided, and why; `history` is None in an edition that does not tell it."""

    kind: ClassVar[str] = "case"
    title: str
    facts: tuple[Fact, ...]
    decisions: tuple[tuple[str, str], ...]
    undecided: str
    history_title: str
    history: Table | None


@dataclass(frozen=True)
class ContentsSection:
    """Where to find the pairs, by places in the page and what stands there; paper has no links."""

    kind: ClassVar[str] = "contents"
    title: str
    pairs: tuple[tuple[str, str], ...]
    further: tuple[str, str] | None


@dataclass(frozen=True)
class PictureSection:
    """The picture that was checked, where nothing agrees with it; `caption` is its file's name where that is told."""

    kind: ClassVar[str] = "picture"
    title: str
    caption: str
    picture: Shown


@dataclass(frozen=True)
class PicturesPart:
    """Both pictures of a pair with what agrees in them."""

    kind: ClassVar[str] = "pictures"
    title: str
    pair: ShownPair
    note: str | None


@dataclass(frozen=True)
class OverlayPart:
    """The motif laid over the query; `printed` says how it lies there on paper."""

    kind: ClassVar[str] = "overlay"
    title: str
    pair: ShownPair
    note: str
    printed: str


@dataclass(frozen=True)
class NumbersPart:
    kind: ClassVar[str] = "numbers"
    title: str
    columns: tuple[str, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class SidesPart:
    """What is known of both sides: their days on one axis, and facts in rows; `sides` are their names and origins."""

    kind: ClassVar[str] = "sides"
    title: str
    sides: tuple[tuple[str, Origin], tuple[str, Origin]]
    rows: tuple[SideRow, ...]
    note: str


PairPart = PicturesPart | OverlayPart | NumbersPart | SidesPart


@dataclass(frozen=True)
class PairSection:
    """All of one pair, in `parts`; `sentence` is its verdict, None where it is the report's."""

    kind: ClassVar[str] = "pair"
    title: str
    pair: ShownPair
    said: tuple[str, ...]
    sentence: str | None
    parts: tuple[PairPart, ...]

    @property
    def place(self) -> str:
        return _place(self.pair)


@dataclass(frozen=True)
class FurtherSection:
    """The pairs that are not shown in full."""

    kind: ClassVar[str] = "further"
    place: ClassVar[str] = "more"
    title: str
    note: str
    table: Table


@dataclass(frozen=True)
class BasisSection:
    kind: ClassVar[str] = "basis"
    title: str
    facts: tuple[Fact, ...]


Section = VerdictSection | CaseSection | ContentsSection | PictureSection | PairSection | FurtherSection | BasisSection


def frame_of(evidence: Evidence) -> ReportFrame:
    disclaimers = tuple(t(f"evidence.disclaimer.{name}") for name in DISCLAIMERS)
    return ReportFrame(title_of(evidence), *heading_of(evidence), disclaimers)


def sections_of(evidence: Evidence, key_id: str | None = None) -> list[Section]:
    """In the user's language, for the edition that `evidence` is.

    `key_id` names the office's key where the report is going to be signed and says so.
    """
    pairs = shown_pairs(evidence.pairs)
    sections = (
        _verdict(evidence),
        _case(evidence),
        _contents(pairs),
        _picture(evidence),
        *(_pair(pair, alone=len(pairs) == 1) for pair in pairs[:SHOWN]),
        _further(pairs[SHOWN:]),
        _basis(evidence, key_id),
    )
    return [section for section in sections if section is not None]


def _verdict(evidence: Evidence) -> VerdictSection:
    return VerdictSection(t("evidence.verdict"), said_of(evidence), t("evidence.comparison_only"))


def _case(evidence: Evidence) -> CaseSection | None:
    if not isinstance(evidence, CaseEvidence):
        return None
    case = evidence.case
    rows = tuple(history_rows(case))
    columns = (t("evidence.case.when"), t("evidence.case.what"), t("evidence.case.who"))
    return CaseSection(
        t("evidence.case"),
        tuple(Fact(name, str(value)) for name, value in case_facts(case)),
        tuple(decision_sentences(decision) for decision in case["decisions"]),
        t("evidence.case.undecided"),
        t("evidence.case.history"),
        Table(columns, rows) if rows else None,
    )


def _contents(pairs: Sequence[ShownPair]) -> ContentsSection | None:
    if len(pairs) < 2:
        return None
    further = (FurtherSection.place, t("evidence.more")) if len(pairs) > SHOWN else None
    places = tuple((_place(pair), pair.heading) for pair in pairs[:SHOWN])
    return ContentsSection(t("evidence.index"), places, further)


def _picture(evidence: Evidence) -> PictureSection | None:
    if not isinstance(evidence, CheckEvidence) or evidence.pairs:
        return None
    title = t("evidence.the_picture")
    return PictureSection(title, file_name(evidence.picture) or title, evidence.picture)


def _pair(pair: ShownPair, *, alone: bool) -> PairSection:
    parts = (_pictures(pair), _overlay(pair), _numbers(pair), _sides(pair))
    return PairSection(
        f"{pair.number}. {pair.heading}",
        pair,
        tuple(pair.said_below),
        None if alone else pair.sentence,
        tuple(part for part in parts if part is not None),
    )


def _pictures(pair: ShownPair) -> PicturesPart:
    note = t("evidence.pictures.note") if pair.query_rings else None if pair.hidden else t("evidence.pictures.none")
    return PicturesPart(t("evidence.pictures"), pair, note)


def _overlay(pair: ShownPair) -> OverlayPart | None:
    if pair.query.rgb is None or pair.motif.rgb is None or not pair.layers:
        return None
    note, printed = t("evidence.overlay.note", **pair.named), t("evidence.overlay.printed", **pair.named)
    return OverlayPart(t("evidence.overlay"), pair, note, printed)


def _numbers(pair: ShownPair) -> NumbersPart:
    columns = (t("evidence.numbers.what"), t("evidence.numbers.value"), t("evidence.numbers.means"))
    return NumbersPart(t("evidence.numbers"), columns, tuple(numbers_of(pair)))


def _sides(pair: ShownPair) -> SidesPart:
    query, motif = pair.query_name, pair.motif_name
    sides = (query.column, pair.pair.query_origin), (motif.column, pair.pair.motif_origin)
    return SidesPart(t("evidence.sides"), sides, tuple(side_rows(pair)), t("evidence.sides.note"))


def _further(pairs: Sequence[ShownPair]) -> FurtherSection | None:
    if not pairs:
        return None
    table = Table(tuple(brief_columns(pairs)), tuple(brief_row(pair) for pair in pairs))
    return FurtherSection(t("evidence.more"), t("evidence.more.note"), table)


def _basis(evidence: Evidence, key_id: str | None) -> BasisSection:
    return BasisSection(t("evidence.basis"), tuple(basis_of(evidence, key_id)))


def _place(pair: ShownPair) -> str:
    return f"pair-{pair.number}"
