"""What a post or a card shows now: loaded from the database and drawn in the language of its chat."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from bot.feature import Post
from bot.message.face import Face
from bot.message.words import Texts
from bot.safety.logs import report_fault
from bot.store import UnitOfWork
from storage.chats import ChatSettings
from storage.delivery import cards, sending
from storage.delivery.outbox import DuePost

logger = logging.getLogger(__name__)

_HEADLINE_LENGTH = 80


@dataclass(frozen=True)
class Drawn:
    """A message as it is to look now in this chat."""

    post: Post
    chat: ChatSettings
    face: Face
    is_pinned: bool
    # The number of the card that it answers.
    answered: int | None = None


class Composer:
    """Draws the posts and cards of all features; `posts` are both, by kind."""

    def __init__(self, texts: Texts, posts: Mapping[str, Post]) -> None:
        self._texts = texts
        self.posts = posts

    def draw(self, work: UnitOfWork, kind: str, ref: int, chat: ChatSettings) -> Drawn | None:
        """Return how the thing looks now, None where it is gone or nobody knows its kind any more."""
        post = self.posts.get(kind)
        snapshot = post.load(work, ref) if post else None
        if post is None or snapshot is None:
            return None
        face = post.draw(snapshot, self._texts.in_language(chat.language))
        return Drawn(post, chat, face, post.is_pinned(snapshot))

    def draw_due(self, work: UnitOfWork, due: DuePost) -> Drawn | None:
        """The same for a post that is due; its chat may have become one with another meanwhile."""
        return self.draw_for(work, due, sending.destination(work.session, due).chat)

    def draw_for(self, work: UnitOfWork, due: DuePost, chat: ChatSettings) -> Drawn | None:
        """The same for a post that goes to this chat."""
        drawn = self.draw(work, due.kind, due.ref, chat)
        if drawn is None:
            return None
        if due.without_copies:
            face = drawn.face
            drawn = replace(drawn, face=replace(face, text=face.instead or face.text, copies=()))
        return replace(drawn, answered=_answered(work, due, drawn))

    def headline(self, work: UnitOfWork, due: DuePost) -> str | None:
        """Return its first line, as organisers know it; None where the thing is gone, "" where it says
        nothing in words."""
        try:
            drawn = self.draw_due(work, due)
        except Exception as error:
            work.later.report(partial(report_fault, logger, "a post couldn't be made", error))
            return ""
        if drawn is None:
            return None
        shown = (drawn.face.text or drawn.face.name).plain()
        line = next((line for line in shown.splitlines() if line.strip()), "")
        return line if len(line) <= _HEADLINE_LENGTH else f"{line[: _HEADLINE_LENGTH - 1]}…"


def _answered(work: UnitOfWork, due: DuePost, drawn: Drawn) -> int | None:
    """The number of the newest card that a post answers, where that stands in the same chat and topic."""
    if drawn.post.answers is None:
        return None
    card = cards.latest(work.session, drawn.post.answers, due.ref)
    stands_there = card and (card.chat_id, card.thread_id) == (drawn.chat.id, due.thread_id)
    return card.message_id if card and stands_there else None
