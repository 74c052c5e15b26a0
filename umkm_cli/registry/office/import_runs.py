"""Imports while they run, and those that were cut off: a run whose process is gone is marked by whoever looks next."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.disk.held import HeldFile, left_behind
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.work import Work

RUNNING = "running"
DONE = "done"
INTERRUPTED = "interrupted"


@contextlib.contextmanager
def running(settings: Settings, run_id: str) -> Iterator[None]:
    """Around all of a run, from before it is on record until its end is: its process holds a file meanwhile."""
    held = None
    with contextlib.suppress(OSError):  # then nobody can tell whether it still runs, and nobody marks it
        held = HeldFile(_held_by(settings, run_id))
    try:
        yield
    finally:
        if held is not None:
            held.release()


def end_run(work: "Work", run_id: str, state: str) -> None:
    """Record how a run ended, unless that is on record."""
    from umkm_cli.db.tables import ImportRun

    run = work.session.get(ImportRun, run_id)
    assert run is not None, "the run was committed before its rows"
    if run.state == RUNNING:
        work.changed("import_run", run, {"state": state}, "finish")


def mark_cut_off(office: "Office") -> None:
    """Mark runs as interrupted whose process is gone. Writes only where there is one; raises `UmkmError` then."""
    with office.reading() as reader:
        runs = reader.rows("SELECT id FROM import_run WHERE state = :state", state=RUNNING)
    for run in runs:
        with _is_gone(office.settings, run["id"]) as gone:
            if gone:
                with office.work() as work:
                    end_run(work, run["id"], INTERRUPTED)


@contextlib.contextmanager
def _is_gone(settings: Settings, run_id: str) -> Iterator[bool]:
    """A run without its file ended before such files were kept; in a database of its own it may run elsewhere."""
    path = _held_by(settings, run_id)
    if not path.exists():
        yield settings.database_url is None
        return
    with left_behind(path) as gone:
        yield gone


def _held_by(settings: Settings, run_id: str) -> Path:
    return settings.running / f"{run_id}.lock"
