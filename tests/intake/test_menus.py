"""What the stand-in holds once the bot has started: a menu for everyone, in their own language."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.message.words import load_words
from bot.person.rights import EVERYONE
from playground.menu import Command, Scope
from tests.message.catalogs import LANGUAGES
from tests.yard import Yard

TYPED_FOR_ALL_TO_SEE = {"action", "elect", "remind"}
"""What these bring belongs to the whole chat, or does no harm there."""


def menu(yard: Yard, scope: str, language: str) -> dict[str, Command]:
    listed = yard.world.menus.get(Scope(scope), language)
    assert len({command.command for command in listed}) == len(listed)
    return {command.command: command for command in listed}


def declared(yard: Yard, *, organisers: bool = True) -> dict[str, str]:
    """Commands that stand in a group's menu, with the keys of their lines."""
    return {
        command.name: command.summary
        for feature in yard.features
        for command in feature.commands
        if command.in_menu and (organisers or command.right == EVERYONE)
    }


@pytest.mark.parametrize("language", ["", *LANGUAGES])
async def test_each_scope_and_language_has_its_menu(yard: Yard, language: str) -> None:
    words = load_words(language or "en")
    everyone = menu(yard, "all_group_chats", language)
    administrators = menu(yard, "all_chat_administrators", language)
    private = menu(yard, "all_private_chats", language)
    assert everyone.keys() == declared(yard, organisers=False).keys()
    assert administrators.keys() == declared(yard).keys()
    assert private.keys() == everyone.keys()
    for listed in (everyone, administrators, private):
        for name, command in listed.items():
            assert command.description == words.plain(declared(yard)[name])


async def test_commands_are_typed_unseen_but_for_those_that_are_for_all(yard: Yard) -> None:
    for scope in ("all_group_chats", "all_chat_administrators"):
        for name, command in menu(yard, scope, "ru").items():
            assert command.is_ephemeral == (name not in TYPED_FOR_ALL_TO_SEE), name


async def test_in_private_nothing_needs_to_be_hidden(yard: Yard) -> None:
    assert not any(c.is_ephemeral for c in menu(yard, "all_private_chats", "").values())


async def test_neighbours_see_six_commands_and_organisers_six_more(yard: Yard) -> None:
    seen_by_tom = [command.command for command in yard.world.menu(yard.tom, yard.group)]
    seen_by_vera = [command.command for command in yard.world.menu(yard.vera, yard.group)]
    assert {"action", "actions", "help"} <= set(seen_by_tom)
    assert seen_by_vera[: len(seen_by_tom)] == seen_by_tom
    assert len(seen_by_vera) > len(seen_by_tom)
    assert len(seen_by_tom) <= 6
    assert len(seen_by_vera) <= 12


async def test_everyone_reads_the_menu_in_their_own_language(yard: Yard) -> None:
    for person, language in ((yard.tom, "en"), (yard.ales, "be"), (yard.nina, "ru")):
        lines = {c.command: c.description for c in yard.world.menu(person, yard.group)}
        assert lines["actions"] == load_words(language).plain("actions.menu.actions")


async def test_who_speaks_another_language_reads_the_default_one(bare_yard: Yard) -> None:
    bare_yard.overrides["DEFAULT_LANGUAGE"] = "be"
    await bare_yard.start()
    bare_yard.world.add_bot(bare_yard.group, by=bare_yard.vera)
    marta = bare_yard.world.add_person("Marta", language="pl")
    bare_yard.world.join(bare_yard.group, marta)
    lines = {c.command: c.description for c in bare_yard.world.menu(marta, bare_yard.group)}
    assert lines["actions"] == load_words("be").plain("actions.menu.actions")


def tellings(yard: Yard) -> int:
    return [call.method for call in yard.world.calls].count("setMyCommands")


async def test_menus_that_telegram_knows_are_not_told_again(yard: Yard) -> None:
    told = tellings(yard)
    assert told
    await yard.restart()
    assert tellings(yard) == told


def _in_other_words(yard: Yard) -> None:
    yard.overrides["DEFAULT_LANGUAGE"] = "ru"


def _half_remembered(yard: Yard) -> None:
    file = yard.folder / "data" / "menus"
    file.write_bytes(file.read_bytes()[:20] + b"\xff")


def _by_another_bot(yard: Yard) -> None:
    yard.world.bot.id += 1


def _a_week_later(yard: Yard) -> None:
    yard.clock.turn(timedelta(days=7))


@pytest.mark.parametrize(
    "changed", [_in_other_words, _half_remembered, _by_another_bot, _a_week_later]
)
async def test_menus_are_told_again_where_telegram_may_know_others(
    yard: Yard, changed: Callable[[Yard], None]
) -> None:
    told = tellings(yard)
    await yard.stop()
    changed(yard)
    await yard.start()
    assert tellings(yard) == 2 * told


async def test_menus_that_were_not_all_taken_are_told_again(bare_yard: Yard) -> None:
    bare_yard.server.faults.add("setMyCommands", "error", description="Bad Request: no")
    await bare_yard.start()
    told_in_vain = tellings(bare_yard)
    await bare_yard.restart()
    assert menu(bare_yard, "all_chat_administrators", "ru")
    told = tellings(bare_yard) - told_in_vain
    await bare_yard.restart()
    assert tellings(bare_yard) == told_in_vain + told


async def test_updates_are_answered_while_menus_are_not_taken(bare_yard: Yard) -> None:
    yard = bare_yard
    refused = yard.server.faults.add("setMyCommands", "500", times=1_000)
    starting = asyncio.create_task(yard.start())
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))
    assert not starting.done()
    assert refused.struck
    yard.server.faults.clear()
    await starting
