"""The reminder of an action, and the page on which its author chooses when it comes."""

from __future__ import annotations

from bot.domain.actions.reminding import CHOICES
from bot.message.face import Button, Face, in_rows
from bot.message.labels import chosen
from bot.message.words import Html, Words, paragraphs
from handlers.actions.card.payloads import MorePage
from handlers.actions.heart.faces import answer_row
from handlers.actions.heart.lines import body, when
from handlers.actions.heart.numbers import who_comes
from handlers.actions.heart.snapshot import Snapshot
from handlers.actions.reminding.payloads import SetReminder
from handlers.actions.reminding.use_cases import Reminding


def draw_reminder(snapshot: Snapshot, words: Words) -> Face:
    """When and where, and how many come; whoever hasn't answered does it here."""
    action = snapshot.action
    title = words("actions.reminder.title", title=action.title)
    rest = body("", when(snapshot, words), action.place, "", words)
    text = paragraphs(Html(f"{title}\n{rest}"), *who_comes(snapshot, words))
    return Face(text, (answer_row(action.id, words),))


def draw_reminders(found: Reminding, words: Words) -> Face:
    """What can still come, each with whether it does; a tap changes that."""
    action_id = found.action.id
    choices = [
        Button(
            chosen(words.plain(f"actions.before.{name}"), found.choices[minutes]),
            SetReminder(action_id, minutes, not found.choices[minutes]),
        )
        for name, minutes in CHOICES.items()
        if minutes in found.choices
    ]
    back = Button(words.plain("frame.button.back"), MorePage(action_id))
    key = "actions.reminders.question" if choices else "actions.reminders.too_late"
    text = words(key, title=found.action.title)
    return Face(text, (*in_rows(choices, 2), (back,)))
