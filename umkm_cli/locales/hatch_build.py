"""Compiles the catalogues: for the wheel and for `pip install --editable`, and as a script after a text was changed.

Only what is missing or differs is written, so that a program that runs keeps the file it has open.
"""

import io
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent


class CatalogueBuildHook(BuildHookInterface[Any]):
    """What hatchling calls before it packs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        compile_catalogues()


def compile_catalogues() -> None:
    for written in sorted(HERE.glob("*/LC_MESSAGES/*.po")):
        with written.open("rb") as file:
            catalogue = read_po(file, locale=written.parent.parent.name)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        path = written.with_suffix(".mo")
        if not path.exists() or path.read_bytes() != compiled.getvalue():
            path.write_bytes(compiled.getvalue())


if __name__ == "__main__":
    compile_catalogues()
