"""Public keys of other offices: whose signed documents are taken as theirs."""

import contextlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader, glance
from umkm_cli.errors import UmkmError
from umkm_cli.registry.signed.signing import ALGORITHM, PublicKey, id_of, remembered_id, remembered_now
from umkm_cli.registry.values.typed import ValueProblem, read_name, shown
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.db.tables import TrustedKey
    from umkm_cli.documents.office import KeyDocument
    from umkm_cli.documents.papers import TrustName
    from umkm_cli.registry.office.work import Work

HEAD = "umkm-public-key 1"
_MOST_BYTES = 4096
_FILE = re.compile(rf"{HEAD} office: [A-Z][A-Z0-9]{{1,5}} id: (?P<id>\S+) key: (?P<key>\S+)")
"""Once spaces and line breaks, which mail programs change, are single spaces."""
_ID = re.compile(r"[A-Z2-7]{16}")


@dataclass(frozen=True)
class KnownKeys:
    """Whom this registry knows: its own office's key, and names by the public keys (base64) that it trusts."""

    own: str | None = None
    trusted: dict[str, str] = field(default_factory=dict)

    def standing(self, key: PublicKey) -> "tuple[TrustName, str | None]":
        """Whose key it is, and the name it is trusted under."""
        if key.text == self.own:
            return "own", None
        name = self.trusted.get(key.text)
        return ("unknown", None) if name is None else ("trusted", name)


@dataclass(frozen=True)
class ExpectedKey:
    """The one key that somebody expects a signature of: its id, and all of it where all of it was given."""

    id: str
    key: PublicKey | None = None

    def is_met_by(self, key: PublicKey) -> bool:
        return self.id == key.id and self.key in (None, key)


def known_keys(settings: Settings) -> KnownKeys:
    """Makes and changes nothing. Where no registry can be read, nobody is known, and so nobody is trusted.

    A key in the folder of keys that the registry does not remember is nobody's.
    """
    with contextlib.suppress(Exception), glance(settings, any_version=True) as reader:
        if reader is not None:
            return KnownKeys(own_key(reader), {row["public_key"]: row["name"] for row in list_keys(reader)})
    return KnownKeys()


def own_key(reader: Reader) -> str | None:
    """This office's public key (base64), None where it has none yet."""
    known = remembered_id(reader)
    return known and next((row["public_key"] for row in list_keys(reader) if id_of(row["public_key"]) == known), None)


def key_document(settings: Settings, key: PublicKey) -> "KeyDocument":
    """`umkm.key/1`."""
    return {
        "schema": "umkm.key/1",
        "id": key.id,
        "algorithm": ALGORITHM,
        "public_key": key.text,
        "office": settings.office,
    }


def key_file(settings: Settings, key: PublicKey) -> str:
    """What is handed to other offices."""
    return f"{HEAD}\noffice: {settings.office}\nid: {key.id}\nkey: {key.text}\n"


def read_key_given(given: str) -> PublicKey:
    """From a file that `key_file` wrote, or the key itself as base64.

    Raises `UmkmError`: `public_key_unreadable`, `key_file_other_id`, `file_not_readable`.
    """
    path, text = Path(given), given.strip()
    stated: str | None = None
    try:
        if path.is_file():
            with path.open("rb") as file:
                text, stated = _key_in(file.read(_MOST_BYTES + 1))
    except OSError as error:
        raise UmkmError("file_not_readable", path=shown(given), why=error.strerror or error) from error
    try:
        key = PublicKey.read(text)
    except ValueError as error:
        raise UmkmError("public_key_unreadable", given=shown(given)) from error
    if stated not in (None, key.id):
        raise UmkmError("key_file_other_id", path=shown(given), stated=shown(str(stated)), id=key.id)
    return key


def read_expected_key(given: str) -> ExpectedKey:
    """From an id, as people read it out, or what `read_key_given` takes. Raises the same."""
    letters = _letters(given)
    if _ID.fullmatch(letters) and not Path(given).is_file():
        return ExpectedKey("-".join(letters[at : at + 4] for at in range(0, 16, 4)))
    key = read_key_given(given)
    return ExpectedKey(key.id, key)


def _key_in(data: bytes) -> tuple[str, str]:
    """The key and the id that a file states, both empty where it is not as `key_file` writes it. Raises nothing."""
    lines = data.decode("utf-8-sig", errors="replace").split()
    found = _FILE.fullmatch(" ".join(lines)) if len(data) <= _MOST_BYTES else None
    return (found["key"], found["id"]) if found else ("", "")


def _letters(text: str) -> str:
    """Of a key's id, however it is written."""
    return text.upper().replace("-", "").replace(" ", "")


def _is_id(given: str, key_id: str | None) -> bool:
    return key_id is not None and _letters(given) == _letters(key_id)


def list_keys(reader: Reader) -> list[dict[str, Any]]:
    """`name`, `public_key` (base64) and `created_at`, by name."""
    return reader.rows("SELECT name, public_key, created_at FROM trusted_key ORDER BY name, created_at, public_key")


def trust_key(work: "Work", key: PublicKey, name: str) -> tuple[str, bool]:
    """The name as it is kept, and whether anything changed.

    Raises `UmkmError`: `key_is_own`, `key_name_missing`, `key_name_unfit`.
    """
    from umkm_cli.db.tables import TrustedKey

    _refuse_own(work, key.id)
    try:
        name = read_name(name)
    except ValueProblem as error:
        raise UmkmError("key_name_unfit", name=shown(name)) from error
    if not name:
        raise UmkmError("key_name_missing")
    known = _find(work, key)
    if known is None:
        work.created("trusted_key", TrustedKey(name=name, public_key=key.text))
        return name, True
    if known.name == name:
        return name, False
    work.changed("trusted_key", known, {"name": name})
    return name, True


def untrust_key(work: "Work", given: str) -> tuple[str, str]:
    """The key (base64) that is trusted no longer, and its name.

    `given` is its id, its base64, or the name where one key has it. Raises `UmkmError`: `key_not_trusted`,
    `key_is_own`, `key_name_ambiguous`.
    """
    from sqlmodel import select

    from umkm_cli.db.tables import TrustedKey

    wanted = given.strip()
    rows = work.session.exec(select(TrustedKey)).all()
    fitting = [row for row in rows if row.public_key == wanted or _is_id(given, id_of(row.public_key))]
    fitting = fitting or [row for row in rows if row.name == wanted]
    if len(fitting) > 1:
        ids = ", ".join(id_of(row.public_key) or shown(row.public_key) for row in fitting)
        raise UmkmError("key_name_ambiguous", name=shown(given), ids=ids)
    if not fitting:
        raise UmkmError("key_not_trusted", given=shown(given))
    (row,) = fitting
    _refuse_own(work, id_of(row.public_key))
    public, name = row.public_key, row.name
    work.removed("trusted_key", row, "untrust")
    return public, name


def _refuse_own(work: "Work", key_id: str | None) -> None:
    if key_id is not None and key_id == remembered_now(work):
        raise UmkmError("key_is_own", id=key_id)


def _find(work: "Work", key: PublicKey) -> "TrustedKey | None":
    from sqlmodel import select

    from umkm_cli.db.tables import TrustedKey

    return work.session.exec(select(TrustedKey).where(TrustedKey.public_key == key.text)).first()
