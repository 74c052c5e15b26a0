"""The office's days and hours on paper and screen, UTC in the record: it is 25 November, 02:30, in Surabaya."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run
from tests.documents import pdf_text
from umkm_cli import clock

NIGHT = "2026-11-24T19:30:00Z"
MOTIF, CASE = "M-SBY-00001-62", "K-SBY-00001-92"
Set = Callable[[str], None]


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> Set:
    def set_to(text: str) -> None:
        monkeypatch.setattr(clock, "utc_now", lambda: datetime.fromisoformat(text.replace("Z", "+00:00")))

    set_to(NIGHT)
    return set_to


@pytest.fixture
def office(umkm: Run) -> Run:
    """With one motif, and a look-alike of another business that waits."""
    for ref, picture in (("A", "motifs/daun-bakau.jpg"), ("B", "suspect/crop.jpg")):
        umkm("register", "--name", f"Batik {ref}", "--ref", ref).ok()
        umkm("motif", "register", SAMPLES / picture, "--vendor", ref, "--title", f"Daun {ref}").ok()
    return umkm


def in_zone(home: Path, zone: str) -> None:
    (home / "settings.toml").write_text(f'timezone = "{zone}"\n', "utf-8")


def test_a_receipt_made_at_half_past_two_is_of_that_day(office: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "tanda terima.pdf"
    document = office("motif", "receipt", MOTIF, file, "--json").ok().json()
    assert (document["made_at"], document["facts"]["registered"]) == (NIGHT, NIGHT), "the record is in UTC"
    text = pdf_text(file)
    assert "dalam daftarnya sejak 25 November 2026." in text
    assert text.count("25 November 2026 pukul 02.30 WIB") == 2
    assert "24 November" not in text
    shown = office("verify", file).ok().out
    assert shown.count("25 November 2026 pukul 02.30 WIB") == 2
    in_zone(home, "Asia/Jayapura")
    assert "25 November 2026 pukul 04.30 WIT" in office("verify", file).ok().out


def test_the_code_on_a_receipt_says_the_offices_day(office: Run, home: Path, tmp_path: Path) -> None:
    import numpy as np

    from tests.documents import pdf_pictures
    from umkm_cli.screening.evidence.verifying import codes_in

    file = tmp_path / "tanda terima.pdf"
    office("motif", "receipt", MOTIF, file).ok()
    (text,) = codes_in(np.ascontiguousarray(pdf_pictures(file)[0][..., ::-1]))
    assert text.split("|")[4] == "2026-11-25"
    assert office("verify", "--text", text, "--json").json()["made_at"] == NIGHT


@pytest.mark.parametrize("name", ["kasus.html", "kasus.pdf"])
@pytest.mark.parametrize(
    ("language", "said"), [("id", "25 November 2026 pukul 02.30 WIB"), ("en", "25 November 2026 at 02:30 WIB")]
)
def test_evidence_carries_the_zone(
    office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, language: str, said: str
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    file = tmp_path / name
    office("case", "report", CASE, file).ok()
    text = pdf_text(file) if name.endswith("pdf") else file.read_text("utf-8").partition('id="evidence"')[0]
    assert said in text
    assert " UTC" not in text
    assert "24 Nov" not in text


def test_days_on_the_screen_are_the_offices(office: Run, moment: Set) -> None:
    assert "25 November 2026" in office("motif", "show", MOTIF).ok().out
    assert "25 Nov 2026" in office("case", "list").ok().out
    document = office("case", "show", CASE, "--json").ok().json()
    assert (document["created_at"], document["due"]) == (NIGHT, "2026-12-09"), "14 days from the 25th"
    moment("2026-12-09T16:59:59Z")
    assert "hari ini" in office("status").ok().out
    moment("2026-12-09T17:00:00Z")
    assert "sudah lewat 1 hari" in office("status").ok().out


def test_a_permission_ends_with_the_offices_day(office: Run, moment: Set) -> None:
    moment("2026-11-25T01:00:00Z")
    office("licence", "add", "--motif", MOTIF, "--vendor", "B", "--number", "1", "--to", "25/11/2026").ok()
    check = ("motif", "check", SAMPLES / "suspect" / "crop.jpg", "--vendor", "B", "--no-record", "--json")
    for text, excuse in (("2026-11-25T16:59:59Z", "licensed"), ("2026-11-25T17:00:00Z", None)):
        moment(text)
        matches = {match["code"]: match["excuse"] for match in office(*check).ok().json()["results"][0]["matches"]}
        assert matches[MOTIF] == excuse


def test_an_offices_zone_is_a_setting(office: Run, home: Path) -> None:
    for zone, day in (("Asia/Makassar", "25"), ("America/New_York", "24")):
        in_zone(home, zone)
        assert f"{day} November 2026" in office("motif", "show", MOTIF).ok().out


@pytest.mark.parametrize("stated", ['"Asia/Surabaya"', '"Asia"', '"../etc/passwd"', '""', "7", '"WIB"'])
def test_a_zone_that_there_is_not_is_said(umkm: Run, home: Path, stated: str) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(f"timezone = {stated}\n", "utf-8")
    result = umkm("vendor", "list", "--json")
    assert result.exit_code == 2
    message = result.refused("bad_setting")["message"]
    assert "timezone" in message
    assert "Asia/Makassar (WITA)" in message


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        *(("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"), ("UTC", "UTC")),
        *(("Asia/Singapore", "UTC+8"), ("Asia/Kolkata", "UTC+5:30"), ("America/St_Johns", "UTC-3:30")),
    ],
)
def test_indonesian_zones_have_names_and_others_their_distance(zone: str, name: str) -> None:
    when = datetime(2026, 11, 24, 19, 30, tzinfo=UTC).astimezone(clock.zone_named(zone))
    assert clock.zone_name(when) == name


def test_the_indonesian_zones_are_those_of_the_database() -> None:
    from zoneinfo import ZoneInfo

    for name, fixed in clock.INDONESIAN.items():
        for month in (1, 7):
            when = datetime(2026, month, 1, tzinfo=UTC)
            known = when.astimezone(ZoneInfo(name))
            assert (known.utcoffset(), known.tzname()) == (fixed.utcoffset(when), fixed.tzname(when))


def test_what_a_person_typed_is_no_moment(office: Run) -> None:
    for title in ("2026-11-24T25:61:00Z", "2026-13-45", "2026-11-24Tari"):
        office("motif", "edit", MOTIF, "--title", title).ok()
        assert title in office("motif", "show", MOTIF).ok().out
