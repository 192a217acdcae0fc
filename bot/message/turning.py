"""The buttons that turn the pages of a long list."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.paging import Paging
from bot.message.face import Button
from bot.message.payload import Payload
from bot.message.words import Words


def turning(
    paging: Paging, to: Callable[[int], Payload], words: Words
) -> tuple[tuple[Button, ...], ...]:
    """Return the row of buttons to the pages before and after, or no row; `to` names a page by number."""
    turns = []
    if paging.page > 0:
        turns.append(Button(words.plain("frame.button.previous"), to(paging.page - 1)))
    if paging.page + 1 < paging.pages:
        turns.append(Button(words.plain("frame.button.next"), to(paging.page + 1)))
    return (tuple(turns),) if turns else ()
