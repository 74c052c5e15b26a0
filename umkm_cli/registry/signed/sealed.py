"""Signed files: pages, PDF documents and archives that say which of their parts were changed.

All three are alike. A file is its body and, at the very end where neither a browser, nor a reader of PDF, nor an
unpacker minds it, a seal: canonical JSON with a manifest and the Ed25519 signature of the manifest's bytes. The
manifest says what the document is, who signed it and when, and lists the parts of the body with place, size and
SHA-256; what belongs to no part, taken together, is the last of them (`page`, `document`, `archive`). So every byte of
the file is either in one part, or in the seal, which exists in one form only.

| format | the seal stands | the rest is called |
|---|---|---|
| page | in a data block `<script type="application/json" id="umkm-signature">` after the page | `page` |
| PDF | in a comment behind `%%EOF`, with `startxref` once more behind it | `document` |
| archive | in the comment of the archive | `archive` |
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from umkm_cli.registry.signed.signing import ALGORITHM, SIGNATURE_BYTES, PublicKey, Signer, read_base64

if TYPE_CHECKING:
    from umkm_cli.documents.papers import ManifestDocument, ManifestPart

SEAL = "signature"
"""The name of the seal, where parts that were changed are listed."""
MOST_SEAL_BYTES = 65_535
"""What the comment of an archive may hold."""
_NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
_KIND = re.compile(r"[a-z][a-z_-]{0,39}")
_OFFICE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class SealedPart:
    """A piece of the body: `at` is where it starts, None for what belongs to no other part."""

    name: str
    bytes: int
    sha256: str
    at: int | None = None


@dataclass(frozen=True)
class Manifest:
    """What is signed. `about` says what the document is about, in strings by stable keys."""

    kind: str
    office: str
    made_at: str
    key: PublicKey
    parts: tuple[SealedPart, ...]
    about: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> "ManifestDocument":
        return {
            "schema": "umkm.signed/1",
            "kind": self.kind,
            "office": self.office,
            "made_at": self.made_at,
            "about": dict(self.about),
            "key": {"algorithm": ALGORITHM, "id": self.key.id, "public": self.key.text},
            "parts": [_part_document(part) for part in self.parts],
        }

    @property
    def placed(self) -> tuple[SealedPart, ...]:
        return tuple(part for part in self.parts if part.at is not None)

    @property
    def body_bytes(self) -> int:
        return sum(part.bytes for part in self.parts)


class State(StrEnum):
    """`unknown` are all parts of a document whose seal was changed."""

    INTACT = "intact"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """What verifying found; `manifest` is None where the seal was changed: nothing in it is believed."""

    manifest: Manifest | None
    states: Mapping[str, State]

    @property
    def changed(self) -> list[str]:
        return [name for name, state in self.states.items() if state is State.CHANGED]

    @property
    def intact(self) -> bool:
        return all(state is State.INTACT for state in self.states.values())


class NotSealedError(ValueError):
    """A file without the seal of this program."""


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one way in which a document is written: sorted keys, no spaces, UTF-8, no `<`, which could end a block."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").encode()


def made_manifest(
    signer: Signer,
    body: bytes,
    spans: Mapping[str, tuple[int, int]],
    rest: str,
    *,
    kind: str,
    made_at: str,
    about: Mapping[str, str],
) -> Manifest:
    """`spans` are the places (start, end) in `body` of parts by name. Raises `ValueError` where two overlap."""
    placed = sorted(
        (SealedPart(name, end - start, _digest(body[start:end]), start) for name, (start, end) in spans.items()),
        key=lambda part: (part.at or 0, part.name),
    )
    others = _between(body, [(part.at or 0, (part.at or 0) + part.bytes) for part in placed])
    parts = (*placed, SealedPart(rest, len(others), _digest(others)))
    manifest = Manifest(kind, signer.office, made_at, signer.public, parts, about)
    if sum(part.bytes for part in parts) != len(body) or _read_manifest(manifest.document()) != manifest:
        raise ValueError("parts that overlap, or a name that no part can have")
    return manifest


def seal_of(signer: Signer, manifest: Manifest) -> bytes:
    """Raises `ValueError` where there are too many parts."""
    signature = base64.b64encode(signer.sign(canonical(manifest.document()))).decode()
    seal = canonical({"manifest": manifest.document(), "signature": signature})
    if len(seal) > MOST_SEAL_BYTES:
        raise ValueError("too many parts")
    return seal


def read_seal(seal: bytes) -> Manifest:
    """The manifest of a seal that its own key verifies; whose key that is, is another question.

    Raises `ValueError` where anything is not exactly as `seal_of` wrote it.
    """
    if len(seal) > MOST_SEAL_BYTES:
        raise ValueError("too long")
    try:
        document = json.loads(seal)
        if not isinstance(document, dict) or document.keys() != {"manifest", "signature"}:
            raise ValueError("not a seal")
        if canonical(document) != seal:
            raise ValueError("not canonical")
        manifest = _read_manifest(document["manifest"])
        signature = read_base64(_text(document["signature"]), SIGNATURE_BYTES)
    except (KeyError, TypeError, UnicodeError, RecursionError) as error:
        raise ValueError("not a seal") from error
    if not manifest.key.verifies(signature, canonical(document["manifest"])):
        raise ValueError("signature")
    return manifest


def examined(body: bytes, seal: bytes) -> Finding:
    """Every part of a body with its state."""
    try:
        manifest = read_seal(seal)
    except ValueError:
        return Finding(None, {SEAL: State.CHANGED})
    found = located(body, manifest)
    states = {
        part.name: State.CHANGED if place is None else State.INTACT
        for part, place in zip(manifest.placed, found, strict=True)
    }
    (rest,) = (part for part in manifest.parts if part.at is None)
    others = _between(body, _spans(body, manifest, found))
    states[rest.name] = State.INTACT if _fits(others, rest) else State.CHANGED
    return Finding(manifest, states | {SEAL: State.INTACT})


def located(body: bytes, manifest: Manifest) -> list[int | None]:
    """Where each placed part lies intact in `body`: at its place, or as far from the end as it was; else None.

    So of a body that became longer or shorter at one place, the parts before and behind that place are still found. No
    part begins before the one in front of it ends: found twice, the same bytes would stand for what was taken out
    between them. Where all parts are found, and the rest, they are therefore the whole body, as long as it was.
    """
    shift = len(body) - manifest.body_bytes
    found: list[int | None] = []
    last = 0
    for part in manifest.placed:
        assert part.at is not None
        starts = [start for start in (part.at, part.at + shift) if last <= start <= len(body) - part.bytes]
        place = next((at for at in starts if _fits(body[at : at + part.bytes], part)), None)
        found.append(place)
        last = last if place is None else place + part.bytes
    return found


def _spans(body: bytes, manifest: Manifest, found: Iterable[int | None]) -> list[tuple[int, int]]:
    """Where the parts lie; one that is damaged reaches from where it began to where it ended, seen from the end."""
    shift = len(body) - manifest.body_bytes
    spans, last = [], 0
    for part, place in zip(manifest.placed, found, strict=True):
        assert part.at is not None
        start = max(last, part.at if place is None else place)
        end = part.at + part.bytes + shift if place is None else place + part.bytes
        last = max(start, min(end, len(body)))
        spans.append((start, last))
    return spans


def _between(body: bytes, spans: Iterable[tuple[int, int]]) -> bytes:
    pieces, last = [], 0
    for start, end in spans:
        pieces.append(body[last:start])
        last = end
    return b"".join([*pieces, body[last:]])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _fits(data: bytes, part: SealedPart) -> bool:
    return len(data) == part.bytes and _digest(data) == part.sha256


def _part_document(part: SealedPart) -> "ManifestPart":
    document: ManifestPart = {"name": part.name, "bytes": part.bytes, "sha256": part.sha256}
    return document if part.at is None else {**document, "at": part.at}


def _read_manifest(document: Any) -> Manifest:
    """Raises `ValueError`, `KeyError`, `TypeError`."""
    key = PublicKey.read(_text(document["key"]["public"]))
    manifest = Manifest(
        kind=_text(document["kind"], _KIND),
        office=_text(document["office"], _OFFICE),
        made_at=_moment(_text(document["made_at"], _MOMENT)),
        key=key,
        parts=tuple(_read_part(part) for part in document["parts"]),
        about={_text(name, _KIND): _text(value) for name, value in _mapping(document["about"]).items()},
    )
    if manifest.document() != document:  # another schema, algorithm or key id, or something besides
        raise ValueError("not a manifest")
    names = [part.name for part in manifest.parts]
    if [part.at is None for part in manifest.parts] != [False] * (len(names) - 1) + [True]:
        raise ValueError("not exactly one rest, as the last part")
    if len(set(names)) < len(names) or SEAL in names:
        raise ValueError("two parts of one name")
    last = 0
    for part in manifest.placed:
        if (part.at or 0) < last:
            raise ValueError("parts that overlap")
        last = (part.at or 0) + part.bytes
    return manifest


def _read_part(document: Mapping[str, Any]) -> SealedPart:
    at = None if "at" not in document else _count(document["at"])
    return SealedPart(_text(document["name"], _NAME), _count(document["bytes"]), _text(document["sha256"], _SHA256), at)


def _text(value: Any, form: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or (form is not None and not form.fullmatch(value)):
        raise ValueError("not a text of that form")
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not a mapping")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**40:
        raise ValueError("not a count")
    return value


def _moment(text: str) -> str:
    datetime.fromisoformat(text.replace("Z", "+00:00"))
    return text
