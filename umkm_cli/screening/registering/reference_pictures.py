"""Reference pictures of traditional patterns, added one by one or from a folder of folders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.heritage import heritage_named
from umkm_cli.registry.records.registering import read_key
from umkm_cli.registry.values.typed import MAX_CHARS
from umkm_cli.screening.judging.pictures import Prepared, prepare_picture, read_picture_file
from umkm_cli.screening.judging.views import add_views


@dataclass(frozen=True)
class Added:
    """One pattern: how many pictures were new to it, and files that could not be read."""

    code: str
    name: str
    created: bool
    pictures: int
    failed: tuple[UmkmError, ...] = ()


def add_references(
    office: Office, name: str, images: Sequence[Path], *, origin: str | None = None, source_note: str | None = None
) -> Added:
    """Add pictures to the pattern `name`, which is made where it is new; all of them or none.

    Raises `UmkmError`: `name_missing`, `file_…`, `image_…`; and `InvalidFieldsError`.
    """
    if not name.strip():
        raise UmkmError("name_missing")
    name, origin = read_key(name, "name") or "", read_key(origin, "origin")
    source_note = read_key(source_note, "source_note", MAX_CHARS)
    return _add(office, name, [_prepare(path) for path in images], (), origin, source_note)


def import_references(office: Office, folder: Path, progress: Callable[[int], None] = lambda _: None) -> list[Added]:
    """Each subfolder of `folder` is a pattern, named by the folder; its picture files are the references.

    Unreadable pictures are reported and skipped. Raises `UmkmError`: `folder_not_found`, `folder_without_patterns`.
    """
    if not folder.is_dir():
        raise UmkmError("folder_not_found", path=folder)
    patterns = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if not patterns:
        raise UmkmError("folder_without_patterns", path=folder)
    added = []
    for done, pattern in enumerate(patterns, 1):
        pictures: list[Prepared] = []
        failed: list[UmkmError] = []
        for path in sorted(p for p in pattern.iterdir() if p.is_file() and not p.name.startswith(".")):
            try:
                pictures.append(_prepare(path))
            except UmkmError as error:
                failed.append(error)
        if pictures:
            added.append(_add(office, pattern.name.replace("_", " "), pictures, tuple(failed), None, None))
        elif failed:
            added.append(Added("", pattern.name, False, 0, tuple(failed)))
        progress(done)
    return added


def _prepare(path: Path) -> Prepared:
    return prepare_picture(read_picture_file(path), path.name)


def _add(
    office: Office,
    name: str,
    pictures: Sequence[Prepared],
    failed: tuple[UmkmError, ...],
    origin: str | None,
    source_note: str | None,
) -> Added:
    with office.work() as work:
        pattern, created = heritage_named(work, name, origin, source_note)
        new = add_views(work, pictures, "heritage_id", pattern.id)
        return Added(pattern.code, pattern.name, created, len(new), failed)
