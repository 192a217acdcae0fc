"""Who is no member any more acts on nothing of the chat, whatever they have open; the frame sees to that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.app import FEATURES
from bot.message.payload import Payload
from bot.person.drafts import keep_draft
from bot.person.place import PRIVATE, Person
from bot.store import UnitOfWork
from playground.chats import Message
from playground.people import Person as Neighbour
from storage import chats
from storage.actions import ActionRow
from storage.elections.elections import ElectionRow
from tests.actions.announce import CONCERT, announce
from tests.delivery.test_turn import is_card, put_back, turned_until
from tests.elections.campaign import Records
from tests.open_drafts import open_drafts
from tests.person.test_rights import busy_yard, kept, require_unchanged, stored_ids
from tests.yard import Yard

__all__ = ["busy_yard"]  # a fixture

# Who may do what is asked the same on either database.
pytestmark = pytest.mark.databases("sqlite")

EVERYTHING: list[type[Payload]] = [
    kind for feature in FEATURES for kind in (*feature.buttons, *feature.pages)
]
FLOWS = sorted({flow for feature in FEATURES for flow in feature.typed})
# Where a payload carries a word, one that is understood.
WORDS = {"answer": "going", "language": "be", "zone": "Europe/Warsaw", "rule": "usual"}


def asked(yard: Yard) -> int:
    """How often Telegram was asked who is a member."""
    return sum(call.method == "getChatMember" for call in yard.world.calls)


def payload(kind: type[Payload], ids: dict[str, int]) -> str:
    values = (str(ids.get(name, WORDS.get(name, 1))) for name in kind.names())
    return ":".join([kind.code, *values])


async def way_into_private(yard: Yard, person: Neighbour) -> Message:
    """A page of this group, open in the person's private chat."""
    card = await yard.card("Concert")
    await yard.settled(121)  # what was whispered just now is known to arrive
    answer = await yard.tap(person, card, "⋯")
    if answer.url is None:  # whispered; tapped again it leads into private
        answer = await yard.tap(person, card, "⋯")
    private = await yard.follow(person, answer)
    return await yard.hears(person, "The numbers on a card", private)


async def mallory_with_all_open(yard: Yard) -> tuple[Neighbour, Message, dict[str, int]]:
    """A member with an action of her own, a draft, a link, and a question of each kind that awaits words."""
    await yard.settled(601)  # what the bot said so far goes by itself
    mallory = yard.world.add_person("Mallory", language="en")
    yard.world.join(yard.group, mallory)
    yard.say(mallory, CONCERT.replace("tomorrow", "friday"))
    preview = await yard.hears(mallory, "Friday 23 October, 19:00")
    await yard.tap(mallory, preview, "Publish")
    await yard.settled(61)
    await yard.card("Friday 23 October, 19:00")
    ids = await stored_ids(yard)
    before = await open_drafts(yard)
    yard.say(mallory, "/action tomorrow 21:00 Gathering @ Oak")
    await yard.hears(mallory, "📣 Gathering")
    (own,) = await open_drafts(yard) - before
    page = await way_into_private(yard, mallory)
    return mallory, page, {**ids, "action": ids["action"] + 1, "draft": own}


async def tries_everything(
    yard: Yard, mallory: Neighbour, page: Message, ids: dict[str, int]
) -> None:
    for kind in EVERYTHING:
        yard.clock.turn(timedelta(seconds=1))  # faster than that she isn't let in
        await yard.world.answered(yard.world.tap_data(mallory, page, payload(kind, ids)))
    assert yard.app is not None
    for flow in FLOWS:

        def ask(work: UnitOfWork, flow: str = flow) -> int:
            chat = chats.find(work.session, yard.group.id)
            assert chat is not None
            data = {**ids, "election": 1, "candidate": 1, "asks": "text"}
            of_hers = work.done_by(Person(mallory.id), PRIVATE)
            return keep_draft(of_hers, chat.id, flow, data, awaits_typing=True)

        await yard.app.store.run(ask)
        said = len(page.chat.log)
        yard.say(mallory, "23.10 20:00 Raid @ Oak", chat=page.chat)
        await yard.world.until(lambda said=said: len(page.chat.log) >= said + 2)  # type: ignore[misc]


