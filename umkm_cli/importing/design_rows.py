"""Rows of a sheet as motifs or products, with the picture files that they name.

Pictures are read, decoded and fingerprinted by threads ahead of the row that is being stored (see `ahead`).
"""

from collections import deque
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from umkm_cli.cores import cores
from umkm_cli.db.reading import Reader, Row
from umkm_cli.errors import UmkmError
from umkm_cli.importing.ahead import Ahead
from umkm_cli.importing.named_records import RowReference, Unused, collecting, read_reference, unused_codes
from umkm_cli.importing.paths import picture_paths
from umkm_cli.importing.run import InputRow, RowResult, RowStatus
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.office.finding import printable_key
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.saving import Saved, Status
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.earlier_rows import EarlierRows
from umkm_cli.registry.records.product_motifs import read_motif_keys
from umkm_cli.registry.records.registering import read_keys
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.registry.values.typed import shown
from umkm_cli.screening.judging.pictures import Prepared, known_pictures, prepare_picture, read_picture_file
from umkm_cli.screening.registering.registrar import Draft, Registrar

WORKERS = min(cores(), 8)
LOOK_AHEAD = 24 + WORKERS
"""More than a batch: while one is stored, the next is made ready."""
MOST_AHEAD_BYTES = 128 * 2**20
_NOT_FIELDS = ("vendor", "image", "motifs", "ref", "source", "code")

ReadFields = Callable[[Mapping[str, str]], tuple[dict[str, Any], list[Problem]]]


@dataclass(frozen=True)
class DesignRow:
    """A design that waits for its transaction; `problems` with an error refuse it.

    `motif_ids` are the motifs that a product shows, as its row says; `meant` is the code of the record that the same
    row went into when its file was imported before.
    """

    vendor_id: str
    reference: RowReference
    values: dict[str, Any]
    motif_ids: tuple[str, ...]
    pictures: tuple[Prepared, ...]
    problems: tuple[Problem, ...]
    meant: str | None = None

    @property
    def refused(self) -> bool:
        return any(problem.is_error for problem in self.problems)


