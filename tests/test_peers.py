"""The comparison with other programs, with those that need no further package; in full: `tests/bench/peers.py`."""

from pathlib import Path

import pytest

from tests.bench.attacks import ATTACKS
from tests.bench.peering.answering import Answer
from tests.bench.peering.environments import Needs, UnavailableError, interpreter_for
from tests.bench.peering.figures import count, table
from tests.bench.peering.trial import Labelled, LabelsError, Query, Trial, read_labels, write_trial
from tests.bench.peers import SAMPLES, Place, compare

FAMILIES = {"hiu-buaya", "parang-muara", "kupu-kupu"}


def test_umkm_and_phash_answer_the_same_queries(tmp_path: Path) -> None:
    rows = [row for row in read_labels(SAMPLES, SAMPLES / "labels.csv") if row.family in FAMILIES]
    trial = write_trial(rows, {name: ATTACKS[name] for name in ("jpeg", "crop40")}, tmp_path, every=2)

    answers, left_out = compare(["umkm", "phash"], trial, Place(tmp_path, tmp_path / "cache"))

    assert left_out == []
    ours, theirs = (count(trial, answers[name]) for name in ("umkm", "phash"))
    assert ours.found == {"file": (1, 1), "part": (1, 1), "real near-duplicates": (1, 1)}
    assert (ours.wrong_family, ours.false_alarms, ours.quiet) == (0, 0, 3)
    assert theirs.found == {"file": (1, 1), "part": (0, 1), "real near-duplicates": (1, 1)}


def test_figures_count_right_families_wrong_ones_and_false_alarms() -> None:
    asked = (("a", "file"), ("a", "file"), ("b", "real near-duplicates"), (None, "quiet"), (None, "quiet"))
    queries = tuple(Query(Path(f"{n}.jpg"), family, group, group) for n, (family, group) in enumerate(asked))
    trial = Trial((Path("a1"), Path("a2"), Path("b1")), ("a", "a", "b"), queries)

    found = count(trial, Answer([1, 2, None, None, 0], 2.0))

    assert found.found == {"file": (1, 2), "real near-duplicates": (0, 1)}
    assert (found.wrong_family, found.false_alarms, found.quiet, found.per_second) == (1, 1, 2, 2.5)
    assert "| — file (2) | 50 % |" in table({"umkm": found})
    assert "| false alarms (2) | 1 |" in table({"umkm": found})


def test_labels_without_what_a_trial_needs_are_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "labels.csv"
    sheet.write_text("image,family,role\na.jpg,a,registered\n", "utf-8")

    with pytest.raises(LabelsError, match="unrelated"):
        read_labels(tmp_path, sheet)


def test_a_label_names_a_picture_below_the_folder(tmp_path: Path) -> None:
    rows = read_labels(SAMPLES, SAMPLES / "labels.csv")

    assert Labelled(SAMPLES / "motifs" / "semanggi.jpg", "semanggi", "registered") in rows
    assert all(row.path.is_file() for row in rows)


def test_a_peer_for_a_python_that_nobody_has_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"Python 3\.99"):
        interpreter_for(Needs("peer", ("nothing",), python_minor=99), tmp_path, None)
