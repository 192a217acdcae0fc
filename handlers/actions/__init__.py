"""Actions: what neighbours do together, announced in the chat and answered with a tap."""

from __future__ import annotations

from bot.feature import Card, Command, Feature, PageBy, Post, TapBy
from handlers.actions import buttons, commands, faces, pages, payloads
from handlers.actions.use_cases import (
    CANCELLED_POST,
    CHANGED_POST,
    EDIT_FLOW,
    close_past,
    load_card,
)
from storage import actions

ACTIONS = Feature(
    name="actions",
    commands=(
        Command("action", commands.action, "actions.menu.action", ephemeral=False),
        Command("actions", commands.actions, "actions.menu.actions"),
    ),
    buttons={
        payloads.GiveAnswer: TapBy(buttons.answer),
        payloads.ChooseReading: TapBy(buttons.reading_chosen),
        payloads.Publish: TapBy(buttons.published),
        payloads.SaveEdit: TapBy(buttons.edit_saved),
        payloads.DropDraft: TapBy(buttons.dropped),
        payloads.CancelAction: TapBy(buttons.called_off),
        payloads.GiveSupport: TapBy(buttons.support_given),
        payloads.TakeSupportBack: TapBy(buttons.support_taken_back),
    },
    pages={
        payloads.PreviewPage: PageBy(pages.preview_page),
        payloads.ChangePage: PageBy(pages.change_page),
        payloads.CancelPage: PageBy(pages.cancel_page),
        payloads.EditPage: PageBy(pages.edit_page),
        payloads.ListPage: PageBy(pages.list_page),
    },
    typed={EDIT_FLOW: commands.edited_line},
    cards={
        actions.CARD: Card(
            load_card,
            faces.draw_card,
            is_pinned=lambda shown: not (shown.action.is_cancelled or shown.is_over),
            hallmark=payloads.ChangePage,
        )
    },
    posts={
        CHANGED_POST: Post(load_card, faces.draw_changed),
        CANCELLED_POST: Post(load_card, faces.draw_cancelled),
    },
    hourly=(close_past,),
)
