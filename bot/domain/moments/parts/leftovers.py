"""What follows a moment, where it is itself a piece of one: it must not slip into the text unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import HOUR_ENDINGS, Kind
from bot.domain.moments.languages.words import (
    AFTER_DAY_OF_MONTH,
    AHEAD,
    ALTERNATIVES,
    BEFORE_DATE,
    BEFORE_HOUR,
    BEFORE_WEEKDAY,
    BEGINNING,
    CARDINALS,
    CONJUNCTIONS,
    DAYS_OF_MONTH,
    EVERY,
    EXCEPT,
    FIXED_SPANS,
    FROM_TODAY,
    LASTING,
    MONTHS,
    NARROWING,
    NEXT_WEEK,
    NOT_THEN,
    PART_AFTER_HOUR,
    PART_BEFORE_HOUR,
    SPANS,
    SURELY_UNTIL,
    THIS,
    UNTIL,
    UNTIL_HOUR,
    WEEKDAYS,
    WEEKS_AHEAD,
)
from bot.domain.moments.parts.clock import AN_HOUR, MIDNIGHT
from bot.domain.moments.parts.clocks import any_clock_at, clock_at, goes_into_word, is_end_at
from bot.domain.moments.parts.days import (
    BETWEEN,
    calendar_date_at,
    days_at,
    last_day_at,
    weekday_at,
)
from bot.domain.moments.parts.nouns import counts_at
from bot.domain.moments.parts.repeat_ends import is_unknown_ending_at
from bot.domain.moments.parts.repeats import repeated_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens

_LIMITING = (AHEAD, BEGINNING, BEFORE_WEEKDAY, LASTING, NOT_THEN, UNTIL, UNTIL_HOUR)

_JOINTS = ":;.,_^='-–—"
"""Marks that people put between an hour and its minutes, with blanks or without."""

SHORT_ON = 2
"""Letters of «по» and «па», which begin much else than a rule."""


def problem_after(
    tokens: Tokens, place: int, *, has_clock: bool, has_day: bool, repeats: bool
) -> str | None:
    """Why a moment that ends before `place` can't be taken as it stands; None where nothing is wrong."""
    problems = {
        "moments.has_end": has_clock and _is_end_at(tokens, place, repeats=repeats),
        "moments.unknown_end": repeats and is_unknown_ending_at(tokens, place),
        "moments.rhythm": repeats and _is_exception_at(tokens, place),
        "moments.several": _another_at(tokens, place),
        "moments.unclear": (has_clock and _piece_at(tokens, place))
        or (repeats and _is_limit_at(tokens, place))
        or (not has_day and _ends_with_day(tokens, place)),
    }
    return next((problem for problem, is_there in problems.items() if is_there), None)


def _is_end_at(tokens: Tokens, place: int, *, repeats: bool) -> bool:
    return is_end_at(tokens, place) or (not repeats and _is_last_day_at(tokens, place))


def _is_last_day_at(tokens: Tokens, place: int) -> bool:
    """ "Until sunday": an end is a piece even where nothing repeats."""
    until = SURELY_UNTIL.match(tokens, skip_marks(tokens, place, ",(", 1))
    return bool(until and last_day_at(tokens, until[1]))


def _is_exception_at(tokens: Tokens, place: int) -> bool:
    """ "Except sunday": a rule without what is taken out of it is another rule."""
    return bool(EXCEPT.match(tokens, skip_marks(tokens, place, ",(", 2)))


def _is_limit_at(tokens: Tokens, place: int) -> bool:
    """ "From november", "to 1 june", «со следующей недели», «в ноябре»: when a rule begins or ends."""
    start = skip_marks(tokens, place, ",(", 2)
    ends = (lexicon.skip(tokens, start) for lexicon in _LIMITING)
    said = max(ends)
    if said == start:
        return False
    what = max(NEXT_WEEK.skip(tokens, said), THIS.skip(tokens, said))
    is_span = MONTHS.match(tokens, what) or NARROWING.match(tokens, what)
    return bool(is_span or _is_date(tokens, what))


