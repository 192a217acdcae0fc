"""The transaction boundary: a use case is a plain function on a unit of work.

    signed = await context.run(sign, election_id, candidate_id)

What a person does is handed `PersonalWork`: who acts where, and by what right, beside the rest. It runs
off the event loop, so it can't await Telegram; it commits when the function returns and rolls back when
it raises. It may be run again, so it must give the same result from the same database.
Telegram is spoken to only afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import Clock
from bot.domain.refusal import Refused
from bot.later import Later
from bot.person.place import NO_RIGHTS, Person, Place, Rights
from bot.person.short_lived import Kept, ShortLived
from bot.person.ways import way_from
from bot.safety.codes import Chat, ForeignRows, genuine_chat, vouch
from bot.safety.disk import Disk, waited_for
from bot.safety.heads import HeadFile
from bot.safety.keys import Keys
from storage import chats, former_keys
from storage.changes import Changes, changes_of
from storage.chats import ChatOfThing, ChatRow, Presence
from storage.database import Database
from storage.handled_updates import Mark

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class UpdateMark:
    """Which update a change belongs to. Telegram delivers an update at least once."""

    bot_id: int
    update_id: int
    # Called once its use case stands in the writer's queue: what comes later is written later.
    queued: Callable[[], None] | None = field(default=None, compare=False)
    # Called once its effect is in the database.
    committed: Callable[[], None] | None = field(default=None, compare=False)
    # Called where what it erased can't leave the disk while somebody waits; it does so minutes later.
    is_left_on_disk: Callable[[], None] | None = field(default=None, compare=False)

    def at(self, moment: datetime) -> Mark:
        """Return what is stored of it, where it has its effect at this moment."""
        return Mark(self.bot_id, self.update_id, moment.replace(minute=0, second=0, microsecond=0))


@dataclass(frozen=True)
class Defaults:
    """What a chat speaks and which clock it lives by, before anyone said otherwise; and how long what an
    action was about is kept."""

    language: str
    timezone: str
    actions_kept: timedelta = timedelta(days=90)


@dataclass
class UnitOfWork:
    """What a use case works with that nobody in particular began."""

    session: Session
    now: datetime
    keys: Keys
    defaults: Defaults
    later: Later = field(init=False)

    def __post_init__(self) -> None:
        self.later = Later(self.session, self.now)

    def chat_at(self, place: Place) -> ChatRow:
        """Return the chat of a group, made with the defaults where the bot missed being added.

        Raises `Refused` for a private chat.
        """
        if place.telegram_id is None:
            raise Refused("frame.refused.group_only")
        chat = chats.find(self.session, place.telegram_id)
        if chat is None:
            language, timezone = self.defaults.language, self.defaults.timezone
            chat = chats.add(self.session, place.telegram_id, language=language, timezone=timezone)
            vouch(self.keys, chat)
        return chat

    def zone(self, chat_id: int) -> ZoneInfo:
        """Return the zone of a chat's clock."""
        return ZoneInfo(chats.get(self.session, chat_id).timezone)

    def today(self, chat_id: int) -> date:
        """Return the day by a chat's clock."""
        return self.now.astimezone(self.zone(chat_id)).date()

    def forget_former(self, *purposes: str) -> None:
        """Erase the former keys of purposes that nobody is known by any more."""
        kept = [purpose for purpose in purposes if self.keys.former(purpose)]
        if kept:
            former_keys.forget(self.session, kept)

    def done_by(
        self, person: Person, place: Place, rights: Rights = NO_RIGHTS, *, is_act: bool = False
    ) -> PersonalWork:
        """Return the same unit of work as something that a person does in a place."""
        personal = PersonalWork(
            self.session, self.now, self.keys, self.defaults, person, place, rights, is_act
        )
        personal.later = self.later
        return personal


@dataclass
class PersonalWork(UnitOfWork):
    """What a use case works with that a person began, in a group or in the private chat."""

    person: Person
    place: Place
    rights: Rights
    # It changes something: then whoever acts from the private chat must be a member now.
    is_act: bool = False

    def tag(self, purpose: str) -> bytes:
        """Return the person's tag under the key for a purpose. Raises `Refused` for nobody in particular."""
        return self.keys.tag(purpose, self.person.require_id())

    @property
    def short_lived(self) -> ShortLived:
        """What is kept for this person for a while."""
        return ShortLived(self.session, self.keys, self.now, self.person.id)

    def chat_here(self) -> ChatRow:
        """Return the chat of this group, or of the one that a private act is about; a group's is made with
        the defaults where the bot missed being added. Raises `Refused`, and `NotAsked`."""
        if self.place.is_group:
            return genuine_chat(self.keys, self.chat_at(self.place))
        chat = self.find_chat_here()
        if chat is None:
            raise Refused("frame.refused.link_expired")
        return chat

    def find_chat_here(self) -> ChatRow | None:
        """Return the same chat for those who only look: None where the bot doesn't know it."""
        group = self.place.group
        if group is None or group.telegram_id is None:
            raise Refused("frame.refused.group_only")
        chat = chats.find(self.session, group.telegram_id)
        return None if chat is None else self.within_reach(chat)

    def reach(self, chat_id: int) -> ChatRow:
        """Return the chat that a thing belongs to, where the person may touch it from here.

        A group reaches its own things only. The private chat reaches those of a group where this person
        tapped within the last quarter of an hour, and acts on them while they are a member, as far as that
        can be known. Raises `Refused` for anything else as for a thing that doesn't exist: a forged button
        learns nothing. Raises `NotAsked`.
        """
        return self.within_reach(chats.find_by_id(self.session, chat_id))

    def within_reach(self, chat: Chat | None) -> Chat:
        """The same of a chat that was looked up already, or wasn't there."""
        if chat is None or (self.place.is_group and chat.telegram_id != self.place.telegram_id):
            raise Refused("frame.refused.unknown_thing")
        if not self.place.is_group:
            if self._way_from(chat.id) is None:
                raise Refused("frame.refused.link_expired")
            self._require_member(chat)
        return genuine_chat(self.keys, chat)

    def _require_member(self, chat: ChatRow | ChatOfThing) -> None:
        """Telegram tells it reliably to administrators only; elsewhere a tap in the group is the proof."""
        known = self.rights.organiser_in | self.rights.member_of
        may_know = chat.presence is Presence.ADMINISTRATOR and chat.telegram_id not in known
        if self.is_act and may_know:
            raise NotAsked(genuine_chat(self.keys, chat).telegram_id)

    def thread_in(self, chat_id: int) -> int | None:
        """Return the topic in which the person acts: this one, or where their way into private began."""
        if self.place.is_group:
            return self.place.thread_id
        way = self._way_from(chat_id)
        return way.data["thread"] if way else None

    def is_organiser_of(self, chat: ChatRow) -> bool:
        """Whether the person was found to be an organiser of this chat before the transaction began.

        Whoever writes as the group itself is one: only administrators can.
        """
        is_the_group = self.person.id is None and chat.telegram_id == self.place.telegram_id
        return is_the_group or chat.telegram_id in self.rights.organiser_in

    def _way_from(self, chat_id: int) -> Kept | None:
        return way_from(self.short_lived, chat_id)


