"""An import that is killed without warning: the long form, with 3,000 vendors, is `tests/bench/crash.py`."""

from pathlib import Path

import pytest

from tests.bench.crash import Trial, run_trial

TRIALS = (Trial("vendor", rows=150, kills=3, seed=1, step=50), Trial("motif", rows=12, kills=2, seed=1))


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.kind)
def test_a_killed_import_leaves_whole_records_and_completes_later(trial: Trial, tmp_path: Path) -> None:
    found = run_trial(trial, tmp_path)

    assert found.violations == []
    assert found.kills + found.ended_first == trial.kills
    assert found.kills > 0
    assert found.completed > 0
