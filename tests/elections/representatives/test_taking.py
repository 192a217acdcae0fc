"""From enough signatures into office: offered by an organiser, taken by the one who stood."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from storage.elections.candidates import CandidateRow
from storage.elections.representatives import OfficeRow
from tests.elections.campaign import announce, at_the_hour, newest_update, redeliver, stand
from tests.elections.heart.test_tampering import write
from tests.elections.representatives.office import (
    ELECT,
    NAME,
    elect,
    forge,
    in_office,
    offer,
    offices,
    open_list,
    post,
    see_office,
    take,
)
from tests.elections.representatives.office import rows as rows_of
from tests.safety.test_erasing import erased, rows
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")


async def test_who_was_elected_takes_office_and_everyone_can_read_it(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard)
    assert "Vera K.: Representative of Yard 5" in offered.text
    assert "At least 25 percent of 4 residents: 1 signature" in offered.text
    page = await see_office(yard, yard.tom, offered)
    assert page.is_ephemeral
    assert "Do you take the office?" in page.text
    await yard.tap(yard.tom, page, "Yes, I take the office")
    taken = await post(yard, "Vera K. has taken office")
    assert "recognition is not a permission" in taken.text

    listed = await open_list(yard, yard.ales)
    assert "Vera K." in listed.text
    assert "серада, 21 кастрычніка 2026" in listed.text  # Ales reads Belarusian
    assert "не дазвол" in listed.text
    assert yard.labels(listed) == ["Vera K.", "✖️ Закрыць"]


async def test_nothing_of_the_holder_is_on_the_disk_but_a_tag(yard: Yard) -> None:
    await in_office(yard)
    (office,) = offices(yard)
    assert office.holder_tag is not None
    assert len(office.holder_tag) == 16
    await yard.stop()
    kept = b"".join(file.read_bytes() for file in (yard.folder / "data").rglob("*.sqlite3*"))
    assert NAME.encode() in kept  # chosen to be public
    for trace in (str(yard.tom.id).encode(), yard.tom.id.to_bytes(8, "big").lstrip(b"\0")):
        assert trace not in kept


async def test_an_impostor_takes_nothing_not_even_by_a_forged_tap(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard)
    page = await see_office(yard, yard.ales, offered)
    assert "✅" not in "".join(yard.labels(page))
    for data in ("rep.take!:1", "rep.decline!:1"):
        assert "только для того" in await forge(yard, yard.nina, offered, data)
    assert [office.state for office in offices(yard)] == ["offered"]


async def test_whoever_swaps_two_candidacies_in_the_database_takes_nothing(yard: Yard) -> None:
    await elect(yard)
    await stand(yard, yard.vera, "Ann S.")
    offered = await offer(yard)
    tags = {row.id: row.person_tag for row in rows_of(yard, CandidateRow)}
    for number, tag in ((1, None), (2, tags[1]), (1, tags[2])):
        write(
            yard, update(CandidateRow).where(col(CandidateRow.id) == number).values(person_tag=tag)
        )
    assert "behind that name only" in await forge(yard, yard.vera, offered, "rep.take!:1")
    assert [office.state for office in offices(yard)] == ["offered"]


async def test_two_taps_from_two_devices_and_a_redelivered_one_count_once(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard)
    page = await see_office(yard, yard.tom, offered)
    first = yard.world.tap(yard.tom, page, "Yes, I take the office")
    taking = newest_update(yard)
    second = yard.world.tap_data(yard.tom, page, await yard.stored("rep.take!:1"))
    await yard.world.answered(first)
    await yard.world.answered(second)
    await post(yard, "has taken office")
    await redeliver(yard, taking)
    await yard.settled(61)
    assert len([m for m in yard.group.messages if "has taken office" in m.text]) == 1
    assert [office.state for office in offices(yard)] == ["held"]


async def test_signatures_withdrawn_afterwards_take_no_office_back(yard: Yard) -> None:
    offered = await in_office(yard)
    await yard.forge(yard.nina, offered, "e.withdraw:1")
    await at_the_hour(yard)
    await post(yard, "the signatures aren't enough any more")
    assert [office.state for office in offices(yard)] == ["held"]
    listed = await open_list(yard, yard.vera)
    assert "In office since" in listed.text
    await yard.tap(yard.vera, listed, NAME)
    await yard.world.until(lambda: "Recall" in " ".join(yard.labels(listed)))


async def test_whoever_declines_is_forgotten_and_may_be_asked_again(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard)
    page = await see_office(yard, yard.tom, offered)
    await yard.tap(yard.tom, page, "No, thank you")
    await post(yard, "doesn't take the office")
    assert "больш не дзейнічае" in (await see_office(yard, yard.ales, offered)).text
    again = await offer(yard)
    await take(yard, yard.tom, again)
    assert [office.state for office in offices(yard)] == ["ended", "held"]


async def test_an_offer_that_came_to_nothing_is_erased_after_a_week(yard: Yard) -> None:
    await elect(yard)
    page = await see_office(yard, yard.tom, await offer(yard))
    await yard.tap(yard.tom, page, "No, thank you")
    await post(yard, "doesn't take the office")
    assert await rows(yard, OfficeRow) == 1
    yard.clock.turn(timedelta(days=9))
    await erased(yard, OfficeRow)


async def test_organisers_take_an_offer_back_until_it_is_accepted(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard)
    page = await see_office(yard, yard.vera, offered)
    await yard.tap(yard.vera, page, "Take the offer back")
    await yard.world.until(lambda: "Really take the offer" in page.text)
    await yard.tap(yard.vera, page, "Yes, take it back")
    await post(yard, "have taken the offer")
    assert "isn't waiting" in await forge(yard, yard.tom, offered, "rep.take!:1")

    again = await offer(yard)
    await take(yard, yard.tom, again)
    assert "isn't waiting" in await forge(yard, yard.vera, again, "rep.undo!:2")
    assert [office.state for office in offices(yard)] == ["ended", "held"]


async def test_only_organisers_of_this_moment_offer(yard: Yard) -> None:
    card = await elect(yard)
    for data in ("rep.add:1:0", "rep.offer:1", "rep.offer!:1:", "rep.offer!:1:2027-01-01"):
        assert "Only this chat's administrators" in await forge(yard, yard.tom, card, data)
    assert "Add from an election" not in "".join(yard.labels(await open_list(yard, yard.tom)))

    yard.world.promote(yard.group, yard.tom, yard.vera)
    page = await open_list(yard, yard.tom)
    await yard.tap(yard.tom, page, "Add from an election")
    await yard.world.until(lambda: "Who should I offer" in page.text)
    yard.world.demote(yard.group, yard.tom, yard.vera)
    assert "Only this chat's" in ((await yard.tap(yard.tom, page, NAME)).text or "")
    assert offices(yard) == []


async def test_too_few_signatures_bring_nobody_into_office(yard: Yard) -> None:
    await announce(yard, ELECT)
    card = await stand(yard, yard.tom, NAME)
    page = await open_list(yard, yard.vera)
    await yard.tap(yard.vera, page, "Add from an election")
    await yard.world.until(lambda: "Nobody to offer" in page.text)
    assert "doesn't have enough" in await forge(yard, yard.vera, card, "rep.offer!:1:")
    assert offices(yard) == []


async def test_an_office_is_offered_once_for_a_candidacy(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard)
    await yard.forge(yard.vera, offered, "rep.offer!:1:")
    await take(yard, yard.tom, offered)
    await yard.forge(yard.vera, offered, "rep.offer!:1:")
    assert len(offices(yard)) == 1


async def test_organisers_of_another_chat_touch_nothing_here(yard: Yard) -> None:
    offered = await in_office(yard)
    assert offered.text
    other = yard.world.add_group("Yard 6", creator=yard.ales)
    yard.world.add_bot(other, by=yard.ales)
    elsewhere = await yard.card("Вітаю", other)
    for data in (
        "rep.list:1:0", "rep.past:1:0", "rep.office:1", "rep.add:1:0", "rep.offer!:1:",
        "rep.houses:1:0", "rep.all!:1", "rep.undo!:1", "rep.forget!:1", "rep.recall:1",
        "rep.recall!:1", "rep.leave!:1", "rep.office:9", "rep.forget!:9",
    ):  # fmt: skip
        answer = await yard.forge(yard.ales, elsewhere, data)
        assert answer.show_alert or answer.url, data
    assert [office.state for office in offices(yard)] == ["held"]


async def test_an_office_is_not_taken_once_the_signatures_are_not_enough(yard: Yard) -> None:
    card = await elect(yard)
    offered = await offer(yard)
    page = await see_office(yard, yard.tom, offered)
    await yard.forge(yard.nina, card, "e.withdraw:1")
    await at_the_hour(yard)
    answer = await yard.tap(yard.tom, page, "Yes, I take the office")
    assert "now they aren't enough" in (answer.text or "")
    assert offices(yard)[0].state == "offered"


async def test_an_anonymous_administrator_offers_like_any_other(yard: Yard) -> None:
    await elect(yard)
    yard.world.set_anonymous(yard.group, yard.vera)
    yard.say(yard.vera, "/representatives")
    page = await yard.hears(yard.vera, "Nobody represents this chat")
    await yard.tap(yard.vera, page, "Add from an election")
    page = await yard.hears(yard.vera, "Who should I offer")
    await yard.tap(yard.vera, page, NAME)
    page = await yard.hears(yard.vera, "How long is the term?")
    await yard.tap(yard.vera, page, "Without an end")
    await take(yard, yard.tom, await post(yard, "The office is offered"))


async def test_the_office_moves_with_its_group(yard: Yard) -> None:
    """A basic group becomes a supergroup: the same office, the same holder."""
    group = yard.world.add_group(
        "Yard 7", yard.vera, kind="group", members=[yard.tom, yard.nina, yard.ales]
    )
    yard.world.add_bot(group, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", group)
    yard.group = group
    await in_office(yard)
    await yard.quiet()
    yard.group = yard.world.migrate(group)
    await yard.settled(61)
    page = await open_list(yard, yard.tom)
    await yard.tap(yard.tom, page, "Vera K.")
    own = await yard.hears(yard.tom, "This is your office")
    assert "Step down" in "".join(yard.labels(own))
