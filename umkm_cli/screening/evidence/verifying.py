"""Is a document as it was signed, and who signed it? Answered from the document alone, without a network or a registry.

Whom this computer knows (its own office's key and those it trusts) only decides how the answer is called.

What is verified is a file, with all that it says and shows, or only a receipt's code: that proves the few facts which
the code holds, and nothing of the sheet around it, since a genuine code can be put on any sheet.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.errors import UmkmError
from umkm_cli.registry.pictures.files import read_given_file
from umkm_cli.registry.signed.formats import examine
from umkm_cli.registry.signed.receipts import MOST_TEXT_CHARS, is_receipt_text, read_receipt_text
from umkm_cli.registry.signed.sealed import Finding, NotSealedError, State
from umkm_cli.registry.signed.signing import PublicKey
from umkm_cli.registry.signed.trusted_keys import ExpectedKey, known_keys
from umkm_cli.registry.values.typed import shown
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from umkm_cli.documents.papers import TrustName, VerifyDocument

MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_PICTURE_BYTES = 64 * 1024 * 1024
QR = "qr"
_SIDES_PX = (2600, 3500, 1600, 1000)
"""Longer sides at which a picture is searched for a code, after its own.

A code of 81 modules on a sheet scanned at 100 dots an inch is read at two and a half times its size, hardly at its own.
"""


class Scope(StrEnum):
    """What was verified: a whole file, or a code and no more."""

    FILE = "file"
    CODE = "code"


@dataclass(frozen=True)
class Verified:
    """What was found; `states` by the names of the parts. Nothing but them is to be believed where the seal changed.

    `trust` is own, trusted or unknown, `name` what a trusted key is called here.
    """

    states: dict[str, State]
    scope: Scope = Scope.FILE
    trust: "TrustName" = "unknown"
    name: str | None = None
    kind: str | None = None
    key: PublicKey | None = None
    office: str | None = None
    made_at: str | None = None
    about: dict[str, str] | None = None

    @property
    def intact(self) -> bool:
        return all(state is State.INTACT for state in self.states.values())

    @property
    def changed(self) -> list[str]:
        return [name for name, state in self.states.items() if state is State.CHANGED]

    def is_proved(self, expected: ExpectedKey | None) -> bool:
        """Whether a whole file is intact and of the expected key; where none is expected, of a known one."""
        known = self.trust != "unknown" if expected is None else self.meets(expected)
        return self.intact and known and self.scope is Scope.FILE

    def meets(self, expected: ExpectedKey) -> bool:
        """Whether just that key signed it."""
        return self.key is not None and expected.is_met_by(self.key)

    def document(self, expected: ExpectedKey | None = None) -> "VerifyDocument":
        """`umkm.verify/1`, without `recomputed`."""
        key = self.key
        return {
            "schema": "umkm.verify/1",
            "scope": self.scope.value,
            "intact": self.intact,
            "trust": self.trust,
            "kind": self.kind,
            "office": self.office,
            "made_at": self.made_at,
            "key": None if key is None else {"id": key.id, "public_key": key.text, "name": self.name},
            "expected_key": None if expected is None else {"id": expected.id, "met": self.meets(expected)},
            "about": self.about,
            "parts": [{"name": name, "state": state.value} for name, state in self.states.items()],
            "changed": self.changed,
        }


def verify_file(settings: Settings, path: Path) -> tuple[Verified, bytes]:
    """Of a page, a PDF document, an archive, or a picture that shows a receipt's code; and the file's bytes.

    Raises `UmkmError`: `file_…`, `verify_not_signed`, `verify_no_code`, `verify_other_code`.
    """
    data = read_given_file(path, MAX_FILE_BYTES)
    try:
        return _verified(settings, examine(data)), data
    except NotSealedError:
        return verify_text(settings, _text_in(path, data)), data


def verify_text(settings: Settings, text: str) -> Verified:
    """Of what a receipt's QR code holds. Raises `UmkmError` `verify_other_code`."""
    line = "".join(text.split("\n")).replace("\r", "").strip()
    if not is_receipt_text(line):
        raise UmkmError("verify_other_code", text=shown(line))
    try:
        read = read_receipt_text(line)
    except ValueError:
        return Verified({QR: State.CHANGED}, Scope.CODE, kind="receipt")
    trust, name = known_keys(settings).standing(read.key)
    intact = {QR: State.INTACT}
    return Verified(intact, Scope.CODE, trust, name, "receipt", read.key, read.office, read.made_at, read.about)


def _verified(settings: Settings, finding: Finding) -> Verified:
    manifest, states = finding.manifest, dict(finding.states)
    if manifest is None:
        return Verified(states)
    trust, name = known_keys(settings).standing(manifest.key)
    about = dict(manifest.about)
    return Verified(
        states, Scope.FILE, trust, name, manifest.kind, manifest.key, manifest.office, manifest.made_at, about
    )


def _text_in(path: Path, data: bytes) -> str:
    """A receipt's text: the file itself, or what the code in its picture holds."""
    if len(data) <= MOST_TEXT_CHARS * 4:
        text = data.decode("utf-8-sig", errors="replace").strip()
        if is_receipt_text(text):
            return text
    if len(data) > MAX_PICTURE_BYTES or re.match(rb"%PDF|PK\x03\x04|\s*<", data):
        raise UmkmError("verify_not_signed", path=path)
    from umkm_cli.matching.decoding.decode import UnreadableImage, decode

    try:
        rgb = decode(data).rgb
    except UnreadableImage as error:
        raise UmkmError("verify_not_signed", path=path) from error
    texts = codes_in(rgb)
    if not texts:
        raise UmkmError("verify_no_code", path=path)
    return next((text for text in texts if is_receipt_text(text)), texts[0])


def codes_in(rgb: "npt.NDArray[np.uint8]") -> list[str]:
    """The texts of QR codes in a uint8 (h, w, 3) picture; the first size at which one is a receipt's is the last."""
    import cv2
    import numpy as np

    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    longest = max(grey.shape)
    found: list[str] = []
    for side in (longest, *_SIDES_PX):
        scale = side / longest
        if side != longest and (scale > 4 or 0.9 < scale < 1.1):
            continue
        kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        image = grey if side == longest else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=kind)
        for read in (_several, _one):
            found += read(np.asarray(image, np.uint8))
            if any(is_receipt_text(text) for text in found):
                return found
    return found


def _several(grey: "npt.NDArray[np.uint8]") -> list[str]:
    import cv2

    try:
        _, texts, _, _ = cv2.QRCodeDetectorAruco().detectAndDecodeMulti(grey)
    except cv2.error:
        return []
    return [text for text in texts if text]


def _one(grey: "npt.NDArray[np.uint8]") -> list[str]:
    import cv2

    try:
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(grey)
    except cv2.error:
        return []
    return [text] if text else []
