"""A registry of its own for every test, and the command as users run it: in this process, or as one of its own."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from hypothesis import HealthCheck, settings

from tests import browser as browsers
from tests.schemas import validated

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.refusals"]

# On a busy computer, too.
settings.register_profile("umkm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("umkm")

PROCESS_TIMEOUT_S = 120
posix = pytest.mark.skipif(os.name != "posix", reason="pipes, devices, signals and byte arguments are POSIX")
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    exit_code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one document on stdout, as its type says; anything beside it is an error."""
        return validated(json.loads(self.out))

    def ok(self) -> "Result":
        """This result, which must be a success; the failure shows what the command said."""
        assert self.exit_code == 0, f"exit {self.exit_code}\n{self.out}\n{self.err}"
        return self

    def imported(self) -> Any:
        """The document of an import, whose exit code must say whether every row was refused."""
        document = self.json()
        went_in = [row for row in document["rows"] if row["status"] in ("created", "updated", "unchanged")]
        assert self.exit_code == int(bool(document["rows"]) and not went_in), self.err
        return document

    def refused(self, code: str) -> Any:
        """The error document of a run with `--json`, which must carry this stable key."""
        document = self.json()
        assert self.exit_code != 0
        assert document["schema"] == "umkm.error/1"
        assert document["error"] == code, document
        return document


class Run(Protocol):
    def __call__(self, *args: str | Path, stdin: str = "") -> Result: ...


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a registry that does not exist yet; the environment says nothing else."""
    for name in list(os.environ):
        if name.startswith("UMKM_") or name in ("LANGUAGE", "LANG", "LC_ALL", "COLUMNS", "FORCE_COLOR"):
            monkeypatch.delenv(name)
    folder = tmp_path / "daftar usaha"
    monkeypatch.setenv("UMKM_HOME", str(folder))
    monkeypatch.setenv("UMKM_LANG", "id")
    monkeypatch.setenv("UMKM_USER", "petugas")
    monkeypatch.setenv("LANGUAGE", "id")
    monkeypatch.setenv("COLUMNS", "1000")
    return folder


@pytest.fixture
def umkm(home: Path) -> Run:
    """`umkm("vendor", "list", "--json")`: the real command in this process, without a terminal."""

    return run_command


def run_command(*args: str | Path, stdin: str = "") -> Result:
    """The real command in this process; the environment says which registry."""
    from umkm_cli.cli import main

    with _captured(stdin) as (out, err):
        code = main.run([str(arg) for arg in args])
    return Result(code, _text(out), _text(err))


@pytest.fixture
def umkm_process(home: Path) -> Run:
    """The same as a process of its own: slower, with real arguments, streams and imports."""

    def run(*args: str | Path, stdin: str = "") -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "umkm_cli", *map(str, args)],
            input=stdin.encode(),
            capture_output=True,
            timeout=PROCESS_TIMEOUT_S,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' vendors and motifs, registered by the command."""
    home = tmp_path_factory.mktemp("samples") / "registry"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("UMKM_")} | {"UMKM_HOME": str(home)}
    for noun in ("vendor", "motif"):
        command = [sys.executable, "-m", "umkm_cli", noun, "import", str(SAMPLES / f"{noun}s.csv"), "--json"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def registry(home: Path, filled: Path) -> Path:
    """A copy of it for one test."""
    shutil.copytree(filled, home)
    return home


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser for all tests of pages."""
    from playwright.sync_api import sync_playwright

    path = browsers.find()
    assert path is not None, (
        "The tests of the page need a browser: install chromium (or Chrome, or Edge), "
        "or name one in UMKM_TEST_BROWSER. Run as root on Debian, tests/run.py installs it."
    )
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path)
        yield found
        found.close()


@contextlib.contextmanager
def _captured(stdin: str) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    out, err, given = (_stream(text) for text in ("", "", stdin))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        before, sys.stdin = sys.stdin, given
        try:
            yield out, err
        finally:
            sys.stdin = before


def _stream(text: str) -> io.TextIOWrapper:
    """Like the console's: with a `buffer` for bytes, and UTF-8."""
    data = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    return io.TextIOWrapper(data, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
