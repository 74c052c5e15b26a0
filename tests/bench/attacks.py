"""What pirates, phones and marketplaces do to a motif before a clerk sees it.

An attack takes an RGB uint8 array (height, width, 3) and a seeded `random.Random`, and where it has a third parameter
the array of another cloth; the same seed makes the same picture. It returns the picture and the 3 x 3 homography from
the motif's pixels to the picture's, or None where no single one is true. The drawing stays such that a person knows it.
"""

from collections.abc import Callable
from typing import TypeAlias

from tests.bench.attacking import colours, combined, files, layouts, redrawn, scenes, shapes
from tests.bench.attacking.basics import Attacked

Attack: TypeAlias = Callable[..., Attacked]

_FAMILIES: dict[str, tuple[Attack, ...]] = {
    "file": (files.jpeg, files.thumbnail, files.resampled, files.tone, files.posterise),
    "light": (files.dark, files.cast, files.vignette),
    "colour": (
        colours.grey,
        colours.hue,
        colours.channels,
        colours.negative,
        colours.palette,
        colours.two_tone,
    ),
    "geometry": (
        shapes.mirror,
        shapes.quarter_turn,
        shapes.turn_small,
        shapes.turn_any,
        shapes.wrinkle,
        shapes.phone,
        shapes.stretched,
    ),
    "part": (shapes.crop70, shapes.crop40, shapes.crop20, shapes.collage, shapes.patch),
    "layout": (layouts.tile, layouts.half_drop, layouts.mirror_tile, layouts.shift, layouts.rearranged),
    "scene": (scenes.watermark, scenes.frame, scenes.shop_page, scenes.worn),
    "redrawn": (redrawn.sketch, redrawn.thick_lines),
    "combined": (combined.reprint, combined.listing, combined.night_market),
}

ATTACKS: dict[str, tuple[str, Attack]] = {
    function.__name__: (family, function) for family, functions in _FAMILIES.items() for function in functions
}
