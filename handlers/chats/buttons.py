"""What organisers tap to set a chat up."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.face import Face
from bot.message.words import LANGUAGE_NAMES
from bot.steps import HowStep, SettingsStep
from handlers.chats import faces
from handlers.chats.payloads import How, SetLanguage, SettingsPage, SetZone, ZonePage
from handlers.chats.use_cases import own_chat, reachable_settings, set_language, set_zone


async def tell_how(context: Context, tap: How) -> None:
    await context.begin(HowStep(tap.job))


async def settings_page(context: Context, page: SettingsPage) -> Face:
    """Everyone may see how the chat is set up; only organisers are offered to change it."""
    chat = await context.read(reachable_settings, page.chat)
    if not await context.is_organiser(page.chat):
        return faces.draw_settings_as_they_are(chat, context.words)
    # What it lets the bot do is taken from the address: Telegram asks for nothing else.
    promotion = f"https://t.me/{context.client.username}?startgroup&admin=pin_messages"
    return faces.draw_settings(chat, context.words, promotion)


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
