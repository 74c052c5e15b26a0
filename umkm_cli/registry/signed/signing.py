"""The office's key for signing documents: Ed25519 (RFC 8032), in `keys/office.key` beside the registry's own.

It is made when something is signed for the first time and never overwritten. The registry remembers its public half, so
that a key that is lost, or replaced by another, is noticed: then nothing is signed until the key is back, or somebody
asks for a new one in so many words (`umkm key renew`). What the lost key signed stays verifiable, since its public half
is remembered. What this office's key is, the registry says; a file in `keys` alone proves nothing.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from umkm_cli.db.reading import Reader
from umkm_cli.disk.places import unwritable
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.secrets import make_key, read_key
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.signed.curve import is_public_key
from umkm_cli.registry.values.reasons import read_reason
from umkm_cli.settings import Settings

OFFICE_KEY_FILE = "office.key"
ALGORITHM = "Ed25519"
PUBLIC_BYTES, SIGNATURE_BYTES = 32, 64
_ENTITY = "office_key"


@dataclass(frozen=True)
class PublicKey:
    """What verifies a signature; `raw` are the 32 bytes of RFC 8032.

    Raises `ValueError` where no private key makes these bytes: anybody could sign for some that are none.
    """

    raw: bytes

    def __post_init__(self) -> None:
        if not is_public_key(self.raw):
            raise ValueError("not a public key")

    @classmethod
    def read(cls, text: str) -> "PublicKey":
        """From base64. Raises `ValueError` where it is anything else, not written in the one way, or no key."""
        return cls(read_base64(text, PUBLIC_BYTES))

    @property
    def text(self) -> str:
        return base64.b64encode(self.raw).decode()

    @property
    def id(self) -> str:
        """For people to compare, as on the telephone: the first 80 bits of the key's SHA-256, in four groups."""
        return _id_of(self.raw)

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


class KeyTrouble(StrEnum):
    """What keeps the office from signing: its key's file is gone, unreadable, or holds another key."""

    MISSING = "missing"
    DAMAGED = "damaged"
    OTHER = "other"


def open_signer(office: Office) -> Signer:
    """The office's key, made on first use.

    Raises `UmkmError`: `office_key_missing` where the registry knows of one that is gone, `office_key_other` where the
    file holds another than that, `office_key_damaged`, ….
    """
    with office.reading() as reader:
        known = remembered_id(reader)
    path = office.settings.keys / OFFICE_KEY_FILE
    if known is not None and not path.exists():
        raise UmkmError("office_key_missing", exit_code=MISSING, path=path, id=known)
    office.begin()
    if known is None:
        _make(path)  # of two first users one key wins, and both read it
    signer = _read(path, office.settings.office)
    if known is None:
        with office.work() as work:
            known = remembered_now(work) or _remember(work, signer, "create")
    if signer.public.id != known:
        raise UmkmError("office_key_other", exit_code=MISSING, path=path, id=known, found=signer.public.id)
    return signer


def renew_key(office: Office, reason: str) -> Signer:
    """A new key where the old one is lost. Raises `UmkmError`: `office_key_present`, `reason_missing`."""
    read_reason(reason)
    path = office.settings.keys / OFFICE_KEY_FILE
    if path.exists():
        raise UmkmError("office_key_present", path=path)
    office.begin()
    with office.work() as work:  # what cannot be remembered is not made
        _make(path)
        signer = _read(path, office.settings.office)
        if remembered_now(work) != signer.public.id:  # else somebody else was first
            _remember(work, signer, "renew", reason)
    return signer


def key_trouble(reader: Reader, settings: Settings) -> KeyTrouble | None:
    """What is wrong with the office's key; nothing is where it has none yet. Makes and changes nothing."""
    known = remembered_id(reader)
    if known is None:
        return None
    path = settings.keys / OFFICE_KEY_FILE
    if not path.exists():
        return KeyTrouble.MISSING
    try:
        found = _read(path, settings.office).public.id
    except UmkmError:
        return KeyTrouble.DAMAGED
    return None if found == known else KeyTrouble.OTHER


def remembered_id(reader: Reader) -> str | None:
    """The id of the key that this office used last, None where it has none yet."""
    found = reader.value("SELECT entity_id FROM audit WHERE entity = :entity ORDER BY seq DESC LIMIT 1", entity=_ENTITY)
    return None if found is None else str(found)


def remembered_now(work: Work) -> str | None:
    """What `remembered_id` says, within a transaction that keeps others from changing it."""
    from sqlmodel import col, select

    from umkm_cli.db.tables import Audit

    newest = select(Audit.entity_id).where(Audit.entity == _ENTITY).order_by(col(Audit.seq).desc()).limit(1)
    return work.session.exec(newest).first()


def id_of(text: str) -> str | None:
    """The id of a key that is stored as base64, fit to be used or not; None where the text is no 32 bytes."""
    try:
        return _id_of(read_base64(text, PUBLIC_BYTES))
    except ValueError:
        return None


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


def _remember(work: Work, signer: Signer, action: str, reason: str | None = None) -> str:
    """The id of the signer's key, which from now on is this office's."""
    from sqlmodel import select

    from umkm_cli.db.tables import TrustedKey

    public = signer.public
    known = work.session.exec(select(TrustedKey).where(TrustedKey.public_key == public.text)).first()
    if known is None:
        work.created("trusted_key", TrustedKey(name=signer.office, public_key=public.text))
    work.record(action, _ENTITY, public.id, {"reason": (None, reason)} if reason else None)
    return public.id


def _id_of(raw: bytes) -> str:
    letters = base64.b32encode(hashlib.sha256(raw).digest()[:10]).decode()
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
