"""The templates of pages, and what they ask the catalogues for."""

from pathlib import Path

from jinja2 import Environment, nodes

PACKAGE = Path(__file__).resolve().parents[1] / "umkm_cli"
ENDING = ".html.j2"


def templates() -> dict[str, nodes.Template]:
    """Every template as it is parsed, by its path below the package."""
    read = Environment()
    found = sorted(PACKAGE.rglob(f"*{ENDING}"))
    return {str(path.relative_to(PACKAGE).as_posix()): read.parse(path.read_text("utf-8")) for path in found}


def texts_named(template: nodes.Template) -> dict[str, set[str]]:
    """The keys that a template names, by the function that is asked: `t`, or `tn` where something is counted.

    Raises `ValueError` for a key that is put together: such keys are made in Python, where they are enumerated.
    """
    named: dict[str, set[str]] = {"t": set(), "tn": set()}
    for call in template.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in named:
            continue
        key = call.args[0]
        if not isinstance(key, nodes.Const):
            raise ValueError(f"line {call.lineno}: a key that is no literal")
        named[call.node.name].add(key.value)
    return named
