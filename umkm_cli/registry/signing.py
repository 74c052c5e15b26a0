"""The office's key for signing documents: Ed25519 (RFC 8032), in `keys/office.key` beside the registry's own.

It is made when something is signed for the first time and never overwritten. The registry remembers its public half, so
that a key that is lost is noticed: then nothing is signed until the key is back, or somebody asks for a new one in so
many words (`umkm key renew`). What the lost key signed stays verifiable, since its public half is remembered.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from umkm_cli.db.places import unwritable
from umkm_cli.db.reading import Reader
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.office import Office, Work
from umkm_cli.registry.reasons import read_reason
from umkm_cli.registry.secrets import make_key, read_key
from umkm_cli.settings import Settings

OFFICE_KEY_FILE = "office.key"
ALGORITHM = "Ed25519"
PUBLIC_BYTES, SIGNATURE_BYTES = 32, 64
_ENTITY = "office_key"


@dataclass(frozen=True)
class PublicKey:
    """What verifies a signature; `raw` are the 32 bytes of RFC 8032."""

    raw: bytes

    @classmethod
    def read(cls, text: str) -> "PublicKey":
        """From base64. Raises `ValueError` where it is anything else, or not written in the one way."""
        return cls(read_base64(text, PUBLIC_BYTES))

    @property
    def text(self) -> str:
        return base64.b64encode(self.raw).decode()

    @property
    def id(self) -> str:
        """For people to compare, as on the telephone: the first 80 bits of the key's SHA-256, in four groups."""
        letters = base64.b32encode(hashlib.sha256(self.raw).digest()[:10]).decode()
        return "-".join(letters[at : at + 4] for at in range(0, 16, 4))

    def verifies(self, signature: bytes, message: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """The private key, from its 32 bytes, and whose it is."""

    def __init__(self, seed: bytes, office: str) -> None:
        self._seed = seed
        self.office = office

    @cached_property
    def public(self) -> PublicKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return PublicKey(Ed25519PrivateKey.from_private_bytes(self._seed).public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed).sign(message)


def open_signer(office: Office) -> Signer:
    """The office's key, made on first use.

    Raises `UmkmError`: `office_key_missing` where the registry knows of one that is gone, `office_key_damaged`, ….
    """
    path = office.settings.keys / OFFICE_KEY_FILE
    with office.reading() as reader:
        known = _remembered(reader)
    if known is not None and not path.exists():
        raise UmkmError("office_key_missing", exit_code=MISSING, path=path, id=known)
    if known is None:
        _make(path)
    signer = _read(path, office.settings.office)
    if signer.public.id != known:
        with office.work() as work:
            _remember(work, signer, "create")
    return signer


def renew_key(office: Office, reason: str) -> Signer:
    """A new key where the old one is lost. Raises `UmkmError`: `office_key_present`, `reason_missing`."""
    read_reason(reason)
    path = office.settings.keys / OFFICE_KEY_FILE
    if path.exists():
        raise UmkmError("office_key_present", path=path)
    _make(path)
    signer = _read(path, office.settings.office)
    with office.work() as work:
        _remember(work, signer, "renew", reason)
    return signer


def own_public_key(settings: Settings) -> PublicKey | None:
    """This office's, None where it has none yet; nothing is made, and nothing but the key's file is read.

    Raises `UmkmError`: `office_key_damaged`, `home_not_writable`.
    """
    path = settings.keys / OFFICE_KEY_FILE
    return _read(path, settings.office).public if path.exists() else None


def read_base64(text: str, length: int) -> bytes:
    """`length` bytes written as base64 in the one canonical way. Raises `ValueError`."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(data) != length or base64.b64encode(data).decode() != text:
        raise ValueError("not canonical")
    return data


def _make(path: Path) -> None:
    try:
        make_key(path)
    except OSError as error:
        raise unwritable(path, error, "home_not_writable") from error


def _read(path: Path, office: str) -> Signer:
    try:
        return Signer(read_key(path), office)
    except UmkmError as error:
        raise UmkmError("office_key_damaged", exit_code=MISSING, path=path) from error
    except OSError as error:
        raise unwritable(path, error, "home_not_writable") from error


def _remembered(reader: Reader) -> str | None:
    """The id of the key that this office used last."""
    found = reader.value("SELECT entity_id FROM audit WHERE entity = :entity ORDER BY seq DESC LIMIT 1", entity=_ENTITY)
    return None if found is None else str(found)


def _remember(work: Work, signer: Signer, action: str, reason: str | None = None) -> None:
    from sqlmodel import select

    from umkm_cli.db.tables import TrustedKey

    public = signer.public
    known = work.session.exec(select(TrustedKey).where(TrustedKey.public_key == public.text)).first()
    if known is None:
        work.created("trusted_key", TrustedKey(name=signer.office, public_key=public.text))
    work.record(action, _ENTITY, public.id, {"reason": (None, reason)} if reason else None)
