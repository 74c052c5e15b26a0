"""OpenBLAS starts no threads beside the program's own, unless somebody asked for them."""

import os
import subprocess
import sys

import pytest

from umkm_cli.cores import cores

SCRIPT = """
import os
from umkm_cli.cli.main import run
run(["--version"])
print(os.environ["OPENBLAS_NUM_THREADS"] if "OPENBLAS_NUM_THREADS" in os.environ else None)
"""


def told(**given: str) -> str:
    """What OpenBLAS would be told in a run whose environment names only what is given."""
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")} | given
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3"), ({"OMP_NUM_THREADS": "2"}, "None")],
    ids=["nothing said", "said", "said to OpenMP"],
)
def test_one_thread_unless_the_user_says_otherwise(given: dict[str, str], expected: str) -> None:
    assert told(**given) == expected


def test_cores_are_those_that_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1, 4, 5}, raising=False)
    assert cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
