"""Tell one person something inside a group: the ladder.

1. In the private chat: a plain message.
2. An ephemeral message, which only that person sees.
3. In answer to a tap, a short text without buttons: the alert.
4. In answer to a tap: a link into the private chat, for this person, for a quarter of an hour.
5. A typed command where nothing else is possible: an ordinary reply that vanishes. Nothing private goes
   this way; it gets a button that leads to 4.

Where a typed command can't be answered in its group (slow mode, no right to write, a closed topic), the
answer goes into the private chat; where that is closed too, a reaction says that it was read.

A tap has its answer before its page: pages wait for their turn, and nobody is to watch a tap that does. What
is left then, where the page can't be turned, are 2, the private chat, and 5.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from telegram.error import TelegramError

from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Failure, Wait, classify, is_refused
from bot.context import Context
from bot.delivery.line import Line
from bot.delivery.presence import goes_along
from bot.domain.refusal import Refused
from bot.intake.polling.order import let_go
from bot.intake.tap import TappedMessage
from bot.message.face import Face
from bot.message.payload import Payload
from bot.message.words import Html
from bot.person.unfinished import Unfinished
from bot.whisper.answers import (
    asking_in_private,
    await_answer,
    inviting_reply,
    unfinished_after,
    with_answer_button,
)
from bot.whisper.ephemeral import Ephemeral
from bot.whisper.exits import drawn, led_out, put_away
from bot.whisper.hearing import note_of_reply, note_page, note_whisper
from bot.whisper.leading import Asides, address_of, face_of_link, with_way_back
from bot.whisper.recently import Recently
from bot.whisper.replies import Replies
from bot.whisper.seen_by_all import SeenByAll
from bot.whisper.signs import ALERT_LENGTH, answer_tap, react
from storage.chats import Presence

logger = logging.getLogger(__name__)

_REPLY_LASTS = timedelta(minutes=10)
# So long what was said stands right there: the same again gets a sign alone.
_SAID_JUST_NOW = timedelta(seconds=30)
_SECOND_TAP = timedelta(minutes=2)
_LONGEST_DELAY_SECONDS = 2.0
# Telegram lets any bot answer what one person alone typed for 15 seconds; the way there takes some.
_UNSEEN_COMMAND_SECONDS = 13.0
_LOST = (Failure.WEATHER, Failure.LOST)


class Whisperer:
    """Shows things to one person."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._ephemeral = Ephemeral(line)
        self._replies = Replies(line)
        self._whispered = Recently(line.clock, _SECOND_TAP)
        # Whose whisper was turned just now: they see what is whispered to them.
        self._reached = Recently(line.clock, _SECOND_TAP)
        self._refused = Recently(line.clock, _SAID_JUST_NOW)
        self._asides = Asides(line)
        self._seen_by_all = SeenByAll(line, self._ephemeral)

    async def probe(self) -> None:
        """Ask once at start whether this Bot API server knows ephemeral messages."""
        await self._ephemeral.probe()

    def require_author(self, context: Context) -> None:
        """Go on only if a tapped ordinary reply answers this person's own command. Raises `Refused`."""
        tapped = context.tap.message if context.tap else None
        if tapped is not None and tapped.answers not in (None, context.person.id):
            raise Refused("frame.refused.not_yours")

    async def put_away(self, context: Context) -> None:
        """Remove the page that was tapped; tapped again, it comes again."""
        self._whispered.forget_all(context.place.telegram_id, context.person.id)
        if context.tap is not None:
            await put_away(self._line.client, context.tap, context.words("frame.put_away"))

    def is_page(self, context: Context) -> bool:
        """Whether the tapped message is for one person: seen by nobody else, or answering their command."""
        return context.ephemeral_id is not None or _tapped_reply(context) is not None

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
        elif context.tap is None:
            await self._answer_command(context, what)
        else:
            await self._show_to_tapper(context, what)
        await self.toast(context, None)

    async def close(self, context: Context, key: str) -> None:
        """Put a last word in place of the page that was tapped; an ordinary reply is removed instead.

        A card stays, even where a forged tap on it asks for this.
        """
        tapped = _tapped_reply(context)
        if tapped is not None and context.place.is_group and context.ephemeral_id is None:
            await self.toast(context, context.words.plain(key))
            await self._replies.remove(tapped)
        else:
            await self.show(context, Face(context.words(key)))

    async def reword(self, context: Context, text: Html) -> None:
        """Say something newer on the page that was closed; nothing where it went."""
        if context.ephemeral_id is not None:
            await self._ephemeral.replace(context, Face(text))
        elif not context.place.is_group:
            await self._replace_tapped(context, Face(text))

    async def retire(self, context: Context) -> None:
        """The reply that was tapped has done its work: it goes, once no second tap is to be expected."""
        tapped = _tapped_reply(context)
        if tapped is not None:
            await self._replies.remove_later(context, tapped, after=_SECOND_TAP)

    async def acknowledge(self, context: Context, text: str | None = None) -> None:
        """Answer the tap, and go on: its page follows, also where the answer was lost on the way."""
        try:
            await self._answer(context, text)
        except TelegramError as error:
            if not isinstance(verdict := classify(error), Wait) and verdict not in _LOST:
                raise
            logger.warning("an answer didn't get through: %s", type(error).__name__)

    async def toast(self, context: Context, text: str | None, *, alert: bool = False) -> None:
        """Answer the tap, once; a tap that is too old to be answered is let go."""
        if text and context.remark is not None:
            text = f"{text} {context.remark.plain()}"
        await self._answer(context, text, alert=alert)

    async def _answer(self, context: Context, text: str | None, *, alert: bool = False) -> None:
        if context.tap is None or context.is_answered:
            return
        context.is_answered = True
        await answer_tap(self._line.client, context.tap, text, alert=alert)

    async def refuse(self, context: Context, refused: Refused) -> None:
        """Say no: an alert to a tap, otherwise a text that stays for ten minutes or until their next command;
        a reply to it goes on."""
        let_go()
        text = context.words(refused.key, **refused.params)
        typed = context.message and (context.message.text or context.message.caption)
        context.remark = None  # it was about what isn't done now
        if context.tap is not None and not context.is_answered:
            await self.toast(context, text.plain(), alert=True)
        elif not context.place.is_group:
            unfinished = unfinished_after(context, Face(text), is_refusal=True)
            await await_answer(context, Face(text), unfinished)
            await self._say_in_private(context, Face(text))
        elif context.tap is not None:
            await self._answer_tap(context, Face(text))
        elif self._refused.note((context.place, context.person, typed, text)):
            await self._answer_command(context, Face(text), is_refusal=True)
        else:
            await self.nod(context)

    async def reply_to(
        self, context: Context, message_id: int, face: Face, *, lasts: timedelta
    ) -> None:
        """An ordinary reply to a neighbour's message, which vanishes; its buttons obey whom it answers."""
        try:
            note = note_of_reply(context, None, is_refusal=False)
            await self._replies.say(context, face, reply_to=message_id, lasts=lasts, note=note)
        except TelegramError as error:
            if _is_silenced(error):
                await self.nod(context)
            raise

    async def nod(self, context: Context) -> None:
        """Show at least that a typed command was read; what was typed unseen takes no sign."""
        command = context.message
        if command is not None and context.tap is None and context.ephemeral_id is None:
            await react(self._line.client, command)

    async def _face(self, context: Context, what: Face | Payload) -> Face:
        return await led_out(context, what, await drawn(context, what))

    async def _face_asking(
        self, context: Context, what: Face | Payload, unfinished: Unfinished | None
    ) -> Face:
        """The same, where it can't be replied to."""
        face = await self._face(context, what)
        return await with_answer_button(context, face, unfinished)

    async def _show_in_private(self, context: Context, what: Face | Payload) -> None:
        face = await asking_in_private(context, what)
        if context.tap is not None or isinstance(what, Payload):
            face = await with_way_back(context, face)
        await self.acknowledge(context)
        if not await self._replace_tapped(context, face):
            await self._say_in_private(context, face)

    async def _say_in_private(self, context: Context, face: Face) -> None:
        if context.person.id is not None:
            self._asides.note_reachable(context.person.id)
            await self._line.client.send_face(context.person.id, face)

    async def _show_to_tapper(self, context: Context, what: Face | Payload) -> None:
        """Turn the page that was tapped, or whisper beneath what all see."""
        if isinstance(what, Payload) and what.typing:
            await self._lead_into_private(context, what)
        elif not await self._is_turned(context, what):
            await self._answer_tap(context, what)

    async def _is_turned(self, context: Context, what: Face | Payload) -> bool:
        """Turn the page in place, where a page was tapped that only this person sees, or uses."""
        is_private = isinstance(what, Payload) and what.private
        if context.ephemeral_id is None and (is_private or _tapped_reply(context) is None):
            return False
        if not context.is_answered and not self._is_in_time(context):
            return False
        unfinished = unfinished_after(context, what)
        if context.ephemeral_id is not None:
            face = await self._face_asking(context, what, unfinished)
        else:
            face = inviting_reply(await self._face(context, what), unfinished, context.words)
            if face.attachment is not None:
                return False
        await self.acknowledge(context)
        await note_page(context, unfinished, context.ephemeral_id)
        if context.ephemeral_id is not None:
            if is_turned := await self._ephemeral.replace(context, face):
                self._reached.note((context.place.telegram_id, context.person.id))
            return is_turned
        try:
            return await self._replace_tapped(context, face)
        except TelegramError as error:
            if not isinstance(classify(error), Wait):
                raise
            return False

    async def _replace_tapped(self, context: Context, face: Face) -> bool:
        """Put something else into an ordinary message that was tapped.

        False where it is gone, and for a file, which comes beneath.
        """
        tapped = context.tap.message if context.tap else None
        if tapped is None or face.attachment is not None:
            return False
        try:
            await self._line.client.edit_face(
                tapped.chat_id, tapped.id, face, share=context.person.id
            )
        except TelegramError as error:
            if not isinstance(classify(error), Refusal) and not await goes_along(context, error):
                raise
            return False
        return True

    async def _answer_tap(self, context: Context, what: Face | Payload) -> None:
        """Rungs 2 to 4, in answer to a tap."""
        if await self._whisper(context, what):
            return
        if not context.is_answered:
            if isinstance(what, Payload):
                await self._lead_into_private(context, what)
            else:
                await self.toast(context, what.text.plain(), alert=True)
        elif not await self._answer_aside(context, what):
            if isinstance(what, Payload) and self._is_in_time(context):
                face = await face_of_link(context, what)
                await self._replies.answer(context, face, lasts=_REPLY_LASTS)
            else:
                logger.info("there is no way to the author of a tap that is answered already")

    async def _whisper(self, context: Context, what: Face | Payload) -> bool:
        """Rung 2. A whisper that must wait for its turn is announced; one that needn't has first to succeed,
        because 3 and 4 need the answer."""
        if not self._may_try_whisper(context, what):
            return False
        if await self._presence(context) is Presence.AWAY:
            return False
        unfinished = unfinished_after(context, what)
        face = await self._face_asking(context, what, unfinished)
        look_below = context.words.plain("frame.whisper.look_below")
        if not self._is_in_time(context, 0.0):
            await self.acknowledge(context, look_below)
        whisper = await self._ephemeral.whisper(context, face)
        if whisper is not None:
            await note_page(context, unfinished, whisper)
            await self._answer(context, look_below)
        return whisper is not None

    async def _answer_command(
        self, context: Context, what: Face | Payload, *, is_refusal: bool = False
    ) -> None:
        """Rungs 2 and 5, in answer to a typed command: what is tapped there is tapped for the first time."""
        self._whispered.forget_all(context.place.telegram_id, context.person.id)
        was_typed_unseen = context.ephemeral_id is not None
        unfinished = unfinished_after(context, what, is_refusal=is_refusal)
        if context.person.id is not None and self._ephemeral.is_possible:
            may = was_typed_unseen and self._is_in_time(context, _UNSEEN_COMMAND_SECONDS)
            may = may or await self._presence(context) is Presence.ADMINISTRATOR
            face = await self._face_asking(context, what, unfinished) if may else None
            whisper = await self._ephemeral.whisper(context, face) if face is not None else None
            if whisper is not None:
                await note_whisper(context, unfinished, whisper, is_refusal=is_refusal)
                return
        if was_typed_unseen and context.person.id is not None:
            # What nobody saw typed must not be answered in public.
            await self._answer_aside(context, what, unfinished)
            return
        if isinstance(what, Payload) and what.private:
            face = await face_of_link(context, what)
        else:
            face = inviting_reply(await self._face(context, what), unfinished, context.words)
            face = await self._seen_by_all.explained(context, what, face)
        note = note_of_reply(context, unfinished, is_refusal=is_refusal)
        try:
            await self._replies.answer(context, face, lasts=_REPLY_LASTS, note=note)
        except TelegramError as error:
            if not _is_silenced(error):
                raise
            if not await self._answer_aside(context, what, unfinished):
                await self.nod(context)
                raise

    async def _answer_aside(
        self, context: Context, what: Face | Payload, unfinished: Unfinished | None = None
    ) -> bool:
        """In private, where this person has talked to the bot before. False where that can't be done."""
        return await self._asides.answer(
            context, lambda: self._face_asking(context, what, unfinished)
        )

    def _may_try_whisper(self, context: Context, what: Face | Payload) -> bool:
        person, chat = context.person.id, context.place.telegram_id
        if not self._ephemeral.is_possible or person is None or chat is None:
            return False
        if not self._is_in_time(context):
            return False
        if isinstance(what, Face):
            # A line fits into the alert, which always arrives; a whisper may not.
            is_line = not what.buttons and len(what.text.plain()) <= ALERT_LENGTH
            return context.is_answered or not is_line
        # Tapped again: the whisper didn't arrive, unless another one just did.
        is_new = self._whispered.note_or_forget((chat, person, what.pack()))
        return is_new or (chat, person) in self._reached

    def _is_in_time(self, context: Context, longest: float = _LONGEST_DELAY_SECONDS) -> bool:
        """Whether something can be said to this person here before so many seconds are over."""
        chat, person = context.place.telegram_id, context.person.id
        if chat is None:
            return True
        pace = self._line.pace
        return pace.wait(chat, whisper=True, unseen=True, person=person) <= longest

    async def _lead_into_private(self, context: Context, page: Payload) -> None:
        """Rung 4: the tap opens the private chat, where `/start` brings the page."""
        if context.is_answered:
            await self._answer_tap(context, await face_of_link(context, page))
            return
        if context.tap is not None:
            address = await address_of(context, page)
            context.is_answered = True
            is_led = await answer_tap(self._line.client, context.tap, url=address)
            if page.typing and is_led:
                # It goes on there: no page that could still be tapped stays in the group.
                self._whispered.forget_all(context.place.telegram_id, context.person.id)
                await put_away(self._line.client, context.tap)

    async def _presence(self, context: Context) -> Presence | None:
        chat = await self._line.known_chats.at(context.place)
        return chat.presence if chat else None


def _is_silenced(error: TelegramError) -> bool:
    """Whether the bot can't speak in the chat now, for whatever reason it has there."""
    return is_refused(error) or isinstance(classify(error), Wait)


def _tapped_reply(context: Context) -> TappedMessage | None:
    """The tapped message where it answers a command, by rung 5; a card answers none."""
    tapped = context.tap.message if context.tap else None
    return tapped if tapped is not None and tapped.is_reply else None
