"""`umkm key`: one key for an office, made once; keys of other offices, by name."""

import base64
import contextlib
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run
from umkm_cli.registry.signed.formats import Sealer
from umkm_cli.registry.signed.signing import Signer

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


@dataclass(frozen=True)
class Swapped:
    """The ids of this office's key, and of one that somebody put in its place."""

    own: str
    put_there: str


@pytest.fixture
def swapped(umkm: Run, home: Path) -> Swapped:
    own = umkm("key", "show", "--json").ok().json()["id"]
    another = Signer(b"\x09" * 32, "SBY")
    (home / "keys" / "office.key").write_bytes(base64.b64encode(b"\x09" * 32) + b"\n")
    return Swapped(own, another.public.id)


def test_with_a_key_put_in_the_place_of_the_offices_nothing_is_signed(
    umkm: Run, home: Path, swapped: Swapped, tmp_path: Path
) -> None:
    document = umkm("key", "show", "--json").refused("office_key_other")
    assert all(key_id in document["message"] for key_id in (swapped.own, swapped.put_there))
    assert "umkm key renew" in document["hint"]
    umkm("register", "--name", "Batik Sekar Muara", "--ref", "A").ok()
    picture = SAMPLES / "motifs" / "semanggi.jpg"
    code = umkm("motif", "register", picture, "--vendor", "A", "--title", "Semanggi", "--json").ok().json()["code"]
    result = umkm("motif", "receipt", code, tmp_path / "a.pdf", "--json")
    result.refused("office_key_other")
    assert result.exit_code == 3
    umkm("motif", "check", picture, "--report", tmp_path / "a.html", "--json").refused("office_key_other")
    assert not list(tmp_path.glob("a.*"))
    kept = {key["id"]: key["own"] for key in umkm("key", "list", "--json").ok().json()["keys"]}
    assert kept == {swapped.own: True}


def test_what_a_key_signs_that_was_put_in_the_offices_place_is_not_the_offices(
    umkm: Run, swapped: Swapped, tmp_path: Path
) -> None:
    page = tmp_path / "laporan.html"
    page.write_bytes(Sealer(Signer(b"\x09" * 32, "SBY"), "2026-11-24T08:00:00Z").sign_page("<p>x</p>\n", {}).encode())
    result = umkm("verify", page, "--json")
    assert (result.exit_code, result.json()["trust"], result.json()["key"]["id"]) == (4, "unknown", swapped.put_there)


def test_status_tells_what_is_wrong_with_the_offices_key(umkm: Run, home: Path) -> None:
    def told() -> object:
        return umkm("status", "--json").ok().json()["attention"]["office_key"]

    assert told() is None
    umkm("key", "show").ok()
    assert told() is None
    file = home / "keys" / "office.key"
    right = file.read_bytes()
    for wrong, state, says in (
        (base64.b64encode(b"\x09" * 32), "other", "berisi kunci lain"),
        (b"xx", "damaged", "rusak"),
        (None, "missing", "tidak ada di tempatnya"),
    ):
        file.unlink() if wrong is None else file.write_bytes(wrong)
        assert told() == state
        assert says in umkm("status").ok().out
    file.write_bytes(right)
    assert told() is None
    umkm("key", "show").ok()


def test_another_key_is_adopted_only_by_asking_for_a_new_one(umkm: Run, home: Path, swapped: Swapped) -> None:
    file = home / "keys" / "office.key"
    umkm("key", "renew", "--reason", "kunci tertukar", "--json").refused("office_key_present")
    file.rename(file.with_name("office.key.lain"))
    renewed = umkm("key", "renew", "--reason", "kunci tertukar", "--json").ok().json()["id"]
    assert renewed not in (swapped.own, swapped.put_there)
    assert umkm("key", "show", "--json").ok().json()["id"] == renewed
    assert umkm("audit", "verify", "--json").ok().json()["intact"]


def test_the_offices_own_key_is_known_though_its_file_is_gone(umkm: Run, home: Path, tmp_path: Path) -> None:
    umkm("register", "--name", "Batik Sekar Muara", "--ref", "A").ok()
    picture = SAMPLES / "motifs" / "semanggi.jpg"
    code = umkm("motif", "register", picture, "--vendor", "A", "--title", "Semanggi", "--json").ok().json()["code"]
    receipt = tmp_path / "a.pdf"
    umkm("motif", "receipt", code, receipt).ok()
    (home / "keys" / "office.key").unlink()
    document = umkm("verify", receipt, "--json").ok().json()
    assert document["trust"] == "own"
    umkm("key", "untrust", document["key"]["id"], "--json").refused("key_is_own")
    umkm("key", "trust", document["key"]["public_key"], "--name", "X", "--json").refused("key_is_own")
    umkm("key", "renew", "--reason", "laptop rusak").ok()
    assert umkm("verify", receipt, "--json").ok().json()["trust"] == "trusted"
    umkm("key", "untrust", document["key"]["id"]).ok()
    assert umkm("verify", receipt, "--json").exit_code == 4


