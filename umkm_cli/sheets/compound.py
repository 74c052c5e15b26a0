"""The container of an older Excel file (MS-CFB), looked over before a reader follows its chains of sectors.

A file is a list of sectors, and an allocation table says of each which one comes next. A table of five kilobytes whose
sector points at itself is read for ever, into memory; the reader of XLS follows it until the process is ended.
"""

import struct
from collections.abc import Sequence

_HEADER_BYTES = 512
_IN_HEADER = 109
"""So many sectors of the allocation table are named in the header; a chain of its own names those beyond."""
_MOST_REGULAR = 0xFFFFFFFA
"""Numbers of sectors end before it; what follows means the end, a free sector, or a sector of the table itself."""


def check_compound(data: bytes) -> None:
    """Raises `ValueError` where a chain of sectors or of short sectors returns to itself, or the header makes no sense.

    Without such a chain, none is longer than the file. What names sectors past the end is left to the reader, which
    says so: programs that write such tables exist.
    """
    if len(data) < _HEADER_BYTES:
        raise ValueError("shorter than its header")
    shift = int.from_bytes(data[30:32], "little")
    if shift not in (9, 12):
        raise ValueError(f"sectors of 2 to the {shift} bytes")
    sectors = _Sectors(data, 1 << shift)
    table = sectors.joined(_table_sectors(data, sectors))
    _refuse_circles(table)
    _refuse_circles(sectors.joined(_chain(table, _number(data, 60))))


class _Sectors:
    """The sectors as lists of 32-bit numbers; one that the file does not hold, or half, is short."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = data, size
        self.most = len(data) // size + 1

    def numbers(self, sector: int) -> tuple[int, ...]:
        start = (sector + 1) * self._size
        return _numbers(self._data[start : start + self._size])

    def joined(self, sectors: Sequence[int]) -> list[int]:
        return [number for sector in sectors for number in self.numbers(sector)]


def _table_sectors(data: bytes, sectors: _Sectors) -> list[int]:
    """Where the allocation table stands. Raises `ValueError` where the list of its sectors does not end."""
    named = list(_numbers(data[76 : 76 + 4 * _IN_HEADER]))
    following, seen = _number(data, 68), set[int]()
    while following < _MOST_REGULAR:
        if following in seen or len(seen) > sectors.most:
            raise ValueError(f"the list of the allocation table returns to sector {following}")
        seen.add(following)
        *more, following = sectors.numbers(following) or [_MOST_REGULAR]
        named += more
    found = [sector for sector in named if sector < _MOST_REGULAR]
    if len(found) > sectors.most:
        raise ValueError("more sectors of the allocation table than the file has")
    return found


def _chain(table: Sequence[int], first: int) -> list[int]:
    """The sectors from `first` on, of a table without circles."""
    found = list[int]()
    while first < len(table):
        found.append(first)
        first = table[first]
    return found


def _refuse_circles(table: Sequence[int]) -> None:
    """Each sector is walked over once: a walk ends, meets an earlier one, or meets itself."""
    walked_in = [0] * len(table)
    for start in range(len(table)):
        sector = start
        while sector < len(table) and not walked_in[sector]:
            walked_in[sector] = start + 1
            sector = table[sector]
            if sector < len(table) and walked_in[sector] == start + 1:
                raise ValueError(f"the chain of sectors returns to sector {sector}")


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
