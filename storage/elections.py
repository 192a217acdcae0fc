"""Elections, candidates and signatures. A signature has no name, no time and no order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint, delete, func, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.election_rules import Rule, rule_from_json
from bot.domain.ending import USUAL_KEPT_DAYS
from bot.domain.paper import CountedBy, counts_online
from storage import acts, chats, electors
from storage.acts import ActRow
from storage.representatives import Office
from storage.types import UtcDateTime


class ElectionState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    # Nothing is left of it but this row.
    DELETED = "deleted"


class Election(SQLModel, table=True):
    __tablename__ = "election"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    title: str
    # The latest version of the base; each is in election_base too.
    base: int
    # Typed by an organiser, so that the buildings don't change it.
    is_base_typed: bool
    # The base may still turn out to be another.
    is_provisional: bool
    # An organiser declared the base final.
    is_frozen: bool = False
    # When to count the buildings again, because they changed.
    base_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    # bot.domain.election_rules.Rule as JSON
    rule: str
    state: str = ElectionState.OPEN.value
    # The election's own random key, wrapped by MASTER; gone once who signed is forgotten.
    wrapped_key: bytes | None = None
    # One signature for each candidate, instead of one in all. Chosen once: the key is wrapped with it.
    for_each: bool = False
    # Whoever joined the chat after the election opened may sign too.
    newcomers_sign: bool = False
    # Rows among the signatures that the bot didn't write, as of the latest recount.
    foreign_rows: int = 0
    recounted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Who changed the buildings last, under a key of that chat; until the base is counted again.
    base_changed_by: bytes | None = None
    # When signing ends by itself, and when the chat is next reminded of that.
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    closed_on: date | None = None
    # How long after the end who signed is kept, and when it is to be forgotten.
    kept_days: int = USUAL_KEPT_DAYS
    erase_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    # Which numbers the target counts, as of the last look at the paper; when to look again.
    counted_by: str = CountedBy.ONLINE_AND_CHECKED.value
    paper_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    # Set where it recalls a representative. No foreign key: the office may be forgotten sooner.
    recalled_office_id: int | None = None


class ElectionBase(SQLModel, table=True):
    """How many could sign, as it was counted over time."""

    __tablename__ = "election_base"

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    version: int = Field(primary_key=True)
    base: int
    is_provisional: bool
    on_day: date


class Candidate(SQLModel, table=True):
    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("election_id", "person_tag"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id", index=True)
    # None once who stood is forgotten, or they left.
    person_tag: bytes | None = None
    name: str
    statement: str = ""
    # From the first signature on, name and statement stay as they were signed for.
    is_frozen: bool = False
    # Set when they no longer stand; the name stays until the chat has been told.
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    signatures: int = 0
    # What the public sees, moved only by bot.domain.thresholds.public_count.
    shown: int = 0
    # How often the threshold was reached; each time is told once.
    crossings: int = 0
    # What paper adds towards the target, as of the last look at it.
    on_paper: int = 0
    # How many were officially accepted; None until they answered.
    accepted: int | None = None
    # When the signatures were filed, and how many counted that day.
    filed_on: date | None = None
    filed_with: int | None = None


class Signature(SQLModel, table=True):
    __tablename__ = "signature"
    __table_args__ = {"sqlite_with_rowid": False}

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    person_tag: bytes = Field(primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id")
    # None for another building than those listed, and where none are.
    building_id: int | None = Field(default=None, foreign_key="building.id")
    mac: bytes


@dataclass(frozen=True)
class CandidateRow:
    """A candidate as the public sees them: the true count stays inside."""

    id: int
    name: str
    shown: int
    reached: bool
    # What counts towards the target: online, on paper, or both, as the election decided.
    counted: int = 0
    on_paper: int = 0
    filed_on: date | None = None
    filed_with: int | None = None
    statement: str = ""


@dataclass(frozen=True)
class ElectionRow:
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
    candidates: tuple[CandidateRow, ...]
    for_each: bool = False
    newcomers_sign: bool = False
    foreign_rows: int = 0
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
    pending: tuple[ActRow, ...] = ()
    # The name of the representative whom it recalls; None where somebody is to become one.
    recalled: str | None = None

    @property
    def needed(self) -> int:
        return self.rule.needed(self.base)


def id_of(election: Election) -> int:
    """The id of a stored election."""
    assert election.id is not None  # noqa: S101 - flushed rows have one
    return election.id


def needed_by(election: Election) -> int:
    """How many signatures make a representative."""
    return rule_from_json(election.rule).needed(election.base)


def row_of(session: Session, election: Election) -> ElectionRow:
    election_id = id_of(election)
    rule = rule_from_json(election.rule)
    needed = rule.needed(election.base)
    return ElectionRow(
        id=election_id,
        chat_id=election.chat_id,
        thread_id=election.thread_id,
        title=election.title,
        base=election.base,
        is_base_typed=election.is_base_typed,
        is_provisional=election.is_provisional,
        is_frozen=election.is_frozen,
        rule=rule,
        is_open=election.state == ElectionState.OPEN.value,
        candidates=tuple(
            CandidateRow(
                row.id,
                row.name,
                row.shown,
                is_reached(election, row, needed),
                counted(election, row),
                row.on_paper,
                row.filed_on,
                row.filed_with,
                row.statement,
            )
            for row in candidates(session, election_id)
            if row.id is not None
        ),
        for_each=election.for_each,
        newcomers_sign=election.newcomers_sign,
        foreign_rows=election.foreign_rows,
        timezone=chats.get(session, election.chat_id).timezone,
        is_deleted=is_deleted(election),
        is_erased=election.wrapped_key is None,
        closes_at=election.closes_at,
        closed_on=election.closed_on,
        kept_days=election.kept_days,
        erase_at=election.erase_at,
        counted_by=CountedBy(election.counted_by),
        pending=tuple(map(acts.row_of, acts.waiting(session, election_id))),
        recalled=_recalled_by(session, election),
    )


def is_deleted(election: Election) -> bool:
    """Whether nothing is left of it but its row."""
    return election.state == ElectionState.DELETED.value


def counted(election: Election, row: Candidate) -> int:
    """How many signatures count towards the target, as the public sees them."""
    online = row.shown if counts_online(CountedBy(election.counted_by)) else 0
    return online + row.on_paper


def is_reached(election: Election, row: Candidate, needed: int) -> bool:
    """Whether a candidate has enough; what was filed can't be lost any more."""
    return row.filed_on is not None or counted(election, row) >= needed


