"""What a case's evidence consists of, as files that can be read and judged without this registry.

evidence.json             what agrees with what, by which transformations and correspondences, found with what
images/<sha256>.<ext>     pictures as they were handed in, where they are kept
pixels/<sha256>.png       what the matcher looks at: upright, sRGB, the longer side 512 pixels at most
fingerprints/<sha256>.bin what is stored of each picture to find it again
"""

import io
import json
from collections.abc import Iterable
from pathlib import PurePosixPath

from PIL import Image

from umkm_cli.errors import UmkmError
from umkm_cli.matching.decoding.decode import decode
from umkm_cli.matching.decoding.formats import extension
from umkm_cli.matching.describing.features import WORKING_PX, Rgb, shrunk
from umkm_cli.matching.describing.fingerprint import fingerprint
from umkm_cli.matching.describing.fingerprint_bytes import is_whole
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.screening.evidence.documents import evidence_document
from umkm_cli.screening.evidence.kinds import CaseEvidence
from umkm_cli.screening.evidence.origins import Shown

EVIDENCE = "evidence.json"


def bundle_files(office: Office, evidence: CaseEvidence) -> dict[str, bytes]:
    """The files by name.

    Raises `UmkmError`: `bundle_empty` where the case is about no agreement, `stored_file_altered` where the file of a
    picture is not the one that was recorded.
    """
    if not evidence.pairs:
        raise UmkmError("bundle_empty")
    _refuse_altered(evidence)
    pictures = {shown.sha256: shown for pair in evidence.pairs for shown in (pair.query, pair.motif)}
    files = {EVIDENCE: json.dumps(evidence_document(evidence), ensure_ascii=False, indent=1).encode()}
    for shown in pictures.values():
        files |= _of_picture(shown)
    return files | _stored_fingerprints(office, [s.sha256 for s in pictures.values() if s.rgb is None])


def _refuse_altered(evidence: CaseEvidence) -> None:
    for pair in evidence.pairs:
        sides = ((pair.query, pair.query_origin.code or evidence.code), (pair.motif, pair.match["code"]))
        for shown, code in sides:
            if shown.unfit is Unfit.ALTERED:
                raise UmkmError("stored_file_altered", code=code, sha256=shown.sha256)


def image_name(sha256: str, extension_: str) -> str:
    return f"images/{sha256}{extension_}"


def pixels_name(sha256: str) -> str:
    return f"pixels/{sha256}.png"


def fingerprint_name(sha256: str) -> str:
    return f"fingerprints/{sha256}.bin"


def image_in(files: Iterable[str], sha256: str) -> str | None:
    """The name of a picture's original among a bundle's files, whatever its extension is."""
    wanted = PurePosixPath("images", sha256)
    return next((name for name in files if PurePosixPath(name).with_suffix("") == wanted), None)


def _of_picture(shown: Shown) -> dict[str, bytes]:
    if shown.rgb is None or shown.data is None:
        return {}
    return {
        image_name(shown.sha256, extension(decode(shown.data).format)): shown.data,
        pixels_name(shown.sha256): _png(shrunk(shown.rgb, WORKING_PX)),
        fingerprint_name(shown.sha256): fingerprint(shown.rgb).to_bytes(),
    }


def _stored_fingerprints(office: Office, missing: list[str]) -> dict[str, bytes]:
    """Of pictures whose file is not kept."""
    with office.reading() as reader:
        found = {
            sha256: reader.value(
                "SELECT data FROM fingerprint WHERE sha256 = :sha256 ORDER BY created_at DESC LIMIT 1", sha256=sha256
            )
            for sha256 in missing
        }
    return {fingerprint_name(sha256): bytes(data) for sha256, data in found.items() if is_whole(data)}


def _png(rgb: Rgb) -> bytes:
    written = io.BytesIO()
    Image.fromarray(rgb).save(written, "PNG")
    return written.getvalue()
