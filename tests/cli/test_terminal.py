"""Narrow screens, files and old consoles: nothing is broken, nothing is lost, nothing is coloured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from umkm_cli.cli.kit.layout import column_widths

LONG = [["U-SBY-00001-39", "Batik Sekar Muara Sejahtera Bersama", "Sri Wahyuni", "Tenggilis Mejoyo", "kecil", "aktif"]]


@pytest.mark.parametrize("room", [80, 60, 40])
def test_no_width_breaks_a_word(room: int) -> None:
    rows = [["Kode", "Nama", "Pemilik", "Kecamatan", "Skala", "Status"], *LONG]
    widths = column_widths(rows, room)
    if widths is None:
        return
    assert sum(widths) + 2 * (len(widths) - 1) <= room
    for column, width in zip(zip(*rows, strict=True), widths, strict=True):
        assert all(len(word) <= width for cell in column for word in cell.split())


def test_a_table_takes_the_room_there_is_and_no_more() -> None:
    assert column_widths([["Kode", "Nama"], ["A-1", "Batik Sekar"]], 80) == [4, 11]
    assert column_widths([["Kode", "Nama"], ["A-1", "Batik Sekar"]], 12) == [4, 6]
    assert column_widths([["Kode", "Nama"], ["A-1", "Batik Sekar"]], 10) is None


@pytest.mark.parametrize("columns", ["80", "60"])
def test_words_stay_whole_in_every_list(
    umkm: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    commands = (["vendor", "list"], ["motif", "list"], ["case", "list", "--all"], ["motif", "show", "M-01"])
    wide = [umkm(*command).ok().out for command in commands]
    monkeypatch.setenv("COLUMNS", columns)
    for command, before in zip(commands, wide, strict=True):
        narrow = umkm(*command).ok().out
        assert max(map(len, narrow.splitlines())) <= int(columns), command
        lost = {word for word in before.split() if len(word) < 30} - set(narrow.split())
        assert not {word for word in lost if set(word) - set("─ ")}, command


def test_redirected_output_is_utf8_whatever_the_console_says(umkm: Run, tmp_path: Path) -> None:
    umkm("register", "--name", "Batik Ꝋ Ćanting 花", "--ref", "A-1").ok()
    target = tmp_path / "daftar usaha.txt"
    environment = os.environ | {
        "PYTHONIOENCODING": "cp1252",
        "PYTHONUTF8": "0",
        "COLUMNS": "80",
        "TERM": "xterm-256color",
    }
    with target.open("wb") as file:
        command = [sys.executable, "-m", "umkm_cli", "vendor", "list"]
        subprocess.run(command, env=environment, stdout=file, stderr=subprocess.STDOUT, check=True)
    text = target.read_bytes().decode("utf-8")
    assert "Batik Ꝋ Ćanting 花" in text
    assert "\x1b" not in text


def test_an_option_is_not_taken_for_the_value_of_another(umkm: Run) -> None:
    document = umkm("register", "--name", "--json").refused("option_as_value")
    assert "--name=--json" in document["hint"]
    umkm("vendor", "list", "--search", "--json").refused("option_as_value")
    umkm("case", "open", "--complainant", "--motif=x", "--json").refused("option_as_value")
    assert umkm("vendor", "list", "--json").json()["vendors"] == []
    assert umkm("register", "--name=--json", "--json").json()["name"] == "--json"
    assert umkm("register", "--name", "--tanpa nama", "--json").json()["name"] == "--tanpa nama"


def test_what_typer_finds_wrong_is_said_in_indonesian(umkm: Run) -> None:
    for arguments, sentence in (
        (["vendor", "list", "--limit", "x"], "harus bilangan bulat, paling sedikit 1."),
        (["motif", "check", "x", "--top", "99"], "harus bilangan bulat dari 1 sampai 50."),
        (["vendor", "list", "--json=3"], "pilihan --json tidak memerlukan nilai."),
        (["case", "decide", "x", "--outcome", "y", "--reason", "z"], "pilihannya strong, weak."),
        (["motif", "check"], "'GAMBAR…' belum diisi."),
    ):
        refused = umkm(*arguments)
        assert refused.exit_code == 2
        assert sentence in refused.err, arguments
