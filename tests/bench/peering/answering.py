"""What a peer gets and gives. It runs in an environment of its own: only the standard library here.

`python -m tests.bench.peering.NAME REQUEST ANSWER`: two JSON files. `{"registered": [...], "queries": [...]}` holds
paths of pictures. `{"best": [...], "seconds": ...}` holds, for each query, the position of the registered picture it is
taken for, null where it is taken for none; `seconds` is what the queries took once the registered were known.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Request:
    registered: list[str]
    queries: list[str]


@dataclass(frozen=True)
class Answer:
    best: list[int | None]
    seconds: float


def serve(respond: Callable[[Request], Answer], arguments: Sequence[str] = sys.argv) -> None:
    """The main function of a peer."""
    request, answer = (Path(argument) for argument in arguments[1:3])
    answered = respond(Request(**json.loads(request.read_text("utf-8"))))
    answer.write_text(json.dumps(asdict(answered)), "utf-8")
