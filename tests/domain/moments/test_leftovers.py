"""What stands beside a moment, or between its parts, in three languages: it is understood, or refused for
its true reason, and never becomes text unseen. See `courtyard` for where and when."""

from __future__ import annotations

import pytest

from bot.domain.moments.reading import read_schedule
from tests.domain.moments.courtyard import MINSK, NOW, table, understood
from tests.domain.moments.test_pieces import calls_to_read

READINGS = """
Fri 23.10.2026 19:00
    завтра, 19:00, пятница
    завтра в 19:00. Пятница.
    заўтра a 19-й
    завтра c 19:00
    завтра часов в 7 вечера
    заўтра гадзін у 7 вечара

Fri 23.10.2026 19:30
    заўтра а 19 г 30 хв
    заўтра а 19г30
    tomorrow 7 30pm
    завтра 19 30

Fri 23.10.2026 19:05
    завтра 19 05
    tomorrow at 5 past 7 pm

Fri 23.10.2026 13:00
    завтра на час дня

Fri 23.10.2026 01:00
    tonight at 1
    tonight at one
    сегодня ночью в час
    сёння ўначы а першай

Fri 23.10.2026 03:00
    tonight at 3

Thu 22.10.2026 17:00
    tonight at 5

Fri 23.10.2026 01:00 or Sat 24.10.2026 01:00
    tomorrow night at 1
    завтра ночью в 1

Sun 09.05.2027 10:00
    may 9 10am
    may 9 at 10am
    may 9, 10am
    9 may 10am

every year 09.05 10:00
    every year on may 9 10am

every Fri Sat Sun 19:00
    friday to sunday 7pm
    friday through sunday 7pm
    с пятницы по воскресенье в 19
    з пятніцы па нядзелю а 19-й

every Mon Tue Wed Thu Fri Sat Sun 09:00 from 26.10.2026
    c понедельника каждый день в 9

every Mon 11:00 from 02.11.2026
    every monday 11:00 as of 1 november
    every monday 11:00 from the 1st
    каждый понедельник 11:00, первый раз 1 ноября
    кожны панядзелак 11:00 упершыню 1 лістапада

every Mon 11:00 until 25.12.2026
    каждый понедельник 11:00 в течение двух месяцев
    каждый понедельник 11:00 ближайшие 2 месяца
    каждый понедельник 11:00 следующие два месяца
    кожны панядзелак 11:00 бліжэйшыя 2 месяцы
    every monday 11:00 for the next 2 months

every Mon 11:00 until 29.11.2026
    every monday 11:00 for the next 5 weeks
    кожны панядзелак 11:00 на працягу пяці тыдняў

every Mon 11:00 until 01.06.2027
    every monday 11:00 up to 1 june
    every monday 11:00 ending 1 june
    every monday 11:00 ends on 1 june
    every monday 11:00 last time 1 june

every Mon 11:00 until 23.11.2026
    every monday 11:00 x5
    every monday 11:00 5x
    every monday 11:00 ×5
    every monday 11:00 only 5 times
    каждый понедельник 11:00 всего 5 раз
    кожны панядзелак 11:00 усяго 5 разоў

every Mon 11:00 until 31.12.2027
    every monday 11:00 until new year 2028
    every monday 11:00 until the end of 2027
    каждый понедельник 11:00 до нового года 2028
    каждый понедельник 11:00 до конца 2027 года
    кожны панядзелак 11:00 да новага года 2028
"""

