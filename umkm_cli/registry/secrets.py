"""The registry's key: sealing personal numbers, digests to find them by, and the authentication of the audit chain.

One random 256-bit key lies in `keys/registry.key` beside the database, readable by its owner only where the system can
say so. Three keys are derived from it by HKDF-SHA-256 (RFC 5869), one for each purpose. Sealing is AES-256-GCM with a
random 96-bit nonce; digests are HMAC-SHA-256, because a plain hash of a structured 16-digit number can be enumerated.
"""

import base64
import binascii
import hashlib
import hmac
import os
from functools import cached_property
from pathlib import Path

from umkm_cli.db.places import make_private, unwritable
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import Settings

KEY_FILE = "registry.key"
KEY_BYTES = 32
_NONCE_BYTES = 12


class Secrets:
    """What can be done with the registry's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, plain: str) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        return base64.b64encode(nonce + AESGCM(self._derived["seal"]).encrypt(nonce, plain.encode(), None)).decode()

    def unseal(self, sealed: str) -> str:
        """The plain text. Raises `UmkmError` `wrong_key` where another key sealed it."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            data = base64.b64decode(sealed)
            plain = AESGCM(self._derived["seal"]).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], None)
        except (InvalidTag, ValueError) as error:
            raise UmkmError("wrong_key", exit_code=MISSING) from error
        return plain.decode()

    def digest(self, value: str) -> str:
        """A keyed digest (32 hex digits, 128 bits) that equal values share."""
        return hmac.new(self._derived["digest"], value.encode(), hashlib.sha256).hexdigest()[:32]

    def authenticate(self, message: bytes) -> str:
        return hmac.new(self._derived["audit"], message, hashlib.sha256).hexdigest()

    @cached_property
    def _derived(self) -> dict[str, bytes]:
        return {purpose: _hkdf(self._key, f"umkm/{purpose}/1".encode()) for purpose in ("seal", "digest", "audit")}


def open_secrets(settings: Settings, *, registry_is_empty: bool) -> Secrets:
    """The registry's key; a new one is made only for an empty registry, since nothing else opens what was sealed.

    Raises `UmkmError`: `key_missing`, `key_damaged`, `home_not_writable`.
    """
    path = settings.keys / KEY_FILE
    try:
        if not path.exists():
            if not registry_is_empty:
                raise UmkmError("key_missing", exit_code=MISSING, path=path)
            make_key(path)
        return Secrets(read_key(path))
    except OSError as error:
        raise unwritable(path, error, "home_not_writable") from error


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
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with draft.open("wb") as file:
        make_private(draft)
        file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        draft.rename(path) if os.name == "nt" else os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _hkdf(key: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 (RFC 5869) with an empty salt and one block of output."""
    extracted = hmac.new(bytes(hashlib.sha256().digest_size), key, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()
