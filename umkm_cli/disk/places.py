"""What kind of place a file lies in: the few answers that differ between systems, each behind one small function."""

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

from umkm_cli.errors import MISSING, UmkmError

NETWORK_FILESYSTEMS = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "9p", "fuse.sshfs", "davfs", "fuse.davfs2"}
)
RENAME_WAITS_S = (0.05, 0.2, 0.5, 1.0)
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))})
_DRIVE_REMOTE = 4  # GetDriveTypeW: DRIVE_REMOTE

_ERRNO = {errno.ENOSPC: "disk_full", errno.EROFS: "disk_read_only", errno.EIO: "disk_fault"}
if hasattr(errno, "EDQUOT"):
    _ERRNO[errno.EDQUOT] = "disk_full"
_WINDOWS = {19: "disk_read_only", 23: "disk_fault", 39: "disk_full", 112: "disk_full"}
"""System error codes of winerror.h: write-protected, a bad checksum, full (twice)."""


def is_network_share(path: Path) -> bool:
    """Whether `path` lies on a share of another machine, where SQLite's WAL does not work (sqlite.org/wal.html)."""
    if sys.platform == "win32":
        return is_windows_share(str(path), _windows_drive_type)
    return is_mounted_share(path, _mounts())


def is_windows_share(path: str, drive_type: Callable[[str], int]) -> bool:
    """Whether `path` is a UNC path or on a drive that stands for a share; `drive_type` maps "X:\\\\" to its type."""
    if path.upper().startswith("\\\\?\\UNC\\") or (path.startswith("\\\\") and not path.startswith("\\\\?\\")):
        return True
    drive = path.removeprefix("\\\\?\\")[:2]
    return len(drive) == 2 and drive[1] == ":" and drive_type(drive + "\\") == _DRIVE_REMOTE


def is_mounted_share(path: Path, mounts: str) -> bool:
    """`mounts` is text in the form of /proc/mounts; the longest mount point above `path` decides."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        inside = point == "/" or str(path) == point or str(path).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), fields[2]
    return kind in NETWORK_FILESYSTEMS


def is_standard_stream(path: Path) -> bool:
    """Whether `-` stands where a file is meant: standard input or output."""
    return str(path) == "-"


def make_private(path: Path) -> None:
    """Readable by its owner only, where the system can say so."""
    if os.name == "posix":
        path.chmod(0o700 if path.is_dir() else 0o600)


def keep_private(path: Path) -> None:
    """Take from others, and from a group, what they may do with a file or folder of this user's.

    Where a folder hands its group on (setgid) it is shared on purpose, so the group keeps what it may. Whatever the
    system refuses stays as it is: what cannot be closed can still be used.
    """
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        found = path.stat()
        folder = path if path.is_dir() else path.parent
        shared = folder.stat().st_mode & stat.S_ISGID
        open_to = found.st_mode & (0o007 if shared else 0o077)
        if open_to and found.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(found.st_mode) & ~open_to)


def private_opener(path: str, flags: int) -> int:
    """For `open(…, opener=private_opener)`: a file that is made is its owner's only, from the first byte on."""
    return os.open(path, flags, 0o600)


def on_windows() -> bool:
    return sys.platform.startswith("win")


def put_in_place(draft: Path, path: Path, *, pause: Callable[[float], None] = time.sleep) -> None:
    """Rename `draft` to `path`, over what is there. Raises `OSError`.

    Windows refuses while another program, often a virus scanner, has either file open; that passes, or does not.
    """
    for wait_s in RENAME_WAITS_S:
        try:
            draft.replace(path)
            return
        except PermissionError:
            if not on_windows():
                raise
            pause(wait_s)
    draft.replace(path)


def unwritable(path: Path, error: OSError | ValueError, otherwise: str) -> UmkmError:
    """What cannot be written, as an error; `otherwise` is its key where neither the disk nor its space is at fault."""
    code = _WINDOWS.get(getattr(error, "winerror", None) or 0) or _ERRNO.get(getattr(error, "errno", None) or 0)
    if code is not None:
        return UmkmError(code, exit_code=MISSING, path=path)
    return UmkmError(otherwise, exit_code=MISSING, path=path, why=getattr(error, "strerror", None) or error)


def is_windows_device(name: str) -> bool:
    """Whether Windows takes a file name for a device, a stream, or another name than the one written."""
    stem = name.split(".")[0].rstrip(" ").upper()
    return stem in _DEVICES or name[-1:] in (" ", ".") or any(sign in name for sign in '<>:"|?*')


def _windows_drive_type(drive: str) -> int:
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(drive))  # type: ignore[attr-defined,unused-ignore]


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text("utf-8", errors="replace")
    except OSError:
        return ""
