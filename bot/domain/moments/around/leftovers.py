"""What follows a moment, where it is itself a piece of one: it must not slip into the text unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.around.later_hours import sure_clock_at
from bot.domain.moments.around.pieces import SHORT_ON, another_at, is_date, piece_at
from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    AFTER_DAY_OF_MONTH,
    AHEAD,
    ALTERNATIVES,
    AM_OR_PM,
    BEFORE_DATE,
    BEFORE_HOUR,
    BEFORE_MONTH,
    BEFORE_WEEKDAY,
    BEGINNING,
    CONJUNCTIONS,
    EXCEPT,
    FROM_TODAY,
    IN_ALL,
    LASTING,
    MONTHS,
    NARROWING,
    NEXT_WEEK,
    NOT_ON,
    NOT_THEN,
    SEASONS,
    SPANS,
    SURELY_UNTIL,
    THIS,
    THIS_MONTH,
    THIS_YEAR,
    UNTIL,
    UNTIL_HOUR,
    WEEKDAYS,
    ZONES,
)
from bot.domain.moments.parts.clock import MIDNIGHT
from bot.domain.moments.parts.clocks import clock_at, is_end_at
from bot.domain.moments.parts.days import days_at, last_day_at, weekday_at
from bot.domain.moments.parts.repeat_ends import (
    DIGITS_OF_A_YEAR,
    is_frequency_at,
    is_unknown_ending_at,
)
from bot.domain.moments.parts.repeats import repeated_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Token, Tokens

_LIMITING = (AHEAD, BEGINNING, BEFORE_WEEKDAY, LASTING, NOT_THEN, UNTIL, UNTIL_HOUR)

_LONG = (MONTHS, NARROWING, SEASONS, THIS_MONTH, THIS_YEAR)

MOST_WORDS_BETWEEN = 2

DIGITS_OF_AN_OFFSET = 4
"""As in "+0300"."""


def problem_after(
    tokens: Tokens, place: int, *, has_clock: bool, has_day: bool, repeats: bool
) -> str | None:
    """Why a moment that ends before `place` can't be taken as it stands; None where nothing is wrong."""
    problems = {
        "moments.zone": has_clock and _is_zone_at(tokens, place),
        "moments.which_hour": has_clock and is_vague_hour(tokens, place),
        "moments.rhythm": is_frequency_at(tokens, place)
        or (repeats and _is_exception_at(tokens, place))
        or (not repeats and not has_clock and _is_rule_without_hour(tokens, place)),
        "moments.has_end": has_clock and _is_end_at(tokens, place, repeats=repeats),
        "moments.unknown_end": repeats and is_unknown_ending_at(tokens, place),
        "moments.several": another_at(tokens, place),
        "moments.unclear": (has_clock and piece_at(tokens, place))
        or (has_clock and _is_number_before_clock(tokens, place))
        or _is_of_other_span(tokens, place)
        or (repeats and _is_limit_at(tokens, place))
        or (not has_day and _ends_with_day(tokens, place)),
    }
    return next((problem for problem, is_there in problems.items() if is_there), None)


def _is_end_at(tokens: Tokens, place: int, *, repeats: bool) -> bool:
    until = SURELY_UNTIL.match(tokens, place) if repeats else None
    if until and len(tokens[until[1]].text) == DIGITS_OF_A_YEAR:
        return False
    return is_end_at(tokens, place) or (not repeats and _is_last_day_at(tokens, place))


def _is_last_day_at(tokens: Tokens, place: int) -> bool:
    """ "Until sunday": an end is a piece even where nothing repeats."""
    until = SURELY_UNTIL.match(tokens, skip_marks(tokens, place, ",(", 1))
    return bool(until and last_day_at(tokens, until[1]))


def _is_exception_at(tokens: Tokens, place: int) -> bool:
    """ "Except sunday": a rule without what is taken out of it is another rule."""
    start = skip_marks(tokens, place, ",(", 2)
    without = NOT_ON.match(tokens, start)
    is_day = without and (weekday_at(tokens, without[1]) or repeated_at(tokens, without[1]))
    return bool(is_day or EXCEPT.match(tokens, start))


def _is_limit_at(tokens: Tokens, place: int) -> bool:
    """ "From november", "to 1 june", «со следующей недели», «летом»: when a rule begins or ends."""
    start = skip_marks(tokens, place, ",(", 2)
    said = max(lexicon.skip(tokens, start) for lexicon in _LIMITING)
    if not tokens[start].is_capital and _is_bare_limit_at(tokens, start):
        return True
    return said > start and any(
        _is_long_at(tokens, what) for what in range(said, _words_end(tokens, said) + 1)
    )


def _is_bare_limit_at(tokens: Tokens, place: int) -> bool:
    """«Летом», "this month", and a month that ends what is said: "november", «ноябрь-декабрь»."""
    which = max(NEXT_WEEK.skip(tokens, place), THIS.skip(tokens, place))
    if SEASONS.match(tokens, which) or (which > place and _is_long_at(tokens, which)):
        return True
    month = MONTHS.match(tokens, place)
    follower = tokens[IN_ALL.skip(tokens, month[1])] if month else tokens[place]
    return month is not None and follower.kind in (Kind.END, Kind.MARK)


def _is_of_other_span(tokens: Tokens, place: int) -> bool:
    """«24 числа следующего месяца», "tuesday of this month": the day alone is another one."""
    start = BEFORE_MONTH.skip(tokens, place)
    which = max(NEXT_WEEK.skip(tokens, start), THIS.skip(tokens, start))
    return which > start and NARROWING.match(tokens, which) is not None


