"""Moments as people type them in English; see `courtyard` for where and when."""

from __future__ import annotations

import pytest

from tests.domain.moments.courtyard import table, understood

EXAMPLES = """
Thu 22.10.2026 15:01
    15:01
    in 1 min

Thu 22.10.2026 15:20
    in 20 minutes

Thu 22.10.2026 15:30
    in half an hour

Thu 22.10.2026 16:00
    thursday 16:00
    in an hour

Thu 22.10.2026 16:30
    in an hour and a half
    in 1 hour 30 minutes
    in 1h30
    in 1h30min
    in 1.5 hours

Thu 22.10.2026 17:00
    in 2 hours
    in two hours
    in 2h

Thu 22.10.2026 17:30
    in two and a half hours

Thu 22.10.2026 19:00
    today 19:00
    today at 7
    19:00
    19-00
    7pm

Thu 22.10.2026 19:10
    at 19.10

Thu 22.10.2026 19:30
    19.30

Thu 22.10.2026 20:00
    tonight at 8
    at 8 tonight

Thu 22.10.2026 20:15
    this evening at 8:15

Fri 23.10.2026 00:00
    tomorrow 12 am
    midnight

Fri 23.10.2026 03:00
    at 3 in the morning

Fri 23.10.2026 07:00
    at 07


Fri 23.10.2026 09:30
    tomorrow morning at 9:30

Fri 23.10.2026 12:00
    tomorrow noon
    tomorrow 12pm
    at 12
    noon

Fri 23.10.2026 14:59
    14:59

Fri 23.10.2026 15:00
    tomorrow afternoon at 3

Fri 23.10.2026 19:00
    tomorrow 19:00
    tomorrow at 19:00
    tomorrow, 19:00
    tomorrow at 7pm
    tomorrow at 7 pm
    tomorrow at 7 p.m.
    Tomorrow 19.00
    TOMORROW AT 19-00
    tomorrow  at  19:00
    tomorow 19:00
    tomorrow 19
    tomorrow at seven in the evening
    tomorrow evening at 7
    19:00 tomorrow
    at 7 tomorrow evening
    tomorrow, Friday, 19:00

Fri 23.10.2026 19:10
    19.10 tomorrow
    tomorrow 19.10

Fri 23.10.2026 19:30
    tomorrow at 7:30pm
    tomorrow at half past seven in the evening

Sat 24.10.2026 10:00
    the day after tomorrow 10:00

Sat 24.10.2026 12:00
    day after tomorrow at noon
    saturday at noon

Sat 24.10.2026 18:00
    this saturday 18:00

Sat 24.10.2026 19:00
    7pm on saturday
    19:00 on the 24th
    19:00, 24 october
    on saturday at 7 pm
    saturday 24 october 19:00
    Sat, 24 Oct 2026, 19:00
    24 october 19:00
    24 october at 7 pm
    october 24 19:00
    October 24th, 2026 at 19:00
    24th of october 19:00
    the 24th of October 2026, 19:00
    the 24th at 19:00
    24th, 19:00
    24.10 19:00
    24.10.2026 19:00
    24.10.26 at 19:00
    24.10.2026, 7pm
    24/10 19:00
    24/10/2026 19:00
    2026-10-24 19:00
    2026-10-24T19:00
    saturday 24.10 19:00

Sun 25.10.2026 19:00
    in 3 days at 19:00

Mon 26.10.2026 10:00
    next monday 10:00

Mon 26.10.2026 11:00
    monday 11:00
    mon 11:00
    on monday at 11
    Monday: 11:00

Thu 29.10.2026 10:00
    thursday 10:00

Thu 29.10.2026 16:00
    next thursday 16:00

Thu 29.10.2026 19:00
    in a week at 7pm

Fri 30.10.2026 10:00
    next friday 10:00

Sat 31.10.2026 12:00
    31st 12:00

Thu 05.11.2026 19:00
    in 2 weeks, 19:00

Sat 21.11.2026 19:00
    the 21st at 19:00

Fri 01.01.2027 00:30
    1 january 00:30



every Mon 11:00
    every monday 11:00
    every mon at 11:00
    Every Monday at 11am
    mondays 11:00
    on mondays at 11:00
    11:00 every monday
    11:00 on mondays

every Mon 19:00
    every monday evening at 7

every Mon Fri 18:00
    every monday, every friday 18:00

every Mon Sat Sun 10:00
    every sat-mon 10:00

every Mon Thu 18:00
    every monday and thursday 18:00

every Mon Tue Wed Thu Fri 08:30
    every weekday 8:30
    weekdays 8:30
    every mon-fri 8:30

every Mon Tue Wed Thu Fri Sat Sun 09:00
    every day 9:00
    every day at 9
    daily at 9:00

every Mon Tue Wed Thu Fri Sat Sun 19:00
    every evening at 7
    at 7 every evening

every Mon Wed Fri 18:00
    every mon, wed and fri 18:00
    every mon/wed/fri 18:00

every Sat Sun 10:00
    every weekend 10:00

every Mon Tue Wed Thu Fri 18:00
    monday to friday 18:00

every second Mon 11:00
    every second monday 11:00
    every other monday at 11:00
    every second week on monday at 11:00
    every two weeks on mondays 11:00
    11:00 every second monday
    fortnightly on monday 11:00

every second Mon Thu 11:00
    every 2 weeks on monday and thursday 11:00

every month 15 11:00
    every month on the 15th 11:00
    every month on the 15th at 11:00
    monthly on the 15th 11:00
    every 15th 11:00
    on the 15th of every month at 11:00
    the 15th of the month 11:00
    every month, 15th, 11:00
    11:00 every month on the 15th
    every month on 15 11:00

every month 31 11:00
    every 31 11:00
    every 31st at 11:00
    every month on the last day at 11:00
    last day of every month 11:00

every month -1 Fri 18:00
    last friday of the month 18:00
    every last friday 18:00
    on the last friday of every month at 18:00
    every month on the last friday 18:00
    at 18:00 on the last friday of the month

every month 2 Mon 11:00
    every second monday of the month 11:00
    second monday of every month 11:00
    every month on the 2nd monday 11:00

every Mon 11:00 until 01.06.2027
    every monday 11:00 until 1 june
    every monday 11:00 till 1.06
    every monday 11:00 until 2027-06-01
    every monday until 1 june 2027 11:00
    every monday at 11:00, until 1 june

every Mon 11:00 until 09.11.2026
    every monday 11:00 3 times
    every monday 11:00 three times
    every monday 3 times 11:00

every month 15 11:00 until 15.12.2026
    every month on the 15th 11:00 2 times

every Mon 11:00
    every week on monday 11:00
    weekly on monday at 11:00
    weekly monday 11:00
    once a week, monday 11:00
    11:00 every week on monday

every Mon Thu 11:00
    every week on monday and thursday 11:00

every Mon Tue Wed Thu Fri Sat Sun 11:00 until 30.10.2026
    every day 11:00 until next friday
    every day until 30.10 at 11:00

every Mon Tue Wed Thu Fri Sat Sun 11:00 until 23.10.2026
    every day 11:00 until friday
    every day 11:00 till tomorrow

every Mon Tue Wed Thu Fri 09:00
    mon-fri 9:00
    monday - friday at 9:00

every Mon Wed Fri 18:00
    mon, wed, fri 18:00
    mon, wed and fri at 6pm
    18:00 mon, wed, fri

every Mon Thu 18:00
    monday and thursday 18:00
    on monday and on thursday at 18:00

Thu 22.10.2026 19:00 or Fri 23.10.2026 07:00
    at 7

Fri 23.10.2026 07:00 or Fri 23.10.2026 19:00
    tomorrow at 7

Fri 23.10.2026 07:00 or Fri 23.10.2026 19:00
    tomorrow at 7 o'clock

Fri 23.10.2026 07:30 or Fri 23.10.2026 19:30
    half past 7 tomorrow
"""

