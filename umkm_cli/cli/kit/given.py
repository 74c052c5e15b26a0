"""A record's fields among the options of a command: one for each that the noun declares."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from umkm_cli.cli.kit.completion import one_of
from umkm_cli.i18n import t
from umkm_cli.registry.values.fields import Field, Fields

Given = dict[str, str]
"""The fields that a command was given, by name, as they were typed; "" is the wish to clear one."""


def field_option(noun: str, name: str, field: Field) -> Any:
    """The option of one field, to stand in an `Annotated`; its sentence is `help.<noun>.<name>`."""
    option, offered = field.option or f"--{name.replace('_', '-')}", one_of(field.words) if field.words else None
    return typer.Option(option, help=t(f"help.{noun}.{name}"), autocompletion=offered)


def with_fields(
    noun: str, fields: Fields, *, without: Iterable[str] = (), first: Iterable[str] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command an option for each field, at the place of its parameter `given`, which then holds what was given.

    `without` are the fields that the command takes in its own way, or not at all; `first` those whose options stand
    before the others'.
    """
    chosen = {name: field for name, field in fields.items() if name not in without}
    ordered = {name: chosen[name] for name in (*first, *chosen)}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(**options: Any) -> None:
            values = {name: options.pop(name) for name in chosen}
            command(**options, given={name: _typed(value) for name, value in values.items() if value is not None})

        parameters: list[inspect.Parameter] = []
        for parameter in inspect.signature(command).parameters.values():
            parameters += _parameters(noun, ordered) if parameter.name == "given" else [parameter]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters} | {"return": None}
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        return run

    return decorate


def _typed(value: str | bool) -> str:
    """A switch as the word that it saves typing."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _parameters(noun: str, fields: Fields) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[bool | None if field.is_switch else str | None, field_option(noun, name, field)],
        )
        for name, field in fields.items()
    ]
