"""How tests come to a chat's settings: its language, clock, quiet hours and counting."""

from __future__ import annotations

from datetime import timedelta

from playground.chats import Message
from playground.taps import CallbackAnswer
from tests.yard import Yard, page_after


async def settings(yard: Yard) -> Message:
    """The page on which Vera sets the chat up, which she alone sees."""
    page = await page_after(yard, yard.vera, "/quiet")
    await yard.tap(yard.vera, page, "‹ Back")
    return page


async def speak(yard: Yard, language: str) -> CallbackAnswer:
    """Vera chooses the language of the chat, by its own name; its cost to the minute is over."""
    answer = await yard.tap(yard.vera, await settings(yard), language)
    yard.clock.turn(timedelta(seconds=61))
    return answer
