"""A small instance made a large one: many copies of its rows, written at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update
from sqlmodel import Session, SQLModel, col, select

from benchmarks.stage.instance import TIMEZONE, Instance, Size
from bot.person.place import Person
from bot.safety.codes import vouch
from bot.store import UnitOfWork
from handlers.elections.heart.count.counting import move_count
from handlers.elections.heart.keys import new_wrapped_key, open_keys
from storage import actions
from storage.actions import ActionRow
from storage.chats import ChatRow
from storage.delivery.cards import CardRow
from storage.delivery.outbox import OutboxRow, OutboxState
from storage.digests import DigestRow
from storage.elections import candidates, elections
from storage.elections.buildings import BuildingRow
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.progress import CandidateDayRow
from storage.elections.signatures import SignatureRow
from storage.handled_updates import HandledUpdateRow
from storage.reminders import ReminderRow

_AT_ONCE = 10_000
_COMING = 5  # every fifth action is still to come
_DAYS, _HOURS = 60, 40
_UPDATES_AN_HOUR = 500
_FIRST_SIGNER = 1_000_000
_LONG = timedelta(days=300)

Changes = dict[str, Any]


def grow(instance: Instance, size: Size) -> None:
    """Until there are as many of each as its size says."""
    for step in (_chats, _actions, _posts, _reminders, _digests, _updates):
        instance.write(lambda work, step=step: step(work, size))  # type: ignore[misc]
    if size.elections > 1 or size.signatures:
        instance.write(lambda work: _elections(work, size))
        _sign(instance, size)


def _chats(work: UnitOfWork, size: Size) -> None:
    first = _one(work.session, ChatRow)
    _copy(
        work.session,
        first,
        ({"telegram_id": first.telegram_id - n} for n in range(1, size.chats)),
    )
    for chat in work.session.exec(select(ChatRow)):
        vouch(work.keys, chat)
        work.session.add(chat)


def _actions(work: UnitOfWork, size: Size) -> None:
    """Those that are over keep their numbers and nobody; those to come have a card."""
    now, first = work.now, _one(work.session, ActionRow)
    over: Changes = {"author_tag": None, "final_going": 5, "final_maybe": 2, "final_cant": 1}

    def changes() -> Iterator[Changes]:
        for n in range(1, size.actions):
            is_coming = n % _COMING == 0
            days = n % 30 + 1 if is_coming else -(n % (_DAYS + 20) + 2)
            at = now + timedelta(days=days)
            there = {
                "chat_id": _elsewhere(n, size),
                "starts_at": at,
                "wall": _wall(at),
            }
            yield there if is_coming else {**there, **over}

    _copy(work.session, first, changes())
    coming = work.session.exec(
        select(ActionRow.id, ActionRow.chat_id).where(
            col(ActionRow.starts_at) > now, ActionRow.id != first.id
        )
    )
    _copy_cards(work, actions.CARD, coming.all())


def _copy_cards(work: UnitOfWork, kind: str, things: Iterable[tuple[int, int]]) -> None:
    card = work.session.exec(select(CardRow).where(CardRow.kind == kind)).first()
    if card is None:
        raise LookupError("the first has one")
    _copy(
        work.session,
        card,
        (
            {"ref": ref, "chat_id": chat, "message_id": 100 + ref, "dirty_since": None}
            for ref, chat in things
        ),
    )


def _posts(work: UnitOfWork, size: Size) -> None:
    """Half of them wait for a day that is far away; the others were sent in the last week."""
    first = _one(work.session, OutboxRow)
    work.session.execute(update(OutboxRow).values(state=OutboxState.SENT))
    for name, state, ahead in (
        ("far", OutboxState.DUE, _LONG),
        ("sent", OutboxState.SENT, -timedelta(days=3)),
    ):
        _copy(
            work.session,
            first,
            (
                {
                    "unique_key": f"{name}:{n}",
                    "ref": 10_000_000 + n,
                    "chat_id": _elsewhere(n, size),
                    "state": state,
                    "due_at": work.now + ahead + timedelta(seconds=n % 86_400),
                }
                for n in range(size.posts)
            ),
        )


def _reminders(work: UnitOfWork, size: Size) -> None:
    _copy(work.session, _one(work.session, ReminderRow), _planned(work, size, size.reminders))


def _digests(work: UnitOfWork, size: Size) -> None:
    _copy(work.session, _one(work.session, DigestRow), _planned(work, size, size.digests))


def _planned(work: UnitOfWork, size: Size, number: int) -> Iterator[Changes]:
    for n in range(1, number):
        at = work.now + timedelta(days=30 + n % 7, minutes=n % 1_440)
        yield {"chat_id": _elsewhere(n, size), "next_at": at, "next_wall": _wall(at)}


def _updates(work: UnitOfWork, size: Size) -> None:
    """Marks of the last two days, where anything happened in them at all."""
    if size.chats == 1:
        return
    this_hour = work.now.replace(minute=0, second=0, microsecond=0)
    rows = (
        {"bot_id": 1, "update_id": n, "hour": this_hour - timedelta(hours=n % _HOURS)}
        for n in range(_HOURS * _UPDATES_AN_HOUR)
    )
    _insert(work.session, HandledUpdateRow, rows)


def _elections(work: UnitOfWork, size: Size) -> None:
    """Each with a key of its own and candidates; a public number for each day of two months."""
    session, first = work.session, _one(work.session, ElectionRow)
    stood = candidates.of_election(session, first.id)
    _copy(session, first, ({"chat_id": _elsewhere(n, size)} for n in range(1, size.elections)))
    for election in session.exec(select(ElectionRow).where(ElectionRow.id != first.id)):
        election.wrapped_key = new_wrapped_key(work, election.id)
        vouch(work.keys, election)
        session.add(election)
    ids = session.exec(
        select(ElectionRow.id, ElectionRow.chat_id).where(ElectionRow.id != first.id)
    )
    listed = ids.all()
    for candidate in stood:
        _copy(session, candidate, ({"election_id": election} for election, _ in listed))
    for candidate in session.exec(select(CandidateRow)):
        vouch(work.keys, candidate)
        session.add(candidate)
    _copy_cards(work, elections.CARD, listed)
    today = work.now.date()
    days = (
        {"candidate_id": candidate, "day": today - timedelta(days=n), "shown": 100 - n}
        for candidate in session.exec(select(CandidateRow.id)).all()[:: len(stood)]
        for n in range(_DAYS)
    )
    _insert(session, CandidateDayRow, days)


def _sign(instance: Instance, size: Size) -> None:
    """Signatures as people would have given them, for the first candidate of each election; of the yard's
    from all buildings."""
    ids = instance.read(lambda work: list(work.session.exec(select(ElectionRow.id)).all()))
    each = (size.signatures - size.in_yard) // max(1, len(ids) - 1)
    for number, election_id in enumerate(ids):
        signing = size.in_yard if number == 0 else each
        instance.write(lambda work, e=election_id, n=signing: _sign_one(work, e, n))  # type: ignore[misc]
    # What moved a number moved it hours ago.
    instance.write(lambda work: work.session.execute(update(ElectionRow).values(publish_at=None)))


def _sign_one(work: UnitOfWork, election_id: int, number: int) -> None:
    election = elections.get(work.session, election_id)
    if election is None:
        raise LookupError("it has just been written")
    candidate = candidates.of_election(work.session, election_id)[0]
    houses = work.session.exec(
        select(BuildingRow.id).where(BuildingRow.chat_id == election.chat_id)
    ).all()
    places: list[int | None] = [*houses] or [None]
    keys = open_keys(work, election)
    rows = (
        keys.signature(
            keys.signer_tag(Person(_FIRST_SIGNER + n)), candidate.id, places[n % len(places)]
        )._asdict()
        for n in range(number)
    )
    _insert(work.session, SignatureRow, rows)
    for index, place in enumerate(places):
        share = len(range(index, number, len(places)))
        move_count(work, election, candidate.id, by=share, building_id=place)
    work.session.refresh(candidate)
    candidate.published = candidate.signatures
    candidate.shown = candidate.signatures // 5 * 5
    work.session.add(candidate)


def _elsewhere(number: int, size: Size) -> int:
    """The chats in turn, but for the first: what people see in their yard is the same in every instance."""
    return number % (size.chats - 1) + 2


def _wall(at: datetime) -> datetime:
    """What the yards' clocks show then: what was planned goes by that."""
    return at.astimezone(ZoneInfo(TIMEZONE)).replace(tzinfo=None)


def _one(session: Session, table: type[SQLModel]) -> Any:
    """The first row of a table."""
    session.flush()
    return session.exec(select(table)).first()


def _copy(session: Session, row: SQLModel, changes: Iterable[Changes]) -> None:
    """The row again and again, with ids of their own."""
    session.flush()
    same = row.model_dump(exclude={"id"})
    _insert(session, type(row), ({**same, **changed} for changed in changes))


def _insert(session: Session, table: type[SQLModel], rows: Iterable[Changes]) -> None:
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        session.execute(insert(table), some)
