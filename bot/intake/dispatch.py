"""From what comes in to the features: one strict gate for commands, taps and typing."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import Message, Update, User
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.context import Context
from bot.delivery.presence import note_presence
from bot.domain.refusal import Refused
from bot.feature import Command, Features
from bot.intake.errands.group_question import (
    for_its_group,
    group_picked,
    in_place_of,
    is_not_now,
    put_away,
)
from bot.intake.errors import on_error, refuse_quietly
from bot.intake.tap import IncomingTap
from bot.intake.typed_command import BEGINS_WITH_COMMAND, TypedCommand, read_command
from bot.intake.unreadable import UnreadableCommand
from bot.person.access import is_present
from bot.person.drafts import awaited_draft, stop_awaiting
from bot.person.errands import Errand, end_errand, typed_errand
from bot.person.place import Person, WhichGroup
from bot.person.senders import is_nobody, taps_as_nobody, writes_as_channel
from bot.person.unfinished import find_unfinished
from bot.person.ways import close_ways
from bot.store import PersonalWork
from bot.whisper.answers import ANSWER_FLOW, asked, end_asking, go_on, go_on_from_reply, listen
from bot.whisper.deep_links import OpenLink, find_link
from bot.whisper.exits import PutAway
from bot.whisper.hearing import asking_message
from bot.whisper.recently import Recently
from storage.chats import ChatSettings
from storage.handled_updates import Redelivered

logger = logging.getLogger(__name__)


class _InOwnWords(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        """Neither picked from an inline bot's offers nor written by a business account's bot."""
        return message.via_bot is None and message.sender_business_bot is None


# New messages in people's own words only: what was edited, forwarded or written by another bot does nothing.
TYPED = filters.UpdateType.MESSAGE & ~filters.FORWARDED & _InOwnWords()
_IN_PRIVATE = TYPED & filters.ChatType.PRIVATE
_SAID = filters.TEXT | filters.ATTACHMENT
_REPLIED = TYPED & filters.ChatType.GROUPS & filters.REPLY & _SAID

_ALBUMS = 100
_SAME_FINGER = timedelta(seconds=10)
_TELL_CHANNELS_AGAIN = "when a channel is told again"

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def add_handlers(
    application: Application[Any, Context, Any, Any, Any, Any], features: Features
) -> None:
    """Give every feature's commands, typing and events to the application."""
    albums = _Albums()
    handlers: list[BaseHandler[Update, Context, None]] = [
        TypeHandler(UnreadableCommand, _on_unreadable_command(features, albums)),
        MessageHandler(TYPED & BEGINS_WITH_COMMAND, _on_command(features, albums)),
        MessageHandler(_IN_PRIVATE & filters.StatusUpdate.CHAT_SHARED, _on_group_picked(features)),
        MessageHandler(_IN_PRIVATE & _SAID, _on_typed(features, albums)),
        MessageHandler(_REPLIED, _on_reply(features, albums)),
    ]
    # In groups of their own: what is an event for one feature may be a command for another.
    on_leaving = _on_leaving(features)
    leaving: list[BaseHandler[Update, Context, None]] = [
        ChatMemberHandler(on_leaving, ChatMemberHandler.CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.LEFT_CHAT_MEMBER, on_leaving),
    ]
    application.add_handlers({0: list(features.events), 1: handlers, 2: leaving})


class _Albums:
    """Albums of which a message was answered: Telegram brings their pictures one by one."""

    def __init__(self) -> None:
        self._answered: deque[str] = deque(maxlen=_ALBUMS)

    def has(self, message: Message | None) -> bool:
        """Whether something of this message's album was answered before."""
        return message is not None and message.media_group_id in self._answered

    def note(self, message: Message | None) -> None:
        """Note that this message gets an answer."""
        if message is not None and message.media_group_id is not None:
            self._answered.append(message.media_group_id)


def _on_command(features: Features, albums: _Albums) -> Callback:
    async def run(update: Update, context: Context) -> None:
        typed, message = _command_for_us(update, context, features), update.message
        if typed is None or message is None:
            return
        albums.note(message)
        await _prepare(context)
        if writes_as_channel(update):
            await _tell_channel(context)
            return
        if not context.place.is_group and typed.is_start_by_link:
            await _open_link(context, features, typed.rest)
            return
        command = features.command(typed.name)
        if command is None:
            raise Refused("frame.refused.unknown_command")
        obey = partial(_obey_command, context, command, typed)
        await for_its_group(context, obey, partial(typed_errand, message))

    return run


