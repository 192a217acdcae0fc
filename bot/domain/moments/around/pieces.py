"""Pieces of a moment that stand where a text should begin: a second hour, a date, a weekday, minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import HOUR_ENDINGS, PICTURE, Kind
from bot.domain.moments.languages.words import (
    AFTER_HOUR_OF_ONE,
    ALTERNATIVES,
    AND_A_HALF,
    BEFORE_HOUR,
    BEFORE_WEEKDAY,
    CARDINALS,
    CONJUNCTIONS,
    DAYS_OF_MONTH,
    EVERY,
    FIXED_SPANS,
    FROM_THEN_ON,
    FROM_TODAY,
    MONTHS,
    OF_MONTH,
    OF_YEAR,
    PART_AFTER_HOUR,
    PART_BEFORE_HOUR,
    SPANS,
    UNTIL,
    WEEKDAYS,
    WEEKDAYS_IN_PLURAL,
    WEEKS_AHEAD,
    WORDS_AS_WELL,
)
from bot.domain.moments.parts.clock import AN_HOUR, MIDNIGHT
from bot.domain.moments.parts.clocks import any_clock_at, clock_at, goes_into_word
from bot.domain.moments.parts.days import BETWEEN, calendar_date_at, days_at, weekday_at
from bot.domain.moments.parts.nouns import counts_at
from bot.domain.moments.parts.repeats import repeated_at
from bot.domain.moments.parts.spans import span_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens

_JOINTS = ":;.,_^='-–—"
"""Marks that people put between an hour and its minutes, with blanks or without."""

SHORT_ON = 2
"""Letters of «по» and «па», which begin much else than a rule."""


def another_at(tokens: Tokens, place: int) -> bool:
    """A second hour or day after "and" or "or"."""
    comma = skip_marks(tokens, place, ",(/", 1)
    is_either = ALTERNATIVES.skip(tokens, comma)
    start = max(CONJUNCTIONS.skip(tokens, comma), is_either)
    if _is_rule_from_then_on(tokens, place):
        return True
    if start == comma:
        return comma > place and _is_list_of_hours(tokens, comma)
    part = PART_BEFORE_HOUR.skip(tokens, start)
    hour = BEFORE_HOUR.skip(tokens, part)
    is_told = hour > start or is_either > comma
    if any_clock_at(tokens, hour, told=is_told) or is_bare_hour(tokens, hour):
        return True
    day = calendar_date_at(tokens, start) or days_at(tokens, start)[0]
    return bool(day or span_at(tokens, start) or repeated_at(tokens, start))


def _is_rule_from_then_on(tokens: Tokens, place: int) -> bool:
    """ "And then every day", «далее ежедневно»."""
    then = FROM_THEN_ON.match(tokens, CONJUNCTIONS.skip(tokens, skip_marks(tokens, place, ",(", 1)))
    return bool(then and repeated_at(tokens, skip_marks(tokens, then[1], ",–—-", 1)))


def _is_list_of_hours(tokens: Tokens, place: int) -> bool:
    """«В 9, 12 и 15»: after an hour and a comma two more numbers that count nothing."""
    if not is_bare_hour(tokens, place):
        return False
    comma = skip_marks(tokens, place + 1, ",", 1)
    second = max(CONJUNCTIONS.skip(tokens, comma), ALTERNATIVES.skip(tokens, comma))
    return second > place + 1 and is_bare_hour(tokens, second)


def is_bare_hour(tokens: Tokens, place: int) -> bool:
    """A number that counts nothing: «в 19 и 20», but not «в 19 и 20 песен»."""
    token = tokens[place]
    is_ordinal = token.kind is Kind.ORDINAL and token.text.endswith(HOUR_ENDINGS)
    is_hour = (token.kind is Kind.NUMBER or is_ordinal) and token.numbers[0] <= MIDNIGHT
    if not is_hour or goes_into_word(tokens, place):
        return False
    return not counts_at(tokens, place + 1) and not SPANS.match(tokens, place + 1)


def piece_at(tokens: Tokens, place: int) -> bool:
    """An hour, a date or a month that a text can't be meant to begin with."""
    start = skip_marks(tokens, place, f"(,;/+.:-–—~→…{PICTURE}", 3)
    return (
        _is_dated_at(tokens, start)
        or _is_small_word_of_time_at(tokens, start)
        or bool(WEEKS_AHEAD.match(tokens, start))
        or _is_other_span(tokens, place)
        or _goes_on_with_number(tokens, place, start)
        or _is_hour_of_part_at(tokens, start)
        or _is_all_that_follows(tokens, start)
        or _is_part_of_an_hour(tokens, place)
        or _is_weekday_with_hour_at(tokens, start)
        or _is_told_piece_at(tokens, start)
    )


