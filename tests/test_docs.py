"""What the documents say of commands, modules and folders, held to the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import FEATURES
from bot.person.rights import Who
from tests.source import ROOT

EVERYONE, ORGANISERS = "For everyone", "For organisers"
"""The parts of docs/commands.md."""

EXAMPLE = "supper"
"""The command that CONTRIBUTING.md adds step by step; none of its files exist."""

_LINE = re.compile(r"\| `/(?P<name>\w+)[^|]* \| [^|]+ \|")
_PATH = re.compile(r"`([\w./-]+(?:\.py|/))`")
_LINK = re.compile(r"\]\(([^)#:]+)\)")


def documents() -> Iterator[Path]:
    """Every document of the repository, and nothing of what is installed beside it."""
    yield from ROOT.glob("*.md")
    for folder in ROOT.iterdir():
        if folder.is_dir() and not folder.name.startswith("."):
            yield from folder.rglob("*.md")


def commands_by_part() -> dict[str, set[str]]:
    """The commands that docs/commands.md has a line for, by its parts."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    parts = dict(part.split("\n", maxsplit=1) for part in text.split("\n## ")[1:])
    return {
        title: {line["name"] for line in map(_LINE.fullmatch, part.splitlines()) if line}
        for title, part in parts.items()
    }


def test_every_command_stands_where_those_look_who_may_type_it() -> None:
    declared: dict[str, set[str]] = {EVERYONE: set(), ORGANISERS: set()}
    for feature in FEATURES:
        for command in feature.commands:
            is_for_organisers = command.right.who is Who.ORGANISERS
            declared[ORGANISERS if is_for_organisers else EVERYONE].add(command.name)
    declared[EVERYONE].remove("start")  # nobody types it: Telegram sends it
    assert commands_by_part() == declared


@pytest.mark.parametrize("document", sorted(documents()), ids=lambda file: file.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    paths = {path for path in _PATH.findall(text) if EXAMPLE not in path}
    near = (ROOT, document.parent)
    assert {path for path in paths if not any((at / path).exists() for at in near)} == set()
    links = set(_LINK.findall(text))
    assert {link for link in links if not (document.parent / link).exists()} == set()
