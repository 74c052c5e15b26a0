"""What the repeat says about an agreeing place: drawn cloths, with and without a label on them."""

import numpy as np
import pytest

from tests.matching.test_repeat import HALF_DROP, SQUARE, Array, cloth
from umkm_cli.matching.repeat import Repeat, find_repeat
from umkm_cli.matching.units import repeats_fit, unit_share

UNIT = Repeat(((100.0, 0.0), (0.0, 100.0)), 0.9)


def test_one_unit_holds_the_whole_drawing_wherever_it_lies() -> None:
    mask = np.zeros((60, 80), np.uint8)
    mask[13:33, 37:57] = 1  # one unit of 20 x 20 cells, across four
    assert unit_share(mask, UNIT, (400, 300)) == 1.0


def test_parts_on_different_units_add_up_and_the_same_part_counts_once() -> None:
    mask = np.zeros((60, 80), np.uint8)
    mask[0:20, 0:10] = 1
    assert unit_share(mask, UNIT, (400, 300)) == pytest.approx(0.5, abs=0.06)
    mask[20:40, 20:30] = 1
    assert unit_share(mask, UNIT, (400, 300)) == pytest.approx(0.5, abs=0.06)
    mask[40:60, 30:40] = 1
    assert unit_share(mask, UNIT, (400, 300)) == 1.0


def test_a_share_needs_two_vectors_and_something_that_agrees() -> None:
    mask = np.ones((60, 80), np.uint8)
    assert unit_share(mask, Repeat(((100.0, 0.0),), 0.9), (400, 300)) is None
    assert unit_share(0 * mask, UNIT, (400, 300)) == 0.0
    assert unit_share(mask, UNIT, (400, 300)) == 1.0


@pytest.mark.parametrize("basis", [SQUARE, HALF_DROP])
def test_a_label_does_not_come_back_and_the_cloth_does(basis: Array) -> None:
    rgb = cloth(basis, seed=6, hand=0.01)
    rng = np.random.default_rng(7)
    rgb[300:380, 40:200] = np.kron(rng.integers(0, 255, (10, 20, 3)), np.ones((8, 8, 1))).astype(np.uint8)
    found = find_repeat(rgb)
    assert found is not None
    label = rng.uniform((50, 310), (190, 370), (40, 2))
    elsewhere = rng.uniform((220, 30), (490, 250), (40, 2))
    assert repeats_fit(rgb, found, label) < -0.3
    assert repeats_fit(rgb, found, elsewhere) > -0.15
