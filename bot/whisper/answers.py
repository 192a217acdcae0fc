"""Going on with a command that was asked about: by a reply in the group, or where none is possible by the
next private message."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace

from telegram import Message, MessageEntity

from bot.context import Context
from bot.domain.answered import said_anew
from bot.domain.refusal import Refused
from bot.feature import Command, Feature, Features, Page, PageBy
from bot.message.face import Button, Face
from bot.message.payload import Payload
from bot.message.words import Html, Words, paragraphs
from bot.person.drafts import (
    OpenDraft,
    await_draft,
    change_draft,
    end_draft,
    keep_draft,
    newest_draft,
    open_draft,
)
from bot.person.place import Place
from bot.person.rights import EVERYONE
from bot.person.unfinished import Listening, Unfinished
from bot.store import PersonalWork
from bot.whisper.exits import draft_asked_for, drawn, led_out, with_exit
from bot.whisper.hearing import take_away

ANSWER_FLOW = "frame.answer"


class AnswerPage(Payload, code="answer", private=True, typing=True):
    """What was typed so far and what was asked; the next private message is the answer."""

    draft: int


class AnswerFor(Payload, code="answer.for", private=True, typing=True):
    """What is still to be said for a draft, which keeps it: the next private message is taken for that."""

    draft: int


@dataclass(frozen=True)
class Asked:
    """A command that was asked about, in a group and topic. `question` is what was asked, as markup."""

    unfinished: Unfinished
    question: str = field(repr=False)
    group: Place


def listen(context: Context, command: Command, words: str) -> None:
    """From now on a reply to what is asked about this command, which was typed just now, goes on with it."""
    if command.answers is None:
        return
    about = context.message if command.answers.keeps_answered and _says_more(context) else None
    began = json.loads(about.to_json()) if about is not None else None
    # What the answer takes the place of isn't kept: it may be a name.
    kept = "" if command.answers.merge is said_anew else words
    unfinished = Unfinished(command.name, kept, began)
    # What is typed in private for a group answers nothing there.
    began_here = context.message if context.place.is_group else None
    context.listening = Listening(unfinished, began_here)


async def go_on(context: Context, features: Features, unfinished: Unfinished, answer: str) -> None:
    """Go on with a command, by the rights that the person has now: with its draft, or with what was typed
    before and the answer. A voice or a picture, which says no words, is asked for in words.

    Raises `Refused`.
    """
    command = features.command(unfinished.command)
    if command is None or command.answers is None:
        raise Refused("frame.refused.draft_over")
    await context.require(command.right)
    context.listening = Listening(unfinished, None)
    if not answer:
        raise Refused("frame.refused.in_words")
    if unfinished.draft:
        draft_id, flow = await context.read(newest_draft, unfinished.draft)
        if flow not in features.typed:
            raise Refused("frame.refused.draft_over")
        await features.typed[flow].take(context, draft_id, answer)
        return
    words = command.answers.merge(unfinished.words, answer)
    began = Message.de_json(unfinished.began, context.client) if unfinished.began else None
    goes_on = replace(unfinished, words=words)
    context.listening = Listening(goes_on, began)
    await command.run(context, words)


async def go_on_from_reply(
    context: Context, features: Features, unfinished: Unfinished, answer: str
) -> None:
    """Go on with a reply in the group; what it answers goes. Raises `Refused`."""
    question = context.answered
    await go_on(context, features, unfinished, answer)
    await take_away(context, question)


def unfinished_after(
    context: Context, what: Face | Payload, *, is_refusal: bool = False
) -> Unfinished | None:
    """What a reply to this answer goes on with."""
    so_far = context.listening.unfinished if context.listening is not None else None
    if is_refusal or not isinstance(what, Payload):
        return so_far if is_refusal else None
    command = context.services.features.asking(what)
    if command is None:
        return None
    if so_far is None or so_far.command != command:
        so_far = Unfinished(command, "")
    return replace(so_far, draft=getattr(what, "draft", 0))


def inviting_reply(face: Face, unfinished: Unfinished | None, words: Words) -> Face:
    """Return what can be replied to; where it gives an example, with a line that says so."""
    if unfinished is None or "<code>" not in face.text:
        return face
    return face.with_remark(words("frame.asked.reply"))


async def with_answer_button(context: Context, face: Face, unfinished: Unfinished | None) -> Face:
    """Return what can't be replied to; where it asks, with a button that leads to where it is answered,
    unless it has one."""
    if unfinished is None or any(_asks(button) for row in face.buttons for button in row):
        return face
    page: Payload = AnswerFor(unfinished.draft)
    if not unfinished.draft:
        page = AnswerPage(await context.note(keep_asked, unfinished, face.text))
    button = Button(context.words.plain("frame.button.answer"), page)
    if not face.buttons:
        return with_exit(replace(face, buttons=((button,),)), context.words)
    *rows, last = face.buttons
    return replace(face, buttons=(*rows, (button,), last))


def _asks(button: Button) -> bool:
    return isinstance(button.press, Payload) and button.press.typing


async def await_answer(context: Context, face: Face, unfinished: Unfinished | None) -> int:
    """What is asked in private about a group's command is answered by the next message there. Returns the
    number of the draft that this is for, 0 for none."""
    if unfinished is not None and unfinished.draft:
        await context.note(await_draft, unfinished.draft)
        return unfinished.draft
    if unfinished is not None and context.place.group is not None:
        return await context.note(keep_asked, unfinished, face.text, awaits_typing=True)
    return 0


async def asking_in_private(context: Context, what: Face | Payload) -> Face:
    """Return what is shown in private. What it asks is answered by the next message there; what the tapped
    page asked about a command isn't any more."""
    face = await drawn(context, what)
    tapped = draft_asked_for(context.message) if context.tap is not None else 0
    if tapped:
        await context.note(end_asking, tapped)
    draft = await await_answer(context, face, unfinished_after(context, what))
    return await led_out(context, what, face, draft)


