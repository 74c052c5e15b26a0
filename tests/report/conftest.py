"""Pages that are files: opened from the disk in a real browser, everything they ask for and say is watched."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page


@dataclass
class Opened:
    """A page from a file, what it asked for besides itself, and what its console said."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        assert self.asked == []
        assert self.complaints == []

    def serious(self) -> list[str]:
        """What axe-core finds."""
        found = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {rule['help']}" for rule in found if rule["impact"] in ("serious", "critical")]


Opener: TypeAlias = Callable[..., AbstractContextManager[Opened]]


@pytest.fixture
def opened(chromium: Browser) -> Opener:
    """`with opened(path, reduced_motion="reduce") as seen:`; further words are the browser's.

    With `stopped_clock` time passes in the page only as `seen.page.clock` says.
    """

    @contextmanager
    def open_(path: Path, *, stopped_clock: bool = False, **wishes: Any) -> Iterator[Opened]:
        page = chromium.new_page(**{"viewport": {"width": 1100, "height": 800}} | wishes)
        seen = Opened(page)
        address = path.as_uri()
        page.on("request", lambda request: _note(seen, request.url, address))
        page.on("console", lambda message: seen.complaints.append(message.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        if stopped_clock:
            page.clock.install()
        page.goto(address)
        if stopped_clock:
            page.clock.pause_at(page.evaluate("Date.now()") + 1000)
        yield seen
        page.close()

    return open_


def _note(seen: Opened, url: str, address: str) -> None:
    if url.split("#")[0] != address and not url.startswith("data:"):
        seen.asked.append(url[:200])
