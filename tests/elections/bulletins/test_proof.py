"""Proof codes: nobody gets one unasked, only their owner gets it, and /check finds what they stand for."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, update

from bot.domain.elections.bulletins.bulletin import Cell, head_of, line_hash, write, write_body
from bot.domain.elections.bulletins.proof_codes import code_of
from bot.safety.keys import Keys
from handlers.elections.heart.count.bulletin_keys import BulletinSigner
from storage.database import Database
from storage.elections.bulletins import BulletinHeadRow, BulletinRow
from tests.elections.bulletins.publishing import (
    CODE,
    FIVE,
    SEVEN,
    bulletin,
    bulletin_post,
    campaign,
    crowd,
    evening,
    own_code,
    show_code,
    sign_in,
)
from tests.elections.campaign import (
    announce,
    close_by_two,
    look_behind,
    newest_update,
    redeliver,
    sign,
    sign_at_once,
    stand,
)
from tests.safety.traces import kept_files, kept_rows
from tests.yard import Yard

UNKNOWN = code_of(b"ten bytes!")


async def test_nobody_gets_a_code_unasked_and_then_after_a_warning(yard: Yard) -> None:
    card = await campaign(yard)
    await sign_in(yard, [yard.nina], card)
    everything = [m.text for m in yard.world.visible(yard.nina, yard.group)]
    assert not CODE.search("\n".join(everything))
    await yard.tap(yard.tom, card, "Sign")
    page = await yard.hears(yard.tom, "I sign for Vera K.")
    await yard.tap(yard.tom, page, "Fountain street 7")
    page = await yard.hears(yard.tom, "Your signature is counted")
    await yard.tap(yard.tom, page, "Proof code")
    page = await yard.hears(yard.tom, "can prove that you signed, and for which candidate")
    assert page.is_ephemeral
    assert not CODE.search(page.text)
    await yard.tap(yard.tom, page, "Show me the code")
    page = await yard.hears(yard.tom, "The code of your signature")
    assert page.is_ephemeral
    code = CODE.findall(page.text)
    assert code == [code[0]] * 2, "by itself and as a command"
    await yard.tap(yard.tom, page, "Hide the code")
    left = [m.text for m in yard.world.visible(yard.tom, yard.group)]
    assert not CODE.search("\n".join(left))
    page = await yard.hears(yard.tom, "can prove that you signed")
    await yard.tap(yard.tom, page, "‹ Back")
    await yard.hears(yard.tom, "Your signature is counted")


async def test_a_code_is_kept_nowhere_and_is_the_same_each_time(yard: Yard) -> None:
    card = await campaign(yard)
    people = await crowd(yard, card, 5)
    code = await own_code(yard, people[0], card)
    await evening(yard)
    await bulletin_post(yard, 1)
    written = (code.encode(), code.replace("-", "").encode())
    for kept in (*kept_rows(yard).values(), *kept_files(yard).values()):
        assert not any(form in kept for form in written)
    assert not any(form.decode() in line for line in yard.log.lines for form in written)
    await yard.restart()
    assert await own_code(yard, people[0], card) == code
    assert await own_code(yard, people[1], card) != code


async def test_without_whispers_the_code_comes_in_the_private_chat(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.move_in()
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    page = await sign(yard, yard.vera, card)
    assert page.chat is yard.world.private(yard.vera)
    await yard.tap(yard.vera, page, "Proof code")
    page = await yard.hears(yard.vera, "You don't need one to sign", page.chat)
    await yard.tap(yard.vera, page, "Show me the code")
    page = await yard.hears(yard.vera, "The code of your signature", page.chat)
    await yard.tap(yard.vera, page, "Hide the code")
    assert not any(CODE.search(m.text) for m in page.chat.messages)


async def test_only_a_signer_gets_a_code_and_only_their_own(yard: Yard) -> None:
    card = await campaign(yard)
    await sign_in(yard, [yard.nina], card)
    for data in ("eb.proof:1:1", "eb.code:1:1", "eb.code:1:2", "eb.code:9:1", "eb.look:1:1"):
        answer = await yard.forge(yard.vera, card, data)
        assert answer.show_alert
        assert not CODE.search(answer.text or "")
    await yard.forge(yard.nina, card, "e.withdraw:1")
    answer = await yard.forge(yard.nina, card, "eb.code:1:1")
    assert answer.show_alert


async def test_a_forged_button_in_another_chat_shows_nothing(yard: Yard) -> None:
    card = await campaign(yard)
    await sign_in(yard, [yard.tom], card)
    other = yard.world.add_group("Yard 6", creator=yard.tom)
    yard.world.add_bot(other, by=yard.tom)
    elsewhere = await yard.card("Hello, neighbours", other)
    for data in ("eb.proof:1:1", "eb.code:1:1", "eb.look:1:1", "e.more:1", "e.numbers:1"):
        answer = await yard.forge(yard.tom, elsewhere, data)
        assert answer.show_alert
    assert not any(CODE.search(m.text) for m in yard.world.visible(yard.tom, other))


async def test_a_redelivered_tap_shows_the_same_code(yard: Yard) -> None:
    card = await campaign(yard)
    await sign_in(yard, [yard.tom], card)
    page = await show_code(yard, yard.tom, card)
    before = CODE.findall(page.text)
    await redeliver(yard, newest_update(yard))
    page = await yard.hears(yard.tom, "The code of your signature")
    assert CODE.findall(page.text) == before


async def test_check_finds_a_code_in_private_and_unseen_in_the_group_also_after_the_end(
    yard: Yard,
) -> None:
    card = await campaign(yard)
    people = await crowd(yard, card, 4)
    await sign_in(yard, [yard.tom], card, SEVEN)
    code = await own_code(yard, yard.tom, card)
    private = yard.world.private(yard.tom)
    yard.world.start(yard.tom)
    yard.say(yard.tom, f"/check {code}", chat=private)
    await yard.hears(yard.tom, "I don't find this code in any latest bulletin", private)
    await evening(yard)
    await bulletin_post(yard, 1)

    yard.say(yard.tom, f"/check {code.lower().replace('-', ' ')}", chat=private)
    found = await yard.hears(yard.tom, "Bulletin 1 of Wed 21 October", private)
    assert "for Vera K.: Representative of Yard 5" in found.text
    yard.say(yard.tom, code, chat=private)
    await yard.world.until(
        lambda: private.messages[-1] is not found and private.messages[-1].text == found.text
    )
    yard.say(yard.tom, f"/check {code}", ephemeral=True)
    found = await yard.hears(yard.tom, "has this signature")
    assert found.is_ephemeral

    await yard.forge(people[0], card, "e.withdraw:1")
    await sign_at_once(yard, yard.vera, card)
    await close_by_two(yard, card)
    await bulletin_post(yard, 2)
    yard.say(yard.tom, f"/check {code}", chat=private)
    await yard.hears(yard.tom, "Bulletin 2", private)
    answer = await yard.forge(yard.tom, card, "eb.code:1:1")
    assert "This election is over" in (answer.text or "")


async def test_one_tap_looks_for_ones_own_signature_without_a_code(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 4)
    await sign_in(yard, [yard.tom], card, SEVEN)
    page = await look_behind(yard, yard.tom, card)
    assert "You signed for: Vera K." in page.text
    await yard.tap(yard.tom, page, "Look for it now")
    page = await yard.hears(yard.tom, "There has been no bulletin yet")
    assert "The next one, if enough has changed by then: Wednesday 21 October, 19:00" in page.text
    assert page.is_ephemeral
    await yard.tap(yard.tom, page, "‹ Back")
    page = await yard.hears(yard.tom, "can prove that you signed")
    await evening(yard)
    await bulletin_post(yard, 1)

    await yard.tap(yard.tom, page, "Look for it now")
    page = await yard.hears(yard.tom, "Bulletin 1 of Wed 21 October has this signature")
    assert not CODE.search(page.text)
    assert "delete" not in page.text
    await sign_in(yard, [yard.vera], card, SEVEN)
    behind = await look_behind(yard, yard.vera, card)
    await yard.tap(yard.vera, behind, "Look for it now")
    await yard.hears(yard.vera, "your signature isn't in bulletin 1 of Wed 21 October")


async def test_whoever_signed_looks_into_the_last_bulletin_too(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 4)
    await sign_in(yard, [yard.tom], card, SEVEN)
    await close_by_two(yard, card)
    await bulletin_post(yard, 1)
    behind = await look_behind(yard, yard.tom, card)
    labels = yard.labels(behind)
    assert "🔎 Look for it now" in labels
    assert not any("Withdraw" in label or "Proof" in label for label in labels)
    await yard.tap(yard.tom, behind, "Look for it now")
    page = await yard.hears(yard.tom, "Bulletin 1 of Wed 21 October has this signature")
    await yard.tap(yard.tom, page, "‹ Back")
    await yard.hears(yard.tom, "What you can do here")


async def test_in_a_group_check_looks_at_that_groups_elections_only(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 4)
    await sign_in(yard, [yard.tom], card)
    code = await own_code(yard, yard.tom, card)
    await evening(yard)
    await bulletin_post(yard, 1)
    other = yard.world.add_group("Yard 6", creator=yard.tom)
    yard.world.add_bot(other, by=yard.tom)
    await yard.card("Hello, neighbours", other)
    yard.say(yard.tom, f"/check {code}", chat=other, ephemeral=True)
    await yard.hears(yard.tom, "I don't find this code", other)


@pytest.mark.parametrize("may_delete", [False, True])
async def test_a_code_typed_for_all_to_see_is_not_answered_there(
    yard: Yard, may_delete: bool
) -> None:
    card = await campaign(yard)
    await sign_in(yard, [yard.tom], card)
    code = await own_code(yard, yard.tom, card)
    if may_delete:
        yard.world.promote(yard.group, yard.world.bot, yard.vera, can_delete_messages=True)
    typed = yard.say(yard.tom, f"/check {code}", ephemeral=False)
    refusal = await yard.hears(yard.tom, "Not here, where everyone can read it")
    assert not CODE.search(refusal.text)
    assert typed.deleted == may_delete
    yard.clock.turn(timedelta(seconds=31))
    await yard.settled()


async def test_what_is_no_code_is_explained(yard: Yard) -> None:
    private = yard.world.private(yard.tom)
    yard.world.start(yard.tom)
    yard.say(yard.tom, "/check", chat=private)
    await yard.hears(yard.tom, "Write the code after the command", private)
    yard.say(yard.tom, "/check hello", chat=private)
    await yard.hears(yard.tom, "That can't be a proof code", private)
    yard.say(yard.tom, f"/check {UNKNOWN}", chat=private)
    await yard.hears(yard.tom, "I don't find this code", private)


async def test_how_codes_are_used_is_handed_out_in_the_readers_language(yard: Yard) -> None:
    card = await campaign(yard)
    people = await crowd(yard, card, 5)
    code = await own_code(yard, people[0], card)
    await sign_in(yard, [yard.ales], card)
    page = await yard.hears(yard.ales, "подпіс")
    await yard.tap(yard.ales, page, "Код подпісу")
    page = await yard.hears(yard.ales, "даказаць")
    await yard.tap(yard.ales, page, "Як гэта працуе")
    page = await yard.hears(yard.ales, "Зводкі: калі вы паставілі подпіс")
    assert page.is_ephemeral
    assert re.search(r"Ключ да зводак: [0-9a-f]{4} [0-9a-f]{4} ", page.text), "of this election"
    await yard.tap(yard.ales, page, "Назад")
    await yard.hears(yard.ales, "даказаць")
    # Beneath the answer to a code too, where it may be a comfort.
    yard.world.start(yard.nina)
    private = yard.world.private(yard.nina)
    yard.say(yard.nina, f"/check {code}", chat=private)
    answer = await yard.hears(yard.nina, "кода нет", private)
    await yard.tap(yard.nina, answer, "Как это работает")
    page = await yard.hears(yard.nina, "Сводки: если вы поставили подпись", private)
    assert not any("Назад" in label for label in yard.labels(page)), "it came from nobody's code"
    assert "Ключ к сводкам: " not in page.text


async def test_a_signature_that_is_counted_twice_is_told_to_who_asks(yard: Yard) -> None:
    """Whoever runs the bot gives one signature a line in two buildings. Its owner alone can see that."""
    card = await campaign(yard)
    await crowd(yard, card, 4, FIVE)
    await sign_in(yard, [yard.tom], card, FIVE)
    code = await own_code(yard, yard.tom, card)
    await evening(yard)
    found = await bulletin(yard, 1)
    private = yard.world.private(yard.tom)
    yard.world.start(yard.tom)
    yard.say(yard.tom, f"/check {code}", chat=private)
    await yard.hears(yard.tom, "has this signature", private)

    five, seven = ("Vera K.", "Fountain street 5"), ("Vera K.", "Fountain street 7")
    again = line_hash(found.header.election, 1, seven, code.replace("-", ""))
    cells = {**found.cells, seven: Cell(1, frozenset({again, *(f"{n:064x}" for n in range(4))}))}
    body = write_body(found.header, cells)
    signer = BulletinSigner(Keys(yard.settings.key_file.read_bytes()), found.header.election)
    text = write(body, signer.sign(head_of(body)))
    database = Database(yard.database_url)
    with database.engine.begin() as connection:
        connection.execute(update(BulletinRow).values(text=text))
        connection.execute(update(BulletinHeadRow).values(head=head_of(body)))
    database.close()

    yard.say(yard.tom, f"/check {code}", chat=private)
    answer = await yard.hears(yard.tom, "Something is wrong here", private)
    for name, building in (five, seven):
        assert f"• {name}: {building}" in answer.text
    assert "tell an administrator and your neighbours" in answer.text


async def test_a_line_planted_in_the_stored_bulletin_is_not_found(yard: Yard) -> None:
    """Neither before the bot has read it nor afterwards."""
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    found = await bulletin(yard, 1)
    place = ("Vera K.", "Fountain street 7")
    planted = line_hash(found.header.election, 1, place, UNKNOWN)
    database = Database(yard.database_url)
    with database.engine.begin() as connection:
        kept = next(line for key, line in found.lines if key == place)
        spoilt = func.replace(BulletinRow.text, kept, planted)
        connection.execute(update(BulletinRow).values(text=spoilt))
    database.close()
    yard.world.start(yard.tom)
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, f"/check {UNKNOWN}", chat=private)
    await yard.hears(yard.tom, "I don't find this code", private)
    yard.log.errors.clear()  # the log said so
