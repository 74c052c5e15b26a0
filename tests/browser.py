"""The browser that the tests of the page drive: one that this computer has, or Debian's Chromium."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
PLACES = (
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> str | None:
    """The path of a browser of Chromium's kind; `UMKM_TEST_BROWSER` names another."""
    if named := os.environ.get("UMKM_TEST_BROWSER"):
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


def provide() -> None:
    """Install Chromium where there is no browser and this may be done; where not, the tests say what is missing."""
    if find() is not None or sys.platform != "linux" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print("Installing chromium …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False)