def _is_long_at(tokens: Tokens, place: int) -> bool:
    what = max(NEXT_WEEK.skip(tokens, place), THIS.skip(tokens, place))
    is_long = any(lexicon.match(tokens, what) for lexicon in _LONG)
    return is_long or is_date(tokens, what)


def _words_end(tokens: Tokens, place: int) -> int:
    """After the words of "from the middle of november", where a month still belongs to "from"."""
    end = place
    while end < place + MOST_WORDS_BETWEEN and tokens[end].kind is Kind.WORD:
        end += 1
    return end


def _is_zone_at(tokens: Tokens, place: int) -> bool:
    """ "19:00 UTC", "19:00+03:00", «19:00 по Минску»."""
    start = skip_marks(tokens, place, "(,", 1)
    sign = skip_marks(tokens, place, "+", 1)
    is_close = all(tokens[n].start == tokens[n - 1].end for n in (place, sign))
    is_full = tokens[sign].kind is Kind.NUMBER and len(tokens[sign].text) == DIGITS_OF_AN_OFFSET
    is_hours = is_close and tokens[sign].kind in (Kind.CLOCK, Kind.NUMBER)
    is_offset = sign > place and (is_full or is_hours)
    return is_offset or bool(ZONES.match(tokens, start))


def _is_rule_without_hour(tokens: Tokens, place: int) -> bool:
    """«Через неделю каждый понедельник»: a rule after a day that it can't begin with."""
    start = skip_marks(tokens, place, ",", 1)
    return len(tokens[start].text) > SHORT_ON and repeated_at(tokens, start) is not None


def is_vague_hour(tokens: Tokens, place: int) -> bool:
    """Whether the hour that ends before `place` may be a day and an hour, or an hour and a length:
    «пт 23 19», "monday 9 10am", «в 18 30 минут тишины»."""
    last = place - 1
    if last >= 1 and AM_OR_PM.match(tokens, last) and _may_be_two(tokens[last - 1], 12):
        return True
    if tokens[last].kind is Kind.NUMBER and tokens[place].kind is Kind.SPACED:
        return True
    if _may_be_two(tokens[0], MIDNIGHT) and place > 1:
        return True
    if _may_be_two(tokens[last], MIDNIGHT):
        day_end = last - 1 if tokens[last - 1].kind is Kind.MARK else last
        return _ends_day(tokens, day_end)
    unit = SPANS.match(tokens, last)
    is_number = [token.kind for token in tokens[max(0, last - 2) : last]] == [Kind.NUMBER] * 2
    is_followed = tokens[place].kind is Kind.WORD and not tokens[place].is_capital
    return bool(unit) and is_number and is_followed


def _is_number_before_clock(tokens: Tokens, place: int) -> bool:
    """ "Friday 12 Angry Men 8pm": a mere number is hardly the hour where another is said for sure."""
    is_mere = tokens[place - 1].kind is Kind.NUMBER and len(tokens[place - 1].text) <= 2
    is_told = place > 1 and BEFORE_HOUR.match(tokens, place - 2) is not None
    if not is_mere or is_told or place == 1:
        return False
    line_end = next(n for n in range(place, len(tokens)) if tokens[n].text in ("", "\n"))
    return any(sure_clock_at(tokens, n) for n in range(place, line_end))


def _ends_day(tokens: Tokens, place: int) -> bool:
    """Whether a weekday, or "tomorrow", ends before `place`."""
    return any(
        found is not None and found[1] == place
        for lexicon in (WEEKDAYS, FROM_TODAY)
        for start in range(max(0, place - 3), place)
        for found in (lexicon.match(tokens, start),)
    )


def _may_be_two(token: Token, most: int) -> bool:
    """A blank between two numbers, of which the second may as well be an hour."""
    return token.kind is Kind.SPACED and 10 <= token.numbers[1] <= most


def _ends_with_day(tokens: Tokens, place: int) -> bool:
    """ "19:00 Concert on saturday (in the yard)": an hour alone would be today's."""
    for start in range(place, len(tokens)):
        if tokens[start].text == "\n":
            return False
        days, end = days_at(tokens, start)
        is_over = tokens[end].kind is Kind.END or tokens[end].text in ("\n", "@")
        is_told = BEFORE_WEEKDAY.skip(tokens, start) > start
        if days and (is_over or is_told or clock_at(tokens, end, after_day=True)):
            return True
    return False


def begins_several_days(tokens: Tokens) -> bool:
    """ "24-25 october", «24 и 25 октября», "from 24 to 25 october": two dates with one month."""
    start = BEFORE_DATE.skip(tokens, max(BEFORE_WEEKDAY.skip(tokens, 0), BEGINNING.skip(tokens, 0)))
    if not tokens[start].numbers or tokens[start].kind not in (Kind.NUMBER, Kind.ORDINAL):
        return False
    joint = CONJUNCTIONS.skip(tokens, skip_marks(tokens, start + 1, ",-–—", 1))
    joint = max(lexicon.skip(tokens, joint) for lexicon in (ALTERNATIVES, UNTIL, UNTIL_HOUR))
    joint = BEFORE_DATE.skip(tokens, joint)
    is_number = tokens[joint].kind in (Kind.NUMBER, Kind.ORDINAL)
    is_date = MONTHS.match(tokens, joint + 1) or AFTER_DAY_OF_MONTH.match(tokens, joint + 1)
    return joint > start + 1 and is_number and bool(is_date)
