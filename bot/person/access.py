"""Who may do what, asked of Telegram at the moment of the act: rights that are kept go stale."""

from __future__ import annotations

from telegram import ChatMember
from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import classify
from bot.domain.refusal import Refused
from bot.person.place import Person

_PRESENT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


_SENDING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
)


def is_present(member: ChatMember) -> bool:
    """Whether somebody with this membership is in the chat now."""
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "is_member", False))
    return member.status in _PRESENT


async def is_member(client: Client, person: Person, telegram_chat_id: int) -> bool:
    """Whether the person is in the group now, as Telegram tells a bot that is an administrator there.

    True also where it doesn't tell: then their tap in the group has to do.
    """
    if person.id is None:
        return True
    try:
        member = await client.get_chat_member(telegram_chat_id, person.id)
    except TelegramError as error:
        refusal = classify(error)
        if not isinstance(refusal, Refusal):
            raise
        return refusal not in (Refusal.NOT_FOUND, Refusal.NO_SUCH_CHAT)
    return is_present(member)


async def require_not_gone(client: Client, person: Person, telegram_chat_id: int) -> None:
    """Go on unless Telegram tells that the person isn't in the group: a plain member it often tells nothing.

    Raises `Refused`.
    """
    try:
        member = await client.get_chat_member(telegram_chat_id, person.require_id())
    except TelegramError as error:
        if not isinstance(classify(error), Refusal):
            raise
        return
    if not is_present(member):
        raise Refused("frame.refused.left")


async def require_organiser(client: Client, person: Person, telegram_chat_id: int) -> None:
    """Go on only if the person is an administrator of the group now. Raises `Refused`.

    An anonymous administrator writes as the group itself: only administrators can.
    """
    if person.id is None:
        return
    administrators = await client.get_chat_administrators(telegram_chat_id)
    if not any(member.user.id == person.id for member in administrators):
        raise Refused("frame.refused.organisers_only")


async def require_organisers(
    client: Client, person: Person, telegram_chat_id: int
) -> frozenset[int]:
    """The ids of the group's human administrators now, this person one of them. Raises `Refused`.

    Those who stay anonymous in the group count: their taps carry who they are.
    """
    administrators = await client.get_chat_administrators(telegram_chat_id)
    found = frozenset(member.user.id for member in administrators if not member.user.is_bot)
    if person.id is None:
        raise Refused("frame.refused.anonymous")
    if person.id not in found:
        raise Refused("frame.refused.organisers_only")
    return found


async def may_send_anything(client: Client, telegram_chat_id: int) -> bool:
    """Whether the group lets the bot itself send content of every kind now."""
    me = await client.get_chat_member(telegram_chat_id, client.id)
    if me.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER):
        return True
    chat = await client.get_chat(telegram_chat_id)
    sources = [chat.permissions, *([me] if me.status == ChatMember.RESTRICTED else [])]
    return all(getattr(source, right, True) for source in sources for right in _SENDING)