class DesignRows:
    """A motif's row must name a picture, inside `folder`; a product may be registered before it is photographed."""

    def __init__(
        self, office: Office, source: str, folder: Path, registrar: Registrar[Any], read_fields: ReadFields
    ) -> None:
        self.kind = registrar.kind.value
        self._needs_picture = registrar.kind is Design.MOTIF
        self._office = office
        self._source = source
        self._folder = folder
        self._read_fields = read_fields
        self._registrar = registrar
        self._vendors: dict[tuple[str, str], Row] = {}
        self._earlier = EarlierRows()

    def prepare(self, rows: Iterator[InputRow]) -> Iterator[tuple[InputRow, DesignRow]]:
        waiting: deque[tuple[InputRow, DesignRow, list[Future[Prepared]]]] = deque()
        ahead: Ahead[Prepared] = Ahead(WORKERS, MOST_AHEAD_BYTES, _weight_bytes)
        try:
            with self._office.reading() as reader:
                design, office = self._registrar.kind, self._office.settings.office
                known = known_pictures(reader, design)
                unused = unused_codes(reader, design.code_kind, office, self._source)
                for row in rows:
                    understood, paths = self._understand(reader, row, unused)
                    wanted = [] if understood.refused or row.refused else paths
                    waiting.append((row, understood, [ahead.give(partial(_load, path, known)) for path in wanted]))
                    while sum(max(len(futures), 1) for _, _, futures in waiting) > LOOK_AHEAD:
                        yield _with_pictures(ahead, *waiting.popleft())
            while waiting:
                yield _with_pictures(ahead, *waiting.popleft())
        finally:
            ahead.close()

    def weight_bytes(self, prepared: DesignRow) -> int:
        return sum(map(_weight_bytes, prepared.pictures))

    def begin(self, work: Work) -> None:  # noqa: ARG002
        self._registrar.refresh()

    def apply(self, work: Work, row: InputRow, prepared: DesignRow) -> RowResult:
        ref = prepared.reference.ref
        if prepared.refused:
            return RowResult(row.number, RowStatus.FAILED, ref=ref, problems=prepared.problems)
        saved = self._save(work, prepared)
        if saved.code is not None and saved.status is not Status.CONFLICT:
            self._earlier.keep(saved.code, row.number, prepared.values)
        return RowResult(
            row.number,
            RowStatus(saved.status.value),
            code=saved.code,
            ref=ref,
            held=saved.held,
            problems=(*prepared.problems, *saved.problems),
        )

    def _save(self, work: Work, design: DesignRow) -> Saved:
        known, reference = design.reference.known, design.reference
        if known is None:
            return self._registrar.register(work, _draft(design), design.pictures, self._earlier.of)
        if known["vendor_id"] != design.vendor_id:
            other = Problem("vendor", "", "belongs_to_other_vendor", params={"code": known["code"]})
            return Saved(Status.CONFLICT, known["code"], [other])
        named = {"source": reference.source, "ref": reference.ref}
        values = design.values | (named if known["ref"] is None and reference.ref is not None else {})
        record = self._registrar.named(work, known["id"])
        return self._registrar.change(work, record, values, design.motif_ids, earlier=self._earlier.of)

    def _understand(self, reader: Reader, row: InputRow, unused: Unused | None) -> tuple[DesignRow, list[Path]]:
        problems = list(row.problems)
        vendor_id, reference, paths, motif_ids = "", RowReference(self._source, None), list[Path](), list[str]()
        image, motifs = row.values.get("image", ""), row.values.get("motifs", "")
        with collecting(problems, "code", row.values.get("code", "")):
            reference = read_reference(reader, self.kind, row.values, self._source, unused)
        with collecting(problems, "vendor", printable_key(row.values.get("vendor", ""))):
            vendor_id = self._vendor(reader, row.values.get("vendor", ""), reference.source)["id"]
        with collecting(problems, "motifs", shown(motifs)):
            motif_ids = read_motif_keys(reader, read_keys(motifs, "motifs"), reference.source)
        if reference.known is None and (image or self._needs_picture):  # a code only corrects what is said
            with collecting(problems, "image", image):
                paths = picture_paths(self._folder, image)
        raw = {field: text for field, text in row.values.items() if field not in _NOT_FIELDS}
        values, found = self._read_fields(raw)
        said = (*problems, *found)
        return DesignRow(vendor_id, reference, values, tuple(motif_ids), (), said, row.meant), paths

    def _vendor(self, reader: Reader, key: str, source: str) -> Row:
        """By the sender's own reference first, since another office may use the same one; then as anywhere."""
        if not key:
            raise InvalidFieldsError([Problem("vendor", "", "required")])
        known = self._vendors.get((source, key))
        if known is None:
            own = reader.one("SELECT * FROM vendor WHERE source = :source AND ref = :ref", source=source, ref=key)
            known = own or find_vendor(reader, key)
            self._vendors[(source, key)] = known
        if known["status"] == "closed":
            raise InvalidFieldsError([Problem("vendor", key, "vendor_closed", params={"code": known["code"]})])
        return known


def _draft(design: DesignRow) -> Draft:
    reference = design.reference
    return Draft(
        design.vendor_id,
        design.values,
        reference.source,
        reference.ref,
        design.motif_ids,
        restored=reference.restored,
        meant=design.meant,
    )


def _load(path: Path, known: Container[str]) -> Prepared:
    """Reads and prepares a picture file; one that is registered already is left as it is."""
    return prepare_picture(read_picture_file(path), path.name, known)


def _weight_bytes(picture: Prepared) -> int:
    return picture.weight_bytes


def _with_pictures(
    ahead: Ahead[Prepared], row: InputRow, design: DesignRow, futures: Sequence[Future[Prepared]]
) -> tuple[InputRow, DesignRow]:
    problems, pictures = list(design.problems), list[Prepared]()
    for future in futures:
        with collecting(problems, "image", row.values.get("image", "")):
            pictures.append(_loaded(ahead, future))
    return row, replace(design, pictures=tuple(pictures), problems=tuple(problems))


def _loaded(ahead: Ahead[Prepared], future: Future[Prepared]) -> Prepared:
    """Raises `UmkmError` where the file is no picture, and `InvalidFieldsError` where a reader breaks down over it."""
    try:
        return ahead.take(future)
    except UmkmError:
        raise
    except Exception as error:
        broken = Problem("image", "", "image_failed", params={"kind": type(error).__name__})
        raise InvalidFieldsError([broken]) from error