def keep_asked(
    work: PersonalWork, unfinished: Unfinished, question: str, *, awaits_typing: bool = False
) -> int:
    """Keep what was asked about a command. Returns the draft's id."""
    group = work.place.group
    data = {**asdict(unfinished), "question": question, "thread": group and group.thread_id}
    chat_id = work.chat_here().id
    return keep_draft(work, chat_id, ANSWER_FLOW, data, awaits_typing=awaits_typing)


def ask(work: PersonalWork, draft_id: int) -> Asked:
    """Ask for the answer: the person's next private message is it."""
    draft = open_draft(work, draft_id, ANSWER_FLOW)
    change_draft(work, draft, draft.data, awaits_typing=True)
    return _asked(draft)


def asked(work: PersonalWork, draft_id: int) -> Asked:
    """What a private message answers."""
    return _asked(open_draft(work, draft_id, ANSWER_FLOW))


def end_asking(work: PersonalWork, draft_id: int) -> None:
    """It is answered, or not asked any more."""
    with suppress(Refused):  # it is over, or was asked for something else than a command
        end_draft(work, open_draft(work, draft_id, ANSWER_FLOW))


def draw_asked(asked: Asked, words: Words) -> Face:
    parts = [Html(asked.question), words("frame.asked.here")]
    command, typed = asked.unfinished.command, asked.unfinished.words
    if typed:
        parts.insert(0, words("frame.asked.so_far", command=command, typed=typed))
    return Face(paragraphs(*parts))


async def answer_for(context: Context, page: AnswerFor) -> Face:
    """The page that asks for what the draft lacks now. Raises `Refused`."""
    draft_id, flow = await context.read(newest_draft, page.draft)
    question = await context.services.features.question(context, flow, draft_id)
    if question is None:
        raise Refused("frame.refused.draft_over")
    await context.run(await_draft, draft_id)
    return (await context.page(question)).with_remark(context.words("frame.asked.here"))


ANSWERS = Feature(
    name="answers",
    pages={
        AnswerPage: Page(ask, draw_asked, EVERYONE, writes=True),
        AnswerFor: PageBy(answer_for, EVERYONE),
    },
)


def _asked(draft: OpenDraft) -> Asked:
    data = draft.data
    unfinished = Unfinished(data["command"], data["words"], data["began"])
    return Asked(unfinished, data["question"], Place(draft.chat.telegram_id, data["thread"]))


def _says_more(context: Context) -> bool:
    """Whether what was typed says more than its words: it is about another message, or formatted."""
    message = context.message
    if message is None or not context.place.is_group:
        return False
    if any(entity.type != MessageEntity.BOT_COMMAND for entity in message.entities):
        return True
    about = (context.answered, message.quote, message.external_reply, message.reply_to_story)
    return any(each is not None for each in about)
