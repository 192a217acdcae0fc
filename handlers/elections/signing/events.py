"""Who joins the chat while elections are under way. Telegram tells it to administrators only."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, ChatMemberHandler

from bot.context import Context
from bot.person.access import is_present
from bot.person.place import Person
from handlers.elections.signing.use_cases import has_election_open, note_joiner


async def membership_changed(update: Update, context: Context) -> None:
    """chat_member in a group: about whoever joined, not about whoever let them in."""
    change = update.chat_member
    if change is None or change.chat.type not in ("group", "supergroup"):
        return
    was_here, is_here = is_present(change.old_chat_member), is_present(change.new_chat_member)
    member = change.new_chat_member.user
    if was_here or not is_here or member.is_bot or not await context.read(has_election_open):
        return
    await context.run(note_joiner, Person(member.id))


HANDLERS: tuple[BaseHandler[Update, Context, None], ...] = (
    ChatMemberHandler(membership_changed, ChatMemberHandler.CHAT_MEMBER),
)
