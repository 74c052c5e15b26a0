"""Showing a page in the user's browser, where there is a screen to show it on."""

import os
import sys


def show_in_browser(address: str) -> None:
    if _has_screen():
        import webbrowser

        webbrowser.open(address)


def _has_screen() -> bool:
    """Where there is none, a browser in text mode would take the terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
