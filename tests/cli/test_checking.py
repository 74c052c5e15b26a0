"""`umkm motif check` of many pictures, and of folders: each answer as soon as it is there, in the order asked for."""

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import SAMPLES, Run
from tests.lists import picture
from umkm_cli.db.reading import reading
from umkm_cli.registry.office.office import Office
from umkm_cli.screening.asking import checks
from umkm_cli.screening.asking.checks import PIXELS_KEPT, Checked, Checks, sender_of
from umkm_cli.screening.asking.folders import natural
from umkm_cli.screening.judging.pictures import Prepared, prepare_picture
from umkm_cli.settings import read_settings

CROP = SAMPLES / "suspect" / "crop.jpg"
MANY = 60


def recorded() -> int:
    with reading(read_settings()) as reader:
        return int(reader.value('SELECT count(*) FROM "check"'))


def pictures(folder: Path, names: Sequence[str]) -> list[str]:
    return [str(picture(folder / name, number)) for number, name in enumerate(names)]


class Turns:
    """Lets each picture be read only when its turn has come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
        self._turns = [threading.Event() for _ in range(count)]
        self._prepare = prepare_picture
        monkeypatch.setattr(checks, "prepare_picture", self._wait)

    def come(self, number: int) -> None:
        if number < len(self._turns):
            self._turns[number].set()

    def _wait(self, data: bytes, name: str) -> Prepared:
        assert self._turns[int(Path(name).stem)].wait(60)
        return self._prepare(data, name)


def started(folder: Path, *options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "umkm_cli", "motif", "check", str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # may be inherited as ignored
    )


def line_of(stream: IO[bytes] | None, what: str) -> str:
    """The first line with `what`, read as it comes."""
    assert stream is not None
    for line in stream:
        if what in (text := line.decode()):
            return text
    raise AssertionError(f"nothing says {what}")


# As they come


@pytest.mark.usefixtures("home")
def test_each_answer_is_told_and_on_record_before_the_next_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each picture waits until the one before it is told; a batch would wait for ever."""
    paths = pictures(tmp_path, [f"{n}.png" for n in range(5)])
    turns, told = Turns(monkeypatch, len(paths)), list[tuple[int, int]]()

    def tell(position: int, _: Checked) -> None:
        told.append((position, recorded()))
        turns.come(position + 1)

    turns.come(0)
    office = Office(read_settings())
    Checks(office, sender_of(office, None, None)).run(paths, tell)
    assert told == [(n, n + 1) for n in range(5)]


