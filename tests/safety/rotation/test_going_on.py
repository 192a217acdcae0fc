"""The key is changed in the middle of everything, and neighbours go on."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.store import UnitOfWork
from storage.former_keys import FormerKeyRow
from tests.actions.announce import announce as announce_action
from tests.actions.test_answering import shows
from tests.actions.test_changing import begin_edit
from tests.elections.bulletins.publishing import (
    bulletin_post,
    bulletin_text,
    campaign,
    crowd,
    evening,
    own_code,
    sign_in,
)
from tests.elections.campaign import (
    Records,
    agreed,
    announce,
    close_by_two,
    list_buildings,
    neighbours,
    open_standing,
    organiser,
    sign,
    sign_at_once,
    stand,
)
from tests.elections.representatives.office import endorsements, in_office, opened
from tests.process import run_bot
from tests.reminders.reminding import posted, previewed
from tests.safety.rotation.changing import key_changed
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows


async def former_purposes(yard: Yard) -> set[str]:
    """By which former keys people are known still, without the numbers of the things."""

    def read(work: UnitOfWork) -> set[str]:
        purposes = work.session.exec(select(FormerKeyRow.purpose)).all()
        return {purpose.partition(":")[0] for purpose in purposes}

    assert yard.app is not None
    return await yard.app.store.read(read)


async def test_who_signed_is_known_and_nobody_signs_twice(yard: Yard) -> None:
    card = await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await sign(yard, yard.vera, card)
    await sign_at_once(yard, yard.ales, card)
    await key_changed(yard)

    for person in (yard.vera, yard.ales, yard.nina):
        await sign_at_once(yard, person, card)
    assert len(Records(yard).signatures) == 3

    yard.clock.turn(timedelta(minutes=3))
    await yard.tap(yard.vera, card, "Sign")
    page = await yard.hears(yard.vera, "You signed for Vera K.")
    await yard.tap(yard.vera, page, "Withdraw")
    await yard.hears(yard.vera, "Your signature is withdrawn")
    assert len(Records(yard).signatures) == 2
    assert Records(yard).candidates[0].signatures == 2
    assert Records(yard).elections[0].foreign_rows == 0


async def test_bulletins_from_before_and_after_hold_together(yard: Yard, tmp_path: Path) -> None:
    card = await campaign(yard)
    signers = await crowd(yard, card, 5)
    await evening(yard)
    code = await own_code(yard, signers[0], card)
    await key_changed(yard)
    await sign_in(yard, signers, card)
    await sign_in(yard, neighbours(yard, 5), card)
    await evening(yard)
    await key_changed(yard)
    assert await own_code(yard, signers[0], card) == code, "a code is printed, and stays"
    await close_by_two(yard, card)

    files = [tmp_path / f"bulletin-{number}.txt" for number in (1, 2, 3)]
    for number, file in enumerate(files, 1):
        file.write_text(await bulletin_text(yard, number))
    seen = re.search(r"(?:[0-9a-f]{4} ){4}[0-9a-f]{4}", (await bulletin_post(yard, 1)).text)
    assert seen is not None
    ended = run_bot("audit", *map(str, files), "--key", seen[0], "--code", code, folder=tmp_path)
    assert ended.returncode == 0, ended.stdout
    assert "HOLDS" in ended.stdout
    assert len(Records(yard).signatures) == 10


async def test_an_answer_is_its_persons_own_after_two_changes(yard: Yard) -> None:
    card = await announce_action(yard, yard.tom)
    for person in (yard.vera, yard.ales):
        await yard.tap(person, card, "Going")
    await key_changed(yard)
    await yard.tap(yard.tom, card, "Going")
    await yard.tap(yard.ales, card, "Maybe")
    await shows(yard, card, "2 come, 1 perhaps")
    await key_changed(yard)
    for person in (yard.vera, yard.tom):
        answer = await yard.tap(person, card, "Going")
        assert answer.text == "Your answer is removed."
    await yard.tap(yard.ales, card, "Maybe")
    await shows(yard, card, "")


async def test_its_author_changes_an_action_and_calls_it_off(yard: Yard) -> None:
    card = await announce_action(yard, yard.tom)
    await yard.tap(yard.nina, card, "Going")
    await key_changed(yard)
    assert await former_purposes(yard) == {"action-author", "action-answers"}
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "23.10 20:00 Concert in the courtyard @ Old oak", chat=private)
    preview = await yard.hears(yard.tom, "This is how", private)
    await yard.tap(yard.tom, preview, "Save")
    await yard.hears(yard.nina, "This has changed")
    yard.clock.turn(timedelta(minutes=3))
    page = await opened(yard, yard.tom, card, "⋯")
    await yard.tap(yard.tom, page, "Call it off")
    page = await yard.hears(yard.tom, "Really call off", page.chat)
    await yard.tap(yard.tom, page, "Yes")
    await yard.hears(yard.nina, "is called off")
    assert await former_purposes(yard) == set(), "nobody is known by them any more"


async def test_what_waits_for_a_second_organiser_takes_another_one(yard: Yard) -> None:
    card = await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    second = organiser(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    message = await yard.card("wants to close this election now")
    await key_changed(yard)
    answer = await yard.tap(yard.vera, message, "I agree")
    assert "This came from you" in (answer.text or "")
    assert Records(yard).elections[0].state == "open"
    await agreed(yard, second, "wants to close this election now")
    await yard.hears(yard.tom, "This election is over")
    assert "pending-act" not in await former_purposes(yard)


async def test_who_changed_the_buildings_cannot_agree_to_the_new_base(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 24\nFountain street 7: 100")
    await announce(yard, "/elect Representative of Yard 5 for all")
    card = await stand(yard, yard.tom, "Vera K.")
    await sign_at_once(yard, yard.nina, card)
    second = organiser(yard)
    await list_buildings(yard, "Fountain street 7: 1")
    await key_changed(yard)
    yard.clock.turn(timedelta(minutes=2))
    message = await yard.card("would be counted again, for 25 residents")
    answer = await yard.tap(yard.vera, message, "I agree")
    assert "This came from you" in (answer.text or "")
    await agreed(yard, second, "would be counted again, for 25 residents")
    await yard.hears(yard.tom, "the target has changed")


async def test_a_representative_is_in_office_and_steps_down(yard: Yard) -> None:
    offered = await in_office(yard)
    await key_changed(yard)
    card = await announce_action(yard, yard.nina)
    await yard.tap(yard.tom, await opened(yard, yard.tom, card, "⋯"), "Support this")
    assert len(endorsements(yard)) == 1
    page = await opened(yard, yard.tom, offered, "That's me")
    await yard.tap(yard.tom, page, "Step down")
    await yard.world.until(lambda: "Really step down?" in page.text)
    await yard.tap(yard.tom, page, "Yes, I step down")
    await yard.hears(yard.nina, "Vera K. steps down")
    assert "office" not in await former_purposes(yard)


async def test_what_was_only_begun_ends_and_the_bot_says_so(yard: Yard) -> None:
    await announce(yard)
    standing = await open_standing(yard, yard.tom, "Vera K.")
    yard.say(yard.vera, "/action tomorrow 19:00 Concert in the courtyard")
    preview = await yard.hears(yard.vera, "neighbours will see")
    await key_changed(yard)
    for person, page, button in (
        (yard.tom, standing, "yes, add me"),
        (yard.vera, preview, "Publish"),
    ):
        answer = await yard.tap(person, page, button)
        assert "This preview has expired" in (answer.text or "")
    await stand(yard, yard.tom, "Vera K.")


async def test_posts_of_a_reminder_make_room_for_the_next(yard: Yard) -> None:
    preview = await previewed(yard, "every day 11:00 Water the lilac")
    await yard.tap(yard.vera, preview, "Only the latest: no")
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-22 08:00")
    first = await posted(yard, "Water the lilac")
    await key_changed(yard)
    turn_to(yard, "2026-10-23 08:00")
    await posted(yard, "Water the lilac", count=2)
    await yard.world.until(lambda: first.deleted)
