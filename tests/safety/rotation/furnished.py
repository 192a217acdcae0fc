"""A database with one row of everything that has to do with the key, as the bot itself would write it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlmodel import Session

from bot.domain.actions.answers import Answer
from bot.domain.elections.acts import Act
from bot.message.numbering import chat_mark
from bot.person.drafts import keep_draft
from bot.person.place import Person, Place
from bot.safety.codes import vouch
from bot.safety.keys import Keys
from bot.store import Defaults, UnitOfWork
from handlers.actions.heart.answering import give_answer
from handlers.actions.heart.reach import author_tag
from handlers.elections.heart.acts.pending import base_purpose, wanting_purpose
from handlers.elections.heart.keys import new_wrapped_key, open_keys
from storage import instance
from storage.actions import ActionRow
from storage.chats import ChatRow
from storage.database import Database
from storage.digests import DigestRow
from storage.elections import bulletins, electors, representatives
from storage.elections.acts import ActRow
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.electors import NominationRow
from storage.elections.representatives import OfficeRow, OfficeState
from storage.elections.signatures import SignatureRow
from storage.reminders import ReminderRow

NOW = datetime(2026, 10, 21, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
MASTER = bytes(range(32))
GROUP = Place(-1001874634958)
NINA = Person(5310901823)
TITLE = "Representative of Yard 5"


def furnish(database_url: str, key_file: Path, master: bytes = MASTER) -> None:
    """Make the key, and a database in which everything under it has a row that is Nina's."""
    key_file.parent.mkdir(mode=0o700, exist_ok=True)
    key_file.touch(mode=0o600)
    key_file.write_bytes(master)
    database = Database(database_url)
    try:
        database.write_now(lambda session: _furnish(session, Keys(master)))
    finally:
        database.close()


def work_on(session: Session, keys: Keys) -> UnitOfWork:
    """What use cases of these tests work with."""
    return UnitOfWork(session, NOW, keys, Defaults("en", "Europe/Minsk"))


def _furnish(session: Session, keys: Keys) -> None:
    instance.remember_key(session, keys.check_value())
    work = work_on(session, keys)
    chat = work.chat_at(GROUP)
    hers = work.done_by(NINA, GROUP)
    _put_action(work, chat)
    give_answer(hers, 1, Answer.GOING)
    keep_draft(hers, chat.id, "flow", {})
    _put_posts(work, chat)
    election = _put_election(work, chat)
    _put_people(work, election)
    _put_act(work, election)
    _put_office(work, chat)
    bulletins.begin(session, election.id, LATER)
    session.flush()


def _put_action(work: UnitOfWork, chat: ChatRow) -> None:
    action = ActionRow(
        chat_id=chat.id,
        title="Tea",
        wall=LATER.replace(tzinfo=None),
        timezone="UTC",
        starts_at=LATER,
    )
    work.session.add(action)
    work.session.flush()
    action.author_tag = author_tag(work, action.id, NINA)


def _put_posts(work: UnitOfWork, chat: ChatRow) -> None:
    mark, wall = chat_mark(work, chat), LATER.replace(tzinfo=None)
    reminder = ReminderRow(chat_id=chat.id, text="Lilac", timezone="UTC", chat_mark=mark)
    digest = DigestRow(
        chat_id=chat.id,
        wall_time=time(9),
        timezone="UTC",
        next_wall=wall,
        next_at=LATER,
        chat_mark=mark,
    )
    work.session.add_all([reminder, digest])


def _put_election(work: UnitOfWork, chat: ChatRow) -> ElectionRow:
    election = ElectionRow(
        chat_id=chat.id, title=TITLE, rule="{}", base=9, is_base_typed=True, is_provisional=False
    )
    work.session.add(election)
    work.session.flush()
    election.wrapped_key = new_wrapped_key(work, election.id)
    election.base_changed_by = work.keys.tag(base_purpose(chat.id), NINA.require_id())
    vouch(work.keys, election)
    return election


def _put_people(work: UnitOfWork, election: ElectionRow) -> None:
    keys, session = open_keys(work, election), work.session
    candidate = CandidateRow(election_id=election.id, name="Vera K.")
    session.add(candidate)
    session.flush()
    candidate.person_tag = keys.candidate_tag(NINA)
    vouch(work.keys, candidate)
    signature = keys.signature(keys.signer_tag(NINA), candidate.id)
    session.add(SignatureRow(**signature._asdict()))
    electors.add_joiner(session, election.id, keys.joiner_tag(NINA))
    asked = NominationRow(
        election_id=election.id, person_tag=keys.nominee_tag(NINA), expires_at=LATER
    )
    session.add(asked)


def _put_act(work: UnitOfWork, election: ElectionRow) -> None:
    act = ActRow(election_id=election.id, act=Act.CLOSE, runs_alone=False, due_at=LATER)
    work.session.add(act)
    work.session.flush()
    purpose = wanting_purpose(act, election.chat_id)
    act.person_tag = work.keys.tag(purpose, NINA.require_id())
    vouch(work.keys, act)


def _put_office(work: UnitOfWork, chat: ChatRow) -> None:
    office = OfficeRow(
        chat_id=chat.id,
        election_id=1,
        candidate_id=1,
        name="Vera K.",
        title=TITLE,
        rule="{}",
        base=9,
        is_base_typed=True,
        is_provisional=False,
        state=OfficeState.HELD,
        since=date(2026, 10, 1),
    )
    office_id = representatives.add(work.session, office)
    office.holder_tag = representatives.holder_tag(
        office_id, lambda purpose: work.keys.tag(purpose, NINA.require_id())
    )
    vouch(work.keys, office)
