"""What a digest says of an election's deadline: until when one can sign, and that the last day is near."""

from __future__ import annotations

import pytest

from playground.chats import Message
from tests.chats.setting_up import speak
from tests.digests.test_digests import caught_up, digests, settings_page
from tests.elections.campaign import TITLE
from tests.elections.campaign import announce as announce_election
from tests.elections.ending.test_deadline import asked_for_deadline, begin
from tests.yard import Yard, turn_to

SQLITE = pytest.mark.databases("sqlite")


async def told(yard: Yard, moment: str, words: str) -> Message:
    """The digest of that moment, which says so."""
    turn_to(yard, moment)
    await yard.world.until(lambda: any(words in digest.text for digest in digests(yard)))
    return next(digest for digest in digests(yard) if words in digest.text)


async def test_it_says_until_when_one_can_sign_and_the_last_days_stand_out(yard: Yard) -> None:
    await begin(yard, "In 2 weeks")
    await settings_page(yard, "daily 18:00")
    until = f"✍️ {TITLE}\n⏳ You can sign until Wed 4 November, 21:00\nNo candidates yet."
    digest = await told(yard, "2026-10-21 15:00", until)
    assert "last day" not in digest.text
    digest = await told(yard, "2026-11-03 15:00", "⏳ Tomorrow is the last day")
    assert "Tomorrow is the last day to sign: until 21:00" in bold(digest)
    digest = await told(yard, "2026-11-04 15:00", "⏳ Today is the last day")
    assert "Today is the last day to sign: until 21:00" in bold(digest)


def bold(message: Message) -> list[str]:
    units = message.text.encode("utf-16-le")
    spans = [
        (2 * e["offset"], 2 * (e["offset"] + e["length"]))
        for e in message.entities
        if e["type"] == "bold"
    ]
    return [units[begin:end].decode("utf-16-le") for begin, end in spans]


@SQLITE
@pytest.mark.parametrize(
    ("language", "typed", "until", "today"),
    [
        (
            "Беларуская",
            "штодня 18:00",
            "⏳ Подпісы збіраем да 4 лістапада (ср), 21:00",
            "⏳ Сёння апошні дзень: подпісы збіраем да 21:00",
        ),
        (
            "Русский",
            "ежедневно 18:00",
            "⏳ Подписи собираем до 4 ноября (ср), 21:00",
            "⏳ Сегодня последний день: подписи собираем до 21:00",
        ),
    ],
    ids=["be", "ru"],
)
async def test_it_says_so_in_the_language_of_the_chat(
    yard: Yard, language: str, typed: str, until: str, today: str
) -> None:
    await begin(yard, "In 2 weeks")
    await speak(yard, language)
    await settings_page(yard, typed)
    await told(yard, "2026-10-21 15:00", until)
    await told(yard, "2026-11-04 15:00", today)


@SQLITE
async def test_midnight_is_the_end_of_the_day_before(yard: Yard) -> None:
    private = await asked_for_deadline(yard)
    yard.say(yard.vera, "tomorrow 0:00", chat=private)
    last = "can sign until Wed 21 October, 24:00, Minsk time"
    preview = await yard.hears(yard.vera, last, private)
    await yard.tap(yard.vera, preview, "Publish")
    assert last in (await yard.card(TITLE)).text
    await settings_page(yard, "daily 18:00")
    await told(yard, "2026-10-21 15:00", "Today is the last day to sign: until 24:00")


@SQLITE
async def test_what_closes_soonest_comes_first(yard: Yard) -> None:
    await begin(yard, "In 2 weeks")
    for heading in ("A mural", "A gate"):
        await announce_election(yard, f"/elect 400 {heading}")
    await settings_page(yard, "daily 18:00")
    digest = await told(yard, "2026-10-21 15:00", "A gate")
    assert in_order(digest, "A gate", "A mural", TITLE)
    digest = await told(yard, "2026-11-03 15:00", "Tomorrow is the last day")
    assert in_order(digest, TITLE, "A gate", "A mural")


def in_order(message: Message, *headings: str) -> bool:
    places = [message.text.index(heading) for heading in headings]
    return places == sorted(places)


@SQLITE
async def test_at_the_deadline_there_is_nothing_to_sign_any_more(yard: Yard) -> None:
    await begin(yard, "In 2 weeks")
    turn_to(yard, "2026-11-04 17:00")
    await settings_page(yard, "daily 21:00")
    turn_to(yard, "2026-11-04 18:00")
    await yard.hears(yard.tom, f"This election is over: {TITLE}")
    await caught_up(yard)
    assert not digests(yard)
