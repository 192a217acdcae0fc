"""The figures of the house: how many rooms, how wide, who leans on whom, how long. Prints a table.

    python -m tests.house_figures [FOLDER]

FOLDER is the checkout to measure, this one where it is left out.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PRODUCT = ("bot", "handlers", "storage")
LONG_FUNCTION = 40
MANY_ARGUMENTS = 6


@dataclass(frozen=True)
class Module:
    """A module of the product by its dotted name, with what it imports of ours."""

    name: str
    lines: int
    tree: ast.Module
    is_package: bool

    @property
    def room(self) -> str:
        """The folder it stands in."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def imports(self, ours: frozenset[str], *, for_types: bool) -> set[str]:
        return {name for name in _names(self.tree, for_types) if name in ours} - {self.name}


def read_house(root: Path) -> list[Module]:
    """Every module of the product but the migrations, which only ever grow in number."""
    found = []
    for package in PRODUCT:
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            if "versions" in parts:
                continue
            is_package = parts[-1] == "__init__"
            text = file.read_text(encoding="utf-8")
            name = ".".join(parts[:-1] if is_package else parts)
            found.append(Module(name, len(text.splitlines()), ast.parse(text), is_package))
    return found


def figures(house: list[Module]) -> dict[str, str]:
    """Return the rows of the table, by what they say."""
    ours = frozenset(module.name for module in house)
    leaning = {module.name: module.imports(ours, for_types=False) for module in house}
    with_types = {module.name: module.imports(ours, for_types=True) for module in house}
    room_of = {module.name: module.room for module in house}
    filled = [module for module in house if module.lines]
    rooms = Counter(module.room for module in house if not module.is_package)
    widest, width = rooms.most_common(1)[0]
    longest = max(filled, key=lambda module: module.lines)
    functions = [node for module in house for node in _functions(module.tree)]
    return {
        "rooms (folders with modules)": str(len(rooms)),
        "modules at the root of bot/": str(rooms["bot"]),
        "widest room": f"{width} ({widest.replace('.', '/')}/)",
        "arrows between rooms": str(len(_arrows(leaning, room_of))),
        "arrows between modules": str(sum(map(len, leaning.values()))),
        "modules in circles, at run time": str(len(_in_circles(leaning))),
        "modules in circles, with types": str(len(_in_circles(with_types))),
        "files, median lines": f"{statistics.median(module.lines for module in filled):g}",
        "longest file": f"{longest.lines} ({longest.name})",
        "functions": str(len(functions)),
        f"functions over {LONG_FUNCTION} lines": str(sum(map(_is_long, functions))),
        f"functions with over {MANY_ARGUMENTS} arguments": str(sum(map(_wants_much, functions))),
    }


def _arrows(leaning: dict[str, set[str]], room_of: dict[str, str]) -> set[tuple[str, str]]:
    pairs = (
        (room_of[name], room_of[other]) for name, others in leaning.items() for other in others
    )
    return {(room, other) for room, other in pairs if room != other}


def _in_circles(leaning: dict[str, set[str]]) -> set[str]:
    """Modules that lead back to themselves, or lie between two that do. A package that gathers its parts
    is imported with each of them, which is no leaning."""
    left = {
        name: {other for other in others if not name.startswith(f"{other}.")}
        for name, others in leaning.items()
    }
    while True:
        leant_on = {other for others in left.values() for other in others}
        outside = {n for n, others in left.items() if not others & left.keys() or n not in leant_on}
        if not outside:
            return set(left)
        for name in outside:
            del left[name]


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _is_long(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return (function.end_lineno or 0) - function.lineno + 1 > LONG_FUNCTION


def _wants_much(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return len([a for a in arguments if a.arg not in ("self", "cls")]) > MANY_ARGUMENTS


def _names(tree: ast.AST, for_types: bool) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            if for_types:
                yield from _names(node, for_types)
        else:
            yield from _names(node, for_types)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1]
    for label, figure in figures(read_house(folder)).items():
        print(f"| {label} | {figure} |")  # noqa: T201