def add(session: Session, election: Election) -> int:
    session.add(election)
    session.flush()
    return id_of(election)


def get(session: Session, election_id: int) -> Election | None:
    return session.get(Election, election_id)


def open_in(session: Session, chat_id: int) -> list[Election]:
    """The elections under way in a chat, the newest first."""
    query = (
        select(Election)
        .where(Election.chat_id == chat_id, Election.state == ElectionState.OPEN.value)
        .order_by(col(Election.id).desc())
    )
    return list(session.exec(query))


def latest_in(session: Session, chat_id: int, limit: int) -> list[Election]:
    """The elections of a chat, open or over, recalls aside, the newest first."""
    query = select(Election).where(
        Election.chat_id == chat_id,
        Election.state != ElectionState.DELETED.value,
        col(Election.recalled_office_id).is_(None),
    )
    return list(session.exec(query.order_by(col(Election.id).desc()).limit(limit)))


def to_stand_in(session: Session, chat_id: int) -> list[Election]:
    """The open elections of a chat in which anyone can stand: nobody does in a recall."""
    return [e for e in open_in(session, chat_id) if e.recalled_office_id is None]


def recalls_under_way(session: Session, chat_id: int, office_id: int) -> list[Election]:
    """The open elections that recall this representative, one at most by our own rules."""
    return [e for e in open_in(session, chat_id) if e.recalled_office_id == office_id]


def candidates(session: Session, election_id: int) -> list[Candidate]:
    """Who stands, in the order they came; those who left aren't among them."""
    query = select(Candidate).where(
        Candidate.election_id == election_id, col(Candidate.left_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Candidate.id))))


def barring_newcomers_in(session: Session, chat_id: int) -> list[Election]:
    """The elections under way in a chat that are for those who were there when they opened."""
    return [election for election in open_in(session, chat_id) if not election.newcomers_sign]


def miscounted(session: Session) -> list[int]:
    """Open elections of which a candidate's count isn't the number of rows that stand for them."""
    standing = (
        select(col(Signature.candidate_id), func.count().label("number"))
        .group_by(col(Signature.candidate_id))
        .subquery()
    )
    query = (
        select(Candidate.election_id)
        .join(Election, col(Election.id) == col(Candidate.election_id))
        .join(standing, standing.c.candidate_id == col(Candidate.id), isouter=True)
        .where(
            Election.state == ElectionState.OPEN.value,
            func.coalesce(standing.c.number, 0) != col(Candidate.signatures),
        )
        .distinct()
    )
    return list(session.exec(query))


def longest_uncounted(session: Session, limit: int) -> list[Election]:
    """Open elections, those first whose signatures were looked through longest ago."""
    query = (
        select(Election)
        .where(Election.state == ElectionState.OPEN.value)
        .order_by(col(Election.recounted_at).asc().nulls_first(), col(Election.id))
    )
    return list(session.exec(query.limit(limit)))


