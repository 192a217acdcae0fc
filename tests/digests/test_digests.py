"""A digest: set by organisers, rendered when it is sent, one message and only where there is news."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.store import UnitOfWork
from playground.chats import Chat, Message
from playground.entities import utf16_length
from playground.people import Person
from storage import digests as storage
from storage.chats import ChatRow, Presence
from storage.delivery import removals
from storage.delivery.outbox import OutboxRow, OutboxState
from tests.actions.announce import announce
from tests.chats.setting_up import speak
from tests.elections.campaign import ELECT, TITLE, stand
from tests.elections.campaign import announce as announce_election
from tests.yard import Yard, page_after, turn_to

SUNDAY_EVENING = "2026-10-25 15:00"  # 18:00 in Minsk


async def settings_page(yard: Yard, typed: str = "", person: Person | None = None) -> Message:
    """What an organiser sees after `/digest typed`."""
    return await page_after(yard, person or yard.vera, f"/digest {typed}".strip())


def digests(yard: Yard, chat: Chat | None = None) -> list[Message]:
    """The digests that everyone sees."""
    messages = (chat or yard.group).messages
    return [m for m in messages if m.text.startswith("🗞") and m.is_ordinary]


async def posted(yard: Yard, count: int = 1) -> Message:
    """The newest of exactly `count` digests; waits for it."""
    await yard.world.until(lambda: len(digests(yard)) >= count)
    assert len(digests(yard)) == count
    return digests(yard)[-1]


async def caught_up(yard: Yard) -> None:
    """Wait until nothing is due any more: no digest, no message, no deletion."""

    def is_behind(work: UnitOfWork) -> bool:
        due = [
            storage.next_due(work.session),
            *(each.due_at for each in removals.first(work.session, held=(), limit=1)),
        ]
        query = (
            select(OutboxRow.due_at)
            .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
            .where(
                ChatRow.presence != Presence.AWAY,
                col(OutboxRow.state).in_([OutboxState.DUE, OutboxState.SENDING]),
            )
        )
        waiting = list(work.session.exec(query))
        return any(m is not None and m <= work.now for m in (*due, *waiting))

    await yard.written(lambda work: not is_behind(work))


async def test_a_weekly_digest_tells_in_one_message_what_is_coming(yard: Yard) -> None:
    await announce(yard, yard.tom)
    yard.say(yard.tom, "/action in 9 days A lecture")  # after the week that the digest tells of
    await announce_election(yard)
    await stand(yard, yard.tom, "Tom K.")
    page = await settings_page(yard, "weekly sunday 18:00")
    assert "Sunday 25 October, 18:00, Minsk time" in page.text
    yard.say(yard.tom, "/action tuesday 19:00 Tea & cakes @ Fountain")
    preview = await yard.hears(yard.tom, "Tea & cakes")
    await yard.tap(yard.tom, preview, "Publish")
    await yard.card("Tea & cakes")
    turn_to(yard, SUNDAY_EVENING)
    digest = await posted(yard)
    assert digest.text.startswith("🗞 The week ahead in the courtyard")
    assert "Tuesday 27 October\n19:00 Tea & cakes · Fountain" in digest.text
    assert f"✍️ {TITLE}\nTom K.: fewer than 5 / 100" in digest.text
    assert "lecture" not in digest.text
    assert "Concert" not in digest.text  # it was on Thursday
    assert not digest.buttons


async def test_it_leads_to_the_cards(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await settings_page(yard, "daily 18:00")
    turn_to(yard, "2026-10-21 15:00")
    digest = await posted(yard)
    links = [e.get("url", "") for e in digest.entities if e["type"] == "text_link"]
    assert [link.rsplit("/", 1)[-1] for link in links] == [str(card.message_id)]


async def test_an_empty_digest_is_not_posted(yard: Yard) -> None:
    await settings_page(yard, "daily 18:00")
    before = yard.group.last_message_id
    turn_to(yard, "2026-10-21 15:00:30")
    await caught_up(yard)
    assert yard.group.last_message_id == before


async def test_nobody_gets_one_unasked(yard: Yard) -> None:
    await announce(yard, yard.tom)
    page = await settings_page(yard)
    assert "There is none now" in page.text
    assert "✓ None" in yard.labels(page)


async def test_it_is_set_by_tapping(yard: Yard) -> None:
    page = await settings_page(yard)
    assert page.is_ephemeral
    await yard.tap(yard.vera, page, "Weekly")
    await yard.world.until(lambda: "Sunday 25 October, 18:00" in page.text)
    await yard.tap(yard.vera, page, "Fri")
    await yard.tap(yard.vera, page, "20:00")
    await yard.world.until(lambda: "Friday 23 October, 20:00, Minsk time" in page.text)
    assert {"✓ Weekly", "✓ Fri", "✓ 20:00"} <= set(yard.labels(page))
    await yard.tap(yard.vera, page, "Daily")
    await yard.world.until(lambda: "Wednesday 21 October, 20:00" in page.text)
    await yard.tap(yard.vera, page, "None")
    await yard.world.until(lambda: "There is none now" in page.text)


@pytest.mark.parametrize(
    "typed", ["sunday 6pm", "по воскресеньям в 6 вечера", "нядзеля 18:00", "в воскр. в 18"]
)
async def test_a_weekday_alone_is_every_weeks(yard: Yard, typed: str) -> None:
    page = await settings_page(yard, typed)
    assert "Sunday 25 October, 18:00, Minsk time" in page.text
    assert "There is none now" in (await settings_page(yard, "не трэба")).text


async def test_an_hour_of_either_half_of_the_day_is_refused_for_that(yard: Yard) -> None:
    assert "in more ways than one" in (await settings_page(yard, "sunday at 7")).text


async def test_it_can_be_looked_at_before(yard: Yard) -> None:
    page = await settings_page(yard, "weekly sunday 18:00")
    await yard.tap(yard.vera, page, "Show me")
    await yard.world.until(lambda: "Nothing is coming now" in page.text)
    await announce(yard, yard.tom)
    await yard.settled(61)  # past the minute in which a group takes only so many messages
    await yard.tap(yard.vera, page, "‹ Back")
    await yard.tap(yard.vera, page, "Show me")
    await yard.world.until(lambda: "The week ahead" in page.text and "Concert" in page.text)
    assert not digests(yard)


async def test_it_speaks_the_language_of_the_chat(yard: Yard) -> None:
    await announce(yard, yard.tom)
    await speak(yard, "Беларуская")
    page = await settings_page(yard, "штодня 18:00")
    assert "It comes every day" in page.text
    turn_to(yard, "2026-10-21 15:00")
    await yard.world.until(lambda: any("Сёння і заўтра" in m.text for m in yard.group.messages))


async def test_an_hour_in_quiet_hours_waits_for_their_end_and_the_page_says_so(yard: Yard) -> None:
    await announce(yard, yard.tom)
    page = await settings_page(yard, "daily 23:00")
    assert "quiet hours (22:00–08:00)" in page.text
    assert "comes at 08:00" in page.text
    turn_to(yard, "2026-10-21 20:00:30")
    await caught_up(yard)
    assert not digests(yard)
    turn_to(yard, "2026-10-22 05:00")
    digest = await posted(yard)
    assert "late" not in digest.text


async def test_after_a_long_silence_one_comes_not_one_for_each_day(yard: Yard) -> None:
    await announce_election(yard, ELECT)
    await settings_page(yard, "daily 18:00")
    await yard.stop()
    turn_to(yard, "2026-10-26 15:20")
    await yard.start()
    await posted(yard)
    await caught_up(yard)
    assert len(digests(yard)) == 1


async def test_after_a_silence_that_ends_at_night_it_waits_for_the_morning(yard: Yard) -> None:
    await announce_election(yard, ELECT)
    await settings_page(yard, "daily 18:00")
    await yard.stop()
    turn_to(yard, "2026-10-21 20:00")
    await yard.start()
    await caught_up(yard)
    assert not digests(yard)
    turn_to(yard, "2026-10-22 05:00")
    await posted(yard)


async def test_removed_from_the_chat_it_pauses_and_back_again_goes_on(yard: Yard) -> None:
    await announce_election(yard, ELECT)
    await settings_page(yard, "daily 18:00")
    yard.world.kick(yard.group, yard.world.bot, yard.vera)
    await yard.quiet()
    turn_to(yard, "2026-10-23 15:05")
    await caught_up(yard)
    assert not digests(yard)
    yard.world.add_bot(yard.group, by=yard.vera)
    await posted(yard)
    await caught_up(yard)
    assert len(digests(yard)) == 1


async def test_stopped_it_comes_no_more_even_where_it_waits_already(yard: Yard) -> None:
    await announce_election(yard, ELECT)
    await settings_page(yard, "daily 23:00")
    turn_to(yard, "2026-10-21 20:00:30")
    await caught_up(yard)
    page = await settings_page(yard, "off")
    assert "There is none now" in page.text
    turn_to(yard, "2026-10-23 05:00")
    await caught_up(yard)
    assert not digests(yard)


async def test_it_comes_into_the_topic_where_it_was_set(yard: Yard) -> None:
    forum = yard.world.add_group("Forum", yard.vera, forum=True)
    topic = yard.world.add_topic(forum, "News", by=yard.vera)
    yard.world.add_bot(forum, by=yard.vera)
    await yard.hears(yard.vera, "Hello, neighbours", forum)
    await announce_election(yard, ELECT, forum)
    yard.say(yard.vera, "/digest daily 18:00", chat=forum, topic=topic)
    await yard.hears(yard.vera, "It comes every day", forum)
    turn_to(yard, "2026-10-21 15:00")
    await yard.world.until(lambda: digests(yard, forum))
    assert digests(yard, forum)[0].topic is topic


async def test_only_organisers_set_it(yard: Yard) -> None:
    page = await settings_page(yard, "daily 18:00", yard.tom)
    assert page.text.startswith("Only this chat's administrators")
    welcome = await yard.card("Hello, neighbours")
    for forged in ("dg.set:1:daily:1800", "dg.stop:1", "dg.look:1", "dg.page:1"):
        answer = await yard.forge(yard.tom, welcome, forged)
        assert (answer.text or "").startswith("Only this chat's administrators")


@pytest.mark.parametrize(
    "forged", ["dg.set:1:8:1800", "dg.set:1:daily:2500", "dg.set:1::1800", "dg.set:999:daily:1800"]
)
async def test_forged_buttons_change_nothing(yard: Yard, forged: str) -> None:
    page = await settings_page(yard)
    answer = await yard.forge(yard.vera, page, forged)
    assert answer.show_alert
    assert "✓ None" in yard.labels(await settings_page(yard))


async def test_another_chats_digest_is_out_of_reach(yard: Yard) -> None:
    other = yard.world.add_group("Yard 6", yard.tom, kind="supergroup")
    yard.world.add_bot(other, by=yard.tom)
    await yard.hears(yard.tom, "Hello, neighbours", other)
    yard.say(yard.tom, "/digest", chat=other, ephemeral=True)
    page = await yard.hears(yard.tom, "There is none now", other)
    answer = await yard.forge(yard.tom, page, "dg.set:1:daily:1800")
    assert answer.show_alert
    assert "✓ None" in yard.labels(await settings_page(yard))


async def test_what_is_unclear_gets_an_example(yard: Yard) -> None:
    page = await settings_page(yard, "sometimes")
    assert "/digest weekly sunday 18:00" in page.text


async def test_a_crowded_week_stays_within_one_message(yard: Yard) -> None:
    for n in range(6):
        yard.say(yard.tom, f"/action tomorrow {n}:00 {'🌳' * 150} {n} @ {'🏠' * 100}")
        preview = await yard.hears(yard.tom, f"🌳 {n}\n")
        await yard.tap(yard.tom, preview, "Publish")
        await yard.settled(61)  # past the minute in which a group takes only so many messages
    for n in range(3):
        await announce_election(yard, f"/elect 400 {'🗳' * 60} {n}")
    await settings_page(yard, "daily 13:30")
    turn_to(yard, "2026-10-21 10:30")
    digest = await posted(yard)
    assert utf16_length(digest.text) <= 4096
    assert "more: /actions" in digest.text


async def test_the_one_before_goes_when_the_next_one_stands(yard: Yard) -> None:
    await announce_election(yard, ELECT)
    await settings_page(yard, "daily 18:00")
    turn_to(yard, "2026-10-21 15:00")
    first = await posted(yard)
    turn_to(yard, "2026-10-22 15:00")
    await yard.world.until(lambda: first.deleted)
    second = await posted(yard)
    page = await settings_page(yard)
    await yard.tap(yard.vera, page, "Only the latest: yes")
    turn_to(yard, "2026-10-23 15:00")
    await posted(yard, 2)
    await caught_up(yard)
    assert not second.deleted


async def with_one_posted(yard: Yard) -> tuple[Chat, Message]:
    """A basic group with a daily digest, and the first of them."""
    house = yard.world.add_group("House", yard.vera, kind="group", members=[yard.tom])
    yard.world.add_bot(house, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", house)
    await announce_election(yard, ELECT, house)
    yard.say(yard.vera, "/digest daily 18:00", chat=house)
    await yard.hears(yard.vera, "It comes every day", house)
    turn_to(yard, "2026-10-21 15:00")
    await yard.world.until(lambda: digests(yard, house))
    (first,) = digests(yard, house)
    return house, first


async def removes_nothing_there(yard: Yard, moved: Chat, first: Message) -> None:
    turn_to(yard, "2026-10-22 15:00")
    await yard.world.until(lambda: digests(yard, moved))
    await caught_up(yard)
    tried = [call.params for call in yard.world.calls if call.method == "deleteMessage"]
    assert {"chat_id": str(moved.id), "message_id": str(first.message_id)} not in tried


async def test_a_number_from_the_old_group_removes_nothing_in_the_supergroup(yard: Yard) -> None:
    house, first = await with_one_posted(yard)
    moved = yard.world.migrate(house)
    await yard.quiet()
    await removes_nothing_there(yard, moved, first)


async def test_nor_where_the_supergroup_was_taken_for_another_chat_at_first(yard: Yard) -> None:
    house, first = await with_one_posted(yard)
    await yard.stop()
    moved = yard.world.migrate(house)
    (told,) = (u.payload for u in yard.world.updates.waiting() if "migrate_to" in str(u.payload))
    yard.world.updates.drop()
    await yard.start()
    yard.say(yard.tom, "/action tomorrow 20:00 Tea @ Bench", chat=moved)
    await yard.hears(yard.tom, "neighbours will see", moved)
    yard.world.push(told)
    await yard.quiet()
    await removes_nothing_there(yard, moved, first)


@pytest.mark.parametrize(
    ("typed", "known", "label", "set_to"),
    [
        ("every week on sunday", "🗓 Weekly · Sun", "18", "Sunday 25 October, 18:00"),
        ("daily", "🗓 Daily", "09", "Thursday 22 October, 09:00"),
    ],
)
async def test_a_missing_hour_is_offered_as_buttons(
    yard: Yard, typed: str, known: str, label: str, set_to: str
) -> None:
    yard.say(yard.vera, f"/digest {typed}")
    page = await yard.hears(yard.vera, "At what time?")
    assert known in page.text
    await yard.tap(yard.vera, page, label)
    await yard.world.until(lambda: set_to in page.text)
