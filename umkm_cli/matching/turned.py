"""A match seen from its other side: what was looked for becomes what is found."""

from dataclasses import replace

import numpy as np

from umkm_cli.matching.engine import Match


def turned(match: Match, *, key: str, motif: str, owner: str) -> Match:
    """The same agreement with the query as the motif; `key`, `motif` and `owner` say which view that is, and whose.

    Strength, cells and what the agreement is called do not depend on the side. Where one side is mirrored, so is the
    other, and mirroring first and turning by an angle undoes itself; without it the angle is the opposite one.
    """
    back = np.linalg.inv(np.asarray(match.transform, np.float64))
    a, b, c = (tuple(float(value) for value in row) for row in back / back[2, 2])
    return replace(
        match,
        key=key,
        motif=motif,
        owner=owner,
        query_area=match.motif_area,
        motif_area=match.query_area,
        query_region=match.motif_region,
        motif_region=match.query_region,
        transform=((a[0], a[1], a[2]), (b[0], b[1], b[2]), (c[0], c[1], c[2])),
        rotation_deg=match.rotation_deg if match.mirrored else -match.rotation_deg,
        scale=1.0 / match.scale,
    )
