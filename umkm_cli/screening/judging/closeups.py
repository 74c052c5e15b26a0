"""Registered pictures for a close look. Their many keypoints are kept on disk: 0.2 s of a check for each picture that a
picture like nothing registered is held against.

What is kept depends on the bytes of the picture and on the extractor alone, so its name says both. The original is read
and compared with its digest all the same: where it is gone or altered, there is no close look.
"""

from umkm_cli.disk.cache import Cache
from umkm_cli.matching.decoding.decode import UnreadableImage, decode
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.describing.fingerprint import Closeup, Fingerprint
from umkm_cli.matching.describing.generations import DENSE
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.pictures.images import read_original
from umkm_cli.settings import Settings

MOST_BYTES = 256 * 2**20
"""3,200 pictures; which ones, the queries of an office decide."""

_LATER_BYTES = 2 * 2**20
"""Files up to this size are decoded when somebody asks for pixels, and their bytes kept in memory until then."""


class Closeups:
    """Asking from several threads is safe."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cache = Cache(settings.closeups, MOST_BYTES)

    def of(self, sha256: str, format_: str) -> Closeup | None:
        """None where the picture cannot be had, for whatever reason."""
        data = read_original(self._settings, sha256, format_)
        if isinstance(data, Unfit):
            return None
        known = self._known(sha256)
        if known is not None and len(data) <= _LATER_BYTES:  # it was decoded once, so it can be
            return Closeup(lambda: decode(data).rgb, known)
        try:
            return self._made(sha256, decode(data).rgb, known)
        except UnreadableImage:
            return None

    def of_pixels(self, sha256: str, rgb: Rgb) -> Closeup:
        """The same where the picture is decoded already: uint8 (h, w, 3), upright."""
        return self._made(sha256, rgb, self._known(sha256))

    def _made(self, sha256: str, rgb: Rgb, known: Fingerprint | None) -> Closeup:
        return Closeup(rgb, known, keep=lambda found: self._cache.put(_name(sha256), found.to_bytes()))

    def _known(self, sha256: str) -> Fingerprint | None:
        kept = self._cache.get(_name(sha256))
        return None if kept is None else Fingerprint.stored(kept)


def _name(sha256: str) -> str:
    return f"{sha256}.{DENSE}"
