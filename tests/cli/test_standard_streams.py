"""`-` where a file is meant: what is written goes to standard output, alone; what is read comes from standard input."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run

PICTURE = SAMPLES / "motifs" / "semanggi.jpg"


def run(*args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command as a process, with bytes in and out."""
    return subprocess.run(
        [sys.executable, "-m", "umkm_cli", *map(str, args)],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env=dict(os.environ),
    )


@pytest.fixture
def motif(umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    umkm("register", "--name", "Batik Sari", "--ref", "A-1").ok()
    umkm("motif", "register", PICTURE, "--vendor", "A-1", "--title", "Semanggi", "--ref", "M-1", "--published").ok()
    return tmp_path


def test_lists_are_printed_as_without_a_name(umkm: Run, motif: Path) -> None:
    for noun in ("vendor", "motif", "product"):
        assert umkm(noun, "export", "-").ok().out == umkm(noun, "export").ok().out
    assert not (motif / "-").exists()


@pytest.mark.parametrize(
    ("command", "starts"),
    [
        (("motif", "gallery", "-"), b"<!DOCTYPE html>"),
        (("report", "month", "-"), b"<!DOCTYPE html>"),
        (("motif", "receipt", "M-1", "-"), b"%PDF-"),
        (("motif", "djki-pack", "M-1", "-"), b"PK"),
        (("motif", "check", str(PICTURE), "--report", "-"), b"<!DOCTYPE html>"),
    ],
)
def test_documents_are_alone_on_standard_output(
    umkm: Run, motif: Path, command: tuple[str, ...], starts: bytes
) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stderr
    assert done.stdout.lower().startswith(starts.lower())
    assert done.stderr.strip() != b""  # what is said besides
    if starts == b"PK":
        assert zipfile.ZipFile(io.BytesIO(done.stdout)).testzip() is None
    if starts == b"%PDF-":
        assert umkm("verify", write(motif / "terima.pdf", done.stdout)).ok()
    assert not (motif / "-").exists()
    umkm(*command, "--json").refused("dash_and_json")


def write(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def test_the_public_key_is_printed_and_people_hear_of_it_again_afterwards(umkm: Run, motif: Path) -> None:
    done = umkm("key", "show", "--out", "-").ok()
    umkm("key", "show", "--out", motif / "kantor.txt").ok()
    assert done.out == (motif / "kantor.txt").read_text("utf-8")
    assert "ditulis" in done.err
    assert umkm("vendor", "list").ok().out != ""


def test_pictures_and_documents_are_read_from_standard_input(umkm: Run, motif: Path) -> None:
    checked = run("motif", "check", "-", "--json", stdin=PICTURE.read_bytes())
    assert checked.returncode == 0, checked.stderr
    assert b'"image": "-"' in checked.stdout
    receipt = run("motif", "receipt", "M-1", "-").stdout
    assert run("verify", "-", stdin=receipt).returncode == 0
    assert run("verify", "-", stdin=receipt.replace(b"Semanggi", b"Semanggu")).returncode != 0


def test_lists_are_read_from_standard_input_and_what_fails_stays_in_the_folder(umkm: Run, motif: Path) -> None:
    sheet = "ref;nama usaha;kecamatan\nB-1;Batik Ombak;Rungkut\nB-2;;Rungkut\n"
    done = run("vendor", "import", "-", "--json", stdin=sheet.encode())
    assert done.returncode == 0, done.stderr
    assert (b'"created": 1' in done.stdout, b'"failed": 1' in done.stdout) == (True, True)
    assert "B-2" in (motif / "stdin-gagal.csv").read_text("utf-8-sig")
    (motif / "gambar.jpg").write_bytes((SAMPLES / "motifs" / "layangan.jpg").read_bytes())
    motifs = "usaha;ref;judul;gambar\nA-1;M-2;Layangan;gambar.jpg\n"
    assert run("motif", "import", "-", "--json", stdin=motifs.encode()).returncode == 0
    assert umkm("motif", "show", "M-2").ok()
    umkm("vendor", "export", "daftar.xlsx").ok()
    again = run("vendor", "import", "-", "--json", stdin=(motif / "daftar.xlsx").read_bytes())
    assert b'"unchanged": 2' in again.stdout, again.stdout
