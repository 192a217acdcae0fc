"""What waits: seen by everyone, changed by organisers."""

from __future__ import annotations

from bot.feature import Command, Feature
from handlers.reminders.managing import buttons, commands, pages, payloads
from handlers.reminders.managing.use_cases import EDIT_FLOW

MANAGING = Feature(
    name="reminders.managing",
    commands=(Command("reminders", commands.reminders, "managing.menu.reminders"),),
    buttons={
        payloads.Pause: buttons.paused,
        payloads.Resume: buttons.resumed,
        payloads.SkipNext: buttons.skipped,
        payloads.DeleteReminder: buttons.deleted,
        payloads.Undo: buttons.undone,
        payloads.PostNow: buttons.posted_now,
        payloads.SwitchOf: buttons.switched,
        payloads.MoveHere: buttons.moved_here,
        payloads.ChooseNewReading: buttons.reading_chosen,
        payloads.SaveChange: buttons.change_saved,
        payloads.DropChange: buttons.change_dropped,
    },
    pages={
        payloads.ListPage: pages.list_page,
        payloads.ItemPage: pages.item_page,
        payloads.PostNowPage: pages.post_now_page,
        payloads.EditPage: pages.edit_page,
        payloads.ChangePage: pages.change_page,
    },
    typed={EDIT_FLOW: commands.typed_for_edit},
)
