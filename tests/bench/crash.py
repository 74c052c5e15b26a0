#!/usr/bin/env python3
"""Imports killed without warning: `python tests/bench/crash.py [--kills 20 --vendors 3000 --motifs 300 --seed 1]`.

Every kill falls at a moment drawn from the seed: after so many stored records, and a little later. Then the registry
must open, its audit chain hold, nothing that was acknowledged be missing and no record be half there. Four kills in a
row hit one registry, the import going on behind each; then the file is imported to its end and once more.
"""

import argparse
import hashlib
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.processes import TIMEOUT_S, Registry

KILLS_A_REGISTRY = 4
POLL_S = 0.05
EXTRA_S = 0.4
VENDOR_OF_MOTIFS = "V-1"


@dataclass(frozen=True)
class Trial:
    """What is imported how often; `later_s` bounds the wait between the drawn progress and the kill."""

    kind: str
    rows: int
    kills: int
    seed: int
    step: int = 1
    later_s: float = 0.0


@dataclass
class Findings:
    """What the kills met. `violations` are sentences; there must be none."""

    kills: int = 0
    ended_first: int = 0
    before_first_row: int = 0
    stored_at_kill: list[int] = field(default_factory=list)
    completed: int = 0
    drafts_left: int = 0
    violations: list[str] = field(default_factory=list)

    def demand(self, holds: bool, sentence: str) -> None:
        if not holds:
            self.violations.append(sentence)


def run_trial(trial: Trial, folder: Path, tell: Callable[[str], None] = lambda _: None) -> Findings:
    """All kills of a trial, each group of them on a registry of its own below `folder`."""
    draw = random.Random(f"{trial.kind} {trial.seed}")
    sheet = (write_vendors if trial.kind == "vendor" else write_motifs)(folder, trial.rows, trial.seed)
    found = Findings()
    for number, kills in enumerate(_groups(trial.kills)):
        registry = Registry(folder / f"registry {number}")
        if trial.kind == "motif":
            found.demand(
                registry.run("register", "--name", "Batik Tanjung", "--ref", VENDOR_OF_MOTIFS)[0] == 0, "no vendor"
            )
        for target in sorted(draw.randrange(0, trial.rows, trial.step) for _ in range(kills)):
            _kill_once(registry, trial, sheet, target, draw.uniform(0, trial.later_s), found)
            check_whole(registry, trial.kind, found)
            tell(
                f"{trial.kind}: {found.kills + found.ended_first} of {trial.kills}, {len(found.violations)} violations"
            )
        _complete(registry, trial, sheet, found)
    return found


