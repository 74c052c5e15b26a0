"""Files of the older Excel by the book: records of BIFF8 (MS-XLS) in a container of sectors (MS-CFB)."""

import struct
from collections.abc import Sequence

SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SHORT_STREAM = 4096


def record(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 0x06))


_EOF = record(0x000A, b"")


def _string(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def text_cell(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHH", row, column, 0) + _string(text))


def number_cell(row: int, column: int, number: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, number))


def workbook(*sheets: bytes) -> bytes:
    """The stream `Workbook`, of sheets `S1`, `S2`, … with these cells."""
    names = [f"S{number}".encode() for number in range(1, len(sheets) + 1)]
    bodies = [_begin(0x0010) + cells + _EOF for cells in sheets]
    at = len(_begin(0x0005)) + sum(4 + 8 + len(name) for name in names) + len(_EOF)
    listed = b""
    for name, body in zip(names, bodies, strict=True):
        listed += record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
        at += len(body)
    return _begin(0x0005) + listed + _EOF + b"".join(bodies)


def compound(stream: bytes, *, changed: dict[int, int] | None = None) -> bytes:
    """The container with this one stream, of at most 126 sectors, which come first; then the allocation table (one
    sector) and the directory (one). `changed` says for sectors which one follows instead.
    """
    stream = stream.ljust(_SHORT_STREAM, b"\0")
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    assert count <= SECTOR // 4 - 2
    table = [*range(1, count), _END, _TABLE, _END, *[_FREE] * (SECTOR // 4 - count - 2)]
    for sector, following in (changed or {}).items():
        table[sector] = following
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1,
                         count + 1, 0, _SHORT_STREAM, _END, 0, _END, 0)  # fmt: skip
    header += struct.pack("<109I", count, *[_FREE] * 108)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 0, len(stream)) + _entry() * 2
    return header + stream + struct.pack(f"<{SECTOR // 4}I", *table) + directory


def _entry(name: str = "", kind: int = 0, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    coded = name.encode("utf-16-le")
    length = len(coded) + 2 if name else 0
    return struct.pack("<64sHBBIII36xIQ", coded, length, kind, 1, _FREE, _FREE, child, start, size)


def old_excel(rows: Sequence[Sequence[str | float]], *, changed: dict[int, int] | None = None) -> bytes:
    cells = b"".join(
        text_cell(row, column, value) if isinstance(value, str) else number_cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
    )
    return compound(workbook(cells), changed=changed)
