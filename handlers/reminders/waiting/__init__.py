"""What waits: seen by everyone, changed by organisers."""

from __future__ import annotations

from bot.feature import Close, Command, Feature, Page, PageBy, Show, Tap, TapBy, Typed
from bot.person.rights import EVERYONE, ORGANISERS_OF_CHAT, ORGANISERS_OF_DRAFT
from handlers.reminders.waiting import (
    buttons,
    changing,
    commands,
    deeds,
    faces,
    listing,
    pages,
    payloads,
    undoing,
)

REMINDERS_WAITING = Feature(
    name="reminders.waiting",
    commands=(
        Command(
            "reminders",
            commands.reminders,
            "reminders.waiting.menu.reminders",
            EVERYONE,
            in_menu=False,
        ),
    ),
    buttons={
        payloads.Pause: Tap(deeds.pause, Show(payloads.ItemPage), right=ORGANISERS_OF_CHAT),
        payloads.Resume: Tap(deeds.resume, Show(payloads.ItemPage), right=ORGANISERS_OF_CHAT),
        payloads.SkipNext: Tap(deeds.skip_next, Show(payloads.ItemPage), right=ORGANISERS_OF_CHAT),
        payloads.DeleteReminder: TapBy(buttons.deleted, right=ORGANISERS_OF_CHAT),
        payloads.Undo: Tap(undoing.undo, Show(payloads.ItemPage), right=ORGANISERS_OF_CHAT),
        payloads.PostNow: Tap(
            deeds.post_now, Close("reminders.waiting.posted"), right=ORGANISERS_OF_CHAT
        ),
        payloads.SwitchOf: Tap(
            deeds.switch_setting, Show(payloads.ItemPage), right=ORGANISERS_OF_CHAT
        ),
        payloads.MoveHere: Tap(deeds.move_here, Show(payloads.ItemPage), right=ORGANISERS_OF_CHAT),
        payloads.ChooseNewReading: Tap(
            changing.choose_reading, Show(payloads.ChangePage), right=ORGANISERS_OF_DRAFT
        ),
        payloads.SaveChange: TapBy(buttons.change_saved, right=ORGANISERS_OF_DRAFT),
        payloads.DropChange: Tap(
            changing.drop_change, Close("reminders.waiting.unchanged"), right=ORGANISERS_OF_DRAFT
        ),
    },
    pages={
        payloads.ListPage: PageBy(pages.list_page, right=EVERYONE),
        payloads.ItemPage: Page(listing.item, faces.draw_item, right=ORGANISERS_OF_CHAT),
        payloads.PostNowPage: Page(listing.item, faces.draw_post_now, right=ORGANISERS_OF_CHAT),
        payloads.EditPage: Page(
            changing.begin_edit, faces.draw_ask, right=ORGANISERS_OF_CHAT, writes=True
        ),
        payloads.ChangePage: Page(changing.change, faces.draw_change, right=ORGANISERS_OF_DRAFT),
    },
    typed={changing.EDIT_FLOW: Typed(commands.typed_for_edit, ORGANISERS_OF_DRAFT)},
)
