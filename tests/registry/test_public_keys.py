"""What is a public key, and which signatures it verifies: Wycheproof's vectors, libsodium's list, RFC 8032."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm_cli.registry.signed.signing import PublicKey, Signer

VECTORS = Path(__file__).with_name("wycheproof") / "ed25519_test.json"
FIELD = 2**255 - 19
SMALL_ORDER = (  # `ge25519_has_small_order` of libsodium, which ignores the highest bit
    "00" * 32,
    "01" + "00" * 31,
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ec" + "ff" * 30 + "7f",
    "ed" + "ff" * 30 + "7f",
    "ee" + "ff" * 30 + "7f",
)


def vectors() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(VECTORS.read_text("utf-8"))
    return loaded


def verifies(public: str, test: dict[str, str]) -> bool:
    try:
        key = PublicKey(bytes.fromhex(public))
    except ValueError:
        return False
    return key.verifies(bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"]))


@pytest.mark.parametrize("flag", sorted(vectors()["notes"]))
def test_wycheproof(flag: str) -> None:
    """What it leaves to a policy (`acceptable`: keys of small or of mixed order) is refused here."""
    tests = [(group["pk"], test) for group in vectors()["groups"] for test in group["tests"] if flag in test["flags"]]
    assert tests
    assert not [test["tcId"] for pk, test in tests if verifies(pk, test) != (test["result"] == "valid")]


@pytest.mark.parametrize("highest_bit", [0, 0x80])
@pytest.mark.parametrize("written", SMALL_ORDER)
def test_points_of_small_order_are_no_keys_however_they_are_written(written: str, highest_bit: int) -> None:
    raw = bytearray.fromhex(written)
    raw[31] |= highest_bit
    with pytest.raises(ValueError, match="not a public key"):
        PublicKey(bytes(raw))


@pytest.mark.parametrize("y", range(2, 20))
def test_what_is_no_point_or_written_another_way_is_no_key(y: int) -> None:
    """Euler's criterion says for which y there is an x; y + p, where it fits 255 bits, is y written another way."""
    d = -121665 * pow(121666, -1, FIELD) % FIELD
    square = (y * y - 1) * pow(d * y * y + 1, -1, FIELD) % FIELD
    is_point = pow(square, (FIELD - 1) // 2, FIELD) == 1
    taken = [is_key(value.to_bytes(32, "little")) for value in (y, y + FIELD) if value < 2**255]
    assert not any(taken[1:])
    if not is_point:
        assert not taken[0]


def is_key(raw: bytes) -> bool:
    try:
        PublicKey(raw)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_another_length_is_no_key(length: int) -> None:
    assert not is_key(b"\x58" + b"\x66" * (length - 1) if length else b"")


def test_the_base_point_is_a_key() -> None:
    assert is_key(b"\x58" + b"\x66" * 31)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40))
def test_every_private_keys_public_half_is_a_key(seed: bytes, message: bytes) -> None:
    signer = Signer(seed, "SBY")
    assert signer.public.verifies(signer.sign(message), message)
    assert PublicKey.read(signer.public.text) == signer.public
