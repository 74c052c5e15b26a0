"""What can go wrong, as one kind of exception that the command line turns into a sentence.

An error carries a stable key (`code`), the values its sentence needs, and the exit status. The sentence itself is in
the catalogues under `error.<code>`, and what to do next under `hint.<code>`.
"""

from typing import Any

REFUSED = 1
USAGE = 2
MISSING = 3
UNPROVED = 4
"""A document that is intact, of which it is not known who signed it, or of which a code was verified and no more."""
INTERRUPTED = 130


class UmkmError(Exception):
    """A request that ends in a sentence instead of a result.

    `code` is stable: scripts read it. `params` fill the placeholders of the sentence; `details` is what scripts get
    with it, such as what was done before it came to this.
    """

    def __init__(
        self, code: str, /, *, exit_code: int = REFUSED, details: dict[str, Any] | None = None, **params: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.exit_code = exit_code
        self.details = details or {}
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code}: {details}" if details else self.code
