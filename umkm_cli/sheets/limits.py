"""Limits that a process sets itself before it reads what strangers send."""

import contextlib
import sys


def limit_memory(most_bytes: int) -> None:
    """Of this process, from now on. Where a system has no such limit (macOS), there is none."""
    if sys.platform == "win32":
        from umkm_cli.sheets.windows_job import limit_process_memory

        limit_process_memory(most_bytes)
    else:
        import resource

        for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, most_bytes)):
            with contextlib.suppress(OSError, ValueError):  # already lower, or unknown here
                resource.setrlimit(kind, (most, most))
