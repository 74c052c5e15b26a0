"""`umkm verify`: is a document as it was signed, and who signed it?"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.layout import pairs
from umkm_cli.cli.kit.output import Output, note, say
from umkm_cli.errors import REFUSED, UNPROVED
from umkm_cli.i18n import known, t, tn
from umkm_cli.registry.values.typed import shown
from umkm_cli.settings import read_settings
from umkm_cli.wording import timed

if TYPE_CHECKING:
    from umkm_cli.documents.papers import RecomputedDocument, VerifiedKey, VerifyDocument

app = typer.Typer(add_completion=False)


@command(app, "verify")
def verify(
    out: Output,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.verify.file"))] = None,
    text: Annotated[str | None, typer.Option("--text", help=t("help.verify.text"))] = None,
    expect_key: Annotated[str | None, typer.Option("--expect-key", help=t("help.verify.expect_key"))] = None,
    again: Annotated[bool, typer.Option("--recompute", help=t("help.verify.recompute"))] = False,
) -> None:
    from umkm_cli.desk import verification

    found = verification.verify(read_settings(), file, text, expected=expect_key, recompute=again)
    out.answer(found.document, lambda: _show(found.document))
    if not found.holds:
        raise typer.Exit(REFUSED)
    if not found.proved:
        raise typer.Exit(UNPROVED)


def _show(document: "VerifyDocument") -> None:
    key = document["key"]
    if not document["intact"] or key is None:
        note(t("verify.changed", parts=", ".join(map(_part_name, document["changed"]))))
        note(t("verify.changed.hint"))
        return
    _show_signed(document, key)
    if recomputed := document.get("recomputed"):
        _show_recomputed(recomputed)


def _show_signed(document: "VerifyDocument", key: "VerifiedKey") -> None:
    code, expected = document["scope"] == "code", document["expected_key"]
    if code:
        say(t("verify.code"))
    names = {"name": key["name"], "office": document["office"], "id": key["id"]}
    if expected is None:
        say(t(f"verify.code.{document['trust']}" if code else f"verify.{document['trust']}", **names))
    else:
        met = "expected" if expected["met"] else "not_expected"
        say(t(f"verify.code.{met}" if code else f"verify.{met}", expected=expected["id"], **names))
    _show_facts(document, key["id"])
    if code:
        say(t("verify.code.compare"))
    if document["trust"] == "unknown" and expected is None:
        say(t("verify.how_to_trust", key=key["public_key"]))


def _show_facts(document: "VerifyDocument", key_id: str) -> None:
    """What a document is about; of a code all that it proves, in the words of the sheet."""
    code = document["scope"] == "code"
    told = _SHOWN_OF_CODE if code else _SHOWN
    facts = {name: text for name, text in (document["about"] or {}).items() if name in told}
    about = [(t(told[name]), timed(shown(text, _MOST_CHARS))) for name, text in facts.items()]
    pairs(
        [
            (t("verify.kind"), _kind(document["kind"])),
            *about,
            (t("receipt.made" if code else "verify.made_at"), timed(document["made_at"])),
            (t("key.column.office"), document["office"] if code else None),
            (t("verify.key"), key_id),
        ]
    )


_MOST_CHARS = 300
_SHOWN = {
    "code": "receipt.code",
    "title": "receipt.motif",
    "vendor": "receipt.vendor",
    "registered": "receipt.registered",
    "case": "column.case",
}
_SHOWN_OF_CODE = _SHOWN | {"picture": "receipt.sha256"}


def _show_recomputed(recomputed: "RecomputedDocument") -> None:
    say("")
    if recomputed["not_kept"]:
        say(tn("recompute.not_kept", recomputed["not_kept"]))
    if recomputed["holds"]:
        say(tn("recompute.holds", len(recomputed["pairs"])))
        return
    say(t("recompute.differs"))
    for name, differences in _differing(recomputed):
        say(f"- {name}: {', '.join(t(f'recompute.{difference}') for difference in differences)}")


def _differing(recomputed: "RecomputedDocument") -> Iterator[tuple[str, list[str]]]:
    """What people call a picture or a pair, and in what it is found otherwise today."""
    for picture in recomputed["pictures"]:
        if picture["differences"]:
            yield t("recompute.picture", sha256=picture["sha256"][:12]), picture["differences"]
    for pair in recomputed["pairs"]:
        if pair["differences"]:
            code = pair["code"]
            yield t("recompute.pair", code=code) if code else t("recompute.picture", sha256=""), pair["differences"]


def _part_name(name: str) -> str:
    """What people call a part; files of an archive by their names."""
    key = f"verify.part.{name}"
    return t(key) if known(key) else name


def _kind(kind: str | None) -> str | None:
    key = f"verify.kind.{kind}"
    return t(key) if known(key) else kind
