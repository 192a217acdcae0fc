"""Deep links: from a tap in a group into the private chat, for one person, for a quarter of an hour."""

from __future__ import annotations

import secrets
from typing import Annotated

from bot.domain.refusal import Refused
from bot.message.addresses import message_link
from bot.message.payload import AtMost, Payload
from bot.person.place import Place
from bot.person.short_lived import Kind, NotTheirs
from bot.person.ways import WAY, only_way, way
from bot.safety.codes import genuine_chat
from bot.store import PersonalWork
from storage import chats
from storage.delivery import cards

_LINK = Kind("deep-link", WAY.lasts)


class OpenLink(Payload, code="open"):
    """The button of an ordinary reply that leads its author to something private."""

    token: Annotated[str, AtMost(40)]


def make_link(work: PersonalWork, page: str, message_id: int) -> str:
    """Write down a link to a page, for this person only, and that they may act on this group's things from
    there and find back to this message. Returns the link's token, which isn't kept."""
    work.person.require_id()
    chat_id = work.chat_here().id
    rows, token = work.short_lived, secrets.token_urlsafe(12)
    link = rows.named(_LINK, token, {"chat": chat_id, "page": page})
    rows.keep(link, *way(rows, chat_id, work.place.thread_id, message_id=message_id))
    return token


def open_way(work: PersonalWork, message_id: int) -> None:
    """Write down that this person may act on this group's things from the private chat: no link is needed
    where the page itself goes there."""
    work.person.require_id()
    rows = work.short_lived
    rows.keep(*way(rows, work.chat_here().id, work.place.thread_id, message_id=message_id))


def way_back(work: PersonalWork) -> str | None:
    """Return the address of the message in a group from which this person came; where that is seen by them
    alone, of the newest card there. None where they came from several groups, or it has none."""
    found = only_way(work.short_lived)
    chat = chats.find_by_id(work.session, found[0]) if found is not None else None
    if found is None or chat is None:
        return None
    way = found[1].data
    telegram_id = genuine_chat(work.keys, chat).telegram_id
    if way["message"]:
        return message_link(telegram_id, way["message"], way["thread"])
    card = cards.newest_in(work.session, chat.id)
    return None if card is None else message_link(telegram_id, card.message_id, card.thread_id)


def find_link(work: PersonalWork, token: str) -> tuple[str, Place]:
    """Return the page behind a token and the group that it is about, if the link is this person's own and
    still good. Raises `Refused`."""
    try:
        link = work.short_lived.find(_LINK, token)
    except NotTheirs:
        raise Refused("frame.refused.not_yours") from None
    if link is None or work.person.id is None:
        raise Refused("frame.refused.link_expired")
    chat = work.reach(int(link.data["chat"]))
    return str(link.data["page"]), Place(chat.telegram_id, work.thread_in(chat.id))