PROBLEMS = """
moments.missing
    concert
    5 reasons to sing
    in the yard
    at Anna's
    sunny day 19:00
    19:000
    19:00:30
    march
    mayday 19:00

moments.no_time
    tomorrow
    tomorrow Concert
    tomorrow evening
    last friday
    last friday Cleanup
    Cleanup on the last friday
    tomorrow 5 reasons to sing
    saturday in the yard
    24 october Concert
    24.10 Concert
    31.10
    the 24th
    in 3 days
    every monday
    every day tea
    every month on the 15th tea
    every last friday tea
    2026-10-24
    tomorrow 12-hour race
    tomorrow 5-7 reasons to sing

moments.impossible
    25:00
    tomorrow 25:00
    19:60
    19.60
    tomorrow 19.60
    at 25
    30.02
    30.02 19:00
    31 april 19:00
    29.02.2027 19:00
    32.10 19:00
    10/24 19:00
    12.13 19:00
    0 may 19:00
    2026-13-01 19:00
    00.00.0000 19:00
    every monday 25:00
    the 32nd 19:00

moments.rhythm
    every second 11:00
    every 15 minutes tea
    every 2 hours tea

moments.has_end
    tomorrow 19:00-21:00 Concert
    tomorrow 19:00–21:00
    tomorrow 19:00 - 21:00 Concert
    tomorrow 19:00 −21:00 Concert
    tomorrow 19-00 - 21-00 Concert
    tomorrow 19.00-21.00 Concert
    19.00-21.00 Concert
    24.10 19:00-24:00 Concert
    19:00-21:00 tomorrow Concert
    tomorrow 7-9pm
    tomorrow 7pm-9pm Concert
    tomorrow 7 pm – 9 in the evening Concert
    at 7–9 Concert
    tomorrow 19–21 Concert
    from 19:00 to 21:00 Concert
    tomorrow from 19 to 21 Concert
    tomorrow from 7 to 9 pm
    tomorrow 19:00, till 21:00
    tomorrow 19:00 until midnight
    19.10 to 21:00 Concert
    every monday 19:00-21:00 Concert
    every monday 19:00 until 21.00 Concert
    in 20 minutes until 9 pm

moments.past
    19.10 18:00
    yesterday 19:00
    yesterday evening at 7
    yesterday, saturday, 19:00
    today 10:00
    today at noon
    15:00 today
    22.10.2026 15:00
    1 january 2020 10:00
    2026-10-21 19:00
    in 0 minutes
    1.1.0001 10:00
    on 19.10

moments.several
    24.10-25.10 Fair

moments.disagree
    friday 24 october 19:00
    tomorrow, monday, 19:00
    tomorrow 24.10.2026 19:00

moments.ends_early
    every day 9:00 until yesterday

moments.too_far
    24 october 2029 19:00
    1 january 9999 10:00
    31.12.9999 23:59
    in 999999 weeks at 7:00
    in 999999 hours
"""

