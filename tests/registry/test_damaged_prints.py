"""A damaged fingerprint is named, left out and made anew; nothing stops over it."""

import random
import sqlite3
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES, Run
from umkm_cli.matching.describing.fingerprint import Fingerprint
from umkm_cli.matching.describing.fingerprint_bytes import HEAD, ROW_BYTES, is_whole
from umkm_cli.matching.engine import compare
from umkm_cli.matching.thresholds import DEFAULT

PICTURE = SAMPLES / "motifs" / "semanggi.jpg"
OTHER = SAMPLES / "motifs" / "hiu-buaya.jpg"
PARANG = SAMPLES / "heritage" / "parang.jpg"
DAMAGES = 500
MOST_MEMORY = 4 * 2**20
"""A fingerprint takes some 100 KiB in memory; a damaged one must not ask for more than a few of them."""

Damage = Callable[[bytes], Any]


def sealed(body: bytes) -> bytes:
    """With the checksum that belongs to it."""
    return body + struct.pack("<I", zlib.crc32(body))


def head(width: int, height: int, contrast: float, *counts: int) -> bytes:
    return HEAD.pack(b"UMF1", width, height, contrast, *counts)


SHAPES: dict[str, Damage] = {
    "one bit": lambda data: data[:900] + bytes([data[900] ^ 1]) + data[901:],
    "overwritten": lambda data: random.Random(7).randbytes(len(data)),
    "truncated": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "zeros": lambda data: bytes(len(data)),
    "another label": lambda data: b"UMF9" + data[4:],
    "counts beyond its length": lambda _: sealed(head(900, 640, 60.0, 65535, 65535)),
    "no width": lambda _: sealed(head(0, 640, 60.0, 0, 0)),
    "not a number": lambda data: sealed(data[:12] + struct.pack("<f", float("nan")) + data[16:-4]),
    "infinite": lambda data: sealed(data[:12] + struct.pack("<f", float("inf")) + data[16:-4]),
    "text": lambda _: "not bytes",
    "a number": lambda _: 10**12,
}


@pytest.fixture
def stored(umkm: Run, home: Path) -> Path:
    """Two makers with a motif each, a traditional pattern, and a picture that was checked."""
    for ref, picture in (("1", PICTURE), ("2", OTHER)):
        umkm("register", "--name", f"Batik {ref}", "--ref", f"A-{ref}").ok()
        umkm("motif", "register", picture, "--vendor", f"A-{ref}", "--title", f"Motif {ref}", "--ref", f"M-{ref}").ok()
    umkm("heritage", "add", PARANG, "--name", "Parang").ok()
    return home


def damage(home: Path, how: Damage, where: str = "1 = 1") -> None:
    with closing(sqlite3.connect(home / "umkm.db")) as database:
        for sha256, data in database.execute(f"SELECT sha256, data FROM fingerprint WHERE {where}").fetchall():
            database.execute("UPDATE fingerprint SET data = ? WHERE sha256 = ?", (how(data), sha256))
        database.commit()


def of_motif(ref: str) -> str:
    return f"sha256 IN (SELECT sha256 FROM view JOIN motif ON motif.id = view.motif_id WHERE motif.ref = '{ref}')"


def code_of(umkm: Run, ref: str) -> str:
    return str(umkm("motif", "show", ref, "--json").ok().json()["code"])


def attention(umkm: Run) -> dict[str, Any]:
    found: dict[str, Any] = umkm("status", "--json").ok().json()["attention"]["damaged_fingerprints"]
    return found


NOTHING = {"codes": [], "pictures": 0, "past_checks": 0}


@pytest.mark.parametrize("how", SHAPES.values(), ids=SHAPES)
def test_it_is_named_and_left_out_and_made_anew(umkm: Run, stored: Path, how: Damage) -> None:
    damage(stored, how, of_motif("M-1"))
    code = code_of(umkm, "M-1")
    assert attention(umkm) == {"codes": [code], "pictures": 1, "past_checks": 0}
    assert code in umkm("status").ok().out

    (result,) = umkm("motif", "check", PICTURE, "--no-record", "--json").ok().json()["results"]
    assert result["damaged_fingerprints"] == [code]
    assert code not in [match["code"] for match in result["matches"]]
    assert "index_damaged" in result["reasons"]
    said = umkm("motif", "check", PICTURE, "--no-record").ok().out
    assert code in said
    assert "umkm motif reindex" in said

    done = umkm("motif", "reindex", "--json").ok().json()
    assert (done["damaged"], done["done"], done["problems"]) == (1, 1, [])
    assert attention(umkm) == NOTHING
    (result,) = umkm("motif", "check", PICTURE, "--no-record", "--json").ok().json()["results"]
    assert (result["damaged_fingerprints"], result["verdict"]) == ([], "copy")


def test_nothing_stops_where_all_are_damaged(umkm: Run, stored: Path, tmp_path: Path) -> None:
    damage(stored, SHAPES["overwritten"])
    codes = {code_of(umkm, "M-1"), code_of(umkm, "M-2")}
    (heritage,) = (code for code in attention(umkm)["codes"] if code.startswith("W-"))
    assert set(attention(umkm)["codes"]) == {*codes, heritage}
    sheet = tmp_path / "motifs.csv"
    rows = ("M-3,A-1,Perahu,perahu-pesisir.jpg", "M-1,A-1,Motif 1,semanggi.jpg")
    sheet.write_text("\n".join(["ref,vendor,title,image", *rows, ""]), "utf-8")

    imported = umkm("motif", "import", sheet, "--images", PICTURE.parent, "--json").ok()
    assert (imported.json()["created"], imported.json()["failed"]) == (1, 0)
    assert all(code in imported.err for code in codes)
    made = umkm("motif", "register", PARANG, "--vendor", "A-2", "--title", "Parang baru", "--json").ok().json()
    assert set(made["screening"]["damaged_fingerprints"]) == {*codes, heritage}
    duplicates = umkm("motif", "duplicates", "--json").ok()
    assert all(code in duplicates.err for code in codes)
    umkm("product", "check", PICTURE, "--json").ok()
    umkm("product", "add", "--name", "Kain", "--vendor", "A-1", "--image", OTHER).ok()
    umkm("heritage", "list", "--json").ok()
    umkm("audit", "verify").ok()
    umkm("motif", "reindex", "--rescreen", "--json").ok()
    assert attention(umkm) == NOTHING