def personally(
    use_case: Callable[Concatenate[PersonalWork, P], T],
    person: Person,
    place: Place,
    rights: Rights = NO_RIGHTS,
    *,
    is_act: bool = False,
) -> Callable[Concatenate[UnitOfWork, P], T]:
    """Return what a person does in a place as a use case that the store runs."""

    def use_case_of_person(work: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return use_case(work.done_by(person, place, rights, is_act=is_act), *args, **kwargs)

    return use_case_of_person


class NotAsked(Exception):
    """Whether the person is a member of the group with Telegram's id must be asked before they act there."""

    def __init__(self, telegram_id: int) -> None:
        super().__init__()
        self.telegram_id = telegram_id


class Store:
    """Runs use cases against the database."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keys: Keys,
        defaults: Defaults,
        head_file: HeadFile | None = None,
        disk: Disk | None = None,
    ) -> None:
        """`disk` is let go of what a use case erases before anybody is told that it is done."""
        self._head_file = head_file
        self._disk = disk
        self._database = database
        self._clock = clock
        self._keys = keys
        self._defaults = defaults
        self._listeners: list[Callable[[datetime], None]] = []
        self._change_listeners: list[Callable[[set[str]], None]] = []
        self._foreign_rows = ForeignRows()

    def on_later(self, listener: Callable[[datetime], None]) -> None:
        """Call `listener` after each commit that left something to send, with the moment for it."""
        self._listeners.append(listener)

    def on_changed(self, listener: Callable[[set[str]], None]) -> None:
        """Call `listener` after each commit, before anybody goes on, with the names of changed tables."""
        self._change_listeners.append(listener)

    async def run(
        self,
        use_case: Callable[Concatenate[UnitOfWork, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case that changes something, in a transaction; durable when this returns."""
        return await self._run(None, lambda work: use_case(work, *args, **kwargs))

    async def run_once(
        self,
        mark: UpdateMark,
        use_case: Callable[Concatenate[UnitOfWork, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The same, at most once for an update, and what it erased of people is gone from the disk when this
        returns, or `mark` was told. Raises `Redelivered` where it had its effect before."""
        return await self._run(mark, lambda work: use_case(work, *args, **kwargs))

    async def read(
        self,
        query: Callable[Concatenate[UnitOfWork, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case that only reads, beside the writer.

        Nothing that it leaves for later is kept but reports of faults.
        """

        def look(session: Session) -> tuple[T, list[Callable[[], object]]]:
            work = self._work(session)
            return query(work, *args, **kwargs), work.later.reports

        with self._foreign_rows.told():
            result, reports = await self._database.read(look)
        for say in reports:
            say()
        return result

    async def _run(self, mark: UpdateMark | None, use_case: Callable[[UnitOfWork], T]) -> T:
        def transaction(session: Session) -> tuple[T, Later, Changes]:
            work = self._work(session)
            return use_case(work), work.later, changes_of(session)

        once = None if mark is None else mark.at(self._clock.now())
        with self._foreign_rows.told():
            writing = self._database.put(transaction, once)
            if mark is not None and mark.queued is not None:
                mark.queued()
            result, later, changes = await writing
        for told in self._change_listeners:
            told(changes.tables)
        if later.heads and self._head_file is not None:
            await asyncio.to_thread(self._head_file.keep, later.heads)
        for say in later.reports:
            say()
        if later.wanted_at is not None:
            for listener in self._listeners:
                listener(later.wanted_at)
        if mark is not None and mark.committed is not None:
            mark.committed()
        if changes.is_erasing and self._disk is not None:
            erasing = self._disk.erase(changes.overwritten)
            # Nobody waits for an answer to what the bot does by itself.
            if mark is not None and not await waited_for(erasing) and mark.is_left_on_disk:
                mark.is_left_on_disk()
        return result

    def _work(self, session: Session) -> UnitOfWork:
        return UnitOfWork(session, self._clock.now(), self._keys, self._defaults)
