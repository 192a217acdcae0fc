"""Tell one person something inside a group: the ladder.

1. In the private chat: a plain message.
2. An ephemeral message, which only that person sees.
3. In answer to a tap, a short text without buttons: the alert.
4. In answer to a tap: a link into the private chat, for this person, for a quarter of an hour.
5. A typed command where nothing else is possible: an ordinary reply that vanishes. Nothing private goes
   this way; it gets a button that leads to 4.

Where a typed command can't be answered in its group (slow mode, no right to write, a closed topic), the
answer goes into the private chat; where that is closed too, a reaction says that it was read.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from telegram import Message, ReplyParameters
from telegram.constants import MessageLimit
from telegram.error import TelegramError

from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Wait, classify, is_refused
from bot.context import Context
from bot.delivery.line import Line
from bot.delivery.presence import send_to_group
from bot.domain.refusal import Refused
from bot.intake.polling.order import let_go
from bot.message.face import Button, Face
from bot.message.payload import Payload
from bot.message.words import Html, paragraphs
from bot.person.place import Place
from bot.store import UnitOfWork, personally
from bot.whisper.deep_links import OpenLink, make_link, open_way
from bot.whisper.ephemeral import Ephemeral
from bot.whisper.recently import Recently
from bot.whisper.signs import ALERT_LENGTH, answer_tap, react
from storage import chats
from storage.chats import Presence

logger = logging.getLogger(__name__)

REPLY_LIFETIME = timedelta(minutes=10)
REFUSAL_LIFETIME = timedelta(seconds=30)
_SECOND_TAP = timedelta(minutes=2)
_LONGEST_DELAY_SECONDS = 2.0
# Telegram lets any bot answer what one person alone typed for 15 seconds; the way there takes some.
_UNSEEN_COMMAND_SECONDS = 13.0
_ASK_AGAIN = timedelta(minutes=1)


class Whisperer:
    """Shows things to one person."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._ephemeral = Ephemeral(line)
        self._whispered = Recently(line.clock, _SECOND_TAP)
        self._refused = Recently(line.clock, REFUSAL_LIFETIME)
        # Whoever can't be written to in private: they aren't tried for each command.
        self._unreachable = Recently(line.clock, _ASK_AGAIN)

    async def probe(self) -> None:
        """Ask once at start whether this Bot API server knows ephemeral messages."""
        await self._ephemeral.probe()

    def require_author(self, context: Context) -> None:
        """Go on only if a tapped ordinary reply answers this person's own command. Raises `Refused`."""
        command = _answered_command(context)
        if command is None or command.from_user is None or command.sender_chat is not None:
            return
        if command.from_user.id != context.person.id:
            raise Refused("frame.refused.not_yours")

    def is_page(self, context: Context) -> bool:
        """Whether the tapped message is for one person: seen by nobody else, or answering their command."""
        return context.ephemeral_id is not None or _answered_command(context) is not None

    async def show(self, context: Context, what: Face | Payload) -> None:
        """Show a page or a text to the person of this context, by the highest rung that holds.

        What was to be done is done by then: drawing and sending keep no other update waiting. But a page that
        asks for words writes down that it does: what is typed next must find that.
        """
        asks = isinstance(what, Payload) and what.typing and not context.place.is_group
        if not asks:
            let_go()
        if not context.place.is_group:
            await self._show_in_private(context, what)
        elif context.query is None:
            await self._answer_command(context, what)
        elif isinstance(what, Payload) and what.typing:
            await self._lead_into_private(context, what)
        elif not self._is_in_time(context) or not await self._replace_page(context, what):
            await self._answer_tap(context, what)
        await self.toast(context, None)

    async def close(self, context: Context, key: str) -> None:
        """Put a last word in place of the page that was tapped; an ordinary reply is removed instead.

        A card stays, even where a forged tap on it asks for this.
        """
        if context.place.is_group and context.ephemeral_id is None and _answered_command(context):
            await self.toast(context, context.words.plain(key))
            await self._remove(context)
            return
        await self.show(context, Face(context.words(key)))

    async def reword(self, context: Context, text: Html) -> None:
        """Say something newer on the page that was closed; nothing where it went."""
        if context.ephemeral_id is not None:
            await self._ephemeral.replace(context, Face(text))
        elif not context.place.is_group:
            await self._replace_tapped(context, Face(text))

    async def retire(self, context: Context) -> None:
        """The reply that was tapped has done its work: it goes, once no second tap is to be expected."""
        if context.message is not None and _answered_command(context) is not None:
            await self._line.store.run(_plan_removal, context.place, context.message, _SECOND_TAP)

    async def toast(self, context: Context, text: str | None, *, alert: bool = False) -> None:
        """Answer the tap, once; a tap that is too old to be answered is let go."""
        if text and context.remark is not None:
            text = f"{text} {context.remark.plain()}"
        await self._answer(context, text, alert=alert)

    async def _answer(self, context: Context, text: str | None, *, alert: bool = False) -> None:
        if context.query is None or context.is_answered:
            return
        context.is_answered = True
        await answer_tap(context.query, text, alert=alert)

    async def refuse(self, context: Context, refused: Refused) -> None:
        """Say no: an alert to a tap, otherwise a text that vanishes; the same to the same isn't said twice
        meanwhile."""
        let_go()
        text = context.words(refused.key, **refused.params)
        context.remark = None  # it was about what isn't done now
        if context.query is not None:
            await self.toast(context, text.plain(), alert=True)
        elif not context.place.is_group:
            await self._show_in_private(context, Face(text))
        elif self._refused.note((context.place, context.person, _typed(context), text)):
            await self._answer_command(context, Face(text), lasts=REFUSAL_LIFETIME)
        else:
            await self.nod(context)

    async def reply_to(
        self, context: Context, message_id: int, face: Face, *, lasts: timedelta
    ) -> None:
        """An ordinary reply to a neighbour's message, which vanishes; its buttons obey whom it answers."""
        try:
            await self._say_for_a_while(context, face, reply_to=message_id, lasts=lasts)
        except TelegramError as error:
            if _is_silenced(error):
                await self.nod(context)
            raise

    async def nod(self, context: Context) -> None:
        """Show at least that a typed command was read; what was typed unseen takes no sign."""
        command = context.message
        if command is not None and context.query is None and context.ephemeral_id is None:
            await react(self._line.client, command)

    async def _face(self, context: Context, what: Face | Payload) -> Face:
        face = await context.page(what) if isinstance(what, Payload) else what
        return _remarked(context, face)

    async def _show_in_private(self, context: Context, what: Face | Payload) -> None:
        face = await self._face(context, what)
        self._unreachable.forget(context.person.id)
        if await self._replace_tapped(context, face) or context.person.id is None:
            return
        await self._line.client.send_face(context.person.id, face)

    async def _replace_page(self, context: Context, what: Face | Payload) -> bool:
        """Turn the page in place, where a page was tapped that only this person uses."""
        if context.ephemeral_id is not None:
            return await self._ephemeral.replace(context, await self._face(context, what))
        is_private = isinstance(what, Payload) and what.private
        if is_private or context.place.telegram_id is None or _answered_command(context) is None:
            return False
        return await self._replace_tapped(context, await self._face(context, what))

    async def _replace_tapped(self, context: Context, face: Face) -> bool:
        """Put something else into an ordinary message that was tapped.

        False where it is gone, and for a file, which comes beneath.
        """
        if context.query is None or context.message is None or face.attachment is not None:
            return False
        message = context.message
        try:
            await self._line.client.edit_face(
                message.chat.id, message.message_id, face, share=context.person.id
            )
        except TelegramError as error:
            if not isinstance(classify(error), Refusal):
                raise
            return False
        return True

    async def _answer_tap(self, context: Context, what: Face | Payload) -> None:
        """Rungs 2 to 4, in answer to a tap on something that everyone sees."""
        if (
            self._may_try_whisper(context, what)
            and await self._presence(context) is not Presence.AWAY
            and await self._ephemeral.whisper(context, await self._face(context, what))
        ):
            await self._answer(context, context.words.plain("frame.whisper.look_below"))
        elif isinstance(what, Payload):
            await self._lead_into_private(context, what)
        else:
            await self.toast(context, what.text.plain(), alert=True)

    async def _answer_command(
        self, context: Context, what: Face | Payload, *, lasts: timedelta = REPLY_LIFETIME
    ) -> None:
        """Rungs 2 and 5, in answer to a typed command."""
        was_typed_unseen = context.ephemeral_id is not None
        if context.person.id is not None and self._ephemeral.is_possible:
            may = was_typed_unseen and self._is_in_time(context, _UNSEEN_COMMAND_SECONDS)
            may = may or await self._presence(context) is Presence.ADMINISTRATOR
            if may and await self._ephemeral.whisper(context, await self._face(context, what)):
                return
        if was_typed_unseen and context.person.id is not None:
            # What nobody saw typed must not be answered in public.
            await self._answer_aside(context, what)
            return
        if isinstance(what, Payload) and what.private:
            face = await self._face_of_link(context, what)
        else:
            face = await self._face(context, what)
        try:
            await self._reply_in_turn(context, face, lasts=lasts)
        except TelegramError as error:
            if not _is_silenced(error):
                raise
            if not await self._answer_aside(context, what):
                await self.nod(context)
                raise

    async def _answer_aside(self, context: Context, what: Face | Payload) -> bool:
        """In private, where this person has talked to the bot before. False where that can't be done."""
        if context.person.id is None or context.person.id in self._unreachable:
            return False
        face = await self._face_aside(context, what)
        try:
            await self._line.client.send_face(context.person.id, face)
        except TelegramError as error:
            if not is_refused(error):
                raise
            self._unreachable.note(context.person.id)
            logger.info("there is no way to the author of a command but the group")
            return False
        return True

    def _may_try_whisper(self, context: Context, what: Face | Payload) -> bool:
        person, chat = context.person.id, context.place.telegram_id
        if not self._ephemeral.is_possible or person is None or chat is None:
            return False
        if not self._is_in_time(context):
            return False
        if isinstance(what, Face):
            # A line fits into the alert, which always arrives; a whisper may not.
            return bool(what.buttons) or len(what.text.plain()) > ALERT_LENGTH
        key = (chat, person, what.pack())
        if self._whispered.note(key):
            return True
        self._whispered.forget(key)  # tapped again: the whisper didn't arrive
        return False

    def _is_in_time(self, context: Context, longest: float = _LONGEST_DELAY_SECONDS) -> bool:
        """Whether something can be said to this person here before so many seconds are over."""
        chat, person = context.place.telegram_id, context.person.id
        if chat is None:
            return True
        pace = self._line.pace
        return pace.wait(chat, whisper=True, unseen=True, person=person) <= longest

    async def _reply_in_turn(self, context: Context, face: Face, *, lasts: timedelta) -> None:
        """The same once more where Telegram wants silence: our own limiter waits where that is a moment."""
        try:
            await self._reply(context, face, lasts=lasts)
        except TelegramError as error:
            if not isinstance(classify(error), Wait):
                raise
            await self._reply(context, face, lasts=lasts)

    async def _reply(self, context: Context, face: Face, *, lasts: timedelta) -> None:
        command = context.message
        if command is not None:
            is_unseen = context.ephemeral_id is not None  # then there is nothing to reply to
            reply_to = None if is_unseen else command.message_id
            await self._say_for_a_while(context, face, reply_to=reply_to, lasts=lasts)

    async def _say_for_a_while(
        self, context: Context, face: Face, *, reply_to: int | None, lasts: timedelta
    ) -> None:
        chat_id = context.place.telegram_id
        if chat_id is None:
            return
        reply = None
        if reply_to is not None:
            reply = ReplyParameters(reply_to, allow_sending_without_reply=True)
        message = await send_to_group(
            self._line.store,
            self._line.client.send_face,
            chat_id,
            face,
            thread_id=context.place.thread_id,
            reply=reply,
            share=context.person.id,
        )
        await self._line.store.run(_plan_removal, context.place, message, lasts)

    async def _remove(self, context: Context) -> None:
        if context.message is None:
            return
        try:
            await context.message.delete()
        except TelegramError as error:
            if not is_refused(error):
                raise
            logger.info("a reply was gone before it was removed")

    async def _lead_into_private(self, context: Context, page: Payload) -> None:
        """Rung 4: the tap opens the private chat, where `/start` brings the page."""
        token = await self._link_to(context, page)
        if context.query is None or context.is_answered:
            return
        context.is_answered = True
        address = f"https://t.me/{self._line.client.username}?start={token}"
        await answer_tap(context.query, url=address)

    async def _face_of_link(self, context: Context, page: Payload) -> Face:
        token = await self._link_to(context, page)
        button = Button(context.words.plain("frame.whisper.open"), OpenLink(token))
        return _remarked(context, Face(context.words("frame.whisper.for_you"), ((button,),)))

    async def _face_aside(self, context: Context, what: Face | Payload) -> Face:
        """What a group's command is answered, with buttons that work in private: beneath a line that says
        why there, where both fit."""
        face = await self._face(context, what)
        if face.buttons:
            await self._line.store.run(personally(open_way, context.person, context.place))
        text = paragraphs(context.words("frame.whisper.aside"), face.text)
        longest = MessageLimit.CAPTION_LENGTH if face.attachment else MessageLimit.MAX_TEXT_LENGTH
        return replace(face, text=text) if text.units() <= longest else face

    async def _link_to(self, context: Context, page: Payload) -> str:
        make = personally(make_link, context.person, context.place)
        return await self._line.store.run(make, page.pack())

    async def _presence(self, context: Context) -> Presence | None:
        return await self._line.store.read(_presence_at, context.place)


def _is_silenced(error: TelegramError) -> bool:
    """Whether the bot can't speak in the chat now, for whatever reason it has there."""
    return is_refused(error) or isinstance(classify(error), Wait)


def _remarked(context: Context, face: Face) -> Face:
    if context.remark is None:
        return face
    return replace(face, text=paragraphs(face.text, context.remark))


def _typed(context: Context) -> str | None:
    return context.message.text or context.message.caption if context.message else None


def _answered_command(context: Context) -> Message | None:
    """The command that a tapped message of rung 5 answers; a card answers none."""
    return context.answered if context.query is not None else None


def _plan_removal(work: UnitOfWork, place: Place, message: Message, lasts: timedelta) -> None:
    # The group may have moved meanwhile: the message says where it stands.
    chat = work.chat_at(Place(message.chat.id, place.thread_id))
    work.later.delete_message(chat.id, message.message_id, after=lasts)


def _presence_at(work: UnitOfWork, place: Place) -> Presence | None:
    chat = chats.find(work.session, place.telegram_id) if place.telegram_id else None
    return chat.presence if chat else None
