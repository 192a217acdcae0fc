"""From keys and parameters to safe words in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from babel import Locale
from babel.messages.plurals import get_plural
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments.reading import read_moment
from bot.domain.moments.results import OneTime
from bot.message.words import Html, Texts, Words, escape, load_words
from playground.entities import clean
from playground.html import parse_html
from tests.message.catalogs import LANGUAGES

SATURDAY = datetime(2026, 10, 24, 19, 0)  # noqa: DTZ001 - a wall clock has no zone

MOMENTS = {
    "en": "Saturday 24 October, 19:00, Minsk time",
    "be": "субота, 24 кастрычніка, 19:00 (час: Мінск)",
    "ru": "суббота, 24 октября, 19:00 (время: Минск)",
}
COUNTED = {
    "en": {1: "1 cup", 21: "21 cups", 0: "0 cups", 2: "2 cups", 5: "5 cups", 11: "11 cups"}
    | {22: "22 cups", 25: "25 cups", 101: "101 cups", 111: "111 cups"},
    "be": {1: "1 кубак", 21: "21 кубак", 101: "101 кубак", 2: "2 кубкі", 22: "22 кубкі"}
    | {0: "0 кубкаў", 5: "5 кубкаў", 11: "11 кубкаў", 25: "25 кубкаў", 111: "111 кубкаў"},
    "ru": {1: "1 чашка", 21: "21 чашка", 101: "101 чашка", 2: "2 чашки", 22: "22 чашки"}
    | {0: "0 чашек", 5: "5 чашек", 11: "11 чашек", 25: "25 чашек", 111: "111 чашек"},
}
FORMS = {
    "en": ("{n} cup", "{n} cups"),
    "be": ("{n} кубак", "{n} кубкі", "{n} кубкаў"),
    "ru": ("{n} чашка", "{n} чашки", "{n} чашек"),
}


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Catalogs of one plural, and of one text that only English has."""
    folder = tmp_path_factory.mktemp("locales")
    for language, forms in FORMS.items():
        (folder / language).mkdir()
        rule = get_plural(language).plural_forms
        lines = ['msgid ""', f'msgstr "Plural-Forms: {rule}\\n"', ""]
        lines += ['msgid "tea.cups"', 'msgid_plural "tea.cups"']
        lines += [f'msgstr[{i}] "{form}"' for i, form in enumerate(forms)]
        if language == "en":
            lines += ["", 'msgid "tea.ready"', 'msgstr "Tea, {name}?"']
        (folder / language / "tea.po").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_choose_their_plural_form(tea: Path, language: str) -> None:
    words = load_words(language, tea)
    for n, cups in COUNTED[language].items():
        assert words.count("tea.cups", n) == cups


@pytest.mark.parametrize("language", LANGUAGES)
@given(n=st.integers(min_value=0, max_value=10**6))
def test_any_number_chooses_the_form_that_unicode_names(tea: Path, language: str, n: int) -> None:
    """CLDR's plural rules and the catalog's own formula must agree."""
    category = Locale.parse(language).plural_form(n)
    like = {"one": 1, "few": 2, "many": 5, "other": 2}[category]
    words = load_words(language, tea)
    cups, same_cups = (words.count("tea.cups", count) for count in (n, like))
    assert cups.removeprefix(words.number(n)) == same_cups.removeprefix(words.number(like))


def test_a_text_that_is_not_translated_yet_comes_in_english(tea: Path) -> None:
    assert load_words("be", tea)("tea.ready", name="Ales") == "Tea, Ales?"


def test_an_unknown_key_is_a_fault_and_not_a_text(tea: Path) -> None:
    words = load_words("en", tea)
    for key in ("tea.none", "tea", "tea.cups"):  # a plural is asked for by its number
        assert not words.has(key) or key == "tea.cups"
        with pytest.raises(KeyError):
            words(key)
    with pytest.raises(KeyError):
        words.count("tea.none", 1)
    with pytest.raises(KeyError):
        words("tea.ready")


@given(st.text())
def test_any_name_stays_a_name(name: str) -> None:
    text = escape(name)
    assert clean(name) in parse_html(text).text
    assert parse_html(text).entities == []


@given(st.text())
def test_what_is_safe_already_is_not_escaped_twice(name: str) -> None:
    assert escape(escape(name)) == escape(name)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])))
def test_without_markup_the_name_itself_is_left(name: str) -> None:
    plain = Html(f"<b>{escape(name)}</b>").plain()
    assert plain.strip("\u2068\u2069") == name.strip("\u2068\u2069")


def test_a_right_to_left_name_does_not_turn_the_sentence() -> None:
    name = "\u05d5\u05e8\u05d4"
    assert escape(name) == f"\u2068{name}\u2069"
    assert escape("Vera") == "Vera"


