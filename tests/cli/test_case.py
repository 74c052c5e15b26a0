"""A case from its opening to its decision and back: every step in its history and in the audit, bad ones refused."""

import hashlib
import os
import select
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES, Run
from umkm_cli import clock
from umkm_cli.cli.case.docket import Answers, Docket
from umkm_cli.settings import read_settings

WEAK = ("--outcome", "weak", "--reason", "Hanya pola dasarnya yang sama")


def opened(umkm: Run, about: str = "Kain di pasar") -> str:
    code: str = umkm("case", "open", "--complainant", "Siti", "--about", about, "--json").ok().json()["code"]
    return code


def shown(umkm: Run, code: str) -> Any:
    return umkm("case", "show", code, "--json").ok().json()


def kinds(document: Any) -> list[str]:
    return [event["kind"] for event in document["events"]]


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    file = tmp_path / "nota pembelian.pdf"
    file.write_bytes(b"%PDF-1.4 nota")
    return file


def test_every_step_is_in_the_history_with_who_and_what(
    umkm: Run, monkeypatch: pytest.MonkeyPatch, receipt: Path
) -> None:
    code = opened(umkm)
    monkeypatch.setenv("UMKM_USER", "ratna")
    umkm("case", "review", code).ok()
    umkm("case", "note", code, "--text", "Pengadu membawa kain").ok()
    umkm("case", "respondent", code, "--name", "Toko Harapan").ok()
    umkm("case", "attach", code, receipt, "--kind", "receipt", "--note", "Dibeli 3 November").ok()
    umkm("case", "object", code, "--text", "Kami buat sendiri", "--file", receipt).ok()
    umkm("case", "answer", code, "--text", "Mohon sketsanya").ok()
    umkm("case", "due", code, "31/12/2099").ok()
    under_review = shown(umkm, code)
    assert (under_review["status"], under_review["reviewer"]) == ("review", "ratna")
    umkm("case", "decide", code, *WEAK).ok()
    umkm("case", "reopen", code, "--reason", "Ada sketsa baru").ok()
    document = shown(umkm, code)
    assert kinds(document) == [
        *("opening", "review", "note", "respondent", "attachment", "objection", "attachment", "answer", "due"),
        *("decision", "reopening"),
    ]
    assert [event["actor"] for event in document["events"]] == ["petugas"] + ["ratna"] * 10
    said = {event["kind"]: event["text"] for event in document["events"]}
    assert (said["note"], said["objection"]) == ("Pengadu membawa kain", "Kami buat sendiri")
    assert (document["status"], document["reviewer"], document["respondent"]) == ("open", None, "Toko Harapan")
    assert [decision["outcome"] for decision in document["decisions"]] == ["weak"]
    digest = hashlib.sha256(receipt.read_bytes()).hexdigest()
    assert [(item["purpose"], item["sha256"]) for item in document["attachments"]] == [
        ("receipt", digest),
        ("objection", digest),
    ]
    people = umkm("case", "show", code).ok().out
    for text in (
        "Dibeli 3 November",
        "Toko Harapan",
        "Kami buat sendiri",
        "Mohon sketsanya",
        "Ada sketsa baru",
        "ratna",
    ):
        assert text in people
    verified = umkm("audit", "verify", "--json").ok().json()
    assert verified["intact"]


