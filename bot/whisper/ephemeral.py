"""Group messages that one person sees, where Telegram can do that.

An older Bot API server ignores what makes a message ephemeral and posts it for all. So the server is
asked at start, the first whisper of a process is a harmless one, and a whisper that comes back as an
ordinary message is taken away and is the last. Source: Bot API 10.2, 10.3.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta

from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.refusals import Failure, Wait, classify, is_refused
from bot.context import Context
from bot.delivery.line import Line
from bot.delivery.presence import goes_along, send_to_group
from bot.message.face import Face
from bot.person.place import Place
from bot.store import UnitOfWork

logger = logging.getLogger(__name__)


async def knows_whispers(client: Client) -> bool:
    """Whether this Bot API server knows ephemeral messages. Raises what isn't the server's word."""
    try:
        await client.delete_ephemeral(0, 0, 0)
    except TelegramError as error:
        # A server that knows the method says that there is no such message.
        if not is_refused(error) and classify(error) is not Failure.UNKNOWN_ADDRESS:
            raise
        return is_refused(error)
    return True


class Ephemeral:
    """Whispers, and remembers for this process whether that can be done."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.is_possible = False
        self._is_proven = False

    async def probe(self) -> None:
        """Ask whether this Bot API server knows ephemeral messages. Raises what isn't the server's word."""
        # One odd 404 must not silence whispers for as long as the process lives.
        client = self._line.client
        self.is_possible = await knows_whispers(client) or await knows_whispers(client)
        logger.info("whispering is %s", "possible" if self.is_possible else "not possible here")

    async def whisper(self, context: Context, face: Face) -> int | None:
        """Show it to the person of this context. Returns its ephemeral id, None where that can't be done."""
        try:
            if self._is_proven:
                return await self._post(context, face)
            # What it is about stays unsaid until this one came back unseen by others.
            harmless = Face(context.words("frame.whisper.moment"))
            ephemeral_id = await self._post(context, harmless)
            if ephemeral_id is None:
                return None
            if face.attachment is not None:
                return await self._post_instead(context, ephemeral_id, face)
            return ephemeral_id if await self._edit(context, ephemeral_id, face) else None
        except TelegramError as error:
            _require_no(error)
            return None

    async def replace(self, context: Context, face: Face) -> bool:
        """Put something else into the whisper that was tapped. False where it is there no more."""
        if context.ephemeral_id is None:
            return False
        try:
            if face.attachment is not None:
                return await self._post(context, face) is not None
            return await self._edit(context, context.ephemeral_id, face)
        except TelegramError as error:
            if not await goes_along(context, error):
                _require_no(error)
            return False

    async def _post(self, context: Context, face: Face) -> int | None:
        """The ephemeral id of what was posted; None where all could see it."""
        person_id = context.person.id
        if person_id is None or not context.place.is_group:
            return None
        message = await send_to_group(
            context,
            self._line.client.send_ephemeral,
            person_id,
            face,
            thread_id=context.place.thread_id,
            callback_query_id=context.tap.id if context.tap else None,
            command_id=None if context.tap else context.ephemeral_id,
        )
        ephemeral_id = message.ephemeral_id
        if ephemeral_id is None:
            self.is_possible = False
            logger.error("this Bot API server posts whispers in public: whispering stops")
            # By a row, so that it goes away even where this attempt would fail.
            await self._line.store.run(_remove_soon, context.place, message.message_id)
        self._is_proven = ephemeral_id is not None
        return ephemeral_id

    async def _post_instead(self, context: Context, ephemeral_id: int, face: Face) -> int | None:
        """A text doesn't turn into a file: the file comes beneath, and then the text goes."""
        shown = await self._post(context, face)
        person_id, chat_id = context.person.id, context.place.telegram_id
        if shown is not None and person_id is not None and chat_id is not None:
            with suppress(TelegramError):
                await self._line.client.delete_ephemeral(chat_id, person_id, ephemeral_id)
        return shown

    async def _edit(self, context: Context, ephemeral_id: int, face: Face) -> bool:
        person_id, chat_id = context.person.id, context.place.telegram_id
        if person_id is None or chat_id is None:
            return False
        await self._line.client.edit_ephemeral(chat_id, person_id, ephemeral_id, face)
        return True


def _require_no(error: TelegramError) -> None:
    """Go on only if Telegram says no, or not now; whatever else went wrong is raised again."""
    if not is_refused(error) and not isinstance(classify(error), Wait):
        raise error


def _remove_soon(work: UnitOfWork, place: Place, message_id: int) -> None:
    chat_id = work.chat_at(place).id
    work.later.delete_message(chat_id, message_id, after=timedelta(0))
