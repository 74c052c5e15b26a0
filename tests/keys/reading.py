"""Reads from the program's own text which keys of the catalogues it asks for.

A key is what `t`, `tn` and `known` take, what an error or a problem is made with, and what a function takes that hands
it to one of these. What the text says itself is followed: choices, loops over a literal, constants, tables, parameters
and the calls that fill them. The rest stays a hole, `verdict.{outcome.verdict.value}.label`, to be filled by `built`.
"""

import ast
import enum
import importlib
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import umkm_cli
from tests.keys.syntax import Sink, assigned_in, called, defaults_of, given_to, names_in, parameters_of

PACKAGE = Path(umkm_cli.__file__).parent
Seen = tuple[ast.AST, ...]


SINKS = {
    "t": Sink(0, "key"),
    "tn": Sink(0, "key", counting=True),
    "known": Sink(0, "key", asking=True),
    "gettext": Sink(0, "key"),
    "UmkmError": Sink(0, "code", "error."),
    "ValueProblem": Sink(0, "rule", "rule."),
    "Problem": Sink(2, "rule", "rule."),
    "replace": Sink(99, "rule", "rule."),
}


@dataclass(frozen=True)
class Asked:
    """One key that is asked for, or the pattern of many, with what is not known in braces."""

    key: str
    module: str
    line: int
    counting: bool = False
    asking: bool = False

    @property
    def is_built(self) -> bool:
        return "{" in self.key

    @property
    def shape(self) -> str:
        """The pattern with a star for each hole."""
        return "".join(part if number % 2 == 0 else "*" for number, part in enumerate(_split(self.key)))


def _split(pattern: str) -> list[str]:
    """Text, hole, text, hole, …; braces inside a hole belong to it."""
    parts, depth = [""], 0
    for sign in pattern:
        depth -= sign == "}"
        if sign in "{}" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
        depth += sign == "{"
    return parts


class Module:
    """The text of one module, with what its names stand for."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.tree = ast.parse(text)
        self.parents = {below: node for node in ast.walk(self.tree) for below in ast.iter_child_nodes(node)}
        self.calls: dict[str, list[ast.Call]] = defaultdict(list)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and (name := called(node)):
                self.calls[name].append(node)
        self.imported = {
            (alias.asname or alias.name): (node.module or "", alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    @cached_property
    def loaded(self) -> ModuleType:
        return importlib.import_module(self.name)

    def metavars(self) -> set[str]:
        """What stands for values in the usage lines of commands."""
        return {
            str(item.value.value)
            for item in ast.walk(self.tree)
            if isinstance(item, ast.keyword) and item.arg == "metavar" and isinstance(item.value, ast.Constant)
        }

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        while (node := self.parents.get(node, self.tree)) is not self.tree:
            yield node
        yield self.tree

    def constant(self, node: ast.expr) -> Any:
        """What an expression of names and attributes stands for when the program runs; None if that is not known."""
        if isinstance(node, ast.Name):
            where, name = self.imported.get(node.id, (self.name, node.id))
            return getattr(importlib.import_module(where) if where.startswith("umkm_cli") else self.loaded, name, None)
        if isinstance(node, ast.Attribute):
            return getattr(self.constant(node.value), node.attr, None)
        return None


def package_texts() -> dict[str, str]:
    """The package's modules, without the one that hands keys on to gettext and has none of its own."""
    names = {path: (PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts) for path in PACKAGE.rglob("*.py")}
    texts = {".".join(name).removesuffix(".__init__"): path.read_text("utf-8") for path, name in names.items()}
    return {name: texts[name] for name in sorted(texts) if name != "umkm_cli.i18n"}