def test_the_history_fits_a_narrow_screen(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code = opened(umkm)
    umkm("case", "note", code, "--text", "Pengadu akan membawa kain contoh yang dibeli di pasar. " * 5).ok()
    monkeypatch.setenv("COLUMNS", "80")
    lines = umkm("case", "show", code).ok().out.splitlines()
    history = lines[lines.index("Riwayat:") + 1 :]
    history = history[: history.index("")]
    assert len(history) > 4
    assert max(map(len, history)) <= 80
    assert all(line.startswith(" ") for line in history[2:]), "words stand below words"


def test_steps_that_do_not_fit_are_refused(umkm: Run, receipt: Path, tmp_path: Path) -> None:
    code = opened(umkm)
    step = ("case", "review", code, "--json")
    umkm(*step).ok()
    umkm(*step).refused("case_in_review")
    umkm("case", "answer", code, "--text", "Apa?", "--json").refused("no_objection")
    umkm("case", "reopen", code, "--reason", "x", "--json").refused("case_not_decided")
    umkm("case", "note", code, "--text", "  ", "--json").refused("invalid_fields")
    umkm("case", "due", code, "1/1/2020", "--json").refused("due_is_past")
    umkm("case", "due", code, "besok", "--json").refused("invalid_fields")
    umkm("case", "attach", code, receipt, "--kind", "nota", "--json").refused("unknown_purpose")
    umkm("case", "attach", code, tmp_path / "hilang.pdf", "--json").refused("file_not_found")
    umkm("case", "respondent", code, "--json").refused("respondent_how")
    umkm("case", "respondent", code, "--name", "A", "--unknown", "--json").refused("respondent_how")
    umkm("case", "--json", "show", code).refused("json_belongs_to_command")
    before = kinds(shown(umkm, code))
    assert before == ["opening", "review"], "what was refused left no trace"
    umkm("case", "decide", code, *WEAK).ok()
    for refused in (("review",), ("respondent", "--unknown"), ("due", "31/12/2099"), ("decide", *WEAK)):
        umkm("case", refused[0], code, *refused[1:], "--json").refused("case_decided")
    umkm("case", "reopen", code, "--reason", " ", "--json").refused("reason_missing")
    umkm("case", "note", code, "--text", "Diberitahukan kepada kedua pihak").ok()


def test_the_same_file_twice_is_one_step(umkm: Run, receipt: Path) -> None:
    code = opened(umkm)
    for _ in range(2):
        assert "Berkas bukti pada kasus" in umkm("case", "attach", code, receipt, "--kind", "receipt").ok().out
    assert kinds(shown(umkm, code)) == ["opening", "attachment"]
    assert len(shown(umkm, code)["attachments"]) == 1


def test_a_colleague_takes_a_review_over(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code = opened(umkm)
    umkm("case", "review", code).ok()
    monkeypatch.setenv("UMKM_USER", "ratna")
    assert umkm("case", "review", code, "--json").ok().json()["reviewer"] == "ratna"


def test_a_respondent_may_be_a_business_but_not_the_complaining_one(umkm: Run) -> None:
    for name in ("A", "B"):
        umkm("register", "--name", f"Batik {name}", "--ref", name).ok()
    picture = SAMPLES / "motifs" / "semanggi.jpg"
    umkm("motif", "register", picture, "--vendor", "A", "--title", "Semanggi", "--ref", "M-1").ok()
    case = umkm("case", "open", "--complainant", "A", "--motif", "M-1", "--json").ok().json()["code"]
    umkm("case", "respondent", case, "--vendor", "A", "--json").refused("respondent_is_owner")
    named = umkm("case", "respondent", case, "--vendor", "B", "--json").ok().json()
    assert (named["respondent"], named["respondent_vendor"]["name"]) == ("Batik B", "Batik B")
    again = umkm("case", "respondent", case, "--unknown", "--json").ok().json()
    assert (again["respondent"], again["respondent_vendor"]) == (None, None)
    assert kinds(again) == ["opening", "respondent", "respondent"]


def test_deadlines_are_shown_when_they_are_near_or_past(umkm: Run, home: Path) -> None:
    today = clock.today()
    umkm("vendor", "list").ok()
    days = {}
    for days_ahead in (0, 7, 8):
        (home / "settings.toml").write_text(f"case_days = {days_ahead}\n", "utf-8")
        days[opened(umkm)] = today + timedelta(days=days_ahead)
    none, soon, far = days
    assert {code: shown(umkm, code)["due"] for code in days} == {
        none: None,
        soon: days[soon].isoformat(),
        far: days[far].isoformat(),
    }
    umkm("case", "due", none, today.isoformat()).ok()
    pressing = [none, soon]
    status = umkm("status", "--json").ok().json()
    assert [case["code"] for case in status["attention"]["due_cases"]] == pressing
    people = umkm("status").ok().out
    assert "hari ini" in people
    assert "7 hari lagi" in people
    assert far not in people
    listed = umkm("case", "list").ok().out
    assert [line.count("dekat") for line in listed.splitlines() if "K-SBY" in line] == [1, 1, 0]
    umkm("case", "decide", soon, *WEAK).ok()
    assert [case["code"] for case in umkm("status", "--json").ok().json()["attention"]["due_cases"]] == [none]


@pytest.mark.parametrize("value", ["-1", '"14"', "true", "99999"])
def test_a_deadline_setting_that_makes_no_sense_is_refused(umkm: Run, home: Path, value: str) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(f"case_days = {value}\n", "utf-8")
    umkm("case", "list", "--json").refused("bad_setting")


def test_cases_under_review_still_wait(umkm: Run) -> None:
    code, other = opened(umkm), opened(umkm)
    umkm("case", "review", code).ok()
    umkm("case", "decide", other, *WEAK).ok()
    assert [case["code"] for case in umkm("case", "list", "--json").ok().json()["cases"]] == [code]
    assert len(umkm("case", "list", "--all", "--json").ok().json()["cases"]) == 2
    status = umkm("status", "--json").ok().json()
    assert status["counts"]["cases"] == {"open": 0, "review": 1, "decided": 1}
    assert status["attention"]["open_cases"] == 1


def test_reopening_lets_a_released_motif_wait_again(umkm: Run, registry: Path) -> None:
    case = umkm("case", "list", "--json").ok().json()["cases"][0]["code"]
    umkm("case", "decide", case, *WEAK).ok()
    assert umkm("motif", "show", "M-15", "--json").ok().json()["status"] == "registered"
    umkm("case", "reopen", case, "--reason", "Ada sketsa baru").ok()
    assert umkm("motif", "show", "M-15", "--json").ok().json()["status"] == "held"


def test_without_a_terminal_the_noun_alone_lists(umkm: Run) -> None:
    code = opened(umkm)
    assert umkm("case").ok().out == umkm("case", "list").ok().out
    assert umkm("case", "--json").ok().json() == umkm("case", "list", "--json").ok().json()
    assert code in umkm("case").ok().out


class Typed:
    """A person who types these keys and lines."""

    def __init__(self, keys: str, *lines: str) -> None:
        self._keys: Iterator[str] = iter(keys)
        self._lines: Iterator[str] = iter(lines)

    def answers(self) -> Answers:
        return Answers(lambda: next(self._keys), lambda _: next(self._lines))


def test_keys_work_through_the_cases(umkm: Run, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, third = opened(umkm), opened(umkm), opened(umkm)
    reports: list[str] = []
    typed = Typed("xonrmpnnd1d2q", "Kain dilihat", "", "Hanya pola dasarnya")
    Docket(read_settings(), typed.answers(), reports.append).work()
    assert reports == [first]
    assert kinds(shown(umkm, first)) == ["opening"]
    assert kinds(shown(umkm, second)) == ["opening", "review", "note"]
    decided = shown(umkm, third)
    assert [(d["outcome"], d["reason"]) for d in decided["decisions"]] == [("weak", "Hanya pola dasarnya")]
    said = capsys.readouterr()
    assert "[n] berikutnya  [p] sebelumnya  [r] telaah  [d] putuskan  [m] catat  [o] laporan  [q] selesai" in said.err
    assert "Tombol itu tidak dipakai di sini." in said.err
    assert "Tidak ada yang dicatat." in said.err
    assert "Kasus 3 dari 3" in said.out


def test_a_refusal_at_the_desk_is_said_and_the_desk_stays(umkm: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code = opened(umkm)
    reports: list[str] = []
    Docket(read_settings(), Typed("rron").answers(), reports.append).work()
    assert reports == [code]
    assert kinds(shown(umkm, code)) == ["opening", "review"]
    said = capsys.readouterr()
    assert "sudah ditelaah oleh petugas" in said.err
    assert "Semua kasus sudah dilewati." in said.out


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_keys_at_a_real_terminal(umkm: Run) -> None:
    import pty
    import termios

    code = opened(umkm)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "umkm_cli", "case"])
    said = b""

    def until(text: str, times: int = 1, *, key_awaited: bool = False) -> None:
        nonlocal said
        while said.count(text.encode()) < times or (key_awaited and termios.tcgetattr(terminal)[3] & termios.ICANON):
            if select.select([terminal], [], [], 0.05)[0]:
                said += os.read(terminal, 1024)

    until("[q] selesai", key_awaited=True)
    os.write(terminal, b"m")
    until("Catatan:")
    os.write(terminal, b"Pengadu datang\n")
    until("Catatan ditambahkan")
    until("[q] selesai", 2, key_awaited=True)
    os.write(terminal, b"q")
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(terminal)
    assert kinds(shown(umkm, code)) == ["opening", "note"]
