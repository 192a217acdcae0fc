"""What people see of a reminder while it is set."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.timekeeping.quiet_hours import QuietHours
from bot.message.face import Button, Face, shortened
from bot.message.hour_words import quiet_note
from bot.message.moment_question import draw_either, draw_question
from bot.message.payload import Payload
from bot.message.words import Html, Words, escape, paragraphs
from handlers.reminders.drafted import Times
from handlers.reminders.payloads import (
    ChooseReading,
    DropDraft,
    LabelPage,
    SetReminder,
    Switch,
    TextPage,
)
from handlers.reminders.recurrence_words import say_either, say_times
from handlers.reminders.step_by_step.payloads import AskDay
from handlers.reminders.use_cases import Preview

_LINE_LENGTH = 60


def draw_preview(preview: Preview, words: Words) -> Face:
    """The reminder as it will be; or the question what "19.10" meant."""
    draft = preview.draft_id
    drop = Button(words.plain("frame.button.cancel"), DropDraft(draft))
    question = question_of(preview.times, partial(ChooseReading, draft), drop, words)
    if question is not None:
        return question
    parts = [words("reminders.preview.heading"), *draw_content(preview, words)]
    parts += say_times(preview.times, words, this_year=preview.today.year)
    parts += lines_of_quiet(preview.times, preview.quiet, words)
    if preview.label:
        parts.append(words("reminders.label", label=preview.label))
    if "latest" in preview.settings and preview.times.recurrence is not None:
        parts.append(words("reminders.latest.note"))
    go_on = "reminders.button.set"
    if preview.comes_after is not None:
        wall = preview.comes_after
        day, at = words.day(wall.date(), today=preview.today), words.time(wall.time())
        parts.append(words("reminders.preview.comes_after", day=day, time=at))
        go_on = "reminders.button.set_anyway"
    first = Button(words.plain(go_on), SetReminder(draft))
    return Face(paragraphs(*parts), ((first,), *_rows_of_changes(preview, words), (drop,)))


def _rows_of_changes(preview: Preview, words: Words) -> list[tuple[Button, ...]]:
    """What could be otherwise. Two stand in a row where both are seen whole: on a small phone each row
    pushes a line of the text away."""
    draft = preview.draft_id

    def setting(name: str) -> Button:
        return Button(setting_label(name, name in preview.settings, words), Switch(draft, name))

    when = Button(words.plain("reminders.button.when"), AskDay(draft))
    sign = Button(words.plain("reminders.button.sign"), LabelPage(draft))
    text = Button(words.plain("reminders.button.text"), TextPage(draft))
    rows: list[tuple[Button, ...]] = [(when,) if preview.kind else (text, when)]
    rows += [(setting("silent"), sign), (setting("pinned"),)]
    if preview.times.recurrence is not None:
        rows.append((setting("latest"),))
    return rows


def question_of(
    times: Times, choose: Callable[[str], Payload], drop: Button, words: Words
) -> Face | None:
    """The question what was meant, where there is one."""
    if times.either:
        return draw_either(say_either(times, words), choose, drop, words)
    return draw_question(times.drafted, choose, drop, words) if times.drafted.is_question else None


def lines_of_quiet(times: Times, quiet: QuietHours, words: Words) -> list[Html]:
    """That the first moment lies in the chat's quiet hours, and that it comes all the same."""
    if not times.upcoming:
        return []
    first = times.upcoming[0]
    note = quiet_note(quiet, first.at, ZoneInfo(first.zone), words)
    return [note] if note is not None else []


def draw_content(preview: Preview, words: Words) -> list[Html]:
    """What will be posted: the text, or which message will be copied."""
    if not preview.kind:
        return [words("reminders.due.post", text=Html(preview.text))]
    name = words(f"reminders.kind.{preview.kind}")
    if preview.link is not None:
        name = Html(f'<a href="{preview.link}">{name}</a>')
    parts = [words("reminders.preview.copy", what=name)]
    if preview.text:
        parts.append(words("reminders.preview.caption", text=first_line(preview.text)))
    if preview.is_partial:
        parts.append(words("reminders.preview.partial_album"))
    parts.append(words("reminders.preview.keep_original"))
    return parts


def setting_label(setting: str, is_on: bool, words: Words) -> str:
    """The label of the button that turns a setting over: it says how things stand."""
    return words.plain(f"reminders.setting.{setting}.{'on' if is_on else 'off'}")


def draw_ask_text(text: str, words: Words) -> Face:
    """Asks for the text, in private; the text so far goes along, to be copied."""
    question = words("reminders.ask.text")
    return Face(paragraphs(question, Html(text)) if text else question)


def draw_ask_label(_: None, words: Words) -> Face:
    """Asks for the label, in private."""
    return Face(words("reminders.ask.label"))


def name_of(text: str, kind: str, words: Words) -> Html:
    """What a reminder is called in a line: how its text begins, or what is copied."""
    line = escape(first_line(text))
    if not kind:
        return line
    what = words(f"reminders.kind.{kind}")
    return words("reminders.copy", what=what, text=line) if line else what


def first_line(text: str) -> str:
    """The beginning of a text in HTML, without its formatting."""
    return shortened(Html(text).plain().strip().partition("\n")[0], _LINE_LENGTH)
