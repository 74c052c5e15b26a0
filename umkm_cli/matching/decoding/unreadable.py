"""Why a file gives no picture."""

from typing import Literal

Reason = Literal["empty", "not_an_image", "unsupported", "truncated", "too_large"]


class UnreadableImage(Exception):  # noqa: N818
    """The bytes give no picture.

    `reason` is a stable key: `empty`; `not_an_image`; `unsupported`, another type or a rare kind of a known one;
    `truncated`, cut off or damaged; `too_large`, more pixels than allowed or than memory holds.
    """

    def __init__(self, reason: Reason, detail: object = "") -> None:
        super().__init__(f"{reason}: {detail}" if f"{detail}" else reason)
        self.reason: str = reason
