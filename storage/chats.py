"""Group chats: the one table that knows Telegram's chat ids. Titles and members are not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import bindparam, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.timekeeping.quiet_hours import USUAL, QuietHours
from storage.coded import Coded
from storage.statements import table_of
from storage.types import EnumValue, TelegramId

_HELD = "chats"


class Presence(StrEnum):
    """Where the bot stands in a chat."""

    MEMBER = "member"
    ADMINISTRATOR = "administrator"
    AWAY = "away"


class ChatRow(Coded, table=True):
    __tablename__ = "chat"

    id: int = Field(default=None, primary_key=True)
    telegram_id: int = Field(sa_type=TelegramId, unique=True)
    language: str
    timezone: str
    presence: Presence = Field(default=Presence.MEMBER, sa_type=EnumValue(Presence))
    # How often the bot was seen to be here: a refusal from before the latest time says nothing about now.
    sightings: int = 0
    # Telegram itself said that the bot was removed; else that it is away was taken from a refusal.
    is_removal_told: bool = False
    # Quiet hours on the chat's own clock; equal where there are none.
    quiet_begins: time = USUAL.begins
    quiet_ends: time = USUAL.ends
    # Counts of new actions move in fives and at full hours, as those of elections do.
    counts_carefully: bool = False

    def coded(self) -> tuple[bytes | int, ...]:
        """Which group it is: only its members may act on what is the chat's."""
        return self.id, self.telegram_id


@dataclass(frozen=True)
class ChatOfThing:
    """As much of the chat that a thing belongs to as tells whether somebody reaches it."""

    __tablename__: ClassVar[str] = "chat"

    id: int
    telegram_id: int
    presence: Presence
    mac: bytes | None

    def coded(self) -> tuple[bytes | int, ...]:
        """The same as of the row."""
        return self.id, self.telegram_id


@dataclass(frozen=True)
class ChatSettings:
    """What the rest of the house may know of a chat."""

    id: int
    telegram_id: int
    language: str
    timezone: str
    presence: Presence
    sightings: int
    is_removal_told: bool
    quiet: QuietHours
    counts_carefully: bool

    @property
    def is_here(self) -> bool:
        return self.presence is not Presence.AWAY


def settings_of(chat: ChatRow) -> ChatSettings:
    return ChatSettings(
        chat.id,
        chat.telegram_id,
        chat.language,
        chat.timezone,
        chat.presence,
        chat.sightings,
        chat.is_removal_told,
        QuietHours(chat.quiet_begins, chat.quiet_ends),
        chat.counts_carefully,
    )


_CHAT = table_of(ChatRow).c
SETTINGS_COLUMNS: tuple[Any, ...] = (
    _CHAT.id,
    _CHAT.telegram_id,
    _CHAT.language,
    _CHAT.timezone,
    _CHAT.presence,
    _CHAT.sightings,
    _CHAT.is_removal_told,
    _CHAT.quiet_begins,
    _CHAT.quiet_ends,
    _CHAT.counts_carefully,
)
"""What a query selects that gives settings together with something else."""


def settings_in(values: Sequence[Any]) -> ChatSettings:
    """The settings, from the values of `SETTINGS_COLUMNS`."""
    plain, quiet, last = values[:7], QuietHours(values[7], values[8]), values[9]
    return ChatSettings(*(*plain, quiet, last))


_BY_TELEGRAM_ID = select(ChatRow).where(ChatRow.telegram_id == bindparam("telegram_id"))


def find(session: Session, telegram_id: int) -> ChatRow | None:
    found = session.exec(_BY_TELEGRAM_ID, params={"telegram_id": telegram_id}).first()
    return found and hold(session, found)


def find_by_id(session: Session, chat_id: int) -> ChatRow | None:
    """The chat with our own id, where that id came from outside."""
    found = session.get(ChatRow, chat_id)
    return found and hold(session, found)


def get(session: Session, chat_id: int) -> ChatRow:
    return hold(session, session.get_one(ChatRow, chat_id))


def hold(session: Session, chat: ChatRow) -> ChatRow:
    """Return the chat, which the session has at hand from now on: its memory lets go of what nobody holds,
    and every use case asks for its chat again and again."""
    session.info.setdefault(_HELD, {})[chat.id] = chat
    return chat


def after_id(session: Session, after: int, limit: int) -> list[ChatRow]:
    """Chats by our ids, from the one after `after` on."""
    query = select(ChatRow).where(ChatRow.id > after)
    return list(session.exec(query.order_by(col(ChatRow.id)).limit(limit)))


def add(session: Session, telegram_id: int, *, language: str, timezone: str) -> ChatRow:
    chat = ChatRow(telegram_id=telegram_id, language=language, timezone=timezone)
    session.add(chat)
    session.flush()
    return chat


def see(session: Session, chat: ChatRow, presence: Presence) -> None:
    """The bot is there, as a member or as an administrator."""
    chat.presence, chat.is_removal_told = presence, False
    chat.sightings += 1
    session.add(chat)


def remove_bot(session: Session, chat: ChatRow) -> None:
    """The bot was removed, as Telegram tells."""
    chat.presence, chat.is_removal_told = Presence.AWAY, True
    session.add(chat)


def lose(session: Session, chat_id: int, *, sightings: int) -> bool:
    """The bot was removed, as far as is known after so many sightings; False where it was seen since."""
    chat = get(session, chat_id)
    if chat.sightings != sightings:
        return False
    chat.presence = Presence.AWAY
    session.add(chat)
    return True


def move(session: Session, old_telegram_id: int, new_telegram_id: int) -> int | None:
    """A group became a supergroup: the same chat under a new number. Gives its id, None if unknown.

    Where both numbers are known already, the chat that was known first keeps its settings.
    """
    old, new = find(session, old_telegram_id), find(session, new_telegram_id)
    if old is None:
        return new.id if new else None
    kept = old
    if new is not None:
        kept, other = (old, new) if old.id < new.id else (new, old)
        kept.presence, kept.is_removal_told = new.presence, new.is_removal_told
        kept.sightings = old.sightings + new.sightings + 1
        _merge(session, from_chat=other.id, into_chat=kept.id)
        session.delete(other)
        session.flush()
    elif old.presence == Presence.AWAY:
        see(session, old, Presence.MEMBER)  # it left the old shell only
    kept.telegram_id = new_telegram_id
    session.add(kept)
    session.flush()
    return kept.id


def _merge(session: Session, *, from_chat: int, into_chat: int) -> None:
    """Give everything of one chat to another. Finds the tables itself, so that none is forgotten."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "chat" for key in column.foreign_keys):
                session.execute(
                    update(table).where(column == from_chat).values({column.name: into_chat})
                )
