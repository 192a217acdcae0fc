"""All that is understood, in all languages at once: nobody is asked which one they write."""

from __future__ import annotations

from bot.domain.moments.languages.belarusian import BELARUSIAN
from bot.domain.moments.languages.english import ENGLISH
from bot.domain.moments.languages.lexicon import Lexicon
from bot.domain.moments.languages.russian import RUSSIAN

LANGUAGES = (ENGLISH, BELARUSIAN, RUSSIAN)

WEEKDAYS = Lexicon(language.weekdays for language in LANGUAGES)
WEEKDAYS_IN_PLURAL = Lexicon(language.weekdays_in_plural for language in LANGUAGES)
WEEKDAYS_AFTER_UNTIL = Lexicon(language.weekdays_after_until for language in LANGUAGES)
WORDS_AS_WELL = Lexicon({True: language.words_as_well} for language in LANGUAGES)
MONTHS = Lexicon(language.months for language in LANGUAGES)
FROM_TODAY = Lexicon(language.from_today for language in LANGUAGES)
THIS = Lexicon({True: language.this} for language in LANGUAGES)
NEXT_WEEK = Lexicon({True: language.next_week} for language in LANGUAGES)
BEFORE_WEEKDAY = Lexicon({True: language.before_weekday} for language in LANGUAGES)
BEFORE_DATE = Lexicon({True: language.before_date} for language in LANGUAGES)
BEFORE_MONTH = Lexicon({True: language.before_month} for language in LANGUAGES)
AFTER_DAY_OF_MONTH = Lexicon({True: language.after_day_of_month} for language in LANGUAGES)
AFTER_YEAR = Lexicon({True: language.after_year} for language in LANGUAGES)

BEFORE_HOUR = Lexicon({True: language.before_hour} for language in LANGUAGES)
HOURS = Lexicon(language.hours for language in LANGUAGES)
HOURS_AND_A_HALF = Lexicon(language.hours_and_a_half for language in LANGUAGES)
NAMED_HOURS = Lexicon(language.named_hours for language in LANGUAGES)
AFTER_HOUR = Lexicon({True: language.after_hour} for language in LANGUAGES)
AFTER_HOUR_OF_ONE = Lexicon(
    {True: f"{language.after_hour}, {language.after_hour_of_one}"} for language in LANGUAGES
)
AFTER_CLOCK = Lexicon({True: language.after_clock} for language in LANGUAGES)
UNTIL_HOUR = Lexicon({True: language.until_hour} for language in LANGUAGES)
PART_BEFORE_HOUR = Lexicon(language.part_before_hour for language in LANGUAGES)
PART_AFTER_HOUR = Lexicon(language.part_after_hour for language in LANGUAGES)

AHEAD = Lexicon({True: language.ahead} for language in LANGUAGES)
COUNTS = Lexicon(language.counts for language in LANGUAGES)
SPANS = Lexicon(language.spans for language in LANGUAGES)
AND_A_HALF = Lexicon({True: language.and_a_half} for language in LANGUAGES)
FIXED_SPANS = Lexicon(language.fixed_spans for language in LANGUAGES)

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
UNTIL = Lexicon({True: language.until} for language in LANGUAGES)
TIMES = Lexicon({True: language.times} for language in LANGUAGES)
