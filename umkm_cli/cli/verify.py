"""`umkm verify`: is a document as it was signed, and who signed it?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.layout import pairs
from umkm_cli.cli.kit.output import Json, note, print_json, say
from umkm_cli.errors import REFUSED, UNPROVED, USAGE, UmkmError
from umkm_cli.i18n import known, t, tn
from umkm_cli.settings import read_settings
from umkm_cli.wording import timed

if TYPE_CHECKING:
    from umkm_cli.registry.signed.trusted_keys import ExpectedKey
    from umkm_cli.screening.evidence.recomputing import PairCheck, PictureCheck, Recomputed
    from umkm_cli.screening.evidence.verifying import Verified

app = typer.Typer(add_completion=False)


@app.command(help=t("help.verify"), epilog=t("example.verify"))
def verify(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.verify.file"))] = None,
    text: Annotated[str | None, typer.Option("--text", help=t("help.verify.text"))] = None,
    expect_key: Annotated[str | None, typer.Option("--expect-key", help=t("help.verify.expect_key"))] = None,
    again: Annotated[bool, typer.Option("--recompute", help=t("help.verify.recompute"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.evidence.verifying import verify_file, verify_text

    settings = read_settings()
    if (file is None) == (text is None):
        raise UmkmError("verify_one_thing", exit_code=USAGE)
    expected = None if expect_key is None else _expected(expect_key)
    verified, data = verify_file(settings, file) if file is not None else (verify_text(settings, text or ""), b"")
    recomputed = _recomputed(verified, data) if again and verified.intact else None
    if as_json:
        document = verified.document(expected)
        print_json(document | ({"recomputed": recomputed.document()} if recomputed else {}))
    else:
        _show(verified, expected)
        if recomputed:
            _show_recomputed(recomputed)
    if not verified.intact or (recomputed and not recomputed.holds):
        raise typer.Exit(REFUSED)
    if not verified.is_proved(expected):
        raise typer.Exit(UNPROVED)


def _expected(given: str) -> "ExpectedKey":
    """Raises `UmkmError`: what `read_expected_key` does, as wrong usage."""
    from umkm_cli.registry.signed.trusted_keys import read_expected_key

    try:
        return read_expected_key(given)
    except UmkmError as error:
        error.exit_code = USAGE
        raise


def _show(verified: "Verified", expected: "ExpectedKey | None") -> None:
    if not verified.intact:
        parts = ", ".join(map(part_name, verified.changed))
        note(t("verify.changed", parts=parts))
        note(t("verify.changed.hint"))
        return
    key = verified.key
    assert key is not None
    code = verified.scope == "code"
    if code:
        say(t("verify.code"))
    names = {"name": verified.name, "office": verified.office, "id": key.id}
    if expected is None:
        say(t(f"verify.code.{verified.trust}" if code else f"verify.{verified.trust}", **names))
    else:
        met = "expected" if verified.meets(expected) else "not_expected"
        say(t(f"verify.code.{met}" if code else f"verify.{met}", expected=expected.id, **names))
    _show_facts(verified, key.id)
    if code:
        say(t("verify.code.compare"))
    if verified.trust == "unknown" and expected is None:
        say(t("verify.how_to_trust", key=key.text))


def _show_facts(verified: "Verified", key_id: str) -> None:
    """What a document is about; of a code all that it proves, in the words of the sheet."""
    from umkm_cli.registry.values.typed import shown

    code = verified.scope == "code"
    told = _SHOWN_OF_CODE if code else _SHOWN
    facts = {name: text for name, text in (verified.about or {}).items() if name in told}
    about = [(t(told[name]), timed(shown(text, _MOST_CHARS))) for name, text in facts.items()]
    pairs(
        [
            (t("verify.kind"), _kind(verified.kind)),
            *about,
            (t("receipt.made" if code else "verify.made_at"), timed(verified.made_at)),
            (t("key.column.office"), verified.office if code else None),
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


def _recomputed(verified: "Verified", data: bytes) -> "Recomputed":
    """Raises `UmkmError`: `recompute_needs_bundle`, `bundle_unreadable`."""
    from umkm_cli.registry.signed.formats import files_in
    from umkm_cli.screening.evidence.recomputing import recompute

    if verified.kind != "bundle":
        raise UmkmError("recompute_needs_bundle")
    return recompute(files_in(data))


def _show_recomputed(recomputed: "Recomputed") -> None:
    say("")
    if recomputed.not_kept:
        say(tn("recompute.not_kept", recomputed.not_kept))
    if recomputed.holds:
        say(tn("recompute.holds", len(recomputed.pairs)))
        return
    say(t("recompute.differs"))
    for item in recomputed.differing:
        what = ", ".join(t(f"recompute.{name}") for name in item.differences)
        say(f"- {_called(item)}: {what}")


def _called(item: "PictureCheck | PairCheck") -> str:
    code = getattr(item, "stored", {}).get("code")
    return t("recompute.pair", code=code) if code else t("recompute.picture", sha256=getattr(item, "sha256", "")[:12])


def part_name(name: str) -> str:
    """What people call a part; files of an archive by their names."""
    key = f"verify.part.{name}"
    return t(key) if known(key) else name


def _kind(kind: str | None) -> str | None:
    key = f"verify.kind.{kind}"
    return t(key) if known(key) else kind