async def _obey_command(context: Context, command: Command, typed: TypedCommand) -> None:
    await context.require(command.right)
    if typed.is_caption and typed.rest:
        context.add_remark(context.words("frame.words_only"))
    listen(context, command, typed.rest)
    await _saying_no(context, command.run(context, typed.rest))


async def _saying_no(context: Context, doing: Awaitable[None]) -> None:
    """Do it. What is refused is said here: the error handler knows nothing of what a reply goes on with."""
    try:
        await doing
    except WhichGroup:
        raise  # that can be found out
    except Refused as refused:
        await refuse_quietly(context, refused)


def _on_group_picked(features: Features) -> Callback:
    async def run(update: Update, context: Context) -> None:
        """In private somebody picked the group that they mean: what waited for that is done."""
        picking = update.message
        if picking is None or is_nobody(update):
            return
        errand = await group_picked(context, picking)
        if errand == Errand():
            return
        await _saying_no(context, _do_errand(context, features, errand, picking))
        await context.note(end_errand)

    return run


async def _do_errand(
    context: Context, features: Features, errand: Errand, picking: Message
) -> None:
    payload = features.parse(errand.tapped) if errand.tapped else None
    if payload is not None:
        await features.tap(context, payload)
    if errand.typed is None:
        return
    context.message = in_place_of(picking, errand, context)
    typed = read_command(context.message)
    command = features.command(typed.name) if typed is not None else None
    if typed is not None and command is not None:
        await _obey_command(context, command, typed)


def _on_reply(features: Features, albums: _Albums) -> Callback:
    async def run(update: Update, context: Context) -> None:
        """A reply to what the bot asked this person about their command goes on with it; any other is no
        concern of the bot's."""
        asking = None if is_nobody(update) else asking_message(context)
        if asking is None or update.message is None or albums.has(update.message):
            return
        unfinished = await context.read(find_unfinished, asking)
        if unfinished is None:
            return
        albums.note(update.message)
        await _prepare(context)
        answer = update.message.text or ""
        await _saying_no(context, go_on_from_reply(context, features, unfinished, answer))

    return run


def _command_for_us(update: Update, context: Context, features: Features) -> TypedCommand | None:
    """The command of a message that wants an answer from this bot. In a group an unknown name may be another
    bot's, unless it is followed by ours."""
    typed = read_command(update.message) if update.message is not None else None
    if typed is None or (is_nobody(update) and not writes_as_channel(update)):
        return None
    if not context.place.is_group:
        return typed
    is_known = bool(typed.addressee) or features.command(typed.name) is not None
    return typed if is_known and typed.is_for(context.client.username) else None


async def _tell_channel(context: Context) -> None:
    """That only somebody who writes as themselves is understood; all see it, so it is said once a day."""
    now, memory = context.clock.now(), context.chat_data
    if memory is None or now < memory.get(_TELL_CHANNELS_AGAIN, now):
        await context.services.whisperer.nod(context)
        return
    memory[_TELL_CHANNELS_AGAIN] = now + timedelta(days=1)
    raise Refused("frame.refused.channel")


def _on_unreadable_command(features: Features, albums: _Albums) -> Callback:
    async def run(update: Update, context: Context) -> None:
        """There was more in the message than the library knows: it must be typed anew."""
        if _command_for_us(update, context, features) is not None:
            albums.note(update.message)
            await _prepare(context)
            raise Refused("frame.refused.unreadable")

    return run


async def _prepare(context: Context) -> None:
    """Know the group, and take its language for somebody whose own isn't spoken here.

    Raises `Refused` in a group that nobody knows and that this person may not bring the bot into.
    """
    if not context.place.is_group:
        return
    chat = await context.services.known_chats.at(context.place)
    if chat is None and not context.services.invitations.may_add(context.person):
        raise Refused("frame.refused.not_invited")
    if _is_sign_of_life(chat, is_tap=context.tap is not None):
        await context.store.run(note_presence, context.place)
    if context.person.language is None:
        context.words = context.texts.in_language(chat.language if chat else None)


def _is_sign_of_life(chat: ChatSettings | None, *, is_tap: bool) -> bool:
    """Whether it is news that the bot is in this group. What stands there can be tapped after Telegram said
    that the bot was removed; but where only a refusal said so, a tap proves the contrary."""
    if chat is None or chat.is_here:
        return chat is None and not is_tap
    return not is_tap or not chat.is_removal_told