def write_vendors(folder: Path, rows: int, seed: int) -> Path:
    draw = random.Random(seed)
    path = folder / "vendors.csv"
    kecamatan = ("Rungkut", "Gubeng", "Wonokromo", "Tegalsari", "Kenjeran")
    lines = ["ref;nama_usaha;pemilik;kecamatan;telepon;modal;tahun_berdiri"]
    for n in range(rows):
        where, money, year = draw.choice(kecamatan), draw.randrange(1, 900), draw.randrange(1990, 2025)
        lines.append(f"V-{n};Batik Sekar {n};Pemilik {n};{where};0812-3000-{n:04};Rp {money}.000.000,00;{year}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def write_motifs(folder: Path, rows: int, seed: int) -> Path:
    """A sheet and a small picture of irregular lines for each of its rows."""
    import numpy as np
    from PIL import Image, ImageDraw

    (folder / "pictures").mkdir()
    lines = ["usaha;ref;judul;gambar"]
    for n in range(rows):
        draw = np.random.default_rng([seed, n])
        width, height = (int(side) for side in draw.integers(200, 301, 2))
        picture = Image.new("RGB", (width, height), tuple(int(part) for part in draw.integers(190, 256, 3)))
        pen = ImageDraw.Draw(picture)
        for _ in range(int(draw.integers(14, 24))):
            start = draw.uniform(0, 1, 2) * (width, height)
            steps = draw.normal(0, 22, (int(draw.integers(4, 12)), 2)).cumsum(axis=0)
            points = [(float(x), float(y)) for x, y in start + steps]
            pen.line(points, tuple(int(part) for part in draw.integers(0, 140, 3)), int(draw.integers(1, 6)), "curve")
        picture.save(folder / "pictures" / f"{n}.png")
        lines.append(f"{VENDOR_OF_MOTIFS};M-{n};Motif {n};pictures/{n}.png")
    path = folder / "motifs.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def check_whole(registry: Registry, kind: str, found: Findings) -> None:
    """It opens, its audit chain holds, and every record is there with all that belongs to it."""
    code, document, said = registry.run("status")
    found.demand(code == 0 and document["schema"] == "umkm.status/1", f"status: {said}")
    code, document, said = registry.run("audit", "verify")
    found.demand(code == 0 and document.get("intact") is True, f"audit verify: {said}")
    found.demand(registry.value("PRAGMA integrity_check") == "ok", "the database is damaged")
    for sentence, sql in _HALVES:
        for row in registry.rows(sql):
            found.violations.append(f"{sentence}: {row}")
    given = registry.value(f"SELECT count(*) FROM {kind} WHERE ref IS NOT NULL")
    counted = registry.value(
        "SELECT count(*) FROM import_row JOIN import_run ON id = run_id WHERE status = 'created' AND kind = ?", kind
    )
    found.demand(given == counted, f"{given} records of kind {kind}, {counted} rows that made one")
    for (sha256,) in registry.rows("SELECT sha256 FROM image WHERE stored"):
        files = list((registry.home / "images" / sha256[:2]).glob(f"{sha256}.*"))
        held = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
        found.demand(held == [sha256], f"image {sha256}: files {files}")


_HALVES = (
    ("a foreign key points nowhere", "PRAGMA foreign_key_check"),
    ("a vendor without code", "SELECT id FROM vendor WHERE code = ''"),
    (
        "a record without its entry in the audit",
        "SELECT kind, r.id FROM (SELECT 'vendor' AS kind, id FROM vendor UNION ALL SELECT 'motif', id FROM motif "
        "UNION ALL SELECT 'view', id FROM view UNION ALL SELECT 'import_run', id FROM import_run) r "
        "WHERE 1 <> (SELECT count(*) FROM audit WHERE action = 'create' AND entity = kind AND entity_id = r.id)",
    ),
    (
        "an entry in the audit without its record",
        "SELECT entity, entity_id FROM audit WHERE action = 'create' AND entity IN ('vendor', 'motif') "
        "AND entity_id NOT IN (SELECT id FROM vendor UNION ALL SELECT id FROM motif)",
    ),
    ("a motif without view", "SELECT code FROM motif WHERE id NOT IN (SELECT motif_id FROM view)"),
    ("a view without stored image", "SELECT id FROM view WHERE sha256 NOT IN (SELECT sha256 FROM image WHERE stored)"),
    ("a view without fingerprint", "SELECT id FROM view WHERE sha256 NOT IN (SELECT sha256 FROM fingerprint)"),
    (
        "an imported row without its record",
        "SELECT run_id, row FROM import_row WHERE status = 'created' "
        "AND NOT EXISTS (SELECT 1 FROM vendor WHERE vendor.code = import_row.code AND vendor.ref = import_row.ref) "
        "AND NOT EXISTS (SELECT 1 FROM motif WHERE motif.code = import_row.code AND motif.ref = import_row.ref)",
    ),
)


def _groups(kills: int) -> Iterator[int]:
    for start in range(0, kills, KILLS_A_REGISTRY):
        yield min(KILLS_A_REGISTRY, kills - start)


def _kill_once(registry: Registry, trial: Trial, sheet: Path, target: int, later_s: float, found: Findings) -> None:
    runs = registry.value("SELECT count(*) FROM import_run")
    log = registry.home.parent / "progress.txt"
    with log.open("wb") as err:
        process = registry.start(trial.kind, "import", sheet, "--json", out=subprocess.DEVNULL, err=err)
        deadline = time.monotonic() + TIMEOUT_S
        while not _ended_within(process, POLL_S) and time.monotonic() < deadline:
            if registry.value("SELECT count(*) FROM import_run") > runs and _stored(registry, trial.kind) >= target:
                break
        _ended_within(process, later_s)
        before = registry.value(f"SELECT count(*) FROM {trial.kind}")
        process.kill()  # SIGKILL; on Windows TerminateProcess
        code = process.wait()
    if code == 0:
        found.ended_first += 1
    else:
        found.kills += 1
    after = registry.value(f"SELECT count(*) FROM {trial.kind}")
    found.before_first_row += after == 0
    found.stored_at_kill.append(after)
    found.demand(after >= before, f"{before} records were seen, {after} are left")
    text = log.read_text("utf-8", "replace")
    said = re.findall(r": (\d+)/\d+\s", text)
    shown = int(said[-1]) if said else 0
    kept = registry.value(
        "SELECT count(*) FROM import_row WHERE run_id = (SELECT id FROM import_run ORDER BY rowid DESC LIMIT 1)"
    )
    found.demand(kept >= shown, f"{shown} rows were shown as stored, {kept} are")
    found.demand("Traceback" not in text, f"a traceback: {text[-400:]}")


def _ended_within(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _stored(registry: Registry, kind: str) -> int:
    """How far an import is: committed vendors, or picture files, which come before their rows."""
    if kind == "motif":
        return sum(1 for path in (registry.home / "images").glob("*/*") if not path.name.startswith("."))
    return int(registry.value("SELECT count(*) FROM vendor"))


def _complete(registry: Registry, trial: Trial, sheet: Path, found: Findings) -> None:
    kept = registry.value(f"SELECT count(*) FROM {trial.kind} WHERE ref IS NOT NULL")
    for created in (trial.rows - kept, 0):
        code, document, said = registry.run(trial.kind, "import", sheet)
        wanted = {"created": created, "updated": 0, "unchanged": trial.rows - created, "conflicts": 0, "failed": 0}
        got = {name: document.get(name) for name in wanted}
        found.demand(code == 0 and got == wanted, f"imported again: {got}, not {wanted}; {said}")
    check_whole(registry, trial.kind, found)
    unfinished = registry.run("status")[1]["attention"]["unfinished_imports"]
    found.demand(not unfinished, f"status still speaks of unfinished imports: {unfinished}")
    prefix = "M" if trial.kind == "motif" else "V"
    refs = sorted(ref for (ref,) in registry.rows(f"SELECT ref FROM {trial.kind} WHERE ref IS NOT NULL"))
    found.demand(refs == sorted(f"{prefix}-{n}" for n in range(trial.rows)), "not every row is there once")
    found.completed += 1
    found.drafts_left += sum(1 for _ in (registry.home / "images").glob("*/.*.new"))


def _table(trials: Sequence[tuple[Trial, Findings, float]]) -> str:
    lines = [
        "import    rows  kills  ended first  before any row  stored at the kill  completed  drafts  violations     s"
    ]
    for trial, found, seconds in trials:
        at = f"{min(found.stored_at_kill, default=0)}–{max(found.stored_at_kill, default=0)}"
        lines.append(
            f"{trial.kind:<8}{trial.rows:>6}{found.kills:>7}{found.ended_first:>13}{found.before_first_row:>16}"
            f"{at:>20}{found.completed:>11}{found.drafts_left:>8}{len(found.violations):>12}{seconds:>6.0f}"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, default in (("kills", 20), ("vendors", 3000), ("motifs", 300), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    done = []
    for kind, rows in (("vendor", asked.vendors), ("motif", asked.motifs)):
        if rows:
            trial = Trial(kind, rows, asked.kills, asked.seed, later_s=EXTRA_S)
            with tempfile.TemporaryDirectory() as folder:
                start = time.monotonic()
                found = run_trial(trial, Path(folder), lambda text: print(text, file=sys.stderr, flush=True))
                done.append((trial, found, time.monotonic() - start))
    print(_table(done))
    violations = [f"{trial.kind}: {sentence}" for trial, found, _ in done for sentence in found.violations]
    print("\n".join(violations[:40]))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
