"""A pair as reports show it: with its parts and layers, whatever of its pictures is there to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umkm_cli.i18n import t
from umkm_cli.matching.explain import Layer, Part
from umkm_cli.matching.regions import Polygon
from umkm_cli.registry.designs import Design
from umkm_cli.registry.files import Unfit
from umkm_cli.screening.evidence import Pair
from umkm_cli.screening.origins import Origin, Shown


@dataclass(frozen=True, eq=False)
class ShownPair:
    """A pair with its number in the report, from 1; `layers` is empty where a side must not be shown."""

    number: int
    pair: Pair
    layers: tuple[Layer, ...]

    @property
    def query(self) -> Shown:
        return self.pair.query

    @property
    def motif(self) -> Shown:
        return self.pair.motif

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
    """Numbered, in their order."""
    return [ShownPair(number, pair, _layers(pair)) for number, pair in enumerate(pairs, 1)]


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


def registered_name(pair: Pair) -> str:
    """`Motif M-… "Title"` of the registered side; without the title where it must not be shown."""
    kind = "product" if pair.match.get("kind") == Design.PRODUCT.value else "motif"
    if pair.motif.hidden:
        return t(f"evidence.registered.{kind}.hidden", code=pair.match["code"])
    return t(f"evidence.registered.{kind}", code=pair.match["code"], title=pair.match["title"])


def query_name(pair: Pair) -> str:
    """What the other side is: a design with its code, or the picture that was checked."""
    origin: Origin = pair.query_origin
    if origin.code is None:
        return t("evidence.query")
    if pair.query.hidden or not origin.title:
        return t(f"evidence.registered.{origin.kind}.hidden", code=origin.code)
    return t(f"evidence.registered.{origin.kind}", code=origin.code, title=origin.title)


def brief_columns() -> list[str]:
    """Of the table of pairs that are not shown in full; see `brief_row`."""
    columns = ("vendor", "relation", "picture_area", "design_area")
    return [t("evidence.side.query"), t("evidence.side.motif"), *(t(f"column.{name}") for name in columns)]


def brief_row(shown: ShownPair) -> tuple[str, ...]:
    pair = shown.pair
    relation = t(f"verdict.{pair.match['relation']}.label")
    areas = (f"±{round(pair.match[area] * 100)}%" for area in ("query_area", "motif_area"))
    return (query_name(pair), registered_name(pair), pair.match["vendor"]["name"], relation, *areas)
