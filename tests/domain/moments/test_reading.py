"""What holds for every moment in words, in every language, zone and season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.moments.languages.lexicon import Lexicon
from bot.domain.moments.reading import read_moment, read_schedule
from bot.domain.moments.results import (
    EitherOf,
    MomentProblem,
    OneTime,
    Reading,
    Repeating,
    TimeOrDate,
)
from bot.domain.timekeeping.moment import Moment, MomentNote, resolve
from bot.domain.timekeeping.recurrence import Weekly
from tests.domain.moments.courtyard import MINSK, NOW, understood

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Warsaw",
            "Europe/Minsk",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
        )
    ]
)
FIRST, LAST = datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2035-12-31")
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@dataclass(frozen=True)
class Language:
    """Words of one language, written down apart from those of the bot."""

    today: tuple[str, str, str]
    weekdays: str
    months: str
    at: str
    evening: str
    morning: str
    minutes: str
    hours: str
    every: str
    every_day: str
    until: str


ENGLISH = Language(
    today=("today", "tomorrow", "the day after tomorrow"),
    weekdays="monday, tuesday, wednesday, thursday, friday, saturday, sunday",
    months="january, february, march, april, may, june, july, august, september, october, "
    "november, december",
    at="at {}",
    evening="at {} in the evening",
    morning="at {} in the morning",
    minutes="in {} minutes",
    hours="in {} hours",
    every="every {}",
    every_day="every day",
    until="to",
)
RUSSIAN = Language(
    today=("сегодня", "завтра", "послезавтра"),
    weekdays="понедельник, вторник, среду, четверг, пятницу, субботу, воскресенье",
    months="января, февраля, марта, апреля, мая, июня, июля, августа, сентября, октября, "
    "ноября, декабря",
    at="в {}",
    evening="в {} вечера",
    morning="в {} утра",
    minutes="через {} минут",
    hours="через {} часов",
    every="каждый {}",
    every_day="каждый день",
    until="до",
)
BELARUSIAN = Language(
    today=("сёння", "заўтра", "паслязаўтра"),
    weekdays="панядзелак, аўторак, сераду, чацвер, пятніцу, суботу, нядзелю",
    months="студзеня, лютага, сакавіка, красавіка, траўня, чэрвеня, ліпеня, жніўня, верасня, "
    "кастрычніка, лістапада, снежня",
    at="а {}",
    evening="а {}-й вечара",
    morning="а {}-й раніцы",
    minutes="праз {} хвілін",
    hours="праз {} гадзін",
    every="кожны {}",
    every_day="кожны дзень",
    until="да",
)
RUSSIAN_KEYBOARD = str.maketrans("ўіё", "уие")
LANGUAGES = st.sampled_from([ENGLISH, RUSSIAN, BELARUSIAN])

TITLES = st.one_of(
    st.sampled_from(
        [
            "5 reasons to sing",
            "at Anna's",
            "24 songs\nand 7 dances",
            "в 5 подъезде  ",
            "у двары\n\n@ Фантан",
            "-5 °C",
            "“Quoted”",
            "🎻 \u202eabc",
            "1,000 lanterns",
        ]
    ),
    st.builds("Title{}".format, st.text(max_size=30)),
)


@st.composite
def times_said(draw: st.DrawFn, language: Language) -> tuple[str, time]:
    at = time(draw(st.integers(0, 23)), draw(st.integers(0, 59)))
    written = [
        f"{at:%H:%M}",
        f"{at.hour}:{at:%M}",
        language.at.format(f"{at:%H.%M}"),
    ]
    if at.minute in (0, 30, 45):
        written.append(f"{at:%H-%M}")  # "19-21" would be from one hour to another
    if at.minute == 0 and 5 <= at.hour <= 11:
        written.append(language.morning.format(at.hour))
    if at.minute == 0 and 17 <= at.hour <= 23:
        written.append(language.evening.format(at.hour - 12))
    return draw(st.sampled_from(written)), at


@st.composite
def days_said(draw: st.DrawFn, language: Language, today: date) -> tuple[str, date]:
    day = today + timedelta(days=draw(st.integers(0, 360)))
    month = language.months.split(", ")[day.month - 1]
    written = [
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {month}",
        f"{day.day} {month} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
    ]
    ahead = (day - today).days
    if ahead < 3:
        written = [language.today[ahead]]
    elif ahead < 7:
        written.append(language.weekdays.split(", ")[day.weekday()])
    return draw(st.sampled_from(written)), day


@st.composite
def anyhow_typed(draw: st.DrawFn, words: str) -> str:
    """Case, blanks and letters of another keyboard make no difference."""
    words = draw(st.sampled_from([words, words.translate(RUSSIAN_KEYBOARD)]))
    words = draw(st.sampled_from([words, words.upper(), words.title()]))
    return words.replace(" ", draw(st.sampled_from([" ", "  ", "\u00a0", "\t"])))


@given(st.data(), LANGUAGES, INSTANTS, ZONES, TITLES)
def test_a_day_and_an_hour_said_are_read_back(
    data: st.DataObject, language: Language, now: datetime, zone: ZoneInfo, title: str
) -> None:
    day_words, day = data.draw(days_said(language, now.astimezone(zone).date()))
    at_words, at = data.draw(times_said(language))
    joint = data.draw(st.sampled_from([" ", ", ", "  ", "\n", " - "]))
    words = data.draw(anyhow_typed(f"{day_words}{joint}{at_words}"))
    before_title = data.draw(st.sampled_from([" ", "\n", ", ", ": ", " — ", "\n\n "]))
    assume(not (before_title in {", ", ": "} and title.startswith("-")))

    expected = resolve(datetime.combine(day, at), zone)
    if expected.at <= now:
        with pytest.raises(MomentProblem, match="past"):
            read_moment(words + before_title + title, now=now, zone=zone)
    else:
        read = read_moment(words + before_title + title, now=now, zone=zone)
        assert read == OneTime(expected, title)


@given(st.data(), LANGUAGES, INSTANTS, ZONES, TITLES)
def test_the_hour_may_come_first(
    data: st.DataObject, language: Language, now: datetime, zone: ZoneInfo, title: str
) -> None:
    day_words, day = data.draw(days_said(language, now.astimezone(zone).date()))
    at_words, at = data.draw(times_said(language))
    assume(day > now.astimezone(zone).date())
    words = data.draw(anyhow_typed(f"{at_words} {day_words}"))
    assume(not title.startswith(("5", "24", "1")))  # after "5 may" a number may be its year

    expected = resolve(datetime.combine(day, at), zone)
    assert read_moment(f"{words} {title}", now=now, zone=zone) == OneTime(expected, title)


@given(st.data(), LANGUAGES, INSTANTS, ZONES, TITLES)
def test_an_hour_alone_is_the_next_one(
    data: st.DataObject, language: Language, now: datetime, zone: ZoneInfo, title: str
) -> None:
    at_words, at = data.draw(times_said(language))
    read = read_moment(f"{at_words} {title}", now=now, zone=zone)
    assert isinstance(read, OneTime)
    assert read.rest == title
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(3))
    strikes = [resolve(datetime.combine(day, at), zone) for day in days]
    assert read.moment == next(moment for moment in strikes if moment.at > now)


@given(st.integers(1, 6), INSTANTS, ZONES)
def test_a_bare_hour_up_to_six_is_the_afternoons(hour: int, now: datetime, zone: ZoneInfo) -> None:
    read = read_moment(f"at {hour} tea", now=now, zone=zone)
    assert isinstance(read, OneTime)
    assert read.moment.wall.time() == time(hour + 12)


@given(st.sampled_from([7, 8]), INSTANTS, ZONES)
def test_a_bare_seven_or_eight_is_asked(hour: int, now: datetime, zone: ZoneInfo) -> None:
    read = read_moment(f"at {hour} tea", now=now, zone=zone)
    assert sorted(moment.wall.hour for moment in moments_of(read)) == [hour, hour + 12]
    read = read_moment(f"in 3 days at {hour} tea", now=now, zone=zone)
    assert [moment.wall.hour for moment in moments_of(read)] == [hour, hour + 12]
    again = read_schedule(f"every day at {hour} tea", now=now, zone=zone)
    assert isinstance(again, EitherOf)


@given(st.integers(9, 11), INSTANTS, ZONES)
def test_a_bare_hour_from_nine_on_is_the_mornings_unless_that_is_over(
    hour: int, now: datetime, zone: ZoneInfo
) -> None:
    tomorrow = read_moment(f"in 3 days at {hour} tea", now=now, zone=zone)
    assert [moment.wall.hour for moment in moments_of(tomorrow)] == [hour]
    alone = moments_of(read_moment(f"at {hour} tea", now=now, zone=zone))
    morning = datetime.combine(now.astimezone(zone).date(), time(hour))
    if resolve(morning, zone).at > now:
        assert [moment.wall for moment in alone] == [morning]
    elif len(alone) == 2:  # this evening, or tomorrow morning
        assert [moment.wall.hour for moment in alone] == [hour + 12, hour]


@given(st.data(), LANGUAGES, INSTANTS, ZONES)
def test_an_end_after_the_hour_is_refused_and_never_begins_the_text(
    data: st.DataObject, language: Language, now: datetime, zone: ZoneInfo
) -> None:
    at = f"{data.draw(st.times()):%H:%M}"
    begin = data.draw(st.sampled_from([at, language.at.format(at)]))
    end = data.draw(st.times())
    joint = data.draw(st.sampled_from(["-", "–", " - ", " — ", f" {language.until} "]))
    before = data.draw(st.sampled_from(["", f"{language.today[1]} ", f"{language.every_day} "]))
    with pytest.raises(MomentProblem, match="has_end"):
        read_schedule(f"{before}{begin}{joint}{end:%H:%M} Title", now=now, zone=zone)


@given(LANGUAGES, st.integers(1, 999), INSTANTS, ZONES, TITLES)
def test_a_span_counts_from_this_minute(
    language: Language, number: int, now: datetime, zone: ZoneInfo, title: str
) -> None:
    this_minute = now.replace(second=0, microsecond=0)
    for words, span in [
        (language.minutes, timedelta(minutes=number)),
        (language.hours, timedelta(hours=number)),
    ]:
        read = read_moment(f"{words.format(number)}: {title}", now=now, zone=zone)
        assert isinstance(read, OneTime)
        assert read.moment.at == this_minute + span
        assert read.moment.wall == read.moment.at.astimezone(zone).replace(tzinfo=None)
        assert read.rest == title


@given(st.data(), LANGUAGES, INSTANTS, ZONES, TITLES)
def test_what_repeats_is_read_back(
    data: st.DataObject, language: Language, now: datetime, zone: ZoneInfo, title: str
) -> None:
    numbers = data.draw(st.lists(st.integers(0, 6), max_size=3))
    names = [language.weekdays.split(", ")[number] for number in numbers]
    every = language.every.format(", ".join(names)) if names else language.every_day
    at_words, at = data.draw(times_said(language))
    words = data.draw(anyhow_typed(f"{every} {at_words}"))

    read = read_schedule(f"{words} {title}", now=now, zone=zone)
    assert isinstance(read, Repeating)
    assert read.rule == Weekly(frozenset(numbers or range(7)), at)
    assert read.first == read.rule.next_after(now, zone)
    assert read.rest == title


PIECES = """
today tomorrow yesterday вчера to до да 1h30 1.5 завтра заўтра in через
праз every каждый по кожны monday пн суботу sun this next
следующую on at в у а на the of 24th 24-го 19-й 7 12 19 24 31 99 2026 0 00 007 999999 19:00 25:00
7:5 19.10 24.10 30.02 5.5 19-00 24/10 24.10.2026 2026-10-24 29.02 31.12.9999 1.1.0001 2026-10-24T
october октября may мая pm a.m. вечера утра evening вечером tonight noon полночь час часов гадзіне
minutes hours дня weeks тыдзень an half полчаса and и і , . : ; — - @ / ’ ٣ ² Title
"""
SOUP = st.builds(
    lambda pieces, glue: glue.join(pieces),
    st.lists(st.sampled_from([*PIECES.split(), "\n", "\0"]), max_size=12),
    st.sampled_from(["", " "]),
)


def moments_of(reading: Reading) -> list[Moment]:
    """All moments that a reading leaves possible."""
    match reading:
        case EitherOf(first=first, second=second):
            return moments_of(first) + moments_of(second)
        case TimeOrDate(as_time=as_time):
            return [as_time.moment]
        case Repeating(first=moment) | OneTime(moment=moment):
            return [moment]


@given(st.one_of(st.text(max_size=200), SOUP), INSTANTS, ZONES)
@example("", NOW, MINSK)
@example("   \n\t ", NOW, MINSK)
@example("\0", NOW, MINSK)
@example("٢٤.١٠ ١٩:٠٠", NOW, MINSK)
@example("1" * 10_000, NOW, MINSK)
@example(" " * 10_000, NOW, MINSK)
@example("tomorrow 19:00" + " " * 10_000, NOW, MINSK)
@example("monday " * 2_000, NOW, MINSK)
@example("every monday, " * 2_000, NOW, MINSK)
@example("tomorrow " + "-" * 10_000, NOW, MINSK)
@example("in 1 hour " * 2_000, NOW, MINSK)
@example("а’" * 5_000, NOW, MINSK)
@example("\ud800 19:00", NOW, MINSK)
def test_whatever_is_typed_gives_a_moment_to_come_or_a_problem(
    words: str, now: datetime, zone: ZoneInfo
) -> None:
    for read in (read_moment, read_schedule):
        try:
            result = read(words, now=now, zone=zone)
        except MomentProblem:
            continue
        kept = words
        for begin, end in reversed(result.cuts):
            kept = kept[:begin] + kept[end:]
        assert kept == result.rest
        assert result.cuts[0][0] or result.rest == result.rest.lstrip()
        for moment in moments_of(result):
            assert now < moment.at < now + timedelta(days=2 * 366 + 2)
            assert moment.zone == zone.key
            assert moment.at.astimezone(zone).replace(tzinfo=None, fold=0) == moment.wall


@pytest.mark.parametrize(
    "words",
    [
        "every monday 11:00 tea",
        "19:00 every monday tea",
        "mon-fri 18:00 tea",
        "mon, wed, fri 18:00 tea",
        "18:00 mon, wed, fri tea",
        "в субботу и воскресенье 10:00 чай",
        "панядзелак і чацвер 18:00 гарбата",
    ],
)
def test_what_repeats_is_no_single_moment(words: str) -> None:
    with pytest.raises(MomentProblem, match="repeats"):
        read_moment(words, now=NOW, zone=MINSK)


def test_a_skipped_hour_is_said_to_be_so() -> None:
    warsaw = ZoneInfo("Europe/Warsaw")
    read = read_moment("29.03.2027 2:30 Lanterns", now=NOW, zone=warsaw)
    assert isinstance(read, OneTime)
    assert read.moment.note is None
    read = read_moment("28.03.2027 2:30 Lanterns", now=NOW, zone=warsaw)
    assert isinstance(read, OneTime)
    assert read.moment.note is MomentNote.MISSING_HOUR
    assert f"{read.moment.wall:%H:%M}" == "03:30"


def test_a_double_hour_is_the_first_of_the_two() -> None:
    read = read_moment("25 october 2:30 Lanterns", now=NOW, zone=ZoneInfo("Europe/Warsaw"))
    assert isinstance(read, OneTime)
    assert read.moment.note is MomentNote.DOUBLE_HOUR
    assert read.moment.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_span_goes_on_into_the_second_of_a_double_hour() -> None:
    now = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
    read = read_moment("in 50 minutes tea", now=now, zone=ZoneInfo("Europe/Warsaw"))
    assert isinstance(read, OneTime)
    assert read.moment.at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert f"{read.moment.wall:%H:%M}" == "02:30"


def test_the_29th_of_february_waits_for_a_leap_year() -> None:
    read = read_moment("29 february 10:00", now=NOW, zone=MINSK)
    assert isinstance(read, OneTime)
    assert read.moment.wall.date() == date(2028, 2, 29)
    with pytest.raises(MomentProblem, match="too_far"):
        read_moment("29 february 10:00", now=datetime(2024, 4, 1, tzinfo=UTC), zone=MINSK)


def test_a_day_without_a_month_passes_over_short_months() -> None:
    read = read_moment("31st 10:00", now=datetime(2026, 11, 1, tzinfo=UTC), zone=MINSK)
    assert isinstance(read, OneTime)
    assert read.moment.wall.date() == date(2026, 12, 31)


def test_a_phrase_has_one_meaning_in_all_languages() -> None:
    with pytest.raises(ValueError, match="means both"):
        Lexicon([{1: "mon, monday"}, {2: "MON"}])


def test_a_date_just_past_with_the_weekday_of_the_next_one_is_the_next_one() -> None:
    assert understood("fri 21.10 19:00 Tea") == ("moments.past", "")
    assert understood("wed 21.10 19:00 Tea") == ("moments.past", "")
    assert understood("thu 21.10 19:00 Tea") == ("Thu 21.10.2027 19:00", "Tea")
