"""What somebody wants done in private before it is known in which group: kept for them, sealed, until they
pick one, and gone with the ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Message

from bot.domain.refusal import Refused
from bot.person.place import Place
from bot.person.short_lived import Kind
from bot.person.ways import WAY, only_way, way
from bot.safety.codes import genuine_chat
from bot.store import PersonalWork
from storage import chats
from storage.chats import ChatRow, Presence

_ERRAND = Kind("errand", WAY.lasts)
_WORDS = ("text", "entities", "caption", "caption_entities", "link_preview_options")


@dataclass(frozen=True)
class Errand:
    """The words of a message that begins with a command, in Telegram's fields, or what a tapped button
    carries."""

    typed: dict[str, Any] | None = None
    tapped: str | None = None


def typed_errand(message: Message) -> Errand:
    """What a message asks, to be done later."""
    whole = message.to_dict()
    return Errand(typed={name: whole[name] for name in _WORDS if name in whole})


def keep_errand(work: PersonalWork, errand: Errand) -> None:
    """Keep what waits for a group, in place of what waited before."""
    data = {"typed": errand.typed, "tapped": errand.tapped}
    work.short_lived.keep(work.short_lived.own(_ERRAND, "", data))


def find_errand(work: PersonalWork) -> Errand:
    """Return what waits for a group."""
    waiting = work.short_lived.newest(_ERRAND, "")
    return Errand(**waiting.data) if waiting else Errand()


def end_errand(work: PersonalWork) -> None:
    """It is done, and forgotten."""
    work.short_lived.forget(_ERRAND, "")


def group_meant(work: PersonalWork) -> Place | None:
    """Return the group that a person means in private: the only one from which a way of theirs is open."""
    found = only_way(work.short_lived)
    chat = chats.find_by_id(work.session, found[0]) if found is not None else None
    if found is None or chat is None or chat.presence is Presence.AWAY:
        return None
    return Place(genuine_chat(work.keys, chat).telegram_id, found[1].data["thread"])


def may_know_members(work: PersonalWork, telegram_id: int) -> bool:
    """Whether Telegram tells the bot reliably who is in a group. Raises `Refused` where it isn't there."""
    return _known(work, telegram_id).presence is Presence.ADMINISTRATOR


def open_picked(work: PersonalWork, telegram_id: int) -> None:
    """A person picked a group: their way from there opens."""
    chat = _known(work, telegram_id)
    work.short_lived.keep(*way(work.short_lived, chat.id, None, is_picked=True))


def _known(work: PersonalWork, telegram_id: int) -> ChatRow:
    chat = chats.find(work.session, telegram_id)
    if chat is None or chat.presence is Presence.AWAY:
        raise Refused("frame.refused.unknown_group")
    return genuine_chat(work.keys, chat)
