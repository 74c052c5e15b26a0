"""A text file of unknown making: how its bytes read as text, and its lines, none of them longer than a bound.

Nothing here loads a whole file. Bytes are looked at once from front to back (encoding, SHA-256, lines that never end),
and then read as text as often as wanted.
"""

import codecs
import contextlib
import hashlib
import io
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from umkm_cli.errors import UmkmError

MAX_LINE_CHARS = 1_000_000
"""A row of a thousand long cells stays far below; what is above is no table that people made."""

_CHUNK_BYTES = 1 << 20
_MAX_LINE_BYTES = 4 * MAX_LINE_CHARS
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_NEVER_IN_TEXT = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b")
_ORDINARY = bytes(frozenset(range(256)) - _NOT_IN_CP1252 - _NEVER_IN_TEXT)


@dataclass(frozen=True)
class TextFile:
    """A readable text file: its Python encoding and the SHA-256 of its bytes."""

    path: Path
    encoding: str
    sha256: str

    @contextlib.contextmanager
    def lines(self) -> Iterator["Lines"]:
        with opened(self.path) as file, io.TextIOWrapper(file, self.encoding, newline="") as text:
            yield Lines(text, self.path)


def inspect(path: Path) -> TextFile:
    """Raises `UmkmError`: `file_not_found`, `file_is_folder`, `file_not_readable`, `table_empty`, `not_a_table`,
    `unknown_encoding`, `line_too_long`.
    """
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, size, line_bytes = True, 0, 0
    seen: set[int] = set()
    head, digest = b"", hashlib.sha256()
    with opened(path) as file:
        while chunk := file.read(_CHUNK_BYTES):
            if not head:
                head = chunk[:4096]
                _refuse_known_types(path, head)
            size += len(chunk)
            digest.update(chunk)
            seen.update(chunk.translate(None, _ORDINARY))
            breaks = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            line_bytes = line_bytes + len(chunk) if breaks < 0 else len(chunk) - breaks
            if line_bytes > _MAX_LINE_BYTES:
                raise UmkmError("line_too_long", path=path, limit=MAX_LINE_CHARS)
            is_utf8 = is_utf8 and _decodes(utf8, chunk)
        is_utf8 = is_utf8 and _decodes(utf8, b"", final=True)
    if size == 0:
        raise UmkmError("table_empty", path=path)
    marked = next((encoding for bom, encoding in _BOMS if head.startswith(bom)), None)
    encoding = marked or ("utf-8" if is_utf8 else "cp1252")
    if encoding == "cp1252" and seen & _NEVER_IN_TEXT:
        raise UmkmError("not_a_table", path=path)
    if (encoding == "cp1252" and seen & _NOT_IN_CP1252) or (encoding == "utf-8-sig" and not is_utf8):
        raise UmkmError("unknown_encoding", path=path)
    return TextFile(path, encoding, digest.hexdigest())


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file for reading. Raises `UmkmError`: `file_not_found`, `file_is_folder`, `file_not_readable`."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UmkmError("file_is_folder", path=path)
        if not stat.S_ISREG(mode):  # a pipe or a device has no end, and cannot be read twice
            raise UmkmError("not_a_table", path=path)
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise UmkmError("file_not_found", path=path) from error
    except UnicodeError as error:
        raise UmkmError("unknown_encoding", path=path) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UmkmError("file_not_readable", path=path, why=why) from error


class Lines:
    """The lines of a text, ends included, for `csv.reader`; after the last one comes `END`, once.

    An open quotation swallows lines until the file's end. `END` then turns up inside the swallowed cell, which is how a
    reader notices. `number` counts the lines so far; `begin_record` starts the count that bounds one record.
    """

    END = "\0end\0"  # no line of a file can hold it

    def __init__(self, text: TextIO, path: Path) -> None:
        self._text = text
        self._path = path
        self._record_chars = 0
        self._ended = False
        self.number = 0

    def begin_record(self) -> None:
        self._record_chars = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        """Raises `UmkmError`: `line_too_long`, `table_has_nul`."""
        line = self._text.readline(MAX_LINE_CHARS + 1)
        if not line:
            if self._ended:
                raise StopIteration
            self._ended = True
            return self.END
        self.number += 1
        self._record_chars += len(line)
        if self._record_chars > MAX_LINE_CHARS:
            raise UmkmError("line_too_long", path=self._path, limit=MAX_LINE_CHARS)
        if "\0" in line:
            raise UmkmError("table_has_nul", path=self._path, line=self.number)
        return line


def _decodes(decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_known_types(path: Path, head: bytes) -> None:
    if head.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")):
        raise UmkmError("not_a_table", path=path)
