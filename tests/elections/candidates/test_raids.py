"""Names that nobody wants on the list: who came late, who was banned, whom two organisers strike."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from bot.domain.elections.plan import MOST_CANDIDATES
from playground.people import Person
from storage.elections.candidates import CandidateRow
from tests.elections.campaign import (
    Records,
    agreed,
    announce,
    at_the_hour,
    begin_standing,
    manage,
    neighbours,
    organiser,
    sign_at_once,
    stand,
)
from tests.elections.candidates.test_candidates import rewrite
from tests.elections.heart.test_tampering import write
from tests.yard import Yard

ON_ONE_DATABASE = pytest.mark.databases("sqlite")
TOO_LATE = "so you can neither sign in it nor become a candidate"


def on_list(yard: Yard) -> list[str]:
    return [row.name for row in Records(yard).candidates if row.left_at is None]


async def tries_to_stand(yard: Yard, person: Person, name: str, told: str) -> None:
    yard.say(person, f"/stand {name}")
    await yard.hears(person, told)


@ON_ONE_DATABASE
async def test_who_came_late_neither_stands_nor_proposes_nor_accepts(yard: Yard) -> None:
    await announce(yard)
    await stand(yard, yard.tom, "Vera K.")
    yard.promote_bot()
    await yard.quiet()
    raider = yard.world.add_person("Raider", language="en")
    yard.world.join(yard.group, raider)
    await tries_to_stand(yard, raider, "Obscene 1", TOO_LATE)
    words = yard.say(yard.nina, "Who should it be?")
    yard.say(raider, "/nominate", reply_to=words)
    await yard.hears(raider, TOO_LATE)
    words = yard.say(raider, "Me, of course!")
    yard.say(yard.vera, "/nominate", reply_to=words)
    question = await yard.hears(yard.vera, "You've been proposed as a candidate")
    answer = await yard.tap(raider, question, "Yes, go on")
    assert TOO_LATE in (answer.text or "")
    assert on_list(yard) == ["Vera K."]


@ON_ONE_DATABASE
async def test_a_ban_frees_the_place_and_signatures_keep_the_name(yard: Yard) -> None:
    early, liked, *others = neighbours(yard, 8)
    await announce(yard)
    await stand(yard, early, "Obscene 1")
    card = await stand(yard, liked, "Liked by many")
    yard.promote_bot()
    for person in others[:5]:
        await sign_at_once(yard, person, card, candidate=2)
    await at_the_hour(yard, "5 / 100")
    names = ({"election_id": 1, "name": f"Name {n}"} for n in range(MOST_CANDIDATES - 2))
    write(yard, insert(CandidateRow).values(list(names)))
    toms = await begin_standing(yard, yard.tom, "Vera K.")
    full = await yard.forge(yard.tom, card, f"e.stand!:{toms}:1")
    assert f"{MOST_CANDIDATES}" in (full.text or "")
    assert len(on_list(yard)) == MOST_CANDIDATES

    yard.world.kick(yard.group, early, yard.vera)
    await yard.hears(yard.tom, "Obscene 1 is no longer a candidate")
    assert "Obscene 1" not in on_list(yard)
    yard.world.kick(yard.group, liked, yard.vera)
    await yard.quiet()
    assert "Liked by many" in on_list(yard), "neighbours signed for it"
    await manage(yard, yard.vera, card)
    await yard.hears(yard.vera, "Liked by many isn't in the chat any more")
    await yard.forge(yard.tom, card, f"e.stand!:{toms}:1")
    draft = await begin_standing(yard, others[5], "Adam L.")
    await yard.forge(others[5], card, f"e.stand!:{draft}:1")
    assert len(on_list(yard)) == MOST_CANDIDATES + 1
    yard.world.join(yard.group, liked)
    await yard.quiet()
    assert [row.is_away for row in Records(yard).candidates][1], "coming back changes nothing"


@ON_ONE_DATABASE
async def test_two_organisers_strike_a_name_and_the_chat_is_told(yard: Yard) -> None:
    await announce(yard)
    await stand(yard, yard.tom, "Vera K.")
    (person,) = neighbours(yard, 1)
    card = await stand(yard, person, "Somebody's name")
    await sign_at_once(yard, yard.ales, card, candidate=2)
    second = organiser(yard)
    page = await manage(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "Strike a name")
    page = await yard.hears(yard.vera, "Which name should be struck off")
    await yard.tap(yard.vera, page, "Somebody's name")
    page = await yard.hears(yard.vera, "Strike Somebody's name off the list")
    await yard.tap(yard.vera, page, "Yes, strike it off")
    # Another name may be struck at the same time.
    await yard.forge(second, card, "ee.name!:1")
    assert on_list(yard) == ["Vera K.", "Somebody's name"]
    await agreed(yard, second, "strike a candidate off the list: Somebody's name")
    await yard.hears(yard.tom, "may sign for another.\n\n✅ Done")
    assert on_list(yard) == ["Vera K."]
    assert Records(yard).signatures == []
    await sign_at_once(yard, yard.ales, card, candidate=1)
    assert len(Records(yard).signatures) == 1
    await yard.settled(61)
    await yard.world.until(lambda: "Somebody's name" not in card.text)


@ON_ONE_DATABASE
async def test_agreeing_to_what_was_overtaken_is_told_so(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    second = organiser(yard)
    await yard.forge(yard.vera, card, "ee.name!:1")
    await yard.forge(yard.tom, card, "ec.leave!:1")
    answer = await yard.forge(second, card, "ee.yes!:1")
    assert "decided already" in (answer.text or "")


@ON_ONE_DATABASE
async def test_other_words_dont_evade_being_struck(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Obscene 1")
    second = organiser(yard)
    await yard.forge(second, card, "ee.name!:1")
    await yard.card("strike a candidate off the list")
    preview = await rewrite(yard, yard.tom, "Obscene 2")
    answer = await yard.tap(yard.tom, preview, "Save")
    assert "deciding about this name right now" in (answer.text or "")
    assert on_list(yard) == ["Obscene 1"]


async def test_names_that_look_alike_are_taken(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    (person,) = neighbours(yard, 1)
    for name in ("Vera\u034f K.", "V\u0435ra K.", "Vera K", "Vera \u039a."):
        draft = await begin_standing(yard, person, name)
        answer = await yard.forge(person, card, f"e.stand!:{draft}:1")
        assert "couldn't tell you apart" in (answer.text or ""), name
    assert on_list(yard) == ["Vera K."]
