"""What organisers tap to set a chat up."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.words import LANGUAGE_NAMES
from handlers.chats.faces import draw_zone_set
from handlers.chats.payloads import SetLanguage, SetZone
from handlers.chats.use_cases import reachable_settings, set_language, set_zone


async def language_chosen(context: Context, tap: SetLanguage) -> None:
    if tap.language not in LANGUAGE_NAMES:
        raise Refused("frame.refused.unknown_thing")
    await context.once(set_language, tap.language)
    words = context.texts.in_language(tap.language)
    await context.toast(words.plain("chats.language_set"))


async def zone_chosen(context: Context, tap: SetZone) -> None:
    await context.once(set_zone, tap.chat, tap.zone)
    chat = await context.read(reachable_settings, tap.chat)
    await context.show(draw_zone_set(chat, context.clock.now(), context.words))
