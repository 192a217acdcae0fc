"""From a group into the private chat: a link, a message that carries one, an answer that is given there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from weakref import WeakValueDictionary

from telegram.constants import ChatAction, MessageLimit
from telegram.error import TelegramError

from bot.bot_api.refusals import is_refused
from bot.context import Context
from bot.delivery.line import Line
from bot.message.face import Button, Face
from bot.message.payload import Payload
from bot.message.words import paragraphs
from bot.whisper.deep_links import OpenLink, make_link, open_way, way_back
from bot.whisper.recently import Recently

logger = logging.getLogger(__name__)

_ASK_AGAIN = timedelta(minutes=1)


async def address_of(context: Context, page: Payload) -> str:
    """Return the address at which this person, and nobody else, is shown the page in private."""
    return f"https://t.me/{context.client.username}?start={await _link_to(context, page)}"


async def face_of_link(context: Context, page: Payload) -> Face:
    """Return what stands in the group in place of a page that isn't shown there."""
    token = await _link_to(context, page)
    button = Button(context.words.plain("frame.whisper.open"), OpenLink(token))
    face = Face(context.words("frame.whisper.for_you"), ((button,),))
    return face.with_remark(context.remark)


async def with_way_back(context: Context, face: Face) -> Face:
    """Return what is shown in private, with a way back to where this person came from in a group."""
    leads_elsewhere = any(isinstance(button.press, str) for row in face.buttons for button in row)
    address = None
    if face.below_field is None and not leads_elsewhere:
        address = await context.read(way_back)
    if address is None:
        return face
    back = Button(context.words.plain("frame.button.back_to_chat"), address)
    return replace(face, buttons=(*face.buttons, (back,)))


class Asides:
    """Answers in private what can't be answered in the group."""

    def __init__(self, line: Line) -> None:
        self._line = line
        # Whoever can't be written to in private: they aren't tried for each command.
        self._unreachable = Recently(line.clock, _ASK_AGAIN)
        self._in_turn = WeakValueDictionary[int, asyncio.Lock]()

    def note_reachable(self, person_id: int) -> None:
        """They have written in private."""
        self._unreachable.forget(person_id)

    async def answer(self, context: Context, draw: Callable[[], Awaitable[Face]]) -> bool:
        """Say it where this person has talked to the bot before. False where that can't be done."""
        person_id, client = context.person.id, self._line.client
        if person_id is None:
            return False
        # One at a time: what became of the first says whether there is a way for the second.
        async with self._in_turn.setdefault(person_id, asyncio.Lock()):
            if person_id in self._unreachable:
                return False
            # Asked first: nothing is drawn, begun or opened for somebody whom it doesn't reach.
            if not await self._arrives(
                person_id, client.send_chat_action(person_id, ChatAction.TYPING)
            ):
                return False
            face = await self._explained(context, await draw())
            return await self._arrives(person_id, client.send_face(person_id, face))

    async def _arrives(self, person_id: int, sending: Awaitable[object]) -> bool:
        """Whether what is sent to somebody in private gets there."""
        try:
            await sending
        except TelegramError as error:
            if not is_refused(error):
                raise
            self._unreachable.note(person_id)
            logger.info("there is no way to somebody but the group")
            return False
        return True

    async def _explained(self, context: Context, face: Face) -> Face:
        """With buttons that work in private, beneath a line that says why it is there, where both fit."""
        if face.buttons:
            await context.note(open_way, _message_seen(context))
        text = paragraphs(context.words("frame.whisper.aside"), face.text)
        longest = MessageLimit.CAPTION_LENGTH if face.attachment else MessageLimit.MAX_TEXT_LENGTH
        return replace(face, text=text) if text.units() <= longest else face


async def _link_to(context: Context, page: Payload) -> str:
    return await context.note(make_link, page.pack(), _message_seen(context))


def _message_seen(context: Context) -> int:
    """The message that was typed or tapped, where all see it; else 0."""
    if context.ephemeral_id is not None:
        return 0
    if context.tap is not None and (tapped := context.tap.message) is not None:
        # A reply goes once it has led into private; what it answers stays.
        return tapped.raw["reply_to_message"]["message_id"] if tapped.is_reply else tapped.id
    return context.message.message_id if context.message is not None else 0
