"""The three formats of signed files: where each carries its seal, and how the parts of its body are found.

Reading never unpacks, renders or decodes anything: a file is bytes with a seal behind them.
"""

import io
import re
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from umkm_cli.registry.signed.sealed import (
    MOST_SEAL_BYTES,
    SEAL,
    Finding,
    Manifest,
    NotSealedError,
    State,
    examined,
    made_manifest,
    seal_of,
)
from umkm_cli.registry.signed.signing import Signer

_PAGE_OPEN, _PAGE_CLOSE = b'<script type="application/json" id="umkm-signature">', b"</script>\n"
_PDF_OPEN = b"\n%umkm-signature "
"""With the line break before it, which a seal cannot hold: what a document is about may well say the words."""
_ARCHIVE_OPEN = b"umkm-signature "
_MOST_COMMENT_BYTES = 65_535
"""What an archive can hold behind its end: the length has 16 bits."""
_TRACES = (b"umkm-signature", b'"umkm.signed/1"')
_STARTXREF = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_LOCAL_HEADER = 30
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class Format(StrEnum):
    """Its value names what of the body belongs to no other part."""

    PAGE = "page"
    PDF = "document"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class Sealed:
    """A file taken apart into what was signed and the seal."""

    format: Format
    body: bytes
    seal: bytes


class Sealer:
    """Signs documents for an office at one moment (ISO, in UTC).

    `kind` says what a document is (`report`, `receipt`, …), `about` what it is about, in strings by stable keys.
    """

    def __init__(self, signer: Signer, made_at: str) -> None:
        self.signer = signer
        self.made_at = made_at

    def sign_page(
        self, html: str, parts: Mapping[str, str], *, kind: str = "report", about: Mapping[str, str] | None = None
    ) -> str:
        """The page with its seal; write it in UTF-8 with its line breaks as they are.

        `parts` maps names to literal text that occurs exactly once in the page. Raises `ValueError` otherwise.
        """
        body = html.encode() if html.endswith("\n") else html.encode() + b"\n"
        if _PAGE_OPEN in body:
            raise ValueError("the page is signed already")
        spans = {}
        for name, text in parts.items():
            piece = text.encode()
            if not piece or body.count(piece) != 1:
                raise ValueError(f"part {name} occurs {body.count(piece)} times")
            start = body.index(piece)
            spans[name] = (start, start + len(piece))
        seal = self._seal(body, spans, Format.PAGE, kind, about)
        return (body + _PAGE_OPEN + seal + _PAGE_CLOSE).decode()

    def sign_pdf(
        self,
        data: bytes,
        parts: Mapping[str, tuple[int, int]],
        *,
        kind: str = "report",
        about: Mapping[str, str] | None = None,
    ) -> bytes:
        """A finished PDF document with its seal; `parts` maps names to places (start, end) in `data`."""
        body = data if data.endswith(b"\n") else data + b"\n"
        seal = self._seal(body, parts, Format.PDF, kind, about)
        return body.removesuffix(b"\n") + _PDF_OPEN + seal + b"\n" + _pdf_end(body)

    def pack(
        self, parts: Mapping[str, bytes], *, kind: str = "bundle", about: Mapping[str, str] | None = None
    ) -> bytes:
        """An archive (ZIP) of files by name, neither compressed nor dated, with its seal.

        Raises `ValueError` for too many files.
        """
        room = b""
        for _ in range(2):  # how long the seal is stands in the body that it seals
            body = _archive(parts, len(room))
            seal = _ARCHIVE_OPEN + self._seal(body, _archive_spans(parts), Format.ARCHIVE, kind, about)
            if len(seal) > _MOST_COMMENT_BYTES:
                raise ValueError("too many parts")
            if len(seal) == len(room):
                return body + seal
            room = seal
        raise AssertionError("a seal is as long as its parts make it")

    def _seal(
        self,
        body: bytes,
        spans: Mapping[str, tuple[int, int]],
        format_: Format,
        kind: str,
        about: Mapping[str, str] | None,
    ) -> bytes:
        manifest = made_manifest(
            self.signer, body, spans, format_.value, kind=kind, made_at=self.made_at, about=about or {}
        )
        return seal_of(self.signer, manifest)


