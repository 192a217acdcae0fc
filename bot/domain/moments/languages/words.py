"""All that is understood, in all languages at once: nobody is asked which one they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.languages.belarusian import BELARUSIAN
from bot.domain.moments.languages.english import ENGLISH
from bot.domain.moments.languages.lexicon import Lexicon
from bot.domain.moments.languages.russian import RUSSIAN
from bot.domain.moments.languages.tokens import fold
from bot.domain.moments.languages.vocabulary import DayPart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.moments.languages.vocabulary import Phrases, Vocabulary

LANGUAGES = (ENGLISH, BELARUSIAN, RUSSIAN)


def _compounds(tens: Mapping[int, Phrases], units: Mapping[int, Phrases]) -> dict[int, Phrases]:
    """The numbers that two words make, after those that one does: "twenty-five"."""
    compounds = {
        ten + unit: ", ".join(
            f"{first}{joint}{second}"
            for first in tens[ten].split(", ")
            for second in units[unit].split(", ")
            for joint in (" ", "-")
        )
        for ten in (20, 30, 40, 50)
        for unit in range(1, 10)
    }
    return {**compounds, **units}


def _minutes_and_hour(language: Vocabulary) -> dict[tuple[int, int], Phrases]:
    """ "Half past seven", «без пяти восемь»: the hour of 1..12 and the minute that they mean."""
    found: dict[tuple[int, int], Phrases] = {}
    cardinals = {hour: f"{language.cardinals[hour]}, {hour}" for hour in range(1, 13)}
    for templates, names in (
        (language.within_hour, language.hours_begun),
        (language.beside_hour, cardinals),
    ):
        for minutes, phrases in templates.items():
            for hour, spelled in names.items():
                at = ((hour * 60 + minutes) // 60 or 12, minutes % 60)
                found[at] = ", ".join(
                    phrase.format(name)
                    for phrase in phrases.split(", ")
                    for name in spelled.split(", ")
                )
    return found


_UNITS = frozenset(
    fold(word)
    for language in LANGUAGES
    for phrases in language.spans.values()
    for word in phrases.split(", ")
)
WEEKDAYS = Lexicon((language.weekdays for language in LANGUAGES), forgiving=True, others=_UNITS)
WEEKDAYS_IN_PLURAL = Lexicon(language.weekdays_in_plural for language in LANGUAGES)
WEEKDAYS_AFTER_UNTIL = Lexicon(language.weekdays_after_until for language in LANGUAGES)
DAY_NAMES = Lexicon({True: language.day_names} for language in LANGUAGES)
WORDS_AS_WELL = Lexicon({True: language.words_as_well} for language in LANGUAGES)
MONTHS = Lexicon((language.months for language in LANGUAGES), forgiving=True)
FROM_TODAY = Lexicon((language.from_today for language in LANGUAGES), forgiving=True)
WEEKS_AHEAD = Lexicon(language.weeks_ahead for language in LANGUAGES)
THIS = Lexicon({True: language.this} for language in LANGUAGES)
NEXT_WEEK = Lexicon({True: language.next_week} for language in LANGUAGES)
BEFORE_WEEKDAY = Lexicon({True: language.before_weekday} for language in LANGUAGES)
BEFORE_DATE = Lexicon({True: language.before_date} for language in LANGUAGES)
BEFORE_MONTH = Lexicon({True: language.before_month} for language in LANGUAGES)
AFTER_DAY_OF_MONTH = Lexicon({True: language.after_day_of_month} for language in LANGUAGES)
AFTER_YEAR = Lexicon({True: language.after_year} for language in LANGUAGES)

BEFORE_HOUR = Lexicon({True: language.before_hour} for language in LANGUAGES)
ONLY_HOURS = Lexicon({True: language.only_hours} for language in LANGUAGES)
HOURS = Lexicon(language.hours for language in LANGUAGES)
MINUTES_AND_HOUR = Lexicon(map(_minutes_and_hour, LANGUAGES))
NAMED_HOURS = Lexicon(language.named_hours for language in LANGUAGES)
ANY_MIDNIGHT = Lexicon({True: language.any_midnight} for language in LANGUAGES)
AFTER_HOUR = Lexicon({True: language.after_hour} for language in LANGUAGES)
AFTER_HOUR_OF_ONE = Lexicon(
    {True: f"{language.after_hour}, {language.after_hour_of_one}"} for language in LANGUAGES
)
AFTER_CLOCK = Lexicon({True: language.after_clock} for language in LANGUAGES)
AROUND_HOUR = Lexicon({True: language.around_hour} for language in LANGUAGES)
ZONES = Lexicon({True: language.zones} for language in LANGUAGES)
AT_OR_FOR = Lexicon({True: language.at_or_for} for language in LANGUAGES)
EXACTLY = Lexicon({True: language.exactly} for language in LANGUAGES)
ALTERNATIVES = Lexicon({True: language.alternatives} for language in LANGUAGES)
BETWEEN_HOURS = Lexicon({True: language.between_hours} for language in LANGUAGES)
UNTIL_HOUR = Lexicon({True: language.until_hour} for language in LANGUAGES)
PART_BEFORE_HOUR = Lexicon(language.part_before_hour for language in LANGUAGES)
PART_AFTER_HOUR = Lexicon(language.part_after_hour for language in LANGUAGES)
AM_OR_PM = Lexicon(
    {part: language.part_after_hour.get(part, "") for part in (DayPart.AM, DayPart.PM)}
    for language in LANGUAGES
)
LETTERS_AFTER_HOUR = Lexicon(language.letters_after_hour for language in LANGUAGES)

CARDINALS = Lexicon(_compounds(language.cardinals, language.cardinals) for language in LANGUAGES)
DAYS_OF_MONTH = Lexicon(
    _compounds(language.cardinals, language.days_of_month) for language in LANGUAGES
)
COUNTED = Lexicon({True: language.counted} for language in LANGUAGES)
COUNTED_ENDINGS = tuple(
    fold(ending) for language in LANGUAGES for ending in language.counted_endings
)
ONE_OF = Lexicon({True: language.one_of} for language in LANGUAGES)
NUMBERED = Lexicon({True: language.numbered} for language in LANGUAGES)
STREETS = Lexicon({True: language.streets} for language in LANGUAGES)

AHEAD = Lexicon({True: language.ahead} for language in LANGUAGES)
COUNTS = Lexicon(language.counts for language in LANGUAGES)
SPANS = Lexicon(language.spans for language in LANGUAGES)
AND_A_HALF = Lexicon({True: language.and_a_half} for language in LANGUAGES)
FIXED_SPANS = Lexicon(language.fixed_spans for language in LANGUAGES)
MONTHS_LONG = Lexicon({True: language.months_long} for language in LANGUAGES)
YEARS_LONG = Lexicon({True: language.years_long} for language in LANGUAGES)
THROUGH_A_DAY = Lexicon({True: language.through_a_day} for language in LANGUAGES)

EVERY = Lexicon({True: language.every} for language in LANGUAGES)
EVERY_WHAT = Lexicon(language.every_what for language in LANGUAGES)
REPEATEDLY = Lexicon(language.repeatedly for language in LANGUAGES)
CONJUNCTIONS = Lexicon({True: language.conjunctions} for language in LANGUAGES)
EVERY_OTHER = Lexicon({True: language.every_other} for language in LANGUAGES)
EVERY_WEEK = Lexicon({True: language.every_week} for language in LANGUAGES)
EVERY_SECOND_WEEK = Lexicon({True: language.every_second_week} for language in LANGUAGES)
EVERY_MONTH = Lexicon({True: language.every_month} for language in LANGUAGES)
OF_MONTH = Lexicon({True: language.of_month} for language in LANGUAGES)
NTHS = Lexicon(language.nths for language in LANGUAGES)
LAST_DAY = Lexicon({True: language.last_day} for language in LANGUAGES)
PASSING_OVER = Lexicon({True: language.passing_over} for language in LANGUAGES)
ONCE_IN = Lexicon({True: language.once_in} for language in LANGUAGES)
EVERY_YEAR = Lexicon({True: language.every_year} for language in LANGUAGES)
OF_YEAR = Lexicon({True: language.of_year} for language in LANGUAGES)
BEGINNING = Lexicon({True: language.beginning} for language in LANGUAGES)
UNTIL = Lexicon({True: language.until} for language in LANGUAGES)
TIMES = Lexicon({True: language.times} for language in LANGUAGES)
TWICE = Lexicon({True: language.twice} for language in LANGUAGES)
IN_ALL = Lexicon({True: language.in_all} for language in LANGUAGES)
WHOLE = Lexicon({True: language.whole} for language in LANGUAGES)
SEASONS = Lexicon({True: language.seasons} for language in LANGUAGES)
FROM_THEN_ON = Lexicon({True: language.from_then_on} for language in LANGUAGES)
THROUGH = Lexicon({True: language.through} for language in LANGUAGES)
SURELY_UNTIL = Lexicon({True: language.surely_until} for language in LANGUAGES)
END_OF = Lexicon({True: language.end_of} for language in LANGUAGES)
THIS_YEAR = Lexicon({True: language.this_year} for language in LANGUAGES)
THIS_MONTH = Lexicon({True: language.this_month} for language in LANGUAGES)
NEW_YEAR = Lexicon({True: language.new_year} for language in LANGUAGES)
LASTING = Lexicon({True: language.lasting} for language in LANGUAGES)
INCLUSIVE = Lexicon({True: language.inclusive} for language in LANGUAGES)
NOT_ON = Lexicon({True: language.not_on} for language in LANGUAGES)
EXCEPT = Lexicon({True: language.except_for} for language in LANGUAGES)

GREETINGS = Lexicon({True: language.greetings} for language in LANGUAGES)
NOT_THEN = Lexicon({True: language.not_then} for language in LANGUAGES)
NARROWING = Lexicon({True: language.narrowing} for language in LANGUAGES)
