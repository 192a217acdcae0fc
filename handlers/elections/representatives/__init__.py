"""Representatives: who was elected takes office, for a term, and can be recalled."""

from __future__ import annotations

from bot.feature import Audience, Command, DueSource, Feature, View
from handlers.elections.offices import ENDED_POST, FAILED_POST
from handlers.elections.representatives import buttons, cards, commands, pages, payloads, use_cases
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
            audience=Audience.ORGANISERS,
            ephemeral=False,
            in_menu=False,
        ),
    ),
    buttons={
        payloads.OfferOffice: buttons.offered,
        payloads.NameHolder: buttons.holder_named,
        payloads.DropDraft: buttons.dropped,
        payloads.TakeOffice: buttons.taken,
        payloads.DeclineOffice: buttons.declined,
        payloads.WithdrawOffer: buttons.withdrawn,
        payloads.StepDown: buttons.stepped_down,
        payloads.ChooseBuilding: buttons.building_chosen,
        payloads.ChooseAllBuildings: buttons.all_buildings_chosen,
        payloads.ForgetOffice: buttons.forgotten,
        payloads.BeginRecall: buttons.recall_begun,
    },
    pages={
        payloads.ListPage: pages.list_page,
        payloads.PastPage: pages.past_page,
        payloads.OfficePage: pages.office_page,
        payloads.AddPage: pages.add_page,
        payloads.OfferPage: pages.offer_page,
        payloads.UntilPage: pages.until_page,
        payloads.OfferUntilPage: pages.offer_until_page,
        payloads.HolderPage: pages.holder_page,
        payloads.WithdrawPage: pages.withdraw_page,
        payloads.StepDownPage: pages.step_down_page,
        payloads.BuildingsPage: pages.buildings_page,
        payloads.ForgetPage: pages.forget_page,
        payloads.RecallPage: pages.recall_page,
    },
    typed={UNTIL_FLOW: commands.until_typed},
    posts={
        OFFERED_POST: View(use_cases.load_offered, cards.draw_offered),
        NAMED_POST: View(use_cases.load_offered, cards.draw_named),
        TAKEN_POST: View(use_cases.load_taken, cards.draw_taken),
        ENDED_POST: View(use_cases.load_ended, cards.draw_ended),
        FAILED_POST: View(use_cases.load_failed, cards.draw_failed),
    },
    due=(DueSource(use_cases.end_terms, use_cases.next_term_end),),
    erase=(use_cases.forget_untaken,),
)