def _ends_with_day(tokens: Tokens, place: int) -> bool:
    """ "19:00 Concert on saturday": an hour alone would be today's."""
    for start in range(place, len(tokens)):
        if tokens[start].text == "\n":
            return False
        days, end = days_at(tokens, start)
        if days and (tokens[end].kind is Kind.END or tokens[end].text in ("\n", "@")):
            return True
    return False


def begins_several_days(tokens: Tokens) -> bool:
    """ "24-25 october", «24 и 25 октября»: two dates with one month."""
    start = BEFORE_DATE.skip(tokens, BEFORE_WEEKDAY.skip(tokens, 0))
    if not tokens[start].numbers or tokens[start].kind not in (Kind.NUMBER, Kind.ORDINAL):
        return False
    joint = CONJUNCTIONS.skip(tokens, skip_marks(tokens, start + 1, ",-–—", 1))
    joint = ALTERNATIVES.skip(tokens, joint)
    is_number = tokens[joint].kind in (Kind.NUMBER, Kind.ORDINAL)
    is_date = MONTHS.match(tokens, joint + 1) or AFTER_DAY_OF_MONTH.match(tokens, joint + 1)
    return joint > start + 1 and is_number and bool(is_date)


def _another_at(tokens: Tokens, place: int) -> bool:
    """A second hour or day after "and" or "or"."""
    comma = skip_marks(tokens, place, ",(/", 1)
    is_either = ALTERNATIVES.skip(tokens, comma)
    start = max(CONJUNCTIONS.skip(tokens, comma), is_either)
    if start == comma:
        return comma > place and _is_list_of_hours(tokens, comma)
    part = PART_BEFORE_HOUR.skip(tokens, start)
    hour = BEFORE_HOUR.skip(tokens, part)
    is_told = hour > start or is_either > comma
    if any_clock_at(tokens, hour, told=is_told) or _is_bare_hour(tokens, hour):
        return True
    day = calendar_date_at(tokens, start) or weekday_at(tokens, start)
    return bool(day or FROM_TODAY.match(tokens, start) or repeated_at(tokens, start))


def _is_list_of_hours(tokens: Tokens, place: int) -> bool:
    """«В 9, 12 и 15»: after an hour and a comma two more numbers that count nothing."""
    if not _is_bare_hour(tokens, place):
        return False
    second = CONJUNCTIONS.skip(tokens, skip_marks(tokens, place + 1, ",", 1))
    return second > place + 1 and _is_bare_hour(tokens, second)


def _is_bare_hour(tokens: Tokens, place: int) -> bool:
    """A number that counts nothing: «в 19 и 20», but not «в 19 и 20 песен»."""
    token = tokens[place]
    is_ordinal = token.kind is Kind.ORDINAL and token.text.endswith(HOUR_ENDINGS)
    is_hour = (token.kind is Kind.NUMBER or is_ordinal) and token.numbers[0] <= MIDNIGHT
    if not is_hour or goes_into_word(tokens, place):
        return False
    return not counts_at(tokens, place + 1) and not SPANS.match(tokens, place + 1)


