"""python-telegram-bot's Bot, with what Bot API 10.2 added and with raw updates."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

from telegram import Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.bot_api.drawing import drawn_aside
from bot.bot_api.limiter import FOR_ALL
from bot.bot_api.phrases import NO_COPIES, Refusal
from bot.bot_api.refusals import ForeignPage, classify
from bot.bot_api.request import AnswerListener, BotApiRequest
from bot.bot_api.sent_files import SentFiles
from bot.message.face import Attachment, Face

RawUpdate = dict[str, Any]
MOST_AT_ONCE = 100
"""Updates that Telegram gives at one request."""
_TIME_TAG = re.compile(r"</?tg-time\b[^>]*>")

T = TypeVar("T")
logger = logging.getLogger(__name__)


class SentMessage(NamedTuple):
    """As much of a message as its sender asks about."""

    chat_id: int
    message_id: int
    # None where all can see it.
    ephemeral_id: int | None = None


class Client(ExtBot[int]):
    """The connection to Telegram."""

    _knows_times = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sent_files = SentFiles()

    def on_answer(self, listener: AnswerListener) -> None:
        """Call `listener` after each request to Telegram."""
        for request in self._request:
            if isinstance(request, BotApiRequest):
                request.on_answer(listener)

    async def fetch_updates(
        self, offset: int | None, *, timeout: int, allowed: Sequence[str]
    ) -> list[RawUpdate]:
        """One getUpdates call, unparsed: an update of a shape unknown here must not spoil its batch.

        Raises `ForeignPage` where no list came."""
        updates: Any = await self._post(
            "getUpdates",
            {
                "offset": offset,
                "timeout": timeout,
                "allowed_updates": list(allowed),
                "limit": MOST_AT_ONCE,
            },
            read_timeout=timeout + 10,
        )
        if not isinstance(updates, list):
            raise ForeignPage(HTTPStatus.OK)
        return [update for update in updates if isinstance(update, dict)]

    async def send_face(
        self,
        chat_id: int,
        face: Face,
        *,
        thread_id: int | None = None,
        reply: ReplyParameters | None = None,
        extra: dict[str, Any] | None = None,
        share: int | None = None,
    ) -> SentMessage:
        """Send a message as it is to look, with its file where it carries one; a group that lets no
        pictures in gets the words.

        `extra` holds parameters that the library doesn't know yet; `share` is `FOR_ALL` where the whole chat
        is meant to read it, else the id of the person whom it answers.
        """
        face = await drawn_aside(face)
        common: dict[str, Any] = {
            "parse_mode": ParseMode.HTML,
            "message_thread_id": thread_id,
            "reply_parameters": reply,
            "disable_notification": face.is_silent or None,
        }
        paced = self._merge_api_rl_kwargs(extra, share)

        async def send(text: str) -> SentMessage:
            if face.attachment is not None:
                named = {**common, "reply_markup": face.markup(), "api_kwargs": paced}
                try:
                    return _sent(await self._send_file(chat_id, text, face.attachment, named))
                except TelegramError as error:
                    if classify(error) is not Refusal.NO_PICTURES or not face.attachment.is_picture:
                        raise
                    # The words beneath say the same.
            return await self._send_text({"chat_id": chat_id, "text": text, **common}, face, paced)

        return await self._in_words_it_knows(face.text, send)

    async def _send_text(
        self, data: dict[str, Any], face: Face, paced: dict[str, Any] | None
    ) -> SentMessage:
        """The library needn't make a message of the answer: its numbers are all that is asked about."""
        looks = {"reply_markup": face.keyboard(), "link_preview_options": _preview_of(face)}
        sent = await self._post("sendMessage", {**data, **looks}, api_kwargs=paced)
        try:
            ephemeral_id = sent.get("ephemeral_message_id")
            return SentMessage(sent["chat"]["id"], sent["message_id"], ephemeral_id)
        except (AttributeError, KeyError, TypeError):
            raise ForeignPage(HTTPStatus.OK) from None

    async def _send_file(
        self, chat_id: int, text: str, file: Attachment, common: dict[str, Any]
    ) -> Message:
        """What Telegram has already is named, not sent anew."""
        send = self.send_photo if file.is_picture else self.send_document
        known = self._sent_files.find(file)
        if known is not None:
            try:
                return await send(chat_id, known, text, **common)
            except TelegramError as error:
                if classify(error) is not Refusal.OTHER:
                    raise
                self._sent_files.forget(file)
        message = await send(chat_id, file.drawn(), text, filename=file.filename, **common)
        self._sent_files.note(file, message)
        return message

    async def _in_words_it_knows(self, text: str, send: Callable[[str], Awaitable[T]]) -> T:
        """Send a text; to a server from before `<tg-time>` with its moments in words alone."""
        if self._knows_times:
            try:
                return await send(text)
            except TelegramError as error:
                if classify(error) is not Refusal.NO_TIME_TAG:
                    raise
            logger.warning(
                "this Bot API server is older than the tag for times: they are said in words alone"
            )
            self._knows_times = False
        return await send(_TIME_TAG.sub("", text))

    async def edit_face(
        self, chat_id: int, message_id: int, face: Face, *, share: int | None = None
    ) -> None:
        """Let a message look so from now on; nothing happens to one that does already.

        A text doesn't turn into a file.
        """

        await self._edit(
            "editMessageText",
            {"chat_id": chat_id, "message_id": message_id},
            face,
            self._merge_api_rl_kwargs(None, share),
        )

    async def _edit(
        self,
        method: str,
        which: dict[str, Any],
        face: Face,
        paced: dict[str, Any] | None = None,
    ) -> None:
        """Nobody reads the message that comes back, so the library needn't make one."""
        data = {
            **which,
            "parse_mode": ParseMode.HTML,
            "reply_markup": face.keyboard(),
            "link_preview_options": _preview_of(face),
        }

        async def edit(text: str) -> None:
            await self._post(method, {**data, "text": text}, api_kwargs=paced)

        with _unchanged_is_fine():
            await self._in_words_it_knows(face.text, edit)

    async def copy_into(
        self,
        chat_id: int,
        message_ids: tuple[int, ...],
        *,
        thread_id: int | None = None,
        is_silent: bool = False,
    ) -> tuple[int, ...]:
        """Send messages of a chat anew in the same chat, without a word of whose they were.

        Several keep together as an album. Returns the numbers of the copies. Raises where there are none.
        """
        if len(message_ids) == 1:
            copy = await self.copy_message(
                chat_id,
                chat_id,
                message_ids[0],
                message_thread_id=thread_id,
                disable_notification=is_silent or None,
                rate_limit_args=FOR_ALL,
            )
            return (copy.message_id,)
        copies = await self.copy_messages(
            chat_id,
            chat_id,
            sorted(message_ids),
            message_thread_id=thread_id,
            disable_notification=is_silent or None,
            rate_limit_args=FOR_ALL,
        )
        if not copies:
            raise BadRequest(NO_COPIES)
        return tuple(copy.message_id for copy in copies)

    async def send_ephemeral(
        self,
        chat_id: int,
        receiver_id: int,
        face: Face,
        *,
        thread_id: int | None,
        callback_query_id: str | None,
        command_id: int | None,
    ) -> SentMessage:
        """A group message for one person, said both in 10.3's way and in 10.2's.

        `command_id` is the ephemeral id of the command that it answers. An older server ignores what
        it doesn't know and posts in public, and then the message has no ephemeral id.
        """
        parameters: dict[str, Any] = {"receiver_user_id": receiver_id}
        if callback_query_id is not None:
            parameters["callback_query_id"] = callback_query_id
        extra: dict[str, Any] = {"ephemeral_message_parameters": parameters, **parameters}
        if command_id is not None:
            extra["reply_parameters"] = {"ephemeral_message_id": command_id}
        return await self.send_face(chat_id, face, thread_id=thread_id, extra=extra)

    async def edit_ephemeral(
        self, chat_id: int, receiver_id: int, ephemeral_id: int, face: Face
    ) -> None:
        """The same as `edit_face` for a message that one person sees."""
        which = {
            "chat_id": chat_id,
            "receiver_user_id": receiver_id,
            "ephemeral_message_id": ephemeral_id,
        }
        await self._edit("editEphemeralMessageText", which, face)

    async def delete_ephemeral(self, chat_id: int, receiver_id: int, ephemeral_id: int) -> None:
        await self._post(
            "deleteEphemeralMessage",
            {
                "chat_id": chat_id,
                "receiver_user_id": receiver_id,
                "ephemeral_message_id": ephemeral_id,
            },
        )

    async def set_menu(
        self, commands: Sequence[dict[str, Any]], scope: dict[str, Any], language: str
    ) -> None:
        """setMyCommands with `is_ephemeral`, which the library doesn't know yet."""
        await self._post(
            "setMyCommands",
            {"commands": list(commands), "scope": scope, "language_code": language},
        )

    async def menu(self, scope: dict[str, Any], language: str) -> list[dict[str, Any]]:
        """getMyCommands: the menu as `set_menu` told it; empty where it told none."""
        told: Any = await self._post("getMyCommands", {"scope": scope, "language_code": language})
        if not isinstance(told, list):
            raise ForeignPage(HTTPStatus.OK)
        return [entry for entry in told if isinstance(entry, dict)]


def _preview_of(face: Face) -> dict[str, Any]:
    preview = face.link_preview
    said = {
        "url": preview.url,
        "prefer_small_media": preview.is_small,
        "prefer_large_media": preview.is_large,
        "show_above_text": preview.is_above,
    }
    return {"is_disabled": preview.is_off, **{key: value for key, value in said.items() if value}}


@contextmanager
def _unchanged_is_fine() -> Iterator[None]:
    """An edit that would change nothing has nothing left to do."""
    try:
        yield
    except TelegramError as error:
        if classify(error) is not Refusal.NOT_MODIFIED:
            raise


def _sent(message: Message) -> SentMessage:
    return SentMessage(message.chat.id, message.message_id, ephemeral_id_of(message))


def ephemeral_id_of(message: Message | None) -> int | None:
    """The ephemeral id of a message; None for an ordinary one."""
    value = message.api_kwargs.get("ephemeral_message_id") if message else None
    return value if isinstance(value, int) else None