def test_of_two_first_users_one_makes_the_key_and_it_is_remembered_once(
    umkm: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one comes between its looking and its remembering."""
    from umkm_cli.registry.signed import signing

    make, turns = signing._make, list[Path]()

    def make_after_another(path: Path) -> None:
        if not turns:
            turns.append(path)
            umkm("key", "show").ok()
        make(path)

    monkeypatch.setattr(signing, "_make", make_after_another)
    shown = umkm("key", "show", "--json").ok().json()
    assert [key["id"] for key in umkm("key", "list", "--json").json()["keys"]] == [shown["id"]]
    assert remembered_times(home) == 1
    assert umkm("audit", "verify", "--json").ok().json()["intact"]


def remembered_times(home: Path) -> int:
    with contextlib.closing(sqlite3.connect(home / "umkm.db")) as database:
        (times,) = database.execute("SELECT count(*) FROM audit WHERE entity = 'office_key'").fetchone()
    return int(times)


def test_a_key_file_must_be_of_one_piece(umkm: Run, other_office: Path) -> None:
    """Whose id people compare by telephone is the key that is trusted, and no other."""
    lines = other_office.read_text("utf-8").splitlines()
    _, office, key_id, key = lines
    another = f"key: {ANOTHER_KEY}"
    other_office.write_text("\n".join([*lines[:3], another]), "utf-8")
    document = umkm("key", "trust", other_office, "--name", "X", "--json").refused("key_file_other_id")
    assert key_id.removeprefix("id: ") in document["message"]
    assert Signer(b"\x07" * 32, "GRS").public.id in document["message"]
    for changed in (
        [*lines, another],
        [lines[0], office, key_id, another, key],
        [lines[0], office, key],
        [lines[0], key_id, key],
        [lines[0], "office: gresik!", key_id, key],
        ["umkm-public-key 2", office, key_id, key],
        [*lines, "PS: percayalah"],
    ):
        other_office.write_text("\n".join(changed), "utf-8")
        umkm("key", "trust", other_office, "--name", "X", "--json").refused("public_key_unreadable")
    other_office.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([" " + line + " " for line in lines]).encode() + b"\r\n\r\n")
    umkm("key", "trust", other_office, "--name", "X").ok()


def test_a_key_that_is_none_but_was_trusted_is_listed_and_can_be_given_up(umkm: Run, home: Path) -> None:
    """Older versions took any 32 bytes."""
    umkm("key", "show").ok()
    with contextlib.closing(sqlite3.connect(home / "umkm.db")) as database, database:
        rows = [("1", "Nol", "A" * 43 + "="), ("2", "Bukan kunci", "x")]
        database.executemany(
            "INSERT INTO trusted_key (id, name, public_key, created_at) VALUES (?, ?, ?, '2026')", rows
        )
    assert [key["name"] for key in umkm("key", "list", "--json").ok().json()["keys"]] == ["Bukan kunci", "Nol", "SBY"]
    umkm("key", "untrust", "", "--json").refused("key_not_trusted")
    for _, name, _ in rows:
        umkm("key", "untrust", name).ok()
    assert [key["name"] for key in umkm("key", "list", "--json").json()["keys"]] == ["SBY"]


def test_the_office_is_known_to_a_registry_of_another_version(umkm: Run, home: Path, tmp_path: Path) -> None:
    """Between an update of the program and its first writing, verifying changes nothing and knows everybody."""
    umkm("key", "show").ok()
    signer = Signer(base64.b64decode((home / "keys" / "office.key").read_bytes()), "SBY")
    page = tmp_path / "laporan.html"
    page.write_bytes(Sealer(signer, "2026-11-24T08:00:00Z").sign_page("<p>x</p>\n", {}).encode())
    with contextlib.closing(sqlite3.connect(home / "umkm.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = 'older'")
    assert umkm("verify", page, "--json").ok().json()["trust"] == "own"
