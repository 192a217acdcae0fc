"""A chat's digest: when it comes and what it tells. Plain functions on a unit of work.

Its contents are read from the database at the moment of sending and never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.moments.digest_times import read_digest_times
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment, moment_at, resolve
from bot.domain.timekeeping.quiet_hours import QuietHours
from bot.domain.timekeeping.recurrence import EVERY_DAY, Weekly
from bot.domain.timekeeping.wall_times import unpack_time
from bot.message.addresses import card_link
from bot.message.numbering import chat_mark, is_numbered_here
from bot.store import PersonalWork, UnitOfWork
from storage import actions, chats, digests
from storage.actions import Action
from storage.chats import ChatRow
from storage.digests import Digest, DigestRow
from storage.elections import elections
from storage.elections.elections import Election

POST = "digests.post"
DAILY = "daily"

_MOVED_AT_ONCE = 3
_MOST_ACTIONS = 200


@dataclass(frozen=True)
class Setting:
    """What a chat has chosen. Without a digest there are no moments either.

    `comes` is later than `planned` where quiet hours hold it back.
    """

    chat_id: int
    quiet: QuietHours
    today: date
    digest: Digest | None = None
    planned: Moment | None = None
    comes: Moment | None = None


@dataclass(frozen=True)
class ComingAction:
    """An action, and a link to its card, where there is one."""

    action: Action
    link: str | None


@dataclass(frozen=True)
class OpenElection:
    """An election with its public numbers, and a link to its card, where there is one.

    `closes` is its deadline by the chat's clock.
    """

    election: Election
    link: str | None
    closes: datetime | None


@dataclass(frozen=True)
class Contents:
    """What a digest tells on `today`: of that day and tomorrow, or of it and the week after."""

    is_daily: bool
    today: date
    actions: tuple[ComingAction, ...]
    elections: tuple[OpenElection, ...]

    @property
    def is_empty(self) -> bool:
        return not self.actions and not self.elections


@dataclass(frozen=True)
class Look:
    """A digest to look at, and the language in which the chat reads it."""

    contents: Contents
    language: str


def set_typed(work: PersonalWork, typed: str) -> int:
    """Set or stop the digest as it was typed. Returns our id of the chat."""
    chat = work.chat_here()
    chat_id = chat.id
    rule = read_digest_times(typed, now=work.now, zone=ZoneInfo(chat.timezone))
    if rule is None:
        digests.remove_all(work.session, chat_id)
    else:
        _set(work, chat, rule, work.thread_in(chat.id))
    return chat_id


def set_tapped(work: PersonalWork, chat_id: int, day: str, hour: str) -> None:
    """Set the digest by a button. It comes into the topic where it was set last."""
    chat = work.reach(chat_id)
    if day == DAILY:
        days = EVERY_DAY
    elif day in tuple("0123456"):
        days = frozenset((int(day),))
    else:
        raise Refused("frame.refused.unknown_thing")
    rule = Weekly(days, unpack_time(hour))
    _set(work, chat, rule, work.thread_in(chat_id))


def stop(work: PersonalWork, chat_id: int) -> None:
    """No digest from now on, nor one that waits already."""
    work.reach(chat_id)
    digests.remove_all(work.session, chat_id)


def choose_removal(work: PersonalWork, chat_id: int, removes: bool) -> None:
    """Choose whether the one before goes when the next one stands."""
    work.reach(chat_id)
    digest = digests.of_chat(work.session, chat_id)
    if digest is not None:
        digest.removes_last = removes
        digests.put(work.session, digest)


def own_chat(work: PersonalWork) -> int:
    """Return our id of the chat of this group."""
    return work.chat_here().id


def setting(work: PersonalWork, chat_id: int) -> Setting:
    """What a chat has chosen, and when the next digest comes."""
    chat = chats.settings_of(work.reach(chat_id))
    zone = ZoneInfo(chat.timezone)
    today = work.today(chat_id)
    row = digests.of_chat(work.session, chat_id)
    if row is None:
        return Setting(chat_id, chat.quiet, today)
    digest = digests.plain(row)
    comes = chat.quiet.over_at(max(digest.planned.at, work.now), zone)
    return Setting(
        chat_id,
        chat.quiet,
        today,
        digest,
        digest.planned,
        moment_at(comes, ZoneInfo(digest.planned.zone)),
    )


def move_due(work: UnitOfWork) -> None:
    """Put the digests that are due into the outbox.

    After a silence one comes, not one for each that was missed; and none while another still waits.
    """
    for digest in digests.due(work.session, work.now, _MOVED_AT_ONCE):
        row = digests.plain(digest)
        if not digests.is_being_posted(work.session, POST, digest):
            work.later.post(
                POST,
                row.id,
                chat_id=row.chat_id,
                thread_id=row.thread_id,
                key=f"{POST}:{row.id}:{row.planned.at.isoformat()}",
                due_at=row.planned.at,
                is_self_timed=True,
            )
        zone = ZoneInfo(row.planned.zone)
        digests.plan(digest, row.rule.next_after(work.now, zone))
        digests.put(work.session, digest)


def keep_wall_time(work: UnitOfWork, digest: DigestRow) -> None:
    """It comes when the clock of its zone shows what was promised, whatever the zone's rules are by now."""
    digests.plan(digest, resolve(digest.next_wall, ZoneInfo(digest.timezone)))
    digests.put(work.session, digest)