async def actions_of(yard: Yard) -> list[ActionRow]:
    def read(work: UnitOfWork) -> list[ActionRow]:
        return list(work.session.exec(select(ActionRow).order_by(col(ActionRow.id))))

    assert yard.app is not None
    return await yard.app.store.read(read)


async def miss(yard: Yard, mallory: Neighbour) -> None:
    """She is banned while the bot is away, and Telegram forgets to tell."""
    await yard.stop()
    yard.world.kick(yard.group, mallory, yard.vera)
    yard.world.updates.drop()
    await yard.start()
    # What it does by itself at the start is no deed of hers.
    await yard.written(lambda work: all(work.session.exec(select(ElectionRow.recounted_at)).all()))


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "asked"])
async def test_who_was_banned_acts_on_nothing_by_what_she_has_open(
    busy_yard: tuple[Yard, Message], is_told: bool
) -> None:
    yard, _ = busy_yard
    yard.promote_bot()
    mallory, page, ids = await mallory_with_all_open(yard)
    await yard.settled(61)
    if is_told:
        yard.world.kick(yard.group, mallory, yard.vera)
        await yard.quiet()
    else:
        await miss(yard, mallory)
    before, asked_before = await kept(yard), asked(yard)
    await tries_everything(yard, mallory, page, ids)
    await require_unchanged(yard, before)
    assert (asked(yard) == asked_before) is is_told, "told once, nothing has to be asked"
    # A neighbour who is still there does from private what she couldn't.
    there = await way_into_private(yard, yard.vera)
    for data in (f"a.answer:{ids['action']}:going", "e.sign!:1:1"):
        await yard.world.answered(yard.world.tap_data(yard.vera, there, data))
    assert len(Records(yard).signatures) == 1
    assert await kept(yard) != before


async def test_telegram_is_asked_once_an_act_and_never_for_a_tap_in_the_group(yard: Yard) -> None:
    card = await announce(yard, yard.vera)
    yard.promote_bot()
    page = await way_into_private(yard, yard.vera)
    before = asked(yard)
    await yard.tap(yard.tom, card, (0, 0))
    await yard.tap(yard.vera, card, (0, 1))
    assert asked(yard) == before
    await yard.forge(yard.vera, page, "a.answer:1:going")
    assert asked(yard) == before + 1
    await yard.forge(yard.vera, page, "a.change:1")
    assert asked(yard) == before + 1, "who only looks isn't asked about"


async def test_where_the_bot_is_an_ordinary_member_the_line_that_somebody_left_ends_their_way(
    yard: Yard,
) -> None:
    await announce(yard, yard.tom)
    page = await way_into_private(yard, yard.tom)
    yard.world.kick(yard.group, yard.tom, yard.vera)
    await yard.quiet()
    answer = await yard.forge(yard.tom, page, "a.answer:1:going")
    assert "run out of time" in (answer.text or "")


async def test_what_a_banned_neighbour_announced_and_nobody_saw_is_not_posted(yard: Yard) -> None:
    yard.promote_bot()
    yard.say(yard.tom, CONCERT)
    preview = await yard.hears(yard.tom, "neighbours will see")
    fault = yard.server.faults.add("sendMessage", "429", retry_after=60, when=is_card)
    await yard.tap(yard.tom, preview, (0, 0))
    await put_back(yard, fault)
    yard.say(yard.ales, "/action tomorrow 20:00 Tea @ Bench")
    await yard.tap(yard.ales, await yard.hears(yard.ales, "📣 Tea"), (0, 0))
    yard.world.kick(yard.group, yard.tom, yard.vera)
    await yard.quiet()
    await turned_until(yard, lambda: any(m.text.startswith("📣 Tea") for m in yard.group.messages))
    await yard.settled(61)
    said = [m.text for m in yard.group.log if m.sender is yard.world.bot and not m.is_ephemeral]
    assert not [text for text in said if "Concert" in text]
    taken_back, tea = await actions_of(yard)
    assert (taken_back.state, tea.state) == ("cancelled", "published")
    assert taken_back.author_tag is None, "it is over: nobody is known of it"
