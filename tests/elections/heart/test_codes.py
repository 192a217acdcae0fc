"""Somebody writes acts and settings into the database without the key: nothing follows, and it is told."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, update
from sqlmodel import col

from bot.safety.keys import Keys
from playground.chats import Message
from storage.elections.acts import ActRow
from storage.elections.elections import ElectionRow
from storage.elections.paper import PaperSettingRow
from storage.instance import InstanceRow
from tests.elections.campaign import (
    Records,
    announce,
    by_two,
    eventually,
    organiser,
    sign_at_once,
    stand,
)
from tests.elections.ending.test_acts import acts
from tests.elections.heart.test_tampering import HOUR, write
from tests.yard import Yard

LAPSES = "an act of election 1 wasn't written by the bot and lapses"
PUT_BACK = "somebody else changed the settings of election 1, and they are put back"


async def begun(yard: Yard) -> Message:
    """An election in which Tom stands, looked at once by the hourly work, as any is."""
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    yard.promote_bot()
    await hour(yard)
    return card


async def hour(yard: Yard) -> None:
    yard.clock.turn(HOUR)
    await yard.quiet()


def told(yard: Yard, what: str) -> int:
    """How often the operator's log says so, with an id each time."""
    return sum(what in line and "fault " in line for line in yard.log.errors)


async def test_planted_and_altered_acts_come_to_nothing(yard: Yard) -> None:
    card = await begun(yard)
    second = organiser(yard)
    now = yard.clock.now()
    planted = {
        "election_id": 1,
        "act": "close",
        "candidate_id": 0,
        "runs_alone": True,
        "state": "waiting",
        "due_at": now - timedelta(minutes=1),
        "mac": b"?" * 16,
    }
    write(yard, insert(ActRow).values(planted))
    await hour(yard)
    await eventually(lambda: told(yard, LAPSES) == 1)
    assert [act.state for act in acts(yard)] == ["expired"]
    assert Records(yard).elections[0].state == "open"

    # One that was wanted, made into another, and to come by itself.
    await yard.forge(yard.vera, card, "e.freeze!:1")
    await yard.card("wants to fix the target")
    write(yard, update(ActRow).where(col(ActRow.id) == 2).values(act="delete"))
    answer = await yard.forge(second, card, "ee.yes!:2")
    assert "decided already" in (answer.text or "")
    await yard.forge(yard.vera, card, "e.freeze!:1")
    write(yard, update(ActRow).where(col(ActRow.id) == 3).values(runs_alone=True))
    yard.clock.turn(timedelta(hours=25))
    await eventually(lambda: told(yard, LAPSES) == 3)
    assert [act.state for act in acts(yard)] == ["expired"] * 3
    (election,) = Records(yard).elections
    assert (election.state, election.is_frozen) == ("open", False)
    yard.log.errors.clear()


async def test_flipped_settings_grant_nothing_and_are_put_back(yard: Yard) -> None:
    card = await begun(yard)
    second = organiser(yard)
    await by_two(yard, second, card, "ee.keep!:1:7")
    sock = yard.world.add_person("Sock", language="en")
    yard.world.join(yard.group, sock)
    await yard.quiet()
    write(
        yard,
        update(ElectionRow).values(newcomers_sign=True, kept_days=90, counted_by="accepted"),
        insert(PaperSettingRow).values(
            election_id=1, counted_by="accepted", validity=79, asks_identity=False
        ),
    )
    assert "after the election opened" in ((await sign_at_once(yard, sock, card)).text or "")
    for _ in range(2):
        await hour(yard)
        await eventually(lambda: told(yard, PUT_BACK) == 1)
    (election,) = Records(yard).elections
    assert (election.kept_days, election.counted_by) == (7, "online_checked")
    assert told(yard, PUT_BACK) == 1, "once"
    assert Records(yard).signatures == []

    # A setting without its code is no older one, once all were given theirs.
    write(yard, update(ElectionRow).values(newcomers_sign=True, mac=None))
    assert "after the election opened" in ((await sign_at_once(yard, sock, card)).text or "")
    await hour(yard)
    await eventually(lambda: told(yard, PUT_BACK) == 2)
    assert not Records(yard).elections[0].newcomers_sign
    yard.log.errors.clear()


async def test_no_organiser_makes_a_flipped_setting_the_bots_own(yard: Yard) -> None:
    """Neither by asking for what was flipped, as if it held already, nor with a change of something else."""
    card = await begun(yard)
    second = organiser(yard)
    flip = update(ElectionRow).values(newcomers_sign=True, kept_days=90)
    write(yard, flip)
    await yard.forge(yard.vera, card, "ec.let!:1:1")
    await yard.hears(yard.vera, "A second administrator has to agree")
    write(yard, flip)
    await by_two(yard, second, card, "ee.keep!:1:7")
    (election,) = Records(yard).elections
    assert (election.newcomers_sign, election.kept_days) == (False, 7)
    await eventually(lambda: told(yard, PUT_BACK) == 2)
    await hour(yard)
    assert told(yard, PUT_BACK) == 2, "what stands is the bot's own"
    yard.log.errors.clear()


async def test_what_stood_before_there_were_codes_goes_on(yard: Yard) -> None:
    card = await begun(yard)
    second = organiser(yard)
    await by_two(yard, second, card, "ec.let!:1:1")
    await yard.forge(yard.vera, card, "e.close!:1")
    before = Keys(yard.settings.key_file.read_bytes()).check_value_before_codes()
    write(
        yard,
        update(InstanceRow).values(key_check=before),
        update(ElectionRow).values(mac=None),
        update(ActRow).values(mac=None),
    )
    await yard.restart()
    await hour(yard)
    await eventually(lambda: Records(yard).elections[0].mac)
    sock = yard.world.add_person("Newcomer", language="en")
    yard.world.join(yard.group, sock)
    await sign_at_once(yard, sock, card)
    assert len(Records(yard).signatures) == 1
    await yard.forge(second, card, "ee.yes!:2")
    await yard.hears(yard.tom, "This election is over")
