"""The SIFT hasher of `perception` with its own defaults: approximate search, then geometric validation."""

import time

from perception.local_descriptor_deduplication import SIFT, build_reference_df, deduplicate_dfs

from tests.bench.peering.answering import Answer, Request, serve


def respond(request: Request) -> Answer:
    hasher = SIFT()
    known = build_reference_df(request.registered, hasher)
    began = time.perf_counter()
    asked = build_reference_df(request.queries, hasher)
    pairs = deduplicate_dfs(known, asked, use_gpu=False, verbose=True, hasher=hasher)
    place = {path: position for position, path in enumerate(request.registered)}
    strongest: dict[str, tuple[int, int]] = {}
    for query, motif, found in pairs:
        strongest[query] = max(strongest.get(query, (-1, -1)), (int(found["inliers"]), place[motif]))
    best = [strongest[path][1] if path in strongest else None for path in request.queries]
    return Answer(best, time.perf_counter() - began)


if __name__ == "__main__":
    serve(respond)
