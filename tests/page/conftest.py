"""The real command serves, a real browser looks; every request and every message of its console is watched."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

STOP_TIMEOUT_S = 30
expect.set_options(timeout=60_000)  # a check takes a second, and many on a busy computer


@dataclass
class Served:
    """A running `umkm open`."""

    address: str
    process: "subprocess.Popen[str]"

    @property
    def origin(self) -> str:
        return self.address[: self.address.index("/", len("http://"))]

    def ended(self) -> int:
        return self.process.wait(STOP_TIMEOUT_S)


@dataclass
class Watched:
    """A page with what it asked for and what its console said."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def served(registry: Path) -> Iterator[Served]:
    command = [sys.executable, "-m", "umkm_cli", "open", "--json"]
    environment = {**os.environ, "UMKM_HOME": str(registry)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        lines = list(iter(process.stdout.readline, "}\n"))
        document = json.loads("".join([*lines, "}"]))
        assert document["schema"] == "umkm.page/1"
        yield Served(document["address"], process)
        process.terminate()


@pytest.fixture
def watched(served: Served, chromium: Browser) -> Iterator[Watched]:
    page = chromium.new_page(viewport={"width": 1024, "height": 600})
    seen = Watched(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(served.address)
    yield seen
    page.close()
