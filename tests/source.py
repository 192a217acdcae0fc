"""The code of the house as text and as a tree, for tests that read it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Module:
    """A module of ours by its dotted name."""

    name: str
    file: Path

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.file.read_text(encoding="utf-8"))

    @property
    def room(self) -> str:
        """The folder it stands in, with dots; a package's front door stands in the package."""
        return self.name if self.file.name == "__init__.py" else self.name.rpartition(".")[0]

    @property
    def length(self) -> int:
        """In lines."""
        return len(self.file.read_text(encoding="utf-8").splitlines())

    def is_in(self, *packages: str) -> bool:
        return any(self.name == p or self.name.startswith(f"{p}.") for p in packages)

    def imports(self, *, for_types: bool = True) -> set[str]:
        """Dotted names of what it imports; `for_types` with what only the type checker reads."""
        return set(_imported(self, for_types=for_types))

    def texts(self) -> set[str]:
        """Every text that stands in it as a whole."""
        return {
            node.value
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }

    def imports_any(self, *packages: str) -> list[str]:
        return sorted(
            name
            for name in self.imports()
            if any(name == package or name.startswith(f"{package}.") for package in packages)
        )


@functools.cache
def modules(*packages: str, root: Path = ROOT) -> tuple[Module, ...]:
    """Every module of these packages of ours, in this checkout or in another."""
    found = []
    for package in packages:
        for file in sorted((root / package.replace(".", "/")).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found.append(Module(name, file))
    assert found, packages
    return tuple(found)


@functools.cache
def _imported(module: Module, *, for_types: bool) -> tuple[str, ...]:
    return tuple(_imports(module.tree, for_types=for_types))


def _imports(tree: ast.AST, *, for_types: bool) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports only"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif (
            isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not for_types
        ):
            yield from (name for other in node.orelse for name in _imports(other, for_types=False))
        else:
            yield from _imports(node, for_types=for_types)


def wrong(package: str, *forbidden: str) -> dict[str, list[str]]:
    """Modules of `package` that import something forbidden, and what."""
    return {m.name: found for m in modules(package) if (found := m.imports_any(*forbidden))}


def leanings(found: Iterable[Module], *, for_types: bool) -> dict[str, set[str]]:
    """By their names, which of these modules each of them imports."""
    ours = {module.name for module in found}
    return {m.name: m.imports(for_types=for_types) & ours - {m.name} for m in found}


def in_circles(leaning: dict[str, set[str]]) -> set[str]:
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