class Reader:
    """Every key that the package asks for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` are the modules' by their names."""
        self.modules = {name: Module(name, text) for name, text in texts.items()}

    def asked(self) -> list[Asked]:
        return list(dict.fromkeys(item for module in self.modules.values() for item in self._asked_in(module)))

    def _asked_in(self, module: Module) -> Iterator[Asked]:
        for name, sink in SINKS.items():
            for call in module.calls[name]:
                if (key := given_to(call, sink)) is not None:
                    for pattern in sorted(self.patterns(module, key)):
                        yield Asked(sink.prefix + pattern, module.name, call.lineno, sink.counting, sink.asking)

    def patterns(self, module: Module, node: ast.expr, seen: Seen = ()) -> set[str]:
        """The texts that an expression may have."""
        if node in seen:
            return set()
        match node:
            case ast.Constant(value=value):
                return {value} if isinstance(value, str) else set()
            case ast.IfExp(body=body, orelse=other):
                return self.patterns(module, body, seen) | self.patterns(module, other, seen)
            case ast.BoolOp(values=choices):
                return set().union(*(self.patterns(module, choice, seen) for choice in choices))
            case ast.JoinedStr(values=parts):
                return self._joined(module, parts, seen)
            case ast.FormattedValue(value=value):
                return self.patterns(module, value, seen)
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._joined(module, [left, right], seen)
            case ast.Call(func=ast.Name(id="next"), args=[ast.GeneratorExp(elt=found), *otherwise]):
                return set().union(*(self.patterns(module, item, seen) for item in (found, *otherwise)))
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, *otherwise]):
                known = self._members(module, table, seen)
                if known is not None:
                    return known.union(*(self.patterns(module, item, seen) for item in otherwise))
            case ast.Call(func=ast.Attribute(value=text, attr="replace"), args=[ast.Constant(old), ast.Constant(new)]):
                return {found.replace(str(old), str(new)) for found in self.patterns(module, text, seen)}
            case ast.Call(func=ast.Name(id=name)):
                returned = self._returned(module, name, (*seen, node))
                if returned is not None:
                    return returned
            case ast.Subscript(value=table):
                known = self._members(module, table, seen)
                if known is not None:
                    return known
            case ast.Name(id=name):
                bound = self._bound(module, node, name, (*seen, node))
                if bound is not None:
                    return bound
            case ast.Attribute(attr="value", value=ast.Name() as inner):
                texts = self.patterns(module, inner, seen)
                if not any("{" in text for text in texts):
                    return texts
        constant = module.constant(node) if isinstance(node, ast.Name | ast.Attribute) else None
        if isinstance(constant, str):
            return {str(constant)}
        return {"{" + ast.unparse(node) + "}"}

    def _joined(self, module: Module, parts: list[Any], seen: Seen) -> set[str]:
        if (together := self._together(module, parts, seen)) is not None:
            return together
        return {"".join(texts) for texts in itertools.product(*(self.patterns(module, part, seen) for part in parts))}

    def _returned(self, module: Module, name: str, seen: Seen) -> set[str] | None:
        """What a function of the module returns, which is texts and no more."""
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                ends = [item.value for item in ast.walk(node) if isinstance(item, ast.Return) and item.value]
                found = set().union(*(self.patterns(module, end, seen) for end in ends))
                return found or None
        return None

    def _members(self, module: Module, node: ast.expr, seen: Seen) -> set[str] | None:
        """The texts in a table, list or enumeration, of a table those that it leads to."""
        match node:
            case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
                return set().union(*(self.patterns(module, item, seen) for item in items))
            case ast.Dict(values=items):
                return set().union(*(self.patterns(module, item, seen) for item in items))
            case ast.IfExp(body=body, orelse=other):
                found = [self._members(module, item, seen) for item in (body, other)]
                return None if None in found else set().union(*(item or set() for item in found))
            case ast.Name(id=name) if (assigned := self._assigned(module, node, name)) is not None:
                found = [self._members(module, item, (*seen, node)) for item in assigned if item not in seen]
                if found and None not in found:
                    return set().union(*(item or set() for item in found))
        constant = module.constant(node)
        if isinstance(constant, Mapping):
            return {value for value in constant.values() if isinstance(value, str)} or None
        return _texts(constant)

    def _bound(self, module: Module, node: ast.AST, name: str, seen: Seen) -> set[str] | None:
        """What a name stands for: a loop's variable, what was assigned, or a parameter."""
        for scope in module.above(node):
            loops: list[tuple[ast.expr, ast.expr]] = []
            if isinstance(scope, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
                loops = [(loop.target, loop.iter) for loop in scope.generators]
            elif isinstance(scope, ast.For):
                loops = [(scope.target, scope.iter)]
            for target, iterated in loops:
                if name in names_in(target):
                    return self._looped(module, target, iterated, name, seen)
            if isinstance(scope, ast.FunctionDef):
                assigned = assigned_in(scope, name)
                passed = self._passed(module, scope, name, seen) if name in parameters_of(scope) else None
                if assigned is not None:
                    return (passed or set()).union(*(self.patterns(module, item, seen) for item in assigned))
                if name in parameters_of(scope):
                    return passed
        return None

    def _assigned(self, module: Module, node: ast.AST, name: str) -> list[ast.expr] | None:
        for scope in module.above(node):
            if isinstance(scope, ast.FunctionDef) and (found := assigned_in(scope, name)) is not None:
                return found
        return None

    def _looped(self, module: Module, target: ast.expr, iterated: ast.expr, name: str, seen: Seen) -> set[str] | None:
        """What a loop's variable is; where the loop takes items apart, the part of that name."""
        if isinstance(target, ast.Name):
            if isinstance(iterated, ast.Dict):
                return set().union(*(self.patterns(module, key, seen) for key in iterated.keys if key))
            constant = module.constant(iterated)
            return _texts(list(constant)) if isinstance(constant, Mapping) else self._members(module, iterated, seen)
        if not isinstance(target, ast.Tuple):
            return None
        place = [name in names_in(part) for part in target.elts].index(True)
        match iterated:
            case ast.Call(func=ast.Name(id="enumerate"), args=[counted, *_]) if place == 1:
                return self._looped(module, target.elts[1], counted, name, seen)
        if (items := self._items(module, iterated)) is not None:
            parts = [item.elts[place] for item in items if isinstance(item, ast.Tuple)]
            return set().union(*(self.patterns(module, part, seen) for part in parts)) or None
        if (
            isinstance(iterated, ast.Call)
            and isinstance(iterated.func, ast.Attribute)
            and iterated.func.attr == "items"
        ):
            table = iterated.func.value
            if isinstance(table, ast.Dict):
                sides = (table.keys, table.values)[place]
                return set().union(*(self.patterns(module, item, seen) for item in sides if item))
            constant = module.constant(table)
            if isinstance(constant, Mapping):
                return _texts(list((constant.keys(), constant.values())[place]))
        constant = module.constant(iterated)
        if isinstance(constant, tuple | list) and all(isinstance(item, tuple) for item in constant):
            return _texts([item[place] for item in constant])
        return None

    def _items(self, module: Module, node: ast.expr) -> list[ast.expr] | None:
        """What stands in a list that is written out, here or where its name was given to it."""
        if isinstance(node, ast.Name):
            assigned = self._assigned(module, node, node.id) or []
            return self._items(module, assigned[0]) if len(assigned) == 1 else None
        if not isinstance(node, ast.Tuple | ast.List):
            return None
        inner = [item.value if isinstance(item, ast.Starred) else item for item in node.elts]
        return [item.elt if isinstance(item, ast.GeneratorExp) else item for item in inner]

    def _passed(self, module: Module, function: ast.FunctionDef, name: str, seen: Seen) -> set[str] | None:
        """What callers fill a parameter with, and what it is where they do not; None where nobody calls."""
        if function in seen:
            return set()
        calls = [filled[0] for filled in self._filled(module, function, (name,), (*seen, function))]
        if not calls:
            return None
        default = defaults_of(function).get(name)
        return set().union(*calls, self.patterns(module, default, seen) if default is not None else ())

    def _filled(
        self, module: Module, function: ast.FunctionDef, several: Sequence[str], seen: Seen
    ) -> Iterator[list[set[str]]]:
        """What each call of a function fills some of its parameters with."""
        placed = [item.arg for item in (*function.args.posonlyargs, *function.args.args)]
        sinks = [Sink(placed.index(name) if name in placed else _BY_NAME_ONLY, name) for name in several]
        for other in self.modules.values():
            wanted = (module.name, function.name)
            known_as = {here for here, named in other.imported.items() if named == wanted}
            for call in (call for here in known_as | {function.name} for call in other.calls[here]):
                if other is module or called(call) in known_as:
                    given = [given_to(call, sink) for sink in sinks]
                    yield [set() if value is None else self.patterns(other, value, seen) for value in given]

    def _together(self, module: Module, parts: list[Any], seen: Seen) -> set[str] | None:
        """Of several parameters of one function in one key: what each call fills them with, not every combination."""
        names = [
            part.value.id for part in parts if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name)
        ]
        function = next((item for item in module.above(parts[0]) if isinstance(item, ast.FunctionDef)), None)
        if function is None or function in seen or len(names) < 2 or not set(names) <= set(parameters_of(function)):
            return None
        if any(assigned_in(function, name) for name in names):
            return None
        found: set[str] = set()
        for filled in self._filled(module, function, names, (*seen, function)):
            values = iter(filled)
            texts = [
                next(values)
                if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name)
                else self.patterns(module, part, seen)
                for part in parts
            ]
            found |= {"".join(said) for said in itertools.product(*texts)}
        return found or None


_BY_NAME_ONLY = 99


def _texts(constant: Any) -> set[str] | None:
    """A list's or an enumeration's texts; None for anything that is not texts only."""
    if isinstance(constant, type) and issubclass(constant, enum.Enum):
        return {str(item.value) for item in constant}
    if isinstance(constant, tuple | list | frozenset | set) and all(isinstance(item, str) for item in constant):
        return set(map(str, constant))
    return None
