"""A search by the index: the same answers as comparing all, whatever became of the index's files."""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.conftest import Run
from tests.drawings import drawing
from umkm_cli.db.reading import reading_only
from umkm_cli.matching.index.gallery import IndexedGallery
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures import indexing
from umkm_cli.registry.pictures.catalogue import folder_of, open_segments, read_catalogue
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.indexing import index_trouble, keep_index
from umkm_cli.screening.judging import indexed, registered
from umkm_cli.screening.judging.registered import RegisteredDesigns
from umkm_cli.settings import read_settings

FORCED = replace(DEFAULT, indexed_from=1, segment_views=1)
MOTIFS = range(1, 9)
KILLED = 9


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry of drawings beside the pictures themselves: `m1.png` and so on, `asked.png` a changed copy of m3."""
    folder = tmp_path_factory.mktemp("index")
    for seed in [*MOTIFS, 20, 21]:
        cv2.imwrite(str(folder / f"m{seed}.png"), drawing(seed)[..., ::-1])
    cv2.imwrite(str(folder / "asked.png"), np.ascontiguousarray(drawing(3)[60:340, 40:400][:, ::-1]))
    umkm(folder, "register", "--name", "Toko", "--ref", "T")
    imported(folder, MOTIFS)
    return folder


@pytest.fixture
def office(home: Path, drawn: Path) -> Iterator[Office]:
    """With an index, though the registry is small."""
    shutil.copytree(drawn / "registry", home)
    office = Office(read_settings())
    keep_index(office, FORCED)
    yield office
    office.close()


@pytest.fixture
def forced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches go by the index, though the registry is small."""
    monkeypatch.setattr(registered, "open_index", partial(indexed.open_index, thresholds=FORCED))


