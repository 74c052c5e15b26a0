"""Rows of a sheet as vendors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from umkm_cli.importing.last_time import refused_again
from umkm_cli.importing.named_records import RowReference, collecting, read_reference, unused_codes
from umkm_cli.importing.run import InputRow, RowResult, RowStatus
from umkm_cli.problems import Level, Problem
from umkm_cli.registry.office.codes import CodeKind
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.saving import Status
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.records.earlier_rows import EarlierRows
from umkm_cli.registry.records.vendor_fields import read_vendor
from umkm_cli.registry.records.vendors import close_vendor, save_vendor, vendor_id_of

_NOT_FIELDS = ("ref", "source", "code", "status", "closed_reason")


@dataclass(frozen=True)
class VendorRow:
    """The values that were understood, and the problems with the others."""

    reference: RowReference
    values: dict[str, Any]
    problems: tuple[Problem, ...]


class VendorRows:
    """Reads fields ahead of the transaction; of two rows about one business the first stands, with a warning."""

    kind = "vendor"

    def __init__(self, office: Office, source: str) -> None:
        self._office = office
        self._source = source
        self._earlier = EarlierRows()

    def prepare(self, rows: Iterator[InputRow]) -> Iterator[tuple[InputRow, VendorRow]]:
        first_rows: dict[tuple[str, str], int] = {}
        with self._office.reading() as reader:
            unused = unused_codes(reader, CodeKind.VENDOR, self._office.settings.office, self._source)
            for row in rows:
                problems = list(row.problems)
                reference = RowReference(self._source, None)
                with collecting(problems, "code", row.values.get("code", "")):
                    reference = read_reference(reader, "vendor", row.values, self._source, unused)
                raw = {field: text for field, text in row.values.items() if field not in _NOT_FIELDS}
                values, found = read_vendor(raw, from_spreadsheet=True)
                problems += found
                if reference.ref is not None:
                    first = first_rows.setdefault((reference.source, reference.ref), row.number)
                    if first != row.number:
                        problems.append(Problem("ref", reference.ref, "ref_repeated", Level.WARNING, {"row": first}))
                yield row, VendorRow(reference, values, tuple(problems))

    def weight_bytes(self, prepared: VendorRow) -> int:  # noqa: ARG002
        return 0

    def begin(self, work: Work) -> None:
        pass

    def apply(self, work: Work, row: InputRow, prepared: VendorRow) -> RowResult:
        ref = prepared.reference.ref
        if any(problem.is_error for problem in prepared.problems):
            return RowResult(row.number, RowStatus.FAILED, ref=ref, problems=prepared.problems)
        if row.last_time is not None and (again := refused_again(work, row.last_time)) is not None:
            status = RowStatus(row.last_time.status)
            return RowResult(row.number, status, row.last_time.code, ref, problems=(*prepared.problems, again))
        source, known = prepared.reference.source, prepared.reference.known
        restored = prepared.reference.restored
        saved = save_vendor(
            work,
            prepared.values,
            source=source,
            ref=ref,
            vendor_id=known["id"] if known else None,
            restored=restored,
            meant=row.meant,
            earlier=self._earlier.of,
        )
        if saved.code is not None and saved.status is not Status.CONFLICT:
            self._earlier.keep(saved.code, row.number, prepared.values)
        if (
            saved.status is Status.CREATED
            and restored
            and saved.code
            and row.values.get("status", "").casefold() == "closed"
        ):
            close_vendor(work, vendor_id_of(work, saved.code), row.values.get("closed_reason", "–"))
        return RowResult(
            row.number,
            RowStatus(saved.status.value),
            code=saved.code,
            ref=ref,
            problems=(*prepared.problems, *saved.problems),
        )
