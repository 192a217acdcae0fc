"""Deep links: from a tap in a group into the private chat, for one person, for a quarter of an hour."""

from __future__ import annotations

import secrets
from datetime import timedelta

from bot.domain.refusal import Refused
from bot.feature import Feature
from bot.message.payload import Payload
from bot.person.place import Person, Place, chat_here
from bot.store import UnitOfWork
from storage import chats, deep_links
from storage.deep_links import DeepLinkRow

LIFETIME = timedelta(minutes=15)


def make_link(work: UnitOfWork, person: Person, place: Place, page: str) -> str:
    """Write down a way into the private chat, for this person only. Gives its token."""
    person_id = person.require_id()
    chat = chat_here(work, place)
    token = secrets.token_urlsafe(12)
    deep_links.add(
        work.session,
        DeepLinkRow(
            token=token,
            person_tag=work.keys.tag("deep-link", person_id),
            chat_id=chats.id_of(chat),
            thread_id=place.thread_id,
            page=page,
            expires_at=work.now + LIFETIME,
        ),
    )
    return token


def find_link(work: UnitOfWork, person: Person, token: str) -> DeepLinkRow:
    """The link behind a token, if it is this person's own and still good. Raises `Refused`."""
    link = deep_links.find(work.session, token, work.now)
    if link is None or person.id is None:
        raise Refused("frame.refused.link_expired")
    if link.person_tag != work.keys.tag("deep-link", person.id):
        raise Refused("frame.refused.not_yours")
    return link


def parse_page(features: tuple[Feature, ...], packed: str) -> Payload:
    """The page that a link leads to. Raises `Refused` where no feature knows it any more."""
    for feature in features:
        for kind in feature.pages:
            page = kind.parse(packed)
            if page is not None:
                return page
    raise Refused("frame.refused.link_expired")
