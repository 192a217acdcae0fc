"""What waits, as people see it: the list, and one reminder with all that can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.message.face import Button, Face, in_rows
from bot.message.labels import fitted
from bot.message.payload import Payload
from bot.message.turning import turning
from bot.message.words import Html, Words, paragraphs
from handlers.reminders.drafted import SETTINGS
from handlers.reminders.faces import lines_of_quiet, name_of, question_of, setting_label
from handlers.reminders.recurrence_words import say_recurrence, say_rule, say_times
from handlers.reminders.waiting.changing import EDITABLE, Asked, Change
from handlers.reminders.waiting.listing import Held, Item, Waiting
from handlers.reminders.waiting.payloads import (
    ChooseNewReading,
    DeleteReminder,
    DropChange,
    EditPage,
    ItemPage,
    ListPage,
    MoveHere,
    Pause,
    PostNow,
    PostNowPage,
    Resume,
    SaveChange,
    SkipNext,
    SwitchOf,
    Undo,
)
from storage.reminders import Reminder

_ITEMS_IN_A_ROW = 2
_MOST_HELD = 6
# With everything around it, 4096 holds this much of a text.
_SHOWN_LENGTH = 2800


def draw_list(waiting: Waiting, words: Words, *, is_organiser: bool) -> Face:
    """What waits, the soonest first; organisers open each by its first words."""
    held = _all_held(waiting.held, words)
    if not waiting.reminders:
        return Face(paragraphs(*held, words("reminders.waiting.list.empty")))
    parts = [*held, words.count("reminders.waiting.list.heading", waiting.count)]
    numbered = list(enumerate(waiting.reminders, waiting.paging.first + 1))
    zones = {reminder.timezone for reminder in waiting.reminders if _comes(reminder)}
    # Reminders keep the zone that they were set in, so a chat that has moved may have several.
    says_zone = len(zones) > 1
    parts.extend(_item(n, each, waiting, words, says_zone=says_zone) for n, each in numbered)
    if not says_zone:
        parts.extend(words.zone_of_list(zone) for zone in zones)
    if waiting.paging.pages > 1:
        page, pages = words.number(waiting.paging.page + 1), words.number(waiting.paging.pages)
        parts.append(words("reminders.waiting.list.page", page=page, pages=pages))
    buttons = _openers(waiting, words) if is_organiser else ()
    turns = turning(waiting.paging, lambda to: ListPage(waiting.chat_id, to), words)
    return Face(paragraphs(*parts), (*buttons, *turns))


def _all_held(held: tuple[Held, ...], words: Words) -> list[Html]:
    """What is due and can't be posted: the latest, and how many more there are."""
    shown = [_held(each, words) for each in held[-_MOST_HELD:]]
    left_out = len(held) - len(shown)
    if left_out:
        shown.insert(0, words.count("reminders.waiting.list.more_held", left_out))
    return shown


def _held(held: Held, words: Words) -> Html:
    row = held.reminder
    why = words(f"delivery.obstacle.{held.obstacle}")
    text = name_of(row.text, row.source_kind, words)
    return words("reminders.waiting.list.held", text=text, why=why)


def draw_deleted(reminder: Reminder, page: int, words: Words) -> Face:
    """It is gone, and for a minute it can come back."""
    text = name_of(reminder.text, reminder.source_kind, words)
    undo = Button(
        words.plain("reminders.waiting.button.undo"), Undo(reminder.chat_id, reminder.id, page)
    )
    back = Button(words.plain("reminders.waiting.button.list"), ListPage(reminder.chat_id, page))
    return Face(words("reminders.waiting.deleted", text=text), ((undo,), (back,)))


def draw_item(item: Item, words: Words) -> Face:
    """One reminder, whole, with everything that can be done with it."""
    row = item.reminder
    parts = [_content(row, words)]
    times = item.times
    if row.is_paused:
        parts.append(words("reminders.waiting.item.paused"))
        if times.recurrence is not None:
            times = replace(times, upcoming=())
    parts += say_times(times, words, this_year=item.today.year)
    if row.label:
        parts.append(words("reminders.label", label=row.label))
    if row.is_latest_only:
        parts.append(words("reminders.latest.note"))
    if item.is_elsewhere:
        parts.append(words("reminders.waiting.item.elsewhere"))
    return Face(paragraphs(*parts), _deeds(item, words))


def draw_post_now(item: Item, words: Words) -> Face:
    row = item.reminder
    at = (row.chat_id, row.id, item.page)
    key = (
        "reminders.waiting.post_now.repeating"
        if row.recurrence
        else "reminders.waiting.post_now.once"
    )
    go_on = Button(words.plain("reminders.waiting.button.post_now"), PostNow(*at))
    back = Button(words.plain("frame.button.back"), ItemPage(*at))
    return Face(words(key, text=name_of(row.text, row.source_kind, words)), ((go_on, back),))


