"""How the tests stand: each module of tests alone, what several share beside them."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent
MODULES = sorted(path for path in TESTS.rglob("*.py") if "__pycache__" not in path.parts)


def imported(path: Path) -> set[str]:
    """Every module and name that a file imports, with dots."""
    tree = ast.parse(path.read_text("utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {
        f"{node.module or ''}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_nothing_is_imported_from_a_module_of_tests() -> None:
    assert len(MODULES) > 100
    wrong = {
        f"{path.relative_to(TESTS)}: {name}"
        for path in MODULES
        for name in imported(path)
        if any(part.startswith("test_") for part in name.split("."))
    }
    assert not wrong, "What several modules of tests need is a module beside them, without `test_` in its name"


def test_every_test_is_in_a_module_that_is_looked_at() -> None:
    hidden = {
        f"{path.relative_to(TESTS)}: {node.name}"
        for path in MODULES
        if not path.name.startswith("test_")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert not hidden
