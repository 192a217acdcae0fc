"""Pieces of a moment never slip into the text unseen: they are understood, asked about, or refused for
their true reason. See `courtyard` for where and when."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from bot.domain.moments.languages.tokens import MOST_TOKENS, tokenize
from bot.domain.moments.reading import read_schedule
from bot.domain.moments.results import MomentProblem
from tests.domain.moments.courtyard import MINSK, NOW, table, understood

READINGS = """
Fri 23.10.2026 19:00
    Привет! Завтра в 19:00
    Соседи, завтра в 19:00
    Добры дзень, суседзі! Заўтра а 19-й
    Hi all! Tomorrow 7pm
    🎉🎉 (завтра) 19:00
    Завтра!!! 19:00
    завтра ровно в 19:00
    завтра около 19
    завтра к семи вечера
    заўтра пачатак а 19-й
    заўтра на сёмую вечара
    заўтра пасля сямі вечара
    заўтра а дзевятнаццатай
    tomorrow @ 7pm
    tomorrow, 7pm sharp
    tomorrow at about 7pm
    tomorrow 7p
    tomorrow evening 7
    завтра вечером 7
    tomorroww 7pm
    завтра в 19:00 (пятница)

Fri 23.10.2026 18:30
    завтра в 18 30
    завтра 18,30
    завтра 18;30
    завтра в 18. 30
    завтра в 18: 30
    завтра в 18-30
    завтра в 1830
    завтра в 6 30 вечера
    завтра в шесть тридцать
    завтра в половину седьмого
    заўтра а палове сёмай
    tomorrow at six thirty pm
    tomorrow 630pm

Fri 23.10.2026 19:45
    завтра без четверти восемь вечера
    заўтра без чвэрці восем вечара
    tomorrow at quarter to eight in the evening

Fri 23.10.2026 15:00
    завтра в 3
    завтра в три
    заўтра а трэцяй
    tomorrow at three
    tomorrow at 3 o'clock

Fri 23.10.2026 07:30
    завтра в 7:30
    заўтра а 7.30
    tomorrow 07:30

Fri 23.10.2026 00:00
    сегодня в полночь
    сегодня в 12 ночи
    сегодня в 24:00
    сёння апоўначы
    tonight at midnight
    tonight at 12

Fri 23.10.2026 02:00
    сегодня в 2 ночи
    tonight at 2am

Sat 24.10.2026 00:00
    завтра в 12 ночи
    завтра в полночь
    заўтра апоўначы
    tomorrow 24:00

Fri 23.10.2026 00:00 or Sat 24.10.2026 00:00
    tomorrow at midnight

Fri 23.10.2026 21:00
    завтра в двадцать один час
    заўтра а дваццаць першай
    заўтра а дваццаць першай гадзіне
    tomorrow at twenty-one

Fri 23.10.2026 13:00
    завтра в час
    завтра в час дня
    заўтра ў адну гадзіну дня
    tomorrow at one

Sun 09.05.2027 12:00
    9. мая в 12:00
    9. траўня 12:00
    9. may 12:00
    девятого мая в 12
    дзявятага мая а 12-й

Thu 31.12.2026 18:00
    31. 12. 18:00
    31,12 18:00
    31-12 18:00
    тридцать первого декабря в 18:00
    the thirty-first of december 6pm

Sat 31.10.2026 12:00
    на следующей неделе в субботу в 12
    в субботу через неделю в 12
    праз тыдзень у суботу а 12-й
    next week on saturday at noon

Tue 27.10.2026 18:00 or Tue 03.11.2026 18:00
    через неделю во вторник в 18
    праз тыдзень у аўторак а 18-й

Sat 24.10.2026 12:00
    в субб. в 12
    у сб. а 12
    saterday 12:00
    в субботту в 12
    в суботу в 12

Wed 28.10.2026 12:00
    wenesday 12:00
    у сер. а 12

every Mon Tue Wed Thu Fri Sat Sun 09:00 21:00
    every day 9:00 and 21:00
    daily 9am and 9pm
    каждый день в 9 и в 21
    ежедневно 9:00, 21:00
    штодня а 9-й і а 21-й
    9:00 и 21:00 каждый день

every Mon Tue Wed Thu Fri Sat Sun 00:00 12:00
    every day at noon and midnight
    каждый день в полдень и в полночь

