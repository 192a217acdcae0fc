"""Zone data as another day's package had it: the same zones, some of which went by other rules."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest


def zone_package(folder: Path, version: str, rules: dict[str, str]) -> Path:
    """Make a package "tzdata" of this version, in which zones go by the rules of others ("Africa/Casablanca":
    "Africa/Algiers"). Gives the folder to import it from."""
    place = folder / version
    with as_file(files("tzdata")) as ours:
        shutil.copytree(ours, place / "tzdata", ignore=shutil.ignore_patterns("__pycache__"))
        for zone, other in rules.items():
            shutil.copy(ours / "zoneinfo" / other, place / "tzdata" / "zoneinfo" / zone)
    listed = place / "tzdata" / "zoneinfo" / "tzdata.zi"
    _, rest = listed.read_text().split("\n", 1)
    listed.write_text(f"# version {version}\n{rest}")
    return place


@contextmanager
def zones_of(place: Path) -> Iterator[None]:
    """Let this process read its zones from that package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(place)
        _forget_zones()
        yield
    _forget_zones()


def _forget_zones() -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "tzdata"]:
        del sys.modules[name]
    ZoneInfo.clear_cache()
