"""`motif check` on the samples: every verdict, the whole document, and what it leaves behind."""

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.screening.asking import MATCH_KEYS, RESULT_KEYS, check, ref_of, rows, vendor_of, vendors
from tests.screening.conftest import SAMPLES


def expected() -> list[dict[str, str]]:
    with (SAMPLES / "expected.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_samples_get_the_verdicts_that_they_were_made_for(umkm: Run, registry: Path) -> None:
    umkm("heritage", "add", SAMPLES / "heritage" / "parang.jpg", "--name", "Parang").ok()
    umkm("heritage", "add", SAMPLES / "heritage" / "kawung.jpg", "--name", "Kawung").ok()
    wanted = expected()
    document = umkm("motif", "check", *(SAMPLES / row["file"] for row in wanted), "--json").ok().json()
    assert document["schema"] == "umkm.check/1"
    assert document["engine"].keys() == {"extractor", "matcher", "thresholds", "registry_motifs"}
    assert document["engine"]["registry_motifs"] == 27
    assert len(document["results"]) == len(wanted)
    for row, result in zip(wanted, document["results"], strict=True):
        assert result.keys() == RESULT_KEYS, row
        assert result["image"] == str(SAMPLES / row["file"])
        assert result["verdict"] == row["verdict"], (row, result["reasons"])
        assert result["alert"] == any(match["alert"] for match in result["matches"])
        assert result["alert"] == (row["verdict"] in ("copy", "partial", "colourway"))
        for match in result["matches"]:
            assert match.keys() == MATCH_KEYS
            assert 0 <= match["query_area"] <= 1
            assert 0 <= match["motif_area"] <= 1
        if result["alert"] and (ref := ref_of(row["made_from"])):
            assert ref in {match["ref"] for match in result["matches"] if match["alert"]}


def test_own_motif_is_no_alert(umkm: Run, registry: Path) -> None:
    result = check(umkm, SAMPLES / "suspect" / "crop.jpg", "--vendor", vendor_of(umkm, "motifs/daun-bakau.jpg"))
    assert (result["verdict"], result["alert"]) == ("own", False)
    assert result["matches"][0]["excuse"] == "own"


def test_licence_excuses_its_holder_with_its_technique_only(umkm: Run, registry: Path) -> None:
    picture, motif = SAMPLES / "suspect" / "crop.jpg", ref_of("motifs/daun-bakau.jpg") or ""
    other = next(v["ref"] for v in vendors(umkm) if v["ref"] != vendor_of(umkm, "motifs/daun-bakau.jpg"))
    licence = ["--motif", motif, "--vendor", other, "--number", "7/IZIN/2024", "--technique", "cap"]
    code = umkm("licence", "add", *licence, "--to", "31/12/2099", "--json").ok().json()["code"]
    assert check(umkm, picture, "--vendor", other, "--technique", "cap")["verdict"] == "licensed"
    assert check(umkm, picture, "--vendor", other, "--technique", "printing")["alert"]
    assert check(umkm, picture, "--vendor", other)["alert"]
    assert check(umkm, picture)["alert"]
    assert "7/IZIN/2024" in umkm("motif", "check", picture, "--vendor", other, "--technique", "cap").ok().out
    umkm("licence", "end", code, "--reason", "Selesai").ok()
    assert check(umkm, picture, "--vendor", other, "--technique", "cap")["alert"]


def test_expired_licence_excuses_nobody(umkm: Run, registry: Path) -> None:
    other = next(v["ref"] for v in vendors(umkm) if v["ref"] != vendor_of(umkm, "motifs/daun-bakau.jpg"))
    motif = ref_of("motifs/daun-bakau.jpg") or ""
    umkm("licence", "add", "--motif", motif, "--vendor", other, "--number", "1", "--to", "31/12/2020").ok()
    assert check(umkm, SAMPLES / "suspect" / "crop.jpg", "--vendor", other)["alert"]


def test_check_is_recorded_and_changes_nothing_else(umkm: Run, registry: Path) -> None:
    before = {table: rows(registry, table) for table in ("motif", "view", "case", "check", "audit", "fingerprint")}
    umkm("motif", "check", SAMPLES / "suspect" / "crop.jpg", "--no-record").ok()
    assert {table: rows(registry, table) for table in before} == before
    umkm("motif", "check", SAMPLES / "suspect" / "crop.jpg").ok()
    after = {table: rows(registry, table) for table in before}
    assert after == before | {name: before[name] + 1 for name in ("check", "audit", "fingerprint")}


def test_check_opens_a_case_only_when_asked(umkm: Run, registry: Path) -> None:
    before = rows(registry, "case")
    quiet = umkm("motif", "check", SAMPLES / "suspect" / "unregistered.jpg", "--case", "--json").ok().json()
    assert rows(registry, "case") == before
    assert "case" not in quiet["results"][0]
    loud = umkm("motif", "check", SAMPLES / "suspect" / "crop.jpg", "--case", "--json").ok().json()
    case = umkm("case", "show", loud["results"][0]["case"], "--json").ok().json()
    assert case["motif"]["code"] == loud["results"][0]["matches"][0]["code"]
    assert rows(registry, "case") == before + 1


def test_exit_codes(umkm: Run, registry: Path, tmp_path: Path) -> None:
    suspect, clear, junk = (
        SAMPLES / "suspect" / "crop.jpg",
        SAMPLES / "suspect" / "unregistered.jpg",
        tmp_path / "x.jpg",
    )
    junk.write_text("bukan gambar")
    assert umkm("motif", "check", suspect).exit_code == 0
    assert umkm("motif", "check", suspect, "--exit-code").exit_code == 10
    assert umkm("motif", "check", clear, "--exit-code").exit_code == 0
    done = umkm("motif", "check", junk, "--json")
    assert done.exit_code == 1
    assert done.json()["results"][0]["verdict"] == "not_judged"
    assert "unreadable" in done.json()["results"][0]["reasons"]
    both = umkm("motif", "check", junk, clear, "--json")
    assert both.exit_code == 0
    assert [result["verdict"] for result in both.json()["results"]] == ["not_judged", "clear"]
    assert "bukan berkas gambar" in both.err


def test_same_answer_however_many_are_asked_at_once(umkm: Run, registry: Path) -> None:
    pictures = [SAMPLES / "suspect" / name for name in ("crop.jpg", "pasted.jpg", "phone.jpg")]
    together = umkm("motif", "check", *pictures, "--json", "--no-record").ok().json()["results"]
    alone = [check(umkm, picture, "--no-record") for picture in reversed(pictures)]
    assert together == alone[::-1]


def test_people_read_a_sentence_and_no_percentage_of_guilt(umkm: Run, registry: Path) -> None:
    out = umkm("motif", "check", SAMPLES / "suspect" / "crop.jpg").ok().out
    assert "Perlu ditelaah" in out
    assert "periksa bagian yang diberi garis sebelum menyimpulkan apa pun" in out
    assert "Pengirim belum disebutkan" in out
    assert "score" not in out


def test_registered_file_itself_is_a_copy_even_where_it_is_too_plain(umkm: Run, registry: Path) -> None:
    plain = SAMPLES / "suspect" / "plain.jpg"
    umkm("motif", "register", plain, "--vendor", vendors(umkm)[0]["ref"], "--title", "Polos").ok()
    result = check(umkm, plain)
    assert (result["verdict"], result["alert"]) == ("copy", True)
    assert result["matches"][0]["transform"] == [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_sample_is_answered_in_whole_sentences(
    umkm: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    out = umkm("motif", "check", *sorted((SAMPLES / "suspect").iterdir()), "--no-record").ok().out
    assert "verdict." not in out
    assert "reason." not in out
    assert "{" not in out


def test_a_path_that_is_not_there_is_no_check(umkm: Run, registry: Path, tmp_path: Path) -> None:
    done = umkm("motif", "check", tmp_path / "tidak ada.jpg")
    assert done.exit_code == 1
    assert "tidak ditemukan" in done.err
    assert "foto ulang" not in done.out + done.err
    (tmp_path / "rusak.jpg").write_bytes(b"bukan gambar")
    assert "foto ulang" in umkm("motif", "check", tmp_path / "rusak.jpg").out
    counted = umkm("status", "--json").ok().json()["counts"]["checks"]
    assert counted == 1, "what is there and cannot be read was looked at"


def test_a_check_leaves_the_same_rows_whichever_way_they_are_written(umkm: Run, registry: Path, home: Path) -> None:
    """Without a case SQLite's own driver writes them; where one may be opened, the tables do."""
    copy, clear = SAMPLES / "suspect" / "crop.jpg", SAMPLES / "suspect" / "unregistered.jpg"
    umkm("motif", "check", clear, copy, "--json").ok()
    first = _rows_of_checks(home)
    umkm("motif", "check", clear, "--case", "--json").ok()
    second = _rows_of_checks(home)[len(first) :]
    umkm("audit", "verify").ok()

    (plain,) = [row for row in first if row["verdict"] == "clear"]
    (through_tables,) = second
    assert plain.keys() == through_tables.keys() == set(_columns("check"))
    for name in plain.keys() - {"id", "at"}:
        assert (type(plain[name]), plain[name]) == (type(through_tables[name]), through_tables[name]), name
    entries = _entries_of(home, plain["id"]), _entries_of(home, through_tables["id"])
    changes = [json.loads(entry["changes"]) for entry in entries]
    assert list(changes[0]) == list(changes[1])
    assert all(changes[0][name] == changes[1][name] for name in changes[0].keys() - {"at"})


def _columns(table: str) -> list[str]:
    from sqlmodel import SQLModel

    return [column.name for column in SQLModel.metadata.tables[table].columns]


def _rows_of_checks(home: Path) -> list[dict[str, Any]]:
    return _dictionaries(home, 'SELECT * FROM "check" ORDER BY rowid')


def _entries_of(home: Path, check: str) -> dict[str, Any]:
    (entry,) = _dictionaries(home, "SELECT * FROM audit WHERE entity = 'check' AND entity_id = ?", check)
    return entry


def _dictionaries(home: Path, sql: str, *params: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(home / "umkm.db")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, params)]


@pytest.mark.parametrize("table", ["image", "fingerprint"])
def test_what_a_check_remembers_of_a_picture_has_every_column(
    umkm: Run, registry: Path, home: Path, table: str
) -> None:
    umkm("motif", "check", SAMPLES / "suspect" / "unregistered.jpg", "--json").ok()
    newest = _dictionaries(home, f'SELECT * FROM "{table}" ORDER BY rowid DESC LIMIT 1')[0]
    assert list(newest) == _columns(table)
    assert all(value is not None for value in newest.values())


def test_keypoints_of_close_looks_are_kept_and_may_be_lost(umkm: Run, registry: Path, home: Path) -> None:
    """The answer is the same with them, without them, with damaged ones, and where nothing can be kept."""

    def answer() -> Any:
        return umkm("motif", "check", SAMPLES / "suspect" / "unregistered.jpg", "--json").ok().json()

    first = answer()
    kept = {path.name: path.read_bytes() for path in (home / "closeups").iterdir()}
    registered = {row["sha256"] for row in _dictionaries(home, "SELECT sha256 FROM view WHERE motif_id IS NOT NULL")}
    assert kept
    assert {name.partition(".")[0] for name in kept} <= registered
    assert answer() == first

    for path in (home / "closeups").iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert answer() == first
    assert {path.name: path.read_bytes() for path in (home / "closeups").iterdir()} == kept

    shutil.rmtree(home / "closeups")
    (home / "closeups").write_bytes(b"")
    assert answer() == first


def test_kept_keypoints_do_not_stand_for_a_picture_that_is_gone(umkm: Run, registry: Path, home: Path) -> None:
    """Nothing that the registry cannot show is compared."""
    asked = ("motif", "check", SAMPLES / "suspect" / "unregistered.jpg", "--no-record", "--json")
    umkm(*asked).ok()
    assert list((home / "closeups").iterdir())
    for path in [path for path in (home / "images").rglob("*") if path.is_file()]:
        path.unlink()
    with_kept = umkm(*asked).ok().json()
    shutil.rmtree(home / "closeups")
    assert umkm(*asked).ok().json() == with_kept
    assert not (home / "closeups").exists()
