"""Candidates: their own words, proposing a neighbour, leaving, and who may sign for them."""

from __future__ import annotations

from bot.feature import Command, Feature, View
from handlers.elections.candidates import buttons, cards, commands, pages, payloads
from handlers.elections.candidates.events import HANDLERS
from handlers.elections.candidates.use_cases import (
    FAREWELL_POST,
    WORDS_FLOW,
    forget_old,
    load_farewell,
    recount_some,
)

CANDIDATES = Feature(
    name="elections.candidates",
    # Named where a neighbour looks for it; the menu stays short.
    commands=(Command("nominate", commands.nominate, "candidates.menu.nominate", in_menu=False),),
    buttons={
        payloads.SaveWords: buttons.words_saved,
        payloads.DropWords: buttons.words_dropped,
        payloads.Leave: buttons.left,
        payloads.Nominate: buttons.nominated,
        payloads.Accept: buttons.accepted,
        payloads.Decline: buttons.declined,
        payloads.ChooseForEach: buttons.for_each_chosen,
        payloads.ChooseNewcomers: buttons.newcomers_chosen,
        payloads.LetNewcomers: buttons.newcomers_let,
        payloads.WithdrawFrom: buttons.withdrawn,
    },
    pages={
        payloads.WhoPage: pages.who_page,
        payloads.CandidaciesPage: pages.candidacies_page,
        payloads.CandidacyPage: pages.candidacy_page,
        payloads.WordsPage: pages.words_page,
        payloads.ChangePage: pages.change_page,
        payloads.LeavePage: pages.leave_page,
        payloads.NominatePage: pages.nominate_page,
        payloads.AcceptPage: pages.accept_page,
        payloads.ElectorsPage: pages.electors_page,
    },
    typed={WORDS_FLOW: commands.words_typed},
    events=HANDLERS,
    posts={FAREWELL_POST: View(load_farewell, cards.draw_farewell)},
    erase=(recount_some, forget_old),
)
