"""Who acts, and where: the plain values that handlers give to use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.refusal import Refused
from bot.store import UnitOfWork
from storage import chats, deep_links
from storage.chats import ChatRow


@dataclass(frozen=True)
class Person:
    """Somebody at the door. `id` is None for an anonymous administrator: nobody in particular."""

    id: int | None
    language: str | None = None

    def __repr__(self) -> str:
        return "Person(...)"  # ids stay out of logs

    def require_id(self) -> int:
        """Their Telegram id. Raises `Refused` for nobody in particular."""
        if self.id is None:
            raise Refused("frame.refused.anonymous")
        return self.id


@dataclass(frozen=True)
class Place:
    """A group and topic, or (`telegram_id` None) the private chat with the bot."""

    telegram_id: int | None
    thread_id: int | None = None

    @property
    def is_group(self) -> bool:
        return self.telegram_id is not None


PRIVATE = Place(None)


def chat_here(work: UnitOfWork, place: Place) -> ChatRow:
    """The chat of a group place; made with the defaults where the bot missed being added."""
    if place.telegram_id is None:
        raise Refused("frame.refused.group_only")
    chat = chats.find(work.session, place.telegram_id)
    if chat is not None:
        return chat
    return chats.add(
        work.session,
        place.telegram_id,
        language=work.defaults.language,
        timezone=work.defaults.timezone,
    )


def find_chat_here(work: UnitOfWork, place: Place) -> ChatRow | None:
    """The same for those who only look: None where the bot doesn't know the chat yet."""
    if place.telegram_id is None:
        raise Refused("frame.refused.group_only")
    return chats.find(work.session, place.telegram_id)


def zone_of(work: UnitOfWork, chat_id: int) -> ZoneInfo:
    """The zone of a chat's clock."""
    return ZoneInfo(chats.get(work.session, chat_id).timezone)


def today_in(work: UnitOfWork, chat_id: int) -> date:
    """The day by the chat's clock."""
    return work.now.astimezone(zone_of(work, chat_id)).date()


def require_reach(work: UnitOfWork, person: Person, place: Place, chat_id: int) -> ChatRow:
    """The chat that a thing belongs to, where the person may touch it from here.

    In a group: only that group's things. In private: only of a group where this person tapped within
    the last quarter of an hour. Refuses anything else as unknown: a forged button learns nothing.
    """
    chat = chats.find_by_id(work.session, chat_id)
    if chat is None:
        raise Refused("frame.refused.unknown_thing")
    if place.is_group:
        if chat.telegram_id != place.telegram_id:
            raise Refused("frame.refused.unknown_thing")
    elif person.id is None or not deep_links.latest_into(
        work.session, work.keys.tag("deep-link", person.id), chat_id, work.now
    ):
        raise Refused("frame.refused.link_expired")
    return chat


def link_thread(work: UnitOfWork, person: Person, place: Place, chat_id: int) -> int | None:
    """The topic in which the person is acting: here, or where their link into private began."""
    if place.is_group or person.id is None:
        return place.thread_id
    link = deep_links.latest_into(
        work.session, work.keys.tag("deep-link", person.id), chat_id, work.now
    )
    return link.thread_id if link else None
