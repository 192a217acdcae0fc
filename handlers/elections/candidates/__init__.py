"""Candidates: their own words, proposing a neighbour, leaving, and who may sign for them."""

from __future__ import annotations

from bot.feature import Command, Feature, PageBy, Post, TapBy
from handlers.elections.candidates import buttons, commands, faces, pages, payloads
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
        payloads.SaveWords: TapBy(buttons.words_saved),
        payloads.DropWords: TapBy(buttons.words_dropped),
        payloads.Leave: TapBy(buttons.left),
        payloads.Nominate: TapBy(buttons.nominated),
        payloads.Accept: TapBy(buttons.accepted),
        payloads.Decline: TapBy(buttons.declined),
        payloads.ChooseForEach: TapBy(buttons.for_each_chosen),
        payloads.ChooseNewcomers: TapBy(buttons.newcomers_chosen),
        payloads.LetNewcomers: TapBy(buttons.newcomers_let),
        payloads.WithdrawFrom: TapBy(buttons.withdrawn),
    },
    pages={
        payloads.WhoPage: PageBy(pages.who_page),
        payloads.CandidaciesPage: PageBy(pages.candidacies_page),
        payloads.CandidacyPage: PageBy(pages.candidacy_page),
        payloads.WordsPage: PageBy(pages.words_page),
        payloads.ChangePage: PageBy(pages.change_page),
        payloads.LeavePage: PageBy(pages.leave_page),
        payloads.NominatePage: PageBy(pages.nominate_page),
        payloads.AcceptPage: PageBy(pages.accept_page),
        payloads.ElectorsPage: PageBy(pages.electors_page),
    },
    typed={WORDS_FLOW: commands.words_typed},
    events=HANDLERS,
    posts={FAREWELL_POST: Post(load_farewell, faces.draw_farewell)},
    hourly=(recount_some, forget_old),
)