def _is_dated_at(tokens: Tokens, place: int) -> bool:
    is_shape = tokens[place].kind in (Kind.CLOCK, Kind.ISO, Kind.DATE)
    return is_shape or is_date(tokens, place) or is_date(tokens, UNTIL.skip(tokens, place))


def _is_small_word_of_time_at(tokens: Tokens, place: int) -> bool:
    """In capitals the same word may begin a title."""
    if tokens[place].is_capital:
        return False
    weekday = WEEKDAYS.match(tokens, place)
    is_word = WORDS_AS_WELL.match(tokens, place) and tokens[place + 1].kind is Kind.WORD
    return bool(weekday and not is_word) or _says_when(tokens, place) or _is_month_of(tokens, place)


def _goes_on_with_number(tokens: Tokens, place: int, start: int) -> bool:
    """Minutes after a mark, "19_30", or a year after its month: no title is joined like that."""
    mark = skip_marks(tokens, place, _JOINTS, 1)
    is_joined = tokens[place - 1].kind is tokens[mark].kind is Kind.NUMBER and mark > place
    is_year = tokens[start].kind is Kind.NUMBER and len(tokens[start].text) == 4
    return (is_joined and _are_minutes_at(tokens, mark)) or (
        is_year and bool(MONTHS.match(tokens, place - 1))
    )


def _is_part_of_an_hour(tokens: Tokens, place: int) -> bool:
    """«10 ч. 30», «10 час 30», «10 с половиной»."""
    unit = place - 2 if tokens[place - 1].text == "." else place - 1
    minutes = AFTER_HOUR_OF_ONE.skip(tokens, place)
    is_after_unit = minutes > place or AFTER_HOUR_OF_ONE.match(tokens, unit) is not None
    is_half = AND_A_HALF.match(tokens, place) is not None
    return is_half or (is_after_unit and _are_minutes_at(tokens, minutes))


def _is_all_that_follows(tokens: Tokens, place: int) -> bool:
    """A mere number is no text."""
    is_over = tokens[place].kind is Kind.NUMBER and tokens[place + 1].kind is Kind.END
    return is_over and tokens[place].numbers[0] <= MIDNIGHT


def _is_hour_of_part_at(tokens: Tokens, place: int) -> bool:
    """ "7 pm", «9 вечера»."""
    clock = any_clock_at(tokens, place, told=False)
    is_said = clock is not None and clock[0].part is not None
    return is_said and not SPANS.match(tokens, place + 1)


def _is_weekday_with_hour_at(tokens: Tokens, place: int) -> bool:
    day = weekday_at(tokens, place)
    hour_place = skip_marks(tokens, day[1], BETWEEN) if day else place
    return day is not None and clock_at(tokens, hour_place, after_day=True) is not None


def _is_told_piece_at(tokens: Tokens, place: int) -> bool:
    """What a preposition makes an hour or a day of: "at 9", «в субботу», «на 24.10»."""
    hour = BEFORE_HOUR.skip(tokens, place)
    if hour == place:
        return False
    said = any_clock_at(tokens, hour, told=False) or is_bare_hour(tokens, hour)
    weekday = WEEKDAYS.match(tokens, BEFORE_WEEKDAY.skip(tokens, place))
    return bool(said or weekday or is_date(tokens, hour))


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
    is_long = every is None or len(tokens[place].text) > SHORT_ON
    is_rule = is_long or (every and WEEKDAYS_IN_PLURAL.match(tokens, every[1]))
    rule = repeated_at(tokens, place) if is_rule else None
    is_each = every and is_long and (OF_MONTH.match(tokens, place) or OF_YEAR.match(tokens, place))
    return bool((today and today[0].days >= 0) or part or rule or is_each)


def is_date(tokens: Tokens, place: int) -> bool:
    """A number with its month, or two that look like one: "24 october", "24.10"."""
    token = tokens[place]
    if token.kind is Kind.DOTTED:
        return token.text[-2] not in ".," and token.numbers[1] <= 12
    is_day = token.kind in (Kind.NUMBER, Kind.ORDINAL) and len(token.numbers) == 1
    end = place + 1
    if not is_day and (in_words := DAYS_OF_MONTH.match(tokens, place)):
        is_day, end = True, in_words[1]
    month = MONTHS.match(tokens, place)
    after = month[1] if month else place
    is_after_month = tokens[after].kind is Kind.NUMBER and not counts_at(tokens, after + 1)
    return bool(is_day and MONTHS.match(tokens, end)) or (month is not None and is_after_month)
