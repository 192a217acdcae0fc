"""Pages about proof codes, each for one signer."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.bulletins import faces
from handlers.elections.bulletins.payloads import CodePage, ProofPage
from handlers.elections.bulletins.use_cases import own_code, own_signature


async def proof_page(context: Context, page: ProofPage) -> Face:
    return faces.draw_proof_page(
        await context.read(own_signature, page.election, page.candidate), context.words
    )


async def code_page(context: Context, page: CodePage) -> Face:
    return faces.draw_code_page(
        await context.read(own_code, page.election, page.candidate), context.words
    )
