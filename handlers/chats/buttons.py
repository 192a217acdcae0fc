"""What organisers tap to set a chat up."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.words import LANGUAGE_NAMES
from bot.steps import HowStep, SettingsStep
from handlers.chats import faces
from handlers.chats.payloads import How, SetLanguage, SettingsPage, SetZone, ZonePage
from handlers.chats.use_cases import own_chat, reachable_settings, set_language, set_zone


async def tell_how(context: Context, tap: How) -> None:
    await context.begin(HowStep(tap.job))


async def show_settings(context: Context, _step: SettingsStep) -> None:
    """Another feature leads here."""
    await context.show(SettingsPage(await context.run(own_chat)))


async def language_chosen(context: Context, tap: SetLanguage) -> None:
    if tap.language not in LANGUAGE_NAMES:
        raise Refused("frame.refused.unknown_thing")
    await context.once(set_language, tap.chat, tap.language)
    words = context.texts.in_language(tap.language)
    await context.toast(words.plain("chats.language_set"))
    await context.show(ZonePage(tap.chat))


async def zone_chosen(context: Context, tap: SetZone) -> None:
    await context.once(set_zone, tap.chat, tap.zone)
    chat = await context.read(reachable_settings, tap.chat)
    await context.show(faces.draw_zone_set(chat, context.clock.now(), context.words))
