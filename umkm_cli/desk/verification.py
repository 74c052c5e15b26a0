"""Is a document as it was signed, who signed it, and does its evidence hold?"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.documents.papers import VerifyDocument
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.registry.signed.trusted_keys import ExpectedKey, read_expected_key
from umkm_cli.screening.evidence.verifying import Verified, verify_file, verify_text
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.screening.evidence.recomputing import Recomputed


@dataclass(frozen=True)
class Verification:
    """What was found: `holds`, unless something was changed or is found otherwise today.

    `proved` is a whole file of a known key or, where one is expected, of that.
    """

    document: VerifyDocument
    holds: bool
    proved: bool


def verify(
    settings: Settings, file: Path | None, text: str | None, *, expected: str | None = None, recompute: bool = False
) -> Verification:
    """Of a file, or of the text of a receipt's code; `recompute` compares the pictures of a bundle anew.

    Raises `UmkmError`: `verify_one_thing`, what `read_expected_key`, `verify_file` and `verify_text` do,
    `recompute_needs_bundle`, `bundle_unreadable`.
    """
    if (file is None) == (text is None):
        raise UmkmError("verify_one_thing", exit_code=USAGE)
    key = None if expected is None else _expected(expected)
    verified, data = verify_file(settings, file) if file is not None else (verify_text(settings, text or ""), b"")
    recomputed = _recomputed(verified, data) if recompute and verified.intact else None
    document = verified.document(key)
    if recomputed is not None:
        document["recomputed"] = recomputed.document()
    holds = verified.intact and (recomputed is None or recomputed.holds)
    return Verification(document, holds, verified.is_proved(key))


def _expected(given: str) -> ExpectedKey:
    try:
        return read_expected_key(given)
    except UmkmError as error:
        error.exit_code = USAGE
        raise


def _recomputed(verified: Verified, data: bytes) -> "Recomputed":
    from umkm_cli.registry.signed.formats import files_in
    from umkm_cli.screening.evidence.recomputing import recompute

    if verified.kind != "bundle":
        raise UmkmError("recompute_needs_bundle")
    return recompute(files_in(data))
