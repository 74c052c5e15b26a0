"""`motif register` as a use case: files and texts in, one motif out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from umkm_cli.errors import UmkmError
from umkm_cli.registry.motifs import find_motif, motif_document, read_motif_or_refuse
from umkm_cli.registry.office import Office
from umkm_cli.registry.problems import Problem
from umkm_cli.registry.registering import read_key
from umkm_cli.registry.saving import Status
from umkm_cli.registry.vendors import find_vendor
from umkm_cli.screening.documents import outcome_document
from umkm_cli.screening.judge import Outcome, Verdict
from umkm_cli.screening.pictures import Upload, name_of, prepare_picture, read_given
from umkm_cli.screening.registrar import MotifDraft, Registrar, SavedMotif


@dataclass(frozen=True)
class Registration:
    """What came of it; `document` is `umkm.motif/1` with `screening`."""

    saved: SavedMotif
    document: dict[str, Any]
    warnings: tuple[Problem, ...]

    @property
    def outcome(self) -> Outcome | None:
        return strongest(self.saved)


def register_motif(
    office: Office,
    images: Sequence[str | Upload],
    raw: Mapping[str, str],
    *,
    vendor: str,
    source: str | None,
    ref: str | None,
) -> Registration:
    """Register, or bring up to date, one motif from pictures (paths or uploads) and fields as text.

    Raises `UmkmError`: `vendor_not_found`, `vendor_closed`, `file_…`, `image_…`, `ref_taken`; and `InvalidFieldsError`.
    """
    values, warnings = read_motif_or_refuse(raw)
    source, ref = read_key(source, "source"), read_key(ref, "ref")
    with office.reading() as reader:
        owner = find_vendor(reader, vendor)
    if owner["status"] == "closed":
        raise UmkmError("vendor_closed", code=owner["code"])
    pictures = [prepare_picture(read_given(image), Path(name_of(image)).name) for image in images]
    draft = MotifDraft(owner["id"], values, source or "", ref)
    registrar = Registrar(office)
    with office.work() as work:
        registrar.refresh()
        saved = registrar.register(work, draft, pictures)
    if saved.status is Status.CONFLICT:
        raise UmkmError("ref_taken", ref=ref, code=saved.code)
    with office.reading() as reader:
        document = motif_document(reader, find_motif(reader, saved.code or ""))
    shown = strongest(saved)
    document |= {"screening": outcome_document(shown) if shown else None, "case": saved.case}
    return Registration(saved, document, tuple(warnings))


def strongest(saved: SavedMotif) -> Outcome | None:
    """Of several pictures, the screening that matters most: one that alerts, then one that found something."""
    outcomes = [outcome for _, outcome in saved.outcomes]
    quiet = (Verdict.CLEAR, Verdict.NOT_JUDGED)
    return max(outcomes, key=lambda o: (o.alert, o.verdict not in quiet, o.verdict is Verdict.CLEAR), default=None)