def umkm(folder: Path, *command: str) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("UMKM_")}
    environment["UMKM_HOME"] = str(folder / "registry")
    done = subprocess.run(
        [sys.executable, "-m", "umkm_cli", *command], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def imported(folder: Path, seeds: Any) -> None:
    with (folder / "motifs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["vendor", "ref", "title", "image"])
        writer.writerows(["T", f"R{seed}", f"Motif {seed}", f"m{seed}.png"] for seed in seeds)
    umkm(folder, "motif", "import", str(folder / "motifs.csv"))


def refreshed(office: Office) -> RegisteredDesigns:
    designs = RegisteredDesigns(office.settings)
    with office.reading() as reader:
        designs.refresh(reader)
    return designs


def trouble(office: Office) -> str | None:
    with reading_only(office.settings) as reader:
        return index_trouble(office.settings, reader, FORCED)


def segment_files(office: Office) -> list[Path]:
    return sorted(folder_of(office.settings, Design.MOTIF).glob("*.segment"))


def held(office: Office) -> set[str]:
    """The views that the catalogue's segments hold."""
    folder = folder_of(office.settings, Design.MOTIF)
    catalogue = read_catalogue(folder)
    assert catalogue is not None
    found: set[str] = set()
    for segment in open_segments(folder, catalogue):
        with segment:
            found |= {indexing.view_of(key.tobytes()) for key in segment.keys}
    return found


def views(office: Office) -> set[str]:
    with reading_only(office.settings) as reader:
        return {row["id"] for row in reader.rows("SELECT id FROM view WHERE motif_id IS NOT NULL")}


def check(run: Run, *pictures: Path) -> Any:
    return run("motif", "check", *pictures, "--no-record", "--json").ok().json()


def test_answers_by_the_index_are_those_by_comparing_all(
    office: Office, umkm: Run, drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [drawn / "asked.png", drawn / "m7.png", drawn / "m20.png"]
    expected = check(umkm, *asked)
    monkeypatch.setattr(registered, "open_index", partial(indexed.open_index, thresholds=FORCED))
    used: list[int] = []
    nearest = IndexedGallery.nearest

    def noted(*given: Any) -> Any:
        used.append(1)
        return nearest(*given)

    monkeypatch.setattr(IndexedGallery, "nearest", noted)
    assert check(umkm, *asked) == expected
    assert used
    assert [result["verdict"] for result in expected["results"]] == ["partial", "copy", "clear"]


def test_a_small_registry_has_no_index(office: Office, drawn: Path) -> None:
    shutil.rmtree(office.settings.index)
    keep_index(office)
    assert segment_files(office) == []
    assert not isinstance(refreshed(office).gallery, IndexedGallery)
    with reading_only(office.settings) as reader:
        assert index_trouble(office.settings, reader) is None


def test_what_came_later_is_compared_and_then_taken_in(office: Office, umkm: Run, drawn: Path, forced: None) -> None:
    before = held(office)
    umkm("motif", "register", drawn / "m20.png", "--vendor", "T", "--title", "Baru", "--json").ok()
    assert held(office) == before != views(office)
    designs = refreshed(office)
    assert isinstance(designs.gallery, IndexedGallery)
    assert len(designs.gallery) == designs.records == len(MOTIFS) + 1
    assert check(umkm, drawn / "m20.png")["results"][0]["verdict"] == "copy"
    keep_index(office, FORCED)
    assert held(office) == views(office)
    assert check(umkm, drawn / "m20.png")["results"][0]["verdict"] == "copy"


def test_a_withdrawn_motif_is_not_found_and_leaves_when_segments_are_merged(
    office: Office, umkm: Run, drawn: Path, forced: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = [m["code"] for m in umkm("motif", "list", "--json").ok().json()["motifs"] if m["ref"] == "R3"]
    umkm("motif", "withdraw", code, "--reason", "x", "--json").ok()
    assert check(umkm, drawn / "asked.png")["results"][0]["verdict"] == "clear"
    assert len(held(office)) == len(MOTIFS)
    for seed in (20, 21):
        umkm("motif", "register", drawn / f"m{seed}.png", "--vendor", "T", "--title", f"B{seed}", "--json").ok()
    keep_index(office, replace(FORCED, segment_views=1))
    folder = folder_of(office.settings, Design.MOTIF)
    assert [listed.views for listed in read_catalogue(folder).segments] == [8, 2]  # type: ignore[union-attr]
    assert indexing._mergeable([8, 2]) == 1
    assert indexing._mergeable([8, 2, 2]) == 2
    assert indexing._mergeable([8, 3, 2]) == 3
    with reading_only(office.settings) as reader:
        gone = indexing.gone_views(reader, Design.MOTIF)
    assert len(gone) == 1
    catalogue = read_catalogue(folder)
    assert catalogue is not None
    monkeypatch.setattr(indexing, "_mergeable", len)
    indexing._merge(folder, catalogue, gone.__contains__)
    assert len(held(office)) == len(MOTIFS) + 1
    assert len(segment_files(office)) == 1


@pytest.mark.parametrize("at", [0, 30, 100, 5_000, -200, -1])
def test_a_damaged_segment_is_noticed_and_made_anew(
    office: Office, umkm: Run, drawn: Path, forced: None, at: int
) -> None:
    (path,) = segment_files(office)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert check(umkm, drawn / "asked.png")["results"][0]["verdict"] == "partial"
    keep_index(office, FORCED, thoroughly=True)
    assert trouble(office) is None
    assert held(office) == views(office)
    for segment in segment_files(office):
        assert segment != path
        with open_segments(segment.parent, read_catalogue(segment.parent))[0] as opened:  # type: ignore[arg-type]
            opened.examine()


def test_a_damaged_block_is_said_with_the_answer_and_by_status(
    office: Office, umkm: Run, drawn: Path, forced: None
) -> None:
    (path,) = segment_files(office)
    data = bytearray(path.read_bytes())
    blocks = range(len(data) - 14 * 340 * len(MOTIFS), len(data))
    for at in blocks:
        data[at] ^= 1
    path.write_bytes(data)
    (result,) = check(umkm, drawn / "asked.png")["results"]
    assert "segments_damaged" in result["reasons"]
    assert trouble(office) == "damaged"
    keep_index(office, FORCED)
    assert trouble(office) is None
    (result,) = check(umkm, drawn / "asked.png")["results"]
    assert result["verdict"] == "partial"
    assert "segments_damaged" not in result["reasons"]


@pytest.mark.parametrize("what", ["segment", "catalogue", "all", "altered", "other"])
def test_without_a_usable_index_all_are_compared_and_it_is_made_anew(
    office: Office, umkm: Run, drawn: Path, forced: None, what: str
) -> None:
    folder = folder_of(office.settings, Design.MOTIF)
    catalogue = folder / "catalogue.json"
    match what:
        case "segment":
            segment_files(office)[0].unlink()
        case "catalogue":
            catalogue.unlink()
        case "all":
            shutil.rmtree(office.settings.index)
        case "altered":
            catalogue.write_bytes(catalogue.read_bytes().replace(b'"upto": ', b'"upto": 1'))
        case "other":
            with closing(sqlite3.connect(office.settings.home / "umkm.db")) as database, database:
                database.execute("UPDATE audit SET mac = 'x' || mac")
    assert trouble(office) in ("missing", "damaged")
    assert not isinstance(refreshed(office).gallery, IndexedGallery)
    assert check(umkm, drawn / "asked.png")["results"][0]["verdict"] == "partial"
    keep_index(office, FORCED)
    assert trouble(office) is None
    assert isinstance(refreshed(office).gallery, IndexedGallery)
    assert held(office) == views(office)


def test_every_altered_byte_of_the_catalogue_is_noticed_or_harmless(office: Office) -> None:
    folder = folder_of(office.settings, Design.MOTIF)
    path = folder / "catalogue.json"
    whole, known = path.read_bytes(), read_catalogue(folder)
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert read_catalogue(folder) in (None, known)


@pytest.mark.parametrize("point", ["encoded", "write_channel", "put_in_place", "remove_unnamed"])
def test_a_writer_that_dies_leaves_an_index_that_answers(
    office: Office, umkm: Run, drawn: Path, forced: None, point: str
) -> None:
    umkm("motif", "register", drawn / "m20.png", "--vendor", "T", "--title", "Baru", "--json").ok()
    assert _dies(office, point) == KILLED
    for name, verdict in (("asked.png", "partial"), ("m20.png", "copy"), ("m21.png", "clear")):
        assert check(umkm, drawn / name)["results"][0]["verdict"] == verdict
    keep_index(office, FORCED)
    assert held(office) == views(office)
    assert trouble(office) is None
    listed = read_catalogue(folder_of(office.settings, Design.MOTIF))
    assert listed is not None
    assert {path.name for path in segment_files(office)} == {segment.file for segment in listed.segments}


def test_a_merge_that_dies_leaves_what_was_there(office: Office, umkm: Run, drawn: Path, forced: None) -> None:
    assert _dies(office, "merge") == KILLED
    assert check(umkm, drawn / "asked.png")["results"][0]["verdict"] == "partial"
    keep_index(office, FORCED)
    assert held(office) == views(office)


def _dies(office: Office, point: str) -> int:
    """A process that takes in what is new and is killed on the way; its exit code."""
    program = f"""
import os
from dataclasses import replace
from umkm_cli.matching.index import entries, merging, segment
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures import catalogue, indexing
from umkm_cli.settings import read_settings
def die(*_, **__):
    os._exit({KILLED})
point = {point!r}
if point == "encoded":
    entries.encoded = die
elif point == "write_channel":
    written, whole = [], segment._write_channel
    segment._write_channel = lambda *given: whole(*given) if not written and not written.append(1) else die()
elif point in ("put_in_place", "remove_unnamed"):
    setattr(catalogue, point, die)
else:
    blocks = segment.Segment.blocks
    def some(self, channel):
        for cell, block in enumerate(blocks(self, channel)):
            if cell == 40_000:
                die()
            yield block
    segment.Segment.blocks = some
    indexing._mergeable = lambda sizes: 2
    indexing._usable, usable = (lambda *given: None), indexing._usable
    indexing.SEGMENT_VIEWS = 3
indexing.keep_index(Office(read_settings()), replace(DEFAULT, indexed_from=1, segment_views=1))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    return done.returncode


def test_of_two_writers_the_second_does_nothing(office: Office, umkm: Run, drawn: Path) -> None:
    umkm("motif", "register", drawn / "m20.png", "--vendor", "T", "--title", "Baru", "--json").ok()
    before = held(office)
    folder = folder_of(office.settings, Design.MOTIF)
    with indexing._alone(folder) as alone:
        assert alone
        keep_index(office, FORCED)
        assert held(office) == before
    keep_index(office, FORCED)
    assert held(office) == views(office)


def test_a_fingerprint_that_was_damaged_is_found_once_it_is_mended(
    office: Office, umkm: Run, drawn: Path, forced: None
) -> None:
    shutil.rmtree(office.settings.index)
    with closing(sqlite3.connect(office.settings.home / "umkm.db")) as database, database:
        sql = (
            "SELECT fingerprint.sha256, data FROM fingerprint JOIN view USING (sha256) "
            "JOIN motif ON motif.id = view.motif_id WHERE motif.ref = 'R3'"
        )
        ((sha256, data),) = database.execute(sql).fetchall()
        database.execute("UPDATE fingerprint SET data = ? WHERE sha256 = ?", (data[:-1], sha256))
    keep_index(office, FORCED)
    assert len(held(office)) == len(MOTIFS) - 1
    assert len(refreshed(office).damaged) == 1
    with closing(sqlite3.connect(office.settings.home / "umkm.db")) as database, database:
        database.execute("UPDATE fingerprint SET data = ? WHERE sha256 = ?", (data, sha256))
    assert refreshed(office).damaged == ()
    assert check(umkm, drawn / "asked.png")["results"][0]["verdict"] == "partial"


def test_every_view_comes_in_order_by_the_index_and_without(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(refreshed(office).in_order())
    monkeypatch.setattr(registered, "open_index", partial(indexed.open_index, thresholds=FORCED))
    monkeypatch.setattr(registered, "READ_AT_ONCE", 3)
    designs = refreshed(office)
    assert isinstance(designs.gallery, IndexedGallery)
    assert list(designs.in_order()) == whole
    assert len(whole) == len(MOTIFS)
    first = whole[0]
    assert designs.with_bytes(first.sha256) == [first]
    assert designs.prints_of(first.record_id) == [designs.fingerprints[first.view_id]]
    assert designs.standing[first.view_id] == first
    with pytest.raises(KeyError):
        designs.standing["00000000-0000-0000-0000-000000000000"]
