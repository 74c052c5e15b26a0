#!/usr/bin/env python3
"""Several processes at one registry: `python tests/bench/concurrency.py [--vendors 200 --first-users 10 --rows 1000]`.

Two processes register vendors at once; two are both the first user of a new registry; two import the same file.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.crash import write_vendors
from tests.bench.processes import TIMEOUT_S, Registry


def register_at_once(registry: Registry, count: int, processes: int = 2) -> list[str]:
    """`count` vendors from each process, all of them released at the same moment; what is wrong afterwards.

    Where the registry does not exist yet, each process is its first user: key and tables are made in a race.
    """
    workers = [registry.start_registering(f"P{number}", count) for number in range(processes)]
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(b"\n")
        worker.stdin.flush()
    wrong = []
    for worker in workers:
        _, said = worker.communicate(timeout=TIMEOUT_S)
        if worker.returncode:
            wrong.append(f"exit {worker.returncode}: {said.decode()}")
    refs = [f"P{number}-{k}" for number in range(processes) for k in range(count)]
    return wrong + _not_whole(registry, refs)


def import_at_once(registry: Registry, sheet: Path, rows: int) -> list[str]:
    """The same file from two processes: each vendor once, and both say truthfully what they did."""
    pipe = subprocess.PIPE
    running = [registry.start("vendor", "import", sheet, "--json", out=pipe, err=pipe) for _ in range(2)]
    created, wrong = 0, []
    for process in running:
        out, said = process.communicate(timeout=TIMEOUT_S)
        document = json.loads(out)
        if process.returncode or document["created"] + document["unchanged"] != rows:
            counts = {name: value for name, value in document.items() if isinstance(value, int)}
            wrong.append(f"exit {process.returncode}, {counts}: {said.decode()}")
        created += document.get("created", 0)
    if created != rows:
        wrong.append(f"{created} created for {rows} rows")
    return wrong + _not_whole(registry, [f"V-{n}" for n in range(rows)])


def _not_whole(registry: Registry, refs: Sequence[str]) -> list[str]:
    wrong = []
    found = registry.rows("SELECT code, ref FROM vendor")
    if sorted(ref for _, ref in found) != sorted(refs):
        wrong.append(f"{len(found)} vendors for {len(refs)}")
    if len({code for code, _ in found}) != len(found):
        wrong.append("a code was given twice")
    code, document, said = registry.run("audit", "verify")
    if code or not document["intact"]:
        wrong.append(f"audit verify: {said}")
    entries = registry.value("SELECT count(*) FROM audit WHERE action = 'create' AND entity = 'vendor'")
    if entries != len(found):
        wrong.append(f"{entries} entries in the audit for {len(found)} vendors")
    keys = sorted(path.name for path in (registry.home / "keys").iterdir())
    if keys != ["registry.key"]:
        wrong.append(f"keys: {keys}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, default in (("vendors", 200), ("first-users", 10), ("rows", 1000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(asked.first_users):
            start = time.monotonic()
            found = register_at_once(Registry(folder / f"first {number}"), 1)
            wrong += found
            print(f"first users {number}: {len(found)} violations, {time.monotonic() - start:.1f} s", flush=True)
        start = time.monotonic()
        found = register_at_once(Registry(folder / "many"), asked.vendors)
        wrong += found
        print(f"2 × {asked.vendors} vendors: {len(found)} violations, {time.monotonic() - start:.1f} s", flush=True)
        start = time.monotonic()
        found = import_at_once(Registry(folder / "same"), write_vendors(folder, asked.rows, 1), asked.rows)
        wrong += found
        print(f"2 × the same {asked.rows} rows: {len(found)} violations, {time.monotonic() - start:.1f} s", flush=True)
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
