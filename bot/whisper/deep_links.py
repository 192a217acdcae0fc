"""Deep links: from a tap in a group into the private chat, for one person, for a quarter of an hour."""

from __future__ import annotations

import secrets
from datetime import timedelta

from bot.domain.refusal import Refused
from bot.store import PersonalWork
from storage import deep_links
from storage.deep_links import DeepLinkRow

LIFETIME = timedelta(minutes=15)


def make_link(work: PersonalWork, page: str) -> str:
    """Write down a way into the private chat, for this person only. Gives its token."""
    person_tag = work.tag("deep-link")
    chat = work.chat_here()
    token = secrets.token_urlsafe(12)
    deep_links.add(
        work.session,
        DeepLinkRow(
            token=token,
            person_tag=person_tag,
            chat_id=chat.id,
            thread_id=work.place.thread_id,
            page=page,
            expires_at=work.now + LIFETIME,
        ),
    )
    return token


def find_link(work: PersonalWork, token: str) -> DeepLinkRow:
    """The link behind a token, if it is this person's own and still good. Raises `Refused`."""
    link = deep_links.find(work.session, token, work.now)
    if link is None or work.person.id is None:
        raise Refused("frame.refused.link_expired")
    if link.person_tag != work.tag("deep-link"):
        raise Refused("frame.refused.not_yours")
    return link