every 3 days 09:00
    every 3 days 9:00
    каждые три дня в 9
    раз в 3 дня в 9:00
    каждый третий день в 9
    every 3rd day 9:00
    кожныя тры дні а 9-й

every 2 days 09:00
    every other day 9:00
    каждый второй день в 9
    кожны другі дзень а 9-й

every year 25.03 12:00
    every year 25 march 12:00
    12:00 every 25 march
    каждое 25 марта в 12
    25 марта каждого года в 12
    25 сакавіка штогод а 12-й

every year 29.02 12:00
    every year on 29 february 12:00

every Mon 11:00 from 02.11.2026
    from 1 november every monday 11:00
    с 1 ноября каждый понедельник в 11
    з 1 лістапада па панядзелках а 11-й
    каждый понедельник в 11 с 1 ноября

every Mon Tue Wed Thu Fri Sat Sun 11:00 from 01.11.2026 until 05.11.2026
    from 1 to 5 november every day 11:00
    каждый день с 1 по 5 ноября в 11
    с 1 ноября по 5 ноября каждый день в 11:00

every Mon 11:00 until 30.11.2026
    каждый понедельник 11:00 до конца ноября
    каждый понедельник 11:00 (до 30.11)
    каждый понедельник 11:00 по ноябрь
    кожны панядзелак 11:00 да канца лістапада
    every monday 11:00 through november

every Mon 11:00 until 31.12.2026
    каждый понедельник 11:00 до нового года
    кожны панядзелак 11:00 да канца года
    every monday 11:00 until the end of the year

every Mon 11:00 until 16.11.2026
    каждый понедельник 11:00 (4 раза)
    кожны панядзелак 11:00 (4 разы)
    every monday 11:00 (4 times)

every Mon 11:00 until 29.11.2026
    every monday 11:00 for 5 weeks
    каждый понедельник 11:00 на протяжении 5 недель
"""

PROBLEMS = """
moments.has_end
    завтра 19-21
    сб 10-14
    завтра 18 - 20
    завтра с семи до девяти вечера
    в субботу с 10 и до 14
    завтра в 19:00 до воскресенья
    завтра в 9-15

moments.several
    завтра в 19:00 или 20:00
    завтра в 19 и 20
    в пятницу в 19:00 и в субботу в 12:00
    friday at 7 and saturday at 12
    завтра и послезавтра в 19:00
    24 и 25 октября в 12:00
    1 и 15 числа каждого месяца в 10
    каждый месяц 1-го и 15-го в 10
    24-25 кастрычніка а 12-й
    с 1 по 5 ноября в 12
    monday thursday 18:00
    заўтра а 19-й ці а 20-й

moments.unclear
    завтра в 19:00 20:00
    завтра 19:00 в субботу
    завтра в 19:00 24 октября
    завтра в 19 в 20
    завтра 19:00, 20:00
    сегодня в 19:00 завтра в 20:00
    завтра в 19:00 каждый день
    tomorrow 19:00 every week
    завтра в 9 утра вечером
    через полчаса-час
    в субботу в 12 на следующей неделе
    19:00 Концерт для всех соседей двора в субботу
    19:00 Concert of the whole yard on saturday

moments.unknown_end
    каждый понедельник 11:00 до весны
    кожны панядзелак 11:00 да Калядаў
    every monday 11:00 until christmas

moments.past
    21.10 19:00
    в среду 21.10 19:00
    сегодня 22.10 10:00
    1 октября 10:00
    22.10 10:00

moments.which_day
    на следующей неделе в 12
    у выхадныя а 12-й
    каждый год в 12:00

moments.which_hour
    каждую субботу в полночь
    каждый день в 7 и в 12

moments.rhythm
    каждый час
    every 2 hours
    кожныя 3 тыдні ў суботу а 12-й
    every quarter 10:00
"""

NO_HOURS = """
moments.no_time
    завтра в 5 подъезде
    завтра в 3 двора
    завтра на 4 этаже
    завтра в 7 квартире
    заўтра ў 10 двары
    заўтра ў 5 пад'ездзе
    суббота 15 лет нашему дому
    завтра 18 песен у костра
    суббота 24 часа танцев
    завтра на 2 часа
    заўтра на 3 гадзіны
    у суботу 20 год двару
    saturday 20 years of our yard
    tomorrow 10 songs by the fire
    tomorrow 12 angry men
    завтра 17 мгновений весны
    tomorrow at 10 thousand steps
    saturday at 5 Fountain street
    Концерт в субботу
