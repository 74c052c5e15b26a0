"""Looking for a picture among the registered views: quickly at all, closely at a few.

A quick look compares stored fingerprints. A close look compares the pictures themselves, by many keypoints and by the
drawing between them: a quarter of a second each. It has the last word on every pair that is in doubt after the quick
one; and where nothing has passed, a thorough search gives one to the views most likely to have been overlooked, since
a motif that was re-dyed, traced, shrunk or pasted into another cloth keeps few of its stored keypoints.

Which views those are: neither the votes nor a verification alone tells. Of 200 copies that are hard to see, the right
one is among the first 4 by votes for 88 %, among the 3 strongest of the first 48, verified with the query's dense
keypoints against the stored ones, for 92 %, among either for 94 %. The votes of a blurred
picture know more of the re-dyed copies, but what they add does not pass a close look, either.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from umkm_cli.cores import cores
from umkm_cli.matching.describing.fingerprint import Closeup, Fingerprint
from umkm_cli.matching.gallery import Originals, Registered, Views
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.matching.verify import Alignment, repeated, seen, verify, verify_closely


@dataclass(frozen=True)
class Query:
    """A picture that is looked for; without `closeup` there are no close looks."""

    fingerprint: Fingerprint
    closeup: Closeup | None = None


@dataclass(frozen=True)
class Look:
    """A view on one hand, what was found, and the fingerprints it was found with."""

    item: Registered
    alignment: Alignment
    query: Fingerprint
    motif: Fingerprint

    @property
    def at(self) -> tuple[str, bool]:
        return self.item.key, self.alignment.mirrored

    def passes(self, needed: float) -> bool:
        return self.alignment.strength >= needed

    def is_label(self, others: Iterable["Look"], needed: float, thresholds: Thresholds) -> bool:
        """What agrees is small on both sides; or not large, and shared with other owners' cloths."""
        regions = self.alignment.regions
        size = max(regions.query_area, regions.motif_area)
        if self._recurs(others, needed, thresholds.recurring_share):
            return size < thresholds.recurring_area
        return self.alignment.supported_area < thresholds.label_area_unseen and (
            size < thresholds.label_area or not self.alignment.seen
        )

    def _recurs(self, others: Iterable["Look"], needed: float, share: float) -> bool:
        """Does the same place of the query agree with another owner's motif as strongly?"""
        place = self.alignment.regions.query > 0
        for other in others:
            if other.item.owner != self.item.owner and other.passes(needed):
                theirs = other.alignment.regions.query > 0
                if (place & theirs).sum() > share * max(min(place.sum(), theirs.sum()), 1):
                    return True
        return False


def search(
    query: Query,
    gallery: Views,
    thresholds: Thresholds,
    originals: Originals | None,
    *,
    thorough: bool,
    aside: Callable[[Registered], bool],
) -> list[Look]:
    """What the picture agrees with, the strongest first. Views that are `aside`, like labels, end no search."""
    needed = thresholds.needed(len(gallery))
    candidates = gallery.nearest(query.fingerprint, thresholds.candidates, thresholds)
    looks = _strongest(_quick(query.fingerprint, candidates, thresholds))
    if originals is None or query.closeup is None:
        return looks

    def answered(least: float) -> bool:
        passing = [look for look in looks if look.passes(least) and not aside(look.item)]
        return any(not look.is_label(looks, needed, thresholds) for look in passing)

    doubtful = needed if answered(thresholds.plain * needed) else thresholds.doubtful
    looks = _decided(looks, query, originals, (doubtful, thresholds.plain * needed), thresholds)
    if thorough and not answered(needed):
        known = {look.at for look in looks if look.passes(needed)}
        overlooked = [look for look in _overlooked(query.closeup, query, gallery, thresholds) if look.at not in known]
        looks = _replaced(looks, _close(overlooked, query, originals, thresholds))
    return looks


def described(
    looks: list[Look], query: Query, originals: Originals | None, needed: float, thresholds: Thresholds
) -> list[Look]:
    """The looks that pass with all their repeats, and the strongest of them with regions drawn from pixels."""
    done = []
    for rank, look in enumerate(looks):
        alignment = look.alignment
        if look.passes(needed):
            regions = alignment.regions
            whole = min(regions.query_area, regions.motif_area) >= thresholds.plainly_whole
            by_pixels = not whole and rank < thresholds.drawn_from_pixels
            motif = originals.closeup(look.item.key) if originals and by_pixels else None
            if motif is not None and query.closeup is not None:
                alignment = seen(alignment, query.closeup.rgb, motif.rgb, thresholds)
            alignment = repeated(look.query, look.motif, alignment, thresholds)
        done.append(Look(look.item, alignment, look.query, look.motif))
    return done


def compared(query: Query, item: Registered, originals: Originals, needed: float, thresholds: Thresholds) -> list[Look]:
    """One view on both hands, the strongest first; closely unless it passes plainly."""
    looks = _strongest(_quick(query.fingerprint, [(item, False), (item, True)], thresholds))
    if looks and looks[0].passes(thresholds.plain * needed):
        return looks
    return _replaced(looks, _close(looks, query, originals, thresholds))


def _quick(query: Fingerprint, candidates: Iterable[tuple[Registered, bool]], thresholds: Thresholds) -> list[Look]:
    looks = []
    for item, mirrored in candidates:
        alignment = verify(query, item.fingerprint, mirrored, thresholds)
        if alignment is not None:
            looks.append(Look(item, alignment, query, item.fingerprint))
    return looks


def _decided(
    looks: list[Look], query: Query, originals: Originals, doubt: tuple[float, float], thresholds: Thresholds
) -> list[Look]:
    """The same looks; the strongest of those whose strength is in `doubt` are decided by a close one."""
    doubtful = [look for look in looks if doubt[0] <= look.alignment.strength < doubt[1]]
    return _replaced(looks, _close(doubtful[: thresholds.decided_closely], query, originals, thresholds))


def _overlooked(closeup: Closeup, query: Query, gallery: Views, thresholds: Thresholds) -> list[Look]:
    """Views worth a close look though the quick one failed: those with most votes, and those that agree best."""
    candidates = gallery.nearest(query.fingerprint, thresholds.overlooked, thresholds)
    looks = _quick(closeup.fingerprint, candidates, thresholds)
    voted, strongest = looks[: thresholds.overlooked_voted], _strongest(looks)[: thresholds.overlooked_strongest]
    return list({look.at: look for look in [*voted, *strongest]}.values())


def _close(looks: Sequence[Look], query: Query, originals: Originals, thresholds: Thresholds) -> list[Look]:
    """Close looks at the same views on the same hand, several at once: they wait for files and for OpenCV."""
    asked = query.closeup
    if asked is None or not looks:
        return []
    dense = asked.fingerprint

    def closely(look: Look) -> Look | None:
        motif = originals.closeup(look.item.key)
        if motif is None:
            return None
        alignment = verify_closely(asked, motif, look.alignment.mirrored, thresholds)
        return None if alignment is None else Look(look.item, alignment, dense, motif.fingerprint)

    return [look for look in _helpers().map(closely, looks) if look is not None]


@cache
def _helpers() -> ThreadPoolExecutor:
    """The same for all pictures of this process, however many are looked for at a time."""
    return ThreadPoolExecutor(cores(), thread_name_prefix="close look")


def _replaced(looks: Iterable[Look], by: Iterable[Look]) -> list[Look]:
    return _strongest({look.at: look for look in [*looks, *by]}.values())


def _strongest(looks: Iterable[Look]) -> list[Look]:
    return sorted(looks, key=lambda look: (-look.alignment.strength, look.at))
