"""The steps on the way to an announcement, and the announcement as it will be."""

from __future__ import annotations

from bot.domain.actions.announcement import Announcement
from bot.message.face import Button, Face
from bot.message.hour_words import say_note
from bot.message.moment_question import draw_question
from bot.message.payload import Payload
from bot.message.pickers.days import day_rows, weeks_shown
from bot.message.pickers.hours import FULL_HOURS, Hours, hour_rows
from bot.message.pickers.numbers import number_rows
from bot.message.words import Html, Words, paragraphs
from handlers.actions.announcing.payloads import Publish
from handlers.actions.card.payloads import MorePage
from handlers.actions.changing.payloads import SaveEdit
from handlers.actions.drafting.draft import Known
from handlers.actions.drafting.payloads import (
    AskCapacity,
    AskPlace,
    AskWords,
    CapacityPage,
    ChooseCapacity,
    ChooseDay,
    ChooseHour,
    ChooseReading,
    DayPage,
    DropDraft,
    HourPage,
    LeaveOutPlace,
    PreviewPage,
    StopAsking,
    TypeCapacityPage,
)
from handlers.actions.drafting.use_cases import DaysShown, HoursShown
from handlers.actions.heart.lines import body

_CAPACITIES = (5, 8, 10, 12, 15, 20, 25, 30, 40, 50)
"""For how many there may be room, to pick from; others are typed."""


def draw_days(shown: DaysShown, words: Words) -> Face:
    so_far, draft = shown.known, shown.known.draft_id
    rows = day_rows(
        so_far.now,
        shown.page,
        lambda day: ChooseDay(draft, str(day)),
        lambda page: DayPage(draft, page),
        words,
    )
    weeks = [Html(weeks_shown(so_far.now, shown.page, words))] if shown.page else []
    said = _so_far(so_far, words) or [words("actions.step.begin")]
    text = paragraphs(*said, words("actions.step.day"), *weeks)
    before = _hours(draft, FULL_HOURS) if so_far.on is not None else None
    return Face(text, (*rows, _ways_out(draft, before, words)))


def draw_hours(shown: HoursShown, words: Words) -> Face:
    so_far, draft = shown.known, shown.known.draft_id
    rows = hour_rows(
        so_far.on,
        so_far.now,
        Hours(shown.are_halves, shown.are_nightly),
        lambda at: ChooseHour(draft, at.hour, at.minute),
        lambda hours: _hours(draft, hours),
        words,
    )
    text = paragraphs(*_so_far(so_far, words), words("moments.ask.hour"))
    days = DayPage(draft, 0)
    if not so_far.is_whole:
        return Face(text, (*rows, _ways_out(draft, days, words)))
    other_day = Button(words.plain("actions.button.other_day"), days)
    return Face(text, (*rows, (other_day,), _ways_out(draft, _look(so_far), words)))


def draw_words(so_far: Known, words: Words) -> Face:
    """Asks for the title, or for the words anew, which can be copied as they stand."""
    draft, said = so_far.draft_id, so_far.announcement
    if not so_far.is_whole:
        text = paragraphs(*_so_far(so_far, words), words("actions.step.title"))
        return Face(text, (_ways_out(draft, _hours(draft, FULL_HOURS), words),))
    line = Announcement(said.title, details=said.details).as_typed()
    text = words("actions.step.words", line=line)
    return Face(text, (_ways_out(draft, _stop(so_far), words),))


def draw_place(so_far: Known, words: Words) -> Face:
    draft = so_far.draft_id
    text = paragraphs(*_so_far(so_far, words), words("actions.step.place"))
    rows = []
    if so_far.announcement.place:
        label = words.plain("actions.button.no_place")
        rows.append((Button(label, LeaveOutPlace(draft)),))
    return Face(text, (*rows, _ways_out(draft, _stop(so_far), words)))


def draw_capacity(so_far: Known, words: Words) -> Face:
    draft = so_far.draft_id
    other = Button(words.plain("actions.button.other_capacity"), TypeCapacityPage(draft))
    no_limit = Button(words.plain("actions.button.no_limit"), ChooseCapacity(draft, 0))
    return Face(
        paragraphs(*_so_far(so_far, words), words("actions.step.capacity")),
        (
            *number_rows(_CAPACITIES, lambda room: ChooseCapacity(draft, room), words),
            (other,),
            *(((no_limit,),) if so_far.capacity is not None else ()),
            _ways_out(draft, _stop(so_far), words),
        ),
    )


def draw_capacity_typing(so_far: Known, words: Words) -> Face:
    text = words("actions.step.capacity_typed")
    return Face(text, (_ways_out(so_far.draft_id, CapacityPage(so_far.draft_id), words),))


def draw_preview(so_far: Known, words: Words) -> Face:
    """The announcement as it will be; or the question what "19.10" meant."""
    draft = so_far.draft_id
    if so_far.is_question:
        drop = Button(words.plain("frame.button.cancel"), DropDraft(draft))
        return draw_question(
            so_far.drafted, lambda reading: ChooseReading(draft, reading), drop, words
        )
    parts = [words("actions.preview.heading"), _described(so_far, words)]
    moment = so_far.drafted.moment
    if moment is not None and moment.note is not None:
        parts.append(say_note(moment.note, words))
    if so_far.changes is None:
        go_on = Button(words.plain("frame.button.publish"), Publish(draft))
    else:
        go_on = Button(words.plain("frame.button.save"), SaveEdit(draft))
    fields = (
        Button(words.plain("actions.button.time"), _hours(draft, FULL_HOURS)),
        Button(words.plain("actions.button.words"), AskWords(draft)),
        Button(words.plain("actions.button.place"), AskPlace(draft)),
    )
    capacity = Button(words.plain("actions.button.capacity"), AskCapacity(draft))
    drop = Button(words.plain("frame.button.cancel"), DropDraft(draft))
    return Face(paragraphs(*parts), ((go_on, drop), fields, (capacity,)))


def _ways_out(draft: int, back: Payload | None, words: Words) -> tuple[Button, ...]:
    drop = Button(words.plain("frame.button.cancel"), DropDraft(draft))
    if back is None:
        return (drop,)
    return (Button(words.plain("frame.button.back"), back), drop)


def _look(so_far: Known) -> Payload:
    """Back to where it can be looked at: the announcement, or what may be changed of an action."""
    if so_far.changes is not None and not so_far.is_touched:
        return MorePage(so_far.changes)
    return PreviewPage(so_far.draft_id)


def _stop(so_far: Known) -> Payload:
    """The same from a page that waits for words, which then don't come."""
    back = _look(so_far)
    return back if isinstance(back, MorePage) else StopAsking(so_far.draft_id)


def _hours(draft: int, hours: Hours) -> HourPage:
    return HourPage(draft, hours.are_halves, hours.are_nightly)


def _so_far(so_far: Known, words: Words) -> list[Html]:
    """What is known already, in one paragraph; none where nothing is."""
    text = _described(so_far, words)
    return [text] if text else []


def _described(so_far: Known, words: Words) -> Html:
    said = so_far.announcement
    when, capacity = _when(so_far, words), so_far.capacity
    return body(said.title, when, said.place, said.details, words, capacity=capacity)


def _when(so_far: Known, words: Words) -> Html | None:
    """The moment in full, or the day alone."""
    moment, today = so_far.drafted.moment, so_far.now.date()
    if moment is not None:
        return words.moment(moment.wall, moment.zone, today=today)
    return Html(words.day(so_far.on, today=today)) if so_far.on is not None else None
