"""What nobody said is published is not, and nobody outside the office sees it."""

import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Run
from tests.drawings import drawing


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"gambar-{seed}.png" for seed in range(5)]
    for seed, file in enumerate(files):
        Image.fromarray(drawing(seed, 240, 200)).save(file)
    return files


@pytest.fixture
def register(umkm: Run, pictures: list[Path]) -> "Register":
    umkm("register", "--name", "Batik Sari", "--ref", "A-1").ok()
    return Register(umkm, pictures)


class Register:
    """Registers one picture after the other as M-1, M-2, …"""

    def __init__(self, umkm: Run, pictures: list[Path]) -> None:
        self._umkm = umkm
        self._left = [*pictures]
        self._number = 0

    def __call__(self, *options: str) -> str:
        self._number += 1
        ref = f"M-{self._number}"
        base = ("--vendor", "A-1", "--title", f"Motif {ref}", "--ref", ref)
        return self._umkm("motif", "register", self._left.pop(0), *base, *options).ok().out


def state(umkm: Run, ref: str) -> tuple[bool, str]:
    motif = umkm("motif", "show", ref, "--json").ok().json()
    return motif["published"], motif["publication"]


def in_gallery(umkm: Run, tmp_path: Path) -> set[str]:
    file = tmp_path / "galeri.html"
    umkm("motif", "gallery", file).ok()
    page = file.read_text("utf-8")
    return {ref for ref in ("M-1", "M-2", "M-3", "M-4") if f"Motif {ref}" in page}


def test_registered_without_a_word_is_unpublished_and_says_so(umkm: Run, register: Register, tmp_path: Path) -> None:
    said = register()
    code = umkm("motif", "show", "M-1", "--json").ok().json()["code"]
    assert "belum diumumkan: tidak ditampilkan di luar kantor" in said
    assert f"umkm motif edit {code} --published" in said
    assert "sudah diumumkan" in register("--published")
    assert "sudah diumumkan" in register("--first-published", "17-8-2024")
    assert "belum diumumkan" in register("--first-published", "17-8-2024", "--unpublished")
    assert [state(umkm, f"M-{n}")[0] for n in (1, 2, 3, 4)] == [False, True, True, False]
    assert in_gallery(umkm, tmp_path) == {"M-2", "M-3"}


def test_editing_says_what_is_shown_outside_from_now_on(umkm: Run, register: Register, tmp_path: Path) -> None:
    register()
    assert "boleh ditampilkan" in umkm("motif", "edit", "M-1", "--published").ok().out
    assert in_gallery(umkm, tmp_path) == {"M-1"}
    assert "boleh ditampilkan" not in umkm("motif", "edit", "M-1", "--title", "Motif M-1 baru").ok().out
    assert "tidak ditampilkan" in umkm("motif", "edit", "M-1", "--unpublished").ok().out
    assert in_gallery(umkm, tmp_path) == set()
    umkm("motif", "edit", "M-1", "--first-published", "17-8-2024").ok()
    assert state(umkm, "M-1") == (True, "published")


