"""Are the stored files those that were recorded? Originals and attachments, against their SHA-256.

Only reading all of a file tells. `take_stock` reads all files: `umkm audit verify`. `glance_at_stock` is for `umkm
status`, which must stay quick with 10,000 pictures on a slow disk. It asks every file's size (a difference is certain),
and reads what is likeliest to differ for as long as it may: what differed before, what was changed since the last time,
then the others in turn, where the last time ended. So each file comes to be read, a small registry in full every time;
size and time of change only say what to read first, and prove nothing.

A picture that was only seen, and never stored, has no file. Files that no row names are not looked at.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from umkm_cli.db.reading import Reader
from umkm_cli.disk.memory import leave, recall
from umkm_cli.registry.office.finding import owner_codes
from umkm_cli.registry.pictures.attachments import read_attached, read_file, size_of_file
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.pictures.images import read_original, size_of_original
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.documents.designs import ViewDocument
    from umkm_cli.documents.office import StoredFiles

GLANCE_S = 1.0
"""How long `umkm status` may read files: some 300 photographs of 3 MB on a laptop's SSD, 30 on its disk."""
_SETTLED_NS = 2_000_000_000
"""Some file systems keep times to two seconds: what changed so shortly before the last time counts as changed since."""


@dataclass(frozen=True)
class StoredFile:
    """`format` is a picture's type, None for a file that is no picture; `size_bytes` its size as it was recorded."""

    sha256: str
    format: str | None
    size_bytes: int

    def read(self, settings: Settings) -> bytes | Unfit:
        if self.format is None:
            return read_file(settings, self.sha256)
        return read_original(settings, self.sha256, self.format)

    def size(self, settings: Settings) -> tuple[int, int] | None:
        if self.format is None:
            return size_of_file(settings, self.sha256)
        return size_of_original(settings, self.sha256, self.format)


@dataclass(frozen=True)
class Stock:
    """Of `total` files `compared` were read just now; the codes of records whose files are not what was recorded."""

    total: int
    compared: int
    altered: tuple[str, ...]
    missing: tuple[str, ...]

    def document(self) -> "StoredFiles":
        return {
            "altered": list(self.altered),
            "missing": list(self.missing),
            "compared": self.compared,
            "total": self.total,
        }


def stored_files(reader: Reader) -> list[StoredFile]:
    """Every file that the registry keeps, each once, by its digest."""
    rows = reader.rows(
        "SELECT sha256, format, bytes FROM image WHERE stored UNION "
        "SELECT DISTINCT attachment.sha256, NULL, attachment.bytes FROM attachment WHERE NOT EXISTS "
        "(SELECT 1 FROM image WHERE image.sha256 = attachment.sha256 AND image.stored) ORDER BY sha256"
    )
    return [StoredFile(row["sha256"], row["format"], row["bytes"]) for row in rows]


def take_stock(settings: Settings, reader: Reader, progress: Callable[[int], None] = lambda _: None) -> Stock:
    """Read all files. `progress` is told how many are done."""
    files = stored_files(reader)
    found: dict[str, Unfit] = {}
    for done, file in enumerate(files, 1):
        data = file.read(settings)
        if isinstance(data, Unfit):
            found[file.sha256] = data
        progress(done)
    return _stock(reader, len(files), len(files), found)


def with_states(settings: Settings, reader: Reader, document: dict[str, Any]) -> dict[str, Any]:
    """A record's document whose `views` and `files` also say what their `stored_file` is: kept, altered or missing."""
    files = [
        file | {"stored_file": _state(read_attached(settings, reader, file["sha256"]))} for file in document["files"]
    ]
    return document | {"views": views_with_states(settings, document["views"]), "files": files}


def views_with_states(settings: Settings, views: "Sequence[ViewDocument]") -> "list[ViewDocument]":
    """A record's pictures, each of which also says what its `stored_file` is."""
    return [{**view, "stored_file": _state(read_original(settings, view["sha256"], view["format"]))} for view in views]


def _state(data: bytes | Unfit) -> Literal["kept", "altered", "missing"]:
    if isinstance(data, bytes):
        return "kept"
    return "altered" if data is Unfit.ALTERED else "missing"


