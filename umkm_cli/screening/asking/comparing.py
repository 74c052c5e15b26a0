"""Two pictures, files or registered motifs, against each other."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from umkm_cli.db.reading import Reader
from umkm_cli.matching.describing.hashes import distance_bits
from umkm_cli.matching.engine import Match, compare
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.registry.office.codes import looks_like_code
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design, views_of
from umkm_cli.registry.records.motifs import find_motif
from umkm_cli.screening.judging.documents import agreement_document
from umkm_cli.screening.judging.pictures import Prepared, prepare_picture, read_picture_file
from umkm_cli.screening.judging.registered import original_of
from umkm_cli.screening.judging.screener import ENGINE

if TYPE_CHECKING:
    from umkm_cli.documents.comparing import ComparedMatch, CompareDocument, ComparedSide
    from umkm_cli.documents.designs import OwnerDocument


class NamedMotif(TypedDict):
    """What a comparison says of a motif."""

    code: str
    ref: str | None
    title: str
    vendor: "OwnerDocument"


@dataclass(frozen=True)
class Side:
    """One of the two: a picture, and the motif it is a view of where it is one."""

    given: str
    picture: Prepared
    motif: NamedMotif | None = None
    index: int = 0


@dataclass(frozen=True)
class Compared:
    a: Side
    b: Side
    match: Match | None

    def document(self) -> "CompareDocument":
        """`umkm.compare/1`."""
        return {
            "schema": "umkm.compare/1",
            "engine": ENGINE,
            "a": _side(self.a),
            "b": _side(self.b),
            "match": self._match(self.match) if self.match else None,
        }

    def _match(self, match: Match) -> "ComparedMatch":
        motif = self.b.motif
        a, b = self.a.picture.hashes, self.b.picture.hashes
        return {
            "code": motif["code"] if motif else None,
            "ref": motif["ref"] if motif else None,
            "title": motif["title"] if motif else None,
            "vendor": motif["vendor"] if motif else None,
            "view": {"sha256": self.b.picture.sha256, "index": self.b.index},
            "alert": match.passes,
            "excuse": None,
            **agreement_document(match),
            "hash_distance_bits": {
                "phash": distance_bits(a.phash, b.phash),
                "dhash": distance_bits(a.dhash, b.dhash),
            },
        }


def compare_two(office: Office, a: str, b: str) -> Compared:
    """Compare each picture of `a` with each of `b`; the strongest agreement speaks. `b` stands for the motif."""
    with office.reading() as reader:
        lefts, rights = _sides(office, reader, a), _sides(office, reader, b)
    tried = [Compared(left, right, _match(left.picture, right.picture)) for left in lefts for right in rights]
    return max(tried, key=lambda compared: compared.match.score if compared.match else -1.0)


def _match(a: Prepared, b: Prepared) -> Match | None:
    return compare(a.fingerprint, b.fingerprint, DEFAULT, query_rgb=a.picture.rgb, motif_rgb=b.picture.rgb)


def _sides(office: Office, reader: Reader, key: str) -> list[Side]:
    path = Path(key)
    if _exists(path) or not (looks_like_code(key) or "." not in path.name):
        return [Side(key, prepare_picture(read_picture_file(path), key))]
    row = find_motif(reader, key)
    (vendor,) = reader.rows("SELECT code, name FROM vendor WHERE id = :id", id=row["vendor_id"])
    owner: OwnerDocument = {"code": vendor["code"], "name": vendor["name"]}
    motif: NamedMotif = {"code": row["code"], "ref": row["ref"], "title": row["title"], "vendor": owner}
    sides = []
    for view in views_of(reader, Design.MOTIF, row["id"]):
        data = original_of(office.settings, row["code"], view)
        sides.append(Side(key, prepare_picture(data, view["filename"]), motif, view["position"]))
    return sides


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no system takes
        return False


def _side(side: Side) -> "ComparedSide":
    picture = side.picture.picture
    return {
        "given": side.given,
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "code": side.motif["code"] if side.motif else None,
    }
