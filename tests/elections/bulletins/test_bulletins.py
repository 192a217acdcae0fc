"""Bulletins over the days of an election: what comes out, when, and what it never betrays."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, update
from sqlmodel import col

from bot.domain.elections.bulletins.audit import faults_in
from bot.domain.elections.bulletins.bulletin import NO_HEAD, OTHER, fingerprint
from bot.domain.elections.bulletins.chain import between
from bot.domain.elections.bulletins.findings import Tally, Verdict
from bot.message.words import load_words
from bot.person.place import Person, Place
from bot.store import personally
from handlers.elections.bulletins import BULLETINS
from handlers.elections.heart.count.bulletin_keys import is_signed
from handlers.elections.signing import use_cases as signing
from playground.chats import Message
from storage.database import Database
from storage.elections import bulletins
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from tests.elections.bulletins.publishing import (
    ELSEWHERE,
    FIVE,
    SEVEN,
    bulletin,
    bulletin_post,
    bulletin_posts,
    bulletin_text,
    campaign,
    crowd,
    evening,
)
from tests.elections.campaign import (
    TITLE,
    Records,
    announce,
    close_by_two,
    list_buildings,
    neighbours,
    newest_update,
    organiser,
    redeliver,
    stand,
)
from tests.safety.traces import traces_of_id
from tests.yard import Yard

HOUSE_FIVE, HOUSE_SEVEN = "Fountain street 5", "Fountain street 7"


async def close(yard: Yard, card: Message) -> None:
    await close_by_two(yard, card)


async def test_the_first_bulletin_comes_in_the_evening_and_says_what_it_is_about(
    yard: Yard,
) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 6, FIVE)
    await yard.settled()
    assert bulletin_posts(yard) == []
    await evening(yard)

    found = await bulletin(yard, 1)
    header = found.header
    assert (header.title, header.number, header.is_last) == (TITLE, 1, False)
    assert header.day.isoformat() == "2026-10-21"
    assert (header.rule, header.base, header.needed) == ("at least 1/4 of residents", 400, 100)
    assert header.buildings == ((HOUSE_FIVE, 12), (HOUSE_SEVEN, 280))
    assert header.previous == NO_HEAD
    assert {place: len(cell.hashes) for place, cell in found.cells.items()} == {
        ("Vera K.", HOUSE_FIVE): 5
    }
    assert found.totals == (("Vera K.", 5),)
    assert list(faults_in(found)) == []
    assert is_signed(found.head, found.signature, header.key)

    post = await bulletin_post(yard, 1)
    assert not post.is_ephemeral
    assert post.text.startswith(f"📜 Bulletin 1 of Wed 21 October 2026: {TITLE}")
    assert f"head {found.head}" in post.text
    assert f"key {fingerprint(header.key)}" in post.text
    await yard.card(f"Key of the bulletins: {fingerprint(header.key)}")


def test_its_words_fit_beneath_a_file() -> None:
    """Telegram takes 1,024 characters there."""
    for language in ("en", "be", "ru"):
        words = load_words(language)
        params = {
            "n": 1,
            "day": "Wednesday 21 October 2026",
            "title": "T" * 200,
            "head": "f" * 64,
            "fingerprint": "f" * 24,
        }
        for key in ("bulletins.post.next", "bulletins.post.last"):
            assert len(words.plain(key, **params)) < 1000


async def test_fewer_than_five_are_never_published(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 4)
    for _ in range(2):
        await evening(yard)
    await close(yard, card)
    await yard.hears(yard.tom, "This election is over")
    await yard.settled()
    assert bulletin_posts(yard) == []


async def test_that_nearly_everyone_in_a_building_signed_is_not_told(yard: Yard) -> None:
    """Neither of a small one nor of a larger one, neither in the evening nor at the end."""
    await list_buildings(yard, "Oak lane 1: 6\nOak lane 2: 16")
    await announce(yard, f"/elect 400 {TITLE}")
    card = await stand(yard, yard.tom, "Vera K.")
    await crowd(yard, card, 6, 1)
    await yard.settled(61)
    await crowd(yard, card, 16, 2)
    await evening(yard)
    found = await bulletin(yard, 1)
    told = {("Vera K.", "Oak lane 2"): 10, ("Vera K.", OTHER): 10}
    assert {place: len(cell.hashes) for place, cell in found.cells.items()} == told
    await evening(yard)
    assert len(bulletin_posts(yard)) == 1, "who doesn't fit in doesn't come anew each evening"
    await close(yard, card)
    await yard.settled(61)
    last = await bulletin(yard, 2)
    assert {place: len(cell.hashes) for place, cell in last.cells.items()} == told


async def test_small_buildings_stand_among_others(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 3, FIVE)
    await crowd(yard, card, 2, ELSEWHERE)
    await crowd(yard, card, 7, SEVEN)
    await evening(yard)
    found = await bulletin(yard, 1)
    assert {building: len(cell.hashes) for (_, building), cell in found.cells.items()} == {
        OTHER: 5,
        HOUSE_SEVEN: 5,
    }
    await crowd(yard, card, 2, FIVE)
    await evening(yard)
    found = await bulletin(yard, 2)
    sizes = {building: len(cell.hashes) for (_, building), cell in found.cells.items()}
    assert sizes[HOUSE_FIVE] == 5
    assert sum(sizes.values()) == 10
    assert Tally(between([await bulletin(yard, 1), found])).verdict is Verdict.HOLDS


async def test_days_without_five_changes_bring_none_and_the_next_follows_the_last(
    yard: Yard,
) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    first = await bulletin(yard, 1)
    await crowd(yard, card, 4)
    for _ in range(3):
        await evening(yard)
    assert len(bulletin_posts(yard)) == 1
    await crowd(yard, card, 1)
    await evening(yard)
    second = await bulletin(yard, 2)
    assert second.header.previous == first.head
    assert second.header.day.isoformat() == "2026-10-25"
    assert len(second.lines) == 10
    assert not {line for _, line in first.lines} & {line for _, line in second.lines}
    assert Tally(between([first, second])).verdict is Verdict.HOLDS


async def test_withdrawn_signatures_leave_in_fives_and_all_of_them_at_the_end(yard: Yard) -> None:
    card = await campaign(yard)
    people = await crowd(yard, card, 15)
    await evening(yard)
    first = await bulletin_text(yard, 1)
    for person in people[:4]:
        await yard.forge(person, card, "e.withdraw:1")
    await evening(yard)
    assert len(bulletin_posts(yard)) == 1
    await yard.forge(people[4], card, "e.withdraw:1")
    await evening(yard)
    assert len((await bulletin(yard, 2)).lines) == 10
    await yard.forge(people[5], card, "e.withdraw:1")
    await close(yard, card)
    last = await bulletin(yard, 3)
    assert last.header.is_last
    assert len(last.lines) == 5
    result = await yard.hears(yard.tom, "This election is over")
    assert "5 / 100" in result.text
    assert (await bulletin_text(yard, 1)) == first, "what is out stays as it was"


async def test_the_last_one_shows_as_many_as_the_result_says(yard: Yard) -> None:
    """Also where the target isn't a multiple of five."""
    card = await campaign(yard, base=48)
    await crowd(yard, card, 7, FIVE)
    await crowd(yard, card, 6, SEVEN)
    await yard.settled(61)  # a group takes twenty messages a minute
    await close(yard, card)
    last = await bulletin(yard, 1)
    result = await yard.hears(yard.tom, "This election is over")
    assert "12 / 12" in result.text
    assert last.totals == (("Vera K.", 12),)
    assert list(faults_in(last)) == []
    post = await bulletin_post(yard, 1)
    assert post.text.startswith("📜 Last bulletin 1")


