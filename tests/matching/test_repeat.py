"""The repeat: pictures drawn with known steps, pictures without any, and the command that shows it."""

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Run
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.repeat import Repeat, find_repeat, reduced

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Array = npt.NDArray[np.float64]
RIGHT = 0.04
"""Largest error of a step, as a share of its length."""

SQUARE = np.array([[70.0, 0.0], [0.0, 70.0]])
OBLONG = np.array([[120.0, 0.0], [0.0, 64.0]])
HALF_DROP = np.array([[90.0, 45.0], [0.0, 90.0]])
SKEW = np.array([[80.0, 12.0], [-30.0, 95.0]])
TURNED = np.array([[66.0, 25.0], [-25.0, 66.0]])


def read(name: str) -> Rgb:
    bgr = cv2.imread(str(SAMPLES / name))
    assert bgr is not None, name
    return np.asarray(bgr[:, :, ::-1], np.uint8)


def cloth(basis: Array, width: int = 520, height: int = 420, seed: int = 0, hand: float = 0.0) -> Rgb:
    """A random unit laid out by the rows of `basis`.

    `hand` bends the lines by this share of the shortest step, mixes in another drawing and lights the cloth unevenly.
    """
    rng = np.random.default_rng(seed)
    unit = cv2.GaussianBlur(np.tile(rng.uniform(0, 255, (16, 16, 3)), (3, 3, 1)), (0, 0), 0.6)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    bend = hand * float(np.linalg.norm(basis, axis=1).min())
    at = np.stack([x + bend * _wave(rng, width, height), y + bend * _wave(rng, width, height)], axis=-1)
    share = (at @ np.linalg.inv(basis)) % 1.0
    place = (16 + 16 * share).astype(np.float32)
    drawn = cv2.remap(unit.astype(np.float32), place[..., 0], place[..., 1], cv2.INTER_CUBIC)
    if hand:
        other = cv2.resize(rng.uniform(0, 255, (height // 12, width // 12, 3)), (width, height))
        drawn = (0.8 * drawn + 0.2 * other) * (1 + 0.25 * np.tanh(_wave(rng, width, height)))[..., None]
    return np.asarray(np.clip(drawn, 0, 255), np.uint8)


def _wave(rng: np.random.Generator, width: int, height: int) -> Array:
    return np.asarray(cv2.resize(rng.normal(size=(7, 8)), (width, height), interpolation=cv2.INTER_CUBIC), np.float64)


def stripes(step: float, degrees: float, size: int = 480) -> Rgb:
    turn = np.deg2rad(degrees)
    y, x = np.mgrid[0:size, 0:size]
    along = (x * np.cos(turn) + y * np.sin(turn)) % step / step
    wide, thin = (along < 0.4)[..., None], ((along > 0.6) & (along < 0.7))[..., None]
    return np.where(wide, (120, 70, 30), np.where(thin, (30, 50, 90), (240, 226, 196))).astype(np.uint8)


def same_lattice(found: Repeat | None, basis: Array) -> bool:
    """Are the vectors two independent shortest steps of the lattice, within `RIGHT`? Any shortest pair will do."""
    if found is None or len(found.vectors) != 2:
        return False
    vectors = np.array(found.vectors)
    steps = np.rint(vectors @ np.linalg.inv(basis))
    error = np.linalg.norm(steps @ basis - vectors, axis=1) / np.linalg.norm(vectors, axis=1)
    return bool(abs(abs(np.linalg.det(steps)) - 1) < 1e-6 and (error < RIGHT).all())


@pytest.mark.parametrize("basis", [SQUARE, OBLONG, HALF_DROP, SKEW, TURNED])
@pytest.mark.parametrize("hand", [0.0, 0.015])
def test_known_lattice(basis: Array, hand: float) -> None:
    found = find_repeat(cloth(basis, seed=3, hand=hand))
    assert same_lattice(found, basis), found
    assert found is not None
    assert found.strength > (0.5 if hand else 0.9)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    length=st.floats(45, 130),
    ratio=st.floats(0.75, 1.4),
    lean=st.floats(-0.45, 0.45),
    degrees=st.floats(-90, 90),
    seed=st.integers(0, 99),
)
def test_any_lattice_seen_twice(length: float, ratio: float, lean: float, degrees: float, seed: int) -> None:
    turn = np.deg2rad(degrees)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    basis = np.array([[length, 0.0], [lean * length, ratio * length]]) @ turned
    found = find_repeat(cloth(basis, 640, 520, seed))
    assert same_lattice(found, basis), (found, basis)


def test_steps_are_in_pixels_of_the_picture_whatever_its_size() -> None:
    picture = cloth(SKEW, seed=1)
    doubled = np.asarray(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
    assert same_lattice(find_repeat(doubled), 2 * SKEW)


def test_steps_are_named_as_people_read_them() -> None:
    """The more horizontal one first, to the right; the other one downwards."""
    for turned in (SQUARE, -SQUARE, OBLONG[::-1], TURNED):
        found = find_repeat(cloth(turned, seed=2))
        assert found is not None
        (ax, ay), (bx, by) = found.vectors
        assert ax > abs(ay), found
        assert by > abs(bx) - 1, found


def test_alternating_colours_make_the_repeat_twice_as_long() -> None:
    tile = cloth(SQUARE, 70, 70, seed=4)
    row = np.hstack([tile, 255 - tile[::-1]])
    found = find_repeat(np.tile(row, (6, 4, 1)))
    assert same_lattice(found, np.array([[140.0, 0.0], [0.0, 70.0]])), found


@pytest.mark.parametrize("degrees", [0, 30, 90, 135])
def test_stripes_repeat_in_one_direction(degrees: float) -> None:
    found = find_repeat(stripes(48.0, degrees))
    assert found is not None
    ((x, y),) = found.vectors
    turn = np.deg2rad(degrees)
    assert np.hypot(x, y) == pytest.approx(48.0, rel=RIGHT)
    assert abs(x * np.cos(turn) + y * np.sin(turn)) == pytest.approx(48.0, rel=RIGHT)


@pytest.mark.parametrize("name", ["burung-pantai", "hiu-buaya", "jembatan-senja", "perahu-pesisir", "mega-mendung"])
def test_no_repeat_is_claimed_where_none_was_drawn(name: str) -> None:
    assert find_repeat(read(f"motifs/{name}.jpg")) is None


def test_no_repeat_in_noise_or_in_plain_cloth() -> None:
    rng = np.random.default_rng(5)
    assert find_repeat(np.full((300, 200, 3), 90, np.uint8)) is None
    assert find_repeat(np.zeros((1, 1, 3), np.uint8)) is None
    for size in (8, 40, 400):
        noise = rng.integers(0, 255, (size, size + size // 4, 3), np.uint8)
        assert find_repeat(np.asarray(cv2.resize(noise, (500, 400), interpolation=cv2.INTER_CUBIC), np.uint8)) is None


def test_a_step_must_be_seen_twice() -> None:
    assert find_repeat(cloth(np.array([[400.0, 0.0], [0.0, 380.0]]))) is None


def test_sample_as_drawn() -> None:
    """samples/draw.py sets its ceplok every 140 pixels, each drawn anew."""
    found = find_repeat(read("motifs/ceplok-teratai.jpg"))
    assert same_lattice(found, 2 * SQUARE), found


@given(
    a=st.tuples(st.integers(-99, 99), st.integers(-99, 99)),
    b=st.tuples(st.integers(-99, 99), st.integers(-99, 99)),
)
def test_reduction_keeps_the_lattice_and_finds_its_shortest(a: tuple[int, int], b: tuple[int, int]) -> None:
    basis = np.array([a, b], np.float64)
    area = abs(a[0] * b[1] - a[1] * b[0])
    if not area:
        return
    short = reduced(basis)
    steps = short @ np.linalg.inv(basis)
    assert np.allclose(steps, np.rint(steps), atol=1e-6)
    assert abs(np.linalg.det(short)) == pytest.approx(area)
    lengths = np.linalg.norm(short, axis=1)
    others = [i * short[0] + j * short[1] for i in range(-3, 4) for j in range(-3, 4) if j]
    assert lengths[0] <= lengths[1] + 1e-6
    assert min(np.linalg.norm(other) for other in others) >= lengths[1] - 1e-6


def test_show_tells_the_repeat(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    umkm("register", "--name", "Batik A", "--ref", "A").ok()
    for name in ("ceplok-teratai", "hiu-buaya"):
        umkm("motif", "register", SAMPLES / "motifs" / f"{name}.jpg", "--vendor", "A", "--title", name, "--ref", name)
    (view,) = umkm("motif", "show", "ceplok-teratai", "--json").ok().json()["views"]
    assert view["repeat"].keys() == {"vectors", "strength"}
    assert np.allclose(view["repeat"]["vectors"], [[140, 0], [0, 140]], atol=0.04 * 140)
    assert 0.2 < view["repeat"]["strength"] <= 1
    assert umkm("motif", "show", "hiu-buaya", "--json").ok().json()["views"][0]["repeat"] is None
    shown = umkm("motif", "show", "ceplok-teratai").ok().out
    assert "sudut 90°" in shown
    assert view["sha256"] in "".join(shown.split()), "a digest is never cut short"
    assert "tidak terlihat pengulangan" in umkm("motif", "show", "hiu-buaya").ok().out
    monkeypatch.setenv("UMKM_LANG", "en")
    assert "at 90°" in umkm("motif", "show", "ceplok-teratai").ok().out


def test_show_works_where_the_stored_picture_is_gone(umkm: Run, home: Path) -> None:
    umkm("register", "--name", "Batik A", "--ref", "A").ok()
    umkm("motif", "register", SAMPLES / "motifs" / "ceplok-teratai.jpg", "--vendor", "A", "--title", "C", "--ref", "C")
    for file in (home / "images").rglob("*.jpg"):
        file.unlink()
    assert umkm("motif", "show", "C", "--json").ok().json()["views"][0]["repeat"] is None
