"""Pixels of any kind as sRGB on white, some rows at a time, so that no second copy of a large picture is needed."""

import io
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_STRIP_PIXELS = 1 << 22
_BITS_PER_SAMPLE, _PHOTOMETRIC, _SAMPLE_FORMAT = 258, 262, 339


def on_white(image: Image.Image, data: bytes, step: int = 1) -> NDArray[np.uint8]:
    """uint8 (height, width, 3) of a loaded image of any mode: deep grey scaled, profile applied, transparency on white.

    `data` is its file. With a `step`, so many pixels in each direction are averaged into one.
    """
    width, height = image.size
    rgb = np.empty((-(-height // step), -(-width // step), 3), np.uint8)
    flat = _Flattening(image, data)
    row = 0
    for strip in _strips(image, step):
        done = flat.of(strip)
        done = done if step == 1 else done.reduce(step)
        rgb[row : row + done.height] = np.asarray(done)
        row += done.height
    return rgb


def _strips(image: Image.Image, step: int) -> Iterator[Image.Image]:
    """From top to bottom, the rows of each but the last a multiple of `step`."""
    rows = max(1, _STRIP_PIXELS // (image.width * step)) * step
    if rows >= image.height:
        yield image
        return
    for top in range(0, image.height, rows):
        yield image.crop((0, top, image.width, min(top + rows, image.height)))


class _Flattening:
    """What is the same for all strips of a picture."""

    def __init__(self, image: Image.Image, data: bytes) -> None:
        self._tags = getattr(image, "tag_v2", {})
        self._icc = image.info.get("icc_profile")
        self._transforms: dict[str, Any] = {}
        self._deep = image.mode in ("I", "F") or image.mode.startswith("I;")
        self._white = self._white_of(image) if self._deep else 0.0
        self._transparent = not self._deep and image.has_transparency_data
        if self._transparent:
            _scale_colour_key(image, data)
        if image.format == "BMP" and image.mode == "RGBA" and image.getextrema()[-1] == (0, 0):
            self._transparent = False  # programs that write 32 bits and mean 24

    def of(self, image: Image.Image) -> Image.Image:
        """RGB of a strip."""
        alpha: Image.Image | None = None
        if self._deep:
            colour, alpha = self._scaled_grey(image)
        else:
            if self._transparent:
                alpha = image.convert("RGBA").getchannel("A")
            if image.mode in ("La", "RGBa"):
                image = image.convert(image.mode.upper())
            grey = image.mode in ("1", "L", "LA")
            colour = image if image.mode in ("L", "RGB", "CMYK") else image.convert("L" if grey else "RGB")
        rgb = self._to_srgb(colour)
        if alpha is None:
            return rgb
        white = Image.new("RGB", rgb.size, "white")
        white.paste(rgb, mask=alpha)
        return white

    def _white_of(self, image: Image.Image) -> float:
        """The value that becomes 255: of integers the whole range of their type. Floats have no fixed white: it is the
        least of 1, 255 and 65,535 that no value exceeds, else the largest value.
        """
        if image.mode == "F":
            rows = max(1, _STRIP_PIXELS // image.width)
            strips = (
                image.crop((0, y, image.width, min(y + rows, image.height))) for y in range(0, image.height, rows)
            )
            top = max(float(_finite(np.asarray(strip)).max()) for strip in strips)
            return next((scale for scale in (1, 255, 65_535) if top <= scale), top)
        bits, signed = self._tags.get(_BITS_PER_SAMPLE, (16,))[0], self._signed
        return float(2 ** (bits - signed) - 1)

    @property
    def _signed(self) -> bool:
        return bool(self._tags.get(_SAMPLE_FORMAT, (1,))[0] == 2)

    def _scaled_grey(self, image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
        """8-bit grey, and the mask of a PNG's transparent grey, of 12-, 16- and 32-bit integers and of floats. Negative
        values are black.
        """
        values: NDArray[Any] = np.asarray(image)
        mask = None
        if image.mode == "F":
            values = _finite(values)
        else:
            if image.mode == "I" and not self._signed:
                values = values.view(np.uint32)
            key = image.info.get("transparency")
            if isinstance(key, int):
                mask = Image.fromarray(np.where(values == key, 0, 255).astype(np.uint8))
        grey = np.rint(np.clip(values, 0, None) * (255 / self._white)).clip(0, 255).astype(np.uint8)
        return Image.fromarray(255 - grey if self._tags.get(_PHOTOMETRIC, 1) == 0 else grey), mask

    def _to_srgb(self, image: Image.Image) -> Image.Image:
        """RGB of an L, RGB or CMYK image by its profile; a profile that is broken or for other channels is ignored."""
        if self._icc:
            from PIL import ImageCms

            try:
                if image.mode not in self._transforms:
                    self._transforms[image.mode] = _transform(self._icc, image.mode)
                transform = self._transforms[image.mode]
                if transform is not None:
                    return transform.apply(image)  # type: ignore[no-any-return]
            except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
                self._transforms[image.mode] = None
        return image if image.mode == "RGB" else image.convert("RGB")


def _finite(values: NDArray[Any]) -> NDArray[Any]:
    finite: NDArray[Any] = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    return finite


def _scale_colour_key(image: Image.Image, data: bytes) -> None:
    """Pillow scales a PNG's samples to 8 bits, but not the transparent colour (tRNS), which is given in file depth."""
    key = image.info.get("transparency")
    if image.format != "PNG" or image.mode == "P" or key is None:
        return
    depth = data[24]
    if isinstance(key, tuple):
        image.info["transparency"] = tuple(sample >> 8 for sample in key) if depth == 16 else key
    elif isinstance(key, int) and depth < 8:
        image.info["transparency"] = key * 255 // (2**depth - 1)


def _transform(icc: bytes, mode: str) -> Any:
    """To sRGB; None where the profile is for other channels or changes nothing. Raises what `ImageCms` raises."""
    from PIL import ImageCms

    space = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}[mode]
    profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    if profile.profile.xcolor_space.strip() != space:
        return None
    transform = ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    return None if mode == "RGB" and _changes_nothing(transform) else transform


def _changes_nothing(transform: Any) -> bool:
    """Most profiles are sRGB: 4,096 colours tell, and spare a pass over millions of pixels."""
    samples = bytes(itertools.chain.from_iterable(itertools.product(range(0, 256, 17), repeat=3)))
    before = Image.frombytes("RGB", (4096, 1), samples)
    change = np.asarray(transform.apply(before)).astype(int) - np.asarray(before)
    return bool(np.abs(change).max() <= 1)
