"""The rooms of the house, held to the code: how many, who leans on whom, and how large they grow."""

from __future__ import annotations

import ast
import statistics
from collections import defaultdict
from pathlib import Path

import pytest

from tests.message.catalogs import files
from tests.source import ROOT, Module, in_circles, leanings, modules

PRODUCT = ("bot", "handlers", "storage")
DOOR = {"__main__", "app", "settings", "settings_reader", "clock"}
READ_BY_AUTHORS = {"feature", "context", "store", "later", "steps", "chores"}
FRAME_TABLES = {
    "changes",
    "heads",
    "chats",
    "coded",
    "copying",
    "database",
    "delivery",
    "duty",
    "examining",
    "former_keys",
    "handled_updates",
    "instance",
    "insertion",
    "migrations",
    "occupied",
    "quiet_hours",
    "rewriting",
    "short_lived",
    "troubles",
    "types",
    "whole_tables",
}
FRAME_WORDS = {"frame", "moments", "quiet", "delivery"}
PACKAGES = ("telegram", "sqlmodel", "apscheduler", "dotenv", "alembic", "babel", "cryptography")
MOST_IN_A_ROOM = 12
MEDIAN_LINES = 90


def frame() -> list[Module]:
    """Everything in bot/ but the rules, the command line and the composition root."""
    return [
        module
        for module in modules("bot")
        if not module.is_in("bot.domain", "bot.cli")
        and module.name not in ("bot.app", "bot.__main__")
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
    assert tables <= features | {"copying", "delivery", "migrations"}


def test_the_frame_imports_its_own_tables_only() -> None:
    for module in modules("bot"):
        tables = {name.split(".")[1] for name in module.imports_any("storage") if "." in name}
        assert tables <= FRAME_TABLES, f"{module.name} knows {tables - FRAME_TABLES}"


def test_the_frame_speaks_its_own_words_only() -> None:
    catalogs = {name.split(".")[0] for name in files("en")}
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
    leaning = leanings(modules(*PRODUCT, "playground"), for_types=for_types)
    assert sorted(in_circles(leaning)) == []


def test_most_files_are_short() -> None:
    lengths = [
        length
        for module in modules(*PRODUCT)
        if not module.is_in("storage.migrations.versions") and (length := module.length)
    ]
    assert statistics.median(lengths) < MEDIAN_LINES
