"""Representatives: who was elected takes office, for a term, and can be recalled."""

from __future__ import annotations

from bot.feature import Command, DueSource, Feature, PageBy, Post, TapBy
from bot.person.rights import ORGANISERS
from handlers.elections.offices import ENDED_POST, FAILED_POST
from handlers.elections.representatives import buttons, commands, faces, pages, payloads, use_cases
from handlers.elections.representatives.use_cases import (
    NAMED_POST,
    OFFERED_POST,
    TAKEN_POST,
    UNTIL_FLOW,
)

REPRESENTATIVES = Feature(
    name="elections.representatives",
    commands=(
        Command(
            "representatives",
            commands.representatives,
            "representatives.menu.representatives",
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
        payloads.OfferOffice: TapBy(buttons.offered),
        payloads.NameHolder: TapBy(buttons.holder_named),
        payloads.DropDraft: TapBy(buttons.dropped),
        payloads.TakeOffice: TapBy(buttons.taken),
        payloads.DeclineOffice: TapBy(buttons.declined),
        payloads.WithdrawOffer: TapBy(buttons.withdrawn),
        payloads.StepDown: TapBy(buttons.stepped_down),
        payloads.ChooseBuilding: TapBy(buttons.building_chosen),
        payloads.ChooseAllBuildings: TapBy(buttons.all_buildings_chosen),
        payloads.ForgetOffice: TapBy(buttons.forgotten),
        payloads.BeginRecall: TapBy(buttons.recall_begun),
    },
    pages={
        payloads.ListPage: PageBy(pages.list_page),
        payloads.PastPage: PageBy(pages.past_page),
        payloads.OfficePage: PageBy(pages.office_page),
        payloads.AddPage: PageBy(pages.add_page),
        payloads.OfferPage: PageBy(pages.offer_page),
        payloads.UntilPage: PageBy(pages.until_page),
        payloads.OfferUntilPage: PageBy(pages.offer_until_page),
        payloads.HolderPage: PageBy(pages.holder_page),
        payloads.WithdrawPage: PageBy(pages.withdraw_page),
        payloads.StepDownPage: PageBy(pages.step_down_page),
        payloads.BuildingsPage: PageBy(pages.buildings_page),
        payloads.ForgetPage: PageBy(pages.forget_page),
        payloads.RecallPage: PageBy(pages.recall_page),
    },
    typed={UNTIL_FLOW: commands.until_typed},
    posts={
        OFFERED_POST: Post(use_cases.load_offered, faces.draw_offered),
        NAMED_POST: Post(use_cases.load_offered, faces.draw_named),
        TAKEN_POST: Post(use_cases.load_taken, faces.draw_taken),
        ENDED_POST: Post(use_cases.load_ended, faces.draw_ended),
        FAILED_POST: Post(use_cases.load_failed, faces.draw_failed),
    },
    due=(DueSource(use_cases.end_terms, use_cases.next_term_end),),
    hourly=(use_cases.forget_untaken,),
)
