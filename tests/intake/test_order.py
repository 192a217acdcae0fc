"""What goes first, what keeps whom waiting, and what a post may be, by Telegram's own limits."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.app import FEATURES
from bot.feature import Feature, Post, WhenUncertain
from bot.message.face import Face
from bot.message.words import Html
from bot.person.place import Place
from bot.store import UnitOfWork
from playground.chats import Chat
from storage.delivery.outbox import Urgency
from tests.delivery.test_turn import turned_until
from tests.delivery.tidings import REPEATED
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")


async def tell(yard: Yard, chat: Chat, numbers: range, urgency: Urgency) -> None:
    def put_in(work: UnitOfWork) -> None:
        for number in numbers:
            post(work, chat, number, urgency)

    assert yard.app is not None
    await yard.app.store.run(put_in)


def post(work: UnitOfWork, chat: Chat, number: int, urgency: Urgency) -> None:
    chat_id = work.chat_at(Place(chat.id)).id
    key = f"{REPEATED}:{number}"
    work.later.post(REPEATED, number, chat_id=chat_id, key=key, urgency=urgency)


def told(yard: Yard) -> list[int]:
    """The numbers of the tidings, in the order in which they were told anywhere."""
    texts = [
        c.params.get("text", "") for c in yard.world.calls if c.method == "sendMessage" and c.ok
    ]
    return [int(text.split()[1].rstrip(".")) for text in texts if text.startswith("Tidings")]


async def with_more_groups(yard: Yard, count: int) -> list[Chat]:
    groups = [yard.world.add_group(f"Yard {n}", yard.vera) for n in range(count)]
    for group in groups:
        yard.world.add_bot(group, by=yard.vera)
    for group in groups:
        await yard.hears(yard.vera, "Hello, neighbours", group)
    return groups


async def test_no_429_is_drawn_from_many_groups_at_once(town: Yard) -> None:
    groups = await with_more_groups(town, 70)
    town.server.limits.enforce = True
    for number, group in enumerate(groups):
        await tell(town, group, range(number, number + 1), Urgency.BULK)
    # A person is answered meanwhile.
    town.say(town.tom, "/help", chat=town.group)
    await town.hears(town.tom, "I help neighbours")
    await town.world.until(lambda: len(told(town)) == 70)
    assert town.server.limits.refused == 0


async def test_a_backlog_keeps_its_order_and_no_other_group_waiting(town: Yard) -> None:
    (other,) = await with_more_groups(town, 1)
    town.server.limits.enforce = True
    await tell(town, town.group, range(100, 145), Urgency.TIMED)
    await tell(town, other, range(1, 2), Urgency.TIMED)
    await town.world.until(lambda: 1 in told(town))
    assert len(told(town)) <= 21
    await turned_until(town, lambda: len(told(town)) == 46, 31)
    assert [number for number in told(town) if number != 1] == list(range(100, 145))
    assert town.server.limits.refused == 0


async def test_the_order_outlives_a_restart(town: Yard) -> None:
    await tell(town, town.group, range(100, 130), Urgency.TIMED)
    await town.world.until(lambda: len(told(town)) >= 10)
    await town.restart()
    await turned_until(town, lambda: len(told(town)) == 30, 31)
    assert told(town) == list(range(100, 130))


async def test_what_somebody_just_did_goes_before_bulk(town: Yard) -> None:
    groups = await with_more_groups(town, 60)

    def put_in(work: UnitOfWork) -> None:
        """At one moment, or a slow machine would have sent the first before the last is there."""
        for number, group in enumerate(groups, 100):
            post(work, group, number, Urgency.BULK)
        post(work, groups[-1], 1, Urgency.NOW)

    assert town.app is not None
    await town.app.store.run(put_in)
    await town.world.until(lambda: len(told(town)) == 61)
    # At most what other hands took in the same turn went before it.
    assert told(town).index(1) < 30


async def test_what_is_due_at_its_moment_goes_before_a_second_piece_of_news(town: Yard) -> None:
    town.server.limits.enforce = True
    await tell(town, town.group, range(100, 150), Urgency.NOW)
    await town.world.until(lambda: len(told(town)) >= 15)
    await tell(town, town.group, range(1, 3), Urgency.TIMED)
    await turned_until(town, lambda: 149 in told(town), 31)
    before = [told(town).index(number) for number in (1, 2)]
    assert max(before) < 25
    assert [number for number in told(town) if number > 2] == list(range(100, 150))
    assert town.server.limits.refused == 0


# What a post may be


@dataclass
class Kept:
    """What a feature was told."""

    sent: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    not_copied: list[tuple[int, bool]] = field(default_factory=list)


def copying(kept: Kept, text: str) -> Feature:
    """A feature that sends the message with a number anew."""

    def draw(number: int, _words: object) -> Face:
        return Face(Html(text), copies=(number,), is_silent=True)

    view = Post(
        lambda _work, number: number,
        draw,
        is_pinned=lambda _: True,
        when_uncertain=WhenUncertain.REPEAT,
        sent=lambda _work, ref, ids: kept.sent.append((ref, ids)),
        not_copied=lambda _work, ref, *, is_gone: kept.not_copied.append((ref, is_gone)),
    )
    return Feature(name="copying", posts={"copying.post": view})


async def copy(yard: Yard, number: int) -> None:
    def put_in(work: UnitOfWork) -> None:
        chat_id = work.chat_at(Place(yard.group.id)).id
        work.later.post("copying.post", number, chat_id=chat_id, key=f"copy:{number}")

    assert yard.app is not None
    await yard.app.store.run(put_in)


@pytest.mark.parametrize("text", ["", "Beneath"])
async def test_a_post_may_be_a_copy_silent_and_pinned(bare_yard: Yard, text: str) -> None:
    yard, kept = bare_yard, Kept()
    yard.features = (*FEATURES, copying(kept, text))
    await yard.start()
    yard.world.add_bot(yard.group, by=yard.vera)
    yard.promote_bot()
    await yard.hears(yard.tom, "Hello, neighbours")
    original = yard.say(yard.vera, "Look at this")
    await copy(yard, original.message_id)
    anew = await yard.hears(yard.tom, "Look at this")
    await yard.world.until(lambda: anew.pinned)
    beneath = [await yard.hears(yard.tom, text)] if text else []
    assert [message.reply_to for message in beneath] == [anew for _ in beneath]
    numbers = tuple(message.message_id for message in (anew, *beneath))
    assert kept.sent == [(original.message_id, numbers)]
    (call,) = [c for c in yard.world.calls if c.method == "copyMessage"]
    assert call.params.get("disable_notification") == "true"


async def test_where_the_original_is_gone_the_feature_hears_of_it(bare_yard: Yard) -> None:
    yard, kept = bare_yard, Kept()
    await yard.move_in(copying(kept, ""))
    original = yard.say(yard.vera, "Look at this")
    yard.world.delete(original)
    await copy(yard, original.message_id)
    await yard.world.until(lambda: any(c.method == "copyMessage" for c in yard.world.calls))
    await yard.stop()
    assert (kept.not_copied, kept.sent) == ([(original.message_id, True)], [])
