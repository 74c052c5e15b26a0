"""Which extractor fingerprints pictures, and whose fingerprints the matcher can still compare with its own.

Apart from the extractor itself, so that a summary can ask without loading it.
"""

EXTRACTOR = "sift2-3"
"""Grey and line-drawing SIFT in two bits a component. Changes whenever the same picture would give other bytes."""

DENSE = f"{EXTRACTOR}-dense-1"
"""The many keypoints of a close look, as they may be kept. Changes whenever the same picture would give other bytes."""

READABLE: tuple[str, ...] = (EXTRACTOR, "sift2-2")
"""Extractors whose stored fingerprints can be compared with new ones, the newest first.

Whoever changes `EXTRACTOR` keeps the one before in this list, unless the layout of the bytes or what the descriptors
mean has changed: then those pictures cannot be found until `umkm motif reindex` has read them again.
"""
