"""What everyone may know of where elections stand. Plain functions on a unit of work.

Nothing but public numbers leaves this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.chores import Found, some
from bot.domain.elections.milestones import passed
from bot.domain.elections.paper.ledger import counts_online
from bot.domain.elections.signing_pace import forecast
from bot.domain.refusal import Refused
from bot.message.addresses import card_link
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.posts import post
from handlers.elections.heart.reach import open_row, plain_today, seen_row
from handlers.elections.progress.paper_by_building import paper_by_building
from storage import chats
from storage.chats import Presence
from storage.elections import candidates, elections, progress
from storage.elections.candidates import Candidate
from storage.elections.elections import Election, ElectionRow
from storage.elections.progress import ShownBuilding

PICTURE_POST = "progress.picture"

_KEPT = timedelta(days=90)
"""Long enough for any forecast; what led to an older number is thinned out."""
_AT_ONCE = 500


@dataclass(frozen=True)
class Progress:
    """Where an election stands. `forecasts` has the day of those who would reach the target."""

    election: Election
    link: str | None
    buildings: tuple[ShownBuilding, ...]
    forecasts: Mapping[int, date]
    language: str
    today: date

    @property
    def is_mixed(self) -> bool:
        """Whether a number has to say where it was signed: in the chat, or on paper."""
        election = self.election
        has_paper = any(candidate.on_paper for candidate in election.candidates)
        return has_paper or not counts_online(election.counted_by)

    @property
    def last_day(self) -> date | None:
        """The day of the deadline by the chat's clock, where there is one."""
        closes_at = self.election.closes_at
        return closes_at and closes_at.astimezone(ZoneInfo(self.election.timezone)).date()


@dataclass(frozen=True)
class Passed:
    """A candidate passed so many percent of the target."""

    progress: Progress
    candidate: Candidate
    percent: int


def under_way(work: PersonalWork) -> list[Progress]:
    """The open elections of this chat, the newest first."""
    chat = work.find_chat_here()
    if chat is None:
        return []
    return [_progress(work, row) for row in elections.open_in(work.session, chat.id)]


def is_administrator_here(work: PersonalWork) -> bool:
    """Whether the bot itself is one, and so may whisper to whoever types a command."""
    chat = work.find_chat_here()
    return chat is not None and chat.presence == Presence.ADMINISTRATOR


def progress_of(work: PersonalWork, election_id: int) -> Progress:
    """Where an election stands, open or over, for somebody who may see it from here."""
    return _progress(work, seen_row(work, election_id))


def progress_of_open(work: PersonalWork, election_id: int) -> Progress:
    """The same, only where it can still be signed. Raises `Refused`."""
    return _progress(work, open_row(work, election_id))


def show_everyone(work: PersonalWork, election_id: int) -> None:
    """Post the picture where the election's card stands; once a day for the same numbers."""
    election = seen_row(work, election_id)
    shown = _progress(work, election)
    numbers = [shown.election.needed, *(each.counted for each in shown.election.candidates)]
    told = [(building.number.shown, building.number.paper) for building in shown.buildings]
    state = ",".join(map(str, [*numbers, *(number for pair in told for number in pair)]))
    key = f"{PICTURE_POST}:{election_id}:{shown.today}:{state}"
    if not post(work, election, PICTURE_POST, election_id, key=key):
        raise Refused("progress.refused.shown_already")


def load_picture(work: UnitOfWork, election_id: int) -> Progress | None:
    election = elections.get(work.session, election_id)
    return _progress(work, election) if election and not elections.is_deleted(election) else None


def load_milestone(work: UnitOfWork, milestone_id: int) -> Passed | None:
    """None where it would no longer be true, or where the target itself is reached meanwhile."""
    row = progress.milestone(work.session, milestone_id)
    candidate = candidates.get(work.session, row.candidate_id) if row else None
    election = elections.get(work.session, candidate.election_id) if candidate else None
    if row is None or election is None:
        return None
    shown = _progress(work, election)
    found = shown.election.candidate(row.candidate_id)
    if found is None or found.reached or not shown.election.is_open:
        return None
    is_true = row.percent in passed(found.counted, shown.election.needed)
    return Passed(shown, found, row.percent) if is_true else None


def load_reached(work: UnitOfWork, candidate_id: int) -> Passed | None:
    """None where signatures were withdrawn before the post was sent, or the candidate left: it would no
    longer be true."""
    row = candidates.get(work.session, candidate_id)
    election = elections.get(work.session, row.election_id) if row else None
    if election is None or elections.is_deleted(election):
        return None
    shown = _progress(work, election)
    found = shown.election.candidate(candidate_id)
    return Passed(shown, found, 100) if found and found.reached else None


def find_long_past(work: UnitOfWork, after: tuple[int, date] | None) -> Found[tuple[int, date]]:
    """Days that are long past, of candidates."""
    long_past = (work.now - _KEPT).date()
    return some(progress.days_before(work.session, long_past, after, _AT_ONCE), _AT_ONCE)


def thin_out(work: UnitOfWork, days: Sequence[tuple[int, date]]) -> None:
    """Let go of them."""
    progress.forget_days(work.session, days)


def _progress(work: UnitOfWork, election: ElectionRow) -> Progress:
    today = work.today(election.chat_id)
    row = plain_today(work, election)
    return Progress(
        election=row,
        link=card_link(work, row.chat_id, elections.CARD, row.id),
        buildings=progress.buildings_shown(
            work.session, row.chat_id, row.id, paper_by_building(work, row)
        ),
        forecasts=_forecasts(work, row, today) if row.is_open else {},
        language=chats.get(work.session, row.chat_id).language,
        today=today,
    )


def _forecasts(work: UnitOfWork, row: Election, today: date) -> dict[int, date]:
    history = progress.history(work.session, [candidate.id for candidate in row.candidates])
    found = {each: forecast(days, row.needed, today) for each, days in history.items()}
    return {each: day for each, day in found.items() if day is not None}
