"""The rooms of the house, held to the code: how many, who leans on whom, and how large they grow."""

from __future__ import annotations

import ast
import statistics
from collections import defaultdict
from pathlib import Path

import pytest

from tests.source import ROOT, Module, modules

PRODUCT = ("bot", "handlers", "storage")
DOOR = {"__main__", "app", "settings", "clock"}
READ_BY_AUTHORS = {"feature", "context", "store", "steps"}
FRAME_TABLES = {
    "heads",
    "chats",
    "database",
    "deep_links",
    "delivery",
    "drafts",
    "duty",
    "handled_updates",
    "instance",
    "insertion",
    "migrations",
    "quiet_hours",
    "rewriting",
    "types",
}
FRAME_WORDS = {"frame", "moments", "quiet", "delivery"}
PACKAGES = ("telegram", "sqlmodel", "apscheduler", "dotenv", "alembic", "babel", "cryptography")
MOST_IN_A_ROOM = 12
MOST_LINES = 400
MEDIAN_LINES = 80


def frame() -> list[Module]:
    """Everything in bot/ but the rules and the composition root."""
    return [
        module
        for module in modules("bot")
        if not module.is_in("bot.domain") and module.name not in ("bot.app", "bot.__main__")
    ]


def test_the_root_of_the_frame_has_the_door_and_what_authors_read() -> None:
    at_root = {file.stem for file in (ROOT / "bot").glob("*.py")} - {"__init__"}
    assert at_root == DOOR | READ_BY_AUTHORS


def test_no_room_of_the_frame_holds_more_than_one_can_remember() -> None:
    held = defaultdict[Path, int](int)
    for module in modules("bot"):
        if module.file.name != "__init__.py":
            held[module.file.parent] += 1
    assert {str(room): n for room, n in held.items() if n > MOST_IN_A_ROOM} == {}


def test_no_room_is_called_like_a_package_that_we_import() -> None:
    rooms = {path.parent.name for path in (ROOT / "bot").rglob("__init__.py")}
    assert rooms.isdisjoint(PACKAGES)


def test_layers_have_the_same_features() -> None:
    """Whoever looks for the rules or the tables of a feature finds them under its name."""
    features = {path.parent.name for path in (ROOT / "handlers").glob("*/__init__.py")}
    rules = {path.parent.name for path in (ROOT / "bot" / "domain").glob("*/__init__.py")}
    assert rules <= features | {"moments", "timekeeping"}
    tables = {path.parent.name for path in (ROOT / "storage").glob("*/__init__.py")}
    assert tables <= features | {"delivery", "migrations"}


def test_the_frame_imports_its_own_tables_only() -> None:
    for module in frame():
        tables = {name.split(".")[1] for name in module.imports_any("storage") if "." in name}
        assert tables <= FRAME_TABLES, f"{module.name} knows {tables - FRAME_TABLES}"


def test_the_frame_speaks_its_own_words_only() -> None:
    catalogs = {file.stem for file in (ROOT / "bot" / "locales" / "en").rglob("*.po")}
    for module in frame():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                first, dot, rest = node.value.partition(".")
                is_key = dot and first in catalogs and " " not in rest
                assert not is_key or first in FRAME_WORDS, f"{module.name}: {node.value!r}"


def test_parts_of_elections_lean_on_the_heart_and_on_payloads_only() -> None:
    for module in modules("handlers.elections"):
        if module.name in ("handlers.elections", "handlers.elections.parts"):
            continue
        part = module.name.split(".")[2]
        for name in module.imports_any("handlers.elections"):
            other = name.split(".")[2:]
            if not other or other[0] == part:
                continue
            leans_well = other[0] == "heart" or (part != "heart" and "payloads" in other)
            assert leans_well or other == [other[0]], f"{module.name} leans on {name}"


@pytest.mark.parametrize("for_types", [False, True], ids=["at run time", "for types"])
def test_no_module_imports_another_in_a_circle(for_types: bool) -> None:
    ours = {module.name: module for module in modules(*PRODUCT, "playground")}
    leans_on = {
        name: module.imports(for_types=for_types) & ours.keys() - {name}
        for name, module in ours.items()
    }
    # A package that gathers its parts is imported with each of them, which is no leaning.
    for name, others in leans_on.items():
        leans_on[name] = {other for other in others if not name.startswith(f"{other}.")}
    while outside := _not_in_a_circle(leans_on):
        for name in outside:
            del leans_on[name]
    assert sorted(leans_on) == []


def _not_in_a_circle(leans_on: dict[str, set[str]]) -> set[str]:
    """Those that lean on nothing that is left, and those on which nothing leans."""
    leant_on = {other for others in leans_on.values() for other in others}
    leaves = {name for name, others in leans_on.items() if not others & leans_on.keys()}
    return leaves | (leans_on.keys() - leant_on)


def test_files_have_one_job() -> None:
    lengths = {
        module.name: len(module.file.read_text(encoding="utf-8").splitlines())
        for module in modules(*PRODUCT)
        if not module.is_in("storage.migrations.versions")
    }
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}
    assert statistics.median(n for n in lengths.values() if n) < MEDIAN_LINES
