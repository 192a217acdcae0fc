"""Deep links: from a tap in a group into the private chat, for one person, for a quarter of an hour."""

from __future__ import annotations

import secrets
from typing import Annotated

from bot.domain.refusal import Refused
from bot.message.payload import AtMost, Payload
from bot.person.short_lived import Kind, NotTheirs
from bot.person.ways import WAY, way
from bot.store import PersonalWork

_LINK = Kind("deep-link", WAY.lasts)


class OpenLink(Payload, code="open"):
    """The button of an ordinary reply that leads its author to something private."""

    token: Annotated[str, AtMost(40)]


def make_link(work: PersonalWork, page: str) -> str:
    """Write down a link to a page, for this person only, and that they may act on this group's things from
    there. Returns the link's token, which isn't kept."""
    work.person.require_id()
    chat_id = work.chat_here().id
    rows, token = work.short_lived, secrets.token_urlsafe(12)
    link = rows.named(_LINK, token, {"chat": chat_id, "page": page})
    rows.keep(link, *way(rows, chat_id, work.place.thread_id))
    return token


def open_way(work: PersonalWork) -> None:
    """Write down that this person may act on this group's things from the private chat: no link is needed
    where the page itself goes there."""
    work.person.require_id()
    rows = work.short_lived
    rows.keep(*way(rows, work.chat_here().id, work.place.thread_id))


def find_link(work: PersonalWork, token: str) -> str:
    """Return the page behind a token, if the link is this person's own and still good. Raises `Refused`."""
    try:
        link = work.short_lived.find(_LINK, token)
    except NotTheirs:
        raise Refused("frame.refused.not_yours") from None
    if link is None or work.person.id is None:
        raise Refused("frame.refused.link_expired")
    work.reach(int(link.data["chat"]))
    return str(link.data["page"])
