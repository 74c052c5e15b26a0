"""A labelled folder as files to register and queries to ask, each with the right answer."""

import csv
import importlib.util
import inspect
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from PIL import Image

from tests.bench.attacking.basics import Rgb
from tests.bench.attacks import Attack

LONGEST_PX = 900
QUALITY = 92
ROLES = ("registered", "near_duplicate", "unrelated", "label_trap")
ATTACKS_ON_UNRELATED = 5
REAL, QUIET = "real near-duplicates", "quiet"


class LabelsError(Exception):
    """The labels do not make a trial; the sentence says why."""


@dataclass(frozen=True)
class Labelled:
    """A picture and its role, one of `ROLES`; pictures of one family show one design."""

    path: Path
    family: str
    role: str


@dataclass(frozen=True)
class Query:
    """A picture to ask about. `family` is the right answer, None where nothing registered is alike.

    `group` is the attack's family, `REAL` or `QUIET`; `kind` the attack or the role.
    """

    path: Path
    family: str | None
    group: str
    kind: str


@dataclass(frozen=True)
class Trial:
    registered: tuple[Path, ...]
    families: tuple[str, ...]
    queries: tuple[Query, ...]


def read_labels(images: Path, labels: Path) -> list[Labelled]:
    """Rows `image,family,role`. Raises `LabelsError`."""
    with labels.open(encoding="utf-8-sig", newline="") as sheet:
        rows = [Labelled(images / row["image"], row["family"], row["role"]) for row in csv.DictReader(sheet)]
    unknown = {row.role for row in rows} - set(ROLES)
    if unknown:
        raise LabelsError(f"no such role: {', '.join(sorted(unknown))}; there are {', '.join(ROLES)}")
    for role in ("registered", "unrelated"):
        if not any(row.role == role for row in rows):
            raise LabelsError(f"no picture is labelled {role}")
    return rows


def read_attacks(file: Path) -> Mapping[str, tuple[str, Attack]]:
    """ATTACKS of another module with the interface of `tests/bench/attacks.py`."""
    spec = importlib.util.spec_from_file_location("other_attacks", file)
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    attacks: Mapping[str, tuple[str, Attack]] = module.ATTACKS
    return attacks


def write_trial(
    rows: Sequence[Labelled], attacks: Mapping[str, tuple[str, Attack]], folder: Path, every: int = 1
) -> Trial:
    """Pictures at up to `LONGEST_PX` below `folder`, in an order and under names that say nothing.

    Each attack is done to every `every`th registered picture, and some of them to each unrelated one.
    """
    pictures = {row: _read(row.path) for row in rows}
    registered = [row for row in rows if row.role == "registered"]
    unrelated = [pictures[row] for row in rows if row.role == "unrelated"]
    asked: list[tuple[Rgb, str | None, str, str]] = []
    for row in registered[::every]:
        for name, (group, attack) in attacks.items():
            asked.append((apply(attack, pictures[row], f"{row.path.name}/{name}", unrelated), row.family, group, name))
    for row in rows:
        if row.role == "near_duplicate":
            asked.append((pictures[row], row.family, REAL, row.role))
        elif row.role != "registered":
            asked.append((pictures[row], None, QUIET, row.role))
        if row.role == "unrelated":
            asked += _changed(pictures[row], row.path.name, attacks)
    random.Random(1).shuffle(asked)
    files = [_save(pictures[row], folder / "registered" / f"{n:05}.jpg") for n, row in enumerate(registered)]
    queries = [
        Query(_save(rgb, folder / "queries" / f"{n:05}.jpg"), family, group, kind)
        for n, (rgb, family, group, kind) in enumerate(asked)
    ]
    return Trial(tuple(files), tuple(row.family for row in registered), tuple(queries))


def apply(attack: Attack, rgb: Rgb, seed: str, others: Sequence[Rgb]) -> Rgb:
    """The attacked picture; where the attack pastes into another cloth, into one of `others`."""
    rng = random.Random(seed)
    other = (rng.choice(others),) if _needs_other(attack) else ()
    return np.ascontiguousarray(attack(rgb.copy(), rng, *other)[0])


def _changed(rgb: Rgb, name: str, attacks: Mapping[str, tuple[str, Attack]]) -> list[tuple[Rgb, str | None, str, str]]:
    alone = sorted(kind for kind, (_, attack) in attacks.items() if not _needs_other(attack))
    kinds = random.Random(name).sample(alone, min(ATTACKS_ON_UNRELATED, len(alone)))
    return [(apply(attacks[kind][1], rgb, f"{name}/{kind}", ()), None, QUIET, f"unrelated, {kind}") for kind in kinds]


def _needs_other(attack: Attack) -> bool:
    return len(inspect.signature(attack).parameters) > 2


def _read(path: Path) -> Rgb:
    image = Image.open(path).convert("RGB")
    image.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    return np.asarray(image, np.uint8)


def _save(rgb: Rgb, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(rgb).save(path, quality=QUALITY)
    return path
