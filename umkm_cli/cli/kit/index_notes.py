"""What commands say where fingerprints are of an older generation, or damaged."""

from collections.abc import Sequence

from umkm_cli.cli.kit.output import note
from umkm_cli.wording import index_sentences


def note_unsearched(reasons: Sequence[str], damaged: Sequence[str]) -> None:
    """On stderr, why not all that is registered can be searched; `damaged` are codes of records."""
    for sentence in index_sentences(reasons, damaged):
        note(sentence)
