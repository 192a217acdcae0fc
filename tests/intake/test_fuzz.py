"""Updates and payloads that nobody sane would send: no fault, no change without a right, still at work."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.app import FEATURES
from bot.message.payload import Payload
from bot.store import UnitOfWork
from bot.whisper.deep_links import OpenLink
from playground.chats import Chat, Message
from playground.people import Person
from storage.actions import ActionRow
from storage.answers import AnswerRow
from storage.chats import ChatRow
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.signatures import SignatureRow
from storage.reminders import ReminderRow
from tests.actions.announce import announce
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # each has limits of its own

EXAMPLES = int(os.environ.get("DVOR_FUZZ", "15"))
AT_ONCE = 10

KINDS: list[type[Payload]] = sorted(
    {OpenLink, *(kind for f in FEATURES for kind in (*f.buttons, *f.pages))},
    key=lambda kind: kind.code,
)
NUMBERS = st.one_of(
    st.integers(0, 6), st.sampled_from([2**31 - 1, 2**31, 2**62, 2**63, 10**30, -1])
)
WORDS = st.one_of(
    st.sampled_from(["going", "maybe", "cant", "en", "ru", "Europe/Minsk", "as_time", "as_date"]),
    st.text(max_size=12),
)
COMMANDS = sorted(f"/{command.name}" for feature in FEATURES for command in feature.commands)
SPOILED = [
    "message_id",
    "from",
    "chat",
    "date",
    "text",
    "entities",
    "data",
    "id",
    "message",
    "reply_to_message",
    "caption",
    "caption_entities",
    "quote",
    "external_reply",
    "link_preview_options",
    "via_bot",
    "sender_chat",
    "migrate_to_chat_id",
]
ARGUMENTS = {int: NUMBERS.map(str), bool: st.sampled_from(["0", "1", "2", ""]), str: WORDS}
STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.tuples(
        st.sampled_from([*COMMANDS, "/mine", "/unheard", "/action@dvor_bot"]),
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(
                ["tomorrow 19:00 Tea @ Bench", "19.10 Tea", "400 Vera", "every monday"]
            ),
        ),
    ).map(" ".join),
)


@st.composite
def payloads(draw: st.DrawFn) -> str:
    """A known code with arguments that were never given out, or anything at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.text(max_size=64))
    kind = draw(st.sampled_from(KINDS))
    types = get_type_hints(kind)
    declared = [ARGUMENTS[types[name]] for name in kind.names()]
    return ":".join([kind.code, *(draw(argument) for argument in declared)])


@st.composite
def deeds(draw: st.DrawFn) -> dict[str, Any]:
    """What Mallory does next; `where` and `what` are filled in with what there is in the yard."""
    return {
        "kind": draw(st.sampled_from(["tap", "tap", "tap", "say", "say", "broken"])),
        "data": draw(payloads()),
        "text": draw(TEXTS),
        "in_private": draw(st.booleans()),
        "without_message": draw(st.integers(0, 9)) == 0,
        "spoil": draw(
            st.lists(
                st.tuples(
                    st.sampled_from(SPOILED),
                    STRANGE,
                ),
                min_size=1,
                max_size=3,
            )
        ),
    }


def raw_update(yard: Yard, mallory: Person, chat: Chat, seen: Message, deed: Any) -> dict[str, Any]:
    """The deed as Telegram would bring it, spoiled where it is meant to be."""
    text = deed["text"]
    place = yard.world.private(mallory) if deed["in_private"] else chat
    said: dict[str, Any] = {
        "message_id": 800_000,
        "from": mallory.json(),
        "chat": place.json(),
        "date": int(yard.clock.now().timestamp()),
        "text": text,
    }
    if text.startswith("/"):
        entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        said["entities"] = [entity]
    tap: dict[str, Any] = {
        "id": "1234567890",
        "from": mallory.json(),
        "chat_instance": "1",
        "data": deed["data"],
    }
    if not deed["without_message"]:
        tap["message"] = {**seen.json(), "chat": place.json()}
    if deed["kind"] == "broken":
        for field, value in deed["spoil"]:
            said[field] = tap[field] = value
    is_said = deed["kind"] == "say" or (deed["kind"] == "broken" and deed["in_private"])
    return {"message": said} if is_said else {"callback_query": tap}


async def kept(yard: Yard) -> list[Any]:
    """Everything that only the yard's own people may change."""

    def read(work: UnitOfWork) -> list[Any]:
        session = work.session
        chat = session.exec(select(ChatRow).where(ChatRow.telegram_id == yard.group.id)).one()
        rows: list[Any] = [chat]
        for table in (ActionRow, ElectionRow, ReminderRow):
            rows += session.exec(select(table).where(table.chat_id == chat.id))
        for other in (AnswerRow, CandidateRow, SignatureRow):
            rows += session.exec(select(other))
        return sorted(repr(row) for row in rows)

    assert yard.app is not None
    return await yard.app.store.read(read)


@pytest.fixture
async def tempting(yard: Yard) -> tuple[Person, Chat, Message]:
    """A yard with something of each kind in it, and Mallory, who only lives in the next one."""
    card = await announce(yard, yard.tom)
    await yard.tap(yard.nina, card, (0, 0))
    yard.say(yard.ales, "/action tomorrow 20:00 Tea @ Bench")
    yard.say(yard.vera, "/remind every monday 11:00 Walk")
    yard.say(yard.vera, "/elect 400 Representative of Yard 5")
    await yard.quiet()
    mallory = yard.world.add_person("Mallory", language="en")
    next_yard = yard.world.add_group("Yard 6", yard.vera, members=[mallory])
    yard.world.add_bot(next_yard, by=yard.vera)
    yard.world.start(mallory)
    seen = await yard.hears(mallory, "Hello, neighbours", next_yard)
    await yard.quiet()
    return mallory, next_yard, seen


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tried=st.lists(deeds(), min_size=AT_ONCE, max_size=AT_ONCE))
async def test_strange_updates_do_no_harm(
    yard: Yard, tempting: tuple[Person, Chat, Message], tried: list[Any]
) -> None:
    mallory, chat, seen = tempting
    before = await kept(yard)
    yard.clock.turn(timedelta(seconds=61))  # a group takes twenty messages a minute
    for deed in tried:
        yard.world.push(raw_update(yard, mallory, chat, seen, deed))
    private = yard.world.start(yard.nina).chat
    said = len(private.log)
    yard.say(yard.nina, "/help", chat=private)
    await yard.world.until(lambda: len(private.log) == said + 3)  # that, and the answers to both
    await yard.quiet()
    assert not yard.log.errors, "\n".join(yard.log.errors)
    assert await kept(yard) == before
