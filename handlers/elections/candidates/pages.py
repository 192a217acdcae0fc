"""Pages around candidates that one person sees."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.beginning import preview
from handlers.elections.candidates import faces
from handlers.elections.candidates.nominating import begin_accepting, where_to_propose
from handlers.elections.candidates.payloads import (
    AcceptPage,
    CandidaciesPage,
    CandidacyPage,
    ChangePage,
    ElectorsPage,
    LeavePage,
    NominatePage,
    WhoPage,
    WordsPage,
)
from handlers.elections.candidates.use_cases import (
    begin_change,
    candidacies_in,
    change_in,
    own_candidacy,
)
from handlers.elections.use_cases import open_row


async def who_page(context: Context, page: WhoPage) -> Face:
    election = await context.read(open_row, page.election)
    return faces.draw_who_stands(election, page.page, context.words)


async def candidacies_page(context: Context, page: CandidaciesPage) -> Face:
    found = await context.read(candidacies_in, page.chat)
    return faces.draw_candidacies(found, context.words)


async def candidacy_page(context: Context, page: CandidacyPage) -> Face:
    own = await context.read(own_candidacy, page.election)
    return faces.draw_candidacy(own, context.words)


async def words_page(context: Context, page: WordsPage) -> Face:
    own = await context.run(begin_change, page.election)
    return faces.draw_words_page(own, context.words)


async def change_page(context: Context, page: ChangePage) -> Face:
    found = await context.read(change_in, page.draft)
    return faces.draw_change(found, context.words)


async def leave_page(context: Context, page: LeavePage) -> Face:
    own = await context.read(own_candidacy, page.election)
    return faces.draw_leave_page(own, context.words)


async def nominate_page(context: Context, page: NominatePage) -> Face:
    found = await context.read(where_to_propose, page.draft)
    return faces.draw_nominate_page(found, context.words)


async def accept_page(context: Context, page: AcceptPage) -> Face:
    election = await context.run(begin_accepting, page.nomination)
    return faces.draw_accept_page(election, context.words)


async def electors_page(context: Context, page: ElectorsPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(preview, page.draft)
    return faces.draw_electors_page(found, context.words)
