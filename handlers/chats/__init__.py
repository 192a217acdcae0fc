"""Chats: how the bot comes into a neighbourhood, greets it, and follows it when its number changes."""

from __future__ import annotations

from bot.feature import Audience, CardView, Command, Feature, WhenUncertain
from handlers.chats import buttons, cards, commands, pages, payloads
from handlers.chats.events import HANDLERS
from handlers.chats.use_cases import WELCOME, settings

CHATS = Feature(
    name="chats",
    commands=(
        Command("timezone", commands.timezone, "chats.menu.timezone", audience=Audience.ORGANISERS),
        Command("quiet", commands.quiet, "quiet.menu.quiet", audience=Audience.ORGANISERS),
    ),
    buttons={
        payloads.SetLanguage: buttons.language_chosen,
        payloads.SetZone: buttons.zone_chosen,
        payloads.SetQuiet: buttons.quiet_chosen,
    },
    pages={payloads.ZonePage: pages.zone_page, payloads.QuietPage: pages.quiet_page},
    events=HANDLERS,
    cards={WELCOME: CardView(settings, cards.draw_welcome, when_uncertain=WhenUncertain.REPEAT)},
)
