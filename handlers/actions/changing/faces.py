"""What its author and organisers see on the way to a change."""

from __future__ import annotations

from bot.message.face import Button, Face
from bot.message.words import Words
from handlers.actions.card.payloads import MorePage
from handlers.actions.changing.payloads import CancelAction, CancelFor, CancelPage, WhyPage
from handlers.actions.changing.use_cases import CalledOff, Saved
from storage.actions import Action


def draw_cancel_page(action: Action, words: Words) -> Face:
    return Face(
        words("actions.cancel.question", title=action.title),
        (
            (Button(words.plain("actions.button.call_off_surely"), CancelAction(action.id)),),
            (Button(words.plain("actions.button.say_why"), WhyPage(action.id)),),
            (Button(words.plain("actions.button.keep"), MorePage(action.id)),),
        ),
    )


def draw_why_page(action: Action, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), CancelPage(action.id))
    return Face(words("actions.cancel.why", title=action.title), ((back,),))


def draw_cancel_for_page(found: CalledOff, words: Words) -> Face:
    """Typed again it reads otherwise."""
    surely = Button(words.plain("actions.button.call_off_surely"), CancelFor(found.draft_id))
    keep = Button(words.plain("actions.button.keep"), MorePage(found.action.id))
    text = words("actions.cancel.question_why", title=found.action.title, why=found.why)
    return Face(text, ((surely,), (keep,)))


def draw_saved(saved: Saved, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), MorePage(saved.action_id))
    to_card = [(Button(words.plain("actions.button.card"), saved.link),)] if saved.link else []
    key = "actions.saved" if saved.is_changed else "actions.unchanged"
    return Face(words(key), (*to_card, (back,)))