def examine(data: bytes) -> Finding:
    """The parts of a signed file, each intact or not. Raises `NotSealedError`."""
    sealed = taken_apart(data)
    if sealed is None:
        if any(trace in data[-MOST_SEAL_BYTES - 1024 :] for trace in _TRACES):
            return Finding(None, {SEAL: State.CHANGED})
        raise NotSealedError
    finding = examined(sealed.body, sealed.seal)
    manifest = finding.manifest
    if manifest is None:
        return finding
    if manifest.parts[-1].name != sealed.format:
        return Finding(None, {SEAL: State.CHANGED})
    if sealed.format is Format.ARCHIVE and finding.intact and not _is_rebuilt(sealed, manifest):
        return Finding(manifest, {**finding.states, Format.ARCHIVE.value: State.CHANGED})
    return finding


def taken_apart(data: bytes) -> Sealed | None:
    """None where no seal stands at the end."""
    tail_from = max(0, len(data) - MOST_SEAL_BYTES - 1024)
    at = data.rfind(_PAGE_OPEN, tail_from)
    if at >= 0 and data.endswith(_PAGE_CLOSE):
        return Sealed(Format.PAGE, data[:at], data[at + len(_PAGE_OPEN) : -len(_PAGE_CLOSE)])
    at = data.rfind(_PDF_OPEN, tail_from)
    if at >= 0:
        body = data[: at + 1]
        end = b"\n" + _pdf_end(body)
        return Sealed(Format.PDF, body, data[at + len(_PDF_OPEN) : -len(end)]) if data.endswith(end) else None
    at = data.rfind(_ARCHIVE_OPEN, tail_from)
    comment_fits = len(data) - at <= _MOST_COMMENT_BYTES
    if at >= 0 and comment_fits and data[max(0, at - 22) : at].startswith(b"PK\x05"):
        return Sealed(Format.ARCHIVE, data[:at], data[at + len(_ARCHIVE_OPEN) :])
    return None


def files_in(data: bytes) -> dict[str, bytes]:
    """The files of an archive that was found intact, by name."""
    sealed = taken_apart(data)
    assert sealed is not None
    finding = examined(sealed.body, sealed.seal)
    assert finding.manifest is not None
    return _files(sealed.body, finding.manifest)


def _files(body: bytes, manifest: Manifest) -> dict[str, bytes]:
    return {part.name: body[part.at or 0 : (part.at or 0) + part.bytes] for part in manifest.placed}


def _is_rebuilt(sealed: Sealed, manifest: Manifest) -> bool:
    """Whether its parts make just this archive, so that any unpacker gives the files that were verified."""
    return _archive(_files(sealed.body, manifest), len(_ARCHIVE_OPEN) + len(sealed.seal)) == sealed.body


def _pdf_end(body: bytes) -> bytes:
    """The end of `body` once more: readers look for `startxref` in the last kilobyte only."""
    found = _STARTXREF.search(body[-1024:])
    return b"startxref\n" + (found[1] if found else b"0") + b"\n%%EOF\n"


def _archive(files: Mapping[str, bytes], comment_bytes: int) -> bytes:
    """A ZIP archive without the comment that it announces."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, files[name])
    return written.getvalue()[:-2] + struct.pack("<H", comment_bytes)


def _archive_spans(files: Mapping[str, bytes]) -> dict[str, tuple[int, int]]:
    spans, at = {}, 0
    for name in sorted(files):
        start = at + _LOCAL_HEADER + len(name.encode())
        at = start + len(files[name])
        spans[name] = (start, at)
    return spans
