"""How a use case tells how far it is, to whoever wants to show it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

Counting = Callable[[int | None], AbstractContextManager[Callable[[int], None]]]
"""Of how many things there are, None where that is not known, something that is told how many are done."""
