"""What typer says of its own accord, in the language of the program.

Typer asks gettext for some of its texts and has others fixed in English; those are looked up here, by the same English
text, in the same catalogue.
"""

import gettext
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import typer
from typer.exceptions import TyperException

from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.i18n import t

_EXTRA = "Got unexpected extra argument(s) ("
_FLAG = "does not take a value."


def translated(command: Any) -> Any:
    """`command` and all below it, with what typer says in its help in the chosen language."""
    command.get_help_option(typer.Context(command))
    for param in [*command.params, command._help_option]:
        if getattr(param, "help", None):
            param.help = gettext.gettext(param.help)
        if param.param_type_name == "argument" and param.metavar:
            param.metavar = gettext.gettext(param.metavar)
        param.display_type_rich = partial(_type_shown, param)
    command.options_metavar = gettext.gettext(command.options_metavar)
    command.get_usage = partial(_usage_line, command.get_usage)
    if hasattr(command, "commands"):
        command.subcommand_metavar = gettext.gettext(command.subcommand_metavar)
        for below in command.commands.values():
            translated(below)
    else:
        command.parse_args = partial(_parse_args, command)
    return command


def _usage_line(get_usage: Callable[[typer.Context], str], ctx: typer.Context) -> str:
    return get_usage(ctx).replace("Usage:", gettext.gettext("Usage:"), 1)


def _type_shown(param: Any, ctx: typer.Context) -> str | None:
    """What kind of value an option takes; nothing for one that takes none, nor for what stands without an option."""
    if param.param_type_name == "argument" or param.is_flag:
        return None
    kind = param.type_descriptor
    if kind.is_choice:
        return str(param.display_type(ctx))
    number = kind.is_ranged or kind.annotation in (int, float)
    return gettext.gettext("NUMBER" if number else "FILE" if kind.is_path or _holds_paths(kind) else "TEXT")


def _holds_paths(kind: Any) -> bool:
    return "Path" in str(kind.annotation)


def _parse_args(command: Any, ctx: typer.Context, args: list[str]) -> Any:
    if not ctx.resilient_parsing:
        refuse_swallowed_options(command.params, args)
    return type(command).parse_args(command, ctx, args)


def refuse_swallowed_options(params: Sequence[Any], args: Sequence[str]) -> None:
    """`--name --json` would name a business "--json"; `--name=--json` says that it is meant.

    Raises `UmkmError` `option_as_value` where the value of an option is another option of the same command.
    """
    options = [param for param in params if param.param_type_name == "option"]
    own = {name for param in options for name in (*param.opts, *param.secondary_opts)} | {"--help"}
    taking = {name for param in options if not param.is_flag for name in param.opts}
    given = iter(args[: args.index("--")] if "--" in args else args)
    for arg in given:
        if arg not in taking:
            continue
        value = next(given, "")
        if value.partition("=")[0] in own:
            raise UmkmError("option_as_value", exit_code=USAGE, option=arg, value=value)


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
        return t("usage.takes_no_value" if message.endswith(_FLAG) else "usage.needs_value", option=name)
    if kind == "BadParameter" and name:
        return t("usage.bad_value", name=name, why=_why(error))
    if message.startswith(_EXTRA):
        return t("usage.too_many", extra=message.removeprefix(_EXTRA).removesuffix(")"))
    return message.replace("Did you mean", gettext.gettext("Did you mean"))


def _why(error: Any) -> str:
    """Why a value is refused: what would be one, instead of pydantic's English."""
    kind = getattr(error.param, "type_descriptor", None)
    if kind is not None and kind.is_choice:
        return t("usage.one_of", known=", ".join(getattr(choice, "value", str(choice)) for choice in kind.choices))
    if kind is not None and kind.is_ranged:
        lowest, highest = error.param.min, error.param.max
        return t("usage.number_between", min=lowest, max=highest) if highest else t("usage.number_from", min=lowest)
    return str(error.message)
