"""The long trial of changed files, in small: whatever is not a reason of its own comes out as an exception."""

from pathlib import Path

from tests.bench.mutants import pictures, sheets, try_pictures, try_sheets


def test_changed_sheets_are_read_or_refused(tmp_path: Path) -> None:
    found = try_sheets(tmp_path, 60, seed=11).outcomes
    assert found.total() == 60
    assert {outcome.split()[0] for outcome in found} == set(sheets())


def test_changed_pictures_are_read_or_refused() -> None:
    found = try_pictures(60, seed=11).outcomes
    assert found.total() == 60
    assert {outcome.split()[0] for outcome in found} == set(pictures())
