"""The registry's key: sealing personal numbers, digests to find them by, and the authentication of the audit chain.

One random 256-bit key lies in `keys/registry.key` beside the database, readable by its owner only where the system can
say so. Three keys are derived from it by HKDF-SHA-256 (RFC 5869), one for each purpose. Sealing is AES-256-GCM with a
random 96-bit nonce; digests are HMAC-SHA-256, because a plain hash of a structured 16-digit number can be enumerated.

What is sealed is bound to its place (table, column, record) as associated data, so that it opens nowhere else. Texts
sealed before that have no mark in front; they are still read, and sealed again when the registry is brought up to date.

A new key waits as `keys/registry.key.new` until the first entry that was made with it is committed. So a key of its
final name beside an empty database always tells of a database that is gone, never of a first use that was cut short.
"""

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
from functools import cached_property
from pathlib import Path

from umkm_cli.disk.places import make_private, unwritable
from umkm_cli.disk.whole import draft_beside
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import Settings

KEY_FILE = "registry.key"
NEW_KEY_FILE = "registry.key.new"
KEY_BYTES = 32
BOUND = "2:"
"""In front of what is sealed for one place only."""
_NONCE_BYTES = 12
_ATTEMPTS = 5


class Secrets:
    """What can be done with the registry's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @cached_property
    def id(self) -> str:
        """Tells this key from others without telling anything about it: 64 bits of a keyed digest of a constant."""
        return hmac.digest(self._derived["id"], b"umkm/key", "sha256").hex()[:16]

    def seal(self, plain: str, place: str) -> str:
        """`plain` as text that opens only at `place` (see `sealing_place`)."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        data = nonce + AESGCM(self._derived["seal"]).encrypt(nonce, plain.encode(), place.encode())
        return BOUND + base64.b64encode(data).decode()

    def unseal(self, sealed: str, place: str) -> str:
        """The plain text. Raises `ValueError` where another key, or another place, sealed it, or it was changed."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        bound = sealed.startswith(BOUND)
        try:
            data = base64.b64decode(sealed.removeprefix(BOUND), validate=True)
            nonce, text = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
            plain = AESGCM(self._derived["seal"]).decrypt(nonce, text, place.encode() if bound else None)
        except InvalidTag as error:
            raise ValueError("sealed with another key, or for another place") from error
        return plain.decode()

    def digest(self, value: str) -> str:
        """A keyed digest (32 hex digits, 128 bits) that equal values share."""
        return hmac.digest(self._derived["digest"], value.encode(), "sha256").hex()[:32]

    def authenticate(self, message: bytes) -> str:
        return hmac.digest(self._derived["audit"], message, "sha256").hex()

    @cached_property
    def _derived(self) -> dict[str, bytes]:
        return {
            purpose: _hkdf(self._key, f"umkm/{purpose}/1".encode()) for purpose in ("seal", "digest", "audit", "id")
        }


def sealing_place(table: str, column: str, record_id: str) -> str:
    """The one place where a sealed text opens."""
    return f"{table}\0{column}\0{record_id}"


def is_bound(sealed: str) -> bool:
    return sealed.startswith(BOUND)


def has_key(settings: Settings) -> bool:
    """Whether there is a registry's key, be it one that waits for its first entry."""
    return (settings.keys / KEY_FILE).exists() or waits_for_its_first_entry(settings)


def waits_for_its_first_entry(settings: Settings) -> bool:
    return (settings.keys / NEW_KEY_FILE).exists()


def open_secrets(settings: Settings, *, registry_is_empty: bool) -> Secrets:
    """The registry's key; a new one is made only for an empty registry, since nothing else opens what was sealed.

    Raises `UmkmError`: `key_missing`, `key_damaged`, `home_not_writable`.
    """
    path, new = settings.keys / KEY_FILE, settings.keys / NEW_KEY_FILE
    try:
        for _ in range(_ATTEMPTS):  # another process may be giving the new key its name
            for known in (path, new):
                with contextlib.suppress(FileNotFoundError):
                    return Secrets(read_key(known))
            if not registry_is_empty:
                break
            make_key(new)
            if path.exists():
                new.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error, "home_not_writable") from error
    raise UmkmError("key_missing", exit_code=MISSING, path=path)


def settle_key(settings: Settings) -> None:
    """The first entry is committed: the key it was made with gets its name. Raises `OSError`."""
    new = settings.keys / NEW_KEY_FILE
    if new.exists():
        _place(new, settings.keys / KEY_FILE)


def read_key(path: Path) -> bytes:
    """The 32 bytes in a key's file. Raises `OSError` and `UmkmError` `key_damaged`."""
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except binascii.Error as error:
        raise UmkmError("key_damaged", exit_code=MISSING, path=path) from error
    if len(key) != KEY_BYTES:
        raise UmkmError("key_damaged", exit_code=MISSING, path=path)
    return key


def make_key(path: Path) -> None:
    """A random key, unless there is one. Raises `OSError`.

    Written aside and linked into place, so that of two first users one key wins and both read it whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    make_private(path.parent)
    with draft_beside(path, base64.b64encode(os.urandom(KEY_BYTES)) + b"\n", private=True) as draft:
        _place(draft, path)


def _place(draft: Path, path: Path) -> None:
    """Give `draft` the name `path`, unless something has it; either way `draft` is gone. Raises `OSError`."""
    try:
        draft.rename(path) if os.name == "nt" else os.link(draft, path)
    except (FileExistsError, FileNotFoundError):
        pass
    finally:
        draft.unlink(missing_ok=True)


def _hkdf(key: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 (RFC 5869) with an empty salt and one block of output."""
    extracted = hmac.new(bytes(hashlib.sha256().digest_size), key, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()
