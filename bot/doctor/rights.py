"""What the bot may do in its groups, told by how many they are, never by which."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from telegram import ChatFullInfo, ChatMember
from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.refusals import Moved, classify, is_refused
from bot.cli.terminal import Progress
from bot.clock import Clock
from bot.doctor.finding import Finding, advice, fine, unknown, wrong
from bot.person.access import is_present

_A_SECOND = 10
_MOST_SECONDS = 60.0


class _Standing(StrEnum):
    """Where the bot stands in a group, by what it lacks."""

    WHOLE = "whole"
    MAY_NOT_WRITE = "may_not_write"
    MAY_NOT_PIN = "may_not_pin"
    GONE = "gone"


_REMEDIES = {
    _Standing.MAY_NOT_WRITE: ("may not write", "Ask their administrators to let it write."),
    _Standing.MAY_NOT_PIN: (
        "may not pin",
        "Its cards aren't pinned there until an administrator gives it “pin messages”.",
    ),
    _Standing.GONE: (
        "isn't there any more",
        "What is planned there waits until somebody adds it again.",
    ),
}


async def rights(client: Client, groups: Sequence[int], clock: Clock) -> Finding:
    """Ask about every group, or about as many as a minute allows."""
    if not groups:
        return fine("the bot is in no group yet.", chats=0)
    counted = await _counted(client, groups, clock)
    asked = counted.total()
    if not asked:
        return unknown("Telegram doesn't tell about the groups now", "Look again later.")
    of = f"{asked:,} chats"
    missing = [(n, *_REMEDIES[each]) for each in _REMEDIES if (n := counted[each])]
    sentences = [f"in {n:,} of {of} the bot {lacks}" for n, lacks, _ in missing]
    found = "; ".join(sentences or [f"in {asked:,} of {of} the bot may write and pin"]) + "."
    if asked < len(groups):
        found += f" That is of {len(groups):,}; others are asked about the next time."
    lacking = {each.value: counted[each] for each in _REMEDIES}
    numbers = {"chats": len(groups), "asked": asked, **lacking}
    remedy = " ".join(remedy for _, _, remedy in missing)
    if counted[_Standing.MAY_NOT_WRITE]:
        return wrong(found, remedy, **numbers)
    return advice(found, remedy, **numbers) if missing else fine(found, **numbers)


async def _counted(client: Client, groups: Sequence[int], clock: Clock) -> Counter[_Standing]:
    """A few a second, for the bot at work shares Telegram's patience; until Telegram doesn't tell."""
    counted = Counter[_Standing]()
    order = random.sample(groups, len(groups))
    until = clock.monotonic() + _MOST_SECONDS
    with Progress("Asking about groups", clock) as progress:
        for first in range(0, len(order), _A_SECOND):
            next_at = clock.monotonic() + 1
            portion = order[first : first + _A_SECOND]
            found = await asyncio.gather(*(_standing(client, group) for group in portion))
            counted.update(each for each in found if each is not None)
            progress.tell(counted.total(), len(groups))
            if None in found or next_at > until:
                break
            if first + _A_SECOND < len(order):
                await clock.sleep(next_at - clock.monotonic())
    return counted


async def _standing(client: Client, group: int) -> _Standing | None:
    """None where that isn't told now."""
    try:
        member = await client.get_chat_member(group, client.id)
        if not is_present(member):
            return _Standing.GONE
        if member.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER):
            may_pin = getattr(member, "can_pin_messages", True)
            return _Standing.WHOLE if may_pin else _Standing.MAY_NOT_PIN
        return _of_member(member, await client.get_chat(group))
    except TelegramError as error:
        verdict = classify(error)
        if isinstance(verdict, Moved):
            return await _standing(client, verdict.telegram_id)
        return _Standing.GONE if is_refused(error) else None


def _of_member(member: ChatMember, chat: ChatFullInfo) -> _Standing:
    """A member may do what all may there, and no more than is left to it alone."""
    sources = [chat.permissions, *([member] if member.status == ChatMember.RESTRICTED else [])]

    def may(right: str) -> bool:
        return all(getattr(source, right, True) is not False for source in sources)

    if not may("can_send_messages"):
        return _Standing.MAY_NOT_WRITE
    return _Standing.WHOLE if may("can_pin_messages") else _Standing.MAY_NOT_PIN
