"""Reminders: what a neighbourhood wants to be told on time, once or again and again."""

from __future__ import annotations

from bot.feature import Audience, Command, DueSource, Feature, View, WhenUncertain
from handlers.reminders import buttons, cards, commands, pages, payloads
from handlers.reminders.events import HANDLERS
from handlers.reminders.posting import (
    GONE_POST,
    POST,
    forget_done,
    keep_passed,
    load_gone,
    load_post,
    lose_source,
    move_due,
    next_due,
    note_posted,
)
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
    posts={
        POST: View(
            load_post,
            cards.draw_post,
            is_pinned=lambda post: post.is_pinned,
            when_uncertain=WhenUncertain.REPEAT,
            sent=note_posted,
            source_gone=lose_source,
            passed=keep_passed,
        ),
        GONE_POST: View(load_gone, cards.draw_gone),
    },
    due=(DueSource(move_due, next_due),),
    erase=(forget_done,),
)
