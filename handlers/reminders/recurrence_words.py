"""Saying when a reminder comes, in words that are understood when they are typed, too."""

from __future__ import annotations

from datetime import date

from bot.domain.timekeeping.moment import Moment
from bot.domain.timekeeping.recurrence import (
    EVERY_DAY,
    LAST,
    LAST_DAY,
    WEEKEND,
    WORKING_DAYS,
    EveryFewDays,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Recurrence,
    Weekly,
    Yearly,
)
from bot.message.hour_words import say_note
from bot.message.words import Html, Words, escape
from handlers.reminders.drafted import Times

_SETS_OF_DAYS = {EVERY_DAY: "every_day", WORKING_DAYS: "working_days", WEEKEND: "weekend"}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NTHS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
# 1st, 2nd, 3rd; the other languages have one ending for all.
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}
_SHORTEST_MONTH = 28


def say_rule(pattern: Pattern, words: Words) -> Html:
    """ "Every Monday at 11:00"."""
    at = _joined([escape(words.time(each)) for each in pattern.times], words)
    return words("reminders.rule.at", days=say_days(pattern, words), time=at)


def say_days(pattern: Pattern, words: Words) -> Html:
    """ "Every Monday": the rule where its hour is known already."""
    match pattern:
        case Weekly(weekdays=weekdays, weeks=1) if weekdays in _SETS_OF_DAYS:
            return words(f"reminders.rule.{_SETS_OF_DAYS[weekdays]}")
        case Weekly(weekdays=weekdays, weeks=1) if len(weekdays) == 1:
            (day,) = weekdays
            return words(f"reminders.rule.{_DAYS[day]}")
        case Weekly(weekdays=weekdays, weeks=weeks):
            days = _listed(weekdays, words)
            key = "several" if weeks == 1 else "second_week"
            return words(f"reminders.rule.{key}", days=days)
        case EveryFewDays(days=number):
            return words.count("reminders.rule.few_days", number)
    return _say_dated_rule(pattern, words)


def _say_dated_rule(pattern: Pattern, words: Words) -> Html:
    """What comes every month or year."""
    match pattern:
        case MonthlyOnDay(day=day) if day == LAST_DAY:
            return words("reminders.rule.last_day")
        case MonthlyOnDay(day=day):
            said = words(f"reminders.ordinal.{_ENDINGS.get(day, 'th')}", n=day)
            return words("reminders.rule.day_of_month", day=said)
        case MonthlyOnWeekday():
            said = say_weekday_of_month(pattern, words)
            return words("reminders.rule.weekday_of_month", weekday=said)
        case Yearly(month=month, day=day):
            return words("reminders.rule.yearly", date=words.yearly(month, day))
    raise TypeError(type(pattern).__name__)


def say_weekday_of_month(pattern: MonthlyOnWeekday, words: Words) -> Html:
    """ "fourth Thursday"."""
    return words(f"reminders.nth.{_NTHS[pattern.nth]}.{_DAYS[pattern.weekday]}")


def say_recurrence(recurrence: Recurrence, words: Words) -> Html:
    """The rule with its end: "Every Monday at 11:00 until 01.06.2027"."""
    rule = say_rule(recurrence.pattern, words)
    if recurrence.last_on is None:
        return rule
    return words("reminders.rule.until", rule=rule, day=words.numbers_of_day(recurrence.last_on))


def say_times(times: Times, words: Words, *, this_year: int) -> list[Html]:
    """When it comes, in full: once, or by its rule, its next few moments and its end."""
    if times.recurrence is None:
        lines = [
            words("reminders.times.once", moment=_full(m, words, this_year)) for m in times.upcoming
        ]
    else:
        lines = _say_repeating(times.recurrence, times.upcoming, words, this_year)
    notes = {moment.note for moment in times.upcoming if moment.note is not None}
    return lines + [say_note(note, words) for note in sorted(notes, key=lambda note: note.value)]


def _say_repeating(
    recurrence: Recurrence, upcoming: tuple[Moment, ...], words: Words, this_year: int
) -> list[Html]:
    pattern = recurrence.pattern
    lines = [words("reminders.times.rule", rule=say_rule(pattern, words))]
    if recurrence.last_on is not None:
        day = words.day(recurrence.last_on, today=date(this_year, 1, 1))
        lines.append(words("reminders.times.until", day=day))
    if upcoming:
        lines.append(_say_next(upcoming, words, this_year))
    if isinstance(pattern, MonthlyOnDay) and _SHORTEST_MONTH < pattern.day < LAST_DAY:
        lines.append(words("reminders.times.short_month"))
    if isinstance(pattern, Yearly) and (pattern.month, pattern.day) == (2, 29):
        lines.append(words("reminders.times.short_february"))
    return lines


def say_either(times: Times, words: Words) -> list[str]:
    """What the two ways are called on their buttons: the hour first, which may be all that differs."""
    return [_say_way(way, words) for way in times.either]


def _say_way(way: Times, words: Words) -> str:
    if way.recurrence is None:
        return words.short(way.upcoming[0].wall)
    pattern = way.recurrence.pattern
    hours = ", ".join(words.time(at) for at in pattern.times)
    return f"{hours} · {say_days(pattern, words).plain()}"


def _say_next(upcoming: tuple[Moment, ...], words: Words, this_year: int) -> Html:
    """The next moments, a line each, and the zone of them all below."""
    listed = [
        words(
            "reminders.times.moment", moment=words.moment_in_list(m.wall, today=_day(m, this_year))
        )
        for m in upcoming
    ]
    zones = [words.zone_of_list(zone) for zone in sorted({moment.zone for moment in upcoming})]
    return Html("\n".join([words("reminders.times.next"), *listed, *zones]))


def _full(moment: Moment, words: Words, this_year: int) -> Html:
    return words.moment(moment.wall, moment.zone, today=_day(moment, this_year))


def _day(moment: Moment, this_year: int) -> date:
    """A day of this year: only that year is left out."""
    return moment.wall.date().replace(year=this_year, day=1)


def _listed(weekdays: frozenset[int], words: Words) -> Html:
    return _joined([words(f"reminders.days.{_DAYS[day]}") for day in sorted(weekdays)], words)


def _joined(several: list[Html], words: Words) -> Html:
    """ "9:00, 13:00 and 21:00"."""
    *others, last = several
    if not others:
        return last
    return words("reminders.rule.and", days=Html(", ".join(others)), last=last)
