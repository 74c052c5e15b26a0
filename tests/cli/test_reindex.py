"""What people read where a registry is behind the program, and while it catches up."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.screening.conftest import SAMPLES

PICTURE = SAMPLES / "motifs" / "semanggi.jpg"
OTHER = SAMPLES / "motifs" / "hiu-buaya.jpg"


@pytest.fixture
def behind(umkm: Run, home: Path) -> Path:
    """One motif, fingerprinted by an extractor that this version cannot read."""
    umkm("register", "--name", "Batik Muara", "--ref", "A-1").ok()
    umkm("motif", "register", PICTURE, "--vendor", "A-1", "--title", "Semanggi", "--ref", "M-1").ok()
    with closing(sqlite3.connect(home / "umkm.db")) as database:
        database.execute("UPDATE fingerprint SET extractor = 'sift1-9'")
        database.commit()
    return home


@pytest.mark.parametrize(
    ("language", "incomplete", "attention"),
    [
        ("id", "Sebagian gambar dalam daftar belum ikut dibandingkan", "1 dari 1 gambar belum ikut dibandingkan"),
        ("en", "Some recorded pictures were not compared", "1 picture of 1 is not compared"),
    ],
)
def test_every_command_that_searches_says_what_to_do(
    umkm: Run,
    behind: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    language: str,
    incomplete: str,
    attention: str,
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    sheet = tmp_path / "motifs.csv"
    sheet.write_text("vendor,title,image\n", "utf-8")
    assert attention in umkm("status").ok().out
    said = umkm("motif", "check", PICTURE, "--no-record").ok().out
    assert incomplete in said
    assert said.count("umkm motif reindex") == 1
    assert incomplete in umkm("motif", "register", OTHER, "--vendor", "A-1", "--title", "Hiu").ok().out
    assert incomplete in umkm("motif", "duplicates", "--json").ok().err
    assert incomplete in umkm("motif", "import", sheet).err

    umkm("motif", "reindex").ok()

    for command in (("status",), ("motif", "check", PICTURE, "--no-record"), ("motif", "duplicates")):
        done = umkm(*command).ok()
        assert "umkm motif reindex" not in done.out + done.err


def test_status_says_that_an_older_reading_still_serves(
    umkm: Run, behind: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("umkm_cli.registry.pictures.generations.READABLE", ("sift9", "sift1-9"))
    assert "1 dari 1 gambar masih dibandingkan menurut versi program sebelumnya" in umkm("status").ok().out
    said = umkm("motif", "check", PICTURE, "--no-record").ok().out
    assert "masih dibandingkan menurut versi program sebelumnya" in said


def test_people_read_how_many_were_done(umkm: Run, behind: Path) -> None:
    assert umkm("motif", "reindex").ok().out == "1 gambar dibaca ulang, 0 sudah mutakhir, dari 1 gambar tersimpan.\n"
    assert umkm("motif", "reindex").ok().out == "Semua 1 gambar tersimpan sudah mutakhir.\n"


def test_people_read_which_picture_to_restore(umkm: Run, behind: Path) -> None:
    for original in (behind / "images").rglob("*.jpg"):
        original.unlink()
    said = umkm("motif", "reindex").ok().out
    code = umkm("motif", "show", "M-1", "--json").ok().json()["code"]
    assert f"Gambar tersimpan untuk {code} tidak ditemukan" in said
    assert "Pulihkan folder images dari cadangan." in said
    assert "jalankan lagi: umkm motif reindex" in said


def test_an_interrupt_says_what_is_kept_and_how_to_go_on(
    umkm: Run, behind: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("umkm_cli.screening.later.reindexing._store", interrupted)
        done = umkm("motif", "reindex", "--json")
    assert done.exit_code == 130
    done.refused("interrupted")
    assert "0 gambar sudah dikerjakan. Jalankan perintah yang sama untuk meneruskan." in done.err
    assert umkm("motif", "reindex", "--json").ok().json()["done"] == 1
