"""The bot comes into a chat, is given and denied rights, goes and comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest

from playground.chats import Chat, Message
from tests.actions.announce import CONCERT, announce
from tests.chats.setting_up import settings, speak
from tests.elections.campaign import newest_update, redeliver
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

HELLO = {"en": "Hello, neighbours", "be": "Вітаю, суседзі", "ru": "Привет, соседи"}


def from_bot(yard: Yard, chat: Chat) -> list[Message]:
    return [m for m in chat.log if m.sender is yard.world.bot]


async def welcome_in(yard: Yard, chat: Chat) -> Message:
    await yard.world.until(lambda: from_bot(yard, chat))
    await yard.quiet()
    (welcome,) = from_bot(yard, chat)
    return welcome


def calls_to(yard: Yard, chat: Chat) -> int:
    return len([c for c in yard.world.calls if c.params.get("chat_id") == str(chat.id)])


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_added_it_says_one_thing_with_everything_to_set(
    yard: Yard, kind: Literal["group", "supergroup"]
) -> None:
    group = yard.world.add_group("Yard 6", yard.vera, kind=kind, members=[yard.tom])
    yard.world.add_bot(group, by=yard.vera)
    welcome = await welcome_in(yard, group)
    assert welcome.text.startswith(HELLO["en"])
    assert yard.labels(welcome) == ["📣 Announce", "✍️ Signatures", "⏰ Remind", "⚙️ Settings"]
    await yard.tap(yard.vera, welcome, "⚙️ Settings")
    page = await yard.hears(yard.vera, "how I'm set up", group)
    assert yard.labels(page)[:6] == [
        "✓ English",
        "Беларуская",
        "Русский",
        "🕖 Time zone: Minsk",
        "🌙 Quiet hours: 22:00–08:00",
        "🔢 Numbers: with each tap",
    ]


@pytest.mark.parametrize(
    ("code", "language"),
    [("be", "be"), ("ru-RU", "ru"), ("en-GB", "en"), ("pt-br", "en"), (None, "en")],
)
async def test_it_speaks_the_language_of_whoever_added_it(
    yard: Yard, code: str | None, language: str
) -> None:
    adder = yard.world.add_person("Adder", language=code)
    group = yard.world.add_group("Yard 6", adder)
    yard.world.add_bot(group, by=adder)
    welcome = await welcome_in(yard, group)
    assert welcome.text.startswith(HELLO[language])


async def test_the_default_language_is_for_whom_none_is_known(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.overrides = {"DEFAULT_LANGUAGE": "be", "DEFAULT_TIMEZONE": "Europe/Warsaw"}
    await yard.start()
    adder = yard.world.add_person("Adder", language="pt")
    group = yard.world.add_group("Yard 6", adder)
    yard.world.add_bot(group, by=adder)
    welcome = await welcome_in(yard, group)
    assert welcome.text.startswith(HELLO["be"])
    await yard.tap(adder, welcome, "⚙️ Налады")
    page = await yard.hears(adder, "Вось як я наладжаны ў гэтым чаце", group)
    assert "✓ Беларуская" in yard.labels(page)
    assert "🕖 Часавы пояс: Варшава" in yard.labels(page)


async def test_an_organiser_chooses_the_language_and_every_card_follows(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    welcome = await yard.card("Hello, neighbours")
    page = await settings(yard)
    answer = await yard.tap(yard.vera, page, "Русский")
    assert "по-русски" in (answer.text or "")
    assert "Which clock do you live by?" in page.text
    await yard.settled(10)
    await yard.world.until(lambda: "четверг" in card.text and HELLO["ru"] in welcome.text)


async def test_neighbours_are_kindly_and_privately_refused(yard: Yard) -> None:
    before = list(yard.group.messages)
    welcome = await yard.card("Hello, neighbours")
    await yard.tap(yard.tom, welcome, "⚙️ Settings")
    page = await yard.hears(yard.tom, "Its administrators can change it")
    assert page.is_ephemeral
    assert "Minsk" in page.text
    assert not any(label.startswith("✓") for label in yard.labels(page))
    for data in ("c.language:1:ru", "c.zones:1"):
        answer = await yard.forge(yard.tom, page, data)
        assert (answer.text or "").startswith("Only this chat's administrators")
        assert answer.show_alert
    command = yard.say(yard.tom, "/timezone Lisbon", ephemeral=True)
    refusal = await yard.hears(yard.tom, "Only this chat's administrators")
    assert refusal.is_ephemeral
    assert refusal.reply_to is command
    await yard.settled(10)
    assert yard.group.messages == before
    assert welcome.text.startswith(HELLO["en"])


async def test_a_button_obeys_present_rights_not_past_ones(yard: Yard) -> None:
    welcome = await yard.card("Hello, neighbours")
    yard.world.promote(yard.group, yard.tom, yard.vera)
    await yard.tap(yard.tom, welcome, "⚙️ Settings")
    page = await yard.hears(yard.tom, "how I'm set up")
    assert "по-русски" in ((await yard.tap(yard.tom, page, "Русский")).text or "")
    yard.world.demote(yard.group, yard.tom, yard.vera)
    answer = await yard.forge(yard.tom, page, "c.language:1:en")
    assert (answer.text or "").startswith("Only this chat's administrators")


async def test_a_redelivered_choice_is_answered_like_the_first(yard: Yard) -> None:
    await speak(yard, "Беларуская")
    await redeliver(yard, newest_update(yard))
    *_, first, second = (c for c in yard.world.calls if c.method == "answerCallbackQuery")
    assert "па-беларуску" in first.params["text"]
    assert first.params["text"] == second.params["text"]


async def test_the_time_zone_is_chosen_by_tapping(yard: Yard) -> None:
    page = await settings(yard)
    await yard.tap(yard.vera, page, "Time zone")
    await yard.tap(yard.vera, page, "Warsaw")
    assert "by the clock of Warsaw" in page.text
    await yard.tap(yard.vera, page, "‹ Back")
    assert "🕖 Time zone: Warsaw" in yard.labels(page)
    yard.say(yard.tom, CONCERT)
    await yard.hears(yard.tom, "19:00, Warsaw time")


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Lisbon", "Lisbon"),
        ("europe/lisbon", "Lisbon"),
        (" Europe/Lisbon ", "Lisbon"),
        ("Лиссабон", "Lisbon"),
        ("лісабон", "Lisbon"),
        ("Нью-Йорк", "New York"),
        ("нью йорк", "New York"),
    ],
)
async def test_the_time_zone_is_typed_by_its_city(yard: Yard, typed: str, city: str) -> None:
    yard.say(yard.vera, f"/timezone {typed}")
    await yard.hears(yard.vera, f"by the clock of {city}")
    assert f"🕖 Time zone: {city}" in yard.labels(await settings(yard))


async def test_an_unknown_place_and_a_bare_timezone_are_helped(yard: Yard) -> None:
    yard.say(yard.vera, "/timezone Atlantis")
    await yard.hears(yard.vera, "I don't know that place")
    yard.say(yard.vera, "/timezone")
    await yard.hears(yard.vera, "Which clock do you live by?")


async def test_an_anonymous_administrator_sets_the_clock(yard: Yard) -> None:
    yard.world.set_anonymous(yard.group, yard.vera)
    yard.say(yard.vera, "/timezone Lisbon", ephemeral=False)
    await yard.hears(yard.vera, "by the clock of Lisbon")


async def test_promoted_it_whispers_and_demoted_it_replies(yard: Yard) -> None:
    yard.promote_bot()
    await yard.quiet()
    yard.say(yard.tom, CONCERT, ephemeral=False)
    assert (await yard.hears(yard.tom, "neighbours will see")).is_ephemeral
    yard.world.demote(yard.group, yard.world.bot, yard.vera)
    await yard.quiet()
    typed = yard.say(yard.ales, CONCERT, ephemeral=False)
    await yard.world.until(lambda: any(m.reply_to is typed for m in from_bot(yard, yard.group)))
    reply = next(m for m in from_bot(yard, yard.group) if m.reply_to is typed)
    assert not reply.is_ephemeral


@pytest.mark.parametrize("how", ["kicked", "left"])
async def test_removed_it_falls_silent_and_back_again_it_goes_on(yard: Yard, how: str) -> None:
    card = await announce(yard, yard.tom)
    await speak(yard, "Русский")
    await speak(yard, "English")
    await yard.settled(10)
    yard.say(yard.ales, "/action", ephemeral=False)  # its refusal is to be removed in half a minute
    await yard.world.until(lambda: from_bot(yard, yard.group)[-1].reply_to)
    await yard.quiet()
    yard.world.tap(yard.nina, card, (0, 0))  # and its card to be redrawn in three seconds
    await yard.quiet()

    if how == "kicked":
        yard.world.kick(yard.group, yard.world.bot, yard.vera)
    else:
        yard.world.leave(yard.group, yard.world.bot)
    await yard.quiet()
    await yard.restart()  # what was being said at that moment has been said
    silent_since = calls_to(yard, yard.group)
    yard.world.tap(yard.vera, card, (0, 0))
    for _ in range(5):
        await yard.settled(60)
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))
    assert calls_to(yard, yard.group) == silent_since
    assert "👥 1 comes" not in card.text

    yard.world.add_bot(yard.group, by=yard.nina)  # who speaks Russian
    await yard.world.until(lambda: from_bot(yard, yard.group)[-1].text.startswith(HELLO["en"]))
    await yard.settled(10)
    await yard.world.until(lambda: "👥 2 come" in card.text)


async def test_missed_being_added_it_learns_of_the_chat_by_a_command(yard: Yard) -> None:
    group = yard.world.add_group("Yard 6", yard.vera, members=[yard.tom])
    yard.world.add_bot(group, by=yard.vera)
    yard.world.updates.drop()
    yard.say(yard.vera, "/timezone Lisbon", chat=group)
    await yard.hears(yard.vera, "by the clock of Lisbon", group)
    yard.say(yard.tom, CONCERT, chat=group)
    await yard.hears(yard.tom, "19:00, Lisbon time", group)


async def test_missed_being_added_again_it_wakes_at_a_command(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    yard.world.kick(yard.group, yard.world.bot, yard.vera)
    await yard.quiet()
    yard.world.tap(yard.nina, card, (0, 0))
    await yard.quiet()
    yard.world.add_bot(yard.group, by=yard.vera)
    yard.world.updates.drop()
    yard.say(yard.tom, "/help")
    await yard.settled(10)
    await yard.world.until(lambda: "👥 1 comes" in card.text)


async def test_a_channel_is_no_neighbourhood(yard: Yard) -> None:
    before = len(yard.world.calls)
    bot = yard.world.bot.json()
    yard.world.push(
        {
            "my_chat_member": {
                "chat": {"id": -1001999999999, "type": "channel", "title": "News"},
                "from": yard.vera.json(),
                "date": 1792573200,
                "old_chat_member": {"user": bot, "status": "left"},
                "new_chat_member": {"user": bot, "status": "member"},
            }
        }
    )
    await yard.quiet()
    yard.clock.turn(timedelta(minutes=1))
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))
    besides = ("getUpdates", "getMe")  # what it is called it may ask at any time
    methods = [c.method for c in yard.world.calls[before:] if c.method not in besides]
    assert methods == ["sendMessage"]


async def test_a_forum_gets_the_welcome_and_topics_their_own_answers(yard: Yard) -> None:
    forum = yard.world.add_group("Forum", yard.vera, forum=True, members=[yard.tom])
    yard.world.add_bot(forum, by=yard.vera)
    await welcome_in(yard, forum)
    topic = yard.world.add_topic(forum, "Events", yard.vera)
    yard.say(yard.tom, "/help", chat=forum, topic=topic)
    await yard.world.until(lambda: from_bot(yard, forum)[-1].topic is topic)


# In private


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/start", "I help neighbours"),
        ("/help", "I help neighbours"),
        ("hello?", "Send /help"),
        ("/unheard_of", "I don't know that command"),
        ("/timezone Lisbon", "For which group chat?"),
        ("/start two words", "I help neighbours"),
    ],
)
async def test_in_private_everything_gets_an_answer(yard: Yard, typed: str, answer: str) -> None:
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, typed, chat=private)
    await yard.hears(yard.tom, answer, private)


async def test_somebody_who_blocked_the_bot_is_let_go(yard: Yard) -> None:
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))
    await yard.stop()
    yard.say(yard.tom, "/help", chat=yard.world.private(yard.tom))
    yard.world.block(yard.tom)
    await yard.start()
    await yard.quiet()
    yard.world.start(yard.nina)
    await yard.hears(yard.nina, "Со мной соседям", yard.world.private(yard.nina))
