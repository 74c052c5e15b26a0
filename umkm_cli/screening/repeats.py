"""How the registered drawings repeat, read off the stored pictures whenever somebody asks."""

from typing import Any

from umkm_cli.matching.decode import UnreadableImage, decode, extension
from umkm_cli.matching.repeat import find_repeat
from umkm_cli.registry.images import read_file
from umkm_cli.settings import Settings


def with_repeats(settings: Settings, document: dict[str, Any]) -> dict[str, Any]:
    """`umkm.motif/1` whose views also say their `repeat`: vectors in pixels of the upright picture, and strength.

    It is null where no repeat is seen, and where the stored picture is gone or cannot be read.
    """
    views = [{**view, "repeat": _repeat(settings, view["sha256"], view["format"])} for view in document["views"]]
    return {**document, "views": views}


def _repeat(settings: Settings, sha256: str, format_: str) -> dict[str, Any] | None:
    data = read_file(settings, sha256, extension(format_))
    if data is None:
        return None
    try:
        found = find_repeat(decode(data).rgb)
    except UnreadableImage:
        return None
    if found is None:
        return None
    vectors = [[round(x, 1), round(y, 1)] for x, y in found.vectors]
    return {"vectors": vectors, "strength": round(found.strength, 2)}
