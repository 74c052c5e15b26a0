"""What references of traditional patterns explain, by pixels and by keypoints, on drawn public patterns."""

import random

import numpy as np
import pytest

from tests.bench.attacking.basics import Rgb
from tests.bench.attacks import ATTACKS
from tests.bench.traditions import Tradition, reference, traditions, vendors_own_dyes, with_one_ornament
from umkm_cli.matching.describing.fingerprint import fingerprint
from umkm_cli.matching.engine import compare
from umkm_cli.matching.heritage import Explanation, agreements, explained
from umkm_cli.matching.regions import pixel_matrix
from umkm_cli.matching.thresholds import DEFAULT

BY_PATTERN = {tradition.pattern: tradition for tradition in traditions(1)}
PATTERNS = [pytest.param(BY_PATTERN[name], id=name) for name in ("ceplok", "kawung", "parang")]


def explanation(query: Rgb, motif: Rgb, *references: Rgb) -> Explanation:
    """Of the match of these two pictures, which must be one."""
    known = fingerprint(motif)
    match = compare(fingerprint(query), known, DEFAULT, query_rgb=query, motif_rgb=motif)
    assert match is not None
    assert match.passes
    agreeing = []
    for rgb in references:
        shown = fingerprint(rgb)
        for alignment in agreements(known, shown, DEFAULT):
            agreeing.append((rgb, pixel_matrix(alignment.matrix, known.unit_px, shown.unit_px)))
    return explained(query, motif, np.array(match.transform), agreeing, DEFAULT)


def attacked(rgb: Rgb, kind: str) -> Rgb:
    return ATTACKS[kind][1](rgb, random.Random(kind))[0]


@pytest.mark.parametrize("tradition", PATTERNS)
@pytest.mark.parametrize("kind", ["phone", "hue", "mirror"])
def test_a_public_drawing_is_explained(tradition: Tradition, kind: str) -> None:
    public = vendors_own_dyes(tradition)
    found = explanation(attacked(public, kind), public, reference(tradition))
    assert found.share > 0.95
    assert found.unexplained < 0.01
    assert found.excuses(DEFAULT)


@pytest.mark.parametrize("tradition", PATTERNS)
@pytest.mark.parametrize("radius", [0.13, 0.19])
def test_an_ornament_that_was_copied_along_is_not(tradition: Tradition, radius: float) -> None:
    creation = with_one_ornament(tradition, radius)
    found = explanation(attacked(creation, "phone"), creation, reference(tradition))
    assert found.share > DEFAULT.heritage_cover, "the share alone would excuse it"
    assert found.unexplained > 0.5 * np.pi * radius**2
    assert not found.excuses(DEFAULT)


def test_the_ground_under_an_ornament_that_was_left_out_is_everybodys() -> None:
    tradition = BY_PATTERN["ceplok"]
    found = explanation(vendors_own_dyes(tradition), with_one_ornament(tradition, 0.19), reference(tradition))
    assert found.excuses(DEFAULT)


def test_a_mirrored_reference_explains_as_much() -> None:
    tradition = BY_PATTERN["parang"]
    public, mirrored = vendors_own_dyes(tradition), np.ascontiguousarray(reference(tradition)[:, ::-1])
    assert explanation(attacked(public, "phone"), public, mirrored).excuses(DEFAULT)
    creation = with_one_ornament(tradition, 0.13)
    assert not explanation(attacked(creation, "phone"), creation, mirrored).excuses(DEFAULT)


def test_two_references_explain_together_what_neither_does_alone() -> None:
    tradition = BY_PATTERN["ceplok"]
    public, whole = vendors_own_dyes(tradition), reference(tradition)
    halves = [np.ascontiguousarray(half) for half in np.split(whole, 2, axis=1)]
    both = explanation(public, public, *halves)
    assert len(both.shares) == 2
    assert max(both.shares) < DEFAULT.heritage_cover < both.share
    assert both.excuses(DEFAULT)
    for half, share in zip(halves, both.shares, strict=True):
        alone = explanation(public, public, half)
        assert alone.share == share
        assert not alone.excuses(DEFAULT)
    turned = explanation(public, public, *halves[::-1])
    assert turned == Explanation(both.share, both.unexplained, both.shares[::-1])


def test_another_hands_drawing_of_the_pattern_explains_nothing() -> None:
    first, other = (tradition for tradition in traditions(2) if tradition.pattern == "kawung")
    public = vendors_own_dyes(first)
    assert agreements(fingerprint(public), fingerprint(reference(other)), DEFAULT) == []
    found = explanation(public, public, reference(other))
    assert (found.share, found.shares) == (0.0, ())
    assert not found.excuses(DEFAULT)


def test_pictures_that_do_not_meet_explain_nothing() -> None:
    public = vendors_own_dyes(BY_PATTERN["ceplok"])
    away = np.array([[1.0, 0, 9_000], [0, 1, 9_000], [0, 0, 1]])
    assert explained(public, public, away, [(public, np.eye(3))], DEFAULT) == Explanation(0.0, 1.0, (0.0,))


def test_size_of_pictures_changes_little() -> None:
    tradition = BY_PATTERN["ceplok"]
    creation = with_one_ornament(tradition, 0.19)
    large = np.asarray(np.kron(creation, np.ones((3, 3, 1))), np.uint8)
    plain, enlarged = (explanation(creation, motif, reference(tradition)) for motif in (creation, large))
    assert enlarged.share == pytest.approx(plain.share, abs=0.03)
    assert enlarged.unexplained == pytest.approx(plain.unexplained, abs=0.03)
