"""Reminders: what a neighbourhood wants to be told on time, once or every week."""

from __future__ import annotations

from bot.feature import Audience, Command, DueSource, Feature, View, WhenUncertain
from handlers.reminders import buttons, cards, commands, pages, payloads
from handlers.reminders.use_cases import POST, forget_done, load_post, move_due, next_due

REMINDERS = Feature(
    name="reminders",
    commands=(
        Command("reminders", commands.reminders, "reminders.menu.reminders"),
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
        payloads.SetReminder: buttons.confirmed,
        payloads.DropDraft: buttons.dropped,
        payloads.DeleteReminder: buttons.deleted,
    },
    pages={
        payloads.PreviewPage: pages.preview_page,
        payloads.ListPage: pages.list_page,
    },
    posts={POST: View(load_post, cards.draw_post, when_uncertain=WhenUncertain.REPEAT)},
    due=(DueSource(move_due, next_due),),
    erase=(forget_done,),
)
