"""What the package's text says of the names that stand in keys: which texts functions are given, return and store."""

import ast
import re

from tests.keys.reading import Reader
from tests.keys.syntax import Sink, defaults_of, given_to


class Text(Reader):
    """The package as a text to ask."""

    def given(self, function: str, position: int, name: str, within: str = "umkm_cli") -> set[str]:
        """The texts that calls of a function fill one of its parameters with, in the package or a part of it."""
        sink = Sink(position, name)
        return {
            text
            for module in self.modules.values()
            if module.name.startswith(within)
            for call in module.calls[function]
            if (value := given_to(call, sink)) is not None
            for text in self.patterns(module, value)
            if "{" not in text
        }

    def returned(self, module: str, function: str) -> set[str]:
        """The texts that stand in what a function or method returns."""
        return {
            text.value
            for node in ast.walk(self.modules[module].tree)
            if isinstance(node, ast.FunctionDef) and node.name == function
            for end in ast.walk(node)
            if isinstance(end, ast.Return)
            for text in ast.walk(end)
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value
        }

    def named_in(self, module: str, function: str) -> set[str]:
        """The texts in the body of a function or method that could be a part of a key."""
        return {
            text.value
            for node in ast.walk(self.modules[module].tree)
            if isinstance(node, ast.FunctionDef) and node.name == function
            for text in ast.walk(node)
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and re.fullmatch(r"[a-z_]+", text.value)
        }

    def keys_in(self, module: str, function: str) -> set[str]:
        """The keys of the tables in the body of a function or method."""
        return {
            str(key.value)
            for node in ast.walk(self.modules[module].tree)
            if isinstance(node, ast.FunctionDef) and node.name == function
            for table in ast.walk(node)
            if isinstance(table, ast.Dict)
            for key in table.keys
            if isinstance(key, ast.Constant)
        }

    def defaults(self, module: str, name: str) -> set[str]:
        """What the parameters of a name are where nothing is given."""
        return {
            default.value
            for node in ast.walk(self.modules[module].tree)
            if isinstance(node, ast.FunctionDef)
            if isinstance(default := defaults_of(node).get(name), ast.Constant) and isinstance(default.value, str)
        }

    def warned(self) -> set[str]:
        """The rules that are appended to the warnings of a value."""
        return {
            rule.value
            for module in self.modules.values()
            for call in ast.walk(module.tree)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "warnings.append"
            for rule in ast.walk(call.args[0])
            if isinstance(rule, ast.Constant) and isinstance(rule.value, str) and "_" in rule.value
        }

    def stored(self, module: str, column: str) -> set[str]:
        """The texts that a module writes into a column, in tables such as `{"status": "closed"}`."""
        return {
            value.value
            for node in ast.walk(self.modules[module].tree)
            if isinstance(node, ast.Dict)
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant) and key.value == column
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
        }