PROBLEMS = """
moments.has_end
    завтра а 19-й - 21-й
    заўтра а 19-й па 21-ю
    заўтра а сёмай па дзевятую
    завтра с 19 по 21
    завтра в 19:00 окончание в 21:00
    tomorrow 7pm ending at 9pm
    tomorrow 7pm thru 9pm
    every monday 7-9pm
    завтра в десять-одиннадцать

moments.unknown_end
    каждый понедельник 11:00 весь ноябрь
    каждый понедельник весь ноябрь в 11:00
    кожны панядзелак 11:00 увесь лістапад
    every monday 11:00 all of november
    every monday 11:00 for the whole of november
    every monday 11:00 until 2028
    every monday 11:00 between 2 and 30 november
    every monday 11:00 ending in june
    every monday 11:00 for a year
    every monday 11:00 5 more times
    каждый понедельник 11:00 не более 3 раз
    кожны панядзелак 11:00 яшчэ 5 разоў

moments.ends_late
    every year 1 may 10:00 1000 times
    every monday 11:00 1000 times
    every monday 11:00 until 1.1.2040
    every monday 11:00 for 300 months
    каждый понедельник 11:00 до конца 2045 года
    кожны панядзелак 11:00 да 1.1.2040

moments.zone
    tomorrow 19:00 UTC
    tomorrow 7pm (CET)
    tomorrow 19:00+03:00
    tomorrow 19:00 +0300
    2026-10-31T19:00Z
    завтра в 19:00 мск
    завтра в 19 по Минску
    завтра в 19:00 по московскому времени
    заўтра а 19-й па мінскім часе
    every monday 19:00 local time

moments.disagree
    завтра в 19:00, суббота, чай
    завтра, 19:00, 24 октября, чай
    заўтра а 19-й, субота, гарбата
    tomorrow 19:00, saturday, tea

moments.several
    завтра в 9:00 и далее каждый день
    завтра в 9:00, а потом ежедневно
    заўтра ў 9:00 і далей кожны дзень
    tomorrow 9:00 and then every day
    tomorrow 9:00, repeat weekly
    завтра в 9, 12 и 15
    tomorrow 7, 8 or 9 pm
    завтра в 10 и через неделю
    1st and 15th 10:00
    from 23 to 25 october 7pm
    23 to 25 october 7pm
    с 23 по 25 октября в 19

moments.which_hour
    пт 23 19
    пт, 23 19
    пт 6 19
    23 19 пт
    пт 23 10 19
    завтра 18 20
    нд 23 19
    fri 23 19
    every monday 9 10am
    tomorrow 9 10 am
    завтра в 18 30 минут тишины
    tomorrow at 6 20 minutes of silence

moments.unclear
    завтра в 19:00 суббота чай
    tomorrow 19:00 sat
    every monday 11:00 this month
    every monday 11:00 november
    every monday 11:00 from the middle of november
    every monday 11:00 starting next month
    каждый понедельник 11:00 летом
    каждый понедельник 11:00 с начала ноября
    кожны панядзелак 11:00 улетку
    кожны панядзелак 11:00 у лістападзе
    12:30 чай завтра в 19:00
    19:00 чай в субботу в парке
    завтра 19:00..21:00
    по пятницам в 19, по субботам в 20
    every friday 7pm, saturday 8pm
    15-го числа в 10 каждого месяца
    every monday 11:00 nov 2 - nov 30
    завтра в 10 ч. 30
    завтра в 10 час 30
    завтра в 10 с половиной
    завтра в 19_30
    через час тридцать
    in 1 h 30

moments.rhythm
    every day 11:00 except sunday
    every day but sunday 11:00
    каждый день кроме воскресенья в 11
    штодня 11:00 акрамя нядзелі
    каждый понедельник 11:00 через раз
    twice a day 10:00
    10:00 twice a day
    every monday 10:00 3 times a day
    два раза в день 10:00
    каждый понедельник 10:00 дважды в день
    10:00 двойчы на дзень
    every 3 weeks 10:00
    через неделю каждый понедельник 11:00
    праз тыдзень кожны панядзелак а 11-й
    in a week every monday 11:00

moments.no_time
    завтра на три часа Кино
    завтра на час
    заўтра на тры гадзіны Кіно
    заўтра ў першую чаргу Кіно
    завтра в один из дворов
    tomorrow at one of the yards
    завтра в 7А
    tomorrow 7ish

moments.missing
    black friday 9pm
    Чёрная пятница 19:00
    весь ноябрь каждый понедельник 11:00
    с ноября каждый понедельник 11:00
    летам кожны панядзелак 11:00
    for 5 weeks every monday 11:00
    1. Tea
"""

