"""What typer says of its own accord, in the language of the program.

Typer asks gettext for some of its texts and has others fixed in English; those are looked up here, by the same English
text, in the same catalogue.
"""

import gettext
from typing import Any

import typer
from typer.exceptions import TyperException

from umkm_cli.i18n import t

_EXTRA = "Got unexpected extra argument(s) ("


def translated(command: Any) -> Any:
    """`command` and all below it, with the help of typer's own options in the chosen language."""
    command.get_help_option(typer.Context(command))
    for param in [*command.params, command._help_option]:
        if getattr(param, "help", None):
            param.help = gettext.gettext(param.help)
    for below in getattr(command, "commands", {}).values():
        translated(below)
    return command


def usage_sentence(error: TyperException) -> str:
    """What was wrong with the way a command was called; empty where typer has shown the help instead."""
    message = error.format_message()
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = param.get_error_hint() if param is not None else getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        near = ", ".join(sorted(getattr(error, "possibilities", None) or []))
        return t("usage.option_like", option=name, near=near) if near else t("usage.no_such_option", option=name)
    if kind == "MissingParameter":
        return t("usage.missing", name=name)
    if kind == "BadOptionUsage":
        return t("usage.needs_value", option=name)
    if kind == "BadParameter" and name:
        return t("usage.bad_value", name=name, why=error.message)
    if message.startswith(_EXTRA):
        return t("usage.too_many", extra=message.removeprefix(_EXTRA).removesuffix(")"))
    return message.replace("Did you mean", gettext.gettext("Did you mean"))
