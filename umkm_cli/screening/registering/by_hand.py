"""Registering by hand: files and texts in, one motif or product out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from umkm_cli.errors import UmkmError
from umkm_cli.problems import Problem
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.saving import Status
from umkm_cli.registry.records.motif_fields import read_motif_or_refuse
from umkm_cli.registry.records.motifs import find_motif, motif_document
from umkm_cli.registry.records.product_fields import read_product_or_refuse
from umkm_cli.registry.records.product_motifs import read_motif_keys
from umkm_cli.registry.records.products import find_product
from umkm_cli.registry.records.registering import read_key
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.screening.judging.documents import outcome_document
from umkm_cli.screening.judging.judge import Outcome, Verdict
from umkm_cli.screening.judging.pictures import Prepared, Upload, name_of, prepare_picture, read_given
from umkm_cli.screening.registering.product_registrar import ProductRegistrar
from umkm_cli.screening.registering.registrar import Draft, MotifRegistrar, Registrar, SavedDesign

if TYPE_CHECKING:
    from umkm_cli.documents.motifs import MotifDocument


@dataclass(frozen=True)
class Registered:
    """What came of it."""

    saved: SavedDesign
    warnings: Sequence[Problem]

    @property
    def outcome(self) -> Outcome | None:
        return strongest(self.saved)


@dataclass(frozen=True)
class Registration(Registered):
    """The same of a motif; `document` is `umkm.motif/1` with `screening`."""

    document: "MotifDocument"


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
    draft = _draft(office, values, vendor, source, ref)
    saved = _register(office, MotifRegistrar(office), draft, _prepare(images))
    with office.reading() as reader:
        document = motif_document(reader, find_motif(reader, saved.code or ""))
    shown = strongest(saved)
    document["screening"] = outcome_document(shown) if shown else None
    document["case"] = saved.case
    return Registration(saved, warnings, document)


def register_product(
    office: Office,
    images: Sequence[str],
    raw: Mapping[str, str],
    motifs: Sequence[str],
    *,
    vendor: str,
    source: str | None,
    ref: str | None,
) -> Registered:
    """The same for a product; `motifs` are those that its maker says it shows, by code or `ref`.

    Raises as `register_motif`, and `UmkmError` `motif_not_found`, `product_closed`.
    """
    values, warnings = read_product_or_refuse(raw)
    with office.reading() as reader:
        shown = read_motif_keys(reader, motifs)
    draft = _draft(office, values, vendor, source, ref, shown)
    return Registered(_register(office, ProductRegistrar(office), draft, _prepare(images)), warnings)


def change_product(
    office: Office, key: str, images: Sequence[str], raw: Mapping[str, str], motifs: Sequence[str]
) -> Registered:
    """Change fields of a product (an empty text clears one), add pictures and motifs that its maker says it shows.

    Raises `UmkmError`: `product_not_found`, `motif_not_found`, `product_closed`, `file_…`, `image_…`; and
    `InvalidFieldsError`.
    """
    values, warnings = read_product_or_refuse(raw, partial=True)
    with office.reading() as reader:
        found, shown = find_product(reader, key), read_motif_keys(reader, motifs)
    pictures, registrar = _prepare(images), ProductRegistrar(office)
    with office.work() as work:
        if pictures:
            registrar.refresh()
        product = registrar.named(work, found["id"])
        cleared = work.changed("product", product, {name: None for name, value in values.items() if value is None})
        saved = _accepted(registrar.change(work, product, values, shown, pictures), found["ref"])
    if cleared and saved.status is Status.UNCHANGED:
        saved = replace(saved, status=Status.UPDATED)
    return Registered(saved, warnings)


def strongest(saved: SavedDesign) -> Outcome | None:
    """Of several pictures, the screening that matters most: one that alerts, then one that found something."""
    outcomes = [outcome for _, outcome in saved.outcomes]
    quiet = (Verdict.CLEAR, Verdict.NOT_JUDGED)
    return max(outcomes, key=lambda o: (o.alert, o.verdict not in quiet, o.verdict is Verdict.CLEAR), default=None)


def _draft(
    office: Office,
    values: dict[str, Any],
    vendor: str,
    source: str | None,
    ref: str | None,
    motif_ids: Sequence[str] = (),
) -> Draft:
    source, ref = read_key(source, "source"), read_key(ref, "ref")
    with office.reading() as reader:
        owner = find_vendor(reader, vendor)
    if owner["status"] == "closed":
        raise UmkmError("vendor_closed", code=owner["code"])
    return Draft(owner["id"], values, source or "", ref, motif_ids)


def _prepare(images: Sequence[str | Upload]) -> list[Prepared]:
    return [prepare_picture(read_given(image), Path(name_of(image)).name) for image in images]


def _register(office: Office, registrar: Registrar[Any], draft: Draft, pictures: Sequence[Prepared]) -> SavedDesign:
    with office.work() as work:
        registrar.refresh()
        return _accepted(registrar.register(work, draft, pictures), draft.ref)


def _accepted(saved: SavedDesign, ref: str | None) -> SavedDesign:
    """Raises `UmkmError`: `ref_taken`, `product_closed`; what was done in the transaction is undone."""
    if saved.status is Status.CONFLICT:
        closed = any(problem.rule == "product_closed" for problem in saved.problems)
        raise UmkmError("product_closed" if closed else "ref_taken", ref=ref, code=saved.code)
    return saved
