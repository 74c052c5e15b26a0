"""Rows of a sheet as motifs or products, with the picture files that they name.

Pictures are read, decoded and fingerprinted by threads ahead of the row that is being stored; how far ahead is bounded,
because a decoded photograph takes tens of megabytes.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from umkm_cli.db.reading import Reader, Row
from umkm_cli.errors import UmkmError
from umkm_cli.importing.named_records import Reference, Unused, collecting, read_reference, unused_codes
from umkm_cli.importing.paths import picture_paths
from umkm_cli.importing.run import InputRow, RowResult, RowStatus
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.office.finding import printable_key
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.saving import Saved, Status
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.earlier_rows import EarlierRows, GivenBy
from umkm_cli.registry.records.product_motifs import read_motif_keys
from umkm_cli.registry.records.registering import read_keys
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.registry.values.typed import shown

WORKERS = min(os.cpu_count() or 2, 8)
LOOK_AHEAD = WORKERS + 2
_NOT_FIELDS = ("vendor", "image", "motifs", "ref", "source", "code")

P = TypeVar("P")
P_contra = TypeVar("P_contra", contravariant=True)
ReadFields = Callable[[Mapping[str, str]], tuple[dict[str, Any], list[Problem]]]


class DesignSaver(Protocol[P_contra]):
    """Who registers designs: screened, and put before a person where they look like another's."""

    def refresh(self) -> None:
        """Take in what others registered; called in each transaction before the first row."""

    def save(self, work: Work, row: "DesignRow[Any]", pictures: Sequence[P_contra], earlier: GivenBy) -> Saved:
        """Create the record, or bring the one that is meant up to date. Raises `InvalidFieldsError`, `UmkmError`.

        What `earlier` rows of the sheet said of it stands.
        """

    def correct(
        self, work: Work, record_id: str, values: dict[str, Any], motif_ids: Sequence[str], earlier: GivenBy
    ) -> Saved:
        """Change what is said of a record that a row names by its code. Raises `InvalidFieldsError`, `UmkmError`."""


@dataclass(frozen=True)
class Pictures(Generic[P]):
    """How picture files are made ready, and about how much memory one takes then. `load` runs in threads."""

    folder: Path
    load: Callable[[Path], P]
    weight_bytes: Callable[[P], int]


@dataclass(frozen=True)
class DesignRow(Generic[P]):
    """A design that waits for its transaction; `problems` with an error refuse it.

    `motif_ids` are the motifs that a product shows, as its row says; `meant` is the code of the record that the same
    row went into when its file was imported before.
    """

    vendor_id: str
    reference: Reference
    values: dict[str, Any]
    motif_ids: tuple[str, ...]
    pictures: tuple[P, ...]
    problems: tuple[Problem, ...]
    meant: str | None = None

    @property
    def refused(self) -> bool:
        return any(problem.is_error for problem in self.problems)


class DesignRows(Generic[P]):
    """A motif's row must name a picture; a product may be registered before it is photographed."""

    def __init__(
        self,
        kind: Design,
        office: Office,
        source: str,
        pictures: Pictures[P],
        read_fields: ReadFields,
        saver: DesignSaver[P],
    ) -> None:
        self.kind = kind.value
        self._needs_picture = kind is Design.MOTIF
        self._office = office
        self._source = source
        self._pictures = pictures
        self._read_fields = read_fields
        self._saver = saver
        self._vendors: dict[tuple[str, str], Row] = {}
        self._earlier = EarlierRows()

    def prepare(self, rows: Iterator[InputRow]) -> Iterator[tuple[InputRow, DesignRow[P]]]:
        waiting: deque[tuple[InputRow, DesignRow[P], list[Future[P]]]] = deque()
        pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="picture")
        try:
            with self._office.reading() as reader:
                unused = unused_codes(reader, Design(self.kind).code_kind, self._office.settings.office, self._source)
                for row in rows:
                    understood, paths = self._understand(reader, row, unused)
                    wanted = [] if understood.refused or row.refused else paths
                    waiting.append((row, understood, [pool.submit(self._pictures.load, path) for path in wanted]))
                    while sum(max(len(futures), 1) for _, _, futures in waiting) > LOOK_AHEAD:
                        yield _with_pictures(*waiting.popleft())
            while waiting:
                yield _with_pictures(*waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def weight_bytes(self, prepared: DesignRow[P]) -> int:
        return sum(map(self._pictures.weight_bytes, prepared.pictures))

    def begin(self, work: Work) -> None:  # noqa: ARG002
        self._saver.refresh()

    def apply(self, work: Work, row: InputRow, prepared: DesignRow[P]) -> RowResult:
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

    def _save(self, work: Work, design: DesignRow[P]) -> Saved:
        known, reference = design.reference.known, design.reference
        if known is None:
            return self._saver.save(work, design, design.pictures, self._earlier.of)
        if known["vendor_id"] != design.vendor_id:
            other = Problem("vendor", "", "belongs_to_other_vendor", params={"code": known["code"]})
            return Saved(Status.CONFLICT, known["code"], [other])
        named = {"source": reference.source, "ref": reference.ref}
        values = design.values | (named if known["ref"] is None and reference.ref is not None else {})
        return self._saver.correct(work, known["id"], values, design.motif_ids, self._earlier.of)

    def _understand(self, reader: Reader, row: InputRow, unused: Unused | None) -> tuple[DesignRow[P], list[Path]]:
        problems = list(row.problems)
        vendor_id, reference, paths, motif_ids = "", Reference(self._source, None), list[Path](), list[str]()
        image, motifs = row.values.get("image", ""), row.values.get("motifs", "")
        with collecting(problems, "code", row.values.get("code", "")):
            reference = read_reference(reader, self.kind, row.values, self._source, unused)
        with collecting(problems, "vendor", printable_key(row.values.get("vendor", ""))):
            vendor_id = self._vendor(reader, row.values.get("vendor", ""), reference.source)["id"]
        with collecting(problems, "motifs", shown(motifs)):
            motif_ids = read_motif_keys(reader, read_keys(motifs, "motifs"), reference.source)
        if reference.known is None and (image or self._needs_picture):  # a code only corrects what is said
            with collecting(problems, "image", image):
                paths = picture_paths(self._pictures.folder, image)
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


def _with_pictures(row: InputRow, design: DesignRow[P], futures: Sequence[Future[P]]) -> tuple[InputRow, DesignRow[P]]:
    problems, pictures = list(design.problems), list[P]()
    for future in futures:
        with collecting(problems, "image", row.values.get("image", "")):
            pictures.append(_loaded(future))
    return row, replace(design, pictures=tuple(pictures), problems=tuple(problems))


def _loaded(future: Future[P]) -> P:
    """Raises `UmkmError` where the file is no picture, and `InvalidFieldsError` where a reader breaks down over it."""
    try:
        return future.result()
    except UmkmError:
        raise
    except Exception as error:
        broken = Problem("image", "", "image_failed", params={"kind": type(error).__name__})
        raise InvalidFieldsError([broken]) from error
