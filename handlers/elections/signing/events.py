"""Who joins the chat while elections are under way. Telegram tells it to administrators only."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, ChatMemberHandler

from bot.context import Context
from bot.person.access import is_present
from bot.person.place import Person
from handlers.elections.signing.use_cases import bars_newcomers, note_joiner


async def membership_changed(update: Update, context: Context) -> None:
    """chat_member in a group: about the joiner, not about whoever let them in."""
    change = update.chat_member
    if change is None or change.chat.type not in ("group", "supergroup"):
        return
    if is_present(change.old_chat_member) or not is_present(change.new_chat_member):
        return
    joiner = change.new_chat_member.user
    if not joiner.is_bot and await context.read(bars_newcomers):
        await context.run(note_joiner, Person(joiner.id))


HANDLERS: tuple[BaseHandler[Update, Context, None], ...] = (
    ChatMemberHandler(membership_changed, ChatMemberHandler.CHAT_MEMBER),
)