def sheet_of(folder: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    file = folder / "motif.csv"
    lines = ["usaha;ref;judul;gambar;diumumkan;tanggal publikasi", *(";".join(("A-1", *row[:1], *row)) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_an_import_without_the_column_or_with_an_empty_cell_is_unpublished(
    umkm: Run, pictures: list[Path], tmp_path: Path
) -> None:
    umkm("register", "--name", "Batik Sari", "--ref", "A-1").ok()
    names = [file.name for file in pictures]
    rows = [("M-1", names[0], "", ""), ("M-2", names[1], "sudah", ""), ("M-3", names[2], "", "17/8/2024")]
    said = umkm("motif", "import", sheet_of(tmp_path, rows)).ok().out
    assert "Dicatat belum diumumkan, jadi tidak ditampilkan di luar kantor: 1 motif" in said
    assert [state(umkm, f"M-{n}") for n in (1, 2, 3)] == [
        *((False, "unpublished"), (True, "published"), (True, "published"))
    ]
    bare = tmp_path / "tanpa.csv"
    bare.write_text(f"usaha;ref;judul;gambar\nA-1;M-4;Empat;{names[3]}\n", encoding="utf-8")
    umkm("motif", "import", bare).ok()
    assert state(umkm, "M-4") == (False, "unpublished")


def test_the_same_sheet_again_does_not_undo_what_was_decided_since(
    umkm: Run, pictures: list[Path], tmp_path: Path
) -> None:
    umkm("register", "--name", "Batik Sari", "--ref", "A-1").ok()
    sheet = sheet_of(tmp_path, [("M-1", pictures[0].name, "", "17/8/2024"), ("M-2", pictures[1].name, "", "")])
    umkm("motif", "import", sheet).ok()
    umkm("motif", "edit", "M-1", "--unpublished").ok()
    umkm("motif", "edit", "M-2", "--published").ok()
    assert umkm("motif", "import", sheet, "--json").ok().json()["unchanged"] == 2
    assert [state(umkm, ref)[0] for ref in ("M-1", "M-2")] == [False, True]


def test_what_is_neither_yes_nor_no_is_refused(umkm: Run, pictures: list[Path], tmp_path: Path) -> None:
    umkm("register", "--name", "Batik Sari", "--ref", "A-1").ok()
    report = umkm("motif", "import", sheet_of(tmp_path, [("M-1", pictures[0].name, "mungkin", "")]), "--json").json()
    [problem] = report["rows"][0]["problems"]
    assert (problem["field"], problem["rule"], problem["level"]) == ("published", "not_published_or_not", "error")


@pytest.fixture
def migrated(umkm: Run, home: Path, register: Register) -> Path:
    """A registry of the time when published was taken for granted: M-1 without a word, M-2 with a day, M-3 unpublished,
    M-4 said to be published by an edit."""
    register("--published")
    register("--first-published", "17-8-2024")
    register("--unpublished")
    register("--unpublished")
    umkm("motif", "edit", "M-4", "--published").ok()
    connection = sqlite3.connect(home / "umkm.db")
    connection.executescript(
        "DROP INDEX ix_audit_record; ALTER TABLE audit_head DROP COLUMN key_id; "
        "ALTER TABLE vendor DROP COLUMN business_line; ALTER TABLE vendor DROP COLUMN phone2; "
        "ALTER TABLE vendor DROP COLUMN note; "
        "ALTER TABLE motif DROP COLUMN publication_undecided; UPDATE alembic_version SET version_num = '0003';"
    )
    connection.close()
    return home


def test_what_was_never_stated_waits_for_the_office(umkm: Run, migrated: Path, tmp_path: Path) -> None:
    assert [state(umkm, f"M-{n}") for n in (1, 2, 3, 4)] == [
        *((False, "undecided"), (True, "published"), (False, "unpublished"), (True, "published"))
    ]
    assert in_gallery(umkm, tmp_path) == {"M-2", "M-4"}
    assert umkm("status", "--json").ok().json()["attention"]["undecided_publication"] == 1
    assert "umkm motif edit --undecided --unpublished" in umkm("status").ok().out
    listed = umkm("motif", "list", "--undecided", "--json").ok().json()["motifs"]
    assert [motif["ref"] for motif in listed] == ["M-1"]
    receipt = umkm("motif", "receipt", "M-1", tmp_path / "terima.pdf", "--json").ok().json()
    assert receipt["facts"]["published"] == "no"


def test_the_office_decides_on_one_several_or_all_that_wait(umkm: Run, migrated: Path) -> None:
    umkm("motif", "edit", "M-1", "--published").ok()
    assert state(umkm, "M-1") == (True, "published")
    several = umkm("motif", "edit", "M-3", "M-1", "--unpublished", "--json").ok().json()
    assert several["schema"] == "umkm.motifs/1"
    assert [motif["published"] for motif in several["motifs"]] == [False, False]
    assert "undecided" not in umkm("status").ok().out


def test_all_that_wait_are_decided_with_one_command(umkm: Run, migrated: Path) -> None:
    assert "1 dari 1" in umkm("motif", "edit", "--undecided", "--unpublished").ok().out
    assert state(umkm, "M-1") == (False, "unpublished")
    assert state(umkm, "M-2") == (True, "published")
    assert umkm("status", "--json").ok().json()["attention"]["undecided_publication"] == 0
    assert "menunggu" in umkm("motif", "edit", "--undecided", "--unpublished").ok().out


def test_all_that_wait_meet_no_other_change(umkm: Run, migrated: Path) -> None:
    for wrong, why in (
        (("--undecided", "--title", "X"), "undecided_needs_decision"),
        (("M-1", "--undecided", "--published"), "undecided_and_codes"),
        (("--published",), "motif_code_missing"),
    ):
        done = umkm("motif", "edit", *wrong, "--json")
        done.refused(why)
        assert done.exit_code == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_that_is_imported_keeps_all_three_states(
    umkm: Run, migrated: Path, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [state(umkm, f"M-{n}") for n in (1, 2, 3, 4)]
    file = tmp_path / f"motif.{kind}"
    umkm("motif", "export", file).ok()
    umkm("motif", "edit", "--undecided", "--published").ok()
    umkm("motif", "import", file).ok()
    assert state(umkm, "M-1") == (True, "published")  # a list from before a decision does not undo it
    monkeypatch.setenv("UMKM_HOME", str(tmp_path / "baru"))
    umkm("register", "--name", "Batik Sari").ok()
    umkm("motif", "import", file).ok()
    assert [state(umkm, f"M-{n}") for n in (1, 2, 3, 4)] == before


def test_a_list_can_be_decided_in_a_spreadsheet(umkm: Run, migrated: Path, tmp_path: Path) -> None:
    file = tmp_path / "motif.csv"
    umkm("motif", "export", file).ok()
    text = file.read_text("utf-8-sig")
    assert "belum diputuskan" in text
    file.write_text(text.replace("belum diputuskan", "ya"), encoding="utf-8")
    umkm("motif", "import", file).ok()
    assert state(umkm, "M-1") == (True, "published")
