"""What happens to the bot in chats: added, promoted, demoted, removed, moved to a supergroup."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.context import Context
from bot.delivery.presence import move_chat
from bot.person.access import is_present
from bot.safety.codes import ForeignRow
from handlers.chats.use_cases import arrive, change_presence, depart
from storage.chats import Presence

logger = logging.getLogger(__name__)

_GREETED = "greeted"
_ONE_GREETING = timedelta(minutes=1)


async def presence_changed(update: Update, context: Context) -> None:
    """my_chat_member in a group."""
    change = update.my_chat_member
    if change is None or change.chat.type not in ("group", "supergroup"):
        return
    was_here, is_here = is_present(change.old_chat_member), is_present(change.new_chat_member)
    is_administrator = change.new_chat_member.status == ChatMember.ADMINISTRATOR
    presence = Presence.ADMINISTRATOR if is_administrator else Presence.MEMBER
    invitations = context.services.invitations
    if is_here and not await invitations.is_welcome(change.chat.id, context.person):
        invitations.decline(change.chat.id, context.words("chats.not_invited"))
    elif is_here and not was_here:
        language = _language_of_adder(change, context)
        await context.run(arrive, language, presence)
        _note_greeting(context)
    elif is_here:
        was_administrator = change.old_chat_member.status == ChatMember.ADMINISTRATOR
        is_promoted = is_administrator and not was_administrator and not _greets_now(context)
        await context.run(change_presence, presence, is_promoted=is_promoted)
    else:
        await context.run(depart)


async def moved(update: Update, context: Context) -> None:
    """The two service messages of a group that became a supergroup, in either order."""
    message = update.message
    if message is None:
        return
    with suppress(ForeignRow):  # the operator has been told, and nobody here asked for anything
        if message.migrate_to_chat_id:
            await context.run(move_chat, message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            await context.run(move_chat, message.migrate_from_chat_id, message.chat.id)


def _note_greeting(context: Context) -> None:
    """Whoever adds the bot as an administrator is told by Telegram as two changes, and greeted once."""
    if context.chat_data is not None:
        context.chat_data[_GREETED] = context.clock.now()


def _greets_now(context: Context) -> bool:
    greeted = (context.chat_data or {}).get(_GREETED)
    return greeted is not None and context.clock.now() - greeted < _ONE_GREETING


def _language_of_adder(change: ChatMemberUpdated, context: Context) -> str | None:
    return context.texts.spoken(change.from_user.language_code)


HANDLERS: tuple[BaseHandler[Update, Context, None], ...] = (
    ChatMemberHandler(presence_changed, ChatMemberHandler.MY_CHAT_MEMBER),
    MessageHandler(filters.StatusUpdate.MIGRATE, moved),
)
