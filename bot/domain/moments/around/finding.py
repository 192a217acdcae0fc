"""Finds the moment in a text: at its beginning, or else the only one of its first line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeGuard

from bot.domain.moments.around.later_hours import hour_after_title, says_when_between
from bot.domain.moments.around.pieces import SHORT_ON
from bot.domain.moments.around.quotes import is_quoted_at
from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    AHEAD,
    ALTERNATIVES,
    BEFORE_HOUR,
    BEGINNING,
    CONJUNCTIONS,
    DAY_NAMES,
    EVERY,
    GREETINGS,
    LASTING,
    MONTHS,
    NARROWING,
    NOT_THEN,
    NTHS,
    ONCE_IN,
    SEASONS,
    THIS,
    UNTIL,
)
from bot.domain.moments.parts.clocks import is_end_at
from bot.domain.moments.parts.days import days_at
from bot.domain.moments.parts.months import nth_weekday_at
from bot.domain.moments.parts.nouns import counts_at
from bot.domain.moments.parts.phrases import (
    Ahead,
    Dated,
    Repeated,
    Undecided,
    find_phrase,
    find_repeated,
    part_said,
)
from bot.domain.moments.parts.repeat_ends import ending_at, is_unknown_ending_at
from bot.domain.timekeeping.recurrence import LAST

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Token, Tokens

_LEADING = (
    AHEAD,
    ALTERNATIVES,
    BEGINNING,
    CONJUNCTIONS,
    EVERY,
    LASTING,
    NOT_THEN,
    NTHS,
    THIS,
    UNTIL,
)

_OPENING = ("(", "[")

MOST_WORDS_BETWEEN = 3
"""Words of a title between an hour and its day: "at 5 tea in the yard on saturday". In a longer one the day
may be of something else."""

Phrase = Dated | Ahead | Undecided | Repeated


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that the tokens begin with, and where in the text the title before it ends.

    `apart`: where its hour stands, or its day, from token to token, if that is after a title.
    """

    phrase: Phrase
    tokens: Tokens
    title_end: int = 0
    apart: tuple[int, int] | None = None

    @property
    def end(self) -> int:
        """The token after all of it."""
        return self.apart[1] if self.apart else self.phrase.end


def find_moment(tokens: Tokens) -> Found | None:
    """The moment at the beginning, after marks and greetings; else the one after a title."""
    start = opening_end(tokens)
    said = tokens[start:]
    phrase = find_repeated(said) or find_phrase(said)
    if phrase is None:
        last = _every_last_weekday(said)
        return _find_after_title(tokens, start) or (_inside_line(last, said, 0) if last else None)
    return _with_day_after_title(_with_hour_after_title(Found(phrase, said)))


def opening_end(tokens: Tokens, place: int = 0) -> int:
    """The place after marks, emoji and greetings, which hide no moment: "📣", "Hi all!", «Соседи,»."""
    while True:
        after = GREETINGS.skip(tokens, place)
        if after == place and _is_decoration(tokens[place]):
            after += 1
        if after == place:
            return place
        place = after


def _is_decoration(token: Token) -> bool:
    return token.kind is Kind.MARK and not token.text.isnumeric()


def _with_hour_after_title(found: Found) -> Found:
    """With the hour that the day still lacks, if the rest of the line has it."""
    phrase, tokens = found.phrase, found.tokens
    if not lacks_hour(phrase):
        return found
    hour = hour_after_title(tokens, phrase.end, _first_line_of(tokens), part_said(phrase))
    if hour is None:
        return found
    clock, start, end = hour
    whole: Phrase = Dated(phrase.days, clock, phrase.end) if isinstance(phrase, Dated) else phrase
    if isinstance(phrase, Repeated):
        if _holds_limit(tokens, phrase.end, start):
            return found
        whole = replace(phrase, clocks=(clock,))
    return replace(found, phrase=whole, apart=(start, end))


def _with_day_after_title(found: Found) -> Found:
    """With the day that the hour still lacks, if a short title stands between them and it ends the line."""
    phrase, tokens = found.phrase, found.tokens
    if not isinstance(phrase, Dated) or phrase.clock is None or phrase.days:
        return found
    for place in range(phrase.end + 1, phrase.end + 1 + MOST_WORDS_BETWEEN):
        if tokens[place - 1].kind is not Kind.WORD or _leads_on(tokens, place):
            return found
        days, end = days_at(tokens, place)
        if days and _ends_line(tokens, end):
            return replace(found, phrase=replace(phrase, days=days), apart=(place, end))
    return found


def lacks_hour(phrase: Phrase) -> TypeGuard[Dated | Repeated]:
    """Whether it says on which days, and nothing of an hour."""
    if isinstance(phrase, Repeated):
        return not phrase.clocks
    return isinstance(phrase, Dated) and bool(phrase.days) and phrase.clock is None


