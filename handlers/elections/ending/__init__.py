"""The end of an election: its deadline, acts that want two organisers, the result, and forgetting."""

from __future__ import annotations

from bot.feature import Card, Command, DueSource, Feature, PageBy, Post, TapBy
from bot.person.rights import ORGANISERS
from handlers.elections.ending import buttons, commands, faces, pages, payloads
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
            right=ORGANISERS,
            in_menu=False,
        ),
    ),
    buttons={
        payloads.ConfirmAct: TapBy(buttons.act_confirmed),
        payloads.StopAct: TapBy(buttons.act_stopped),
        payloads.SetDraftDeadline: TapBy(buttons.draft_deadline_set),
        payloads.SetDeadline: TapBy(buttons.deadline_set),
        payloads.SaveDeadline: TapBy(buttons.deadline_saved),
        payloads.FileCandidate: TapBy(buttons.filed),
        payloads.SetKept: TapBy(buttons.kept_set),
        payloads.Forget: TapBy(buttons.forgotten),
        payloads.DeleteElection: TapBy(buttons.deleted),
    },
    pages={
        payloads.DraftDeadlinePage: PageBy(pages.draft_deadline_page),
        payloads.TypeDraftDeadlinePage: PageBy(pages.type_draft_deadline_page),
        payloads.DeadlinePage: PageBy(pages.deadline_page),
        payloads.TypeDeadlinePage: PageBy(pages.type_deadline_page),
        payloads.TypedDeadlinePage: PageBy(pages.typed_deadline_page),
        payloads.FilePage: PageBy(pages.file_page),
        payloads.CertificatePage: PageBy(pages.certificate_page),
        payloads.Certificate: PageBy(pages.certificate),
        payloads.KeepPage: PageBy(pages.keep_page),
        payloads.ErasePage: PageBy(pages.erase_page),
        payloads.ForgetPage: PageBy(pages.forget_page),
        payloads.DeletePage: PageBy(pages.delete_page),
    },
    typed={DEADLINE_FLOW: commands.deadline_typed},
    cards={ACT_CARD: Card(load_act, faces.draw_act, hallmark=payloads.StopAct)},
    posts={
        ACT_OVER_POST: Post(load_act_over, faces.draw_act_over),
        DEADLINE_POST: Post(load_open, faces.draw_moved_deadline),
        REMINDER_POST: Post(load_reminder, faces.draw_reminder),
        UNDONE_POST: Post(load_undone, faces.draw_undone),
        FILED_POST: Post(load_filed, faces.draw_filed),
        DELETED_POST: Post(load_deleted, faces.draw_deleted),
        RESULT_POST: Post(load_outcome, faces.draw_result),
    },
    due=(DueSource(move_due, next_due),),
    hourly=(forget_due,),
)
