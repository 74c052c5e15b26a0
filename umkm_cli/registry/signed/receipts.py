"""The facts of a motif's receipt, and the short signed text that its QR code holds.

The text fits a code that a telephone reads from paper, and is verified without the paper, the file or the registry:

    UMKM-TT-1|code|title|vendor|day of recording|picture|facts|office|moment|public key|signature

The day is the office's. `picture` is the SHA-256 of the picture's file and `facts` that of the receipt's facts
(`about` in the manifest of the PDF document), both like key and signature in base64url without padding. Title and
vendor are shortened.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

from umkm_cli import clock
from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.errors import UmkmError
from umkm_cli.registry.pictures.designs import Design, views_of
from umkm_cli.registry.records.publication import is_published
from umkm_cli.registry.signed.sealed import canonical
from umkm_cli.registry.signed.signing import PUBLIC_BYTES, SIGNATURE_BYTES, PublicKey, Signer

PREFIX = "UMKM-TT-1|"
MOST_TEXT_CHARS = 700
_LABEL_BYTES = 54
_DIGEST_BYTES = 32
_FIELDS = 11
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OFFICE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_INERT = str.maketrans({"|": "¦", '"': "”", "'": "’"})
"""Signs that would end a field, or the argument of a command line that the text is pasted into."""


@dataclass(frozen=True)
class Receipt:
    """`facts` in strings by stable keys, without those that are not known; `view` is the first picture's row."""

    facts: dict[str, str]
    view: Row

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(canonical(self.facts)).digest()


@dataclass(frozen=True)
class ReceiptText:
    """What a text says that its key verifies; digests in hexadecimal."""

    about: dict[str, str]
    office: str
    made_at: str
    key: PublicKey


def receipt_of(reader: Reader, motif: Row) -> Receipt:
    """From a row of the motif table. Raises `UmkmError` `receipt_no_picture`."""
    vendor = reader.one("SELECT code, name FROM vendor WHERE id = :id", id=motif["vendor_id"])
    views = views_of(reader, Design.MOTIF, motif["id"])
    if not views:
        raise UmkmError("receipt_no_picture", code=motif["code"])
    assert vendor is not None
    facts = {
        "code": motif["code"],
        "title": motif["title"],
        "vendor": vendor["name"],
        "vendor_code": vendor["code"],
        "creators": "; ".join(person["name"] for person in listed(motif["creators"])),
        "technique": motif["technique"],
        "created": motif["creation_date"],
        "first_published": motif["first_published"],
        "first_published_place": motif["first_published_place"],
        "registered": motif["created_at"],
        "djki_application": motif["djki_application"],
        "djki_record": motif["djki_record"],
        "status": motif["status"],
        "published": "yes" if is_published(motif) else "no",
        "picture": views[0]["sha256"],
        "pictures": str(len(views)),
    }
    return Receipt({name: str(value) for name, value in facts.items() if value}, views[0])


def receipt_text(signer: Signer, receipt: Receipt, made_at: str) -> str:
    """One line of at most 450 bytes in UTF-8."""
    facts = receipt.facts
    fields = [
        *(facts["code"], _label(facts["title"]), _label(facts["vendor"]), clock.day_of(facts["registered"])),
        *(_url(bytes.fromhex(facts["picture"])), _url(receipt.digest)),
        *(signer.office, made_at, _url(signer.public.raw)),
    ]
    signed = PREFIX + "|".join(fields) + "|"
    return signed + _url(signer.sign(signed.encode()))


def is_receipt_text(text: str) -> bool:
    """Whether somebody meant a receipt's text, right or damaged."""
    return text.count("|") == _FIELDS - 1 and ("UMKM" in text or "TT-1" in text)


def read_receipt_text(text: str) -> ReceiptText:
    """Raises `ValueError` where the text is not exactly as it was signed by the key that it names."""
    fields = text.split("|")
    if not text.startswith(PREFIX) or len(fields) != _FIELDS or len(text) > MOST_TEXT_CHARS:
        raise ValueError("not a receipt's text")
    _, code, title, vendor, registered, picture, facts, office, made_at, public, signature = fields
    key = PublicKey(_from_url(public, PUBLIC_BYTES))
    signed = text.removesuffix(signature)
    if not key.verifies(_from_url(signature, SIGNATURE_BYTES), signed.encode()):
        raise ValueError("signature")
    digests = {"picture": _from_url(picture, _DIGEST_BYTES).hex(), "facts": _from_url(facts, _DIGEST_BYTES).hex()}
    if not (_MOMENT.fullmatch(made_at) and _DAY.fullmatch(registered) and _OFFICE.fullmatch(office)):
        raise ValueError("not a moment, a day, or an office")
    datetime.fromisoformat(made_at.replace("Z", "+00:00"))
    date.fromisoformat(registered)
    about = {"code": code, "title": title, "vendor": vendor, "registered": registered}
    return ReceiptText(about | digests, office, made_at, key)


def _label(text: str) -> str:
    """`text` in at most `_LABEL_BYTES` bytes of UTF-8."""
    inert = text.translate(_INERT)
    if len(inert.encode()) <= _LABEL_BYTES:
        return inert
    return inert.encode()[: _LABEL_BYTES - 3].decode(errors="ignore").rstrip() + "…"


def _url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _from_url(text: str, length: int) -> bytes:
    """Raises `ValueError` where `text` is not `length` bytes written in the one canonical way."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(data) != length or _url(data) != text:
        raise ValueError("not canonical")
    return data
