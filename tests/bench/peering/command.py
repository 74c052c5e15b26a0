"""`umkm` itself through its command: one import, then one process for each batch of queries."""

import csv
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.peering.answering import Answer, Request
from tests.bench.processes import Registry

VENDORS = 30


class CommandFailedError(Exception):
    """A command of `umkm` did not do what was asked; the sentence says which and why."""


def respond(request: Request, folder: Path, batch: int) -> Answer:
    """In a new registry below `folder`; `seconds` holds the start of each process. Raises `CommandFailedError`."""
    registry = Registry(folder / "registry")
    register(registry, request.registered, folder)
    best: list[int | None] = []
    began = time.perf_counter()
    for start in range(0, len(request.queries), batch):
        best += [place_of(result) for result in check(registry, request.queries[start : start + batch])]
    return Answer(best, time.perf_counter() - began)


def register(registry: Registry, pictures: Sequence[str | Path], folder: Path) -> int:
    """Import pictures, spread over businesses; the motif at position n gets the reference n. How many were held."""
    vendors = folder / "vendors.csv"
    _write(vendors, [["ref", "name"], *([f"V-{n}", f"Usaha {n}"] for n in range(VENDORS))])
    ask(registry, "vendor", "import", vendors)
    motifs, places = folder / "motifs.csv", [Path(picture).resolve() for picture in pictures]
    rows = [[f"V-{n % VENDORS}", str(n), f"Motif {n}", str(path)] for n, path in enumerate(places)]
    _write(motifs, [["vendor", "ref", "title", "image"], *rows])
    done = ask(registry, "motif", "import", motifs, "--images", places[0].parent)
    if done["created"] != len(places):
        raise CommandFailedError(f"{done['created']} of {len(places)} motifs were imported: {done['rows'][:3]}")
    return int(done["held"])


def check(registry: Registry, pictures: Sequence[str | Path]) -> list[dict[str, Any]]:
    """The results of one `umkm motif check`, in order."""
    return list(ask(registry, "motif", "check", *pictures)["results"])


def place_of(result: dict[str, Any]) -> int | None:
    """The position of the motif that alerts most strongly."""
    alerting = [match for match in result["matches"] if match["alert"]]
    return int(alerting[0]["ref"]) if result["alert"] and alerting else None


def ask(registry: Registry, *arguments: str | Path) -> Any:
    code, document, said = registry.run(*arguments)
    if code:
        raise CommandFailedError(f"umkm {' '.join(str(part) for part in arguments[:3])}: exit {code}, {said[-400:]}")
    return document


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as sheet:
        csv.writer(sheet).writerows(rows)
