"""A pair as reports show it: with its parts and layers, whatever of its pictures is there to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umkm_cli.i18n import t
from umkm_cli.matching.explain import Layer, Part
from umkm_cli.matching.regions import Polygon
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.screening.evidence.kinds import Pair
from umkm_cli.screening.evidence.origins import Shown
from umkm_cli.wording import decided_before, design_named, match_sentence, side_name, side_of, sides_sentence


@dataclass(frozen=True)
class SideName:
    """How a report calls one side of a pair: in a sentence, above its picture, at the head of a column; and its design.

    `design` is `Motif M-… "Title"`, or what the picture is that was checked.
    """

    short: str
    caption: str
    column: str
    design: str


@dataclass(frozen=True, eq=False)
class ShownPair:
    """A pair with its number in the report, from 1; `layers` is empty where a side must not be shown.

    Where both sides are on record (`equal`) they have letters, and neither is the picture of the other.
    """

    number: int
    pair: Pair
    layers: tuple[Layer, ...]
    query_name: SideName
    motif_name: SideName
    equal: bool

    @property
    def query(self) -> Shown:
        return self.pair.query

    @property
    def motif(self) -> Shown:
        return self.pair.motif

    @property
    def named(self) -> dict[str, str]:
        """Both sides in a sentence, as `{a}` and `{b}`: what the picture shows, and the design that it agrees with."""
        return {"a": self.query_name.short, "b": self.motif_name.short}

    @property
    def heading(self) -> str:
        if self.equal:
            return t("evidence.pair", a=self.query_name.caption, b=self.motif_name.caption)
        return self.motif_name.caption

    @property
    def said_below(self) -> list[str]:
        """What the heading leaves open: which designs these are, or whose it is."""
        if self.equal:
            return [f"{name.short}: {name.design}" for name in (self.query_name, self.motif_name)]
        vendor = self.pair.match["vendor"]
        return [f"{vendor['name']} ({vendor['code']})"]

    @property
    def sentence(self) -> str:
        match = self.pair.match
        named = (self.query_name.short, self.motif_name.short)
        said = sides_sentence(match, *named) if self.equal else match_sentence(match)
        return " ".join(filter(None, (said, decided_before(match))))

    @property
    def hidden(self) -> bool:
        return self.query.hidden or self.motif.hidden

    @property
    def query_rings(self) -> list[Polygon]:
        return [part.query for layer in self.layers for part in layer.parts]

    @property
    def motif_rings(self) -> list[Polygon]:
        return [part.motif for layer in self.layers for part in layer.parts]


def shown_pairs(pairs: Sequence[Pair]) -> list[ShownPair]:
    """Numbered, in their order. A design on record keeps its letter throughout."""
    letters: dict[str, int] = {}
    return [
        ShownPair(number, pair, _layers(pair), *_names(pair, letters), equal=pair.query_origin.code is not None)
        for number, pair in enumerate(pairs, 1)
    ]


def _layers(pair: Pair) -> tuple[Layer, ...]:
    """As a close look found them; where there was none, such as without the original, as the match says."""
    if pair.layers or pair.query.hidden or pair.motif.hidden:
        return pair.layers
    match = pair.match
    rings = [tuple((float(x), float(y)) for x, y in match[name]) for name in ("query_region", "motif_region")]
    if min(map(len, rings)) < 3:
        return ()
    matrix = np.asarray(match["transform"], np.float64)
    return (Layer(matrix, (Part(*rings),), np.zeros((0, 4))),)


def reason_not_shown(shown: Shown) -> str:
    """Why there is a sentence in a picture's place."""
    if shown.hidden:
        return t("evidence.hidden")
    return t("evidence.altered" if shown.unfit is Unfit.ALTERED else "evidence.not_kept")


def brief_columns(pairs: Sequence[ShownPair]) -> list[str]:
    """Of the table of pairs that are not shown in full; see `brief_row`."""
    keys = ("one", "other") if any(item.equal for item in pairs) else ("query", "motif")
    return [*(t(f"evidence.side.{key}") for key in keys), t("column.relation")]


def brief_row(shown: ShownPair) -> tuple[str, ...]:
    match = shown.pair.match
    known = shown.pair.motif_origin.vendor
    whose = known.name if known else match["vendor"]["name"]
    motif = shown.motif_name.caption if shown.equal else f"{shown.motif_name.caption}, {whose}"
    sides = ((shown.query_name.caption, match["query_area"]), (motif, match["motif_area"]))
    told = (t("evidence.more.side", name=name, percent=round(area * 100)) for name, area in sides)
    return (*told, t(f"verdict.{match['relation']}.label"))


def _names(pair: Pair, letters: dict[str, int]) -> tuple[SideName, SideName]:
    """Letters of designs that have none yet are added."""
    kind, code = pair.match.get("kind", Design.MOTIF.value), pair.match["code"]
    motif = design_named(kind, code, "" if pair.motif.hidden else pair.match["title"])
    origin = pair.query_origin
    if origin.code is None:
        picture = t("evidence.query")
        return (
            SideName(t("side.picture"), picture, t("evidence.side.query"), picture),
            SideName(t(f"side.recorded.{kind}"), motif, t(f"evidence.side.{kind}"), motif),
        )
    query = design_named(origin.kind, origin.code, "" if pair.query.hidden else origin.title or "")
    return (
        _lettered(origin.kind, origin.code, origin.vendor.name if origin.vendor else "", query, letters),
        _lettered(kind, code, pair.match["vendor"]["name"], motif, letters),
    )


def _lettered(kind: str, code: str, vendor: str, design: str, letters: dict[str, int]) -> SideName:
    number = letters.setdefault(code, len(letters))
    whose = side_of(kind, number, vendor)
    return SideName(side_name(kind, number), whose, whose, design)
