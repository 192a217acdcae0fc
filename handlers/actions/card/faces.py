"""What everybody sees of an action: its card, the posts about what changed; and what is behind its ⋯."""

from __future__ import annotations

from datetime import datetime

from bot.domain.actions.answers import Answer
from bot.domain.fives import STEP
from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs
from handlers.actions.card.payloads import GiveAnswer, MorePage
from handlers.actions.card.use_cases import More
from handlers.actions.changing.payloads import FIELDS, CancelPage, Change
from handlers.actions.heart.lines import body, watched
from handlers.actions.heart.snapshot import Snapshot
from handlers.actions.supporting.payloads import GiveSupport, TakeSupportBack
from storage.actions import Action

_SUPPORTERS_NAMED = 5

Rows = tuple[tuple[Button, ...], ...]


def draw_card(snapshot: Snapshot, words: Words) -> Face:
    action = snapshot.action
    if action.is_cancelled:
        return Face(
            words("actions.card.cancelled", title=action.title, moment=_moment(snapshot, words))
        )
    text = _with_support(_described(snapshot, words), snapshot, words)
    if snapshot.as_of is not None and not snapshot.is_over:
        text = paragraphs(text, _hour(snapshot, snapshot.as_of, words))
    if snapshot.is_over:
        closing = words("actions.card.over", going=_final(snapshot, words))
        return Face(Html(f"{text}\n\n{closing}"))
    numbers = {Answer.GOING: snapshot.counts.going, Answer.MAYBE: snapshot.counts.maybe}
    answers = tuple(
        Button(
            words.plain(f"actions.answer.{answer.value}", n=_number(snapshot, number, words)),
            GiveAnswer(action.id, answer.value),
        )
        for answer, number in numbers.items()
    )
    more = Button(words.plain("frame.button.more"), MorePage(action.id))
    return Face(text, (answers, (more,)))


def draw_more(found: More, words: Words, *, may_change: bool) -> Face:
    """For everybody that they can't come; for those whose it is, what may be changed; for a representative,
    to lend it their name."""
    action = found.action
    cant = Button(words.plain("actions.answer.cant"), GiveAnswer(action.id, Answer.CANT.value))
    rows: Rows = ((cant,),)
    if may_change:
        rows += _changes(action, words)
    if found.supports is not None:
        rows += ((_support(action.id, words, supports=found.supports),),)
    title = words("actions.card.title", title=action.title)
    text = paragraphs(title, watched(words, is_careful=action.is_careful))
    if found.link:
        rows += ((Button(words.plain("actions.button.card"), found.link),),)
    return Face(text, rows)


def _changes(action: Action, words: Words) -> Rows:
    fields = tuple(
        Button(words.plain(f"actions.button.{field}"), Change(action.id, field)) for field in FIELDS
    )
    call_off = Button(words.plain("actions.button.call_off"), CancelPage(action.id))
    return (fields, (call_off,))


def _support(action_id: int, words: Words, *, supports: bool) -> Button:
    if supports:
        label = words.plain("representatives.button.take_support_back")
        return Button(label, TakeSupportBack(action_id))
    return Button(words.plain("representatives.button.support"), GiveSupport(action_id))


def _number(snapshot: Snapshot, number: int, words: Words) -> str:
    """A count for a button: short where it is too small to be told."""
    if snapshot.action.is_careful and not number:
        return words.plain("actions.card.few_short", n=words.number(STEP))
    return words.number(number)


def _final(snapshot: Snapshot, words: Words) -> str:
    """How many said that they would come, once it is over."""
    going = snapshot.counts.going
    if snapshot.action.is_careful and not going:
        return words.plain("actions.card.few", n=words.number(STEP))
    return words.number(going)


def _hour(snapshot: Snapshot, at: datetime, words: Words) -> Html:
    """That the numbers move in fives, and of which full hour they are."""
    day = words.day_inside(at.date(), today=snapshot.today)
    return words("actions.card.as_of", time=words.time(at.time()), day=day)


def draw_changed(snapshot: Snapshot, words: Words) -> Face:
    return Face(words("actions.post.changed", action=_described(snapshot, words)))


def draw_cancelled(snapshot: Snapshot, words: Words) -> Face:
    action = snapshot.action
    return Face(
        words("actions.post.cancelled", title=action.title, moment=_moment(snapshot, words))
    )


def _described(snapshot: Snapshot, words: Words) -> Html:
    action = snapshot.action
    return body(action.title, _moment(snapshot, words), action.place, action.details, words)


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


def _moment(snapshot: Snapshot, words: Words) -> Html:
    """The moment on the neighbourhood's own clock; new clients show each reader's."""
    action = snapshot.action
    spelled = words.moment(action.wall, action.timezone, today=snapshot.today)
    return words.local_time(action.starts_at, spelled)
