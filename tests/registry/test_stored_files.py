"""A picture or paper that lies in a recorded one's place is never shown or signed as that one, is named, and heals."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES, Run
from umkm_cli.db.reading import reading
from umkm_cli.disk.memory import recall
from umkm_cli.registry.pictures.stocktaking import glance_at_stock
from umkm_cli.settings import read_settings

PICTURE = SAMPLES / "motifs" / "semanggi.jpg"
OTHER = SAMPLES / "motifs" / "hiu-buaya.jpg"
SUSPECT = SAMPLES / "suspect" / "crop.jpg"
COPIED = SAMPLES / "motifs" / "perahu-pesisir.jpg"
SAID = "Berkas yang tersimpan bukan berkas yang dicatat"


@pytest.fixture
def motif(umkm: Run) -> str:
    """The code of a motif with one picture and a letter as evidence."""
    umkm("register", "--name", "Batik Muara", "--ref", "A-1").ok()
    made = umkm("motif", "register", PICTURE, "--vendor", "A-1", "--title", "Semanggi", "--ref", "M-1", "--json").ok()
    return str(made.json()["code"])


def original(home: Path) -> Path:
    """The one stored picture."""
    (path,) = [path for path in (home / "images").rglob("*") if path.is_file()]
    return path


def flip(path: Path) -> bytes:
    """Change one bit in the middle, where a JPEG still decodes; gives the bytes as they were."""
    before = path.read_bytes()
    middle = len(before) // 2
    path.write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1 :])
    return before


def replace(path: Path) -> bytes:
    """Another picture in its place."""
    before = path.read_bytes()
    path.write_bytes(OTHER.read_bytes())
    return before


def attention(umkm: Run) -> dict[str, Any]:
    found: dict[str, Any] = umkm("status", "--json").ok().json()["attention"]["stored_files"]
    return found


def restored(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "umkm.db")) as database:
        return [row[0] for row in database.execute("SELECT entity_id FROM audit WHERE action = 'restore'")]


@pytest.fixture(params=[flip, replace], ids=["one bit", "another picture"])
def altered(request: pytest.FixtureRequest, motif: str, home: Path) -> str:
    request.param(original(home))
    return motif


def test_status_and_audit_name_it(umkm: Run, altered: str) -> None:
    assert attention(umkm) == {"altered": [altered], "missing": [], "compared": attention(umkm)["compared"], "total": 1}
    said = umkm("status").ok().out
    assert SAID in said
    assert altered in said
    document = umkm("audit", "verify", "--json").refused("stored_files_altered")
    assert altered in document["message"]


def test_what_is_missing_is_named_and_does_not_break_the_history(umkm: Run, motif: str, home: Path) -> None:
    original(home).unlink()
    assert attention(umkm)["missing"] == [motif]
    verified = umkm("audit", "verify", "--json").ok().json()
    assert verified["stored_files"] == {"altered": [], "missing": [motif], "compared": 1, "total": 1}
    assert motif in umkm("audit", "verify").ok().out


def test_the_motif_says_so(umkm: Run, altered: str) -> None:
    (view,) = umkm("motif", "show", altered, "--json").ok().json()["views"]
    assert view["stored_file"] == "altered"
    assert view["repeat"] is None
    assert SAID in umkm("motif", "show", altered).ok().out


def test_no_receipt_is_signed(umkm: Run, altered: str, tmp_path: Path) -> None:
    out = tmp_path / "receipt.pdf"
    document = umkm("motif", "receipt", altered, out, "--json").refused("stored_file_altered")
    assert altered in document["message"]
    assert "umkm motif check" in document["hint"]
    assert not out.exists()


def test_no_receipt_is_signed_while_another_view_differs(umkm: Run, motif: str, home: Path, tmp_path: Path) -> None:
    umkm("motif", "register", OTHER, "--vendor", "A-1", "--title", "Semanggi", "--ref", "M-1").ok()
    (second,) = [path for path in (home / "images").rglob("*.jpg") if path.read_bytes() == OTHER.read_bytes()]
    flip(second)
    umkm("motif", "receipt", motif, tmp_path / "receipt.pdf", "--json").refused("stored_file_altered")


def test_the_gallery_has_words_in_its_place(umkm: Run, altered: str, tmp_path: Path) -> None:
    out = tmp_path / "gallery.html"
    done = umkm("motif", "gallery", out, "--unpublished", "--json").ok().json()
    assert done["altered"] == [altered]
    assert done["without_picture"] == [altered]
    assert SAID in out.read_text("utf-8")
    assert "data:image" not in out.read_text("utf-8").split("<main", 1)[1]


def test_what_is_compared_with_it_is_refused(umkm: Run, altered: str) -> None:
    assert altered in umkm("motif", "compare", OTHER, altered, "--json").refused("stored_picture_damaged")["message"]


def test_no_pack_takes_it_along(umkm: Run, altered: str, tmp_path: Path) -> None:
    out = tmp_path / "pack.zip"
    assert altered in umkm("motif", "djki-pack", altered, out, "--json").refused("stored_file_altered")["message"]
    assert not out.exists()


def test_no_pack_takes_an_altered_paper_along(umkm: Run, motif: str, home: Path, tmp_path: Path) -> None:
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.7 surat pernyataan")
    attach = ("motif", "attach", motif, letter, "--kind", "ownership-statement")
    umkm(*attach).ok()
    (kept,) = [path for path in (home / "files").rglob("*") if path.is_file()]
    flip(kept)
    out = tmp_path / "pack.zip"
    umkm("motif", "djki-pack", motif, out, "--json").refused("stored_file_altered")
    assert attention(umkm)["altered"] == [motif]
    assert umkm("motif", "show", motif, "--json").ok().json()["files"][0]["stored_file"] == "altered"

    umkm(*attach).ok()

    assert attention(umkm)["altered"] == []
    umkm("motif", "djki-pack", motif, out).ok()
    with zipfile.ZipFile(out) as pack:
        assert letter.read_bytes() in [pack.read(name) for name in pack.namelist()]
    assert len(restored(home)) == 1


@pytest.mark.parametrize(
    "command",
    [
        ("motif", "check", PICTURE),
        ("motif", "register", PICTURE, "--vendor", "A-1", "--title", "Semanggi", "--ref", "M-1"),
        ("motif", "register", PICTURE, "--vendor", "A-2", "--title", "Milik lain"),
        ("motif", "attach", "M-1", PICTURE, "--kind", "sample"),
        ("product", "add", "--name", "Kain", "--vendor", "A-1", "--image", PICTURE),
    ],
    ids=["check", "register again", "register for another", "attach", "product"],
)
def test_it_heals_when_somebody_brings_the_right_file(
    umkm: Run, altered: str, home: Path, command: tuple[str | Path, ...], tmp_path: Path
) -> None:
    umkm("register", "--name", "Batik Lain", "--ref", "A-2").ok()
    assert attention(umkm)["altered"] == [altered]
    umkm(*command).ok()
    assert original(home).read_bytes() == PICTURE.read_bytes()
    assert attention(umkm)["altered"] == []
    assert restored(home) == [original(home).stem]
    umkm("motif", "receipt", altered, tmp_path / "receipt.pdf").ok()
    umkm("audit", "verify").ok()


def test_an_import_heals_it(umkm: Run, altered: str, home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "motifs.csv"
    sheet.write_text("ref,vendor,title,image\nM-1,A-1,Semanggi,semanggi.jpg\n", "utf-8")
    done = umkm("motif", "import", sheet, "--images", PICTURE.parent, "--json").ok().json()
    assert done["unchanged"] == 1
    assert original(home).read_bytes() == PICTURE.read_bytes()
    assert restored(home) == [original(home).stem]


def test_a_lost_file_comes_back_the_same_way(umkm: Run, motif: str, home: Path) -> None:
    original(home).unlink()
    umkm("motif", "check", PICTURE).ok()
    assert original(home).read_bytes() == PICTURE.read_bytes()
    assert restored(home) == [original(home).stem]
    assert attention(umkm)["missing"] == []


def test_a_check_that_is_not_recorded_changes_nothing(umkm: Run, altered: str, home: Path) -> None:
    umkm("motif", "check", PICTURE, "--no-record").ok()
    assert original(home).read_bytes() != PICTURE.read_bytes()
    assert restored(home) == []


def test_what_is_in_place_is_not_written_again(umkm: Run, motif: str, home: Path) -> None:
    before = original(home).stat()
    umkm("motif", "check", PICTURE).ok()
    umkm("motif", "register", PICTURE, "--vendor", "A-1", "--title", "Semanggi", "--ref", "M-1").ok()
    after = original(home).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert restored(home) == []


def test_reindex_names_it_and_keeps_the_older_reading(umkm: Run, altered: str, home: Path) -> None:
    with closing(sqlite3.connect(home / "umkm.db")) as database:
        database.execute("UPDATE fingerprint SET extractor = 'sift1-9'")
        database.commit()
    (problem,) = umkm("motif", "reindex", "--json").ok().json()["problems"]
    assert (problem["code"], problem["error"]) == (altered, "stored_picture_damaged")
    with closing(sqlite3.connect(home / "umkm.db")) as database:
        assert database.execute("SELECT extractor FROM fingerprint").fetchall() == [("sift1-9",)]


@pytest.fixture
def three(umkm: Run, motif: str) -> list[str]:
    """The digests of three stored pictures, in order: of these `umkm status` reads what it has time for."""
    for number, picture in enumerate((OTHER, COPIED)):
        umkm("motif", "register", picture, "--vendor", "A-1", "--title", f"Lain {number}").ok()
    return sorted(path.stem for path in (read_settings().images).rglob("*.jpg"))


def glance(budget_s: float) -> tuple[int, int]:
    settings = read_settings()
    with reading(settings) as reader:
        found = glance_at_stock(settings, reader, budget_s)
    return found.compared, len(found.altered)


def test_another_size_is_certain_without_reading(three: list[str], home: Path) -> None:
    victim = next((home / "images").rglob(f"{three[1]}.jpg"))
    victim.write_bytes(victim.read_bytes() + b"\0")
    assert glance(0.0) == (0, 1)


def test_what_differed_differs_until_it_was_read_anew(three: list[str], home: Path) -> None:
    victim = next((home / "images").rglob(f"{three[1]}.jpg"))
    before = flip(victim)
    assert glance(60.0) == (3, 1)
    victim.write_bytes(before)
    assert glance(0.0) == (0, 1)
    assert glance(60.0)[1] == 0


def test_what_there_was_no_time_for_is_read_the_next_time(three: list[str], home: Path) -> None:
    flip(next((home / "images").rglob(f"{three[2]}.jpg")))
    assert glance(0.0) == (0, 0)
    assert recall(home / "compared.json")["unread"] == three
    assert glance(60.0) == (3, 1)
    assert recall(home / "compared.json")["unread"] == []


@pytest.mark.parametrize("left", ["", "[]", '{"at_ns": "x"}', '{"at_ns": 1, "cursor": "", "altered": 3}', "[" * 9000])
def test_a_damaged_memory_costs_a_reading_only(three: list[str], home: Path, left: str) -> None:
    (home / "compared.json").write_text(left, "utf-8")
    flip(next((home / "images").rglob(f"{three[0]}.jpg")))
    assert glance(60.0) == (3, 1)


@pytest.fixture
def case(umkm: Run, motif: str, home: Path) -> str:
    """About two motifs of one picture, in whose place lies another now."""
    umkm("register", "--name", "Batik Lain", "--ref", "A-2").ok()
    held = umkm("motif", "register", PICTURE, "--vendor", "A-2", "--title", "Sama", "--json").ok().json()
    assert held["case"]
    flip(original(home))
    return str(held["case"])


def test_no_bundle_is_signed(umkm: Run, case: str, motif: str, tmp_path: Path) -> None:
    out = tmp_path / "bundle.zip"
    document = umkm("case", "bundle", case, out, "--json").refused("stored_file_altered")
    named = attention(umkm)["altered"]
    assert motif in named
    assert any(code in document["message"] for code in named)
    assert not out.exists()


@pytest.mark.parametrize(("language", "said"), [("id", SAID), ("en", "is not the one that was recorded")])
def test_the_report_has_words_in_the_pictures_place(
    umkm: Run, case: str, tmp_path: Path, language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    out = tmp_path / "report.html"
    umkm("case", "report", case, out).ok()
    html = out.read_text("utf-8")
    assert said in html
    assert "data:image/jpeg" not in html
    umkm("case", "report", case, tmp_path / "report.pdf").ok()
