"""Who acts, and where: the plain values that handlers give to use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot import notices
from bot.domain.refusal import Refused
from bot.store import UnitOfWork
from storage import cards, chats, deep_links, deletions, digests
from storage.chats import Chat, Presence


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


def chat_here(work: UnitOfWork, place: Place) -> Chat:
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


def note_presence(work: UnitOfWork, place: Place) -> None:
    """Somebody writes to the bot in a group, so it is there, also where it missed being added."""
    chat = chat_here(work, place)
    if chat.presence == Presence.AWAY.value:
        chats.see(work.session, chat, Presence.MEMBER)
        work.later.wake()


def note_absence(work: UnitOfWork, chat_id: int, sightings: int) -> bool:
    """Telegram lets the bot say nothing there, it answered to what was sent after so many sightings.

    False where the bot is back already, so that what waits there may be tried at once.
    """
    is_gone = chats.lose(work.session, chat_id, sightings=sightings)
    if not is_gone:
        work.later.wake()
    return is_gone


def find_chat_here(work: UnitOfWork, place: Place) -> Chat | None:
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


def require_reach(work: UnitOfWork, person: Person, place: Place, chat_id: int) -> Chat:
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


def move_chat(work: UnitOfWork, old_telegram_id: int, new_telegram_id: int) -> int | None:
    """A group became a supergroup: the same chat under a new number, its cards posted anew.

    Gives our id of the chat, None where neither number was known. Safe to repeat, in either order.
    """
    old = chats.find(work.session, old_telegram_id)
    if old is not None:
        _let_go_of_messages(work, chats.id_of(old))
    return chats.move(work.session, old_telegram_id, new_telegram_id)


def _let_go_of_messages(work: UnitOfWork, chat_id: int) -> None:
    """The old messages can't be reached any more, and under the new chat their numbers mean others."""
    deletions.forget_chat(work.session, chat_id)
    digests.forget_messages(work.session, chat_id)
    newest = {
        (card.kind, card.ref): card for card in reversed(cards.take_all(work.session, chat_id))
    }
    for (kind, ref), card in newest.items():
        work.later.post(kind, ref, chat_id=chat_id, key=f"{kind}:{ref}:after:{card.id}")
    notices.ask_anew(work, chat_id)
    work.later.wake()
