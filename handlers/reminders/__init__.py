"""Reminders: what a neighbourhood wants to be told on time, once or again and again."""

from __future__ import annotations

from bot.feature import Audience, Command, Feature
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
            audience=Audience.ORGANISERS,
            ephemeral=False,
        ),
    ),
    buttons={
        payloads.ChooseReading: buttons.reading_chosen,
        payloads.Switch: buttons.switched,
        payloads.SetReminder: buttons.confirmed,
        payloads.DropDraft: buttons.dropped,
    },
    pages={
        payloads.PreviewPage: pages.preview_page,
        payloads.TextPage: pages.text_page,
        payloads.LabelPage: pages.label_page,
    },
    typed={NEW_FLOW: commands.typed_for_draft},
    events=HANDLERS,
)
