"""What stands in the holes of keys that the program builds: its own enumerations, tables and declarations.

A key such as `t(f"outcome.{outcome.value}")` is found here by its shape, `outcome.*`. Whoever builds a new one says
here what its star stands for, taken from the code that decides it and never copied. A shape that could be anything,
such as `field.*`, is found by its whole pattern, with what stands in the braces.
"""

import importlib.resources
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import get_args

import typer
from sqlmodel import SQLModel

from tests.keys.reading import Asked, package_texts
from tests.keys.said import Text
from tests.keys.syntax import texts_in
from tests.templates import templates, texts_named
from umkm_cli.cli.main import COMMANDS
from umkm_cli.cli.motif.commands import STATUSES as MOTIF_STATUSES
from umkm_cli.cli.product.commands import STATUSES as PRODUCT_STATUSES
from umkm_cli.db import tables
from umkm_cli.matching.decoding.unreadable import Reason
from umkm_cli.matching.engine import Relation
from umkm_cli.registry.cases.case import PURPOSES, CaseKind, CaseOutcome, CaseStatus
from umkm_cli.registry.cases.events import CaseStep
from umkm_cli.registry.office.finding import KINDS
from umkm_cli.registry.office.saving import Status
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.pictures.indexing import Trouble
from umkm_cli.registry.records.djki import Because
from umkm_cli.registry.records.licence_scope import TERMS
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.registry.records.motif_files import FileKind
from umkm_cli.registry.records.people import DETAILS, PersonChange, Role
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.registry.records.product_motifs import LinkState
from umkm_cli.registry.records.publication import Publication
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS
from umkm_cli.registry.signed.formats import Format
from umkm_cli.registry.signed.sealed import SEAL
from umkm_cli.registry.signed.signing import KeyTrouble
from umkm_cli.report import receipt
from umkm_cli.screening.evidence import recomputing, verifying
from umkm_cli.screening.evidence.kinds import Edition
from umkm_cli.screening.evidence.recomputing import PictureCheck
from umkm_cli.screening.judging.judge import Excuse, Verdict

OPEN_ENDED = ("*", "error.*", "rule.*", "hint.*", "field.*", "column.*")
"""Shapes that say nothing of what may stand in them."""
_AUDIT = "umkm_cli.registry.office.audit"
_DJKI = "umkm_cli.registry.records.djki"
_KEYS = "umkm_cli.registry.signed.trusted_keys"
_PAGE = "umkm_cli.report.evidence.html_report"
_VIEWS = "umkm_cli.screening.judging.views"
_PASSED_ON = (
    *(f"error.{{{error}}}" for error in ("error.code", "checked.error.code", "item.error.code", "document['error']")),
    *("rule.{error.rule}", "rule.{problem.rule}", "rule.{problem['rule']}"),
)
"""Errors and rules that were made, and so are looked at, elsewhere; what refuses a row becomes a rule."""
_PICTURES = ("picture",)
"""What a document calls the picture that was handed in; others are told by number."""
_STEPS_TOLD_OTHERWISE = {CaseStep.DUE, CaseStep.DECISION, CaseStep.ATTACHMENT}
_TYPERS = tuple(
    f"{{{text}}}" for text in ("command.options_metavar", "command.subcommand_metavar", "param.help", "param.metavar")
)


@dataclass(frozen=True)
class Names:
    """What may stand in a hole: `must` has a text for each, `may` where the program asks for it first."""

    must: frozenset[str]
    may: frozenset[str] = field(default=frozenset())


def names(*several: Iterable[str], may: Iterable[str] = ()) -> Names:
    return Names(frozenset(str(name) for some in several for name in some), frozenset(map(str, may)))


@cache
def reader() -> Text:
    return Text(package_texts())


@cache
def asked() -> list[Asked]:
    return reader().asked()


