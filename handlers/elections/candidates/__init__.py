"""Candidates: standing, their own words, proposing a neighbour, and leaving."""

from __future__ import annotations

from bot.feature import Close, Command, Feature, Page, PageBy, Post, Tap, TapBy, Typed
from handlers.elections.candidates import (
    buttons,
    commands,
    faces,
    nominating,
    pages,
    payloads,
    standing,
    use_cases,
)

CANDIDATES = Feature(
    name="elections.candidates",
    commands=(
        # Named on every card, and where a neighbour looks for it; the menu stays short.
        Command("stand", commands.stand, "elections.menu.stand", in_menu=False),
        Command("nominate", commands.nominate, "candidates.menu.nominate", in_menu=False),
    ),
    buttons={
        payloads.Stand: Tap(standing.stand, Close("elections.stand.done")),
        payloads.DropStanding: Tap(standing.drop_standing, Close("frame.dropped")),
        payloads.SaveWords: Tap(use_cases.save_words, Close("candidates.saved")),
        payloads.DropWords: Tap(use_cases.drop_words, Close("candidates.unchanged")),
        payloads.Leave: Tap(use_cases.leave, Close("candidates.left")),
        payloads.Nominate: TapBy(buttons.nominated),
        payloads.Accept: TapBy(buttons.accepted),
        payloads.Decline: TapBy(buttons.declined),
    },
    pages={
        payloads.StandPage: Page(standing.standing, faces.draw_stand_page),
        payloads.StandInPage: Page(standing.standing_in, faces.draw_stand_page),
        payloads.WhoPage: PageBy(pages.who_page),
        payloads.CandidaciesPage: Page(use_cases.candidacies_in, faces.draw_candidacies),
        payloads.CandidacyPage: Page(use_cases.own_candidacy, faces.draw_candidacy),
        payloads.WordsPage: Page(use_cases.begin_change, faces.draw_words_page, writes=True),
        payloads.ChangePage: Page(use_cases.change_in, faces.draw_change),
        payloads.LeavePage: Page(use_cases.own_candidacy, faces.draw_leave_page),
        payloads.NominatePage: Page(nominating.where_to_propose, faces.draw_nominate_page),
        payloads.AcceptPage: Page(nominating.begin_accepting, faces.draw_accept_page, writes=True),
    },
    typed={use_cases.WORDS_FLOW: Typed(commands.words_typed)},
    posts={use_cases.FAREWELL_POST: Post(use_cases.load_farewell, faces.draw_farewell)},
    hourly=(use_cases.forget_old,),
)
