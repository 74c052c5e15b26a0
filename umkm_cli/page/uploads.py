"""The folder of one sitting's uploads: gone when the page closes, or, where it was killed, when the next one opens."""

import secrets
import shutil
from pathlib import Path

from umkm_cli.disk.held import HeldFile, left_behind
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import Settings

_HELD = ".lock"
_TRIES = 5


class Uploads:
    """In the registry's folder, which is private. Raises `UmkmError` `home_not_writable`."""

    def __init__(self, settings: Settings) -> None:
        parent = settings.uploads
        _remove_left_behind(parent)
        self.folder, self._held = _new_folder(parent)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self._held.release()


def _new_folder(parent: Path) -> tuple[Path, HeldFile]:
    """The file beside it is held before the folder is there, so that no other page takes it for left behind."""
    for tries_left in reversed(range(_TRIES)):
        folder = parent / secrets.token_hex(8)
        try:
            held = HeldFile(parent / f"{folder.name}{_HELD}")
            folder.mkdir(mode=0o700)
        except OSError as error:  # or a page that opens right now was quicker to look at the file
            if not tries_left:
                why = error.strerror or error
                raise UmkmError("home_not_writable", exit_code=MISSING, path=parent, why=why) from error
            continue
        return folder, held
    raise AssertionError("unreachable")


def _remove_left_behind(parent: Path) -> None:
    for path in parent.glob(f"*{_HELD}"):
        with left_behind(path) as gone:
            if gone:
                shutil.rmtree(path.with_suffix(""), ignore_errors=True)
