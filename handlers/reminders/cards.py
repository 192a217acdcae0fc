"""What people see of reminders: the preview, the post, the list."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.moments.moment import Moment, MomentNote, moment_at
from bot.domain.recurrence import EVERY_DAY, WEEKEND, WORKING_DAYS, Weekly
from bot.face import Button, Face
from bot.texts import Html, Words
from handlers.reminders.payloads import (
    ChooseReading,
    DeleteReminder,
    DropDraft,
    ListPage,
    SetReminder,
)
from handlers.reminders.use_cases import PAGE_LENGTH, Preview, Waiting
from storage.reminders import ReminderRow

_LINE_LENGTH = 60
_DELETES_IN_A_ROW = 2
_SETS_OF_DAYS = {EVERY_DAY: "every_day", WORKING_DAYS: "working_days", WEEKEND: "weekend"}
_SINGLE_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def draw_preview(preview: Preview, words: Words) -> Face:
    """The reminder as it will be; or the question what "19.10" meant."""
    drop = Button(words.plain("frame.button.cancel"), DropDraft(preview.draft_id))
    if preview.moment is None:
        return _draw_question(preview, drop, words)
    parts = [
        words("reminders.preview.heading"),
        _post(preview.text, words),
        _when(preview, preview.moment, words),
    ]
    if preview.moment.note is not None:
        parts.append(_note(preview.moment.note, words))
    go_on = Button(words.plain("reminders.button.set"), SetReminder(preview.draft_id))
    return Face(Html("\n\n".join(parts)), ((go_on, drop),))


def draw_post(text: str, words: Words) -> Face:
    return Face(_post(text, words))


def draw_list(
    waiting: Waiting, words: Words, *, may_delete: bool, deleted: str | None = None
) -> Face:
    """What waits, the soonest first; above it, what was deleted just now."""
    parts = []
    if deleted is not None:
        parts.append(words("reminders.list.deleted", text=_first_line(deleted)))
    if not waiting.reminders:
        parts.append(words("reminders.list.empty"))
        return Face(Html("\n\n".join(parts)))
    parts.append(words.count("reminders.list.heading", waiting.count))
    first = waiting.page * PAGE_LENGTH + 1
    numbered = list(enumerate(waiting.reminders, first))
    parts.extend(_item(number, reminder, waiting, words) for number, reminder in numbered)
    if waiting.pages > 1:
        page, pages = words.number(waiting.page + 1), words.number(waiting.pages)
        parts.append(words("reminders.list.page", page=page, pages=pages))
    buttons = _deletes(numbered, waiting, words) if may_delete else []
    turns = _turns(waiting, words)
    return Face(Html("\n\n".join(parts)), (*buttons, *([turns] if turns else [])))


def _post(text: str, words: Words) -> Html:
    return words("reminders.post", text=text)


def _when(preview: Preview, moment: Moment, words: Words) -> Html:
    if preview.rule is None:
        spelled = words.moment(moment.wall, moment.zone, today=preview.today)
        return words("reminders.preview.once", moment=spelled)
    return words(
        "reminders.preview.repeating",
        rule=_rule(preview.rule, words),
        zone=words.zone(moment.zone),
        day=words.day(moment.wall),
    )


def _rule(rule: Weekly, words: Words) -> Html:
    """ "Every Monday at 11:00"."""
    at = words.time(rule.at)
    if rule.weekdays in _SETS_OF_DAYS:
        return words(f"reminders.rule.{_SETS_OF_DAYS[rule.weekdays]}", time=at)
    days = sorted(rule.weekdays)
    if len(days) == 1:
        return words(f"reminders.rule.{_SINGLE_DAYS[days[0]]}", time=at)
    *others, last = [words.weekday(day) for day in days]
    listed = words("reminders.rule.and", days=", ".join(others), last=last)
    return words("reminders.rule.several", days=listed, time=at)


def _note(note: MomentNote, words: Words) -> Html:
    missing = note is MomentNote.MISSING_HOUR
    return words("moments.note.missing_hour" if missing else "moments.note.double_hour")


def _draw_question(preview: Preview, drop: Button, words: Words) -> Face:
    buttons = []
    if preview.as_time is not None:
        label = words.plain("moments.ask.as_time", moment=words.short(preview.as_time.wall))
        buttons.append((Button(label, ChooseReading(preview.draft_id, "as_time")),))
    if preview.as_date is not None:
        label = words.plain("moments.ask.as_date", day=words.day(preview.as_date))
        buttons.append((Button(label, ChooseReading(preview.draft_id, "as_date")),))
    return Face(words("moments.ask.question"), (*buttons, (drop,)))


def _item(number: int, reminder: ReminderRow, waiting: Waiting, words: Words) -> Html:
    lines = [words("reminders.list.item", n=words.number(number), text=_first_line(reminder.text))]
    if reminder.next_at is not None:
        moment = moment_at(reminder.next_at, ZoneInfo(reminder.timezone))
        spelled = words.moment(moment.wall, moment.zone, today=waiting.today)
        lines.append(words("reminders.list.moment", moment=spelled))
    if reminder.rule is not None:
        lines.append(words("reminders.list.rule", rule=_rule(reminder.rule, words)))
    return Html("\n".join(lines))


def _first_line(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _LINE_LENGTH else f"{line[: _LINE_LENGTH - 1].rstrip()}…"


def _deletes(
    numbered: list[tuple[int, ReminderRow]], waiting: Waiting, words: Words
) -> list[tuple[Button, ...]]:
    buttons = [
        Button(
            words.plain("reminders.button.delete", n=words.number(number)),
            DeleteReminder(waiting.chat_id, reminder.id, waiting.page),
        )
        for number, reminder in numbered
    ]
    starts = range(0, len(buttons), _DELETES_IN_A_ROW)
    return [tuple(buttons[start : start + _DELETES_IN_A_ROW]) for start in starts]


def _turns(waiting: Waiting, words: Words) -> tuple[Button, ...]:
    buttons = []
    if waiting.page > 0:
        page = ListPage(waiting.chat_id, waiting.page - 1)
        buttons.append(Button(words.plain("reminders.button.earlier"), page))
    if waiting.page < waiting.pages - 1:
        page = ListPage(waiting.chat_id, waiting.page + 1)
        buttons.append(Button(words.plain("reminders.button.later"), page))
    return tuple(buttons)
