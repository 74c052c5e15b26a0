"""The engine on drawings made here: what was done to a picture is what it reports."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from tests.drawings import drawing
from umkm_cli.matching.describing.fingerprint import Fingerprint, fingerprint
from umkm_cli.matching.engine import Match, Relation, compare, screen
from umkm_cli.matching.gallery import Gallery, Originals, Registered
from umkm_cli.matching.heritage import explained_fraction
from umkm_cli.matching.thresholds import DEFAULT

Rgb = npt.NDArray[np.uint8]


@pytest.fixture(scope="module")
def cloths() -> dict[str, Rgb]:
    return {f"view-{seed}": drawing(seed) for seed in range(8)}


@pytest.fixture(scope="module")
def prints(cloths: dict[str, Rgb]) -> dict[str, Fingerprint]:
    return {key: fingerprint(rgb) for key, rgb in cloths.items()}


@pytest.fixture(scope="module")
def gallery(prints: dict[str, Fingerprint]) -> Gallery:
    return Gallery(Registered(key, f"motif of {key}", f"owner of {key}", print_) for key, print_ in prints.items())


def asked(gallery: Gallery, cloths: dict[str, Rgb], rgb: Rgb) -> Match:
    screening = screen(fingerprint(rgb), gallery, DEFAULT, originals=Originals(cloths.get), query_rgb=rgb)
    assert [match.key for match in screening.matches if match.passes] == ["view-3"]
    assert screening.judged
    return screening.matches[0]


def test_a_turned_copy_is_found_with_its_transformation(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    matrix = cv2.getRotationMatrix2D((260.0, 200.0), 20.0, 0.9)
    turned = cv2.warpAffine(cloths["view-3"], matrix, (520, 400), borderMode=cv2.BORDER_CONSTANT)
    match = asked(gallery, cloths, np.asarray(turned, np.uint8))
    assert match.relation is Relation.COPY
    assert match.rotation_deg == pytest.approx(20.0, abs=1.0)
    assert match.scale == pytest.approx(0.9, abs=0.02)
    corners = np.array([[40, 40, 1], [480, 40, 1], [480, 360, 1]], float).T
    found = np.asarray(match.transform) @ corners
    np.testing.assert_allclose((found[:2] / found[2]).T, (matrix @ corners).T, atol=4.0)


def test_a_mirrored_copy_says_so(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    match = asked(gallery, cloths, np.ascontiguousarray(cloths["view-3"][:, ::-1]))
    assert match.mirrored
    assert match.relation is Relation.COPY
    assert "mirrored" in match.reasons
    np.testing.assert_allclose(match.transform, [[-1, 0, 519], [0, 1, 0], [0, 0, 1]], atol=3.0)


def test_a_negative_is_a_colourway(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    match = asked(gallery, cloths, 255 - cloths["view-3"])
    assert (match.inverted, match.recoloured, match.relation) == (True, True, Relation.COLOURWAY)


def test_other_dyes_make_a_colourway(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    hsv = cv2.cvtColor(cloths["view-3"], cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(int) + 80) % 180
    match = asked(gallery, cloths, np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8))
    assert (match.recoloured, match.relation) == (True, Relation.COLOURWAY)


def test_darker_is_not_another_colourway(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    match = asked(gallery, cloths, (cloths["view-3"] * 0.7).astype(np.uint8))
    assert (match.recoloured, match.relation) == (False, Relation.COPY)


def test_a_cut_is_partial_and_knows_its_place(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    match = asked(gallery, cloths, np.ascontiguousarray(cloths["view-3"][100:300, 200:460]))
    assert match.relation is Relation.PARTIAL
    assert match.query_area > 0.85
    assert match.motif_area == pytest.approx(0.25, abs=0.06)
    left, top = np.min(match.motif_region, axis=0)
    assert (left, top) == pytest.approx((200, 100), abs=25)


def test_unrelated_drawings_do_not_pass(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    for seed in range(100, 106):
        rgb = drawing(seed)
        screening = screen(fingerprint(rgb), gallery, DEFAULT, originals=Originals(cloths.get), query_rgb=rgb)
        assert not [match for match in screening.matches if match.passes]
        assert screening.judged


def test_a_shared_caption_is_a_label_not_a_copy(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    def captioned(rgb: Rgb) -> Rgb:
        out = rgb.copy()
        cv2.rectangle(out, (0, 352), (420, 400), (20, 20, 20), -1)
        cv2.putText(out, "BATIK TUGU 0812-3456", (12, 384), cv2.FONT_HERSHEY_SIMPLEX, 0.95, (255, 255, 255), 2)
        return out

    match = compare(
        fingerprint(captioned(drawing(50))),
        fingerprint(captioned(drawing(51))),
        DEFAULT,
        query_rgb=captioned(drawing(50)),
        motif_rgb=captioned(drawing(51)),
    )
    assert match is not None
    assert not match.passes
    assert match.reasons[0] == "label_only"


def test_a_small_print_on_a_busy_cloth_needs_the_thorough_search(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    cloth = drawing(100, 900, 900)
    cloth[300:454, 200:400] = cv2.resize(cloths["view-0"], (200, 154), interpolation=cv2.INTER_AREA)
    asked = fingerprint(cloth)
    quick, thorough = (
        screen(asked, gallery, DEFAULT, originals=Originals(cloths.get), query_rgb=cloth, thorough=thorough).matches
        for thorough in (False, True)
    )
    assert not any(match.passes for match in quick)
    assert [match.key for match in thorough if match.passes] == ["view-0"]
    assert thorough[0].relation is Relation.PARTIAL


def test_order_of_registration_changes_nothing(prints: dict[str, Fingerprint], cloths: dict[str, Rgb]) -> None:
    query = fingerprint(np.ascontiguousarray(cloths["view-3"][:300, :400]))
    items = [Registered(key, key, key, print_) for key, print_ in prints.items()]
    forward, backward = screen(query, Gallery(items), DEFAULT), screen(query, Gallery(items[::-1]), DEFAULT)
    assert forward == backward
    assert forward.matches[0].passes


def test_a_withdrawn_motif_is_not_found(prints: dict[str, Fingerprint]) -> None:
    gallery = Gallery(Registered(key, key, key, print_) for key, print_ in prints.items())
    gallery.discard("view-3")
    assert (len(gallery), gallery.motifs) == (7, 7)
    assert not [m for m in screen(prints["view-3"], gallery, DEFAULT).matches if m.passes]
    assert screen(prints["view-4"], gallery, DEFAULT).matches[0].key == "view-4"


def test_an_empty_registry_is_clear() -> None:
    screening = screen(fingerprint(drawing(1)), Gallery(), DEFAULT)
    assert (screening.matches, screening.judged, screening.expected_false_alarms) == ((), True, 0.0)


@pytest.mark.parametrize(
    ("shape", "weakness"),
    [((1, 1), "too_small"), ((40, 50), "too_small"), ((2, 3000), "too_small"), ((300, 400), "too_plain")],
)
def test_what_cannot_be_judged_says_why(gallery: Gallery, shape: tuple[int, int], weakness: str) -> None:
    rgb = np.full((*shape, 3), 190, np.uint8)
    print_ = fingerprint(rgb)
    assert print_.weakness(DEFAULT) == weakness
    screening = screen(print_, gallery, DEFAULT, query_rgb=rgb)
    assert (screening.judged, screening.reasons) == (False, (weakness,))
    assert Fingerprint.from_bytes(print_.to_bytes()) == print_


def test_bytes_come_back_as_the_same_fingerprint(prints: dict[str, Fingerprint]) -> None:
    for print_ in prints.values():
        blob = print_.to_bytes()
        assert Fingerprint.from_bytes(blob) == print_
        assert len(blob) <= 20 * 1024


def test_damaged_bytes_are_refused(prints: dict[str, Fingerprint]) -> None:
    blob = prints["view-0"].to_bytes()
    for damaged in (b"", b"UMF1", blob[:-1], blob + b"x", blob[:50] + b"\xff" + blob[51:], b"PK" + blob[2:]):
        if damaged != blob:
            with pytest.raises(ValueError):
                Fingerprint.from_bytes(damaged)


def test_a_reference_explains_what_it_shows(prints: dict[str, Fingerprint], cloths: dict[str, Rgb]) -> None:
    whole = ((0.0, 0.0), (520.0, 0.0), (520.0, 400.0), (0.0, 400.0))
    left = fingerprint(np.ascontiguousarray(cloths["view-3"][:, :260]))
    assert explained_fraction(prints["view-3"], whole, [prints["view-3"]], DEFAULT) > 0.9
    assert explained_fraction(prints["view-3"], whole, [left], DEFAULT) == pytest.approx(0.5, abs=0.12)
    assert explained_fraction(prints["view-3"], whole, [prints["view-4"]], DEFAULT) == 0.0


def test_a_cloth_laid_out_anew_agrees_with_every_repeat(gallery: Gallery, cloths: dict[str, Rgb]) -> None:
    half = cv2.resize(cloths["view-3"], (260, 200), interpolation=cv2.INTER_AREA)
    match = asked(gallery, cloths, np.tile(np.asarray(half, np.uint8), (2, 2, 1)))
    assert match.repeats == 4
    assert match.query_area > 0.85
    assert match.scale == pytest.approx(0.5, abs=0.02)