async def test_a_restart_and_a_second_look_publish_nothing_twice(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await yard.stop()
    yard.clock.turn(timedelta(days=3))
    await yard.start()
    await bulletin_post(yard, 1)
    await crowd(yard, card, 5)
    await yard.restart()
    yard.clock.turn(timedelta(hours=8))  # past this evening: one a day is enough
    await yard.settled()
    assert len(bulletin_posts(yard)) == 1
    await evening(yard)
    await bulletin_post(yard, 2)
    await yard.restart()
    await yard.settled(61)
    assert [p.document.name for p in bulletin_posts(yard) if p.document] == [
        "bulletin-1.txt",
        "bulletin-2.txt",
    ]


async def test_a_redelivered_closing_publishes_the_last_one_once(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    second = organiser(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    act = await yard.card("wants to close this election now")
    yard.world.tap(second, act, "I agree")
    closing = newest_update(yard)
    await bulletin_post(yard, 1)
    await redeliver(yard, closing)
    await evening(yard)
    assert len(bulletin_posts(yard)) == 1


async def test_several_processes_that_look_at_once_publish_it_once(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    assert yard.app is not None
    (due,) = BULLETINS.due
    yard.clock.turn(timedelta(hours=8))
    await asyncio.gather(*(due.move_due(yard.app.store) for _ in range(6)))
    await bulletin_post(yard, 1)
    await evening(yard)
    assert len(bulletin_posts(yard)) == 1


async def test_where_the_bot_was_away_every_one_is_told(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    yard.world.kick(yard.group, yard.world.bot, yard.vera)
    await evening(yard)
    assert yard.app is not None
    place = Place(yard.group.id)
    for neighbour in neighbours(yard, 5):
        # On their way while the bot was thrown out.
        await yard.app.store.run(personally(signing.sign, Person(neighbour.id), place), 1, 1, SEVEN)
    await evening(yard)
    assert bulletin_posts(yard) == []
    yard.world.add_bot(yard.group, by=yard.vera)
    posts = [await bulletin_post(yard, number) for number in (1, 2)]
    assert bulletin_posts(yard) == posts


async def test_planted_signatures_have_no_line(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 6)
    Records(yard).tamper()
    await crowd(yard, card, 5)
    await evening(yard)
    assert len((await bulletin(yard, 1)).lines) == 5
    yard.log.errors.clear()  # the hourly recount said so


async def test_lines_planted_in_the_stored_bulletin_are_neither_told_nor_signed(
    yard: Yard,
) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 10)
    await evening(yard)
    await bulletin_post(yard, 1)
    database = Database(yard.database_url)
    planted = "line\tVera K.\tFountain street 7\t" + "0" * 64
    with database.engine.begin() as connection:
        connection.execute(
            update(bulletins.BulletinRow).values(
                text=func.replace(bulletins.BulletinRow.text, "line\t", f"{planted}\nline\t")
            )
        )
    database.close()
    await evening(yard)
    second = await bulletin(yard, 2)
    assert list(faults_in(second)) == []
    assert len(second.lines) == 10
    assert "0" * 64 not in second.body
    yard.log.errors.clear()  # the log said so


@pytest.mark.parametrize("sign", ["\t", "\n", "\x85"])
async def test_a_planted_name_that_would_break_the_file_is_not_signed(
    yard: Yard, sign: str
) -> None:
    """Nothing is better than a bulletin that nobody can read; once it is mended the next one comes."""
    card = await campaign(yard)
    await crowd(yard, card, 5)
    rename(yard, f"Vera{sign}K.")
    await evening(yard)
    assert bulletin_posts(yard) == []
    (said,) = yard.log.errors
    assert "no bulletin: a title or name has a tab, line feed or the like" in said
    yard.log.errors.clear()
    rename(yard, "Vera K.")
    await evening(yard)
    assert list(faults_in(await bulletin(yard, 1))) == []

    rename(yard, f"Vera{sign}K.")
    await close(yard, card)
    await yard.hears(yard.tom, "This election is over")
    assert len(bulletin_posts(yard)) == 1, "it ends all the same, without a last one"
    yard.log.errors.clear()


def rename(yard: Yard, name: str) -> None:
    """Somebody writes another name for every candidate into the database."""
    database = Database(yard.database_url)
    with database.engine.begin() as connection:
        connection.execute(update(CandidateRow).values(name=name))
    database.close()


async def test_one_election_that_cannot_be_read_holds_up_no_other(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await announce(yard, "/elect 60 Keeper of the fountain")
    card = await stand(yard, yard.tom, "Vera K. too")
    for person in neighbours(yard, 5):
        await yard.forge(person, card, "e.sign!:2:2")
    database = Database(yard.database_url)
    with database.engine.begin() as connection:
        damage = update(ElectionRow).where(col(ElectionRow.id) == 1).values(wrapped_key=b"damaged")
        connection.execute(damage)
    database.close()
    await evening(yard)
    assert (await bulletin(yard, 1)).header.title == "Keeper of the fountain"
    yard.log.errors.clear()  # the log said so


async def test_a_building_taken_off_the_list_gives_its_lines_to_the_others(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5, FIVE)
    await evening(yard)
    page = await list_buildings(yard, "Fountain street 9: 50")
    await yard.forge(yard.vera, page, "b.remove!:1:1")
    await evening(yard)
    found = await bulletin(yard, 2)
    assert list(found.cells) == [("Vera K.", OTHER)]
    assert Tally(between([await bulletin(yard, 1), found])).verdict is Verdict.HOLDS


async def test_bulletins_name_nobody(yard: Yard) -> None:
    card = await campaign(yard)
    people = await crowd(yard, card, 10)
    await evening(yard)
    content = (await bulletin_text(yard, 1)).encode()
    for person in people:
        assert not any(trace in content for trace in traces_of_id(person.id))
        assert person.first_name.encode() not in content
