"""Commands and options that do not exist, and arguments that are no text."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Result, Run, posix
from tests.refusals import CASE, PRODUCT, VENDOR, assert_presentable, contents


def as_user(*args: str | bytes, timeout: float = 60, **environment: str) -> Result:
    """A process of its own, with arguments as bytes and an environment that a test chose."""
    command = [sys.executable, "-m", "umkm_cli", *args]
    done = subprocess.run(command, capture_output=True, timeout=timeout, env={**os.environ, **environment}, check=False)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


WRONG_USAGE = [
    ("nope",),
    ("--nope",),
    ("\x1b[31m",),
    (),
    ("vendor",),
    ("vendor", "nope"),
    ("vendor", "list", "--nope"),
    ("vendor", "list", "--\x1b[31m"),
    ("vendor", "list", "--limit", "0"),
    ("vendor", "list", "--limit", "x"),
    ("vendor", "show"),
    ("vendor", "show", "a", "b"),
    ("vendor", "import"),
    ("vendor", "import", "a\x00b.csv"),
    ("motif", "check"),
    ("motif", "check", "x.png", "--top", "0"),
    ("motif", "check", "x.png", "--top", "-1"),
    ("motif", "register", "x.png"),
    ("product", "add", "--name", "x"),
    ("product", "link", PRODUCT),
    ("case", "decide", CASE, "--outcome", "maybe", "--reason", "x"),
    ("status", "extra"),
]


@pytest.mark.parametrize("args", WRONG_USAGE)
def test_wrong_usage(umkm: Run, small_registry: Path, args: tuple[str, ...]) -> None:
    before = contents(small_registry)
    result = umkm(*args, "--json")
    assert result.exit_code == 2
    result.refused("usage")
    assert_presentable(result)
    people = umkm(*args)
    assert people.exit_code == 2
    assert "Traceback" not in people.err
    assert contents(small_registry) == before


@posix
@pytest.mark.parametrize(
    "args",
    [
        (b"register", b"--name", b"a\xff\xfe"),
        (b"vendor", b"show", b"\xff"),
        (b"vendor", b"close", VENDOR.encode(), b"--reason", b"\xff"),
        (b"motif", b"compare", b"\xff.png", b"\xff"),
    ],
)
def test_bytes_that_are_no_text(small_registry: Path, args: tuple[bytes, ...]) -> None:
    before = contents(small_registry)
    result = as_user(*args, b"--json")
    document = result.refused(result.json()["error"])
    assert document["error"] != "internal", document
    assert result.exit_code in (1, 2)
    assert_presentable(result)
    assert contents(small_registry) == before