def test_a_check_of_the_same_picture_mends_its_fingerprint(umkm: Run, stored: Path) -> None:
    damage(stored, SHAPES["truncated"], of_motif("M-1"))
    umkm("motif", "check", PICTURE).ok()
    assert attention(umkm) == NOTHING


def test_a_past_check_is_left_out_and_then_let_go(umkm: Run, stored: Path) -> None:
    seen = SAMPLES / "motifs" / "perahu-pesisir.jpg"
    umkm("motif", "check", seen).ok()
    damage(stored, SHAPES["one bit"], "sha256 IN (SELECT sha256 FROM image WHERE NOT stored)")
    assert attention(umkm) == {"codes": [], "pictures": 0, "past_checks": 1}
    assert "pernah diperiksa rusak" in umkm("status").ok().out
    made = umkm("motif", "register", seen.parent / "daun-bakau.jpg", "--vendor", "A-1", "--title", "Daun", "--json")
    assert made.ok().err.find("tidak sampai selesai") == -1
    assert umkm("motif", "reindex", "--json").ok().json()["damaged"] == 1
    assert attention(umkm) == NOTHING


def test_a_new_motif_with_a_damaged_fingerprint_is_looked_back_for_later(umkm: Run, stored: Path) -> None:
    """It does not hide those behind it, and is compared with past checks once it can be read again."""
    umkm("motif", "check", PICTURE).ok()
    with closing(sqlite3.connect(stored / "umkm.db")) as database:
        database.execute('DELETE FROM "check" WHERE 0')
        database.execute("UPDATE view SET looked_back = 0")
        database.commit()
    damage(stored, SHAPES["zeros"], of_motif("M-1"))
    umkm("motif", "register", SAMPLES / "motifs" / "daun-bakau.jpg", "--vendor", "A-1", "--title", "Daun").ok()
    with closing(sqlite3.connect(stored / "umkm.db")) as database:
        waiting = "SELECT motif.ref FROM view JOIN motif ON motif.id = view.motif_id WHERE NOT looked_back"
        assert database.execute(waiting).fetchall() == [("M-1",)]
        umkm("motif", "reindex").ok()
        assert database.execute(waiting).fetchall() == []


def test_no_original_no_new_fingerprint_and_the_code_is_said(umkm: Run, stored: Path) -> None:
    damage(stored, SHAPES["zeros"], of_motif("M-1"))
    for original in (stored / "images").rglob("*.jpg"):
        original.unlink()
    done = umkm("motif", "reindex", "--json").ok().json()
    assert [problem["code"] for problem in done["problems"]] == [code_of(umkm, "M-1")]


def damaged(data: bytes, rng: random.Random) -> Any:
    """As disks and programs damage: bits, runs of bytes, cuts, insertions, other types."""
    at, run = rng.randrange(len(data)), rng.randrange(1, 4096)
    run = min(run, len(data) - at)
    before, hit, behind = data[:at], data[at : at + run], data[at + run :]
    kinds = (
        before + bytes([hit[0] ^ (1 << rng.randrange(8))]) + hit[1:] + behind,
        before + rng.randbytes(run) + behind,
        before + bytes(run) + behind,
        before,
        before + rng.randbytes(run) + hit + behind,
        before + behind,
        rng.randbytes(run),
        rng.choice([None, "", "teks", 0, -1, 10**12, 0.5]),
    )
    return rng.choice(kinds)


@pytest.fixture(scope="module")
def blob() -> bytes:
    from umkm_cli.screening.judging.pictures import prepare_picture

    return prepare_picture(PICTURE.read_bytes()).fingerprint.to_bytes()


def test_every_random_damage_is_noticed_at_little_cost(blob: bytes) -> None:
    rng = random.Random(20261124)
    tracemalloc.start()
    try:
        for found in (damaged(blob, rng) for _ in range(DAMAGES)):
            if found != blob:
                assert not is_whole(found)
                assert Fingerprint.stored(found) is None
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def test_what_carries_a_right_checksum_can_be_compared(blob: bytes) -> None:
    """Written by somebody who knows the layout: whatever the keypoints say, comparing comes to an answer."""
    whole, rng = Fingerprint.from_bytes(blob), random.Random(5)
    for number in range(DAMAGES // 10):
        body = bytearray(blob[:-4])
        for _ in range(1 << number % 12):
            body[rng.randrange(HEAD.size, len(body))] = rng.randrange(256)
        found = Fingerprint.stored(sealed(bytes(body)))
        assert found is not None
        compare(whole, found, DEFAULT)
        compare(found, whole, DEFAULT)


@pytest.mark.parametrize("fill", [0, 255])
def test_keypoints_all_alike_can_be_compared(blob: bytes, fill: int) -> None:
    whole = Fingerprint.from_bytes(blob)
    alike = Fingerprint.stored(sealed(head(2**32 - 1, 1, 0.0, 65535 // 100, 10) + bytes([fill]) * ROW_BYTES * 665))
    assert alike is not None
    compare(whole, alike, DEFAULT)
    compare(alike, whole, DEFAULT)
