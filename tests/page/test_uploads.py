"""Uploads live as long as their page: a killed page's go when the next one opens, a living page's stay."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.page.asking import CROP, ask
from tests.page.conftest import Served


@contextmanager
def page() -> Iterator[Served]:
    command = [sys.executable, "-m", "umkm_cli", "open", "--no-browser"]
    with subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        served = Served(process.stdout.readline().split()[-1], process)
        yield served
        process.kill()


def uploaded(home: Path) -> set[Path]:
    return {path for path in (home / "uploads").glob("*/*") if path.is_file()}


def test_what_a_killed_page_left_goes_when_the_next_opens_but_no_living_page_s(home: Path) -> None:
    with page() as killed, page() as living:
        for served in (killed, living):
            assert ask(served, "POST", "check?name=x.jpg", body=CROP).json()["picture"]
        both = uploaded(home)
        killed.process.kill()
        killed.process.wait()
        assert uploaded(home) == both

        with page() as third:
            left = uploaded(home)
            assert left < both
            assert len({path.parent for path in left}) == 1
            found = ask(living, "POST", "check?name=y.jpg", body=CROP).json()
            assert ask(living, "GET", found["picture"]["url"]).status == 200
            assert ask(third, "POST", "close", body=b"").status == 200
            assert third.ended() == 0
        assert ask(living, "POST", "close", body=b"").status == 200
        assert living.ended() == 0
    assert list((home / "uploads").iterdir()) == []
