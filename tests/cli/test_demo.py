"""`umkm demo`: every verdict on the samples, in a registry of its own, and nothing of the office's."""

import re
import sys
from pathlib import Path

import pytest

from tests.cli.terminals import SIXEL_TERMINAL, shown
from tests.conftest import Run
from umkm_cli.desk import demonstration
from umkm_cli.desk.demonstration import STEPS, Step
from umkm_cli.screening.judging.judge import Verdict

VERDICTS = [verdict.value for verdict in Verdict]


def test_every_verdict_is_found_and_the_registry_is_kept_where_asked(
    umkm: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "contoh usaha"
    document = umkm("demo", "--keep", folder, "--json").ok().json()
    assert (document["schema"], document["home"], document["as_expected"]) == ("umkm.demo/1", str(folder), True)
    steps = document["steps"]
    assert [step["expected"] for step in steps] == [step["found"] for step in steps] == VERDICTS
    assert [step["result"]["verdict"] for step in steps] == VERDICTS
    assert all(step["as_expected"] for step in steps)
    assert not home.exists(), "the office's registry is not touched"

    monkeypatch.setenv("UMKM_HOME", str(folder))
    motifs = umkm("motif", "list", "--json").ok().json()["motifs"]
    assert sorted(motif["ref"] for motif in motifs) == ["M-01", "M-04", "M-06", "M-12"]
    assert all(motif["code"].startswith("M-DEMO-") for motif in motifs)
    assert umkm("register", "--name", "Batik A", "--json").ok().json()["code"].startswith("U-DEMO-")
    assert umkm("audit", "verify").exit_code == 0


def test_people_read_each_verdict_as_check_says_it(umkm: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMKM_LANG", "en")
    out = umkm("demo").ok().out
    assert [int(number) for number in re.findall(rf"^(\d)/{len(STEPS)} ", out, re.MULTILINE)] == list(range(1, 10))
    assert out.count("Needs a look – ") == sum(step.shows in ("copy", "partial", "colourway") for step in STEPS)
    assert "12/IZIN/" in out
    assert "9 of 9" in out
    assert "demo." not in re.sub(r"/\S+", "", out), "every text is in the catalogue"
    (folder,) = re.findall(r"\S*umkm-demo-\S+", out)
    assert not Path(folder).exists()
    assert not home.exists()


def test_a_verdict_that_is_not_as_it_should_be_is_no_success(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (Step(Verdict.COPY, "unregistered.jpg"), Step(Verdict.NOT_JUDGED, "plain.jpg"))
    monkeypatch.setattr(demonstration, "STEPS", steps)
    done = umkm("demo", "--json")
    document = done.json()
    assert (done.exit_code, document["as_expected"], document["home"]) == (1, False, None)
    assert [step["as_expected"] for step in document["steps"]] == [False, True]
    assert document["steps"][0]["found"] == "clear"
    assert "Cocok hampir seluruhnya" in done.err
    assert "Belum dapat dinilai" not in done.err


def test_a_folder_with_something_in_it_is_refused(umkm: Run, tmp_path: Path) -> None:
    (tmp_path / "isi.txt").write_text("penting")
    umkm("demo", "--keep", tmp_path, "--json").refused("demo_folder_not_empty")
    umkm("demo", "--keep", tmp_path / "isi.txt", "--json").refused("demo_folder_unusable")
    assert [path.name for path in tmp_path.iterdir()] == ["isi.txt"]


def test_the_offices_own_folder_is_refused(umkm: Run, home: Path) -> None:
    umkm("demo", "--keep", home, "--json").refused("demo_folder_is_office")
    umkm("demo", "--keep", home / "contoh", "--json").refused("demo_folder_is_office")
    assert not home.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals to open from here")
def test_a_terminal_that_draws_shows_the_pictures_and_waits(home: Path) -> None:
    pauses = {f"Enter: langkah {number} dari 9".encode(): b"\n" for number in range(2, len(STEPS) + 1)}
    written = shown("demo", answers={**SIXEL_TERMINAL, **pauses})
    drawn = [step for step in STEPS if step.about]
    assert len(re.findall(rb"\x1bP[0-9;]*q", written)) == len(drawn)
    assert all(written.count(pause) == 1 for pause in pauses)
    assert b"9 dari 9" in written
