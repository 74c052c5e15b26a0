#!/usr/bin/env python3
"""What is everybody's stays quiet, what stands on it does not: `python tests/bench/heritage.py [--hands 2 --each 3]`.

A registry holds references of traditional patterns by several hands, vendors' motifs that are these drawings and no
more, and creations: the same grounds with ornaments of their maker. Then it checks pictures of the public drawings
alone, which must raise no alert, and copies of the creations, which must raise one whose best match is the creation.
Prints both shares, for which the target is 95 %, and what failed.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image

from tests.bench.attacking.basics import Rgb
from tests.bench.peering.command import ask, check, place_of, register
from tests.bench.processes import Registry
from tests.bench.traditions import (
    Question,
    Tradition,
    alarming_questions,
    creation,
    quiet_questions,
    reference,
    traditions,
    vendors_own_dyes,
)

TARGET = 0.95


@dataclass(frozen=True)
class Findings:
    """How many questions of both kinds there were, what held at import, and a sentence for each failure."""

    quiet: int
    alarming: int
    alarmed: tuple[str, ...]
    missed: tuple[str, ...]
    held: int

    @property
    def quiet_share(self) -> float:
        return 1 - len(self.alarmed) / self.quiet

    @property
    def alert_share(self) -> float:
        return 1 - len(self.missed) / self.alarming


def measure(among: Sequence[Tradition], each: int, folder: Path) -> Findings:
    """Draw, register and check, all below `folder`; `each` questions of both kinds for every tradition."""
    registry = Registry(folder / "registry")
    for number, tradition in enumerate(among):
        _save(reference(tradition), folder / "heritage" / tradition.pattern / f"{number}.jpg")
    ask(registry, "heritage", "import", folder / "heritage")
    motifs = [vendors_own_dyes(tradition) for tradition in among] + [creation(tradition) for tradition in among]
    pictures = [_save(rgb, folder / "motifs" / f"{n:03}.jpg") for n, rgb in enumerate(motifs)]
    held = register(registry, pictures, folder)
    quiet, alarming = list(quiet_questions(among, each)), list(alarming_questions(among, each))
    alarmed = [
        f"{_shown(question)}: {result['verdict']} of {_motif(result, among)}"
        for question, result in _answers(registry, quiet, folder / "quiet")
        if result["alert"]
    ]
    missed = [
        f"{_shown(question)}: {result['verdict']} of {_motif(result, among)}"
        for question, result in _answers(registry, alarming, folder / "alarming")
        if place_of(result) != len(among) + among.index(question.tradition)
    ]
    return Findings(len(quiet), len(alarming), tuple(alarmed), tuple(missed), held)


def _answers(
    registry: Registry, questions: Sequence[Question], folder: Path
) -> Iterable[tuple[Question, dict[str, Any]]]:
    pictures = [_save(question.rgb, folder / f"{n:03}.jpg") for n, question in enumerate(questions)]
    return zip(questions, check(registry, pictures), strict=True)


def _shown(question: Question) -> str:
    return f"{question.tradition.hand}, {question.kind}"


def _motif(result: dict[str, Any], among: Sequence[Tradition]) -> str:
    """The best match, alerting ones first."""
    matches = sorted(result["matches"], key=lambda match: not match["alert"])
    if not matches:
        return "nothing"
    place = int(matches[0]["ref"])
    kind = "the creation on" if place >= len(among) else "the public"
    return f"{kind} {among[place % len(among)].hand}, excuse {matches[0]['excuse']}"


def _save(rgb: Rgb, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(rgb).save(path, quality=90)
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hands", type=int, default=2, help="how many people's drawings of each pattern")
    parser.add_argument("--each", type=int, default=3, help="questions of both kinds for each drawing")
    parser.add_argument("--keep", type=Path, help="an empty folder to leave the pictures and the registry in")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = measure(traditions(asked.hands), asked.each, asked.keep or Path(name))
    print(f"public drawings that stay quiet: {100 * found.quiet_share:.1f} % of {found.quiet}")
    print(f"copies of creations that raise an alert: {100 * found.alert_share:.1f} % of {found.alarming}")
    print(f"motifs held at import: {found.held}")
    print("\n".join([*(f"alarm: {line}" for line in found.alarmed), *(f"missed: {line}" for line in found.missed)]))
    return 0 if min(found.quiet_share, found.alert_share) >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
