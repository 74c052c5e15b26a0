"""`umkm open`: a page for pictures in the browser of this computer."""

import contextlib
import sys
from typing import Annotated

import typer

from umkm_cli.cli.kit.browser import show_in_browser
from umkm_cli.cli.kit.output import Json, print_json, say
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import read_settings

app = typer.Typer(add_completion=False)


@app.command(help=t("help.open"), epilog=t("example.open"))
def open_(
    no_browser: Annotated[bool, typer.Option("--no-browser", help=t("help.open.no_browser"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.page.desk import Desk
    from umkm_cli.page.routes import Routes
    from umkm_cli.page.server import PageServer
    from umkm_cli.registry.pictures.files import MAX_FILE_BYTES

    settings = read_settings()
    with Office(settings).reading():  # what is wrong with the registry is said here, before a browser opens
        pass
    with (
        Desk(settings) as desk,
        PageServer(Routes(desk).answer, MAX_FILE_BYTES) as server,
        contextlib.suppress(KeyboardInterrupt),  # the usual way to end it
    ):
        if as_json:
            print_json({"schema": "umkm.page/1", "address": server.address})
        else:
            say(t("open.address", address=server.address))
            say(t("open.how_to_close"))
        sys.stdout.flush()
        if not (no_browser or as_json):
            show_in_browser(server.address)
        server.serve_forever(poll_interval=0.1)
    if not as_json:
        say(t("open.closed"))
