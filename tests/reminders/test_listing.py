"""What waits: listed for everyone, deleted by organisers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.place import Place, chat_here
from bot.store import UnitOfWork
from bot.texts import load_words
from storage import chats, reminders
from storage.reminders import Reminder
from tests.reminders.reminding import WEEKLY_WALK, posted, posts, remind, turn_to
from tests.yard import Yard

if TYPE_CHECKING:
    from playground.chats import Chat
    from playground.messages import Message
    from playground.people import Person

EMPTY = "No reminders are waiting"


async def test_an_empty_list_says_how_to_begin(yard: Yard) -> None:
    listed = await listing(yard, yard.tom, EMPTY)
    assert "/remind every monday 11:00 Seniors' walk" in listed.text
    assert not listed.buttons


async def test_everyone_sees_what_waits_the_soonest_first(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    await remind(yard, "24.10.2027 19:00 Anniversary\nof the yard")
    await remind(yard, "tomorrow 19:00 " + "Long " * 30)
    listed = await listing(yard, yard.tom, "3 reminders are waiting")
    assert listed.is_ephemeral
    assert listed.receiver is yard.tom
    assert listed.text.split("\n\n")[1:] == [
        f"1. {('Long ' * 30)[:59]}…\n🕖 Thursday 22 October, 19:00, Minsk time",
        "2. Seniors' walk\n🕖 Monday 26 October, 11:00, Minsk time\n🔁 Every Monday at 11:00",
        "3. Anniversary\n🕖 Sunday 24 October 2027, 19:00, Minsk time",
    ]


async def test_only_organisers_are_offered_to_delete(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    assert not (await listing(yard, yard.tom, "1 reminder is waiting")).buttons
    listed = await listing(yard, yard.vera, "1 reminder is waiting")
    assert yard.labels(listed) == ["🗑 Delete 1"]


async def test_markup_in_a_text_is_only_text(yard: Yard) -> None:
    await remind(yard, "monday 11:00 <b>Tea</b> & cake")
    listed = await listing(yard, yard.vera, "1. <b>Tea</b> & cake")
    await yard.tap(yard.vera, listed, "Delete 1")
    await yard.hears(yard.vera, "Deleted: <b>Tea</b> & cake")


async def test_deleting_shows_the_list_anew_and_nothing_more_comes(yard: Yard) -> None:
    await remind(yard, "today 13:00 Tea")
    await remind(yard, "today 13:01 Cake")
    listed = await listing(yard, yard.vera, "2 reminders are waiting")
    await yard.tap(yard.vera, listed, "Delete 1")
    shown = await yard.hears(yard.vera, "🗑 Deleted: Tea")
    assert "1 reminder is waiting" in shown.text
    assert yard.labels(shown) == ["🗑 Delete 1"]
    turn_to(yard, "2026-10-21 10:01")
    await posted(yard, "Cake")
    assert not posts(yard, "Tea")


async def test_deleting_the_last_one_leaves_an_empty_list(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    listed = await listing(yard, yard.vera, "1 reminder is waiting")
    await yard.tap(yard.vera, listed, "Delete 1")
    assert EMPTY in (await yard.hears(yard.vera, "Deleted: Seniors' walk")).text


async def test_a_long_list_has_pages(yard: Yard) -> None:
    await fill(yard, yard.group, 20)
    first = await listing(yard, yard.vera, "20 reminders are waiting")
    assert "Page 1 of 3" in first.text
    assert "1. Number 000" in first.text
    assert "8. Number 007" in first.text
    assert "Number 008" not in first.text
    assert yard.labels(first) == [f"🗑 Delete {n}" for n in range(1, 9)] + ["Later ›"]
    await yard.tap(yard.vera, first, "Later")
    second = await yard.hears(yard.vera, "Page 2 of 3")
    assert "9. Number 008" in second.text
    await yard.tap(yard.vera, second, "Later")
    third = await yard.hears(yard.vera, "Page 3 of 3")
    assert "20. Number 019" in third.text
    assert yard.labels(third)[-1] == "‹ Earlier"
    await yard.tap(yard.vera, third, "Earlier")
    await yard.hears(yard.vera, "Page 2 of 3")


async def test_the_list_stays_where_it_was_and_falls_back_when_its_page_is_gone(
    yard: Yard,
) -> None:
    await fill(yard, yard.group, 10)
    listed = await listing(yard, yard.vera, "Page 1 of 2")
    await yard.tap(yard.vera, listed, "Later")
    listed = await yard.hears(yard.vera, "Page 2 of 2")
    await yard.tap(yard.vera, listed, "Delete 9")
    listed = await yard.hears(yard.vera, "Deleted: Number 008")
    assert "Page 2 of 2" in listed.text
    await yard.tap(yard.vera, listed, "Delete 9")
    listed = await yard.hears(yard.vera, "Deleted: Number 009")
    assert "8. Number 007" in listed.text
    assert "Page" not in listed.text


async def test_the_301st_is_refused_kindly(yard: Yard) -> None:
    await fill(yard, yard.group, 299)
    await remind(yard, "2.11.2026 11:00 The last one that fits")
    yard.say(yard.vera, f"/remind {WEEKLY_WALK}")
    await yard.hears(yard.vera, "300 reminders waiting already")
    listed = await listing(yard, yard.vera, "300 reminders are waiting")
    await yard.tap(yard.vera, listed, "Delete 1")
    await yard.hears(yard.vera, "299 reminders are waiting")
    await remind(yard, WEEKLY_WALK)


async def test_two_previews_do_not_make_301(yard: Yard) -> None:
    await fill(yard, yard.group, 299)
    previews = []
    for text in ("Tea", "Cake"):
        yard.say(yard.vera, f"/remind 2.11.2026 11:00 {text}")
        previews.append(await yard.hears(yard.vera, f"⏰ {text}"))
    await yard.tap(yard.vera, previews[0], "Set")
    answer = await yard.tap(yard.vera, previews[1], "Set")
    assert answer.show_alert
    assert "300 reminders waiting already" in (answer.text or "")


async def test_another_chat_has_room_of_its_own(yard: Yard) -> None:
    await fill(yard, yard.group, 300)
    other = await second_yard(yard)
    await remind(yard, WEEKLY_WALK, chat=other)
    await listing(yard, yard.vera, "1 reminder is waiting", other)


async def test_an_organiser_demoted_meanwhile_deletes_nothing(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    yard.world.promote(yard.group, yard.tom, yard.vera)
    listed = await listing(yard, yard.tom, "1 reminder is waiting")
    yard.world.demote(yard.group, yard.tom, yard.vera)
    answer = await yard.tap(yard.tom, listed, "Delete 1")
    assert "Only this chat's administrators" in (answer.text or "")
    await listing(yard, yard.vera, "1 reminder is waiting")


async def test_an_anonymous_administrator_lists_and_deletes(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    yard.world.promote(yard.group, yard.nina, yard.vera, is_anonymous=True)
    yard.say(yard.nina, "/reminders", anonymous=True, ephemeral=False)
    listed = await yard.hears(yard.nina, "1 reminder is waiting")
    refused = await yard.tap(yard.tom, listed, "Delete 1")
    assert "Only this chat's administrators" in (refused.text or "")
    await yard.tap(yard.nina, listed, (0, 0))
    await listing(yard, yard.vera, EMPTY)


async def test_two_taps_on_delete_delete_one(yard: Yard) -> None:
    await fill(yard, yard.group, 3)
    listed = await listing(yard, yard.vera, "3 reminders are waiting")
    first = yard.world.tap(yard.vera, listed, "Delete 1")
    second = yard.world.tap(yard.vera, listed, "Delete 1")
    await yard.world.answered(first)
    assert "gone already" in ((await yard.world.answered(second)).text or "")
    await listing(yard, yard.vera, "2 reminders are waiting")


async def test_one_that_came_meanwhile_is_gone_not_deleted(yard: Yard) -> None:
    await remind(yard, "today 12:02 Tea")
    await remind(yard, "today 12:03 Cake")
    listed = await listing(yard, yard.vera, "2 reminders are waiting")
    turn_to(yard, "2026-10-21 09:03")
    await posted(yard, "Cake")
    answer = await yard.tap(yard.vera, listed, "Delete 1")
    assert "gone already" in (answer.text or "")


async def test_a_delete_that_telegram_delivers_again_deletes_one(yard: Yard) -> None:
    await fill(yard, yard.group, 3)
    listed = await listing(yard, yard.vera, "3 reminders are waiting")
    await yard.tap(yard.vera, listed, "Delete 1")
    next_update = yard.world.updates.push({})
    await yard.quiet()
    yard.world.redeliver(next_update - 1)
    await yard.quiet()
    await listing(yard, yard.vera, "2 reminders are waiting")


async def test_another_chats_reminders_are_out_of_reach(yard: Yard) -> None:
    other = await second_yard(yard)
    await remind(yard, WEEKLY_WALK)
    await remind(yard, WEEKLY_WALK, chat=other)
    here = await listing(yard, yard.vera, "1 reminder is waiting")
    there = await listing(yard, yard.vera, "1 reminder is waiting", other)
    delete_here, delete_there = (str(m.buttons[0].callback_data) for m in (here, there))
    chat_here_id = delete_here.split(":")[1]
    theirs = delete_there.split(":")[2]
    for forged, says in (
        (delete_there, "doesn't work here"),
        (delete_there.replace("delete", "list").rpartition(":")[0], "doesn't work here"),
        (f"r.delete:{chat_here_id}:{theirs}:0", "gone already"),
        (f"r.delete:{chat_here_id}:999:0", "gone already"),
        ("r.delete:999:1:0", "doesn't work here"),
        ("r.list:999:0", "doesn't work here"),
        (f"r.delete:{chat_here_id}:-1:0", "doesn't work here"),
        (f"r.delete:{chat_here_id}:{2**62 + 1}:0", "doesn't work here"),
    ):
        answer = await yard.forge(yard.vera, here, forged)
        assert says in (answer.text or ""), forged
    await listing(yard, yard.vera, "1 reminder is waiting")
    await listing(yard, yard.vera, "1 reminder is waiting", other)


async def test_a_page_far_away_is_the_last_one(yard: Yard) -> None:
    await fill(yard, yard.group, 10)
    listed = await listing(yard, yard.vera, "Page 1 of 2")
    chat_id = str(listed.buttons[0].callback_data).split(":")[1]
    await yard.forge(yard.vera, listed, f"r.list:{chat_id}:999999")
    await yard.hears(yard.vera, "Page 2 of 2")


@pytest.mark.parametrize(
    ("name", "days", "moment"),
    [
        ("ales", ("панядзелак", "чацвер"), "панядзелак, 26 кастрычніка, 11:00"),
        ("nina", ("понедельник", "четверг"), "понедельник, 26 октября, 11:00"),
    ],
)
async def test_each_reads_the_list_in_their_own_language(
    yard: Yard, name: str, days: tuple[str, str], moment: str
) -> None:
    await remind(yard, "monday 11:00 Чай")
    await remind(yard, "every monday and thursday 12:30 Прагулка")
    person: Person = getattr(yard, name)
    listed = await listing(yard, person, "Прагулка")
    heading, walk, tea = listed.text.split("\n\n")
    words = load_words(person.language_code or "")
    assert heading == words.count("reminders.list.heading", 2).plain()
    assert moment in tea
    assert all(word in walk for word in (*days, "12:30"))
    assert "reminders" not in listed.text


async def test_where_telegram_can_not_whisper_a_reply_shows_the_list_and_its_pages(
    yard: Yard,
) -> None:
    yard.world.ephemeral_supported = False
    await yard.restart()
    await fill(yard, yard.group, 10)
    listed = await listing(yard, yard.vera, "Page 1 of 2")
    assert not listed.is_ephemeral
    await yard.tap(yard.vera, listed, "Later")
    await yard.world.until(lambda: "Page 2 of 2" in listed.text)
    await yard.tap(yard.vera, listed, "Delete 10")
    await yard.world.until(lambda: "Deleted: Number 009" in listed.text)


async def test_in_private_the_list_goes_on_for_a_quarter_of_an_hour(yard: Yard) -> None:
    yard.world.ephemeral_supported = False
    await yard.restart()
    await fill(yard, yard.group, 20)
    command = yard.say(yard.vera, "/reminders")
    listed = await yard.hears(yard.vera, "Page 1 of 3")
    yard.world.delete(command)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, listed, "Later"))
    page = await yard.hears(yard.vera, "Page 2 of 3", private)
    await yard.tap(yard.vera, page, "Delete 9")
    await yard.world.until(lambda: "Deleted: Number 008" in page.text)
    for forged in ("r.list:999:0", "r.delete:999:1:0"):
        assert "doesn't work here" in ((await yard.forge(yard.vera, page, forged)).text or "")
    turn_to(yard, "2026-10-21 09:20")
    answer = await yard.tap(yard.vera, page, "Later")
    assert "run out of time" in (answer.text or "")
    answer = await yard.tap(yard.vera, page, "Delete 9")
    assert "run out of time" in (answer.text or "")


async def listing(yard: Yard, person: Person, says: str, chat: Chat | None = None) -> Message:
    """What /reminders shows a person now."""
    place = chat or yard.group
    command = yard.say(person, "/reminders", chat=place)

    def answer() -> Message | None:
        later = place.log[place.log.index(command) + 1 :]
        return next((message for message in later if says in message.text), None)

    await yard.world.until(answer)
    found = answer()
    assert found is not None
    return found


async def fill(yard: Yard, chat: Chat, count: int) -> None:
    """Let `count` reminders wait: "Number 000" first."""

    def add(work: UnitOfWork) -> None:
        chat_id = chats.id_of(chat_here(work, Place(chat.id)))
        for number in range(count):
            moment = work.now.replace(hour=10, minute=0, second=0, microsecond=0)
            moment = moment.replace(month=11, hour=number // 60, minute=number % 60)
            reminder = Reminder(
                chat_id=chat_id,
                text=f"Number {number:03}",
                timezone="Europe/Minsk",
                wall_time=moment.time(),
                next_at=moment,
            )
            reminders.add(work.session, reminder)

    assert yard.app is not None
    await yard.app.store.run(add)


async def second_yard(yard: Yard) -> Chat:
    other = yard.world.add_group("Yard 6", creator=yard.vera, members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    await yard.hears(yard.vera, "Hello, neighbours", other)
    return other
