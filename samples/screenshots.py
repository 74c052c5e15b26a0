"""Make the pictures in `screenshots/`: a check at a terminal, in the page, and as a report, by the real command.

Needs what the project's tests need, a browser included.

    python samples/screenshots.py [--out FOLDER]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

SAMPLES = Path(__file__).resolve().parent
sys.path.insert(0, str(SAMPLES.parent))

from tests import browser  # noqa: E402

COLUMNS = 108
TERMINAL = ("umkm", "motif", "check", "samples/suspect/crop.jpg")
PAGE_SIZE = {"width": 1060, "height": 800}
REPORT_SIZE = {"width": 800, "height": 800}
JPEG_QUALITY = 88
REPORT_PIXELS, REPORT_QUALITY = 640, 50
PATIENCE_MS = 120_000


def umkm(home: Path, *arguments: str, language: str) -> str:
    command = [sys.executable, "-m", "umkm_cli", *arguments]
    return subprocess.run(
        command, cwd=SAMPLES.parent, env=environment(home, language), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def environment(home: Path, language: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("UMKM_")}
    return clean | {"UMKM_HOME": str(home), "UMKM_LANG": language, "COLUMNS": str(COLUMNS)}


def terminal(home: Path, page: Page, path: Path) -> None:
    """What the command prints, as rich draws a terminal."""
    said = umkm(home, *TERMINAL[1:], language="en")
    screen = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    screen.print(Text(f"$ {' '.join(TERMINAL)}", style="bold"))
    screen.print(Text(said.rstrip()))
    page.set_content(f"<style>body {{ margin: 0 }}</style>{screen.export_svg(title='umkm', theme=MONOKAI)}")
    picture = Image.open(BytesIO(page.locator("svg").first.screenshot(omit_background=True)))
    picture.quantize(64).save(path, optimize=True)


def in_page(home: Path, page: Page, path: Path) -> None:
    """The page after a picture was dropped on it."""
    with served(home) as address:
        page.goto(address)
        page.locator("input[type=file]").first.set_input_files(SAMPLES / "suspect" / "crop.jpg")
        card = page.locator("article.card")
        expect(card.locator("tbody tr")).to_have_count(1, timeout=PATIENCE_MS)
        page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
        card.evaluate("(card) => card.ownerDocument.activeElement.blur()")
        picture = Image.open(BytesIO(page.screenshot(full_page=True)))
    picture.convert("RGB").save(path, quality=JPEG_QUALITY, optimize=True)


def report(home: Path, page: Page, path: Path, folder: Path) -> None:
    """The beginning of a report on the same picture, for the README narrower than a screen."""
    file = folder / "report.html"
    umkm(home, *TERMINAL[1:], "--no-record", "--report", str(file), language="en")
    page.goto(file.as_uri())
    end = page.locator(".pictures").bounding_box()
    assert end is not None
    clip = {"x": 0, "y": 0, "width": REPORT_SIZE["width"], "height": end["y"] + end["height"] + 12}
    picture = Image.open(BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB")  # type: ignore[arg-type]
    picture.thumbnail((REPORT_PIXELS, picture.height), Image.Resampling.LANCZOS)
    picture.save(path, quality=REPORT_QUALITY, optimize=True)


@contextmanager
def served(home: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "umkm_cli", "open", "--json"]
    with subprocess.Popen(
        command, cwd=SAMPLES.parent, env=environment(home, "id"), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield json.loads("".join([*iter(process.stdout.readline, "}\n"), "}"]))["address"]
        process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=SAMPLES / "screenshots", help="folder (default: screenshots)")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "registry"
        for noun in ("vendor", "motif"):
            umkm(home, noun, "import", f"samples/{noun}s.csv", language="en")
        chromium = playwright.chromium.launch(executable_path=browser.find())
        terminal(home, chromium.new_page(viewport=PAGE_SIZE), out / "terminal.png")  # type: ignore[arg-type]
        in_page(home, chromium.new_page(viewport=PAGE_SIZE), out / "page.jpg")  # type: ignore[arg-type]
        report(home, chromium.new_page(viewport=REPORT_SIZE), out / "report.jpg", Path(folder))  # type: ignore[arg-type]
        chromium.close()


if __name__ == "__main__":
    main()
