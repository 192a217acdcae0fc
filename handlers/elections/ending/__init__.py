"""The end of an election: its deadline, acts that want two organisers, the result, and forgetting."""

from __future__ import annotations

from bot.feature import Audience, CardView, Command, DueSource, Feature, View
from handlers.elections.ending import buttons, cards, commands, pages, payloads
from handlers.elections.ending.use_cases import (
    DEADLINE_FLOW,
    forget_due,
    load_act,
    load_act_over,
    load_deleted,
    load_filed,
    load_open,
    load_outcome,
    load_reminder,
    load_undone,
    move_due,
    next_due,
)
from handlers.elections.posting import (
    ACT_CARD,
    ACT_OVER_POST,
    DEADLINE_POST,
    DELETED_POST,
    FILED_POST,
    REMINDER_POST,
    RESULT_POST,
    UNDONE_POST,
)

ENDING = Feature(
    name="elections.ending",
    commands=(
        # Named where it is of use; the menu stays short.
        Command(
            "erase",
            commands.erase,
            "ending.menu.erase",
            audience=Audience.ORGANISERS,
            in_menu=False,
        ),
    ),
    buttons={
        payloads.ConfirmAct: buttons.act_confirmed,
        payloads.StopAct: buttons.act_stopped,
        payloads.SetDraftDeadline: buttons.draft_deadline_set,
        payloads.SetDeadline: buttons.deadline_set,
        payloads.SaveDeadline: buttons.deadline_saved,
        payloads.FileCandidate: buttons.filed,
        payloads.SetKept: buttons.kept_set,
        payloads.Forget: buttons.forgotten,
        payloads.DeleteElection: buttons.deleted,
    },
    pages={
        payloads.DraftDeadlinePage: pages.draft_deadline_page,
        payloads.TypeDraftDeadlinePage: pages.type_draft_deadline_page,
        payloads.DeadlinePage: pages.deadline_page,
        payloads.TypeDeadlinePage: pages.type_deadline_page,
        payloads.TypedDeadlinePage: pages.typed_deadline_page,
        payloads.FilePage: pages.file_page,
        payloads.CertificatePage: pages.certificate_page,
        payloads.Certificate: pages.certificate,
        payloads.KeepPage: pages.keep_page,
        payloads.ErasePage: pages.erase_page,
        payloads.ForgetPage: pages.forget_page,
        payloads.DeletePage: pages.delete_page,
    },
    typed={DEADLINE_FLOW: commands.deadline_typed},
    cards={ACT_CARD: CardView(load_act, cards.draw_act, hallmark=payloads.StopAct)},
    posts={
        ACT_OVER_POST: View(load_act_over, cards.draw_act_over),
        DEADLINE_POST: View(load_open, cards.draw_moved_deadline),
        REMINDER_POST: View(load_reminder, cards.draw_reminder),
        UNDONE_POST: View(load_undone, cards.draw_undone),
        FILED_POST: View(load_filed, cards.draw_filed),
        DELETED_POST: View(load_deleted, cards.draw_deleted),
        RESULT_POST: View(load_outcome, cards.draw_result),
    },
    due=(DueSource(move_due, next_due),),
    erase=(forget_due,),
)
