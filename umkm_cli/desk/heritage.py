"""Traditional patterns: pictures of what nobody owns."""

from collections.abc import Callable, Sequence
from pathlib import Path

from umkm_cli.documents.licences import AddedHeritage, ListedHeritage
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.heritage import list_heritage
from umkm_cli.screening.registering.reference_pictures import Added, add_references, import_references
from umkm_cli.settings import Settings


def add(
    settings: Settings, name: str, images: Sequence[Path], *, origin: str | None, source_note: str | None
) -> AddedHeritage:
    """Raises as `add_references` does."""
    return _document(add_references(Office(settings), name, images, origin=origin, source_note=source_note))


def import_(
    settings: Settings, folder: Path, progress: Callable[[int], None]
) -> tuple[list[AddedHeritage], list[UmkmError]]:
    """What was added from a folder of folders, and why some of its files were not."""
    added = import_references(Office(settings), folder, progress)
    return [_document(item) for item in added], [error for item in added for error in item.failed]


def list_(settings: Settings) -> list[ListedHeritage]:
    with Office(settings).reading() as reader:
        return list_heritage(reader)


def _document(added: Added) -> AddedHeritage:
    failed = [{"error": error.code, **{k: str(v) for k, v in error.params.items()}} for error in added.failed]
    return {
        "code": added.code,
        "name": added.name,
        "created": added.created,
        "pictures": added.pictures,
        "failed": failed,
    }
