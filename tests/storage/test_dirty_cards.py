"""Which cards are redrawn next, and what becomes of a change that comes while one is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import bindparam, text
from sqlmodel import Session

from storage import chats
from storage.chats import Presence
from storage.database import Database
from storage.delivery import cards
from storage.delivery.cards import CardRow, DirtyCard
from storage.migrations.upgrade import upgrade
from storage.types import UtcDateTime
from tests.yard import NOON

pytestmark = pytest.mark.databases("sqlite", "postgresql")

A, B, C, AWAY = -1, -2, -3, -4


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    database = Database(database_url)
    upgrade(database.engine)
    with Session(database.engine) as session:
        yield session
        session.rollback()
    database.close()


def seconds(number: int) -> datetime:
    return NOON + timedelta(seconds=number)


def add(session: Session, group: int, *since: int) -> list[int]:
    """Cards of a group, each dirty since so many seconds. Returns their ids."""
    chat = chats.add(session, group, language="be", timezone="Europe/Minsk")
    chat.presence = Presence.AWAY if group == AWAY else Presence.MEMBER
    session.add(chat)
    return [
        cards.add(
            session,
            CardRow(
                kind="trial.board",
                ref=number,
                chat_id=chat.id,
                message_id=number,
                dirty_since=seconds(number),
            ),
        )
        for number in since
    ]


def dirty(
    session: Session, *, busy: tuple[int, ...] = (), held: tuple[int, ...] = (), limit: int = 9
) -> list[DirtyCard]:
    session.flush()
    return cards.dirty(session, busy=busy, held=held, limit=limit)


def test_each_chat_has_its_longest_waiting_card_drawn(session: Session) -> None:
    a = add(session, A, *range(3, 40))
    b = add(session, B, 2)
    add(session, AWAY, 1)
    first, second = dirty(session)
    assert [first.id, second.id] == [b[0], a[0]]
    assert (first.next_in_chat, second.next_in_chat) == (None, seconds(4))
    assert second.dirty_since == seconds(3)
    assert (second.chat.telegram_id, second.chat.language) == (A, "be")


def test_a_chat_that_takes_no_edit_keeps_nobody_from_theirs(session: Session) -> None:
    add(session, A, 1)
    b = add(session, B, 2, 3)
    add(session, C, 4)
    (found,) = dirty(session, busy=(A,), held=(b[0],), limit=1)
    assert found.id == b[1]
    assert cards.has_dirty_among(session, (A,))
    assert not cards.has_dirty_among(session, (AWAY,))
    assert not cards.has_dirty_among(session, ())


def test_what_changes_while_it_is_drawn_waits_its_pause_anew(session: Session) -> None:
    add(session, A, 1)
    add(session, B, 2)
    changed, unchanged = dirty(session)
    cards.mark_all_dirty(session, changed.chat_id, seconds(6))
    cards.mark_drawn(session, [changed, unchanged], seconds(5))
    (again,) = dirty(session)
    assert (again.id, again.dirty_since) == (changed.id, seconds(5))
    stored = text("SELECT count(*) FROM card WHERE dirty_since = :moment").bindparams(
        bindparam("moment", seconds(5), UtcDateTime)
    )
    assert session.connection().execute(stored).scalar_one() == 1
    cards.mark_drawn(session, [again], seconds(9))
    assert dirty(session) == []
