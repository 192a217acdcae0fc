"""What people type into titles, places and names is shown as typed, and calls nobody."""

from __future__ import annotations

import pytest

from playground.chats import Message
from playground.entities import slice_utf16
from tests.yard import Yard

PREVIEW = "This is how neighbours will see it"


def alive(yard: Yard) -> set[str]:
    """The names and commands that can be tapped in what the bot ever said in the group."""
    return {
        slice_utf16(message.text, entity["offset"], entity["length"])
        for message in yard.group.log
        if message.sender is yard.world.bot
        for entity in message.entities
        if entity["type"] in ("mention", "bot_command")
    }


async def published(yard: Yard, line: str) -> Message:
    yard.say(yard.tom, f"/action tomorrow 19:00 {line}")
    await yard.tap(yard.tom, await yard.hears(yard.tom, PREVIEW), "Publish")
    return await yard.card("22 October")


@pytest.mark.parametrize("line", ["Concert @Fountain", "Concert@ Fountain", "Concert @ Fountain"])
async def test_a_place_without_a_blank_is_a_place(yard: Yard, line: str) -> None:
    card = await published(yard, line)
    assert "📣 Concert\n" in card.text
    assert "\n📍 Fountain" in card.text
    assert "@Fountain" not in alive(yard)


@pytest.mark.parametrize(
    "line",
    [
        "Concert with @stranger @ Fountain",
        "@stranger plays",
        "Tap /erase now",
        "Concert @ the place of @stranger",
        "Concert\nAsk @stranger or tap /erase",
    ],
)
async def test_nobody_is_called_and_nothing_offered_to_tap(yard: Yard, line: str) -> None:
    card = await published(yard, line)
    words = [word for word in line.split() if word != "@"]
    assert all(word in card.text.replace("\u2060", "") for word in words)
    yard.say(yard.nina, "/actions")
    await yard.hears(yard.nina, "22 октября")
    assert alive(yard).isdisjoint({"@stranger", "/erase"})


async def test_addresses_in_a_description_stay_links_and_are_not_shown_beneath(yard: Yard) -> None:
    card = await published(yard, "Concert\nSee https://example.org/@band or ask vera@example.org")
    assert [e["type"] for e in card.entities if e["type"] in ("url", "email")] == ["url", "email"]
    assert not card.content.shows_preview


async def test_the_line_that_is_copied_to_be_changed_is_as_it_was_typed(yard: Yard) -> None:
    card = await published(yard, "@stranger plays @ Fountain")
    await yard.tap(yard.tom, card, "⋯")
    page = await yard.hears(yard.tom, "The numbers on a card")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "Words"))
    asked = await yard.hears(yard.tom, "How should it read", private)
    (code,) = [entity for entity in asked.entities if entity["type"] == "code"]
    line = slice_utf16(asked.text, code["offset"], code["length"])
    yard.say(yard.tom, f"{line} again", chat=private)
    await yard.tap(yard.tom, await yard.hears(yard.tom, PREVIEW, private), "Save")
    await yard.hears(yard.nina, "has changed")
    await yard.settled()
    await yard.world.until(lambda: "plays again" in card.text)
    assert "\u2060\u2060" not in card.text


async def test_names_and_titles_of_elections_call_nobody(yard: Yard) -> None:
    yard.say(yard.vera, "/elect 400 Representative of @stranger, tap /erase")
    await yard.tap(yard.vera, await yard.hears(yard.vera, "Representative of"), (0, 0))
    await yard.card("Representative of")
    yard.say(yard.tom, "/stand @stranger")
    await yard.hears(yard.tom, "stranger")
    assert alive(yard).isdisjoint({"@stranger", "/erase"})
    labels = [label for m in yard.group.log for label in yard.labels(m)]
    assert not any("\u2060" in label for label in labels)


async def test_reminders_call_whom_they_name(yard: Yard) -> None:
    yard.say(yard.vera, "/remind today 13:00 Ask @somebody")
    await yard.hears(yard.vera, PREVIEW)
    assert "@somebody" in alive(yard)
