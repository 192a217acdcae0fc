"""What pages of several parts show alike beneath their text."""

from __future__ import annotations

from bot.message.face import Button
from bot.message.words import Words


def to_card(link: str | None, words: Words) -> tuple[tuple[Button, ...], ...]:
    """The way back to the card, from a page that stands elsewhere."""
    return ((Button(words.plain("progress.button.card"), link),),) if link else ()
