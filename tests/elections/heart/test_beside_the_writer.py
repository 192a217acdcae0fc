"""What reads every signature is done beside the writer, and done again where something changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text, update
from sqlmodel import select

from bot.store import UnitOfWork
from handlers.elections.bulletins import BULLETINS
from handlers.elections.ending import ENDING
from handlers.elections.signing import SIGNING
from storage.database import Database
from storage.elections import elections
from storage.elections.bulletins import BulletinRow
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow, ElectionState
from tests.chores import all_that_is_due, done_at_once
from tests.elections.heart.test_public_numbers import NEIGHBOURS, Campaign, begun, database
from tests.elections.model.desk import close

__all__ = ["database"]

pytestmark = pytest.mark.databases("sqlite")

EVENING = datetime(2026, 10, 21, 16, 0, tzinfo=UTC)
(BULLETIN,) = BULLETINS.due
(END,) = ENDING.due


@contextmanager
def reading(database: Database) -> Iterator[list[str]]:
    """The statements of the writer meanwhile that read signatures."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM signature" in statement:
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def signed(database: Database, number: int = 8) -> Campaign:
    campaign = begun(database)
    campaign.run(all_that_is_due(BULLETINS))
    for person in NEIGHBOURS[:number]:
        campaign.sign(person, 0)
    campaign.hour()
    return campaign


def bulletin(work: UnitOfWork) -> tuple[int, str]:
    (row,) = work.session.exec(select(BulletinRow)).all()
    return row.number, row.text


def rename(work: UnitOfWork) -> None:
    work.session.execute(update(CandidateRow).values(name="Vera D."))


def has_deadline(work: UnitOfWork) -> None:
    at = EVENING.replace(tzinfo=None)
    work.session.execute(
        update(ElectionRow).values(
            closes_at=EVENING, closes_wall=at + timedelta(hours=3), closes_timezone="Europe/Minsk"
        )
    )


def is_closed(work: UnitOfWork) -> bool:
    (election,) = work.session.exec(select(ElectionRow)).all()
    return election.state is ElectionState.CLOSED


def test_the_writer_reads_no_signature_for_a_bulletin(database: Database) -> None:
    campaign = signed(database)
    campaign.now = EVENING
    found = campaign.read(BULLETIN.look) if BULLETIN.look else None
    with reading(database) as seen:
        campaign.run(BULLETIN.move, found)
    assert seen == []
    assert campaign.read(bulletin)[0] == 1
    assert campaign.bulletins == [5]


def test_a_bulletin_is_written_anew_where_who_stands_changed_meanwhile(database: Database) -> None:
    campaign = signed(database)
    campaign.now = EVENING
    assert BULLETIN.look is not None
    found = campaign.read(BULLETIN.look)
    campaign.run(rename)
    campaign.run(BULLETIN.move, found)
    assert campaign.read(bulletin)[0] == 0
    due = campaign.read(BULLETIN.next_due)
    assert due is not None
    assert due <= campaign.now, "it is due still"
    campaign.run(all_that_is_due(BULLETINS))
    number, text = campaign.read(bulletin)
    assert number == 1
    assert "Vera D." in text
    assert "Vera K." not in text


def test_two_who_wrote_the_same_bulletin_publish_it_once(database: Database) -> None:
    campaign = signed(database)
    campaign.now = EVENING
    assert BULLETIN.look is not None
    found = [campaign.read(BULLETIN.look) for _ in range(2)]
    for each in found:
        campaign.run(BULLETIN.move, each)
    assert campaign.bulletins == [5]


def test_the_writer_reads_no_signature_at_a_deadline(database: Database) -> None:
    campaign = signed(database)
    campaign.run(has_deadline)
    campaign.now = EVENING
    assert END.look is not None
    found = campaign.read(END.look)
    assert found is not None
    with reading(database) as seen:
        campaign.run(END.move, found)
    assert seen == []
    assert campaign.read(is_closed)
    assert campaign.numbers == [5, 5, 0]
    assert campaign.bulletins == [5]


def test_a_result_is_counted_anew_where_who_stands_changed_meanwhile(database: Database) -> None:
    campaign = signed(database)
    campaign.run(has_deadline)
    campaign.now = EVENING
    assert END.look is not None
    found = campaign.read(END.look)
    campaign.run(rename)
    with reading(database) as seen:
        campaign.run(END.move, found)
    assert seen
    assert campaign.read(is_closed)
    assert "Vera D." in campaign.read(bulletin)[1]


def test_who_signed_in_the_last_moment_is_counted(database: Database) -> None:
    """Their signature was in time, and was written while the election was counted."""
    campaign = signed(database)
    campaign.run(has_deadline)
    campaign.now = EVENING
    assert END.look is not None
    found = campaign.read(END.look)
    campaign.now = EVENING - timedelta(milliseconds=1)
    for person in NEIGHBOURS[8:10]:
        campaign.sign(person, 0)
    campaign.now = EVENING
    campaign.run(END.move, found)
    assert campaign.read(is_closed)
    assert campaign.numbers == [10, 10, 0]
    assert campaign.bulletins == [10]


def test_a_deadline_moved_meanwhile_ends_nothing(database: Database) -> None:
    campaign = signed(database)
    campaign.run(has_deadline)
    campaign.now = EVENING
    assert END.look is not None
    found = campaign.read(END.look)
    later = update(ElectionRow).values(closes_at=EVENING + timedelta(days=1))
    campaign.run(lambda work: work.session.execute(later) and None)
    campaign.run(END.move, found)
    assert not campaign.read(is_closed)


def test_where_every_count_is_right_the_writer_reads_no_signature(database: Database) -> None:
    campaign = signed(database)
    with reading(database) as seen:
        for chore in SIGNING.hourly:
            found = campaign.read(chore.look, None)
            campaign.run(chore.do, found.things)
    assert seen == []

    wrong = update(CandidateRow).values(signatures=20)
    campaign.run(lambda work: work.session.execute(wrong) and None)
    with reading(database) as seen:
        campaign.run(done_at_once(SIGNING.hourly))
    assert seen
    campaign.hour()
    assert campaign.numbers[0] == 5


def test_one_that_cant_be_forgotten_keeps_no_other_from_it(database: Database) -> None:
    spoilt, other = begun(database), begun(database)
    for campaign in (spoilt, other):
        campaign.run(close, campaign.election)
        campaign.now += timedelta(days=31)
    unreadable = text(f"UPDATE candidate SET filed_on = 'x' WHERE id = {spoilt.candidate}")
    other.run(lambda work: work.session.execute(unreadable) and None)
    _, forgetting, *_ = ENDING.hourly
    found = other.read(forgetting.look, None)
    with pytest.raises(ValueError, match="isoformat"):
        other.run(forgetting.do, found.things)
    found = other.read(forgetting.look, found.go_on)
    other.run(forgetting.do, found.things)

    def remembering(work: UnitOfWork) -> list[int]:
        return [row.id for row in elections.remembering(work.session, 0, 2)]

    assert other.read(remembering) == [spoilt.election]