def _piece_at(tokens: Tokens, place: int) -> bool:
    """An hour, a date or a month that a text can't be meant to begin with."""
    start = skip_marks(tokens, place, "(,;/+.:-–—~→…", 3)
    token = tokens[start]
    is_date = _is_date(tokens, start) or _is_date(tokens, UNTIL.skip(tokens, start))
    if token.kind in (Kind.CLOCK, Kind.ISO, Kind.DATE) or is_date:
        return True
    if not token.is_capital and (_says_when(tokens, start) or _is_month_of(tokens, start)):
        return True
    if WEEKS_AHEAD.match(tokens, start) or _is_other_span(tokens, place):
        return True
    is_number = tokens[place - 1].kind is Kind.NUMBER
    mark = skip_marks(tokens, place, _JOINTS, 1)
    if (
        is_number
        and mark > place
        and tokens[mark].kind is Kind.NUMBER
        and _are_minutes_at(tokens, mark)
    ):
        return True
    if MONTHS.match(tokens, place - 1) and token.kind is Kind.NUMBER and len(token.text) == 4:
        return True
    clock = any_clock_at(tokens, start, told=False)
    if clock and clock[0].part is not None and not SPANS.match(tokens, start + 1):
        return True
    day = weekday_at(tokens, start)
    if day and clock_at(tokens, skip_marks(tokens, day[1], BETWEEN), after_day=True):
        return True
    return _is_told_piece_at(tokens, start)


def _is_told_piece_at(tokens: Tokens, place: int) -> bool:
    """What a preposition makes an hour or a day of: "at 9", «в субботу», «на 24.10»."""
    hour = BEFORE_HOUR.skip(tokens, place)
    if hour == place:
        return False
    said = any_clock_at(tokens, hour, told=False) or _is_bare_hour(tokens, hour)
    weekday = WEEKDAYS.match(tokens, BEFORE_WEEKDAY.skip(tokens, place))
    return bool(said or weekday or _is_date(tokens, hour))


def _is_month_of(tokens: Tokens, place: int) -> bool:
    """A month after a number that was taken for an hour; «19:00 мая хата» has none."""
    is_number = tokens[place - 1].kind in (Kind.NUMBER, Kind.ORDINAL)
    return is_number and bool(MONTHS.match(tokens, place))


def _is_other_span(tokens: Tokens, place: int) -> bool:
    """«Через полчаса-час»: a dash, and another span."""
    start = skip_marks(tokens, place, "-–—", 1)
    if start > place and FIXED_SPANS.match(tokens, start):
        return True
    unit = SPANS.match(tokens, place - 1)
    if unit is None:
        return False
    is_close = (
        tokens[place - 1].end == tokens[place].start and tokens[place].end == tokens[start].start
    )
    if start > place and is_close and tokens[start].kind is Kind.WORD:  # «через час-полтора»
        return True
    return unit[0] == AN_HOUR and _are_minutes_at(tokens, place)


def _are_minutes_at(tokens: Tokens, place: int) -> bool:
    """Minutes without their unit: "in 1 h 30", «через час тридцать», "19_30"."""
    token = tokens[place]
    end = place + 1
    if token.kind is not Kind.NUMBER or len(token.text) != 2 or token.numbers[0] >= 60:
        in_words = CARDINALS.match(tokens, place)
        if in_words is None or in_words[0] < 10:
            return False
        end = in_words[1]
    return not counts_at(tokens, end) and not SPANS.match(tokens, end)


def _says_when(tokens: Tokens, place: int) -> bool:
    """ "Tomorrow", "every day", «вечера»; in capitals they may begin a title."""
    today = FROM_TODAY.match(tokens, place)
    part = PART_AFTER_HOUR.match(tokens, place)
    every = EVERY.match(tokens, place)
    is_rule = every is None or len(tokens[place].text) > SHORT_ON
    rule = repeated_at(tokens, place) if is_rule else None
    return bool((today and today[0].days >= 0) or part or rule)


def _is_date(tokens: Tokens, place: int) -> bool:
    """A number with its month, or two that look like one: "24 october", "24.10"."""
    token = tokens[place]
    if token.kind is Kind.DOTTED:
        return token.text[-2] not in ".," and token.numbers[1] <= 12
    is_day = token.kind in (Kind.NUMBER, Kind.ORDINAL) and len(token.numbers) == 1
    end = place + 1
    if not is_day and (in_words := DAYS_OF_MONTH.match(tokens, place)):
        is_day, end = True, in_words[1]
    return is_day and bool(MONTHS.match(tokens, end))