APART = """
концерт
    завтра концерт в 19:00
    завтра концерт 19:00
    завтра концерт в 19
    завтра концерт, начало в 19:00!
    завтра: концерт с 7 вечера
    Соседи, завтра концерт ровно в 19:00

канцэрт
    заўтра канцэрт а 19-й
    заўтра канцэрт у 19:00

Concert
    tomorrow Concert at 7pm
    tomorrow Concert at 19:00 sharp

вечером концерт
    завтра вечером концерт в 7

20 songs in the yard
    tomorrow 20 songs at 19:00 in the yard
"""

NOT_APART = """
moments.no_time
    завтра концерт в 19:00 и в 20:00
    завтра концерт в 19:00, 20:00
    завтра концерт в 19:00 в субботу
    завтра концерт на 2 часа
    завтра сбор в 18:45, начало в 19:00
    tomorrow concert at 19:00 every week
    tomorrow tea by 5 friends
    tomorrow score 3:2 party
    завтра чтение Ин 3:16
    завтра турнир 3 в 1
    завтра сбор в 19 школе
    завтра концерт [19:00]
    every monday tea for 2 weeks at 19:00
    завтра\\nконцерт в 19:00

moments.zone
    завтра концерт в 19:00 по Минску

moments.several
    завтра и послезавтра концерт в 19:00
"""

TITLES = """
завтра 19:00
    конец света
    всё о чае
    без сахара
    летом поём
    end of summer party
    then we sing
    5 x 5 game
    of mice and men
    по одному
    час-пик
    10-летие двора

every monday 11:00
    all about tea
    just tea
    for an hour
    for 10 kids
    the next generation
    but first coffee
    not only tea
    в течение часа
    только чай
    весь двор
    Лето в городе
    толькі гарбата
"""


@pytest.mark.parametrize(("words", "meaning"), table(READINGS))
def test_what_people_add_is_understood(words: str, meaning: str) -> None:
    assert understood(words) == (meaning, "")


@pytest.mark.parametrize(("words", "problem"), table(PROBLEMS + NOT_APART))
def test_what_can_not_be_taken_is_refused_for_its_true_reason(words: str, problem: str) -> None:
    assert understood(words.replace("\\n", "\n")) == (problem, "")


@pytest.mark.parametrize(("words", "title"), table(APART))
def test_the_one_hour_of_a_line_may_stand_after_the_title(words: str, title: str) -> None:
    assert understood(words) == ("Fri 23.10.2026 19:00", title)


def test_a_rule_may_have_its_hour_after_the_title() -> None:
    assert understood("каждый понедельник йога в 19:00") == ("every Mon 19:00", "йога")
    assert understood("штодня зарадка а 9-й\nу двары") == (
        "every Mon Tue Wed Thu Fri Sat Sun 09:00",
        "зарадка\nу двары",
    )


@pytest.mark.parametrize(("title", "moment"), table(TITLES))
def test_what_only_begins_like_a_piece_is_text(title: str, moment: str) -> None:
    assert understood(f"{moment} {title}")[1] == title


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Black Friday friday 9pm", "Black Friday"),
        ("Freaky Friday friday 9pm", "Freaky Friday"),
        ("Чистый четверг в пятницу в 21", "Чистый четверг"),
        ("Чорная пятніца ў пятніцу а 21-й", "Чорная пятніца"),
    ],
)
def test_a_title_may_be_called_like_a_day(words: str, title: str) -> None:
    assert understood(words) == ("Fri 23.10.2026 21:00", title)


def test_a_far_end_is_refused_before_it_is_counted() -> None:
    assert calls_to_read("every year 1 may 10:00 1000 times") < 100_000


def test_where_the_title_stands_is_told() -> None:
    typed = "tomorrow Concert at 19:00 in the yard"
    read = read_schedule(typed, now=NOW, zone=MINSK)
    assert [typed[begin:end] for begin, end in read.cuts] == ["tomorrow ", " at 19:00"]
    assert read.rest == "Concert in the yard"
