"""Elections: what is signed for, by which rule, among how many, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, or_, update
from sqlmodel import Field, Session, col, select

from bot.domain.elections.acts import USUAL_KEPT_DAYS
from bot.domain.elections.paper.ledger import CountedBy, counts_online
from bot.domain.elections.plan import MOST_CANDIDATES
from bot.domain.elections.rule import Rule, rule_from_json
from bot.domain.timekeeping.moment import Moment
from storage import chats
from storage.chats import ChatRow
from storage.coded import Coded
from storage.elections import acts, candidates
from storage.elections.acts import PendingAct
from storage.elections.candidates import Candidate, CandidateRow, Standing
from storage.elections.representatives import OfficeRow
from storage.indexes import partial_index
from storage.types import EnumValue, UtcDateTime, WallTime

CARD = "elections.card"
"""The name of an election's card, for every feature that leads to it."""


class ElectionState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    # Nothing is left of it but this row.
    DELETED = "deleted"


class ElectionRow(Coded, table=True):
    __tablename__ = "election"
    __table_args__ = (
        partial_index("ix_election_recounted", "recounted_at", where="state = 'open'"),
        partial_index("ix_election_remembering", "id", where="wrapped_key IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    title: str
    state: ElectionState = Field(default=ElectionState.OPEN, sa_type=EnumValue(ElectionState))
    # Set where it recalls a representative. No foreign key: the office may be forgotten sooner.
    recalled_office_id: int | None = None

    # Who signs, and how many are enough: bot.domain.elections.rule.Rule as JSON.
    rule: str
    # One signature for each candidate, instead of one in all. Chosen once: the key is wrapped with it.
    for_each: bool = False
    # Whoever joined the chat after the election opened may sign too.
    newcomers_sign: bool = False

    # The base: its latest version; each is in election_base too.
    base: int
    # Typed by an organiser, so that the buildings don't change it.
    is_base_typed: bool
    # It may still turn out to be another.
    is_provisional: bool
    # An organiser declared it final.
    is_frozen: bool = False
    # When to count the buildings again, because they changed; and who changed them last, under a key of
    # that chat, until then.
    base_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    base_changed_by: bytes | None = None

    # The signatures: the election's own random key, wrapped by MASTER; gone once who signed is forgotten.
    wrapped_key: bytes | None = None
    # Rows among them that the bot didn't write, as of the latest recount.
    foreign_rows: int = 0
    recounted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # The full hour at which others may see what was counted since the last one; None where that is nothing.
    publish_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)

    # Paper: which numbers the target counts, as of the last look at it; when to look again.
    counted_by: CountedBy = Field(
        default=CountedBy.ONLINE_AND_CHECKED, sa_type=EnumValue(CountedBy)
    )
    paper_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)

    # The end: when signing ends by itself, as the clock of that zone shows it and as an instant, which
    # `set_deadline` keeps together; and when the chat is next reminded of that.
    closes_wall: datetime | None = Field(default=None, sa_type=WallTime)
    closes_timezone: str | None = None
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    closed_on: date | None = None
    # How long after it who signed is kept, and when that is to be forgotten.
    kept_days: int = USUAL_KEPT_DAYS
    erase_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)

    def coded(self) -> tuple[bytes | int, ...]:
        """What the code stands for: who may sign, what counts, and how long it is remembered."""
        return self.id, self.newcomers_sign, self.counted_by.encode(), self.kept_days