def test_braces_in_a_name_are_not_placeholders(tea: Path) -> None:
    words = load_words("en", tea)
    assert words("tea.ready", name="{name} {x.__class__}") == "Tea, {name} {x.__class__}?"


# Languages


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("RU", "ru"),
        ("ru-RU", "ru"),
        ("be-tarask", "be"),
        ("bel", None),
        ("fr", None),
        ("", None),
        (None, None),
    ],
)
def test_a_telegram_language_code_means_one_of_ours(code: str | None, language: str | None) -> None:
    assert Texts("en").spoken(code) == language


@pytest.mark.parametrize("default", LANGUAGES)
def test_who_speaks_none_of_ours_gets_the_default(default: str) -> None:
    texts = Texts(default)
    assert texts.in_language(None).language == default
    assert texts.in_language("fr").language == default


# Moments


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    return load_words(str(request.param))


def test_a_moment_is_spelled_out(words: Words) -> None:
    spelled = words.moment(SATURDAY, "Europe/Minsk", today=date(2026, 1, 1))
    assert spelled == MOMENTS[words.language]


def test_the_year_is_said_where_it_is_another(words: Words) -> None:
    for today in (None, date(2025, 12, 31), date(2027, 1, 1)):
        assert "2026" in words.moment(SATURDAY, "Europe/Minsk", today=today)
    assert "2026" in words.date(SATURDAY)


def test_a_moment_for_a_button_is_short(words: Words) -> None:
    short = {
        "en": "Sat 24 Oct, 19:00",
        "be": "сб, 24 кастр., 19:00",
        "ru": "сб, 24 окт., 19:00",
    }
    assert words.short(SATURDAY) == short[words.language]


def test_a_short_moment_is_understood_when_it_is_typed(words: Words) -> None:
    zone = ZoneInfo("Europe/Minsk")
    for month in range(1, 13):
        wall = datetime(2027, month, 24, 19)  # noqa: DTZ001 - a wall time
        now = datetime(2026, 12, 31, 12, tzinfo=zone)
        read = read_moment(f"{words.short(wall)} Tea", now=now, zone=zone)
        assert isinstance(read, OneTime)
        assert (read.moment.wall, read.rest) == (wall, "Tea")


def test_the_clock_is_read_in_24_hours_everywhere(words: Words) -> None:
    assert [words.time(at) for at in (time(0, 5), time(9, 30), time(23, 59))] == [
        "00:05",
        "09:30",
        "23:59",
    ]


def test_weekdays_begin_with_monday(words: Words) -> None:
    monday = {"en": "Mon", "be": "Пн", "ru": "Пн"}
    sunday = {"en": "Sun", "be": "Нд", "ru": "Вс"}
    assert words.short_weekday(0) == monday[words.language]
    assert words.short_weekday(6) == sunday[words.language]
    assert len({words.short_weekday(day) for day in range(7)}) == 7


def test_every_zone_has_a_city(words: Words) -> None:
    for zone in available_timezones():
        city = words.zone(zone)
        assert city, zone
        assert "/" not in city, zone


def test_a_moment_is_shown_on_every_readers_own_clock(words: Words) -> None:
    at = datetime.fromisoformat("2026-10-24T19:00+03:00")
    inside = words.moment(SATURDAY, "Europe/Minsk")
    parsed = parse_html(words.local_time(at, inside))
    (entity,) = parsed.entities
    assert (entity["type"], entity["unix_time"]) == ("date_time", 1792857600)
    assert parsed.text == inside.plain(), "old clients show the words inside"


@given(wall=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_any_moment_can_be_said(wall: datetime) -> None:
    for language in LANGUAGES:
        words = load_words(language)
        for spelled in (words.moment(wall, "Europe/Minsk"), words.day(wall), words.short(wall)):
            assert str(wall.day) in spelled
            assert "moments." not in spelled


@given(st.dates(max_value=date(2100, 1, 1)), st.times(min_value=time(0, 1)))
def test_an_end_is_said_on_its_last_day(day: date, at: time) -> None:
    """Only midnight ends a day that it doesn't belong to."""
    words = load_words("en")
    assert words.end_of(datetime.combine(day, at)) == (day, words.time(at))
    midnight = datetime.combine(day + timedelta(days=1), time())
    assert words.end_of(midnight) == (day, "24:00")


def test_a_day_inside_a_sentence_has_a_year_only_where_it_is_another(words: Words) -> None:
    this_year = words.day_inside(SATURDAY, today=date(2026, 1, 1))
    with_year = words.day_inside(SATURDAY, today=date(2025, 12, 31))
    assert (
        this_year
        == {
            "en": "Sat 24 October",
            "be": "24 кастрычніка (сб)",
            "ru": "24 октября (сб)",
        }[words.language]
    )
    assert "2026" in with_year
    assert words.day_inside(SATURDAY) == with_year
