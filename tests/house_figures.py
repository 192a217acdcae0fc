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
from pathlib import Path

from tests.source import ROOT, Module, in_circles, leanings, modules

PRODUCT = ("bot", "handlers", "storage")
LONG_FUNCTION = 40
MANY_ARGUMENTS = 6


def read_house(root: Path) -> list[Module]:
    """Every module of the product but the migrations, which only ever grow in number."""
    found = modules(*PRODUCT, root=root)
    return [module for module in found if not module.is_in("storage.migrations.versions")]


def figures(house: list[Module]) -> dict[str, str]:
    """Return the rows of the table, by what they say."""
    leaning = leanings(house, for_types=False)
    with_types = leanings(house, for_types=True)
    room_of = {module.name: module.room for module in house}
    lengths = {module.name: length for module in house if (length := module.length)}
    rooms = Counter(module.room for module in house if module.room != module.name)
    widest, width = rooms.most_common(1)[0]
    longest = max(lengths, key=lengths.__getitem__)
    functions = [node for module in house for node in _functions(module.tree)]
    return {
        "rooms (folders with modules)": str(len(rooms)),
        "modules at the root of bot/": str(rooms["bot"]),
        "widest room": f"{width} ({widest.replace('.', '/')}/)",
        "arrows between rooms": str(len(_arrows(leaning, room_of))),
        "arrows between modules": str(sum(map(len, leaning.values()))),
        "modules in circles, at run time": str(len(in_circles(leaning))),
        "modules in circles, with types": str(len(in_circles(with_types))),
        "files, median lines": f"{statistics.median(lengths.values()):g}",
        "longest file": f"{lengths[longest]} ({longest})",
        "functions": str(len(functions)),
        f"functions over {LONG_FUNCTION} lines": str(sum(map(_is_long, functions))),
        f"functions with over {MANY_ARGUMENTS} arguments": str(sum(map(_wants_much, functions))),
    }


def _arrows(leaning: dict[str, set[str]], room_of: dict[str, str]) -> set[tuple[str, str]]:
    pairs = (
        (room_of[name], room_of[other]) for name, others in leaning.items() for other in others
    )
    return {(room, other) for room, other in pairs if room != other}


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _is_long(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return (function.end_lineno or 0) - function.lineno + 1 > LONG_FUNCTION


def _wants_much(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return len([a for a in arguments if a.arg not in ("self", "cls")]) > MANY_ARGUMENTS


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    for label, figure in figures(read_house(folder)).items():
        print(f"| {label} | {figure} |")  # noqa: T201