def next_due(work: UnitOfWork) -> datetime | None:
    return digests.next_due(work.session)


def load_post(work: UnitOfWork, digest_id: int) -> Contents | None:
    """None where the digest was stopped meanwhile, or there is nothing to tell: no message, then."""
    digest = digests.get(work.session, digest_id)
    if digest is None:
        return None
    row = digests.plain(digest)
    contents = _contents(work, chats.get(work.session, row.chat_id), is_daily=row.is_daily)
    return None if contents.is_empty else contents


def note_sent(work: UnitOfWork, digest_id: int, message_ids: tuple[int, ...]) -> None:
    """The newest stands: the one before may go."""
    digest = digests.get(work.session, digest_id)
    if digest is None:
        return
    chat = chats.get(work.session, digest.chat_id)
    before = digest.last_message_id if is_numbered_here(work, chat, digest.chat_mark) else None
    if digest.removes_last and before is not None:
        work.later.delete_message(digest.chat_id, before, after=timedelta())
    digest.last_message_id, digest.chat_mark = message_ids[0], chat_mark(work, chat)
    digests.put(work.session, digest)


def look(work: PersonalWork, chat_id: int) -> Look:
    """The digest of a chat as it would be now; a weekly one where none is set."""
    chat = work.reach(chat_id)
    row = digests.of_chat(work.session, chat_id)
    is_daily = row is not None and digests.plain(row).is_daily
    return Look(_contents(work, chat, is_daily=is_daily), chat.language)


def _set(work: UnitOfWork, chat: ChatRow, rule: Weekly, thread_id: int | None) -> None:
    chat_id = chat.id
    moment = rule.next_after(work.now, ZoneInfo(chat.timezone))
    digest = digests.of_chat(work.session, chat_id)
    if digest is None:
        digest = DigestRow(
            chat_id=chat_id,
            wall_time=rule.at,
            timezone=moment.zone,
            next_wall=moment.wall,
            next_at=moment.at,
        )
    digest.thread_id = thread_id
    digest.weekday = None if rule.weekdays == EVERY_DAY else next(iter(rule.weekdays))
    digest.wall_time = rule.at
    digests.plan(digest, moment)
    digests.put(work.session, digest)
    work.later.wake(moment.at)


def _contents(work: UnitOfWork, chat: ChatRow, *, is_daily: bool) -> Contents:
    chat_id = chat.id
    zone = ZoneInfo(chat.timezone)
    today = work.today(chat_id)
    # Whole days: whoever reads it in the evening wants to know of tomorrow evening too.
    after = today + timedelta(days=2 if is_daily else 8)
    end = datetime.combine(after, time(0), zone)
    coming = actions.coming(work.session, chat_id, work.now, _MOST_ACTIONS)
    return Contents(
        is_daily,
        today,
        tuple(
            ComingAction(row, card_link(work, chat_id, actions.CARD, row.id))
            for row in coming
            if row.starts_at < end
        ),
        _open_elections(work, chat_id, zone, end),
    )


def _open_elections(
    work: UnitOfWork, chat_id: int, zone: ZoneInfo, end: datetime
) -> tuple[OpenElection, ...]:
    """All that can still be signed in: first what closes before `end`, the soonest first, so that it is
    told where not all of them have room."""
    rows = [elections.plain(work.session, e) for e in elections.open_in(work.session, chat_id)]
    # One whose deadline is over only waits to be closed.
    open_rows = [row for row in rows if row.closes_at is None or row.closes_at > work.now]
    open_rows.sort(key=lambda row: min(row.closes_at or end, end))
    return tuple(
        OpenElection(
            row,
            card_link(work, chat_id, elections.CARD, row.id),
            row.closes_at.astimezone(zone) if row.closes_at else None,
        )
        for row in open_rows
    )
