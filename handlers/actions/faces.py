"""What people see of actions: the card, the posts about it, the pages around it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.actions.announcement import Announcement
from bot.domain.actions.answers import Answer
from bot.domain.fives import STEP
from bot.message.face import Button, Face
from bot.message.hour_words import say_note
from bot.message.moment_question import draw_question
from bot.message.words import Html, Words, paragraphs
from handlers.actions.drafting import EDIT_FLOW, Preview
from handlers.actions.payloads import (
    CancelAction,
    CancelPage,
    ChangePage,
    ChooseReading,
    DropDraft,
    EditPage,
    GiveAnswer,
    GiveSupport,
    Publish,
    SaveEdit,
    TakeSupportBack,
)
from handlers.actions.use_cases import Coming, Listed, Snapshot
from storage.actions import Action

# Telegram takes 4096, in units of which an emoji needs two.
_LIST_LENGTH = 1_900
_SUPPORTERS_NAMED = 5


def draw_card(snapshot: Snapshot, words: Words) -> Face:
    action = snapshot.action
    if action.is_cancelled:
        return Face(
            words("actions.card.cancelled", title=action.title, moment=_moment(snapshot, words))
        )
    text = _with_support(_described(snapshot, words), snapshot, words)
    if snapshot.as_of is not None and not snapshot.is_over:
        text = paragraphs(text, _hour(snapshot, snapshot.as_of, words))
    counts = snapshot.counts
    numbers = {Answer.GOING: counts.going, Answer.MAYBE: counts.maybe, Answer.CANT: counts.cant}
    if snapshot.is_over:
        closing = words("actions.card.over", going=_final(snapshot, words))
        return Face(Html(f"{text}\n\n{closing}"))
    answers = tuple(
        Button(
            words.plain(f"actions.answer.{answer.value}", n=_number(snapshot, number, words)),
            GiveAnswer(action.id, answer.value),
        )
        for answer, number in numbers.items()
    )
    change = Button(words.plain("actions.button.change"), ChangePage(action.id))
    going, maybe, cant = answers
    # The longest word has a row of its own: beside another its end, or the number, would be cut.
    return Face(text, ((going, cant), (maybe,), (change,)))


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


def draw_preview(preview: Preview, words: Words) -> Face:
    """The announcement as it will be; or the question what "19.10" meant."""
    drop = Button(words.plain("frame.button.cancel"), DropDraft(preview.draft_id))
    moment = preview.drafted.moment
    if moment is None:
        return draw_question(
            preview.drafted, lambda reading: ChooseReading(preview.draft_id, reading), drop, words
        )
    announcement = preview.announcement
    spelled = words.moment(moment.wall, moment.zone, today=preview.today)
    parts = [
        words("actions.preview.heading"),
        _body(announcement.title, spelled, announcement.place, announcement.details, words),
    ]
    if moment.note is not None:
        parts.append(say_note(moment.note, words))
    if preview.flow == EDIT_FLOW:
        go_on = Button(words.plain("frame.button.save"), SaveEdit(preview.draft_id))
    else:
        go_on = Button(words.plain("frame.button.publish"), Publish(preview.draft_id))
    return Face(paragraphs(*parts), ((go_on, drop),))


def draw_change_page(
    action: Action, supports: bool | None, words: Words, *, may_change: bool
) -> Face:
    """What its author and organisers, and what a representative can do with it."""
    rows = []
    if may_change:
        rows.append((Button(words.plain("actions.button.edit"), EditPage(action.id)),))
        rows.append((Button(words.plain("actions.button.call_off"), CancelPage(action.id)),))
    if supports:
        label = words.plain("representatives.button.take_support_back")
        rows.append((Button(label, TakeSupportBack(action.id)),))
    elif supports is not None:
        label = words.plain("representatives.button.support")
        rows.append((Button(label, GiveSupport(action.id)),))
    question = words("actions.change.question", title=action.title)
    return Face(paragraphs(_watched(words, is_careful=action.is_careful), question), tuple(rows))


def _watched(words: Words, *, is_careful: bool) -> Html:
    """What whoever watches a card closely can see by its numbers."""
    return words("actions.watched.careful" if is_careful else "actions.watched.live")


def draw_cancel_page(action: Action, words: Words) -> Face:
    return Face(
        words("actions.cancel.question", title=action.title),
        (
            (Button(words.plain("actions.button.call_off_surely"), CancelAction(action.id)),),
            (Button(words.plain("actions.button.keep"), ChangePage(action.id)),),
        ),
    )


def draw_edit_page(action: Action, words: Words) -> Face:
    """The line as it stands, ready to be copied, changed and sent."""
    moment = f"{words.numbers_of_day(action.wall.date())} {words.time(action.wall.time())}"
    announcement = Announcement(action.title, action.place, action.details)
    line = f"{moment} {announcement.as_typed()}"
    return Face(words("actions.edit.ask", title=action.title, line=line))


def draw_list(coming: Coming, words: Words) -> Face:
    """What is coming, by day, each with a link to its card where Telegram has links."""
    if not coming.listed:
        return Face(words("actions.list.empty"))
    lines = [words("actions.list.heading")]
    day, room = None, _LIST_LENGTH
    for index, item in enumerate(coming.listed):
        line = _list_line(item, words)
        if item.action.wall.date() != day:
            day = item.action.wall.date()
            line = Html(f"\n<b>{words.day(day, today=coming.today)}</b>\n{line}")
        room -= len(line.plain())
        if room < 0:
            lines.append(words.count("actions.list.more", len(coming.listed) - index))
            break
        lines.append(line)
    are_careful = all(item.action.is_careful for item in coming.listed)
    return Face(paragraphs(Html("\n".join(lines)), _watched(words, is_careful=are_careful)))


def _list_line(item: Listed, words: Words) -> Html:
    action = item.action
    title = words("actions.list.title", title=action.title)
    if item.link:
        title = Html(f'<a href="{item.link}">{title}</a>')
    time = words.time(action.wall.time())
    if action.place:
        line = words("actions.list.line_with_place", time=time, title=title, place=action.place)
    else:
        line = words("actions.list.line", time=time, title=title)
    if item.obstacle is not None:
        why = words(f"delivery.obstacle.{item.obstacle}")
        return words("actions.list.held", line=line, why=why)
    return words("actions.list.on_its_way", line=line) if item.is_waiting else line


def _described(snapshot: Snapshot, words: Words) -> Html:
    action = snapshot.action
    return _body(action.title, _moment(snapshot, words), action.place, action.details, words)


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


def _body(title: str, moment: Html, place: str, details: str, words: Words) -> Html:
    lines = [words("actions.card.title", title=title), words("actions.card.moment", moment=moment)]
    if place:
        lines.append(words("actions.card.place", place=place))
    if details:
        lines.append(words("actions.card.details", details=details))
    return Html("\n".join(lines))


def _moment(snapshot: Snapshot, words: Words) -> Html:
    """The moment on the neighbourhood's own clock; new clients show each reader's."""
    action = snapshot.action
    spelled = words.moment(action.wall, action.timezone, today=snapshot.today)
    return words.local_time(action.starts_at, spelled)
