"""What may be lost is bounded, and what is damaged is as good as lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from umkm_cli.disk.cache import Cache

LARGE = 1 << 30


def test_what_was_put_is_there_for_the_next_process(tmp_path: Path) -> None:
    Cache(tmp_path / "cache", LARGE).put("a", b"seen")
    code = "import sys; from pathlib import Path; from umkm_cli.disk.cache import Cache; "
    code += "sys.stdout.buffer.write(Cache(Path(sys.argv[1]), 1 << 30).get('a'))"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "cache")], capture_output=True, check=True)
    assert done.stdout == b"seen"


@pytest.mark.parametrize("place", [0, 31, 32, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, place: int) -> None:
    cache = Cache(tmp_path, LARGE)
    cache.put("a", b"what was seen")
    data = bytearray((tmp_path / "a").read_bytes())
    data[place] ^= 1
    (tmp_path / "a").write_bytes(data)
    assert cache.get("a") is None
    cache.put("a", b"what was seen")
    assert cache.get("a") == b"what was seen"


def test_neither_an_end_nor_another_s_content_is_taken(tmp_path: Path) -> None:
    cache = Cache(tmp_path, LARGE)
    cache.put("a", b"what was seen")
    whole = (tmp_path / "a").read_bytes()
    (tmp_path / "b").write_bytes(whole)
    (tmp_path / "a").write_bytes(whole[:-2])
    (tmp_path / "c").write_bytes(b"")
    assert [cache.get(name) for name in ("a", "b", "c", "never")] == [None] * 4


def test_what_was_asked_for_longest_ago_goes_first(tmp_path: Path) -> None:
    some = bytes(1_000)
    filling = Cache(tmp_path, LARGE)
    for number in range(40):
        filling.put(f"{number:02}", some)
        os.utime(tmp_path / f"{number:02}", (number, number))
    assert filling.get("00") == some

    Cache(tmp_path, 20_000).put("new", some)

    left = {path.name for path in tmp_path.iterdir()}
    assert {"00", "new", "39"} < left
    assert sum((tmp_path / name).stat().st_size for name in left) <= 20_000
    assert not {"01", "02", "20"} & left


def test_where_nothing_can_be_written_there_is_none_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file", LARGE)
    cache.put("a", b"seen")
    assert cache.get("a") is None
