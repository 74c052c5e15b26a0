"""Asking for what a command was not told; only at a terminal."""

import typer

from umkm_cli.cli.kit.output import at_terminal
from umkm_cli.i18n import t
from umkm_cli.registry.values.fields import Fields


def ask_for_missing(fields: Fields, raw: dict[str, str]) -> dict[str, str]:
    """The name must be given; the rest may be left empty. Nothing is asked where a name was given as an option."""
    if "name" in raw or not at_terminal():
        return raw
    answers = {
        field: typer.prompt(t(f"field.{field}"), default=None if field == "name" else "", show_default=False, err=True)
        for field, declared in fields.items()
        if declared.asked and field not in raw
    }
    return raw | {field: answer for field, answer in answers.items() if answer.strip()}