@cache
def families() -> dict[str, Names]:
    """What stands in the hole of each shape; of an open-ended one, of each pattern."""
    read = reader()
    errors = {item.key.removeprefix("error.") for item in asked() if item.key.startswith("error.")}
    said = {*Relation, *Excuse}
    images = {f"image_{reason}" for reason in get_args(Reason)}
    chain = {
        f"audit_{problem}" for problem in (read.given("Verification", 2, "problem") | read.returned(_AUDIT, "step"))
    }
    saved = set(Status) - {Status.CONFLICT}  # a conflict is refused before
    return {
        **{shape: names(Verdict) for shape in ("verdict.*.label", "demo.*")},
        **{shape: names(said) for shape in ("verdict.*.sentence", "verdict.product.*.sentence")},
        **{shape: names(Relation) for shape in ("compare.*", "side.*.sentence")},
        **{shape: names(Design) for shape in ("side.*", "side.recorded.*")},
        **{shape: names(saved) for shape in ("motif.*", "product.*", "vendor.*")},
        **{shape: names(Publication) for shape in ("motif.publication.*", "motif.publication.*.sentence")},
        **{shape: names(read.returned(_KEYS, "standing")) for shape in ("verify.*", "verify.code.*")},
        **{f"evidence.{shape}": names(Design) for shape in ("registered.*", "registered.*.hidden", "side.*")},
        **dict.fromkeys(_PASSED_ON, names()),
        "rule.{error.code}": names(may=errors | images | {f"{kind}_not_found" for kind in KINDS}),
        **dict.fromkeys(("field.{problem.field}", "field.{params['field']}"), names(may=_field_names())),
        **{f"field.{{{hole}}}": names(may=_field_names()) for hole in ("name", "text")},
        **dict.fromkeys(_TYPERS, names()),
        "audit.*": names(read.given("Difference", 2, "problem")),
        "case.kind.*": names(CaseKind),
        "case.purpose.*": names(
            PURPOSES, read.given("_attach", 3, "purpose"), read.given("attach", 3, "purpose", _VIEWS)
        ),
        "case.status.*": names(CaseStatus),
        "case.step.*": names(set(CaseStep) - _STEPS_TOLD_OTHERWISE),
        "column.{name}": names(read.named_in("umkm_cli.wording", "match_columns")),
        "djki.because.*": names(Because),
        "djki.field.*": names(read.keys_in(_DJKI, "fields"), read.keys_in(_DJKI, "_on_form") - {"nama"}),
        "djki.item.*": names(
            read.given("_item", 0, "name") - {""}, read.given("paper", 0, "kind"), (role.column for role in Role)
        ),
        "error.*_not_found": names(KINDS),
        "error.audit_*": names(name.removeprefix("audit_") for name in chain),
        "error.image_*": names(get_args(Reason)),
        "evidence.basis.*": names(read.given("Fact", 0, "name")),
        "evidence.basis.registry_*": names((f"{kind}s" for kind in Design), {"views"}),
        "evidence.edition.*": names(Edition),
        "evidence.fact.*": names(read.keys_in("umkm_cli.report.evidence.facts", "_side_facts")),
        "field.{field}": names(name for name, declared in VENDOR_FIELDS.items() if declared.asked),
        "field.{text.partition(': ')}": names(DETAILS),
        "file.kind.*": names(FileKind),
        "help.*": names(COMMANDS),
        "hint.{error.code}": names(may=errors | {f"{kind}_not_found" for kind in KINDS} | images | chain),
        "help.motif.*": names(MOTIF_FIELDS),
        "help.product.*": names(PRODUCT_FIELDS),
        "help.vendor.*": names(VENDOR_FIELDS),
        "licence.status.*": names(_statuses(tables.Licence, "licences")),
        "licence.term.*": names(TERMS),
        "motif.status.*": names(set(MOTIF_STATUSES) - {"all"}),
        "outcome.*": names(CaseOutcome),
        "person.*": names(PersonChange),
        "person.role.*": names(Role),
        "product.link.state.*": names(LinkState),
        "product.status.*": names(set(PRODUCT_STATUSES) - {"all"}),
        "reason.*": names({"unreadable"}, read.returned("umkm_cli.matching.describing.fingerprint", "weakness")),
        "recompute.*": names(
            (one.name for one in fields(PictureCheck) if one.name != "sha256"),
            read.named_in("umkm_cli.screening.evidence.recomputing", "_compared"),
            recomputing._HELD,
        ),
        "rule.{rule}": names(read.warned()),
        "status.clock_*": names(read.given("Doubt", 0, "problem")),
        "status.office_key_*": names(KeyTrouble),
        "status.segments_*": names(get_args(Trouble)),
        "stored_file.*": names(set(Unfit) - {Unfit.UNREADABLE}),  # it is there as it was recorded
        "vendor.status.*": names(_statuses(tables.Vendor, "vendors")),
        "verdict.*": names(read.returned("umkm_cli.screening.judging.judge", "reason")),
        "verify.kind.*": names(may={receipt.KIND, *read.defaults("umkm_cli.registry.signed.formats", "kind")}),
        "verify.part.*": names(may={SEAL, verifying.QR, *Format, *read.keys_in(_PAGE, "evidence_page"), *_PICTURES}),
    }


def _statuses(table: type[tables.Vendor | tables.Licence], module: str) -> set[str]:
    """What a record's status is at first, and what its module makes of it."""
    return {table.model_fields["status"].default, *reader().stored(f"umkm_cli.registry.records.{module}", "status")}


def _field_names() -> set[str]:
    """Whatever has a field: tables, declarations, and what problems name."""
    columns = {column.name for table in SQLModel.metadata.tables.values() for column in table.columns}
    return columns.union(reader().given("Problem", 0, "field"), VENDOR_FIELDS, MOTIF_FIELDS, PRODUCT_FIELDS)


@cache
def plain_keys() -> frozenset[str]:
    """Keys that are asked for as they are: in the package's modules, in its templates, and by typer."""
    return frozenset({item.key for item in asked() if not item.is_built} | template_keys() | typer_keys())


def template_keys() -> set[str]:
    """What the templates of pages ask for."""
    return {key for template in templates().values() for keys in texts_named(template).values() for key in keys}


def typer_keys() -> set[str]:
    """Typer's own texts in English; what stands for a value in a usage line; and what this program looks up for it."""
    folder = Path(str(importlib.resources.files(typer)))
    own = {text for path in folder.rglob("*.py") for text in texts_in(path)}
    return own | {text for module in reader().modules.values() for text in module.metavars()}


def family_of(item: Asked) -> Names | None:
    """None for keys that nobody has said the values of."""
    return families().get(item.key if item.shape in OPEN_ENDED else item.shape)


def filled(shape_or_pattern: str, name: str) -> str:
    """The key with `name` in the hole."""
    return Asked(shape_or_pattern, "", 0).shape.replace("*", name)
