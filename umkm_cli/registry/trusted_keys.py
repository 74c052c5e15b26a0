"""Public keys of other offices: whose signed documents are taken as theirs."""

import contextlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader, glance
from umkm_cli.errors import UmkmError
from umkm_cli.registry.signing import ALGORITHM, PublicKey, own_public_key
from umkm_cli.registry.values import ValueProblem, read_name, shown
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.db.tables import TrustedKey
    from umkm_cli.registry.office import Work

HEAD = "umkm-public-key 1"
_MOST_CHARS = 4096


@dataclass(frozen=True)
class KnownKeys:
    """Whom this computer knows: its own office's key, and names by the public keys (base64) that it trusts."""

    own: PublicKey | None = None
    trusted: dict[str, str] = field(default_factory=dict)

    def standing(self, key: PublicKey) -> tuple[str, str | None]:
        """`own`, `trusted` or `unknown`, and the name it is trusted under."""
        if self.own is not None and key.raw == self.own.raw:
            return "own", None
        name = self.trusted.get(key.text)
        return ("unknown", None) if name is None else ("trusted", name)


def known_keys(settings: Settings) -> KnownKeys:
    """Makes and changes nothing. Where no registry can be read, nobody is known, and so nobody is trusted."""
    own, trusted = None, {}
    with contextlib.suppress(UmkmError, OSError):
        own = own_public_key(settings)
    with contextlib.suppress(Exception), glance(settings) as reader:
        trusted = {row["public_key"]: row["name"] for row in list_keys(reader)} if reader else {}
    return KnownKeys(own, trusted)


def key_document(settings: Settings, key: PublicKey) -> dict[str, str]:
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

    Raises `UmkmError`: `public_key_unreadable`, `file_not_readable`.
    """
    path, text = Path(given), given.strip()
    try:
        if path.is_file():
            with path.open("rb") as file:
                text = _key_in(file.read(_MOST_CHARS + 1).decode("utf-8-sig", errors="replace"))
    except OSError as error:
        raise UmkmError("file_not_readable", path=shown(given), why=error.strerror or error) from error
    try:
        return PublicKey.read(text)
    except ValueError as error:
        raise UmkmError("public_key_unreadable", given=shown(given)) from error


def _key_in(text: str) -> str:
    """Raises nothing: what is no key is refused by whoever reads it."""
    found = re.search(r"^key: (\S+)\s*$", text, re.MULTILINE)
    return found[1] if found and text.startswith(HEAD) and len(text) <= _MOST_CHARS else ""


def list_keys(reader: Reader) -> list[dict[str, Any]]:
    """`name`, `public_key` (base64) and `created_at`, by name."""
    return reader.rows("SELECT name, public_key, created_at FROM trusted_key ORDER BY name, created_at, public_key")


def trust_key(work: "Work", key: PublicKey, name: str) -> tuple[str, bool]:
    """The name as it is kept, and whether anything changed.

    Raises `UmkmError`: `key_is_own`, `key_name_missing`, `key_name_unfit`.
    """
    from umkm_cli.db.tables import TrustedKey

    _refuse_own(work, key)
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


def untrust_key(work: "Work", given: str) -> tuple[PublicKey, str]:
    """The key that is trusted no longer, and its name; `given` is its id, its base64, or the name where one key has it.

    Raises `UmkmError`: `key_not_trusted`, `key_is_own`, `key_name_ambiguous`.
    """
    from sqlmodel import select

    from umkm_cli.db.tables import TrustedKey

    wanted = given.strip()
    plain = wanted.upper().replace("-", "").replace(" ", "")
    keys = {row.public_key: PublicKey.read(row.public_key) for row in work.session.exec(select(TrustedKey))}
    fitting = [key for text, key in keys.items() if text == wanted or key.id.replace("-", "") == plain]
    if not fitting:
        rows = work.session.exec(select(TrustedKey).where(TrustedKey.name == wanted))
        fitting = [keys[row.public_key] for row in rows]
    if len(fitting) > 1:
        raise UmkmError("key_name_ambiguous", name=shown(given), ids=", ".join(key.id for key in fitting))
    if not fitting:
        raise UmkmError("key_not_trusted", given=shown(given))
    _refuse_own(work, fitting[0])
    row = _find(work, fitting[0])
    assert row is not None
    name = row.name
    work.removed("trusted_key", row, "untrust")
    return fitting[0], name


def _refuse_own(work: "Work", key: PublicKey) -> None:
    own = own_public_key(work.settings)
    if own is not None and own.raw == key.raw:
        raise UmkmError("key_is_own", id=key.id)


def _find(work: "Work", key: PublicKey) -> "TrustedKey | None":
    from sqlmodel import select

    from umkm_cli.db.tables import TrustedKey

    return work.session.exec(select(TrustedKey).where(TrustedKey.public_key == key.text)).first()