TOMORROW_AT_7 = "Fri 23.10.2026 07:00 or Fri 23.10.2026 19:00"
TITLE = "5 reasons to sing @ Fountain\nAll welcome"


@pytest.mark.parametrize(("words", "meaning"), table(EXAMPLES))
def test_a_moment_alone_and_before_a_title(words: str, meaning: str) -> None:
    assert understood(words) == (meaning, "")
    assert understood(f"{words} {TITLE}") == (meaning, TITLE)


@pytest.mark.parametrize(
    ("words", "meaning", "rest"),
    [
        ("tomorrow 19:00 at Anna's", "Fri 23.10.2026 19:00", "at Anna's"),
        ("monday 11:00 Seniors' walk", "Mon 26.10.2026 11:00", "Seniors' walk"),
        ("monday 11:00 in the yard", "Mon 26.10.2026 11:00", "in the yard"),
        ("tomorrow at 7 in the yard", TOMORROW_AT_7, "in the yard"),
        ("tomorrow 7pm 10 songs", "Fri 23.10.2026 19:00", "10 songs"),
        ("tomorrow at 7 @ Fountain", TOMORROW_AT_7, "@ Fountain"),
        ("tomorrow 7, tea", TOMORROW_AT_7, "tea"),
        ("tomorrow 19:00 Evening of poetry", "Fri 23.10.2026 19:00", "Evening of poetry"),
        ("tomorrow 19:00 24.10 is too late", "moments.unclear", ""),
        ("Concert tomorrow 19:00", "Fri 23.10.2026 19:00", "Concert"),
        ("tomorrow 19.10 18 songs", "Fri 23.10.2026 19:10", "18 songs"),
        ("19:00 Sun salutations", "Thu 22.10.2026 19:00", "Sun salutations"),
        ("19:00 on sun Yoga", "Sun 25.10.2026 19:00", "Yoga"),
        ("19:00 Monday's walk", "Thu 22.10.2026 19:00", "Monday's walk"),
        ("19:00 Mondays in the park", "Thu 22.10.2026 19:00", "Mondays in the park"),
        ("19:00 5th anniversary", "Thu 22.10.2026 19:00", "5th anniversary"),
        ("19:00 5.5 km run", "Thu 22.10.2026 19:00", "5.5 km run"),
        ("19:00 5 reasons to sing", "Thu 22.10.2026 19:00", "5 reasons to sing"),
        ("19:00 in 3 days we leave", "Thu 22.10.2026 19:00", "in 3 days we leave"),
        ("in 2 hours 5 reasons to sing", "Thu 22.10.2026 17:00", "5 reasons to sing"),
        ("in an hour 2 hours of songs", "Thu 22.10.2026 16:00", "2 hours of songs"),
        ("every monday 11:00 and tea", "every Mon 11:00", "and tea"),
        ("every monday, 11:00: tea", "every Mon 11:00", "tea"),
        ("tomorrow 19:00 Concert, till 21:00", "Fri 23.10.2026 19:00", "Concert, till 21:00"),
        ("tomorrow 19:00 - 5-10 km run", "Fri 23.10.2026 19:00", "5-10 km run"),
        ("tomorrow 11:00 — Noon tea", "Fri 23.10.2026 11:00", "Noon tea"),
        ("19:00 Yesterday and other songs", "Thu 22.10.2026 19:00", "Yesterday and other songs"),
        ("tomorrow 19:00 -5 °C", "Fri 23.10.2026 19:00", "-5 °C"),
        ("tomorrow 19:00 - Concert", "Fri 23.10.2026 19:00", "Concert"),
        ("tomorrow 19:00 — “Concert”", "Fri 23.10.2026 19:00", "“Concert”"),
        ("tomorrow 19:00. Concert.", "Fri 23.10.2026 19:00", "Concert."),
        ("tomorrow 19:00! Concert", "Fri 23.10.2026 19:00", "Concert"),
        ("tomorrow 19:00 ...and justice for all", "Fri 23.10.2026 19:00", "...and justice for all"),
        ("tomorrow 19:00 :)", "Fri 23.10.2026 19:00", ":)"),
        (
            "\n  tomorrow\n19:00\n\nConcert  \n @ yard \n",
            "Fri 23.10.2026 19:00",
            "Concert  \n @ yard \n",
        ),
        ("19:00\nSaturday club", "Thu 22.10.2026 19:00", "Saturday club"),
        ("19.10 Concert", "19:10 or 19.10.2026", "Concert"),
        ("19.10 5 reasons to sing", "19:10 or 19.10.2026", "5 reasons to sing"),
        ("19.10 at Anna's", "19:10 or 19.10.2026", "at Anna's"),
        ("19.10 18 songs", "19:10 or 19.10.2026", "18 songs"),
        ("24.10 18 songs", "moments.no_time", ""),
    ],
)
def test_the_rest_is_left_alone(words: str, meaning: str, rest: str) -> None:
    assert understood(words) == (meaning, rest)


@pytest.mark.parametrize(("words", "problem"), table(PROBLEMS))
def test_what_is_no_moment_to_come(words: str, problem: str) -> None:
    assert understood(words) == (problem, "")
