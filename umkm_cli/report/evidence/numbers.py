"""The numbers of an agreement, each with what it means. None of them says how likely it is that anybody copied."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from umkm_cli.i18n import language, t, tn
from umkm_cli.report.evidence.shown import ShownPair
from umkm_cli.screening.evidence.kinds import Pair

_ONE_IN_AT_MOST = 1_000_000
_STRAIGHT_DEG = 1.0


@dataclass(frozen=True)
class Number:
    name: str
    value: str
    meaning: str


def numbers_of(shown: ShownPair) -> list[Number]:
    """For people, in the order in which they help to judge."""
    pair, match = shown.pair, shown.pair.match
    facts = [
        ("query_area", _area(match["query_area"])),
        ("motif_area", _area(match["motif_area"])),
        ("rotation", _turn(match["rotation_deg"])),
        ("scale", f"{_decimal(match['scale'], 2)} ×"),
        *((name, t("yes" if match[name] else "no")) for name in ("mirrored", "inverted", "recoloured")),
        ("repeats", str(match["repeats"])),
        ("points", _points(pair)),
        ("expected", expected(pair.expected_false_alarms)),
    ]
    told = [
        Number(t(f"evidence.number.{name}", **shown.named), value, t(f"evidence.number.{name}.means", **shown.named))
        for name, value in facts
    ]
    return told + _hashes(match)


def expected(alarms: float) -> str:
    """How many searches it takes for one such likeness by chance."""
    if alarms * _ONE_IN_AT_MOST < 1:
        return t("evidence.rarer_than", n=_grouped(_ONE_IN_AT_MOST))
    if alarms < 1:
        magnitude = 10 ** max(0, math.floor(math.log10(1 / alarms)) - 1)
        count = round(1 / alarms / magnitude) * magnitude
        return tn("evidence.one_in", count, n=_grouped(count))
    return t("evidence.several", n=_decimal(alarms, 1))


def _hashes(match: Mapping[str, Any]) -> list[Number]:
    """Matches of old cases have none."""
    distances = match.get("hash_distance_bits") or {}
    if not distances:
        return []
    names = {"phash": "pHash", "dhash": "dHash"}
    value = ", ".join(f"{names.get(name, name)} {bits}/64" for name, bits in distances.items())
    return [Number(t("evidence.number.hashes"), value, t("evidence.number.hashes.means"))]


def _points(pair: Pair) -> str:
    return str(max(pair.match["inliers"], sum(len(layer.points) for layer in pair.layers)))


def _area(fraction: float) -> str:
    return f"±{round(fraction * 100)}%"


def _turn(degrees: float) -> str:
    if abs(degrees) < _STRAIGHT_DEG:
        return t("evidence.turned.not")
    key = "evidence.turned.left" if degrees > 0 else "evidence.turned.right"
    return t(key, degrees=round(abs(degrees)))


def _decimal(number: float, digits: int) -> str:
    from babel.numbers import format_decimal

    return format_decimal(number, format="#,##0." + "0" * digits, locale=language())


def _grouped(number: int) -> str:
    from babel.numbers import format_decimal

    return format_decimal(number, locale=language())