def draw_ask(asked: Asked, words: Words) -> Face:
    """Asks for a new text, time or label, in private."""
    if asked.what == "when" and asked.recurrence is not None:
        rule = say_recurrence(asked.recurrence, words)
        return Face(words("reminders.waiting.ask.when_now", rule=rule))
    return Face(words(f"reminders.waiting.ask.{asked.what}"))


def draw_change(change: Change, words: Words) -> Face:
    """The reminder as it will be; or the question what "19.10" meant."""
    draft = change.draft_id
    drop = Button(words.plain("frame.button.cancel"), DropChange(draft))
    if change.times is not None:
        question = question_of(change.times, partial(ChooseNewReading, draft), drop, words)
        if question is not None:
            return question
    parts = [words("reminders.waiting.change.heading")]
    if change.what == "text":
        parts.append(words("reminders.due.post", text=Html(change.text)))
    elif change.what == "label":
        parts.append(
            words("reminders.label", label=change.text or words("reminders.waiting.unsigned"))
        )
    elif change.times is not None:
        parts += say_times(change.times, words, this_year=change.today.year)
        parts += lines_of_quiet(change.times, change.quiet, words)
    save = Button(words.plain("frame.button.save"), SaveChange(draft))
    return Face(paragraphs(*parts), ((save, drop),))


def _content(row: Reminder, words: Words) -> Html:
    if row.source_kind or len(Html(row.text).plain()) > _SHOWN_LENGTH:
        return words("reminders.due.post", text=name_of(row.text, row.source_kind, words))
    return words("reminders.due.post", text=Html(row.text))


def _deeds(item: Item, words: Words) -> tuple[tuple[Button, ...], ...]:
    row = item.reminder
    at = (row.chat_id, row.id, item.page)

    def button(key: str, press: Callable[[int, int, int], Payload]) -> Button:
        return Button(words.plain(f"reminders.waiting.button.{key}"), press(*at))

    rows: list[tuple[Button, ...]] = []
    if item.may_undo:
        rows.append((button("undo", Undo),))
    stand = button("resume", Resume) if row.is_paused else button("pause", Pause)
    can_skip = row.recurrence is not None and not row.is_paused
    rows.append((stand, *((button("skip", SkipNext),) if can_skip else ())))
    rows.append((button("now", PostNowPage), button("delete", DeleteReminder)))
    edits = tuple(
        Button(words.plain(f"reminders.waiting.edit.{what}"), EditPage(row.chat_id, row.id, what))
        for what in EDITABLE
    )
    rows += in_rows(edits, 2)
    flags = {"silent": row.is_silent, "pinned": row.is_pinned, "latest": row.is_latest_only}
    rows += [
        (Button(setting_label(setting, flags[setting], words), SwitchOf(*at, setting)),)
        for setting in SETTINGS
        if setting != "latest" or row.recurrence is not None
    ]
    if item.is_elsewhere:
        rows.append((button("here", MoveHere),))
    back = Button(words.plain("frame.button.back"), ListPage(row.chat_id, item.page))
    return (*rows, (back,))


def _comes(reminder: Reminder) -> bool:
    """Whether the list says when: not of one that is paused."""
    return reminder.next_at is not None and not reminder.is_paused


def _item(
    number: int, reminder: Reminder, waiting: Waiting, words: Words, *, says_zone: bool
) -> Html:
    text = name_of(reminder.text, reminder.source_kind, words)
    lines = [words("reminders.waiting.list.item", n=words.number(number), text=text)]
    if reminder.is_paused:
        lines.append(words("reminders.waiting.item.paused"))
    elif reminder.planned is not None:
        moment = reminder.planned
        if says_zone:
            spelled = words.moment(moment.wall, moment.zone, today=waiting.today)
        else:
            spelled = words.moment_in_list(moment.wall, today=waiting.today)
        lines.append(words("reminders.times.once", moment=spelled))
    if reminder.recurrence is not None:
        rule = say_rule(reminder.recurrence.pattern, words)
        lines.append(words("reminders.times.rule", rule=rule))
    return Html("\n".join(lines))


def _openers(waiting: Waiting, words: Words) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(
            _opener(reminder, words, min(len(waiting.reminders), _ITEMS_IN_A_ROW)),
            ItemPage(waiting.chat_id, reminder.id, waiting.paging.page),
        )
        for reminder in waiting.reminders
    ]
    return in_rows(buttons, _ITEMS_IN_A_ROW)


def _opener(reminder: Reminder, words: Words, in_a_row: int) -> str:
    """The first words of a reminder, as far as there is room."""
    name = name_of(reminder.text, reminder.source_kind, words).plain()
    return fitted(words.plain("reminders.waiting.button.open", name=name), in_a_row)
