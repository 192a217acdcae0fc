"""What somebody reads whose tap did something: that it is done, above the way on."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Button, Face
from bot.message.payload import Payload


async def tell(context: Context, key: str, back: Payload, *more: Button) -> None:
    """Say the text of `key` in place of the page that was tapped, above `more` and the way back."""
    buttons = (*more, Button(context.words.plain("frame.button.back"), back))
    await context.show(Face(context.words(key), tuple((button,) for button in buttons)))
