"""Candidates: standing, their own words, proposing a neighbour, and leaving."""

from __future__ import annotations

from bot.chores import Chore
from bot.feature import (
    Answers,
    Close,
    Command,
    Feature,
    Page,
    PageBy,
    Post,
    Tap,
    TapBy,
    Typed,
    WhenLate,
)
from bot.person.rights import EVERYONE
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
from handlers.elections.heart.candidacies import has_left_chat
from handlers.elections.heart.posts import FAREWELL_POST

CANDIDATES = Feature(
    name="elections.candidates",
    commands=(
        # Named on every card, and where a neighbour looks for it; the menu stays short.
        Command(
            "stand",
            commands.stand,
            "elections.menu.stand",
            EVERYONE,
            in_menu=False,
            answers=Answers(),
        ),
        Command("nominate", commands.nominate, "candidates.menu.nominate", EVERYONE, in_menu=False),
    ),
    buttons={
        payloads.Stand: Tap(standing.stand, Close("elections.stand.done"), EVERYONE),
        payloads.DropStanding: Tap(standing.drop_standing, Close("frame.dropped"), EVERYONE),
        payloads.SaveWords: Tap(use_cases.save_words, Close("candidates.saved"), EVERYONE),
        payloads.DropWords: Tap(use_cases.drop_words, Close("candidates.unchanged"), EVERYONE),
        payloads.Leave: Tap(use_cases.leave, Close("candidates.left"), EVERYONE),
        payloads.Nominate: TapBy(buttons.nominee_chosen, EVERYONE),
        payloads.Accept: TapBy(buttons.accepted, EVERYONE),
        payloads.Decline: TapBy(buttons.declined, EVERYONE),
    },
    pages={
        payloads.StandPage: Page(standing.standing, faces.draw_stand_page, EVERYONE),
        payloads.StandInPage: Page(standing.standing_in, faces.draw_stand_page, EVERYONE),
        payloads.WhoPage: PageBy(pages.who_page, EVERYONE),
        payloads.CandidaciesPage: Page(use_cases.candidacies_in, faces.draw_candidacies, EVERYONE),
        payloads.CandidacyPage: Page(use_cases.own_candidacy, faces.draw_candidacy, EVERYONE),
        payloads.WordsPage: Page(
            use_cases.begin_change, faces.draw_words_page, EVERYONE, writes=True
        ),
        payloads.ChangePage: Page(use_cases.change_in, faces.draw_change, EVERYONE),
        payloads.LeavePage: Page(use_cases.own_candidacy, faces.draw_leave_page, EVERYONE),
        payloads.NominatePage: Page(
            nominating.where_to_propose, faces.draw_nominate_page, EVERYONE
        ),
        payloads.AcceptPage: Page(
            nominating.begin_accepting, faces.draw_accept_page, EVERYONE, writes=True
        ),
    },
    typed={use_cases.WORDS_FLOW: Typed(commands.words_typed, EVERYONE)},
    left=(has_left_chat,),
    posts={
        FAREWELL_POST: Post(use_cases.load_farewell, faces.draw_farewell, when_late=WhenLate.SAY_SO)
    },
    hourly=(
        Chore(use_cases.find_unanswered, use_cases.forget_unanswered),
        Chore(use_cases.find_left, use_cases.forget_left),
    ),
)
