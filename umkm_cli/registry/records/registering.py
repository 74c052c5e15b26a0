"""`register` as a use case: fields as text in, one vendor out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.saving import Saved, Status
from umkm_cli.registry.records.vendor_fields import read_vendor
from umkm_cli.registry.records.vendors import save_vendor
from umkm_cli.registry.values.typed import ValueProblem, read_list, read_text, shown

MAX_REF_CHARS = 100


def register_vendor(office: Office, raw: Mapping[str, str], *, source: str | None, ref: str | None) -> Saved:
    """Register one vendor, or bring the one with this (source, ref) up to date.

    A bare name makes a new vendor every time: nothing says that the same business is meant. What was there and is
    replaced is named in the problems, since a mistyped `ref` would change another business.
    Raises `InvalidFieldsError`; `UmkmError` `ref_taken` where the `ref` is another person's.
    """
    values, warnings = read_vendor_or_refuse(raw)
    with office.work() as work:
        saved = save_vendor(
            work, values, source=read_key(source, "source") or "", ref=read_key(ref, "ref"), name_is_enough=False
        )
    if saved.status is Status.CONFLICT:
        if ref:
            raise UmkmError("ref_taken", ref=shown(ref), code=saved.code)
        raise InvalidFieldsError([*warnings, *saved.problems])
    return replace(saved, problems=[*warnings, *saved.problems, *saved.replaced])


def read_vendor_or_refuse(
    raw: Mapping[str, str], *, partial: bool = False, known: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """Raises `InvalidFieldsError`; the problems that are left are warnings."""
    values, problems = read_vendor(raw, partial=partial, known=known)
    if any(problem.is_error for problem in problems):
        raise InvalidFieldsError(problems)
    return values, problems


def read_keys(text: str, field: str) -> list[str]:
    """Codes or `ref`s as listed, each once. Raises `InvalidFieldsError`."""
    try:
        return read_list(text)
    except ValueProblem as error:
        raise InvalidFieldsError([Problem(field, "", error.rule, params=dict(error.params))]) from error


def read_key(text: str | None, field: str, limit: int = MAX_REF_CHARS) -> str | None:
    """A `ref`, `source` or other short text as typed, None for none. Raises `InvalidFieldsError`."""
    try:
        return read_text(text, limit) or None if text else None
    except ValueProblem as error:
        raise InvalidFieldsError([Problem(field, "", error.rule, params=dict(error.params))]) from error
