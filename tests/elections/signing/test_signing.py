"""Signing in private, counting in public, in steps."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.domain.refusal import Refused
from bot.message.words import load_words
from bot.person.place import Person, Place
from bot.store import personally
from handlers.elections.signing import use_cases as signing
from playground.chats import Message
from tests.elections.campaign import (
    CONFIRM,
    SENTENCE,
    TITLE,
    Records,
    announce,
    at_the_hour,
    neighbours,
    newest_update,
    open_signing,
    redeliver,
    redrawn,
    sign,
    sign_at_once,
    stand,
)
from tests.yard import Yard


async def campaign(yard: Yard, base: int = 400) -> Message:
    """An election in which Tom stands as Vera K.; gives its card."""
    await announce(yard, f"/elect {base} {TITLE}")
    return await stand(yard, yard.tom, "Vera K.")


async def test_three_taps_and_the_signature_is_counted(yard: Yard) -> None:
    card = await campaign(yard)
    page = await open_signing(yard, yard.vera, card)
    assert page.is_ephemeral
    assert "“I live here, I am 18 or older, and I sign for Vera K.”" in page.text
    assert yard.labels(page)[0] == "✍️ Vera K.: yes, I sign"

    await yard.tap(yard.vera, page, CONFIRM)
    counted = await yard.hears(yard.vera, "Your signature is counted")
    assert "You signed for Vera K." in counted.text
    assert counted.is_ephemeral
    assert yard.labels(counted)[:2] == ["🔑 Proof code", "↩️ Withdraw my signature"]
    (row,) = Records(yard).signatures
    assert row.candidate_id == 1


async def test_people_see_it_in_their_own_language(yard: Yard) -> None:
    card = await campaign(yard)
    for person in (yard.ales, yard.nina):
        language = load_words(person.language_code or "en")
        await yard.tap(person, card, "Sign")
        sentence = language.plain("elections.sign.sentence", name="Vera K.")
        page = await yard.hears(person, sentence)
        await yard.tap(person, page, language.plain("elections.sign.confirmation", name="Vera K."))
        moves = language("elections.moves", time="13:00")
        signed = language("elections.signed", name="Vera K.", title=TITLE, moves=moves).plain()
        await yard.hears(person, signed)


async def test_with_several_candidates_it_asks_whom_first(yard: Yard) -> None:
    card = await campaign(yard)
    await stand(yard, yard.vera, "Adam <L>")
    await yard.tap(yard.ales, card, "Sign")
    page = await yard.hears(yard.ales, TITLE)
    assert yard.labels(page)[:2] == ["Vera K.", "Adam <L>"]
    await yard.tap(yard.ales, page, "Adam")
    page = await yard.hears(yard.ales, "Adam <L>")
    confirm, back, _ = yard.labels(page)
    await yard.tap(yard.ales, page, back)
    page = await yard.hears(yard.ales, TITLE)
    assert yard.labels(page)[:2] == ["Vera K.", "Adam <L>"]
    await yard.tap(yard.ales, page, "Adam")
    await yard.tap(yard.ales, await yard.hears(yard.ales, "Adam <L>"), confirm)
    (row,) = Records(yard).signatures
    assert row.candidate_id == 2


async def test_who_signed_already_sees_for_whom_and_may_withdraw(yard: Yard) -> None:
    card = await campaign(yard)
    await sign(yard, yard.vera, card)
    yard.clock.turn(timedelta(minutes=3))
    await yard.tap(yard.vera, card, "Sign")
    page = await yard.hears(yard.vera, "You signed for Vera K.")
    await yard.tap(yard.vera, page, "Withdraw")
    page = await yard.hears(yard.vera, "Your signature is withdrawn")
    assert page.is_ephemeral
    assert Records(yard).signatures == []
    assert Records(yard).candidates[0].signatures == 0
    # The way to sign again asks first: a second tap that meant to withdraw signs nothing.
    await yard.tap(yard.vera, page, "Sign")
    await yard.hears(yard.vera, SENTENCE)
    assert Records(yard).signatures == []


async def test_whoever_tapped_on_a_whisper_is_whispered_to_again(yard: Yard) -> None:
    """A second tap on the card isn't taken for a whisper that didn't arrive."""
    card = await campaign(yard)
    await sign(yard, yard.vera, card)
    answer = await yard.tap(yard.vera, card, "Sign")
    assert answer.url is None
    page = await yard.hears(yard.vera, "You signed for Vera K.")
    await yard.tap(yard.vera, page, "Withdraw")
    await yard.hears(yard.vera, "Your signature is withdrawn")
    assert (await yard.tap(yard.vera, card, "Sign")).url is None


async def test_two_devices_at_once_make_one_signature(yard: Yard) -> None:
    card = await campaign(yard)
    page = await open_signing(yard, yard.vera, card)
    taps = [yard.world.tap(yard.vera, page, CONFIRM) for _ in range(4)]
    await asyncio.gather(*(yard.world.answered(tap) for tap in taps))
    records = Records(yard)
    assert len(records.signatures) == 1
    assert records.candidates[0].signatures == 1


async def test_many_hands_at_once_are_counted_exactly(yard: Yard) -> None:
    """Past the front door, which takes one tap a chat at a time: several processes would not."""
    await campaign(yard)
    await stand(yard, yard.vera, "Adam L.")
    assert yard.app is not None
    place, store = Place(yard.group.id), yard.app.store
    people = [Person(person.id) for person in neighbours(yard, 12)]
    results = await asyncio.gather(
        *(
            store.run(personally(signing.sign, person, place), 1, candidate)
            for person in people
            for candidate in (1, 1, 2)
        ),
        return_exceptions=True,
    )
    assert all(isinstance(result, signing.OwnView | Refused) for result in results)
    records = Records(yard)
    signed = [row.candidate_id for row in records.signatures]
    assert len(signed) == 12
    assert [c.signatures for c in records.candidates] == [signed.count(1), signed.count(2)]


async def test_a_signature_stands_for_one_candidate_until_withdrawn(yard: Yard) -> None:
    card = await campaign(yard)
    await stand(yard, yard.vera, "Adam L.")
    await sign_at_once(yard, yard.vera, card, candidate=1)
    answer = await sign_at_once(yard, yard.vera, card, candidate=2)
    assert "already signed for someone else" in (answer.text or "")
    await yard.forge(yard.vera, card, "e.withdraw:1")
    await sign_at_once(yard, yard.vera, card, candidate=2)
    assert [c.signatures for c in Records(yard).candidates] == [0, 1]


async def test_a_redelivered_signature_changes_nothing_and_shows_what_stands(yard: Yard) -> None:
    card = await campaign(yard)
    page = await open_signing(yard, yard.vera, card)
    await yard.tap(yard.vera, page, CONFIRM)
    await redeliver(yard, newest_update(yard))
    await yard.hears(yard.vera, "Your signature is counted")
    assert Records(yard).candidates[0].signatures == 1


async def test_a_signature_redelivered_after_its_withdrawal_stays_withdrawn(yard: Yard) -> None:
    card = await campaign(yard)
    page = await open_signing(yard, yard.vera, card)
    yard.world.tap(yard.vera, page, CONFIRM)
    signing = newest_update(yard)
    page = await yard.hears(yard.vera, "Your signature is counted")
    await yard.tap(yard.vera, page, "Withdraw")
    await yard.hears(yard.vera, "is withdrawn")
    await redeliver(yard, signing)
    await yard.hears(yard.vera, SENTENCE)
    assert Records(yard).signatures == []


async def test_the_public_number_moves_in_fives_and_the_card_only_with_it(yard: Yard) -> None:
    card = await campaign(yard)
    people = neighbours(yard, 9)
    records = Records(yard)
    changes = records.card.changes
    for person in people[:4]:
        await sign_at_once(yard, person, card)
    assert records.card.changes == changes

    await sign_at_once(yard, people[4], card)
    assert records.card.changes == changes
    card = await at_the_hour(yard, "▱ 5 / 100")
    assert records.card.changes == changes + 1

    for person in people[5:]:
        await sign_at_once(yard, person, card)
    await yard.forge(people[0], card, "e.withdraw:1")
    assert records.card.changes == changes + 1
    assert records.candidates[0].signatures == 8


async def test_reaching_the_threshold_is_a_post_of_its_own(yard: Yard) -> None:
    card = await campaign(yard, base=24)
    people = neighbours(yard, 6)
    for person in people:
        await sign_at_once(yard, person, card)
    card = await at_the_hour(yard, "6 / 6")
    assert "▰" * 10 in card.text
    assert "Vera K. ✅" in card.text
    post = await yard.hears(yard.tom, "has enough signatures")
    assert "Vera K." in post.text
    assert "At least 25 percent of 24 residents: 6 signatures" in post.text
    assert "not a permission" in post.text
    assert not post.is_ephemeral


async def test_a_threshold_lost_and_reached_again_is_told_again(yard: Yard) -> None:
    card = await campaign(yard, base=24)
    people = neighbours(yard, 6)

    def told() -> int:
        return sum("has enough signatures" in message.text for message in yard.group.messages)

    for person in people:
        await sign_at_once(yard, person, card)
    await at_the_hour(yard, "6 / 6")
    await yard.world.until(lambda: told() == 1)
    for person in people[1:]:
        await yard.forge(person, card, "e.withdraw:1")
    await at_the_hour(yard, "fewer than 5 / 6")
    for person in people[1:]:
        await sign_at_once(yard, person, card)
    await at_the_hour(yard, "6 / 6")
    await yard.world.until(lambda: told() == 2)


async def test_without_whispers_everything_happens_in_the_private_chat(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.move_in()
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")

    page = await sign(yard, yard.vera, card)
    private = yard.world.private(yard.vera)
    assert page.chat is private
    assert "💬 To the card" in yard.labels(page)
    await yard.tap(yard.vera, page, "Withdraw")
    page = await yard.hears(yard.vera, "is withdrawn", private)
    assert yard.labels(page)[:2] == ["✍️ Sign", "💬 To the card"]

    # The way in is open for a quarter of an hour only, rounded up to five minutes.
    yard.clock.turn(timedelta(minutes=21))
    answer = await yard.forge(yard.vera, page, "e.sign!:1:1")
    assert "run out of time" in (answer.text or "")
    assert Records(yard).signatures == []


async def test_a_second_tap_leads_into_the_private_chat(yard: Yard) -> None:
    card = await campaign(yard)
    await open_signing(yard, yard.vera, card)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, card, "Sign"))
    await yard.tap(yard.vera, await yard.hears(yard.vera, SENTENCE, private), CONFIRM)
    await yard.hears(yard.vera, "Your signature is counted", private)


async def test_forged_and_foreign_buttons_do_nothing(yard: Yard) -> None:
    card = await campaign(yard)
    await announce(yard, "/elect 60 Keeper of the fountain")
    other = yard.world.add_group("Yard 6", creator=yard.vera)
    yard.world.add_bot(other, by=yard.vera)
    elsewhere = await yard.card("Hello, neighbours", other)
    for message, forged in (
        (card, "e.sign!:2:1"),  # a candidate of another election
        (card, "e.sign!:1:9"),
        (card, "e.sign!:9:1"),
        (card, "e.sign!:1:-1"),
        (card, "e.sign!:1:1:1"),
        (card, "e.confirm:2:1"),
        (card, "e.sign:9"),
        (card, "e.withdraw:9"),
        (elsewhere, "e.sign!:1:1"),  # another chat's election
        (elsewhere, "e.sign:1"),
        (elsewhere, "e.withdraw:1"),
    ):
        answer = await yard.forge(yard.vera, message, forged)
        assert answer.show_alert or answer.url, forged
    assert Records(yard).signatures == []


async def test_a_forged_tap_does_not_take_the_card_away(yard: Yard) -> None:
    card = await campaign(yard)
    await yard.forge(yard.ales, card, "e.withdraw:1")
    await yard.quiet()
    assert not card.deleted


async def test_an_election_lives_on_in_the_supergroup(yard: Yard) -> None:
    group = yard.world.add_group("Yard 7", creator=yard.vera, kind="group", members=[yard.tom])
    yard.world.add_bot(group, by=yard.vera)
    await announce(yard, chat=group)
    card = await stand(yard, yard.tom, "Vera K.", group)
    await sign(yard, yard.vera, card)

    new = yard.world.migrate(group)
    card = await redrawn(yard, "Vera K.", new)
    await yard.tap(yard.vera, card, "Sign")
    await yard.hears(yard.vera, "You signed for Vera K.", new)
