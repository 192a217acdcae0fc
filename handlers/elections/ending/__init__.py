"""The end of an election: its deadline, acts that want two organisers, the result, and forgetting."""

from __future__ import annotations

from bot.chores import Chore
from bot.domain.moments.answered import answered_moment
from bot.feature import (
    Card,
    Command,
    DueSource,
    Feature,
    Page,
    PageBy,
    Post,
    Say,
    Show,
    Tap,
    TapBy,
    Typed,
    WhenLate,
)
from bot.person.rights import EVERYONE, ORGANISERS, ORGANISERS_OF_DRAFT
from bot.safety.wall_times import Planned
from handlers.elections.ending import (
    buttons,
    commands,
    faces,
    forgetting,
    pages,
    payloads,
    result,
    use_cases,
)
from handlers.elections.ending.rights import (
    ONE_OF_THE_ORGANISERS_OF_ACT,
    ONE_OF_THE_ORGANISERS_OF_DRAFT,
    ORGANISERS_OF_ACT,
)
from handlers.elections.heart import codes, posts, reach
from handlers.elections.heart.acts import asking
from handlers.elections.heart.rights import (
    ONE_OF_THE_ORGANISERS_OF_CANDIDATE,
    ONE_OF_THE_ORGANISERS_OF_ELECTION,
    ORGANISERS_OF_CANDIDATE,
    ORGANISERS_OF_ELECTION,
)
from storage.elections import acts as waiting_acts
from storage.elections import elections

ENDING = Feature(
    name="elections.ending",
    commands=(
        # Named where it is of use; the menu stays short.
        Command("erase", commands.erase, "ending.menu.erase", right=ORGANISERS, in_menu=False),
    ),
    buttons={
        # All see these two.
        payloads.ConfirmAct: TapBy(
            buttons.act_confirmed,
            ONE_OF_THE_ORGANISERS_OF_ACT,
            otherwise=Show(payloads.ActPage),
        ),
        payloads.StopAct: Tap(
            asking.stop,
            Say("ending.stopped"),
            ORGANISERS_OF_ACT,
            otherwise=Show(payloads.ActPage),
        ),
        payloads.FreezeBase: TapBy(buttons.base_frozen, ONE_OF_THE_ORGANISERS_OF_ELECTION),
        payloads.CloseElection: TapBy(buttons.closed, ONE_OF_THE_ORGANISERS_OF_ELECTION),
        payloads.DeleteElection: TapBy(buttons.deleted, ONE_OF_THE_ORGANISERS_OF_ELECTION),
        payloads.SetDeadline: TapBy(buttons.deadline_set, ONE_OF_THE_ORGANISERS_OF_ELECTION),
        payloads.SaveDeadline: TapBy(buttons.deadline_saved, ONE_OF_THE_ORGANISERS_OF_DRAFT),
        payloads.LeaveTyping: TapBy(buttons.typing_left, ORGANISERS_OF_DRAFT),
        payloads.FileCandidate: TapBy(buttons.filed, ORGANISERS_OF_CANDIDATE),
        payloads.SetKept: TapBy(buttons.kept_set, ONE_OF_THE_ORGANISERS_OF_ELECTION),
        payloads.Strike: TapBy(buttons.struck, ONE_OF_THE_ORGANISERS_OF_CANDIDATE),
        payloads.Forget: TapBy(buttons.forgotten, ORGANISERS_OF_ELECTION),
    },
    pages={
        payloads.ActPage: Page(use_cases.act_here, faces.draw_act_page, EVERYONE),
        payloads.FreezePage: Page(
            reach.open_election, faces.draw_freeze_page, ORGANISERS_OF_ELECTION
        ),
        payloads.ClosePage: Page(
            reach.open_election, faces.draw_close_page, ORGANISERS_OF_ELECTION
        ),
        payloads.ClosedPage: PageBy(pages.closed_page, EVERYONE),
        payloads.DeadlinePage: Page(
            reach.open_election, faces.draw_deadline_page, ORGANISERS_OF_ELECTION
        ),
        payloads.TypeDeadlinePage: Page(
            use_cases.ask_deadline, faces.draw_typing, ORGANISERS_OF_ELECTION, writes=True
        ),
        payloads.TypedDeadlinePage: Page(
            use_cases.typed_deadline, faces.draw_typed_page, ORGANISERS_OF_DRAFT
        ),
        payloads.FilePage: Page(
            use_cases.of_candidate, faces.draw_file_page, ORGANISERS_OF_CANDIDATE
        ),
        payloads.CertificatePage: Page(
            result.outcome, faces.draw_certificate_page, ORGANISERS_OF_ELECTION
        ),
        payloads.Certificate: PageBy(pages.certificate, ORGANISERS_OF_ELECTION),
        payloads.KeepPage: Page(
            use_cases.remembering, faces.draw_keep_page, ORGANISERS_OF_ELECTION
        ),
        payloads.StrikePage: Page(
            reach.open_election, faces.draw_strike_page, ORGANISERS_OF_ELECTION
        ),
        payloads.StrikeNamePage: Page(
            use_cases.reachable_candidate, faces.draw_strike_name_page, ORGANISERS_OF_CANDIDATE
        ),
        payloads.ErasePage: Page(use_cases.still_remembered, faces.draw_erase_page, ORGANISERS),
        payloads.ForgetPage: Page(result.over, faces.draw_forget_page, ORGANISERS_OF_ELECTION),
        payloads.DeletePage: Page(
            reach.seen_election, faces.draw_delete_page, ORGANISERS_OF_ELECTION
        ),
    },
    typed={
        use_cases.DEADLINE_FLOW: Typed(
            commands.deadline_typed, ORGANISERS_OF_DRAFT, merge=answered_moment
        )
    },
    cards={
        posts.ACT_CARD: Card(use_cases.load_act, faces.draw_act, hallmark=payloads.StopAct),
    },
    posts={
        posts.ACT_OVER_POST: Post(
            use_cases.load_act_over, faces.draw_act_over, when_late=WhenLate.SAY_SO
        ),
        posts.DEADLINE_POST: Post(
            reach.load_open, faces.draw_moved_deadline, when_late=WhenLate.SAY_SO
        ),
        posts.REMINDER_POST: Post(use_cases.load_reminder, faces.draw_reminder),
        posts.UNDONE_POST: Post(
            use_cases.load_undone, faces.draw_undone, when_late=WhenLate.SAY_SO
        ),
        posts.FILED_POST: Post(
            reach.load_of_candidate, faces.draw_filed, when_late=WhenLate.SAY_SO
        ),
        posts.DELETED_POST: Post(reach.load_card, faces.draw_deleted, when_late=WhenLate.SAY_SO),
        posts.RESULT_POST: Post(result.load_outcome, faces.draw_result, when_late=WhenLate.SAY_SO),
    },
    due=(DueSource(use_cases.move_due, use_cases.next_due, look=use_cases.count_due),),
    planned=(
        Planned(elections.with_deadline, use_cases.keep_wall_time),
        Planned(waiting_acts.waiting_deadlines, use_cases.show_wall_time),
    ),
    hourly=(
        Chore(codes.find_changed_settings, codes.hold_found_settings),
        # In this order, so that nothing is left of an election within the hour.
        Chore(forgetting.find_due_to_forget, forgetting.forget_due),
        Chore(forgetting.find_left_behind, forgetting.erase_left_behind),
        Chore(forgetting.find_acts_over, forgetting.forget_acts),
    ),
)
