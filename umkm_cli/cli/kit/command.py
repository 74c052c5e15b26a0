"""A command: its name and texts by one key, and `--json` for whoever wants its document."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

import typer

from umkm_cli.cli.kit.output import Json, Output
from umkm_cli.i18n import t

Command = Callable[..., None]


def noun(key: str) -> typer.Typer:
    """The group of a noun's commands; `help.<key>` says what the noun is, `example.<key>` shows one."""
    app = typer.Typer(help=t(f"help.{key}"), epilog=t(f"example.{key}"), no_args_is_help=True, add_completion=False)
    app.callback()(lambda: None)
    return app


def command(app: typer.Typer, key: str, name: str | None = None) -> Callable[[Command], Command]:
    """Makes a function the command that `key` names: `motif.djki_pack` is `umkm motif djki-pack`, or is called `name`.

    Its texts are `help.<key>` and `example.<key>`. Its parameter `out` is no option; for it the command has `--json`,
    the last of its options.
    """
    named = name or key.rpartition(".")[2].replace("_", "-")

    def decorate(function: Command) -> Command:
        app.command(named, help=t(f"help.{key}"), epilog=t(f"example.{key}"))(_with_output(function))
        return function

    return decorate


def _with_output(function: Command) -> Command:
    @functools.wraps(function)
    def run(*, as_json: bool, **options: Any) -> None:
        function(out=Output(as_json), **options)

    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name != "out"
    ]
    parameters.append(inspect.Parameter("as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json))
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters} | {"return": None}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run
