#!/usr/bin/env python3
"""What starting costs: `python tests/bench/startup.py`. Medians of user + system time, interleaved.

`umkm --help` may cost at most 2.5 times what importing typer does.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.crash import write_vendors
from tests.bench.processes import Registry

HELP_BAR = 2.5
BASE = "python -c 'import typer'"
COMMANDS = {
    BASE: ("-c", "import typer"),
    "umkm --help": ("-m", "umkm_cli", "--help"),
    "umkm vendor list": ("-m", "umkm_cli", "vendor", "list"),
}


def processor_seconds(registry: Registry, arguments: tuple[str, ...]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], env=registry.environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--vendors", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(Path(folder) / "registry")
        code, _, said = registry.run("vendor", "import", write_vendors(Path(folder), asked.vendors, 1))
        if code:
            sys.exit(said)
        for arguments in COMMANDS.values():
            processor_seconds(registry, arguments)  # writes the byte code
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(asked.runs):
            for name, arguments in COMMANDS.items():
                times[name].append(processor_seconds(registry, arguments))
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        print(f"{name:<26}{median * 1000:7.0f} ms  {median / medians[BASE]:5.2f} times")
    return 1 if medians["umkm --help"] > HELP_BAR * medians[BASE] else 0


if __name__ == "__main__":
    sys.exit(main())
