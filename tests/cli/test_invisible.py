"""Signs that nobody sees, or that turn what is read around: they reach no record, no terminal and no table."""

from pathlib import Path

import pytest

from tests.conftest import Run

CONTROLS = "\x1b\x9b\x07"
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u00ad\u115f\u180e\u200b\u2060\u2064\u3164\ufeff\uffa0"
LINES = "\u2028\u2029"


@pytest.mark.parametrize("sign", [CONTROLS, TURNING, UNSEEN, LINES], ids=["controls", "turning", "unseen", "lines"])
def test_what_was_typed_is_repeated_without_them(
    umkm: Run, sign: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("UMKM_USER", f"rat{sign}na")
    umkm("register", "--name", "Batik Sekar", "--ref", "A-1").ok()
    case = umkm("case", "open", "--complainant", "A-1", "--about", "Kain", "--json").ok()
    shown = [case, umkm("case", "show", case.json()["code"])]
    shown += [umkm("vendor", "show", f"A{sign}1"), umkm("vendor", "list", "--search", f"Bat{sign}ik")]
    shown += [umkm("vendor", "import", tmp_path / f"us{sign}aha.csv"), umkm("motif", "check", f"gam{sign}bar.jpg")]
    for answer in shown:
        assert not set(sign) & set(answer.out + answer.err)


@pytest.mark.parametrize("sign", "\u061c\u200f\u3164", ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_name_is_stored_without_them(umkm: Run, sign: str) -> None:
    umkm("register", "--name", f"Batik {sign}Sekar{sign}", "--owner", sign + "Sri").ok()
    (vendor,) = umkm("vendor", "list", "--json").ok().json()["vendors"]
    assert (vendor["name"], vendor["owner"]) == ("Batik Sekar", "Sri")
    assert umkm("register", "--name", sign, "--json").refused("invalid_fields")


@pytest.mark.parametrize("start", "=+-@\uff1d\uff0b\uff0d\uff20")
def test_no_exported_cell_begins_a_formula(umkm: Run, start: str, tmp_path: Path) -> None:
    umkm("register", "--name", f"{start}HYPERLINK(1)", "--ref", "A-1").ok()
    out = tmp_path / "usaha.csv"
    umkm("vendor", "export", out).ok()
    cells = out.read_text("utf-8-sig").splitlines()[1].split(";")
    assert f"'{start}HYPERLINK(1)" in cells
    assert umkm("vendor", "import", out, "--json").ok().json()["unchanged"] == 1, "reading takes the sign off again"