def _find_after_title(tokens: Tokens, start: int) -> Found | None:
    """The one moment of the first line that names its day, if nothing else there says when. Where nothing
    does, the second line may begin with it."""
    place, end = start, _first_line_of(tokens)
    second = opening_end(tokens, end)
    while (place := max(place + 1, DAY_NAMES.skip(tokens, place))) < end:
        if _is_told_number(tokens, place - 1) or _says_when(tokens, place - 1):
            return None
        said = tokens[place:]
        phrase = find_repeated(said) or find_phrase(said) or _every_last_weekday(said)
        if phrase and not _begins_with_name(phrase):
            is_its = _names_days(phrase) and not _leads_on(tokens, place)
            is_its = is_its and not _begins_in_name(tokens, place, place + phrase.end)
            if isinstance(phrase, Repeated):
                is_its = is_its and not _holds_limit(tokens, start, place)
            return _inside_line(phrase, said, tokens[place - 1].end) if is_its else None
    said = tokens[second:]
    phrase = find_repeated(said) or find_phrase(said)
    if phrase is None or not _names_days(phrase) or _begins_with_name(phrase):
        return None
    return _inside_line(phrase, said, tokens[end - 1].end)


def _every_last_weekday(tokens: Tokens) -> Repeated | None:
    """«Последняя пятница», "last friday" without its hour, where nothing else says when: nothing is planned
    for the one gone by, so it is every month's, and the hour is asked for."""
    said = nth_weekday_at(tokens, 0)
    return Repeated(said[0], (), None, said[1]) if said and said[0].nth == LAST else None


def _inside_line(phrase: Phrase, tokens: Tokens, title_end: int) -> Found | None:
    """A moment after a title, alone at the end of the line or the only one up to there."""
    found = _with_hour_after_title(Found(phrase, tokens, title_end))
    is_over = _ends_line(tokens, found.end) or is_end_at(tokens, found.end)
    is_alone = is_over or not says_when_between(tokens, found.end, _first_line_of(tokens))
    return found if is_alone else None


def _begins_in_name(tokens: Tokens, place: int, end: int) -> bool:
    """In quotation marks, or in brackets with more words: «Кино «Пятница»», but not "Tea (friday 9pm)"."""
    opening = tokens[place - 1].text
    is_all = opening == "(" and tokens[end].text == ")"
    return (opening in _OPENING and not is_all) or is_quoted_at(tokens, place)


def _begins_with_name(phrase: Phrase) -> bool:
    """ "Freaky Friday friday 9pm": of a day that is said twice the first is a name."""
    return isinstance(phrase, Dated) and len(set(phrase.days)) < len(phrase.days)


def _holds_limit(tokens: Tokens, start: int, end: int) -> bool:
    return any(_is_limit_at(tokens, n) for n in range(start, end))


def _is_limit_at(tokens: Tokens, place: int) -> bool:
    """«С ноября», «летом», "for 5 weeks": when a rule begins or ends is no title."""
    month = MONTHS.match(tokens, place) and not tokens[place].is_capital
    ending = ending_at(tokens, place) or is_unknown_ending_at(tokens, place)
    return bool(month or ending or SEASONS.match(tokens, place))


def _first_line_of(tokens: Tokens) -> int:
    is_over = (n for n, token in enumerate(tokens) if token.text == "\n" or token.kind is Kind.END)
    return next(is_over)


def _is_told_number(tokens: Tokens, place: int) -> bool:
    """ "At 5" in a title may be an hour as well, and then it isn't the only one."""
    after = BEFORE_HOUR.skip(tokens, place)
    is_told = after > place and bool(tokens[after].numbers)
    return is_told and not counts_at(tokens, after + 1, told=True)


def _says_when(tokens: Tokens, place: int) -> bool:
    """A word of a rule or of a longer time, which is not understood together with the moment."""
    is_every = EVERY.match(tokens, place) and len(tokens[place].text) > SHORT_ON
    return bool(is_every or ONCE_IN.match(tokens, place) or NARROWING.match(tokens, place))


def _leads_on(tokens: Tokens, place: int) -> bool:
    """Whether the word before `place` belongs to what comes: "last friday", "until tomorrow"."""
    before = [tokens[place - 1], tokens[-1]]
    return any(lexicon.match(before, 0) for lexicon in _LEADING)


def _names_days(phrase: Phrase) -> bool:
    """An hour alone, or "19.10", may be much else at the end of a title."""
    return isinstance(phrase, Repeated | Ahead) or (isinstance(phrase, Dated) and bool(phrase.days))


def _ends_line(tokens: Tokens, place: int) -> bool:
    token = tokens[skip_marks(tokens, place, ".!)", 3)]
    return token.kind is Kind.END or token.text in ("\n", "@")
