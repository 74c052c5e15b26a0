"""`umkm verify`: is a document as it was signed, and who signed it?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.output import Json, note, pairs, print_json, say
from umkm_cli.errors import REFUSED, USAGE, UmkmError
from umkm_cli.i18n import known, t
from umkm_cli.settings import read_settings
from umkm_cli.wording import dated

if TYPE_CHECKING:
    from umkm_cli.screening.verifying import Verified

app = typer.Typer(add_completion=False)


@app.command(help=t("help.verify"), epilog=t("example.verify"))
def verify(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.verify.file"))] = None,
    text: Annotated[str | None, typer.Option("--text", help=t("help.verify.text"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.verifying import verify_file, verify_text

    settings = read_settings()
    if (file is None) == (text is None):
        raise UmkmError("verify_one_thing", exit_code=USAGE)
    if file is not None:
        verified, _ = verify_file(settings, file)
    else:
        verified = verify_text(settings, text or "")
    if as_json:
        print_json(verified.document())
    else:
        _show(verified)
    if not verified.intact:
        raise typer.Exit(REFUSED)


def _show(verified: "Verified") -> None:
    if not verified.intact:
        parts = ", ".join(map(part_name, verified.changed))
        note(t("verify.changed", parts=parts))
        note(t("verify.changed.hint"))
        return
    key = verified.key
    assert key is not None
    say(t(f"verify.{verified.trust}", name=verified.name, office=verified.office, id=key.id))
    about = [(t(_SHOWN[name]), dated(text)) for name, text in (verified.about or {}).items() if name in _SHOWN]
    pairs(
        [
            (t("verify.kind"), _kind(verified.kind)),
            *about,
            (t("verify.made_at"), dated(verified.made_at)),
            (t("verify.key"), key.id),
        ]
    )
    if verified.trust == "unknown":
        say(t("verify.how_to_trust", key=key.text))


_SHOWN = {
    "code": "receipt.code",
    "title": "receipt.motif",
    "vendor": "receipt.vendor",
    "registered": "receipt.registered",
    "case": "column.case",
}


def part_name(name: str) -> str:
    """What people call a part; files of an archive by their names."""
    key = f"verify.part.{name}"
    return t(key) if known(key) else name


def _kind(kind: str | None) -> str | None:
    key = f"verify.kind.{kind}"
    return t(key) if known(key) else kind
