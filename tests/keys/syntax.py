"""What a module's syntax tree says of calls, functions and names."""

import ast
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sink:
    """A function that takes a key: as which parameter, under which name, and what is put before it."""

    position: int
    name: str
    prefix: str = ""
    counting: bool = False
    asking: bool = False
    """It asks whether there is such a key."""


def texts_in(path: Path) -> set[str]:
    """Every text that stands in a module."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr="gettext" as name):
            return name
    return ""


def given_to(call: ast.Call, sink: Sink) -> ast.expr | None:
    placed: list[ast.expr] = []
    for item in call.args:
        match item:
            case ast.Starred(value=ast.Tuple(elts=inner)):
                placed += inner
            case _:
                placed.append(item)
    if len(placed) > sink.position:
        return placed[sink.position]
    return next((item.value for item in call.keywords if item.arg == sink.name), None)


def names_in(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def parameters_of(function: ast.FunctionDef) -> list[str]:
    given = function.args
    return [item.arg for item in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def defaults_of(function: ast.FunctionDef) -> dict[str, ast.expr]:
    given = function.args
    placed = [item.arg for item in (*given.posonlyargs, *given.args)]
    found = dict(zip(reversed(placed), reversed(given.defaults), strict=False))
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    return found | {item.arg: default for item, default in named if default is not None}


def assigned_in(function: ast.FunctionDef, name: str) -> list[ast.expr] | None:
    """Every value that a function gives to one of its names; of several names at once the one in its place."""
    found: list[ast.expr] = []
    for node in ast.walk(function):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=target)], value=value)
                | ast.NamedExpr(target=ast.Name(id=target), value=value)
            ) if target == name:
                found.append(value)
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                found.append(value)
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value) if name in map(name_of, targets):
                place = list(map(name_of, targets)).index(name)
                choices = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
                found += [choice.elts[place] for choice in choices if isinstance(choice, ast.Tuple)] or [value]
    return found or None


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
