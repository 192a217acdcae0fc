"""Where a clock is said, and how: "19:00", "7 pm", «в 7 вечера», «а 19-й», «без пяти восемь»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import HOUR_ENDINGS, Kind
from bot.domain.moments.languages.vocabulary import DayPart
from bot.domain.moments.languages.words import (
    AFTER_CLOCK,
    AFTER_HOUR,
    AFTER_HOUR_OF_ONE,
    ANY_MIDNIGHT,
    AROUND_HOUR,
    AT_OR_FOR,
    BEFORE_HOUR,
    CARDINALS,
    CONJUNCTIONS,
    EXACTLY,
    HOURS,
    LETTERS_AFTER_HOUR,
    MINUTES_AND_HOUR,
    NAMED_HOURS,
    ONE_OF,
    PART_AFTER_HOUR,
    SPANS,
    UNTIL,
    UNTIL_HOUR,
)
from bot.domain.moments.parts.clock import AN_HOUR, MIDNIGHT, Clock
from bot.domain.moments.parts.nouns import counts_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.lexicon import Lexicon
    from bot.domain.moments.languages.tokens import Token, Tokens

_DASHES = "-–—\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}"

_WITH_MINUTES = frozenset({Kind.CLOCK, Kind.DASHED, Kind.SPACED, Kind.DOTTED})

SURE_AFTER_DAY = 10
"""The first hour that is one after a day, without any sign."""

LONGEST_PREPOSITION = 2
"""Letters of "in" and «во», after which a place is told: "tomorrow 19 in the yard"."""

SHORT_WORD = 3
"""Letters of «маю» and «яму», which may follow an hour."""

Found = tuple[Clock, int] | None


def clock_at(
    tokens: Tokens, place: int, *, after_day: bool = False, part: DayPart | None = None
) -> Found:
    """A clock that begins at `place`; `part` of the day was said before it.

    A number without any sign that it is an hour counts only where nothing but an hour can stand
    ("tomorrow 7, Concert"), or after a day from 10 on ("tomorrow 19 Concert") and after a part of it
    ("tonight 8 Concert"), because titles begin with numbers too ("tomorrow 5 reasons to sing",
    "tomorrow 12 angry men").
    """
    hour_place = before_hour(tokens, place)
    least = (1 if part else SURE_AFTER_DAY) if after_day else None
    found = any_clock_at(tokens, hour_place, told=hour_place > place, least=least)
    return (found[0].after_part(part), EXACTLY.skip(tokens, found[1])) if found else None


def before_hour(tokens: Tokens, place: int) -> int:
    """The place after what may stand before an hour: "at", «ровно в», «начало в», "@"."""
    around = skip_marks(tokens, AROUND_HOUR.skip(tokens, place), ":~", 1)
    return AROUND_HOUR.skip(tokens, BEFORE_HOUR.skip(tokens, around))


def is_explicit_clock_at(tokens: Tokens, place: int) -> bool:
    """Whether a possible time with minutes stands here."""
    found = _clock_in_digits_at(tokens, BEFORE_HOUR.skip(tokens, place))
    return bool(found and found[0].strikes)


def is_end_at(tokens: Tokens, place: int) -> bool:
    """Whether what follows an hour says when it ends: "-21:00", "to 9 pm", «до 21»."""
    joint = CONJUNCTIONS.skip(tokens, skip_marks(tokens, place, ",", 1))
    if until := UNTIL_HOUR.match(tokens, joint):
        found = any_clock_at(tokens, before_hour(tokens, until[1]), told=True)
        return bool(found and found[0].hour <= MIDNIGHT)
    if _is_until_later_at(tokens, joint):
        return True
    return (
        _is_close_end_at(tokens, place)
        or _is_sure_end_at(tokens, place)
        or _is_later_at(tokens, place)
    )


def any_clock_at(tokens: Tokens, place: int, *, told: bool, least: int | None = None) -> Found:
    """A clock without a word before it; `told`: nothing but an hour can stand here.

    A mere number from `least` on is an hour, too; without it, none is.
    """
    return (
        _named_hour_at(tokens, place)
        or _minutes_and_hour_at(tokens, place)
        or _clock_in_digits_at(tokens, place)
        or _hour_at(tokens, place, told=told, least=least)
        or _hour_in_words_at(tokens, place, told=told)
    )


def _is_until_later_at(tokens: Tokens, place: int) -> bool:
    """«По 21», «па 21-ю»: they begin much else, so the hour must be later than the one before."""
    until = UNTIL.match(tokens, place)
    if not until:
        return False
    start = before_hour(tokens, until[1])
    begun, ends = tokens[place - 1], tokens[start]
    is_sure = ends.kind is Kind.ORDINAL or any_clock_at(tokens, start, told=start > until[1])
    if is_sure or ends.kind is not Kind.NUMBER:
        return bool(is_sure) or any_clock_at(tokens, start, told=True) is not None
    is_count = counts_at(tokens, start + 1) or SPANS.match(tokens, start + 1)
    is_later = bool(begun.numbers) and begun.numbers[0] < ends.numbers[0]
    return is_later and _can_be_end(ends) and not is_count and not goes_into_word(tokens, start)


def _is_close_end_at(tokens: Tokens, place: int) -> bool:
    """A dash with no blanks around it joins two hours, were the second but a number: "19:00–21"."""
    start = skip_marks(tokens, place, _DASHES)
    is_close = all(tokens[n - 1].end == tokens[n].start for n in (place, start))
    in_words = CARDINALS.match(tokens, start)
    is_hour = _can_be_end(tokens[start]) or (in_words is not None and in_words[0] <= MIDNIGHT)
    return start > place and is_close and is_hour


def _is_later_at(tokens: Tokens, place: int) -> bool:
    """A dash with blanks, and a greater number that counts nothing: "18 - 20 Concert"."""
    start = skip_marks(tokens, place, _DASHES, 1)
    token = tokens[start]
    if start == place or not _can_be_hour(token) or not _can_be_end(token):
        return False
    is_blank = tokens[start - 1].end < token.start
    is_later = bool(tokens[place - 1].numbers) and tokens[place - 1].numbers[0] < token.numbers[0]
    is_count = counts_at(tokens, start + 1) or SPANS.match(tokens, start + 1)
    return is_blank and is_later and not is_count


def _is_sure_end_at(tokens: Tokens, place: int) -> bool:
    """An end that no title begins with: "— 5-10 km" and «— 2 часа музыки» are none."""
    start = UNTIL.skip(tokens, UNTIL_HOUR.skip(tokens, skip_marks(tokens, place, _DASHES)))
    token = tokens[start]
    if start == place or not _can_be_end(token):
        return False
    if token.kind in _WITH_MINUTES:
        return token.kind in (Kind.CLOCK, tokens[place - 1].kind)
    unit_end = AFTER_HOUR.skip(tokens, start + 1)
    is_count = unit_end == start + 1 and SPANS.match(tokens, unit_end)
    return bool(PART_AFTER_HOUR.match(tokens, unit_end) and not is_count)


def _can_be_end(token: Token) -> bool:
    return (token.kind in _WITH_MINUTES or _can_be_hour(token)) and token.numbers[0] <= MIDNIGHT


def _named_hour_at(tokens: Tokens, place: int) -> Found:
    if midnight := ANY_MIDNIGHT.match(tokens, place):
        return Clock(MIDNIGHT, any_midnight=True), midnight[1]
    named = NAMED_HOURS.match(tokens, place)
    return (Clock(named[0]), named[1]) if named else None


def _clock_in_digits_at(tokens: Tokens, place: int) -> Found:
    """An hour with its minutes. One that somebody wrote with a blank was rather spoken: "7 30"."""
    token = tokens[place]
    if token.kind not in _WITH_MINUTES:
        return None
    if token.kind is Kind.DOTTED and token.text[-2] in ".,":
        return None
    bare = token.kind is Kind.SPACED and not token.text.startswith("0")
    clock = Clock(token.numbers[0], token.numbers[1], bare=bare)
    return _with_part_after(clock, tokens, AFTER_CLOCK.skip(tokens, place + 1))


def _hour_at(tokens: Tokens, place: int, *, told: bool, least: int | None) -> Found:
    token = tokens[place]
    if not _can_be_hour(token):
        return _hour_in_four_digits_at(tokens, place, told=told)
    hour = token.numbers[0]
    unit_end = _after_hour(hour).skip(tokens, place + 1)
    has_unit = unit_end > place + 1 and not _is_duration_at(tokens, place, told=told)
    minute, end = _minutes_at(tokens, unit_end, after_ordinal=token.kind is Kind.ORDINAL)
    has_minutes = end > unit_end
    bare = not token.text.startswith("0")
    clock, end = _with_part_after(Clock(hour, minute, bare=bare), tokens, end)
    is_said = has_unit or has_minutes or clock.part is not None
    if not is_said and goes_into_word(tokens, place):
        return None
    if not is_said and (unit_end > place + 1 or counts_at(tokens, place + 1, told=told)):
        return None
    if is_said or told or _is_sure_end_at(tokens, end) or _is_later_at(tokens, end):
        return clock, end
    if token.kind is Kind.NUMBER and _stands_as_hour(tokens, place, least):
        return clock, end
    return None


def goes_into_word(tokens: Tokens, place: int) -> bool:
    """ "5-м", "10-летие", "9А", "7ish": a number with letters close to it, which are no unit."""
    end = skip_marks(tokens, place + 1, _DASHES, 1)
    is_close = all(tokens[n].end == tokens[n + 1].start for n in range(place, end))
    return is_close and tokens[end].kind is Kind.WORD


def _after_hour(hour: int) -> Lexicon[bool]:
    return AFTER_HOUR_OF_ONE if hour in (1, 21) else AFTER_HOUR


def _is_duration_at(tokens: Tokens, place: int, *, told: bool) -> bool:
    """ "2 hours of songs", «24 часа танцев», «на 2 часа»: a full word for hours, and what fills them."""
    if 12 < tokens[place].numbers[0] < MIDNIGHT:
        return False
    unit, what = tokens[place + 1], tokens[min(place + 2, len(tokens) - 1)]
    if len(unit.text) <= 2 or PART_AFTER_HOUR.match(tokens, place + 2):
        return False
    is_for = told and bool(AT_OR_FOR.match(tokens, place - 1))
    is_filled = what.kind is Kind.WORD and not what.is_capital
    is_length = is_for or (not told and is_filled)
    return is_length and bool(SPANS.match(tokens, place + 1))


def _hour_in_four_digits_at(tokens: Tokens, place: int, *, told: bool) -> Found:
    """ "At 1900", "730pm"."""
    token = tokens[place]
    if token.kind is not Kind.NUMBER or len(token.text) not in (3, 4):
        return None
    hour, minute = divmod(token.numbers[0], 100)
    clock, end = _with_part_after(Clock(hour, minute), tokens, place + 1)
    is_said = clock.part is not None or (told and len(token.text) == 4)
    if not is_said or not clock.strikes or counts_at(tokens, end, told=told):
        return None
    return clock, end


def _minutes_and_hour_at(tokens: Tokens, place: int) -> Found:
    """ "Half past seven", "5 past 7", «без пяти восемь»."""
    found = MINUTES_AND_HOUR.match(tokens, place)
    return _with_part_after(Clock(*found[0], bare=True), tokens, found[1]) if found else None


def _hour_in_words_at(tokens: Tokens, place: int, *, told: bool) -> Found:
    # «Дваццаць першай» is longer than «дваццаць».
    said = [
        found for found in (lexicon.match(tokens, place) for lexicon in (CARDINALS, HOURS)) if found
    ]
    hour = max(said, key=lambda found: found[1], default=None)
    if not hour or hour[0] > MIDNIGHT or ONE_OF.match(tokens, place):
        return None
    is_length = hour[0] <= 12 and _is_length_in_words_at(tokens, place, hour[1], told=told)
    if is_length or _is_nth_at(tokens, hour[1]):
        return None
    unit_end = _after_hour(hour[0]).skip(tokens, hour[1])
    minute, minutes_end = _minutes_at(tokens, unit_end, after_ordinal=True)
    clock, end = _with_part_after(Clock(hour[0], minute, bare=True), tokens, minutes_end)
    is_said = unit_end > hour[1] or clock.part is not None
    if not is_said and counts_at(tokens, hour[1], told=told):
        return None
    return (clock, end) if told or clock.part or (is_said and hour[0] > 1) else None


def _is_length_in_words_at(tokens: Tokens, place: int, end: int, *, told: bool) -> bool:
    """«На три часа», «на час»: how long it takes, unless a part of the day follows."""
    ends = (
        unit[1] for n in (end, place) if (unit := SPANS.match(tokens, n)) and unit[0] == AN_HOUR
    )
    after = next(ends, None)
    is_for = told and bool(AT_OR_FOR.match(tokens, place - 1))
    return is_for and after is not None and not PART_AFTER_HOUR.match(tokens, after)


def _is_nth_at(tokens: Tokens, place: int) -> bool:
    """«У першую чаргу»: an ordinal with its noun."""
    word = tokens[place]
    is_noun = word.kind is Kind.WORD and not word.is_capital and len(word.text) > SHORT_WORD
    agrees = tokens[place - 1].text.endswith(("ую", "одну", "адну")) and word.text.endswith(
        ("у", "ю")
    )
    return is_noun and agrees and not AFTER_HOUR_OF_ONE.match(tokens, place)


def _can_be_hour(token: Token) -> bool:
    if token.kind is Kind.ORDINAL:
        return token.text.endswith(HOUR_ENDINGS)
    return token.kind is Kind.NUMBER and len(token.text) <= 2


def _stands_as_hour(tokens: Tokens, place: int, least: int | None) -> bool:
    hour, follower = tokens[place].numbers[0], tokens[place + 1]
    if follower.kind is Kind.END or (follower.kind is Kind.MARK and follower.text in "\n@,;:."):
        return True
    glued = follower.start == tokens[place].end
    is_sure = least is not None and least <= hour < MIDNIGHT
    if least == SURE_AFTER_DAY and _goes_on(follower):
        return False
    return is_sure and (not glued or is_end_at(tokens, place + 1))


def _goes_on(word: Token) -> bool:
    """Whether a number is rather of a word in small letters than an hour: "12 angry men"."""
    return word.kind is Kind.WORD and not word.is_capital and len(word.text) > LONGEST_PREPOSITION


def _minutes_at(tokens: Tokens, place: int, *, after_ordinal: bool) -> tuple[int, int]:
    """The minutes of "19 часов 30 минут" and «семь тридцать», or 0 where there are none.

    `after_ordinal`: after an hour in words, or «19-й», minutes need no unit.
    """
    token = tokens[place]
    if token.kind is Kind.NUMBER and len(token.text) <= 2:
        count, end = token.numbers[0], place + 1
    elif in_words := CARDINALS.match(tokens, place):
        count, end = in_words
        units = CARDINALS.match(tokens, end) if count == 0 else None
        if units and 1 <= units[0] <= 9:  # «ноль пять»
            count, end = units
    else:
        return 0, place
    unit = SPANS.match(tokens, end)
    if unit and unit[0] == 1:
        return count, unit[1]
    is_sure = token.kind is Kind.WORD or len(token.text) == 2
    if not after_ordinal or not is_sure or count >= 60 or unit or counts_at(tokens, end):
        return 0, place
    return count, end


def _after_sure_part(clock: Clock, tokens: Tokens, place: int) -> int:
    """From 13 on nothing is left to tell, and in capitals the word begins a title: «Вечера на хуторе»."""
    part = PART_AFTER_HOUR.match(tokens, place)
    if not part or part[0] in (DayPart.AM, DayPart.PM) or tokens[place].is_capital:
        return place
    return part[1] if clock.hour in part[0].value else place


def _with_part_after(clock: Clock, tokens: Tokens, place: int) -> tuple[Clock, int]:
    if not clock.lacks_part:
        return clock, _after_sure_part(clock, tokens, place)
    part = PART_AFTER_HOUR.match(tokens, place)
    letter = LETTERS_AFTER_HOUR.match(tokens, place)
    if letter and not part and tokens[place].start == tokens[place - 1].end:
        part = letter
    return (clock.in_part(part[0]), part[1]) if part else (clock, place)
