"""After a change of the extractor nothing is lost sight of; `motif reindex` comes to the same end however it goes."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROCESS_TIMEOUT_S, Run
from tests.screening.asking import check, ref_of, rows
from tests.screening.conftest import SAMPLES
from umkm_cli.matching.describing.fingerprint import Fingerprint, Keypoints
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.registry.office.office import Office
from umkm_cli.screening.judging.registered import RegisteredDesigns
from umkm_cli.screening.later import reindexing
from umkm_cli.settings import read_settings

OLDER = "sift1-9"
KEPT_KEYPOINTS = 120
BATCH = 2
MOTIFS = ("daun-bakau", "hiu-buaya", "burung-pantai", "perahu-pesisir", "semanggi", "parang-muara")
TOTAL = len(MOTIFS) + 1
"""Stored pictures: the motifs' and one reference."""
CROP = SAMPLES / "suspect" / "crop.jpg"
KILLED_AFTER = 3
KILLED = 9
SMALL_BATCHES = f"""
import os, sys
from umkm_cli.cli.main import run
from umkm_cli.screening.later import reindexing
reindexing.BATCH = {BATCH}
"""
REINDEX = 'sys.exit(run(["motif", "reindex", "--json"]))'
DYING = f"""
keep, kept = reindexing._keep, []
def dying(work, item):
    if len(kept) == {KILLED_AFTER}:
        os._exit({KILLED})
    kept.append(item)
    return keep(work, item)
reindexing._keep = dying
"""


