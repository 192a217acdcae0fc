"""What people type about candidates."""

from __future__ import annotations

from telegram import Message

from bot.context import Context
from bot.domain.refusal import Refused
from bot.person.place import Person
from bot.person.senders import CHANNEL_SENDERS
from handlers.elections.candidates.faces import draw_nomination
from handlers.elections.candidates.nominating import LASTS, Nominated, propose
from handlers.elections.candidates.payloads import (
    CandidaciesPage,
    CandidacyPage,
    ChangePage,
    NominatePage,
    StandInPage,
    StandPage,
    WhereToStandPage,
)
from handlers.elections.candidates.standing import draft_standing
from handlers.elections.candidates.use_cases import (
    chat_to_stand_in,
    own_candidacies,
    take_words,
)


async def nominate(context: Context, _typed: str) -> None:
    """`/nominate` in reply to a neighbour's message."""
    context.person.require_id()
    message = context.answered
    if message is None:
        raise Refused("candidates.refused.nominate_example")
    nominee = _author(message)
    found = await context.run(propose, nominee, message.message_id)
    if isinstance(found, Nominated):
        await ask(context, found)
    else:
        await context.show(NominatePage(found))


async def words_typed(context: Context, draft_id: int, typed: str) -> None:
    """A candidate's name and statement, typed in private."""
    election = await context.run(take_words, draft_id, typed)
    if election is None:
        await context.show(ChangePage(draft_id))
    else:
        await context.show(StandInPage(draft_id, election))


async def ask(context: Context, nominated: Nominated) -> None:
    """Ask the neighbour in reply to their own message, in the chat's language."""
    face = draw_nomination(nominated, context.texts.in_language(nominated.language))
    await context.reply_to(nominated.message_id, face, lasts=LASTS)


def _author(message: Message) -> Person:
    """The neighbour who wrote a message. Raises `Refused` where it is nobody in particular, or a bot."""
    user = message.from_user
    if message.sender_chat is not None or user is None or user.id in CHANNEL_SENDERS:
        raise Refused("candidates.refused.nobody")
    if user.is_bot:
        raise Refused("candidates.refused.bot")
    return Person(user.id)


async def stand(context: Context, typed: str) -> None:
    """`/stand Vera K.`, with a statement from the next line on; alone it shows one's own candidacy,
    or leads on to a name that nobody reads before it is confirmed."""
    context.person.require_id()
    if not typed:
        await _show_candidacy(context)
        return
    draft_id = await context.run(draft_standing, typed)
    await context.show(StandPage(draft_id))


async def _show_candidacy(context: Context) -> None:
    standing = await context.read(own_candidacies)
    if not standing:
        await context.show(WhereToStandPage(await context.read(chat_to_stand_in)))
    elif len(standing) == 1:
        await context.show(CandidacyPage(standing[0].id))
    else:
        await context.show(CandidaciesPage(standing[0].chat_id))
