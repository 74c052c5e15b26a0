"""A registry of its own for a trial, and the command as processes that run against it."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 900
_READY = "ready"
_WORKER = f"""
import sys
from umkm_cli.cli import main
import umkm_cli.registry.records.registering, umkm_cli.db.store, umkm_cli.db.migrate
print({_READY!r}, file=sys.stderr, flush=True)
sys.stdin.readline()
prefix, count = sys.argv[1], int(sys.argv[2])
for number in range(count):
    code = main.run(["register", "--name", f"Batik {{prefix}} {{number}}", "--ref", f"{{prefix}}-{{number}}", "--json"])
    if code:
        sys.exit(code)
"""


@dataclass(frozen=True)
class Registry:
    """A folder that holds a registry, or will."""

    home: Path

    @property
    def database(self) -> Path:
        return self.home / "umkm.db"

    @property
    def environment(self) -> Mapping[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("UMKM_")}
        paths = [str(ROOT), *filter(None, [ours.get("PYTHONPATH")])]
        given = {"UMKM_HOME": str(self.home), "UMKM_LANG": "en", "UMKM_USER": "clerk"}
        return ours | given | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}

    def start(self, *arguments: str | Path, out: int | IO[bytes], err: int | IO[bytes]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "umkm_cli", *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)

    def start_registering(self, prefix: str, count: int) -> subprocess.Popen[bytes]:
        """A process that has everything loaded and registers `count` vendors once a line reaches its stdin."""
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", _WORKER, prefix, str(count)]
        process = subprocess.Popen(command, env=self.environment, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe)
        assert process.stderr is not None
        said = process.stderr.readline().decode().strip()
        if said != _READY:
            raise RuntimeError(f"{said}\n{process.communicate()[1].decode()}")
        return process

    def run(self, *arguments: str | Path) -> tuple[int, Any, str]:
        """Exit code, the document on stdout and what stderr says."""
        process = self.start(*arguments, "--json", out=subprocess.PIPE, err=subprocess.PIPE)
        out, err = process.communicate(timeout=TIMEOUT_S)
        return process.returncode, json.loads(out), err.decode()

    def rows(self, sql: str, *params: object) -> list[Any]:
        """Rows straight from the database, none where there is none yet or its tables are still to come."""
        if not self.database.exists():
            return []
        try:
            with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", timeout=60, uri=True)) as connection:
                return connection.execute(sql, params).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise

    def value(self, sql: str, *params: object) -> Any:
        found = self.rows(sql, *params)
        return found[0][0] if found else 0
