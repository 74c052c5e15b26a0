"""Texts that clumsy and malicious users type: shown as they are, or refused, and never said where they are personal."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, Run, posix
from tests.refusals import CASE, MOTIF, NIK, OTHER_VENDOR, PRODUCT, VENDOR, assert_presentable, counted

ODD_NAMES = {
    "sql": "Robert'); DROP TABLE vendor;--",
    "markup": "[red]x[/red] [/nope] :smile:",
    "placeholders": "{name} {0} %s %(x)s",
    "formula": "=cmd|' /C calc'!A0",
    "emoji": "Bátik 🧵 الباتيك 蜡染",
}


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_odd_name_is_stored_and_shown_as_it_is(umkm: Run, small_registry: Path, name: str) -> None:
    made = umkm("register", f"--name={name}", f"--owner={name}", f"--ref={name}", "--json").ok().json()
    assert (made["name"], made["owner"], made["ref"]) == (name, name, name)
    assert umkm("vendor", "show", name, "--json").ok().json()["code"] == made["code"]
    for args in (("vendor", "show", name), ("vendor", "list"), ("vendor", "list", "--search", name)):
        shown = umkm(*args).ok()
        assert name in shown.out
        assert_presentable(shown)
    assert counted(small_registry, "vendor") == 3
    umkm("audit", "verify").ok()


BAD_TEXTS = {
    "300 characters": ("Bátik 🧵" * 60)[:300],
    "control": "a\x07b",
    "300 with control": "🧵\x1b[2J\x00" * 60,
    "escape": "\x1b[31mmerah\x1b[0m",
    "NUL": "a\x00b",
    "C1": "\x9b31m",
    "direction": "\u202egnp.exe",
    "blank": "   ",
    "nothing": "",
}


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_text_that_cannot_be_shown_is_refused(refused: Callable[..., Result], prepared: Path, text: str) -> None:
    refused("register", f"--name={text}", exit_code=1).refused("invalid_fields")
    refused("vendor", "show", text, exit_code=1)
    if text.strip():
        refused("register", "--name", "Batik C", f"--ref={text}", exit_code=1).refused("invalid_fields")
        refused("vendor", "edit", VENDOR, f"--owner={text}", exit_code=1)
        refused("motif", "edit", MOTIF, f"--title={text}", exit_code=1)
        refused("product", "edit", PRODUCT, f"--name={text}", exit_code=1)
        refused("vendor", "list", f"--kecamatan={text}", exit_code=1)


REASONED = {
    "vendor close": ("vendor", "close", VENDOR),
    "motif withdraw": ("motif", "withdraw", MOTIF),
    "product close": ("product", "close", PRODUCT),
    "case decide": ("case", "decide", CASE, "--outcome", "weak"),
}


@pytest.mark.parametrize("command", REASONED.values(), ids=REASONED)
def test_reason_is_a_sentence_that_can_be_shown(refused: Callable[..., Result], command: tuple[str, ...]) -> None:
    refused(*command, "--reason", "\x1b[2J", exit_code=1).refused("invalid_fields")
    refused(*command, "--reason", "x" * 5000, exit_code=1).refused("invalid_fields")
    refused(*command, "--reason", "  ", exit_code=1).refused("reason_missing")
    refused(*command, exit_code=2).refused("usage")


BAD_FIELDS = [
    ("nik", "35780155089"),
    ("nik", "357801550890000X"),
    ("nib", "99"),
    ("npwp", "012345678901234"),
    ("phone", "telepon 0899 rahasia"),
    ("email", "rahasia"),
    ("address", "rahasia" * 1000),
    ("latitude", "nan"),
    ("longitude", "1e999"),
    ("employees", "9" * 400),
    ("capital", "9" * 40),
    ("since", "99999"),
    ("kbli", "x;y"),
    ("scale", "raksasa"),
    ("consent-date", "31/2/2024"),
    ("source", "\x1b"),
]


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
def test_bad_value_is_refused_and_stays_unsaid(refused: Callable[..., Result], field: str, value: str) -> None:
    personal = field in ("nik", "npwp", "phone", "email", "address")
    refused("register", "--name", "C", f"--{field}={value}", exit_code=1, secret=value if personal else "")


@pytest.mark.parametrize("language", ["id", "en"])
def test_nik_in_the_wrong_place_stays_unsaid(
    refused: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    refused("vendor", "show", NIK, exit_code=1).refused("vendor_not_found")
    refused("motif", "list", "--vendor", NIK, exit_code=1)
    refused("vendor", "close", NIK, "--reason", "Pindah", exit_code=1)
    refused("motif", "show", NIK, exit_code=1).refused("motif_not_found")
    refused("product", "add", "--name", "X", "--vendor", NIK, exit_code=1).refused("vendor_not_found")
    refused("product", "link", PRODUCT, NIK, exit_code=1).refused("motif_not_found")


def test_personal_data_is_masked_wherever_it_is_shown(umkm: Run, small_registry: Path) -> None:
    for args in (("list",), ("show", VENDOR), ("export",), ("list", "--nik", NIK)):
        for more in ((), ("--json",)):
            result = umkm("vendor", *args, *more).ok()
            assert "Batik A" in result.out
            assert_presentable(Result(0, result.out.replace("\ufeff", ""), result.err))


def test_texts_beside_a_motif_and_a_case(refused: Callable[..., Result], prepared: Path) -> None:
    image = prepared / "motif.png"
    for text in ("\x1b[2J", "x" * 5000):
        for option in ("--title", "--ref", "--source", "--creators", "--description", "--djki-record"):
            title = () if option == "--title" else ("--title", "T")
            command = ("motif", "register", image, "--vendor", VENDOR, *title, f"{option}={text}")
            refused(*command, exit_code=1).refused("invalid_fields")
        for option in ("--name", "--ref", "--source", "--category", "--unit", "--price", "--tkdn", "--pirt", "--halal"):
            command = ("product", "add", image, "--vendor", VENDOR, "--name", "T", f"{option}={text}")
            refused(*command, exit_code=1).refused("invalid_fields")
        refused("product", "edit", PRODUCT, f"--motif={text}", exit_code=1)
        for option in ("--about", "--seller", "--seen-where", "--note", "--price", "--seen-at"):
            command = ("case", "open", "--complainant", "Ani", "--motif", MOTIF, f"{option}={text}")
            refused(*command, exit_code=1).refused("invalid_fields")
        for option in ("--object", "--territory", "--to"):
            refused("licence", "add", "--motif", MOTIF, "--vendor", OTHER_VENDOR, "--number=1", f"{option}={text}")
        refused("heritage", "add", image, f"--name={text}", exit_code=1)


@posix
def test_file_name_that_steers_a_terminal_is_shown_inert(
    umkm: Run, small_registry: Path, prepared: Path, tmp_path: Path
) -> None:
    odd = shutil.copy(prepared / "motif.png", tmp_path / "aneh\x1b[31m\x9b.png")
    made = umkm("motif", "register", odd, "--vendor", OTHER_VENDOR, "--title", "[red]x[/red]", "--json").ok().json()
    for args in (
        ("motif", "show", made["code"]),
        ("motif", "list"),
        ("motif", "export"),
        ("product", "add", odd, "--vendor", OTHER_VENDOR, "--name", "[red]y[/red]"),
        ("product", "list"),
        ("product", "show", "P-SBY-00002-14"),
        ("product", "check", odd),
        ("product", "export"),
        ("motif", "hash", odd),
        ("motif", "compare", odd, MOTIF),
        ("case", "list"),
    ):
        for more in ((), ("--json",)):
            assert_presentable(umkm(*args, *more).ok())
    assert "[red]x[/red]" in umkm("motif", "list").ok().out