"""


@pytest.mark.parametrize(("words", "meaning"), table(READINGS))
def test_what_people_say_is_understood(words: str, meaning: str) -> None:
    assert understood(words) == (meaning, "")
    assert understood(f"{words} Чай") == (meaning, "Чай")


@pytest.mark.parametrize(("words", "problem"), table(PROBLEMS))
def test_the_true_reason_is_said(words: str, problem: str) -> None:
    assert understood(words) == (problem, "")


@pytest.mark.parametrize(("words", "problem"), table(NO_HOURS))
def test_a_number_that_counts_or_names_is_no_hour(words: str, problem: str) -> None:
    assert understood(words) == (problem, "")


@pytest.mark.parametrize(
    ("words", "meaning", "rest"),
    [
        ("Субботник в субботу в 12", "Sat 24.10.2026 12:00", "Субботник"),
        ("Concert tomorrow 7pm", "Fri 23.10.2026 19:00", "Concert"),
        ("Канцэрт заўтра а 19-й!", "Fri 23.10.2026 19:00", "Канцэрт"),
        ("Чай и песни: завтра в 19", "Fri 23.10.2026 19:00", "Чай и песни"),
        ("Чай завтра в 19 @ Двор\nВсе свои", "Fri 23.10.2026 19:00", "Чай @ Двор\nВсе свои"),
        ("Йога каждый вторник в 19", "every Tue 19:00", "Йога"),
        ("Чай через час", "Thu 22.10.2026 16:00", "Чай"),
        ("Чай завтра в 19 у Ани", "Fri 23.10.2026 19:00", "Чай у Ани"),
        ("Чай завтра и послезавтра в 19", "moments.missing", ""),
        ("в 5 подъезде чай завтра в 19", "Fri 23.10.2026 19:00", "в 5 подъезде чай"),
        ("last friday 11:00", "every month -1 Fri 11:00", ""),
        ("next month on saturday 12:00", "moments.missing", ""),
        ("в ноябре в субботу в 12", "moments.missing", ""),
        ("раз на квартал у суботу а 12-й", "moments.missing", ""),
        ("не завтра 19:00", "moments.missing", ""),
        ("до завтра 19:00", "moments.missing", ""),
    ],
)
def test_a_title_may_come_first_where_the_line_has_one_moment(
    words: str, meaning: str, rest: str
) -> None:
    assert understood(words) == (meaning, rest)


@pytest.mark.parametrize(
    "title",
    [
        "на 2 часа кино",
        "3 часа танцев",
        "два часа танцев",
        "до последнего гостя",
        "или никогда",
        "мая хата",
        "march for peace",
        "a tea with two friends",
        "at 5 Oak street",
        "or so",
        "by 5 neighbours",
        "в 10 метрах от фонтана",
        "и 20 человек",
        "Сегодня мы поём",
        "Вечера на хуторе",
        "ночь музеев",
        "10 songs",
        "первый снег",
    ],
)
def test_what_only_looks_like_a_piece_is_text(title: str) -> None:
    assert understood(f"завтра 19:00 {title}") == ("Fri 23.10.2026 19:00", title)


@pytest.mark.parametrize("word", ["завтрак", "субботник", "воскресник"])
def test_words_that_are_like_a_day_are_none(word: str) -> None:
    got, _ = understood(f"{word}а 19:00 чай")
    assert got.startswith("moments.")


@pytest.mark.parametrize(
    "piece",
    [
        "завтра ", "every monday, ", "in 1 hour ", "19:00 ", "а 19-й ", "12 ", "1.1 ", "📣", "Привет, ",
        "до ", "и ", "without any moment ", "с 1 по ", "воскресеннье ", "(", "9. ",
    ],
)  # fmt: skip
def test_a_long_text_is_no_more_work_than_a_short_one(piece: str) -> None:
    """The work is counted in calls, so a slow machine changes nothing."""
    short, long = (piece * (length // len(piece)) for length in (1_000, 4_096))
    assert len(tokenize(long)) <= MOST_TOKENS + 1
    assert calls_to_read(long) <= 1.1 * calls_to_read(short) + 100
    assert calls_to_read(long) < 200_000


def calls_to_read(words: str) -> int:
    """How many functions are called to read a text."""
    called = 0

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal called
        called += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_schedule(words, now=NOW, zone=MINSK)
    except MomentProblem:
        pass
    finally:
        sys.setprofile(before)
    return called
