"""A year after everything is over, disk and key together name nobody who took part."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from bot.store import UnitOfWork
from storage.actions import ActionRow, ActionState
from storage.changes import bytes_of
from storage.database import Database
from storage.elections.electors import NominationRow
from storage.tables import METADATA
from tests.actions.announce import announce as announce_action
from tests.digests.test_digests import settings_page
from tests.elections.campaign import agreed, eventually, neighbours, organiser
from tests.elections.paper.collecting import printed
from tests.elections.representatives.office import close, in_office, post, rows
from tests.elections.representatives.test_recall import begin as begin_recall
from tests.elections.representatives.test_recall import sign as sign_recall
from tests.elections.signing.test_for_each import announce_for_each
from tests.reminders.reminding import remind
from tests.safety.traces import kept_rows
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

KEPT = {"instance.key_check", "chat.mac", "election.mac"}
"""Says nothing of anybody: by it the database knows its key, which group a chat is, and what counted."""


def bytes_kept(yard: Yard) -> set[str]:
    """The columns of bytes in which anything stands."""
    database = Database(yard.database_url)
    columns = [(table.name, name) for table in METADATA.sorted_tables for name in bytes_of(table)]
    found = {f"{table}.{name}" for table, name in columns if _is_any(database, table, name)}
    database.close()
    return found


def _is_any(database: Database, table: str, column: str) -> bool:
    query = text(f'SELECT 1 FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT 1')
    return database.read_now(lambda session: session.execute(query).first() is not None)


async def test_nothing_of_a_thing_that_is_over_names_anyone(yard: Yard) -> None:
    yard.world.start(yard.vera)
    seen = await _act_together(yard)
    seen |= await _elect_and_recall(yard)
    seen |= await _sign_for_each(yard)
    seen |= await _plan(yard)
    assert seen >= {
        "action.author_tag",
        "action_answer.person_tag",
        "candidate.person_tag",
        "election.wrapped_key",
        "joiner.person_tag",
        "nomination.person_tag",
        "office.holder_tag",
        "pending_act.person_tag",
        "short_lived.sealed",
        "signature.person_tag",
    }, "all of it was there"

    yard.clock.turn(timedelta(days=366))
    with suppress(TimeoutError):  # what is left says more
        await eventually(lambda: bytes_kept(yard) == KEPT)
    assert bytes_kept(yard) == KEPT
    # An hour later, so that a card is drawn a last time in between.
    yard.clock.turn(timedelta(hours=1, minutes=1))
    await eventually(lambda: not rows(yard, ActionRow))
    await yard.settled(61)
    everything = b"\n".join(kept_rows(yard).values())
    for word in (b"Concert", b"Fountain", b"Lime trees"):
        assert word not in everything


async def _act_together(yard: Yard) -> set[str]:
    """One action takes place, another is called off, a third stays a draft."""
    meeting = await announce_action(yard, yard.ales)
    for person in (yard.tom, yard.nina, yard.ales):
        await yard.tap(person, meeting, (0, 0))
    yard.say(yard.tom, "/action 12 November 19:00 Lime trees @ Fountain")
    preview = await yard.hears(yard.tom, "Lime trees")
    await yard.tap(yard.tom, preview, (0, 0))
    called_off = await yard.card("Lime trees")
    await yard.tap(yard.nina, called_off, (0, 0))
    yard.say(yard.nina, "/action tomorrow 20:00 Concert, second evening")
    await yard.hears(yard.nina, "second evening")
    seen = bytes_kept(yard)
    await yard.forge(yard.tom, called_off, "a.cancel!:2")
    await yard.hears(yard.nina, "called off")
    (author,) = [row.author_tag for row in rows(yard, ActionRow) if row.title == "Lime trees"]
    assert author is None, "what is called off is over"
    return seen


async def _elect_and_recall(yard: Yard) -> set[str]:
    """Tom is elected, holds office and is recalled."""
    await in_office(yard)
    recall = await begin_recall(yard)
    await sign_recall(yard, yard.vera, recall)
    seen = bytes_kept(yard)
    await close(yard, recall, "Collecting signatures is over")
    await yard.forge(yard.vera, recall, "e.close!:1")
    yard.clock.turn(timedelta(hours=25))
    await post(yard, "This election is over")
    return seen


async def _sign_for_each(yard: Yard) -> set[str]:
    """Some sign for several, one is proposed, one comes too late, and organisers end it."""
    card = await announce_for_each(yard)
    said = yard.say(yard.nina, "I watered the lime trees again")
    yard.say(yard.ales, "/nominate", reply_to=said)
    await eventually(lambda: rows(yard, NominationRow))
    yard.promote_bot()
    await yard.quiet()
    for person in neighbours(yard, 3):
        await yard.forge(person, card, "e.sign!:3:3")
    await printed(yard, name="Vera K.")
    second = organiser(yard)
    number = (card.buttons[-1].callback_data or "").rsplit(":", 1)[1]
    await yard.forge(yard.vera, card, f"e.close!:{number}")
    seen = bytes_kept(yard)
    await agreed(yard, second, "wants to close this election now")
    await yard.hears(yard.tom, "This election is over")
    return seen


async def _plan(yard: Yard) -> set[str]:
    await remind(yard, "tomorrow 11:00 Walk along the river")
    page = await settings_page(yard, "sunday 18:00")
    await yard.asks(yard.vera, page.text)
    return bytes_kept(yard)


async def test_what_an_earlier_release_called_off_is_forgotten_long_before_it_would_begin(
    yard: Yard,
) -> None:
    card = await announce_action(yard, yard.tom, "/action 19 November 19:00 Concert")
    await yard.tap(yard.tom, card, (0, 0))
    assert "action.author_tag" in bytes_kept(yard)
    assert yard.app is not None
    await yard.app.store.run(_call_off_as_before)
    yard.clock.turn(timedelta(hours=1, minutes=1))
    await eventually(
        lambda: bytes_kept(yard).isdisjoint({"action.author_tag", "action_answer.mac"})
    )


def _call_off_as_before(work: UnitOfWork) -> None:
    work.session.execute(update(ActionRow).values(state=ActionState.CANCELLED))
