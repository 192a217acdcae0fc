"""What waits, as people see it: the list, and one reminder with all that can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.domain.timekeeping.moment import moment_at
from bot.message.face import Button, Face
from bot.message.moment_question import draw_question
from bot.message.payload import Payload
from bot.message.words import Html, Words, paragraphs
from handlers.reminders.drafted import SETTINGS
from handlers.reminders.faces import lines_of_quiet, name_of, setting_label
from handlers.reminders.managing.payloads import (
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
from handlers.reminders.managing.use_cases import (
    EDITABLE,
    PAGE_LENGTH,
    Change,
    Item,
    Waiting,
)
from handlers.reminders.rule_words import say_recurrence, say_rule, say_times
from storage.reminders import Reminder

_ITEMS_IN_A_ROW = 4
# With everything around it, 4096 holds this much of a text.
_SHOWN_LENGTH = 2800


def draw_list(waiting: Waiting, words: Words, *, is_organiser: bool) -> Face:
    """What waits, the soonest first; organisers open each by its number."""
    if not waiting.reminders:
        return Face(words("managing.list.empty"))
    parts = [words.count("managing.list.heading", waiting.count)]
    numbered = list(enumerate(waiting.reminders, waiting.page * PAGE_LENGTH + 1))
    parts.extend(_item(number, reminder, waiting, words) for number, reminder in numbered)
    if waiting.pages > 1:
        page, pages = words.number(waiting.page + 1), words.number(waiting.pages)
        parts.append(words("managing.list.page", page=page, pages=pages))
    buttons = _openers(numbered, waiting, words) if is_organiser else []
    turns = _turns(waiting, words)
    return Face(paragraphs(*parts), (*buttons, *([turns] if turns else [])))


def draw_deleted(reminder: Reminder, page: int, words: Words) -> Face:
    """It is gone, and for a minute it can come back."""
    text = name_of(reminder.text, reminder.source_kind, words)
    undo = Button(words.plain("managing.button.undo"), Undo(reminder.chat_id, reminder.id, page))
    back = Button(words.plain("managing.button.list"), ListPage(reminder.chat_id, page))
    return Face(words("managing.deleted", text=text), ((undo,), (back,)))


def draw_item(item: Item, words: Words) -> Face:
    """One reminder, whole, with everything that can be done with it."""
    row = item.reminder
    parts = [_content(row, words)]
    if row.is_paused:
        parts.append(words("managing.item.paused"))
    parts += say_times(item.times, words, this_year=item.today.year)
    if row.label:
        parts.append(words("reminders.label", label=row.label))
    if row.is_latest_only:
        parts.append(words("reminders.latest.note"))
    if item.is_elsewhere:
        parts.append(words("managing.item.elsewhere"))
    return Face(paragraphs(*parts), _deeds(item, words))


def draw_post_now(item: Item, words: Words) -> Face:
    row = item.reminder
    at = (row.chat_id, row.id, item.page)
    key = "managing.post_now.repeating" if row.recurrence else "managing.post_now.once"
    go_on = Button(words.plain("managing.button.post_now"), PostNow(*at))
    back = Button(words.plain("frame.button.back"), ItemPage(*at))
    return Face(words(key, text=name_of(row.text, row.source_kind, words)), ((go_on, back),))


def draw_ask(what: str, item: Item, words: Words) -> Face:
    """Asks for a new text, time or label, in private."""
    recurrence = item.reminder.recurrence
    if what == "when" and recurrence is not None:
        rule = say_recurrence(recurrence, words)
        return Face(words("managing.ask.when_now", rule=rule))
    return Face(words(f"managing.ask.{what}"))


def draw_change(change: Change, words: Words) -> Face:
    """The reminder as it will be; or the question what "19.10" meant."""
    draft = change.draft_id
    drop = Button(words.plain("frame.button.cancel"), DropChange(draft))
    if change.times is not None:
        drafted = change.times.drafted
        if drafted.as_time is not None or drafted.as_date is not None:
            return draw_question(
                drafted, lambda reading: ChooseNewReading(draft, reading), drop, words
            )
    parts = [words("managing.change.heading")]
    if change.what == "text":
        parts.append(words("posting.post", text=Html(change.text)))
    elif change.what == "label":
        parts.append(words("reminders.label", label=change.text or words("managing.unsigned")))
    elif change.times is not None:
        parts += say_times(change.times, words, this_year=change.today.year)
        parts += lines_of_quiet(change.times, change.quiet, words)
    save = Button(words.plain("frame.button.save"), SaveChange(draft))
    return Face(paragraphs(*parts), ((save, drop),))


def _content(row: Reminder, words: Words) -> Html:
    if row.source_kind or len(Html(row.text).plain()) > _SHOWN_LENGTH:
        return words("posting.post", text=name_of(row.text, row.source_kind, words))
    return words("posting.post", text=Html(row.text))


def _deeds(item: Item, words: Words) -> tuple[tuple[Button, ...], ...]:
    row = item.reminder
    at = (row.chat_id, row.id, item.page)

    def button(key: str, press: Callable[[int, int, int], Payload]) -> Button:
        return Button(words.plain(f"managing.button.{key}"), press(*at))

    rows: list[tuple[Button, ...]] = []
    if item.may_undo:
        rows.append((button("undo", Undo),))
    stand = button("resume", Resume) if row.is_paused else button("pause", Pause)
    can_skip = row.recurrence is not None and not row.is_paused
    rows.append((stand, *((button("skip", SkipNext),) if can_skip else ())))
    rows.append((button("now", PostNowPage), button("delete", DeleteReminder)))
    edits = tuple(
        Button(words.plain(f"managing.edit.{what}"), EditPage(row.chat_id, row.id, what))
        for what in EDITABLE
    )
    rows += [edits[:2], edits[2:]]
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


def _item(number: int, reminder: Reminder, waiting: Waiting, words: Words) -> Html:
    text = name_of(reminder.text, reminder.source_kind, words)
    lines = [words("managing.list.item", n=words.number(number), text=text)]
    if reminder.is_paused:
        lines.append(words("managing.item.paused"))
    elif reminder.next_at is not None:
        moment = moment_at(reminder.next_at, ZoneInfo(reminder.timezone))
        spelled = words.moment(moment.wall, moment.zone, today=waiting.today)
        lines.append(words("reminders.times.once", moment=spelled))
    if reminder.recurrence is not None:
        rule = say_rule(reminder.recurrence.pattern, words)
        lines.append(words("reminders.times.rule", rule=rule))
    return Html("\n".join(lines))


def _openers(
    numbered: list[tuple[int, Reminder]], waiting: Waiting, words: Words
) -> list[tuple[Button, ...]]:
    buttons = [
        Button(
            words.plain("managing.button.open", n=words.number(number)),
            ItemPage(waiting.chat_id, reminder.id, waiting.page),
        )
        for number, reminder in numbered
    ]
    starts = range(0, len(buttons), _ITEMS_IN_A_ROW)
    return [tuple(buttons[start : start + _ITEMS_IN_A_ROW]) for start in starts]


def _turns(waiting: Waiting, words: Words) -> tuple[Button, ...]:
    buttons = []
    if waiting.page > 0:
        page = ListPage(waiting.chat_id, waiting.page - 1)
        buttons.append(Button(words.plain("managing.button.earlier"), page))
    if waiting.page < waiting.pages - 1:
        page = ListPage(waiting.chat_id, waiting.page + 1)
        buttons.append(Button(words.plain("managing.button.later"), page))
    return tuple(buttons)
