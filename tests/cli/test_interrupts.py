"""Ctrl-C in the middle: whole rows are kept, and nothing else."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROCESS_TIMEOUT_S, Result, Run, posix
from tests.refusals import assert_presentable, contents


def test_interrupt_in_the_middle(umkm: Run, small_registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from umkm_cli.registry.records import registering

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    before = contents(small_registry)
    monkeypatch.setattr(registering, "save_vendor", interrupted)
    result = umkm("register", "--name", "C", "--json")
    assert result.exit_code == 130
    result.refused("interrupted")
    assert_presentable(result)
    assert contents(small_registry) == before


def hears_interrupts() -> None:
    """A shell lets what it runs in the background ignore interrupts, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
def test_interrupt_by_signal_keeps_whole_rows(umkm: Run, small_registry: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "daftar.csv"
    sheet.write_text("name;ref\n" + "".join(f"Usaha {n};R{n}\n" for n in range(20_000)))
    command = [sys.executable, "-m", "umkm_cli", "vendor", "import", str(sheet), "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=hears_interrupts
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()  # the first rows are stored
        process.send_signal(signal.SIGINT)
        out, rest = process.communicate(timeout=PROCESS_TIMEOUT_S)
    err = first + rest
    assert process.returncode == 130
    assert json.loads(out)["schema"]
    assert_presentable(Result(130, out.decode(), err.decode()))
    umkm("audit", "verify").ok()
