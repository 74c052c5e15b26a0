"""Answers counted, and the table of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.peering.answering import Answer
from tests.bench.peering.trial import QUIET, REAL, Query, Trial


@dataclass(frozen=True)
class Figures:
    """`found` has, for each group of queries, how many were answered with the right family, and of how many."""

    found: Mapping[str, tuple[int, int]]
    wrong_family: int
    false_alarms: int
    quiet: int
    per_second: float

    @property
    def attacked(self) -> tuple[int, int]:
        groups = [counts for group, counts in self.found.items() if group != REAL]
        return sum(right for right, _ in groups), sum(asked for _, asked in groups)


def count(trial: Trial, answer: Answer) -> Figures:
    """A query is found where the best alerting picture is of its family."""
    found: dict[str, tuple[int, int]] = {}
    wrong = alarms = quiet = 0
    for query, family in _answered(trial, answer):
        if query.group == QUIET:
            quiet += 1
            alarms += family is not None
            continue
        right, asked = found.get(query.group, (0, 0))
        found[query.group] = (right + (family == query.family), asked + 1)
        wrong += family is not None and family != query.family
    return Figures(found, wrong, alarms, quiet, len(trial.queries) / max(answer.seconds, 1e-9))


def failures(trial: Trial, answer: Answer) -> list[str]:
    """A sentence for each query that was answered wrongly."""
    return [
        f"{query.kind} of {query.family or 'nothing registered'}: {family or 'no alert'} ({query.path.name})"
        for query, family in _answered(trial, answer)
        if family != query.family
    ]


def table(figures: Mapping[str, Figures]) -> str:
    """Markdown: a row for each figure, a column for each peer."""
    first = next(iter(figures.values()))
    lines = [_row("", list(figures)), _row("---", ["---:"] * len(figures))]
    lines.append(_row(f"attacked, found ({first.attacked[1]})", [_share(f.attacked) for f in figures.values()]))
    for group in sorted(first.found, key=lambda group: (group == REAL, group)):
        name = f"{group if group == REAL else f'— {group}'} ({first.found[group][1]})"
        lines.append(_row(name, [_share(f.found[group]) for f in figures.values()]))
    lines.append(_row("attributed to a wrong motif", [str(f.wrong_family) for f in figures.values()]))
    lines.append(_row(f"false alarms ({first.quiet})", [str(f.false_alarms) for f in figures.values()]))
    lines.append(_row("queries a second", [f"{f.per_second:.1f}" for f in figures.values()]))
    return "\n".join(lines)


def _answered(trial: Trial, answer: Answer) -> list[tuple[Query, str | None]]:
    families = [None if place is None else trial.families[place] for place in answer.best]
    return list(zip(trial.queries, families, strict=True))


def _share(counts: tuple[int, int]) -> str:
    return f"{100 * counts[0] / counts[1]:.0f} %"


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"
