"""Representatives: who was elected takes office, for a term, and can be recalled."""

from __future__ import annotations

from bot.chores import Chore
from bot.domain.elections.terms import answered_day
from bot.feature import (
    Close,
    Command,
    DueSource,
    Feature,
    Page,
    PageBy,
    Post,
    Show,
    Tap,
    TapBy,
    Typed,
    WhenLate,
)
from bot.person.rights import EVERYONE, ORGANISERS, ORGANISERS_OF_CHAT, ORGANISERS_OF_DRAFT
from bot.safety.wall_times import Planned
from handlers.elections.heart.offices import ENDED_POST, FAILED_POST
from handlers.elections.heart.reach import load_card
from handlers.elections.heart.rights import ORGANISERS_OF_CANDIDATE
from handlers.elections.representatives import (
    buttons,
    commands,
    faces,
    pages,
    payloads,
    reading,
    recalling,
    use_cases,
)
from handlers.elections.representatives.rights import ORGANISERS_OF_OFFICE
from handlers.elections.representatives.use_cases import (
    NAMED_POST,
    OFFERED_POST,
    TAKEN_POST,
    UNTIL_FLOW,
)
from storage.elections import representatives as offices

REPRESENTATIVES = Feature(
    name="elections.representatives",
    commands=(
        Command(
            "representatives",
            commands.representatives,
            "representatives.menu.representatives",
            EVERYONE,
        ),
        # A reply that the whole chat may see; the page that needs it names it.
        Command(
            "representative",
            commands.representative,
            "representatives.menu.representative",
            right=ORGANISERS,
            ephemeral=False,
            in_menu=False,
        ),
    ),
    buttons={
        payloads.OfferOffice: TapBy(buttons.offered, ORGANISERS_OF_CANDIDATE),
        payloads.LeaveUntil: TapBy(buttons.until_left, ORGANISERS_OF_DRAFT),
        payloads.NameHolder: TapBy(buttons.holder_named, ORGANISERS_OF_DRAFT),
        payloads.DropDraft: Tap(use_cases.drop_draft, Close("frame.dropped"), ORGANISERS_OF_DRAFT),
        # Only whose office it is; the use case knows them.
        payloads.TakeOffice: TapBy(buttons.taken, EVERYONE),
        payloads.DeclineOffice: TapBy(buttons.declined, EVERYONE),
        payloads.StepDown: TapBy(buttons.stepped_down, EVERYONE),
        payloads.WithdrawOffer: TapBy(buttons.withdrawn, ORGANISERS_OF_OFFICE),
        payloads.ChooseBuilding: Tap(
            use_cases.choose_building, Show(payloads.BuildingsPage), ORGANISERS_OF_OFFICE
        ),
        payloads.ChooseAllBuildings: Tap(
            use_cases.choose_all_buildings,
            Show(payloads.BuildingsPage, {"page": 0}),
            ORGANISERS_OF_OFFICE,
        ),
        payloads.ForgetOffice: TapBy(buttons.forgotten, ORGANISERS_OF_OFFICE),
        payloads.BeginRecall: TapBy(buttons.recall_begun, ORGANISERS_OF_OFFICE),
    },
    pages={
        payloads.ListPage: PageBy(pages.list_page, EVERYONE),
        payloads.PastPage: PageBy(pages.past_page, EVERYONE),
        payloads.OfficePage: PageBy(pages.office_page, EVERYONE),
        payloads.AddPage: PageBy(pages.add_page, ORGANISERS_OF_CHAT),
        payloads.OfferPage: Page(reading.elected_one, faces.draw_offer, ORGANISERS_OF_CANDIDATE),
        payloads.UntilPage: Page(
            use_cases.begin_until, faces.draw_until, ORGANISERS_OF_CANDIDATE, writes=True
        ),
        payloads.OfferUntilPage: PageBy(pages.offer_until_page, ORGANISERS_OF_CANDIDATE),
        payloads.HolderPage: Page(
            use_cases.offered_in_draft, faces.draw_holder, ORGANISERS_OF_DRAFT
        ),
        payloads.WithdrawPage: Page(reading.office_view, faces.draw_withdraw, ORGANISERS_OF_OFFICE),
        payloads.StepDownPage: Page(reading.own_office, faces.draw_step_down, EVERYONE),
        payloads.BuildingsPage: PageBy(pages.buildings_page, ORGANISERS_OF_OFFICE),
        payloads.ForgetPage: Page(reading.office_view, faces.draw_forget, ORGANISERS_OF_OFFICE),
        payloads.RecallPage: Page(recalling.recall_of, faces.draw_recall, ORGANISERS_OF_OFFICE),
    },
    typed={UNTIL_FLOW: Typed(commands.until_typed, ORGANISERS_OF_DRAFT, merge=answered_day)},
    posts={
        OFFERED_POST: Post(use_cases.load_offered, faces.draw_offered, when_late=WhenLate.SAY_SO),
        NAMED_POST: Post(use_cases.load_offered, faces.draw_named, when_late=WhenLate.SAY_SO),
        TAKEN_POST: Post(use_cases.load_taken, faces.draw_taken, when_late=WhenLate.SAY_SO),
        ENDED_POST: Post(use_cases.load_ended, faces.draw_ended, when_late=WhenLate.SAY_SO),
        FAILED_POST: Post(load_card, faces.draw_failed, when_late=WhenLate.SAY_SO),
    },
    due=(DueSource(use_cases.end_terms, use_cases.next_term_end),),
    planned=(Planned(offices.with_term, use_cases.keep_last_day),),
    hourly=(Chore(use_cases.find_untaken, use_cases.forget_untaken),),
)
