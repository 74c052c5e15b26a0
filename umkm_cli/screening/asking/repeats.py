"""How the registered drawings repeat, read off the stored pictures whenever somebody asks."""

from typing import Any

from umkm_cli.matching.repeat import find_repeat
from umkm_cli.screening.judging.registered import stored_pixels
from umkm_cli.settings import Settings


def with_repeats(settings: Settings, document: dict[str, Any]) -> dict[str, Any]:
    """`umkm.motif/1` whose views also say their `repeat`: vectors in pixels of the upright picture, and strength.

    It is null where no repeat is seen, and where the stored picture is gone or cannot be read.
    """
    views = [{**view, "repeat": _repeat(settings, view["sha256"], view["format"])} for view in document["views"]]
    return {**document, "views": views}


def _repeat(settings: Settings, sha256: str, format_: str) -> dict[str, Any] | None:
    rgb = stored_pixels(settings, sha256, format_)
    found = None if rgb is None else find_repeat(rgb)
    if found is None:
        return None
    vectors = [[round(x, 1), round(y, 1)] for x, y in found.vectors]
    return {"vectors": vectors, "strength": round(found.strength, 2)}
