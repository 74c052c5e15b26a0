"""How much of the machine one run of the program takes: every core once."""

import os

_BLAS = ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS")
"""What OpenBLAS reads when numpy loads it, the first that is set."""


def cores() -> int:
    """Those that this process may use, at least 1; fewer than the machine has in a container or under `taskset`."""
    try:
        return len(os.sched_getaffinity(0)) or 1
    except AttributeError:  # Windows and macOS
        return os.cpu_count() or 1


def leave_threads_to_us() -> None:
    """Keep OpenBLAS from starting threads of its own, unless the user said how many; call it before numpy loads.

    They wait by spinning: beside threads that compare pictures they take 2.6 times the processor time for the same
    answer. Processes that are started later inherit it.
    """
    if not any(os.environ.get(name) for name in _BLAS):
        os.environ[_BLAS[0]] = "1"
