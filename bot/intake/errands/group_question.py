"""What is done in private for a group: for which one? Telegram's own list of chats asks, and nothing is kept
of who is where but the way, which ends by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import Message
from telegram.error import TelegramError

from bot.context import Context
from bot.domain.plain_text import clean_line
from bot.domain.refusal import Refused
from bot.message.face import Face, NoKeys, PickGroup, shortened
from bot.message.words import Html
from bot.person.access import require_not_gone
from bot.person.errands import (
    Errand,
    find_errand,
    keep_errand,
    may_know_members,
    open_picked,
)
from bot.person.place import Place, WhichGroup

_REQUEST = 1
_TITLE_LENGTH = 40


async def for_its_group(
    context: Context, do: Callable[[], Awaitable[None]], errand: Callable[[], Errand]
) -> None:
    """Do what somebody wants. Where they are in private and it is about a group, it is about the one from
    which they came; where that isn't clear they are asked, and the errand waits. It is made only for that."""
    try:
        await do()
    except WhichGroup as which:
        if context.place.is_group or context.person.id is None:
            raise
        if which.anew or await context.find_group() is None:
            await context.run(keep_errand, errand())
            await _ask(context, "frame.group.question")
            return
        context.remark = await _told_by_name(context, "frame.group.named")
        await do()


async def group_picked(context: Context, message: Message) -> Errand:
    """A person picked a group: what they do now is about it. Returns what waited for that.

    Telegram shows them those groups only that they and the bot are in. A changed client may send another,
    such as one that they were removed from; so it is asked all the same, as far as it tells.
    """
    shared = message.chat_shared
    if shared is None or shared.request_id != _REQUEST:
        return Errand()
    try:
        if await context.read(may_know_members, shared.chat_id):
            await context.require_member_of(shared.chat_id)
        else:
            await require_not_gone(context.client, context.person, shared.chat_id)
        await context.note(open_picked, shared.chat_id)
    except Refused as refused:
        await _ask(context, refused.key)
        return Errand()
    context.be_about(Place(shared.chat_id))
    picked = await _told_by_name(context, "frame.group.picked")
    await _say(context, Face(picked, below_field=NoKeys()))
    return await context.read(find_errand)


def in_place_of(picking: Message, errand: Errand, context: Context) -> Message:
    """The message of an errand, as if it had come when the group was picked."""
    whole = {**picking.to_dict(), **(errand.typed or {})}
    del whole["chat_shared"]
    return Message.de_json(whole, context.client)


def is_not_now(context: Context, typed: str) -> bool:
    """Whether they pressed the other key below the field."""
    return typed == context.words.plain("frame.group.not_now")


async def put_away(context: Context) -> None:
    """Ask no more for which group it is."""
    await _say(context, Face(context.words("frame.group.put_away"), below_field=NoKeys()))


async def _told_by_name(context: Context, key: str) -> Html:
    """For which group it is, by the name that it has at this moment: no title is kept."""
    title = ""
    with suppress(TelegramError):
        title = (await context.client.get_chat(context.place.require_group())).title or ""
    if not title:
        return context.words("frame.group.same")
    return context.words(key, group=shortened(clean_line(title), _TITLE_LENGTH))


async def _ask(context: Context, key: str) -> None:
    plain = context.words.plain
    keys = PickGroup(plain("frame.group.pick"), plain("frame.group.not_now"), _REQUEST)
    await context.toast(None)
    await _say(context, Face(context.words(key), below_field=keys))


async def _say(context: Context, face: Face) -> None:
    await context.client.send_face(context.person.require_id(), face)
