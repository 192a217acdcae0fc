"""What everybody sees of an action: its card, the posts about what changed; and what is behind its ⋯."""

from __future__ import annotations

from bot.domain.actions.answers import Answer
from bot.domain.actions.parties import MOST_GUESTS
from bot.message.face import Button, Face, in_rows
from bot.message.labels import chosen
from bot.message.words import Html, Words, paragraphs
from handlers.actions.calendar.payloads import CalendarFile
from handlers.actions.card.payloads import ComeWith, GiveAnswer, MorePage
from handlers.actions.card.use_cases import More
from handlers.actions.changing.payloads import FIELDS, CancelPage, Change
from handlers.actions.heart.answering import Given
from handlers.actions.heart.faces import answer_row
from handlers.actions.heart.lines import body, watched, when
from handlers.actions.heart.numbers import came, who_comes
from handlers.actions.heart.snapshot import Snapshot
from handlers.actions.reminding.payloads import RemindersPage
from handlers.actions.supporting.payloads import GiveSupport, TakeSupportBack
from storage.actions import Action

_SUPPORTERS_NAMED = 5

Rows = tuple[tuple[Button, ...], ...]


def draw_card(snapshot: Snapshot, words: Words) -> Face:
    action = snapshot.action
    if action.is_cancelled:
        moment = when(snapshot, words)
        text = words("actions.card.cancelled", title=action.title, moment=moment)
        return Face(paragraphs(text, *_why(action, words)))
    text = _with_support(_described(snapshot, words), snapshot, words)
    if snapshot.is_over:
        return Face(paragraphs(text, words("actions.card.over", going=came(snapshot, words))))
    text = paragraphs(text, *who_comes(snapshot, words))
    more = Button(words.plain("frame.button.more"), MorePage(action.id))
    return Face(text, (answer_row(action.id, words), (more,)))


def draw_more(found: More, words: Words, *, may_change: bool) -> Face:
    """For everybody that they can't come; for those whose it is, what may be changed; for a representative,
    to lend it their name."""
    action = found.action
    cant = Button(words.plain("actions.answer.cant"), GiveAnswer(action.id, Answer.CANT.value))
    calendar = Button(words.plain("actions.button.calendar"), CalendarFile(action.id))
    rows: Rows = (*_guests(found, words), (cant, calendar))
    if may_change:
        rows += _changes(action, words)
    if found.supports is not None:
        rows += ((_support(action.id, words, supports=found.supports),),)
    text = paragraphs(
        words("actions.card.title", title=action.title),
        *_own(found.own, words),
        watched(words, is_careful=action.is_careful),
    )
    if found.link:
        rows += ((Button(words.plain("actions.button.card"), found.link),),)
    return Face(text, rows)


def _own(own: Given, words: Words) -> list[Html]:
    """What this reader said, where they come or would."""
    if own.answer is not Answer.GOING:
        return []
    people = words.count("actions.own.people", 1 + own.guests)
    if own.is_asked_again:
        return [words("actions.own.asked_again", people=people)]
    if own.number is not None:
        return [words("actions.own.in_line", people=people, number=words.number(own.number))]
    return [words("actions.own.waits" if own.waits else "actions.own.going", people=people)]


def _guests(found: More, words: Words) -> Rows:
    """How many they are, for whoever comes."""
    if found.own.answer is not Answer.GOING:
        return ()
    keys = [
        Button(
            chosen(words.number(1 + guests), guests == found.own.guests),
            ComeWith(found.action.id, guests),
        )
        for guests in range(MOST_GUESTS + 1)
    ]
    return in_rows(keys, 3)


def _changes(action: Action, words: Words) -> Rows:
    fields = [
        Button(words.plain(f"actions.button.{field}"), Change(action.id, field)) for field in FIELDS
    ]
    reminders = Button(words.plain("actions.button.reminders"), RemindersPage(action.id))
    call_off = Button(words.plain("actions.button.call_off"), CancelPage(action.id))
    return (tuple(fields[:3]), (*fields[3:], call_off), (reminders,))


def _support(action_id: int, words: Words, *, supports: bool) -> Button:
    if supports:
        label = words.plain("representatives.button.take_support_back")
        return Button(label, TakeSupportBack(action_id))
    return Button(words.plain("representatives.button.support"), GiveSupport(action_id))


def draw_changed(snapshot: Snapshot, words: Words) -> Face:
    described = _described(snapshot, words, capacity=snapshot.action.capacity)
    return Face(words("actions.post.changed", action=described))


def draw_moved(snapshot: Snapshot, words: Words) -> Face:
    """Whether anybody has answered isn't told, as the card wouldn't where it counts carefully."""
    text = paragraphs(draw_changed(snapshot, words).text, words("actions.post.answer_again"))
    return Face(text, (answer_row(snapshot.action.id, words),))


def draw_cancelled(snapshot: Snapshot, words: Words) -> Face:
    action, moment = snapshot.action, when(snapshot, words)
    text = words("actions.post.cancelled", title=action.title, moment=moment)
    return Face(paragraphs(text, *_why(action, words)))


def _why(action: Action, words: Words) -> list[Html]:
    """Why it is called off, where that was said."""
    return [words("actions.card.why", why=action.why)] if action.why else []


def _described(snapshot: Snapshot, words: Words, capacity: int | None = None) -> Html:
    action, moment = snapshot.action, when(snapshot, words)
    return body(action.title, moment, action.place, action.details, words, capacity=capacity)


def _with_support(text: Html, snapshot: Snapshot, words: Words) -> Html:
    """Who supports it by name; and that this permits nothing, while it is ahead."""
    names = snapshot.supporters
    if not names:
        return text
    key = "one" if len(names) == 1 else "many"
    lines = [words(f"representatives.support.{key}", names=", ".join(names[:_SUPPORTERS_NAMED]))]
    if not snapshot.is_over:
        lines.append(words("representatives.note"))
    return Html("\n\n".join([text, "\n".join(lines)]))
