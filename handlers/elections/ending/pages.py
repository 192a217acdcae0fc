"""Pages about the end of an election, for organisers."""

from __future__ import annotations

import asyncio

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.face import Face
from bot.message.words import LANGUAGE_NAMES
from handlers.elections.beginning import preview
from handlers.elections.ending import faces
from handlers.elections.ending.payloads import (
    Certificate,
    CertificatePage,
    DeadlinePage,
    DeletePage,
    DraftDeadlinePage,
    ErasePage,
    FilePage,
    ForgetPage,
    KeepPage,
    TypedDeadlinePage,
    TypeDeadlinePage,
    TypeDraftDeadlinePage,
)
from handlers.elections.ending.use_cases import (
    Outcome,
    ask_deadline,
    ask_draft_deadline,
    chat_of_candidate,
    of_candidate,
    outcome,
    still_remembered,
    typed_deadline,
)
from handlers.elections.use_cases import chat_of, open_row, seen_row
from storage.elections.elections import Election


async def draft_deadline_page(context: Context, page: DraftDeadlinePage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(preview, page.draft)
    return faces.draw_draft_deadline_page(found, context.words)


async def type_draft_deadline_page(context: Context, page: TypeDraftDeadlinePage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    await context.run(ask_draft_deadline, page.draft)
    return faces.draw_typing(context.words)


async def deadline_page(context: Context, page: DeadlinePage) -> Face:
    await context.require_organiser(await context.read(chat_of, page.election))
    election = await context.read(open_row, page.election)
    return faces.draw_deadline_page(election, context.words)


async def type_deadline_page(context: Context, page: TypeDeadlinePage) -> Face:
    await context.require_organiser(await context.read(chat_of, page.election))
    await context.run(ask_deadline, page.election)
    return faces.draw_typing(context.words)


async def typed_deadline_page(context: Context, page: TypedDeadlinePage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(typed_deadline, page.draft)
    return faces.draw_typed_page(found, context.words)


async def file_page(context: Context, page: FilePage) -> Face:
    await context.require_organiser(await context.read(chat_of_candidate, page.candidate))
    found = await context.read(of_candidate, page.candidate)
    return faces.draw_file_page(found, context.words)


async def certificate_page(context: Context, page: CertificatePage) -> Face:
    return faces.draw_certificate_page(await _outcome(context, page.election), context.words)


async def certificate(context: Context, page: Certificate) -> Face:
    """The file itself; drawing it takes a moment, in which others go on."""
    if page.language not in LANGUAGE_NAMES:
        raise Refused("frame.refused.unknown_thing")
    found = await _outcome(context, page.election)
    words = context.texts.in_language(page.language)
    return await asyncio.to_thread(faces.draw_certificate_file, found, words)


async def keep_page(context: Context, page: KeepPage) -> Face:
    election = await _seen(context, page.election)
    if election.is_erased:
        raise Refused("ending.refused.erased")
    return faces.draw_keep_page(election, context.words)


async def erase_page(context: Context, _page: ErasePage) -> Face:
    await context.require_organiser()
    found = await context.read(still_remembered)
    return faces.draw_erase_page(found, context.words)


async def forget_page(context: Context, page: ForgetPage) -> Face:
    election = await _seen(context, page.election)
    if election.is_open:
        raise Refused("ending.refused.still_open")
    return faces.draw_forget_page(election, context.words)


async def delete_page(context: Context, page: DeletePage) -> Face:
    return faces.draw_delete_page(await _seen(context, page.election), context.words)


async def _seen(context: Context, election_id: int) -> Election:
    await context.require_organiser(await context.read(chat_of, election_id))
    return await context.read(seen_row, election_id)


async def _outcome(context: Context, election_id: int) -> Outcome:
    await context.require_organiser(await context.read(chat_of, election_id))
    return await context.read(outcome, election_id)
