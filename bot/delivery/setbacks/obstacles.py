"""What keeps a post from its chat, for people to read."""

from __future__ import annotations

from enum import StrEnum

from bot.bot_api.phrases import Refusal, meaning_of
from bot.store import UnitOfWork
from storage.delivery import holds
from storage.delivery.outbox import OutboxRow


class Obstacle(StrEnum):
    """Why it waits although it is due; each has words in `delivery.obstacle`."""

    CHAT = "chat"
    TOPIC = "topic"
    KIND = "kind"
    PAYMENT = "payment"
    UNKNOWN = "unknown"


_MEANINGS = {
    Refusal.CHAT_CLOSED: Obstacle.CHAT,
    Refusal.NO_TEXT: Obstacle.CHAT,
    Refusal.NO_SUCH_TOPIC: Obstacle.TOPIC,
    Refusal.TOPIC_CLOSED: Obstacle.TOPIC,
    Refusal.NO_PICTURES: Obstacle.KIND,
    Refusal.MAY_NOT_SEND_THIS: Obstacle.KIND,
    Refusal.NO_RIGHT: Obstacle.KIND,
    Refusal.NOT_COPIED: Obstacle.KIND,
    Refusal.NOT_FREE: Obstacle.PAYMENT,
}


def meaning(refusal: str) -> Obstacle:
    """Return what Telegram's words say of what is in the way."""
    return _MEANINGS.get(meaning_of(refusal), Obstacle.UNKNOWN)


def of_row(work: UnitOfWork, row: OutboxRow) -> Obstacle | None:
    """Return what keeps back a row that is due; None where it is merely on its way."""
    if row.refusal is not None:
        return meaning(row.refusal)
    if holds.is_silenced(work.session, row.chat_id, work.now):
        return Obstacle.CHAT
    topic = holds.topic(row.thread_id)
    is_topic_held = holds.is_silenced(work.session, row.chat_id, work.now, topic)
    return Obstacle.TOPIC if is_topic_held else None