def glance_at_stock(settings: Settings, reader: Reader, budget_s: float = GLANCE_S) -> Stock:
    """Ask all files' sizes, and read what `budget_s` allows; what differed before differs until it is read anew."""
    began_ns, until = time.time_ns(), time.monotonic() + budget_s
    memory = settings.compared
    before = _Before.recalled(recall(memory))
    files = stored_files(reader)
    found, right = _by_size(settings, files)
    found |= {file.sha256: Unfit.ALTERED for file, _ in right if file.sha256 in before.altered}
    turns = sorted(right, key=lambda item: before.turn(*item))
    read: list[str] = []
    for file, _ in turns:
        if time.monotonic() >= until:
            break
        data = file.read(settings)
        read.append(file.sha256)
        found.pop(file.sha256, None)
        if isinstance(data, Unfit):
            found[file.sha256] = data
    leave(memory, before.after(turns, read, found, began_ns))
    return _stock(reader, len(files), len(read), found)


@dataclass(frozen=True)
class _Before:
    """What the last glance left: when it was, which files it had not come to, and where its round ended (digests)."""

    at_ns: int = 0
    cursor: str = ""
    altered: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    @classmethod
    def recalled(cls, found: dict[str, Any]) -> "_Before":
        """Nothing is believed of a memory that is not as `after` made it: all files are new then."""
        at_ns, cursor = found.get("at_ns"), found.get("cursor")
        lists = [found.get(name) for name in ("altered", "unread")]
        if not (isinstance(at_ns, int) and isinstance(cursor, str) and all(isinstance(item, list) for item in lists)):
            return cls()
        altered, unread = (frozenset(map(str, item or ())) for item in lists)
        return cls(at_ns, cursor, altered, unread)

    def turn(self, file: StoredFile, changed_ns: int) -> tuple[int, str]:
        """What orders the reading."""
        if file.sha256 in self.altered:
            return 0, file.sha256
        if changed_ns >= self.at_ns - _SETTLED_NS and self.at_ns:
            return 1, file.sha256
        if file.sha256 in self.unread or not self.at_ns:
            return 2, file.sha256
        return (3 if file.sha256 > self.cursor else 4), file.sha256

    def after(
        self, turns: Sequence[tuple[StoredFile, int]], read: Sequence[str], found: Mapping[str, Unfit], began_ns: int
    ) -> dict[str, Any]:
        """What this glance leaves."""
        done = set(read)
        in_round = [file.sha256 for file, changed_ns in turns if self.turn(file, changed_ns)[0] > _AHEAD_OF_ROUND]
        unread = [file.sha256 for file, _ in turns if file.sha256 not in done]
        return {
            "at_ns": began_ns,
            "cursor": next((sha256 for sha256 in reversed(in_round) if sha256 in done), self.cursor),
            "altered": [sha256 for sha256, why in found.items() if why is Unfit.ALTERED],
            "unread": [sha256 for sha256 in unread if sha256 not in set(in_round)],
        }


_AHEAD_OF_ROUND = 2


def _by_size(settings: Settings, files: Sequence[StoredFile]) -> tuple[dict[str, Unfit], list[tuple[StoredFile, int]]]:
    """What is certain by size alone, and the other files with the time of their last change (ns)."""
    found: dict[str, Unfit] = {}
    right: list[tuple[StoredFile, int]] = []
    for file in files:
        size = file.size(settings)
        if size is None:
            found[file.sha256] = Unfit.MISSING
        elif size[0] != file.size_bytes:
            found[file.sha256] = Unfit.ALTERED
        else:
            right.append((file, size[1]))
    return found, right


def _stock(reader: Reader, total: int, compared: int, found: Mapping[str, Unfit]) -> Stock:
    def codes(why: Unfit) -> tuple[str, ...]:
        wrong = sorted(sha256 for sha256, reason in found.items() if reason is why)
        return tuple(dict.fromkeys(code for sha256 in wrong for code in owner_codes(reader, sha256) or [sha256]))

    return Stock(total, compared, codes(Unfit.ALTERED), codes(Unfit.MISSING))
