"""What commands say where fingerprints are of an older generation, or damaged."""

from collections.abc import Sequence

from umkm_cli.cli.kit.output import note
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.wording import index_sentences


def note_index(office: Office, *kinds: Design) -> None:
    """On stderr, for a command that searches the designs of these kinds for many pictures."""
    from umkm_cli.registry.pictures.damaged_prints import report_damage
    from umkm_cli.registry.pictures.generations import index_state

    with office.reading() as reader:
        state, damage = index_state(reader, *kinds), report_damage(reader)
    note_unsearched(state.reasons, damage.codes)


def note_unsearched(reasons: Sequence[str], damaged: Sequence[str]) -> None:
    """On stderr, why not all that is registered can be searched; `damaged` are codes of records."""
    for sentence in index_sentences(reasons, damaged):
        note(sentence)