@pytest.fixture(scope="session")
def up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the samples' motifs and a traditional reference, fingerprinted by this version."""
    folder = tmp_path_factory.mktemp("reindex")
    sheet = (SAMPLES / "motifs.csv").read_text("utf-8-sig").splitlines(keepends=True)
    wanted = [line for line in sheet if any(f"motifs/{name}.jpg" in line for name in MOTIFS)]
    (folder / "motifs.csv").write_text("".join([sheet[0], *wanted]), "utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("UMKM_")} | {"UMKM_HOME": str(folder / "r")}
    for command in (
        ("vendor", "import", SAMPLES / "vendors.csv"),
        ("motif", "import", folder / "motifs.csv", "--images", SAMPLES),
        ("heritage", "add", SAMPLES / "heritage" / "parang.jpg", "--name", "Parang"),
    ):
        whole = [sys.executable, "-m", "umkm_cli", *map(str, command)]
        done = subprocess.run(whole, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder / "r"


@pytest.fixture
def updated(home: Path, up_to_date: Path) -> Path:
    """A registry whose fingerprints are an older extractor's: of the same layout, with fewer keypoints."""
    shutil.copytree(up_to_date, home)
    with changing(home) as database:
        for sha256, data in database.execute("SELECT sha256, data FROM fingerprint").fetchall():
            thinned = (OLDER, thinner(data), sha256)
            database.execute("UPDATE fingerprint SET extractor = ?, data = ? WHERE sha256 = ?", thinned)
    return home


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> None:
    """This version of the program can compare with the older extractor's fingerprints."""
    monkeypatch.setattr("umkm_cli.registry.pictures.generations.READABLE", (EXTRACTOR, OLDER))


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "BATCH", BATCH)


@pytest.fixture
def stopped(small_batches: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Inside, a run is interrupted before it stores its third batch."""
    store = reindexing._store
    stored: list[Any] = []

    def until_the_third(*arguments: Any) -> int:
        if len(stored) == 2:
            raise KeyboardInterrupt
        stored.append(arguments)
        return store(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(reindexing, "_store", until_the_third)
        yield patched


def thinner(data: bytes) -> bytes:
    whole = Fingerprint.from_bytes(data)
    channels = tuple(
        Keypoints(*(getattr(channel, name)[:KEPT_KEYPOINTS] for name in ("place", "size", "angle", "colour", "levels")))
        for channel in whole.channels
    )
    return Fingerprint(whole.width, whole.height, whole.contrast, channels).to_bytes()


@contextlib.contextmanager
def changing(home: Path) -> Iterator[sqlite3.Connection]:
    """The database as another program would change it."""
    with closing(sqlite3.connect(home / "umkm.db")) as connection, connection:
        yield connection


def ask(home: Path, sql: str, *params: object) -> list[Any]:
    with closing(sqlite3.connect(home / "umkm.db")) as connection:
        return connection.execute(sql, params).fetchall()


def generations(home: Path) -> dict[str, int]:
    return dict(ask(home, "SELECT extractor, count(*) FROM fingerprint GROUP BY extractor"))


def picture_of(home: Path, ref: str) -> tuple[str, Path]:
    """Hash and file of a motif's picture."""
    (sha256,) = ask(
        home, "SELECT sha256 FROM view JOIN motif ON motif.id = view.motif_id WHERE motif.ref = ? LIMIT 1", ref
    )[0]
    return sha256, home / "images" / sha256[:2] / f"{sha256}.jpg"


def reindex(umkm: Run) -> Any:
    return umkm("motif", "reindex", "--json").ok().json()


def index_of(umkm: Run) -> dict[str, int]:
    found: dict[str, int] = umkm("status", "--json").ok().json()["attention"]["index"]
    return found


def answer(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name != "reasons"}


def test_unreadable_generation_is_said_and_not_silently_missed(umkm: Run, updated: Path) -> None:
    document = umkm("motif", "check", CROP, "--no-record", "--json").ok().json()
    assert document["engine"]["registry_motifs"] == 0
    assert document["results"][0]["reasons"] == ["index_stale", "index_incomplete"]
    assert index_of(umkm) == {"pictures": TOTAL, "older": 0, "missing": TOTAL}

    done = reindex(umkm)

    assert done == {
        "schema": "umkm.reindex/1",
        "extractor": EXTRACTOR,
        "total": TOTAL,
        "done": TOTAL,
        "already": 0,
        "damaged": 0,
        "problems": [],
        "found_later": [],
    }
    result = check(umkm, CROP, "--no-record")
    assert (result["verdict"], result["reasons"]) == ("partial", [])
    assert result["matches"][0]["ref"] == ref_of("motifs/daun-bakau.jpg")
    assert generations(updated) == {EXTRACTOR: TOTAL}
    assert index_of(umkm) == {"pictures": TOTAL, "older": 0, "missing": 0}


def test_reindexed_registry_answers_as_one_that_was_never_behind(
    umkm: Run, up_to_date: Path, updated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(umkm)
    behind_once = check(umkm, CROP, "--no-record")
    monkeypatch.setenv("UMKM_HOME", str(up_to_date))
    assert check(umkm, CROP, "--no-record") == behind_once


def test_older_generation_serves_whole_until_the_new_one_is(
    umkm: Run, updated: Path, readable: None, stopped: pytest.MonkeyPatch
) -> None:
    before = check(umkm, CROP, "--no-record")
    assert (before["verdict"], before["reasons"]) == ("partial", ["index_stale"])
    assert index_of(umkm) == {"pictures": TOTAL, "older": TOTAL, "missing": 0}

    assert umkm("motif", "reindex").exit_code == 130

    assert generations(updated) == {OLDER: TOTAL, EXTRACTOR: 2 * BATCH}
    found = picture_of(updated, before["matches"][0]["ref"])[0]
    assert (found,) in ask(updated, "SELECT sha256 FROM fingerprint WHERE extractor = ?", EXTRACTOR)
    assert check(umkm, CROP, "--no-record") == before
    assert index_of(umkm) == {"pictures": TOTAL, "older": TOTAL - 2 * BATCH, "missing": 0}
    stopped.undo()
    done = reindex(umkm)
    assert (done["total"], done["done"], done["already"]) == (TOTAL, TOTAL - 2 * BATCH, 2 * BATCH)
    after = check(umkm, CROP, "--no-record")
    assert (after["verdict"], after["reasons"]) == ("partial", [])
    assert answer(after) != answer(before), "the new generation sees more"
    assert generations(updated) == {EXTRACTOR: TOTAL}


def test_motifs_on_both_sides_of_the_break_are_found_in_between(
    umkm: Run, updated: Path, readable: None, stopped: pytest.MonkeyPatch
) -> None:
    assert umkm("motif", "reindex").exit_code == 130
    suspects = [SAMPLES / "suspect" / f"{name}.jpg" for name in ("mirrored", "redyed", "thumbnail", "traced")]
    found = umkm("motif", "check", *suspects, "--no-record", "--json").ok().json()
    assert found["engine"]["registry_motifs"] == len(MOTIFS)
    assert all(result["alert"] for result in found["results"])


def test_killed_run_leaves_whole_batches_and_the_next_goes_on(umkm: Run, updated: Path) -> None:
    died = subprocess.run(
        [sys.executable, "-c", SMALL_BATCHES + DYING + REINDEX],
        capture_output=True,
        timeout=PROCESS_TIMEOUT_S,
        check=False,
    )
    assert died.returncode == KILLED, died.stderr
    assert generations(updated) == {OLDER: TOTAL, EXTRACTOR: BATCH}

    done = reindex(umkm)

    assert (done["done"], done["already"]) == (TOTAL - BATCH, BATCH)
    assert generations(updated) == {EXTRACTOR: TOTAL}
    umkm("audit", "verify").ok()


def test_registered_in_between_is_found_beside_the_older_generation(umkm: Run, updated: Path, readable: None) -> None:
    vendor = umkm("vendor", "list", "--json").ok().json()["vendors"][0]["code"]
    new = SAMPLES / "suspect" / "unregistered.jpg"
    made = umkm("motif", "register", new, "--vendor", vendor, "--title", "Baru", "--ref", "N-1", "--json").ok().json()
    assert "index_stale" in made["screening"]["reasons"]
    assert generations(updated) == {OLDER: TOTAL, EXTRACTOR: 1}
    assert check(umkm, new, "--no-record")["matches"][0]["ref"] == "N-1"
    assert check(umkm, CROP, "--no-record")["verdict"] == "partial"
    assert reindex(umkm)["already"] == 1


def test_traditional_references_serve_and_are_read_again_too(umkm: Run, updated: Path, readable: None) -> None:
    ground = SAMPLES / "suspect" / "parang-ground.jpg"
    reindex(umkm)
    with changing(updated) as database:
        database.execute("UPDATE fingerprint SET extractor = ?", [OLDER])
    assert check(umkm, ground, "--no-record")["verdict"] == "heritage"
    references = "SELECT sha256 FROM view WHERE heritage_id IS NOT NULL"
    with changing(updated) as database:
        database.execute(f"UPDATE fingerprint SET extractor = 'sift0-0' WHERE sha256 IN ({references})")
    assert "index_incomplete" in check(umkm, ground, "--no-record")["reasons"]
    assert reindex(umkm)["done"] == TOTAL
    assert check(umkm, ground, "--no-record")["verdict"] == "heritage"


def test_pictures_that_cannot_be_read_are_named_and_keep_what_they_have(
    umkm: Run, updated: Path, readable: None, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = {"M-02": "missing", "M-04": "damaged", "M-05": "unreadable"}
    pictures = {ref: picture_of(updated, ref) for ref in refs}
    lost, spoilt = pictures["M-02"][1].read_bytes(), pictures["M-04"][1].read_bytes()
    pictures["M-02"][1].unlink()
    pictures["M-04"][1].write_bytes(spoilt[: len(spoilt) // 2])
    with monkeypatch.context() as patched:
        patched.setattr("umkm_cli.screening.judging.pictures.decode", failing_for(pictures["M-05"][1].read_bytes()))
        done = reindex(umkm)

    assert (done["total"], done["done"], done["already"]) == (TOTAL, TOTAL - 3, 0)
    codes = {ref: umkm("motif", "show", ref, "--json").ok().json()["code"] for ref in refs}
    assert {(problem["code"], problem["sha256"], problem["error"]) for problem in done["problems"]} == {
        (codes[ref], pictures[ref][0], f"stored_picture_{kind}") for ref, kind in refs.items()
    }
    assert all(problem["hint"] and problem["code"] in problem["message"] for problem in done["problems"])
    kept = {sha256 for (sha256,) in ask(updated, "SELECT sha256 FROM fingerprint WHERE extractor = ?", OLDER)}
    assert kept == {sha256 for sha256, _ in pictures.values()}
    assert index_of(umkm) == {"pictures": TOTAL, "older": 3, "missing": 0}
    assert "index_stale" in check(umkm, CROP, "--no-record")["reasons"]

    pictures["M-02"][1].write_bytes(lost)
    pictures["M-04"][1].write_bytes(spoilt)
    assert reindex(umkm)["done"] == 3
    assert generations(updated) == {EXTRACTOR: TOTAL}


def failing_for(data: bytes) -> Any:
    from umkm_cli.matching.decoding.decode import decode

    def failing(given: bytes) -> Any:
        if given == data:
            raise MemoryError
        return decode(given)

    return failing


def test_two_runs_at_once_share_the_work(umkm: Run, updated: Path) -> None:
    command = [sys.executable, "-c", SMALL_BATCHES + REINDEX]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    ended = [process.communicate(timeout=PROCESS_TIMEOUT_S) for process in started]
    assert [process.returncode for process in started] == [0, 0], ended
    assert sum(json.loads(out)["done"] for out, _ in ended) == TOTAL
    assert generations(updated) == {EXTRACTOR: TOTAL}
    umkm("audit", "verify").ok()


def test_older_fingerprints_stay_while_a_picture_lacks_a_current_one(
    umkm: Run, updated: Path, small_batches: None
) -> None:
    """Another machine's older program may register a picture that this run has passed already."""

    def registered_elsewhere(tried: int) -> None:
        if tried == TOTAL:
            with changing(updated) as database:
                first = "SELECT min(sha256) FROM fingerprint"
                database.execute(f"DELETE FROM fingerprint WHERE extractor = ? AND sha256 = ({first})", [EXTRACTOR])

    reindexing.reindex(Office(read_settings()), registered_elsewhere)

    assert generations(updated) == {OLDER: TOTAL, EXTRACTOR: TOTAL - 1}
    assert reindex(umkm)["done"] == 1
    assert generations(updated) == {EXTRACTOR: TOTAL}


def test_checked_pictures_keep_the_fingerprint_that_cannot_be_made_again(umkm: Run, updated: Path) -> None:
    sha256 = check(umkm, CROP)["sha256"]
    with changing(updated) as database:
        database.execute("UPDATE fingerprint SET extractor = ? WHERE sha256 = ?", (OLDER, sha256))
    assert reindex(umkm)["total"] == TOTAL
    assert ask(updated, "SELECT sha256 FROM fingerprint WHERE extractor = ?", OLDER) == [(sha256,)]


def test_perceptual_hashes_of_another_version_are_made_again(umkm: Run, updated: Path) -> None:
    reindex(umkm)
    before = ask(updated, "SELECT sha256, phash, dhash, colorhash, hashes_version FROM image ORDER BY sha256")
    with changing(updated) as database:
        database.execute("UPDATE image SET phash = 'ff', dhash = 'ff', colorhash = 'ff', hashes_version = 'older'")
    assert reindex(umkm)["done"] == len(before)
    assert ask(updated, "SELECT sha256, phash, dhash, colorhash, hashes_version FROM image ORDER BY sha256") == before


def test_each_run_that_did_something_is_on_record(umkm: Run, updated: Path) -> None:
    entries = rows(updated, "audit")
    reindex(umkm)
    assert ask(updated, "SELECT action, entity, entity_id, actor FROM audit ORDER BY seq DESC LIMIT 1") == [
        ("reindex", "fingerprint", EXTRACTOR, "petugas")
    ]
    assert reindex(umkm)["already"] == TOTAL
    assert rows(updated, "audit") == entries + 1
    umkm("audit", "verify").ok()


def test_a_long_command_takes_up_the_new_generation_when_it_is_whole(umkm: Run, updated: Path, readable: None) -> None:
    office = Office(read_settings())
    registered = RegisteredDesigns(office.settings)
    with office.reading() as reader:
        registered.refresh(reader)
    older = dict(registered.fingerprints)
    assert all(len(channel) <= KEPT_KEYPOINTS for print_ in older.values() for channel in print_.channels)
    reindex(umkm)
    with office.reading() as reader:
        registered.refresh(reader)
    assert registered.fingerprints.keys() == older.keys()
    assert len(registered.gallery) == len(older)
    stored = {Fingerprint.from_bytes(data) for (data,) in ask(updated, "SELECT data FROM fingerprint")}
    assert set(registered.fingerprints.values()) <= stored
    assert registered.index.reasons == ()


def test_an_empty_registry_has_nothing_to_read_again(umkm: Run, home: Path) -> None:
    assert reindex(umkm)["total"] == 0
    assert index_of(umkm) == {"pictures": 0, "older": 0, "missing": 0}
