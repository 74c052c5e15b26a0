"""What kind of place a file lies in: the few answers that differ between systems, each behind one small function."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

NETWORK_FILESYSTEMS = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "9p", "fuse.sshfs", "davfs", "fuse.davfs2"}
)
_DRIVE_REMOTE = 4  # GetDriveTypeW: DRIVE_REMOTE


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


def make_private(path: Path) -> None:
    """Readable by its owner only, where the system can say so."""
    if os.name == "posix":
        path.chmod(0o700 if path.is_dir() else 0o600)


def _windows_drive_type(drive: str) -> int:
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(drive))  # type: ignore[attr-defined,unused-ignore]


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text("utf-8", errors="replace")
    except OSError:
        return ""
