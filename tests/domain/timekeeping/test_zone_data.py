"""Which rules clocks go by: those of the package that the lock names, on every machine."""

from __future__ import annotations

import ast
import importlib
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.timekeeping import zone_data
from tests.frame.other_zone_data import zone_package, zones_of
from tests.process import run_python
from tests.source import leanings, modules

IANA_VERSION = importlib.import_module("tzdata").IANA_VERSION
ASK = (
    "from datetime import UTC, datetime\n"
    "from zoneinfo import ZoneInfo\n"
    "import {module}\n"
    "print(datetime(2026, 11, 22, tzinfo=UTC).astimezone(ZoneInfo('Africa/Casablanca')).utcoffset())\n"
)


def test_the_machines_own_files_are_not_asked(tmp_path: Path) -> None:
    machine = zone_package(tmp_path, "2025b", {"Africa/Casablanca": "Africa/Algiers"})
    files = machine / "tzdata" / "zoneinfo"
    said = {
        module: run_python(
            "-c", ASK.format(module=module), folder=tmp_path, PYTHONTZPATH=str(files)
        ).stdout.strip()
        for module in ("json", "bot.app", "bot.settings", "storage.tables")
    }
    assert said.pop("json") == "1:00:00", "without the bot they are"
    assert set(said.values()) == {"0:00:00"}


def test_whoever_asks_for_a_zone_leans_on_the_data() -> None:
    house = modules("bot", "handlers", "storage")
    leaning = leanings(house, for_types=False)
    sure = {"bot.domain.timekeeping.zone_data"}
    while more := {name for name, others in leaning.items() if name not in sure and others & sure}:
        sure |= more
    asking = {
        module.name
        for module in house
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in ("ZoneInfo", "available_timezones", "no_cache")
    }
    assert asking
    assert asking - sure == set()


def test_the_version_is_that_of_the_package() -> None:
    assert zoneinfo.TZPATH == ()
    assert zone_data.version() == IANA_VERSION


def test_newer_data_has_another_version(tmp_path: Path) -> None:
    with zones_of(zone_package(tmp_path, "2099a", {})):
        assert zone_data.version() == "2099a"
    assert zone_data.version() == IANA_VERSION


@pytest.mark.parametrize(
    ("now", "days"), [("2025-06-01", 0), ("2025-12-31", 0), ("2026-01-11", 10), ("2027-01-01", 365)]
)
def test_it_is_at_least_so_old(now: str, days: int, tmp_path: Path) -> None:
    with zones_of(zone_package(tmp_path, "2025b", {})):
        age = zone_data.age(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert age == timedelta(days=days)
