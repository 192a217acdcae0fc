"""Files are drawn in the moment of sending: beside every transaction, and never where only words are read."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Engine, event

from bot.feature import Feature, Post
from bot.message.face import Attachment, Drawing, Face
from bot.message.words import Html
from bot.person.place import Place
from bot.store import UnitOfWork
from playground.chats import Message
from storage.delivery.outbox import Urgency
from tests.delivery.test_late import PASSED, away
from tests.delivery.test_turn import turned_until
from tests.delivery.test_uncertain import questions
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

PICTURE = "easel.picture"
_PATIENCE_SECONDS = 10.0


@dataclass
class Easel:
    """Paints, for as long as a test wants it to, and notes whether its thread was in a transaction."""

    painted: int = 0
    in_transaction: int = 0
    mishaps: int = 0
    began: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)
    _transactions: set[int] = field(default_factory=set)

    def paint(self, shade: int) -> bytes:
        self.painted += 1
        self.in_transaction += threading.get_ident() in self._transactions
        if self.mishaps:
            self.mishaps -= 1
            raise ArithmeticError("out of paint")
        self.began.set()
        assert self.may_end.wait(_PATIENCE_SECONDS), "nobody else was served meanwhile"
        stream = io.BytesIO()
        Image.new("L", (8, 8), shade).save(stream, "PNG")
        return stream.getvalue()

    def draw(self, shade: int, _words: object) -> Face:
        picture = Attachment("easel.png", Drawing(self.paint, shade), is_picture=True)
        return Face(Html(f"Shade {shade}."), attachment=picture)

    @contextmanager
    def watching(self) -> Iterator[None]:
        def begin(_connection: Any) -> None:
            self._transactions.add(threading.get_ident())

        def end(_connection: Any) -> None:
            self._transactions.discard(threading.get_ident())

        listeners = (("begin", begin), ("commit", end), ("rollback", end))
        for name, listener in listeners:
            event.listen(Engine, name, listener)
        yield
        for name, listener in listeners:
            event.remove(Engine, name, listener)


@pytest.fixture
def easel() -> Iterator[Easel]:
    easel = Easel()
    easel.may_end.set()
    with easel.watching():
        yield easel
    easel.may_end.set()


@pytest.fixture
async def gallery(bare_yard: Yard, easel: Easel) -> Yard:
    """A courtyard with pictures to show."""
    post = Post(lambda _work, shade: shade, easel.draw)
    await bare_yard.move_in(Feature(name="easel", posts={PICTURE: post}))
    return bare_yard


async def plan(yard: Yard, shade: int, hours: float = 0) -> None:
    def put_in(work: UnitOfWork) -> None:
        work.later.post(
            PICTURE,
            shade,
            chat_id=work.chat_at(Place(yard.group.id)).id,
            key=f"{PICTURE}:{shade}",
            due_at=work.now + timedelta(hours=hours),
            urgency=Urgency.TIMED,
        )

    assert yard.app is not None
    await yard.app.store.run(put_in)


def shown(yard: Yard) -> list[Message]:
    return [each for each in yard.group.messages if each.photo and "Shade" in each.text]


async def test_others_are_served_while_a_picture_is_drawn(gallery: Yard, easel: Easel) -> None:
    easel.may_end.clear()
    await plan(gallery, 1)
    await gallery.world.until(easel.began.is_set)
    gallery.say(gallery.vera, "/action tomorrow 19:00 Concert in the courtyard")
    await gallery.hears(gallery.vera, "Concert in the courtyard")
    assert not shown(gallery)
    easel.may_end.set()
    await gallery.world.until(lambda: shown(gallery))
    assert not easel.in_transaction
    assert not gallery.log.errors


async def test_what_came_too_late_is_named_and_never_drawn(gallery: Yard, easel: Easel) -> None:
    await plan(gallery, 2, hours=1)
    await away(gallery, 30)
    await turned_until(gallery, lambda: _passed(gallery), 31)
    assert "Shade 2." in _passed(gallery)[0].text
    assert not easel.painted


async def test_what_could_not_be_drawn_was_surely_not_sent(gallery: Yard, easel: Easel) -> None:
    easel.mishaps = 1
    await plan(gallery, 3)
    await turned_until(gallery, lambda: shown(gallery), 60)
    assert easel.painted == 2
    assert not questions(gallery)
    assert len(gallery.log.errors) == 1


def _passed(yard: Yard) -> list[Message]:
    return [message for message in yard.group.messages if PASSED in message.text]
