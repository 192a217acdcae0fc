"""A recall speaks of a recall, in every post: nobody stands in it, and not everyone is glad of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.message.words import load_words
from handlers.elections.ending.certificate_words import certificate_face
from playground.chats import Message
from playground.people import Person
from tests.chats.setting_up import speak
from tests.elections.campaign import announce, at_the_hour, manage, neighbours, sign_at_once, stand
from tests.elections.ending.test_result import outcome
from tests.elections.paper.collecting import printed
from tests.elections.representatives.office import NAME, close, in_office, offer, post, take
from tests.elections.representatives.test_recall import OVER, begin, sign
from tests.yard import Yard, page_after

pytestmark = pytest.mark.databases("sqlite")

RECALL = "Recall of Vera K."


async def forge(yard: Yard, people: list[Person], card: Message, data: str) -> None:
    for person in people:
        await yard.forge(person, card, data)


async def test_every_station_on_the_way_is_told_soberly(yard: Yard) -> None:
    card = await announce(yard, "/elect 40 Representative of Yard 5")
    await stand(yard, yard.tom, NAME)
    people = neighbours(yard, 10)
    for person in people:
        await sign_at_once(yard, person, card)
    await at_the_hour(yard, "10 / 10")
    await take(yard, yard.tom, await offer(yard))
    recall = await begin(yard)

    await forge(yard, people[:5], recall, "e.sign!:2:2")
    await at_the_hour(yard)
    half = await post(yard, "Half of the signatures needed for recalling Vera K. are there.")
    assert "For the recall\n▰▰▰▰▰▱▱▱▱▱ 5 / 10" in half.text
    assert "Thank you" not in half.text
    assert "Half of the way" not in half.text
    await speak(yard, "Беларуская")
    await forge(yard, people[5:], recall, "e.sign!:2:2")
    await at_the_hour(yard)
    await post(yard, "Подпісаў за адкліканне дастаткова: Vera K.")
    await forge(yard, people[:5], recall, "e.withdraw:2")
    await at_the_hour(yard)
    await post(yard, "Подпісаў за адкліканне ўжо недастаткова (Vera K.)")
    await speak(yard, "Русский")
    await forge(yard, people[:5], recall, "e.sign!:2:2")
    await at_the_hour(yard)
    await post(yard, "Подписей за отзыв достаточно: Vera K.")


async def test_filing_and_the_result_are_of_the_recall(yard: Yard) -> None:
    await in_office(yard)
    card = await begin(yard)
    await sign(yard, yard.tom, card)
    await at_the_hour(yard)
    await post(yard, "Enough signatures for recalling Vera K.")
    page = await manage(yard, yard.vera, card)
    await yard.tap(yard.vera, page, ": filed")
    await yard.world.until(lambda: "signatures for recalling Vera K. really filed" in page.text)
    await yard.tap(yard.vera, page, "Yes, they are filed")
    await post(yard, "The signatures for recalling Vera K. are filed, 1 counted")

    result = await close(yard, card, f"{OVER}: {RECALL}")
    assert "For the recall ✅" in result.text
    assert "Recognition" not in result.text
    await yard.world.until(lambda: OVER in card.text)


async def test_a_proof_code_is_for_the_recall(yard: Yard) -> None:
    await in_office(yard)
    card = await begin(yard)
    page = await sign(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Proof code")
    await yard.world.until(lambda: "With a proof code" in page.text)
    await yard.tap(yard.tom, page, "Show me the code")
    await yard.world.until(lambda: f"your signature for the recall: {RECALL}" in page.text)


async def test_a_sheet_of_paper_is_for_the_recall(yard: Yard) -> None:
    await in_office(yard)
    card = await yard.card("Representative of Yard 5", button="⋯")
    await close(yard, card)
    await begin(yard)
    yard.world.start(yard.vera)
    await printed(yard)
    answer = await yard.forge(yard.vera, card, "p.sheet:1")
    assert not answer.show_alert
    await yard.hears(yard.vera, "For recalling Vera K.")


async def test_where_only_a_recall_is_open_nobody_is_asked_to_stand(yard: Yard) -> None:
    await in_office(yard)
    await begin(yard)
    asked = "Хотите стать кандидатом"
    assert asked in (await page_after(yard, yard.nina, "/election")).text
    await close(yard, await yard.card("Representative of Yard 5", button="⋯"))
    page = await page_after(yard, yard.nina, "/election")
    assert RECALL in page.text
    assert asked not in page.text


@pytest.mark.parametrize(
    ("language", "column"), [("en", "For what"), ("be", "За што"), ("ru", "За что")]
)
def test_its_certificate_names_no_candidate(language: str, column: str) -> None:
    words = load_words(language)
    found = outcome([words.plain("recall.choice")] * 3, RECALL)
    face = certificate_face(replace(found, election=replace(found.election, recalled=NAME)), words)
    assert face.columns[0] == column
    assert words.plain("ending.recognition") not in face.notes
