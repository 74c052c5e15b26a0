"""A record's fields among the options of a command: one for each that the noun declares."""

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any

import typer

from umkm_cli.i18n import t
from umkm_cli.registry.values.fields import Field, Fields

Given = dict[str, str]
"""The fields that a command was given, by name, as they were typed; "" is the wish to clear one."""


def given_fields(fields: Iterable[str], given: Mapping[str, Any], *, keep_empty: bool = False) -> Given:
    """Those of `fields` that a command was given, as text; `keep_empty` keeps "" as the wish to clear a field."""
    raw = {name: given[name] for name in fields if given.get(name) is not None}
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in raw.items()
        if keep_empty or value != ""
    }


def field_option(noun: str, name: str, field: Field) -> Any:
    """The option of one field, to stand in an `Annotated`; its sentence is `help.<noun>.<name>`."""
    return typer.Option(field.option or f"--{name.replace('_', '-')}", help=t(f"help.{noun}.{name}"))


def with_fields(
    noun: str, fields: Fields, *, without: Iterable[str] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command an option for each field, at the place of its parameter `given`, which then holds what was given.

    `without` are the fields that the command takes in its own way, or not at all.
    """
    chosen = {name: field for name, field in fields.items() if name not in without}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(**options: Any) -> None:
            raw = given_fields(chosen, {name: options.pop(name) for name in chosen}, keep_empty=True)
            command(**options, given=raw)

        parameters: list[inspect.Parameter] = []
        for parameter in inspect.signature(command).parameters.values():
            parameters += _parameters(noun, chosen) if parameter.name == "given" else [parameter]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters} | {"return": None}
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        return run

    return decorate


def _parameters(noun: str, fields: Fields) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[str | None, field_option(noun, name, field)],
        )
        for name, field in fields.items()
    ]
