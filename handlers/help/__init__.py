"""Help: what the bot is for, how each job goes, and its first step."""

from __future__ import annotations

from bot.feature import Command, Feature, PageBy, TapBy
from bot.person.rights import EVERYONE, ORGANISERS
from bot.steps import HowStep
from handlers.help import buttons, commands, pages, payloads

HELP = Feature(
    name="help",
    commands=(
        Command("help", commands.help_, "help.menu.help", EVERYONE),
        Command("start", commands.help_, "help.menu.help", EVERYONE, in_menu=False),
        Command("chat", commands.chat, "help.menu.chat", EVERYONE, in_menu=False),
    ),
    buttons={
        payloads.Begin: TapBy(buttons.begin, EVERYONE),
        payloads.OpenSettings: TapBy(buttons.open_settings, EVERYONE),
    },
    pages={
        payloads.StartPage: PageBy(pages.start, EVERYONE),
        payloads.HowPage: PageBy(pages.how, EVERYONE),
        payloads.OrganisersPage: PageBy(pages.organisers, ORGANISERS),
        payloads.CommandsPage: PageBy(pages.commands, EVERYONE),
    },
    steps={HowStep: buttons.tell_how},
)
