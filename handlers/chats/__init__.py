"""Chats: how the bot comes into a neighbourhood, greets it, and follows it when its number changes."""

from __future__ import annotations

from bot.feature import Card, Command, Feature, PageBy, TapBy, WhenUncertain
from bot.person.rights import ORGANISERS
from handlers.chats import buttons, commands, faces, pages, payloads
from handlers.chats.events import HANDLERS
from handlers.chats.use_cases import WELCOME, settings

CHATS = Feature(
    name="chats",
    commands=(
        Command("timezone", commands.timezone, "chats.menu.timezone", right=ORGANISERS),
        Command("quiet", commands.quiet, "quiet.menu.quiet", right=ORGANISERS),
    ),
    buttons={
        payloads.SetLanguage: TapBy(buttons.language_chosen),
        payloads.SetZone: TapBy(buttons.zone_chosen),
        payloads.SetQuiet: TapBy(buttons.quiet_chosen),
    },
    pages={
        payloads.ZonePage: PageBy(pages.zone_page),
        payloads.QuietPage: PageBy(pages.quiet_page),
    },
    events=HANDLERS,
    cards={WELCOME: Card(settings, faces.draw_welcome, when_uncertain=WhenUncertain.REPEAT)},
)