@dataclass(frozen=True)
class Election:
    """An election as plain values, with its candidates in the order they stood."""

    id: int
    chat_id: int
    thread_id: int | None
    title: str
    base: int
    is_base_typed: bool
    is_provisional: bool
    is_frozen: bool
    rule: Rule
    is_open: bool
    candidates: tuple[Candidate, ...]
    for_each: bool = False
    newcomers_sign: bool = False
    foreign_rows: int = 0
    # The clock by which its moments are told: of its deadline, or else of the chat.
    timezone: str = "UTC"
    is_deleted: bool = False
    # Who signed is forgotten.
    is_erased: bool = False
    closes_at: datetime | None = None
    closed_on: date | None = None
    kept_days: int = USUAL_KEPT_DAYS
    erase_at: datetime | None = None
    counted_by: CountedBy = CountedBy.ONLINE_AND_CHECKED
    # What waits for a second organiser.
    pending: tuple[PendingAct, ...] = ()
    # The name of the representative whom it recalls; None where somebody is to become one.
    recalled: str | None = None
    # The key that signs its bulletins, in short, where it is to be shown.
    key: str | None = None
    # The day by the chat's clock on which this is read: dates of that year are said without it.
    today: date | None = None
    # The full hour of which its numbers are, by the chat's clock.
    as_of: datetime | None = None

    @property
    def needed(self) -> int:
        return self.rule.needed(self.base)

    @property
    def is_full(self) -> bool:
        """Whether nobody else can stand."""
        return sum(not one.is_away for one in self.candidates) >= MOST_CANDIDATES

    def candidate(self, candidate_id: int) -> Candidate | None:
        """The candidate with this id; None for one who doesn't stand any more, or elsewhere."""
        return next((row for row in self.candidates if row.id == candidate_id), None)


def needed_by(election: ElectionRow) -> int:
    """How many signatures make a representative."""
    return rule_from_json(election.rule).needed(election.base)


def plain(
    session: Session,
    election: ElectionRow,
    today: date | None = None,
    as_of: datetime | None = None,
) -> Election:
    rule = rule_from_json(election.rule)
    return Election(
        id=election.id,
        chat_id=election.chat_id,
        thread_id=election.thread_id,
        title=election.title,
        base=election.base,
        is_base_typed=election.is_base_typed,
        is_provisional=election.is_provisional,
        is_frozen=election.is_frozen,
        rule=rule,
        is_open=election.state == ElectionState.OPEN,
        candidates=_candidates_of(session, election, rule.needed(election.base)),
        for_each=election.for_each,
        newcomers_sign=election.newcomers_sign,
        foreign_rows=election.foreign_rows,
        timezone=election.closes_timezone or chats.get(session, election.chat_id).timezone,
        is_deleted=is_deleted(election),
        is_erased=election.wrapped_key is None,
        closes_at=election.closes_at,
        closed_on=election.closed_on,
        kept_days=election.kept_days,
        erase_at=election.erase_at,
        counted_by=election.counted_by,
        pending=acts.pending(session, election.id),
        recalled=_recalled_by(session, election),
        today=today,
        as_of=as_of,
    )


def is_deleted(election: ElectionRow) -> bool:
    """Whether nothing is left of it but its row."""
    return election.state == ElectionState.DELETED


def counted(election: ElectionRow, row: CandidateRow | Standing) -> int:
    """How many signatures count towards the target, as the public sees them."""
    online = row.shown if counts_online(election.counted_by) else 0
    return online + row.on_paper


def is_reached(election: ElectionRow, row: CandidateRow | Standing, needed: int) -> bool:
    """Whether a candidate has enough; what was filed can't be lost any more."""
    return row.filed_on is not None or counted(election, row) >= needed


def add(session: Session, election: ElectionRow) -> int:
    session.add(election)
    session.flush()
    return election.id


def get(session: Session, election_id: int) -> ElectionRow | None:
    return session.get(ElectionRow, election_id)


_WITH_CHAT = (
    select(ElectionRow, ChatRow)
    .join(ChatRow, col(ChatRow.id) == col(ElectionRow.chat_id))
    .where(ElectionRow.id == bindparam("election_id"))
)


def get_with_chat(session: Session, election_id: int) -> ElectionRow | None:
    """Return the election; its chat comes along in the same look, and is at hand from then on."""
    found = session.exec(_WITH_CHAT, params={"election_id": election_id}).first()
    if found is None:
        return None
    election, chat = found
    chats.hold(session, chat)
    return election


