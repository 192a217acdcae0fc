"""What organisers tap to set a chat up."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.domain.timekeeping.quiet_hours import QuietHours
from bot.domain.timekeeping.wall_times import unpack_time
from bot.message.words import LANGUAGE_NAMES
from handlers.chats.faces import draw_zone_set
from handlers.chats.payloads import QuietPage, SetLanguage, SetQuiet, SetZone
from handlers.chats.use_cases import set_language, set_quiet, set_zone


async def language_chosen(context: Context, tap: SetLanguage) -> None:
    if tap.language not in LANGUAGE_NAMES:
        raise Refused("frame.refused.unknown_thing")
    await context.require_organiser()
    await context.run(set_language, tap.language)
    words = context.texts.in_language(tap.language)
    await context.toast(words.plain("chats.language_set", language=LANGUAGE_NAMES[tap.language]))


async def zone_chosen(context: Context, tap: SetZone) -> None:
    await context.require_organiser(tap.chat)
    chat = await context.run(set_zone, tap.chat, tap.zone)
    await context.show(draw_zone_set(chat, context.words))


async def quiet_chosen(context: Context, tap: SetQuiet) -> None:
    await context.require_organiser(tap.chat)
    hours = QuietHours(unpack_time(tap.begins), unpack_time(tap.ends))
    await context.run(set_quiet, tap.chat, hours)
    await context.show(QuietPage(tap.chat))