@pytest.mark.usefixtures("home")
def test_an_answer_waits_for_no_other_and_the_report_keeps_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first picture is read when the second one is told."""
    monkeypatch.setattr(checks, "WORKERS", 2)
    paths = pictures(tmp_path, ["0.png", "1.png"])
    turns, told = Turns(monkeypatch, len(paths)), list[int]()

    def tell(position: int, _: Checked) -> None:
        told.append(position)
        turns.come(0)

    turns.come(1)
    office = Office(read_settings())
    run = Checks(office, sender_of(office, None, None))
    run.run(paths, tell)
    assert told == [1, 0]
    assert [result.image for result in run.report.results] == paths


@pytest.mark.usefixtures("home")
def test_what_is_answered_when_somebody_stops_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = pictures(tmp_path, [f"{n}.png" for n in range(6)])
    turns = Turns(monkeypatch, len(paths))
    office = Office(read_settings())
    run = Checks(office, sender_of(office, None, None))

    def tell(position: int, _: Checked) -> None:
        turns.come(position + 1)
        if position == 2:
            for number in range(len(paths)):
                turns.come(number)
            signal.raise_signal(signal.SIGINT)

    turns.come(0)
    with pytest.raises(KeyboardInterrupt):
        run.run(paths, tell)
    answered = [result.image for result in run.report.results]
    assert answered[:3] == paths[:3]
    assert len(answered) == recorded()


@pytest.mark.usefixtures("registry")
def test_many_pictures_do_not_stay_in_memory(tmp_path: Path) -> None:
    paths = [shutil.copy(CROP, tmp_path / f"{n}.jpg") for n in range(PIXELS_KEPT + 2)]
    office = Office(read_settings())
    run = Checks(office, sender_of(office, None, None))
    run.run(list(map(str, paths)))
    results = run.report.results
    assert sum(result.prepared is not None for result in results) == PIXELS_KEPT
    assert {json.dumps({**result.document(), "image": ""}) for result in results} == {
        json.dumps({**results[0].document(), "image": ""})
    }
    assert results[-1].document()["width"] == 400


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
@pytest.mark.usefixtures("home")
def test_ctrl_c_shows_and_records_what_is_answered(tmp_path: Path) -> None:
    pictures(tmp_path / "foto", [f"{n}.png" for n in range(MANY)])
    with started(tmp_path / "foto") as process:
        first = line_of(process.stdout, "0.png: ")
        process.send_signal(signal.SIGINT)
        out, err = (stream.decode() for stream in process.communicate(timeout=120))

    assert process.returncode == 130
    shown = re.findall(r"(\d+)\.png: ", first + out)
    assert shown == sorted(shown, key=int)
    assert 0 < len(shown) == recorded() < MANY
    assert f"{len(shown)} dari {MANY} gambar sudah dijawab" in err
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
@pytest.mark.usefixtures("home")
def test_ctrl_c_with_json_is_one_document_with_the_answers(tmp_path: Path) -> None:
    pictures(tmp_path / "foto", [f"{n}.png" for n in range(MANY)])
    with started(tmp_path / "foto", "--json") as process:
        line_of(process.stderr, f"1/{MANY}")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=120)

    assert process.returncode == 130
    document = json.loads(out)
    assert (document["schema"], document["error"]) == ("umkm.error/1", "interrupted")
    assert 0 < len(document["results"]) == recorded() < MANY
    assert document["engine"]["registry_motifs"] == 0


# Folders


def test_a_folder_stands_for_its_pictures_in_the_order_of_people(umkm: Run, tmp_path: Path) -> None:
    folder = tmp_path / "foto"
    wanted = ["foto 1.png", "Foto 2.png", "foto 10.png", "kain.JPEG"]
    for number, name in enumerate(reversed(wanted)):
        picture(folder / f"{number}.png", number).rename(folder / name)
    (folder / "catatan.txt").write_text("x")
    (folder / ".DS_Store").write_bytes(b"x")
    picture(folder / "bawah" / "x.png", 9)
    alone = str(picture(tmp_path / "lain.png", 7))

    done = umkm("motif", "check", alone, folder, "--json").ok()

    assert [result["image"] for result in done.json()["results"]] == [alone, *(str(folder / name) for name in wanted)]
    assert done.json()["left_aside"] == {"other_files": 1, "subfolders": 1}
    assert "1 berkas bukan gambar" in done.err
    shown = umkm("product", "check", folder).ok().out
    assert [shown.index(name) for name in wanted] == sorted(shown.index(name) for name in wanted)


def test_files_alone_say_nothing_of_folders(umkm: Run, tmp_path: Path) -> None:
    done = umkm("motif", "check", picture(tmp_path / "a.png", 1), "--json").ok()
    assert "left_aside" not in done.json()


def test_a_picture_of_a_folder_that_cannot_be_read_is_not_judged(umkm: Run, tmp_path: Path) -> None:
    picture(tmp_path / "foto" / "a.png", 1)
    (tmp_path / "foto" / "b.png").write_text("bukan gambar")
    results = umkm("motif", "check", tmp_path / "foto", "--json").ok().json()["results"]
    assert ["unreadable" in result["reasons"] for result in results] == [False, True]
    (tmp_path / "foto" / "a.png").unlink()
    assert umkm("motif", "check", tmp_path / "foto", "--json").exit_code == 1


def test_a_folder_without_pictures_is_refused(umkm: Run, tmp_path: Path) -> None:
    picture(tmp_path / "foto" / "bawah" / "a.png", 1)
    error = umkm("motif", "check", tmp_path / "foto", "--json").refused("folder_without_pictures")
    assert str(tmp_path / "foto") in error["message"]
    assert recorded() == 0


def test_a_report_is_about_one_picture_of_a_folder(umkm: Run, tmp_path: Path) -> None:
    picture(tmp_path / "foto" / "a.png", 1)
    umkm("motif", "check", tmp_path / "foto", "--report", tmp_path / "r.html").ok()
    assert (tmp_path / "r.html").exists()
    picture(tmp_path / "foto" / "b.png", 2)
    umkm("motif", "check", tmp_path / "foto", "--report", tmp_path / "r.html", "--json").refused("report_one_picture")


def test_names_sort_as_people_count() -> None:
    names = ["b", "a10", "a2", "A1", "a", "10", "9", "a2b", "²"]
    assert sorted(names, key=natural) == ["9", "10", "a", "A1", "a2", "a2b", "a10", "b", "²"]