def add_base(session: Session, election: Election, day: date) -> None:
    """Write down the election's base as its newest version."""
    election_id = id_of(election)
    latest = session.exec(
        select(func.max(ElectionBase.version)).where(ElectionBase.election_id == election_id)
    ).one()
    version = ElectionBase(
        election_id=election_id,
        version=(latest or 0) + 1,
        base=election.base,
        is_provisional=election.is_provisional,
        on_day=day,
    )
    session.add(version)
    session.flush()


def bases(session: Session, election_id: int) -> list[int]:
    """Every base that an election had, the first one first."""
    query = select(ElectionBase.base).where(ElectionBase.election_id == election_id)
    return list(session.exec(query.order_by(col(ElectionBase.version))))


def opened_on(session: Session, election_id: int) -> date | None:
    """The day of an election's first base, by the chat's clock: the day it was published."""
    query = select(func.min(ElectionBase.on_day)).where(ElectionBase.election_id == election_id)
    return session.exec(query).one()


def count_base_later(
    session: Session, chat_id: int, at: datetime, changed_by: bytes | None
) -> None:
    """The buildings of a chat changed: its elections whose base is their sum are to count again."""
    session.execute(
        update(Election)
        .where(
            col(Election.chat_id) == chat_id,
            col(Election.state) == ElectionState.OPEN.value,
            col(Election.is_base_typed).is_(False),
            col(Election.is_frozen).is_(False),
        )
        .values(base_due_at=at, base_changed_by=changed_by)
    )


def with_base_due(session: Session, now: datetime) -> list[Election]:
    query = select(Election).where(col(Election.base_due_at) <= now)
    return list(session.exec(query.order_by(col(Election.id))))


def next_base_due(session: Session) -> datetime | None:
    return session.exec(select(func.min(Election.base_due_at))).one()


def signatures(session: Session, election_id: int) -> Iterator[Signature]:
    """Every signature; only an election's end needs them all."""
    query = select(Signature).where(Signature.election_id == election_id)
    return iter(session.exec(query))


def count_by_building(session: Session, election_id: int) -> dict[int | None, int]:
    """How many signed in each building, under None in another. The true numbers: never to be shown."""
    query = select(Signature.building_id, func.count()).where(Signature.election_id == election_id)
    return dict(session.exec(query.group_by(col(Signature.building_id))).all())


def candidate(session: Session, candidate_id: int) -> Candidate | None:
    return session.get(Candidate, candidate_id)


def left_since(session: Session, election_id: int, moment: datetime) -> int:
    """How many candidates of an election said farewell to the chat since then."""
    query = select(func.count()).where(
        Candidate.election_id == election_id,
        col(Candidate.left_at) >= moment,
        Candidate.name != "",
    )
    return session.exec(query).one()


def forget_left_before(session: Session, moment: datetime) -> None:
    """Whoever stopped standing is a candidate no more, and their words are erased."""
    session.execute(
        update(Candidate)
        .where(col(Candidate.left_at) < moment, col(Candidate.name) != "")
        .values(name="", statement="")
    )


def candidate_of(session: Session, election_id: int, person_tag: bytes) -> Candidate | None:
    query = select(Candidate).where(
        Candidate.election_id == election_id, Candidate.person_tag == person_tag
    )
    return session.exec(query).first()


def add_candidate(session: Session, row: Candidate) -> int:
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101 - flushed rows have one
    return row.id


def signature_of(session: Session, election_id: int, person_tag: bytes) -> Signature | None:
    return session.get(Signature, (election_id, person_tag))


def add_signature(session: Session, signature: Signature) -> bool:
    """Put a signature in. False where this person's stands already: the primary key is the judge."""
    try:
        with session.begin_nested():
            session.execute(insert(Signature).values(**signature.model_dump()))
    except IntegrityError:
        return False
    return True


def remove_signature(session: Session, signature: Signature) -> None:
    session.delete(signature)
    session.flush()


def remove_signatures_for(session: Session, election_id: int, candidate_id: int) -> None:
    session.execute(
        delete(Signature).where(
            col(Signature.election_id) == election_id, col(Signature.candidate_id) == candidate_id
        )
    )


def erase_people(session: Session, election_id: int) -> None:
    """Forget who signed, who stood, who was proposed and who came later; the totals stay, as the
    public knows them."""
    session.execute(delete(Signature).where(col(Signature.election_id) == election_id))
    electors.erase(session, election_id)
    for row in candidates(session, election_id):
        row.person_tag = None
        row.signatures = row.shown
        session.add(row)


def _recalled_by(session: Session, election: Election) -> str | None:
    if election.recalled_office_id is None:
        return None
    office = session.get(Office, election.recalled_office_id)
    return office.name if office else election.title
