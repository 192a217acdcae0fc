"""A draft that everybody sees, because the bot is a plain member: a line beside it says how that changes."""

from __future__ import annotations

from datetime import timedelta

from telegram.constants import MessageLimit

from bot.context import Context
from bot.delivery.line import Line
from bot.message.addresses import promotion_link
from bot.message.face import Face
from bot.message.payload import Payload
from bot.message.words import Html, escape
from bot.whisper.ephemeral import Ephemeral
from bot.whisper.recently import Recently
from storage.chats import Presence

_TELL_AGAIN = timedelta(days=1)


class SeenByAll:
    """Tells it to organisers, who can change it, once a day in each chat."""

    def __init__(self, line: Line, ephemeral: Ephemeral) -> None:
        self._line = line
        self._ephemeral = ephemeral
        self._told = Recently(line.clock, _TELL_AGAIN)

    async def explained(self, context: Context, what: Face | Payload, face: Face) -> Face:
        """Return what a typed command is answered in public, with that line where it is a draft."""
        is_draft = isinstance(what, Payload) and "draft" in what.names()
        if not is_draft or not self._ephemeral.is_possible:
            return face
        group = context.place.telegram_id
        chat = await self._line.known_chats.at(context.place)
        is_plain = chat is not None and chat.presence is Presence.MEMBER
        if not is_plain or group not in context.rights.organiser_in:
            return face
        link = promotion_link(self._line.client.username)
        label = context.words("frame.seen_by_all.promote")
        promote = Html(f'<a href="{escape(link)}">{label}</a>')
        explained = face.with_remark(context.words("frame.seen_by_all", promote=promote))
        has_room = explained.text.units() <= MessageLimit.MAX_TEXT_LENGTH
        return explained if has_room and self._told.note(group) else face
