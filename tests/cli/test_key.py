"""`umkm key`: one key for an office, made once; keys of other offices, by name."""

import os
from pathlib import Path

import pytest

from tests.conftest import Run
from umkm_cli.registry.signing import Signer

ANOTHER_KEY = Signer(b"\x07" * 32, "GRS").public.text


@pytest.fixture
def other_office(umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The public key of another office, as it hands it out."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("UMKM_HOME", str(tmp_path / "gresik"))
        umkm("key", "show", "--out", tmp_path / "gresik.txt").ok()
    return tmp_path / "gresik.txt"


def test_a_key_is_made_once_and_kept_private(umkm: Run, home: Path) -> None:
    first = umkm("key", "show", "--json").ok().json()
    assert first["schema"] == "umkm.key/1"
    assert (first["algorithm"], first["office"]) == ("Ed25519", "SBY")
    assert umkm("key", "show", "--json").json() == first
    file = home / "keys" / "office.key"
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    assert umkm("key", "list", "--json").json()["keys"][0] | {"created_at": ""} == {
        "id": first["id"],
        "name": "SBY",
        "public_key": first["public_key"],
        "created_at": "",
        "own": True,
    }


def test_the_id_is_the_beginning_of_the_keys_digest(umkm: Run) -> None:
    import base64
    import hashlib

    key = umkm("key", "show", "--json").json()
    digest = hashlib.sha256(base64.b64decode(key["public_key"])).digest()
    assert key["id"].replace("-", "") == base64.b32encode(digest[:10]).decode()


def test_a_lost_key_is_noticed_and_renewed_only_when_asked(umkm: Run, home: Path) -> None:
    before = umkm("key", "show", "--json").json()
    umkm("key", "renew", "--reason", "iseng", "--json").refused("office_key_present")
    (home / "keys" / "office.key").unlink()
    assert umkm("key", "show", "--json").refused("office_key_missing")["hint"]
    assert umkm("key", "renew", "--reason", " ", "--json").refused("reason_missing")
    assert not (home / "keys" / "office.key").exists()
    after = umkm("key", "renew", "--reason", "laptop rusak", "--json").ok().json()
    assert after["id"] != before["id"]
    assert umkm("key", "show", "--json").json() == after
    kept = {key["id"]: key["own"] for key in umkm("key", "list", "--json").json()["keys"]}
    assert kept == {before["id"]: False, after["id"]: True}
    assert umkm("audit", "verify", "--json").ok().json()["intact"]


def test_trust_by_file_by_key_and_no_longer(umkm: Run, other_office: Path) -> None:
    key = other_office.read_text("utf-8").splitlines()[-1].removeprefix("key: ")
    trusted = umkm("key", "trust", other_office, "--name", "Dinas Gresik", "--json").ok().json()
    assert trusted["public_key"] == key
    umkm("key", "trust", key, "--name", "Dinas Koperasi Gresik").ok()
    assert [known["name"] for known in umkm("key", "list", "--json").json()["keys"]] == ["Dinas Koperasi Gresik"]
    assert "Dinas Koperasi Gresik" in umkm("key", "list").ok().out
    umkm("key", "untrust", trusted["id"].lower(), "--json").ok()
    assert umkm("key", "list", "--json").json()["keys"] == []
    umkm("key", "untrust", trusted["id"], "--json").refused("key_not_trusted")
    assert umkm("audit", "verify", "--json").ok().json()["intact"]


def test_a_name_that_two_keys_have_is_not_enough(umkm: Run, other_office: Path) -> None:
    umkm("key", "trust", other_office, "--name", "Dinas").ok()
    umkm("key", "trust", ANOTHER_KEY, "--name", "Dinas").ok()
    umkm("key", "untrust", "Dinas", "--json").refused("key_name_ambiguous")


def test_what_is_no_key_is_refused(umkm: Run, tmp_path: Path) -> None:
    shown = umkm("key", "show", "--json").json()
    own, own_id = shown["public_key"], shown["id"]
    large = tmp_path / "large.txt"
    large.write_text(f"umkm-public-key 1\noffice: SBY\nid: {own_id}\nkey: {own}\n" + "\n" * 5000, "utf-8")
    not_canonical = own[:-2] + {"A": "B", "E": "F", "I": "J", "M": "N"}.get(own[-2], "b") + "="
    for given in ("", "halo", own[:-1], own + "=", " " * 3, "ÿ" * 44, large, tmp_path, not_canonical):
        umkm("key", "trust", given, "--name", "X", "--json").refused("public_key_unreadable")
    umkm("key", "trust", own, "--name", "X", "--json").refused("key_is_own")
    umkm("key", "untrust", own, "--json").refused("key_is_own")
    umkm("key", "trust", ANOTHER_KEY, "--name", " ", "--json").refused("key_name_missing")
    umkm("key", "trust", ANOTHER_KEY, "--name", "a\x1bb", "--json").refused("key_name_unfit")
    assert len(umkm("key", "list", "--json").json()["keys"]) == 1


def test_a_damaged_key_signs_nothing(umkm: Run, home: Path) -> None:
    umkm("key", "show").ok()
    (home / "keys" / "office.key").write_bytes(b"xx")
    umkm("key", "show", "--json").refused("office_key_damaged")


def test_a_long_word_that_is_no_key_is_not_repeated_whole(umkm: Run) -> None:
    document = umkm("key", "trust", "x" * 50_000, "--name", "X", "--json").json()
    assert document["error"] in ("public_key_unreadable", "file_not_readable")
    assert len(document["message"]) < 1000
