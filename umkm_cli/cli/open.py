"""`umkm open`: a page for pictures in the browser of this computer."""

import contextlib
import sys
from typing import Annotated

import typer

from umkm_cli.cli.kit.browser import show_in_browser
from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.output import Output
from umkm_cli.i18n import t
from umkm_cli.settings import read_settings

app = typer.Typer(add_completion=False)


@command(app, "open")
def open_(
    out: Output,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=t("help.open.no_browser"))] = False,
) -> None:
    from umkm_cli.page.routes import Routes
    from umkm_cli.page.server import PageServer
    from umkm_cli.page.sitting import Sitting
    from umkm_cli.registry.pictures.files import MAX_FILE_BYTES

    with (
        Sitting(read_settings()) as sitting,
        PageServer(Routes(sitting).answer, MAX_FILE_BYTES) as server,
        contextlib.suppress(KeyboardInterrupt),  # the usual way to end it
    ):
        opened = t("open.address", address=server.address) + "\n" + t("open.how_to_close")
        out.answer({"schema": "umkm.page/1", "address": server.address}, opened)
        sys.stdout.flush()
        if not (no_browser or out.as_json):
            show_in_browser(server.address)
        server.serve_forever(poll_interval=0.1)
    out.say(t("open.closed"))
