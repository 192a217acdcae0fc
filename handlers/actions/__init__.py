"""Actions: what neighbours do together, announced in the chat and answered with a tap."""

from __future__ import annotations

from bot.chores import Chore
from bot.domain.moments.answered import answered_line
from bot.feature import (
    Answers,
    Card,
    Close,
    Command,
    DueSource,
    Feature,
    Page,
    PageBy,
    Planned,
    Post,
    Show,
    Tap,
    TapBy,
    Typed,
    WhenLate,
)
from bot.person.rights import ASKED_INSIDE, AUTHOR, EVERYONE
from handlers.actions import buttons, careful_counts, commands, faces, pages, payloads
from handlers.actions.carrying import CARRIED
from handlers.actions.drafting import EDIT_FLOW, choose_reading, drop_draft, preview
from handlers.actions.posting import CANCELLED_POST, CHANGED_POST
from handlers.actions.supporting import give_support, take_support_back
from handlers.actions.use_cases import (
    close_past,
    coming,
    find_old,
    find_past,
    forget_old,
    keep_wall_time,
    load_card,
    take_back_unsaid,
)
from storage import actions

ACTIONS = Feature(
    name="actions",
    commands=(
        Command(
            "action",
            commands.action,
            "actions.menu.action",
            EVERYONE,
            ephemeral=False,
            answers=Answers(answered_line),
        ),
        Command("actions", commands.actions, "actions.menu.actions", EVERYONE),
    ),
    buttons={
        payloads.GiveAnswer: TapBy(buttons.answered, EVERYONE),
        payloads.ChooseReading: Tap(choose_reading, Show(payloads.PreviewPage), right=AUTHOR),
        payloads.Publish: TapBy(buttons.published, right=AUTHOR),
        payloads.DropDraft: Tap(drop_draft, Close("frame.dropped"), right=AUTHOR),
        # Of its author or an organiser.
        payloads.SaveEdit: TapBy(buttons.edit_saved, right=ASKED_INSIDE),
        payloads.CancelAction: TapBy(buttons.called_off, right=ASKED_INSIDE),
        # Of whoever holds an office, which the use case asks.
        payloads.GiveSupport: Tap(give_support, Close("representatives.support.given"), EVERYONE),
        payloads.TakeSupportBack: Tap(
            take_support_back, Close("representatives.support.taken_back"), EVERYONE
        ),
    },
    pages={
        payloads.PreviewPage: Page(preview, faces.draw_preview, right=AUTHOR),
        payloads.ListPage: Page(coming, faces.draw_list, EVERYONE),
        # Of its author or an organiser; a representative comes to the first too, to support it.
        payloads.ChangePage: PageBy(pages.change_page, right=ASKED_INSIDE),
        payloads.CancelPage: PageBy(pages.cancel_page, right=ASKED_INSIDE),
        payloads.EditPage: PageBy(pages.edit_page, right=ASKED_INSIDE),
    },
    typed={EDIT_FLOW: Typed(commands.edited_line, EVERYONE)},
    cards={
        actions.CARD: Card(
            load_card,
            faces.draw_card,
            is_pinned=lambda shown: not (shown.action.is_cancelled or shown.is_over),
            hallmark=payloads.ChangePage,
        )
    },
    posts={
        CHANGED_POST: Post(load_card, faces.draw_changed, when_late=WhenLate.SAY_SO),
        CANCELLED_POST: Post(load_card, faces.draw_cancelled, when_late=WhenLate.SAY_SO),
    },
    due=(DueSource(careful_counts.publish_due_numbers, careful_counts.next_hour_due),),
    planned=(Planned(actions.planned, keep_wall_time),),
    # In this order, so that a card is drawn a last time before it is forgotten.
    hourly=(Chore(find_old, forget_old), Chore(find_past, close_past)),
    left=(take_back_unsaid,),
    carried=CARRIED,
)
