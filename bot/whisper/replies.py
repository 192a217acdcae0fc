"""Rung 5 of the ladder: ordinary replies in a group, which all see and which vanish."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from telegram import ReplyParameters
from telegram.error import TelegramError

from bot.bot_api.limiter import MOST_PATIENCE_SECONDS
from bot.bot_api.refusals import Wait, classify, is_refused
from bot.context import Context
from bot.delivery.line import Line
from bot.delivery.presence import send_to_group
from bot.intake.tap import TappedMessage
from bot.message.face import Face
from bot.person.place import Place
from bot.store import PersonalWork, UnitOfWork

logger = logging.getLogger(__name__)

Note = Callable[[PersonalWork, int], object]


def note_nothing(_work: PersonalWork, _message_id: int) -> None:
    """Its end is all."""


class Replies:
    """Says something in the group of a context, for so long; its buttons obey whom it answers."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def answer(
        self, context: Context, face: Face, *, lasts: timedelta, note: Note = note_nothing
    ) -> None:
        """Reply to what was typed; beneath what was tapped there is nothing of theirs to reply to.

        `note` writes down what else follows from it, in the transaction that plans its end.

        Where Telegram wants a short silence it is tried again after it. Others answered in the same silence
        wait for its end too, and who is first begins another one.
        """
        command = context.message if context.tap is None and context.ephemeral_id is None else None
        reply_to = command.message_id if command is not None else None
        patient_until = self._line.clock.monotonic() + MOST_PATIENCE_SECONDS
        while True:
            try:
                return await self.say(context, face, reply_to=reply_to, lasts=lasts, note=note)
            except TelegramError as error:
                wait = classify(error)
                if not isinstance(wait, Wait):
                    raise
                # Our own limiter waits: it heard the same.
                if self._line.clock.monotonic() + wait.seconds >= patient_until:
                    raise

    async def say(
        self,
        context: Context,
        face: Face,
        *,
        reply_to: int | None,
        lasts: timedelta,
        note: Note = note_nothing,
    ) -> None:
        """Say it in reply to a message, or to none."""
        if not context.place.is_group:
            return
        reply = None
        if reply_to is not None:
            reply = ReplyParameters(reply_to, allow_sending_without_reply=True)
        message = await send_to_group(
            context,
            self._line.client.send_face,
            face,
            thread_id=context.place.thread_id,
            reply=reply,
            share=context.person.id,
        )
        await context.note(_note_reply, message.message_id, lasts, note)

    async def remove_later(
        self, context: Context, tapped: TappedMessage, *, after: timedelta
    ) -> None:
        """One that was tapped has done its work."""
        place = Place(tapped.chat_id, context.place.thread_id)
        await self._line.store.run(_plan_removal, place, tapped.id, after)

    async def remove(self, tapped: TappedMessage) -> None:
        """The same, at once."""
        try:
            await self._line.client.delete_message(tapped.chat_id, tapped.id)
        except TelegramError as error:
            if not is_refused(error):
                raise
            logger.info("a reply was gone before it was removed")


def _note_reply(work: PersonalWork, message_id: int, lasts: timedelta, note: Note) -> None:
    _plan_removal(work, work.place, message_id, lasts)
    note(work, message_id)


def _plan_removal(work: UnitOfWork, place: Place, message_id: int, after: timedelta) -> None:
    chat = work.chat_at(place)
    work.later.delete_message(chat.id, message_id, after=after)