async def _open_link(context: Context, features: Features, token: str) -> None:
    """Show the page that a link leads to. Raises `Refused` where no feature knows it any more."""
    packed, group = await context.read(find_link, token)
    page = features.parse(packed)
    if page is None or not features.is_page(page):
        raise Refused("frame.refused.link_expired")
    if not context.place.is_group:
        context.be_about(group)
    await context.show(page)


class Taps:
    """Takes taps to what they are for. Each of a person's is answered, whatever becomes of it."""

    def __init__(
        self, application: Application[Any, Context, Any, Any, Any, Any], features: Features
    ) -> None:
        self._application = application
        self._features = features
        # Who taps twice what ends a draft has done what they wanted: they aren't told to begin anew.
        self._tapped = Recently(application.bot_data["services"].clock, _SAME_FINGER)

    async def take(self, tap: IncomingTap) -> None:
        """Do what the tapped button stands for; what goes wrong the error handler hears."""
        if taps_as_nobody(tap.person_id, is_bot=tap.is_by_bot):
            logger.warning("a tap by nobody in particular was let go")
            return
        context = Context.of_tap(tap, self._application)
        try:
            await self._obey(context, tap.data)
            await context.toast(None)
        except Exception as error:
            context.error = error
            try:
                await on_error(tap, context)
            finally:
                with suppress(TelegramError):
                    await context.toast(None)

    async def _obey(self, context: Context, data: str) -> None:
        payload = OpenLink.parse(data) or PutAway.parse(data) or self._features.parse(data)
        await _prepare(context)
        if payload is None:
            logger.warning("a button with an unknown payload was tapped")
            raise Refused("frame.refused.unknown_thing")
        context.services.whisperer.require_author(context)
        await context.services.found_cards.note_tap(context)
        of_draft = "draft" in payload.names()
        is_second = of_draft and not self._tapped.note((context.person.id, data))
        try:
            if isinstance(payload, OpenLink):
                await _open_link(context, self._features, payload.token)
                await context.services.whisperer.retire(context)
            elif isinstance(payload, PutAway):
                if payload.draft:
                    await context.once(stop_awaiting, payload.draft)
                await context.services.whisperer.put_away(context)
            else:
                tap = partial(self._features.tap, context, payload)
                await for_its_group(context, tap, partial(Errand, tapped=data))
        except Redelivered:
            logger.info("a tap came twice")
        except Refused as refused:
            if not is_second or refused.key != "frame.refused.draft_over":
                raise


def _on_typed(features: Features, albums: _Albums) -> Callback:
    async def run(update: Update, context: Context) -> None:
        if is_nobody(update) or albums.has(update.message):
            return
        albums.note(update.message)
        text = (update.message.text or "") if update.message else ""
        if is_not_now(context, text):
            await put_away(context)
            return
        found = await context.read(awaited_draft)
        if found is None or found[1] not in {*features.typed, ANSWER_FLOW}:
            if (command := features.recognising(text)) is None:
                raise Refused("frame.refused.nothing_asked")
            await _obey_command(context, command, TypedCommand(command.name, "", text, False))
            return
        if not text:
            raise Refused("frame.refused.in_words")
        draft_id, flow = found
        if flow == ANSWER_FLOW:
            await _saying_no(context, _answer(context, features, draft_id, text))
        else:
            await features.typed[flow].take(context, draft_id, text)

    return run


async def _answer(context: Context, features: Features, draft_id: int, answer: str) -> None:
    """Go on in private with a command that is about a group. Raises `Refused`."""
    found = await context.read(asked, draft_id)
    context.be_about(found.group)
    await go_on(context, features, found.unfinished, answer)
    await context.note(end_asking, draft_id)


def _on_leaving(features: Features) -> Callback:
    async def run(update: Update, context: Context) -> None:
        """Somebody left or was sent away: what is open to them here ends."""
        gone = _who_left(update)
        if gone is not None and context.place.is_group:
            await context.run(_end_stay, Person(gone.id), features.left)

    return run


def _who_left(update: Update) -> User | None:
    """Administrators are told so; an ordinary member sees a line in the group, where there is one."""
    change, message = update.chat_member, update.message
    if change is not None and not is_present(change.new_chat_member):
        return change.new_chat_member.user
    return message.left_chat_member if message is not None else None


def _end_stay(
    work: PersonalWork, gone: Person, left: tuple[Callable[[PersonalWork, Person], None], ...]
) -> None:
    """Whoever is gone acts on nothing of this chat from the private one, at once."""
    chat = work.find_chat_here()
    if chat is None:
        return
    close_ways(work.done_by(gone, work.place).short_lived, chat.id)
    for use_case in left:
        use_case(work, gone)
