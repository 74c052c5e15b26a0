"""The entry point: language and console first, then the command, then whatever went wrong as a sentence.

The nouns load when they are called: `umkm --help` shows their names without importing them.
"""

import contextlib
import importlib
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from umkm_cli import clock
from umkm_cli.cli.kit.completion import complete, completing
from umkm_cli.cli.kit.output import Output, force_utf8, speak_again, wants_json
from umkm_cli.cli.kit.usage import translated, usage_sentence
from umkm_cli.cores import leave_threads_to_us
from umkm_cli.errors import INTERRUPTED, REFUSED, USAGE, UmkmError
from umkm_cli.i18n import t, use_language
from umkm_cli.problems import InvalidFieldsError
from umkm_cli.settings import current_language, read_settings

COMMANDS = {
    "register": "umkm_cli.cli.vendor.register",
    "vendor": "umkm_cli.cli.vendor.commands",
    "motif": "umkm_cli.cli.motif.commands",
    "product": "umkm_cli.cli.product.commands",
    "case": "umkm_cli.cli.case.commands",
    "licence": "umkm_cli.cli.licence",
    "heritage": "umkm_cli.cli.heritage",
    "verify": "umkm_cli.cli.verify",
    "key": "umkm_cli.cli.key",
    "audit": "umkm_cli.cli.audit",
    "report": "umkm_cli.cli.report",
    "open": "umkm_cli.cli.open",
    "status": "umkm_cli.cli.status",
    "schema": "umkm_cli.cli.schema",
    "demo": "umkm_cli.cli.demo",
}
BROKEN_PIPE = 0


class LazyGroup(TyperGroup):
    """Knows its commands by name; `get_command` answers with a light stand-in, `resolve_command` with the real one."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        if cmd_name not in COMMANDS:
            return None
        return TyperGroup(name=cmd_name, help=t(f"help.{cmd_name}"))

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        name, _, rest = super().resolve_command(ctx, args)
        if name is None:
            return name, None, rest
        command = translated(typer.main.get_command(importlib.import_module(COMMANDS[name]).app))
        command.name = name
        return name, command, rest


def build() -> typer.Typer:
    app = typer.Typer(cls=LazyGroup, no_args_is_help=True, help=t("help.umkm"), epilog=t("example.umkm"))

    @app.callback()
    def umkm(
        version: bool = typer.Option(
            False, "--version", help=t("help.option.version"), callback=_version, is_eager=True
        ),
    ) -> None:
        pass

    return app


def main() -> None:
    force_utf8()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; the exit code says how it ended, see `errors.py`."""
    leave_threads_to_us()
    use_language(current_language())
    speak_again()
    if completing():
        return complete(lambda: translated(typer.main.get_command(build()))(arguments, prog_name="umkm"))
    out = Output(wants_json(arguments))
    debug = os.environ.get("UMKM_DEBUG", "") not in ("", "0")
    try:
        clock.use_zone(read_settings().timezone)
        code = translated(typer.main.get_command(build()))(arguments, prog_name="umkm", standalone_mode=False)
        if code == INTERRUPTED:  # typer ends an interrupt without a word
            raise KeyboardInterrupt
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except UmkmError as error:
        if debug:
            raise
        out.failed(error)
        return error.exit_code
    except InvalidFieldsError as error:
        out.refused(error.problems)
        return REFUSED
    except TyperException as error:
        return _usage(error, out)
    except (KeyboardInterrupt, typer.Abort):
        out.failed(UmkmError("interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except UnicodeEncodeError as error:  # half of a surrogate pair: bytes on the command line that are not UTF-8
        if debug:
            raise
        out.failed(UmkmError("not_text", text=error.object))
        return REFUSED
    except Exception as error:
        if debug:
            raise
        from umkm_cli.desk.failures import told

        failure = told(error)
        out.failed(failure)
        return failure.exit_code


def _usage(error: TyperException, out: Output) -> int:
    message = usage_sentence(error)
    if not message:  # `umkm vendor` alone: typer has shown the help
        return USAGE
    out.failed(UmkmError("usage", why=message))
    return error.exit_code or USAGE


def _version(wanted: bool) -> None:
    if wanted:
        from umkm_cli import __version__

        sys.stdout.write(f"umkm {__version__}\n")
        raise typer.Exit
