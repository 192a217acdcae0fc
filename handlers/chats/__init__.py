"""Chats: how the bot comes into a neighbourhood, greets it, and follows it when its number changes."""

from __future__ import annotations

from bot.feature import (
    Answers,
    Card,
    Command,
    Feature,
    Page,
    PageBy,
    Post,
    Show,
    Tap,
    TapBy,
    WhenLate,
    WhenUncertain,
)
from bot.person.rights import EVERYONE, ORGANISERS, ORGANISERS_OF_CHAT
from bot.safety.wall_times import Planned
from bot.steps import SettingsStep
from handlers.chats import buttons, commands, faces, pages, payloads
from handlers.chats.events import HANDLERS
from handlers.chats.use_cases import (
    THANKS,
    WELCOME,
    keep_quiet,
    reachable_settings,
    set_careful,
    set_quiet,
    settings,
)
from storage import chats

CHATS = Feature(
    name="chats",
    commands=(
        Command(
            "timezone",
            commands.timezone,
            "chats.menu.timezone",
            right=ORGANISERS,
            in_menu=False,
            answers=Answers(pages=(payloads.ZonePage,)),
        ),
        Command(
            "quiet",
            commands.quiet,
            "quiet.menu.quiet",
            right=ORGANISERS,
            in_menu=False,
            answers=Answers(pages=(payloads.QuietPage,)),
        ),
        Command(
            "careful", commands.careful, "careful.menu.careful", right=ORGANISERS, in_menu=False
        ),
    ),
    buttons={
        payloads.How: TapBy(buttons.tell_how, right=EVERYONE),
        payloads.SetLanguage: TapBy(buttons.language_chosen, right=ORGANISERS_OF_CHAT),
        payloads.SetZone: TapBy(buttons.zone_chosen, right=ORGANISERS_OF_CHAT),
        payloads.SetCareful: Tap(set_careful, Show(payloads.CarefulPage), right=ORGANISERS_OF_CHAT),
        payloads.SetQuiet: Tap(set_quiet, Show(payloads.QuietPage), right=ORGANISERS_OF_CHAT),
    },
    pages={
        payloads.SettingsPage: PageBy(pages.settings_page, right=EVERYONE),
        payloads.ZonePage: Page(reachable_settings, faces.draw_zones, right=ORGANISERS_OF_CHAT),
        payloads.CarefulPage: Page(
            reachable_settings, faces.draw_careful, right=ORGANISERS_OF_CHAT
        ),
        payloads.QuietPage: Page(reachable_settings, faces.draw_quiet, right=ORGANISERS_OF_CHAT),
    },
    events=HANDLERS,
    planned=(Planned(chats.after_id, keep_quiet),),
    cards={WELCOME: Card(settings, faces.draw_welcome, when_uncertain=WhenUncertain.REPEAT)},
    posts={
        THANKS: Post(
            settings,
            faces.draw_thanks,
            when_uncertain=WhenUncertain.REPEAT,
            when_late=WhenLate.NO_MATTER,
        )
    },
    steps={SettingsStep: buttons.show_settings},
)