def set_deadline(election: ElectionRow, moment: Moment | None) -> None:
    """Signing ends at that moment by the clock of its zone; None for no end."""
    election.closes_wall = moment.wall if moment else None
    election.closes_timezone = moment.zone if moment else None
    election.closes_at = moment.at if moment else None


def with_deadline(session: Session, after: int, limit: int) -> list[ElectionRow]:
    """Those that end by themselves, by their ids from the one after `after` on."""
    query = select(ElectionRow).where(
        ElectionRow.id > after, col(ElectionRow.closes_wall).is_not(None)
    )
    return list(session.exec(query.order_by(col(ElectionRow.id)).limit(limit)))


def open_in(session: Session, chat_id: int) -> list[ElectionRow]:
    """The elections under way in a chat, the newest first."""
    query = (
        select(ElectionRow)
        .where(ElectionRow.chat_id == chat_id, ElectionRow.state == ElectionState.OPEN)
        .order_by(col(ElectionRow.id).desc())
    )
    return list(session.exec(query))


def latest_in(session: Session, chat_id: int, limit: int) -> list[ElectionRow]:
    """The elections of a chat, open or over, recalls aside, the newest first."""
    query = select(ElectionRow).where(
        ElectionRow.chat_id == chat_id,
        ElectionRow.state != ElectionState.DELETED,
        col(ElectionRow.recalled_office_id).is_(None),
    )
    return list(session.exec(query.order_by(col(ElectionRow.id).desc()).limit(limit)))


def to_stand_in(session: Session, chat_id: int) -> list[ElectionRow]:
    """The open elections of a chat in which anyone can stand: nobody does in a recall."""
    return [e for e in open_in(session, chat_id) if e.recalled_office_id is None]


def recalls_under_way(session: Session, chat_id: int, office_id: int) -> list[ElectionRow]:
    """The open elections that recall this representative, one at most by our own rules."""
    return [e for e in open_in(session, chat_id) if e.recalled_office_id == office_id]


def remembering(session: Session, after: int, limit: int) -> list[ElectionRow]:
    """The elections, open or over, that know who signed, by their ids from the one after `after` on."""
    query = select(ElectionRow).where(
        ElectionRow.id > after, col(ElectionRow.wrapped_key).is_not(None)
    )
    return list(session.exec(query.order_by(col(ElectionRow.id)).limit(limit)))


def open_after(session: Session, after: int, limit: int) -> list[ElectionRow]:
    """Open elections, by their ids from the one after `after` on."""
    query = select(ElectionRow).where(
        ElectionRow.id > after, ElectionRow.state == ElectionState.OPEN
    )
    return list(session.exec(query.order_by(col(ElectionRow.id)).limit(limit)))


def uncounted_since(session: Session, moment: datetime, limit: int) -> list[ElectionRow]:
    """Open elections whose signatures were looked through before a moment or never, the longest ago first."""
    at = col(ElectionRow.recounted_at)
    query = select(ElectionRow).where(
        ElectionRow.state == ElectionState.OPEN, or_(at.is_(None), at <= moment)
    )
    order = at.asc().nulls_first(), col(ElectionRow.id)
    return list(session.exec(query.order_by(*order).limit(limit)))


def note_recounted(session: Session, ids: Sequence[int], now: datetime) -> None:
    """The signatures of these elections were looked through."""
    session.execute(
        update(ElectionRow)
        .where(col(ElectionRow.id).in_(ids))
        .values(recounted_at=now)
        .execution_options(synchronize_session=False)
    )


def _candidates_of(session: Session, election: ElectionRow, needed: int) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            row.id,
            row.name,
            row.shown,
            is_reached(election, row, needed),
            counted(election, row),
            row.on_paper,
            row.filed_on,
            row.filed_with,
            row.statement,
            row.is_away,
        )
        for row in candidates.standing(session, election.id)
    )


def _recalled_by(session: Session, election: ElectionRow) -> str | None:
    if election.recalled_office_id is None:
        return None
    office = session.get(OfficeRow, election.recalled_office_id)
    return office.name if office else election.title
