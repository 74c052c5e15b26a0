"""A maker's complaint: who complains, about which motif, where the goods were seen, with pictures of them.

The pictures are kept as evidence and screened, so that the case says from the start what agrees with what.
"""

from collections.abc import Sequence
from pathlib import Path

from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.cases.case import Agreement, CaseKind, open_case
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.motifs import find_motif
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.registry.values.typed import ValueProblem, read_date, read_rupiah, read_text, shown
from umkm_cli.screening.judging.agreements import agreement_with
from umkm_cli.screening.judging.excuses import Sender
from umkm_cli.screening.judging.judge import Excuse, JudgedMatch
from umkm_cli.screening.judging.pictures import Prepared, prepare_picture, read_picture_file
from umkm_cli.screening.judging.screener import Screener
from umkm_cli.screening.judging.views import keep_seen

_READERS = {"seen_at": read_date, "price": read_rupiah}


def open_complaint(
    office: Office, complainant: str, motif: str | None, pictures: Sequence[Path], **fields: str | None
) -> str:
    """The new case's code. `complainant` is a vendor's code, `ref` or NIB, else a person's name.

    Raises `UmkmError`: `motif_not_found`, `file_…`, `image_…`, `complaint_empty`; and `InvalidFieldsError`.
    """
    if motif is None and not pictures and not fields.get("subject"):
        raise UmkmError("complaint_empty")
    values = _read(fields | {"complainant": complainant})
    prepared = [prepare_picture(read_picture_file(path), path.name) for path in pictures]
    with office.reading() as reader:
        motif_id = find_motif(reader, motif)["id"] if motif else None
        try:
            vendor = find_vendor(reader, complainant)
            values |= {"complainant": vendor["name"], "complainant_vendor_id": vendor["id"]}
        except UmkmError as error:
            if error.code != "vendor_not_found":
                raise
    screener = Screener(office.settings)
    with office.work() as work:
        with office.reading() as reader:
            screener.refresh(reader)
        agreements = [a for picture in prepared for a in _agreements(screener, picture, motif_id)]
        case = open_case(work, CaseKind.COMPLAINT, agreements, motif_id=motif_id, **values)
        for picture in prepared:
            keep_seen(work, case.id, picture)
    return case.code


def _agreements(screener: Screener, picture: Prepared, motif_id: str | None) -> list[Agreement]:
    """What the picture agrees with; also what was decided on before: a complaint asks anew."""
    outcome = screener.screen(picture, Sender())
    return [
        agreement_with(judged, picture)
        for judged in outcome.matches
        if (judged.alert or _is_decided(judged)) and (motif_id is None or judged.standing.record_id == motif_id)
    ]


def _is_decided(judged: JudgedMatch) -> bool:
    explained = judged.explained
    return judged.match.passes and explained is not None and explained.excuse is Excuse.DECIDED


def _read(fields: dict[str, str | None]) -> dict[str, object]:
    values: dict[str, object] = {}
    problems = []
    for name, text in fields.items():
        if text:
            try:
                values[name] = _READERS.get(name, read_text)(text)
            except ValueProblem as error:
                problems.append(Problem(name, shown(text), error.rule, params=dict(error.params)))
    if problems:
        raise InvalidFieldsError(problems)
    return values
