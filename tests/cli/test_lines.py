"""Sentences on a screen break between words at any width; data, and what goes into a file, is not broken at all."""

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.conftest import SAMPLES, Result, Run
from umkm_cli.cli.kit.lines import broken, fitted, room_of

CASE, MOTIF = "K-SBY-00001-92", "M-SBY-00001-62"
WIDTHS = (60, 80, 120)


@dataclass(frozen=True)
class Office:
    """One motif, a look-alike that waits, a receipt, and a list to import, some of whose rows are wrong."""

    receipt: Path
    sheet: Path

    @property
    def commands(self) -> list[tuple[str | Path, ...]]:
        """Those that people read long answers of."""
        return [
            ("motif", "check", SAMPLES / "suspect" / "crop.jpg", "--no-record"),
            ("motif", "show", "A"),
            ("case", "show", CASE),
            ("case", "list"),
            ("status",),
            ("verify", self.receipt),
            ("vendor", "import", self.sheet),
            ("motif", "show", "tidak ada"),
            ("case", "decide", "K-SBY-00009-99", "--outcome", "weak", "--reason", "x"),
            ("vendor", "list", "--limit", "banyak"),
            ("register", "--name", "Batik F", "--nik", "12", "--nib", "abc"),
        ]


@pytest.fixture
def office(umkm: Run, tmp_path: Path) -> Office:
    for ref, picture in (("A", "motifs/daun-bakau.jpg"), ("B", "suspect/crop.jpg")):
        umkm("register", "--name", f"Batik Sekar Wijaya Kusuma {ref}", "--ref", ref).ok()
        umkm("motif", "register", SAMPLES / picture, "--vendor", ref, "--title", f"Daun {ref}", "--ref", ref).ok()
    receipt, sheet = tmp_path / "tanda.pdf", tmp_path / "usaha.csv"
    umkm("motif", "receipt", MOTIF, receipt).ok()
    sheet.write_text("nama;nik;nib\nBatik C;123;\nBatik D;3578014107800009;12\n;;\nBatik E;;\n", "utf-8")
    return Office(receipt, sheet)


def words_of(result: Result) -> set[str]:
    """Without the lines of tables and the numbers of rows, which a second import changes."""
    return {word for word in (result.out + result.err).split() if set(word) - set("─")}


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_answer_breaks_a_word_at_any_width(
    umkm: Run, office: Office, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    umkm("vendor", "import", office.sheet)  # what it adds is there from now on
    for command in office.commands:
        monkeypatch.setenv("COLUMNS", "5000")
        whole = words_of(umkm(*command))
        for width in WIDTHS:
            monkeypatch.setenv("COLUMNS", str(width))
            result = umkm(*command)
            lines = (result.out + result.err).splitlines()
            assert not [line for line in lines if cell_len(line) > width and len(line.split()) > 2], (command, width)
            short = {word for word in whole if len(word) <= width - 4}
            assert not short - words_of(result), (command, width)


def test_exported_rows_are_never_broken(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    umkm("register", "--name", "Batik " + "Sekar " * 30).ok()
    monkeypatch.setenv("COLUMNS", "60")
    assert len(umkm("vendor", "export").ok().out.splitlines()) == 2


def test_a_pipe_gets_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert room_of(io.StringIO()) is None
    assert fitted("kata " * 100, None) == "kata " * 100
    monkeypatch.setenv("COLUMNS", "72")
    assert room_of(io.StringIO()) == 72


def test_what_follows_stands_as_far_in() -> None:
    assert broken("  satu dua tiga", 10) == ["  satu dua", "  tiga"]
    assert broken("- satu dua tiga", 10) == ["- satu dua", "  tiga"]
    assert broken("K-SBY-00001-92 umkm", 10) == ["K-SBY-00001-92", "umkm"]
    assert broken("花花花 花花花", 9) == ["花花花", "花花花"]


@given(st.lists(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1)), st.integers(1, 40))
def test_every_word_comes_through_whole_and_in_its_order(words: list[str], room: int) -> None:
    lines = fitted(" ".join(words), room).split("\n")
    assert " ".join(lines).split() == words
    assert all(len(line) <= room or len(line.split()) == 1 for line in lines)
