"""Pictures in a terminal: the real command under a pseudo-terminal that answers as Kitty, as Sixel, or as neither."""

import re
import sys
from pathlib import Path

import pytest

from tests.cli.terminals import PLAIN_TERMINAL, SIXEL_TERMINAL, kitty, shown
from tests.conftest import SAMPLES, Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals to open from here")

CROP = SAMPLES / "suspect" / "crop.jpg"
OFFER = b"jalankan: umkm open"


def test_a_sixel_terminal_draws_the_pair(registry: Path) -> None:
    written = shown("motif", "check", CROP, answers=SIXEL_TERMINAL)
    assert re.search(rb"\x1bP[0-9;]*q", written)
    assert b"Kiri: " in written
    assert OFFER not in written


def test_kitty_draws_the_pair(registry: Path) -> None:
    written = shown("motif", "check", CROP, answers=kitty())
    assert written.count(b"\x1b_G") > 2
    assert 1 < len(re.findall("\U0010eeee.*\r\n", written.decode())) <= 20
    assert OFFER not in written


def test_another_terminal_is_told_where_to_look(registry: Path) -> None:
    written = shown("motif", "check", CROP, answers=PLAIN_TERMINAL)
    assert OFFER in written
    assert b"\x1bP" not in written
    clear = shown("motif", "check", SAMPLES / "suspect" / "unregistered.jpg", answers=PLAIN_TERMINAL)
    assert OFFER not in clear
    assert b"\x1b[c" not in clear


def test_nothing_is_asked_where_nobody_looks(registry: Path, umkm_process: Run) -> None:
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        written = shown("motif", "check", CROP, answers=SIXEL_TERMINAL, **environment)
        assert b"\x1b[c" not in written
        assert b"\x1bP" not in written
    assert b'"umkm.check/1"' in (document := shown("motif", "check", CROP, "--json", answers=SIXEL_TERMINAL))
    assert b"\x1b" not in document
    piped = umkm_process("motif", "check", CROP).ok()
    assert "\x1b" not in piped.out
    assert OFFER.decode() not in piped.out
