"""Reminders: what a neighbourhood wants to be told on time, once or again and again."""

from __future__ import annotations

from bot.feature import Command, Feature, PageBy, TapBy
from bot.person.rights import ORGANISERS
from handlers.reminders import buttons, commands, pages, payloads
from handlers.reminders.events import HANDLERS
from handlers.reminders.use_cases import NEW_FLOW

REMINDERS = Feature(
    name="reminders",
    commands=(
        Command(
            "remind",
            commands.remind,
            "reminders.menu.remind",
            right=ORGANISERS,
            ephemeral=False,
        ),
    ),
    buttons={
        payloads.ChooseReading: TapBy(buttons.reading_chosen),
        payloads.Switch: TapBy(buttons.switched),
        payloads.SetReminder: TapBy(buttons.confirmed),
        payloads.DropDraft: TapBy(buttons.dropped),
    },
    pages={
        payloads.PreviewPage: PageBy(pages.preview_page),
        payloads.TextPage: PageBy(pages.text_page),
        payloads.LabelPage: PageBy(pages.label_page),
    },
    typed={NEW_FLOW: commands.typed_for_draft},
    events=HANDLERS,
)
