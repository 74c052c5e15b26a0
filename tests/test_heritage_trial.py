"""Public drawings stay quiet, copies of what stands on them do not; in full: `tests/bench/heritage.py`."""

from pathlib import Path

import numpy as np

from tests.bench.heritage import measure
from tests.bench.traditions import creation, reference, traditions

FEW = [tradition for tradition in traditions(1) if tradition.pattern == "ceplok"]


def test_public_drawings_stay_quiet_and_copies_of_creations_alert(tmp_path: Path) -> None:
    found = measure(FEW, 2, tmp_path)

    assert (found.quiet, found.alarming) == (3, 2)
    assert found.alarmed == ()
    assert found.missed == ()
    assert found.held == 0


def test_the_same_hand_draws_the_same_and_another_hand_does_not() -> None:
    first, other = (tradition for tradition in traditions(2) if tradition.pattern == "kawung")

    assert np.array_equal(reference(first), reference(first))
    assert not np.array_equal(reference(first), reference(other))
    assert not np.array_equal(reference(first), creation(first))
