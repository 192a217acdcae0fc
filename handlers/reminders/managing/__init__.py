"""What waits: seen by everyone, changed by organisers."""

from __future__ import annotations

from bot.feature import Command, Feature, PageBy, TapBy
from handlers.reminders.managing import buttons, commands, pages, payloads
from handlers.reminders.managing.use_cases import EDIT_FLOW

MANAGING = Feature(
    name="reminders.managing",
    commands=(Command("reminders", commands.reminders, "managing.menu.reminders"),),
    buttons={
        payloads.Pause: TapBy(buttons.paused),
        payloads.Resume: TapBy(buttons.resumed),
        payloads.SkipNext: TapBy(buttons.skipped),
        payloads.DeleteReminder: TapBy(buttons.deleted),
        payloads.Undo: TapBy(buttons.undone),
        payloads.PostNow: TapBy(buttons.posted_now),
        payloads.SwitchOf: TapBy(buttons.switched),
        payloads.MoveHere: TapBy(buttons.moved_here),
        payloads.ChooseNewReading: TapBy(buttons.reading_chosen),
        payloads.SaveChange: TapBy(buttons.change_saved),
        payloads.DropChange: TapBy(buttons.change_dropped),
    },
    pages={
        payloads.ListPage: PageBy(pages.list_page),
        payloads.ItemPage: PageBy(pages.item_page),
        payloads.PostNowPage: PageBy(pages.post_now_page),
        payloads.EditPage: PageBy(pages.edit_page),
        payloads.ChangePage: PageBy(pages.change_page),
    },
    typed={EDIT_FLOW: commands.typed_for_edit},
)
