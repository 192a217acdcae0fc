"""What, then when; and a day whose hour is still to be said. See `courtyard` for where and when."""

from __future__ import annotations

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.moments.reading import at_hour, moment_or_day, read_moment, schedule_or_days
from bot.domain.moments.results import HourWanted, MomentProblem, OneTime, Repeating
from tests.domain.moments.courtyard import MINSK, NOW, table, understood

# Each ends with what the moment leaves behind.
IN_LINE = """
Fri 23.10.2026 17:00
    чай завтра в 17 у фонтана | чай у фонтана
    чай в 17 завтра у фонтана | чай у фонтана
    чай завтра у фонтана в 17 | чай у фонтана
    в 17 чай завтра | чай
    17:00 чай во дворе завтра @ у фонтана | чай во дворе @ у фонтана
    чай завтра @ у фонтана в 17 | чай @ у фонтана
    📅 завтра ⏰ 17:00 📍 двор — чай | 📍 двор — чай
    завтра🍵17:00 чай | чай
    завтра чай 5 вечера | чай
    завтра чай в 17 у фонтана | чай у фонтана
    заўтра гарбата ў пяць вечара ў двары | гарбата ў двары
    tomorrow tea at five in the yard | tea in the yard
    tomorrow tea 5pm | tea
    tomorrow: tea, 5pm, yard | tea, yard
    Чай завтра, начало в 17, у фонтана | Чай, у фонтана
    у фонтана завтра в 17 чай | у фонтана чай
    гарбата заўтра а 17-й каля фантана | гарбата каля фантана
    tea tomorrow at 5 by the fountain | tea by the fountain
    Tea at 5 tomorrow by the fountain | Tea by the fountain

Fri 23.10.2026 19:00
    Концерт завтра в 19:00, приходите | Концерт, приходите
    Концерт завтра в 19 во 2 подъезде | Концерт во 2 подъезде
    завтра в 5 подъезде концерт в 19:00 | в 5 подъезде концерт
    tomorrow concert at 5 Oak street at 19:00 | concert at 5 Oak street
    заўтра дом 5 а 19-й сход | дом 5 сход
    в 17 школе завтра в 19:00 собрание | в 17 школе собрание
    2nd floor tomorrow 7pm | 2nd floor
    tomorrow on the 2nd floor at 7pm | on the 2nd floor
    Кино "1917" завтра в 19:00 | Кино "1917"
    "12 Angry Men" tomorrow 7pm | "12 Angry Men"
    “12 Angry Men” tomorrow 7pm | “12 Angry Men”
    звоните +375 29 123-12-34 завтра в 19:00 | звоните +375 29 123-12-34
    звоните 029 123 12 34 завтра в 19:00 | звоните 029 123 12 34
    ул. 8 Марта, 5: завтра в 19:00 чай | ул. 8 Марта, 5 чай
    чай завтра на вуліцы 9 Мая а 19-й | чай на вуліцы 9 Мая
    Meeting of 5 Main street tomorrow 19:00 in the yard | Meeting of 5 Main street in the yard

Sat 24.10.2026 12:00
    Собрание в субботу в 12 у подъезда 3 | Собрание у подъезда 3
    Собрание жильцов 5 дома в субботу в 12 во дворе | Собрание жильцов 5 дома во дворе
    Сход у суботу 24 кастрычніка а 12-й каля пад'езда | Сход каля пад'езда
    Fair 24.10 12:00 in the yard | Fair in the yard

every Mon 11:00
    Шпацыр кожны панядзелак 11:00 | Шпацыр
    Шпацыр кожны панядзелак 11:00 каля фантана | Шпацыр каля фантана
    у панядзелак кожны 11:00 Шпацыр | Шпацыр
    понедельник каждый в 11 Прогулка | Прогулка
    Walk every monday 11:00 at the fountain | Walk at the fountain

every month -1 Fri 18:00
    апошняя пятніца 18:00 Талака | Талака
    у апошнюю пятніцу а 18-й Талака | Талака
    Толока в последнюю пятницу 18:00 | Толока
    апошняй пятніцай 18:00 Талака | Талака
    18:00 последняя пятница Толока | Толока
    18:00 в последнюю пятницу Толока | Толока
    last friday 18:00 Cleanup | Cleanup
    Cleanup on the last friday at 6pm | Cleanup
    at 18:00 on the last friday of the month Cleanup | Cleanup

every month 1 Sat 11:00
    па першых суботах а 11-й чай | чай
    по первым субботам в 11 чай | чай
    first saturdays 11am tea | tea
    первая суббота 11:00 Чай | Чай
    first saturday 11:00 Tea | Tea

Fri 23.10.2026 07:00 or Fri 23.10.2026 19:00
    Чай завтра в 7 во дворе | Чай во дворе

moments.has_end
    Чай завтра 17-19 у фонтана |

    уборка в субботу с 10 до 12 |
    tea tomorrow from 6 to 8pm |

moments.unclear
    friday 12 Angry Men 8pm |
    суббота 10 Сбор, 11:00 начало |
    в 17 собрание по поводу субботника в субботу |

moments.missing
    last friday Cleanup, on saturday too |
    Чай завтра в 17 и в субботу в 18 |
    Прогулка завтра в 11, сбор в 10:30 у фонтана |
    Кино завтра в 20:00 «Пятница» |
    собрание завтра по поводу уборки в субботу |
    чай в 17 у фонтана |
"""

# Each ends with the days that are understood and with the text.
HOUR_WANTED = """
Sat 24.10.2026
    суббота Талака | Талака
    субота Талака | Талака
    Saturday Cleanup | Cleanup
    Талака ў суботу каля дома 5 | Талака каля дома 5
    24.10 Cleanup | Cleanup
    saturday 20 years of our yard | 20 years of our yard

Fri 23.10.2026
    завтра чай | чай
    чай завтра | чай
    завтра чай 612-12-34 | чай 612-12-34
    тел. 029 612 12 34 завтра | тел. 029 612 12 34
    завтра поход 2 дня | поход 2 дня
    завтра сбор в 19 школе | сбор в 19 школе
    завтра чай в 5 и 6 подъездах | чай в 5 и 6 подъездах
    tomorrow tea 5-6pm | tea 5-6pm
    tomorrow doors 6:30pm, start 7pm | doors 6:30pm, start 7pm
    чай завтра у фонтана | чай у фонтана
    чай завтра вечером у фонтана | чай у фонтана
    Заўтра ўвечары: канцэрт @ Двор | канцэрт @ Двор

Thu 22.10.2026
    сегодня чай | чай

every Sun
    кожны тыдзень у нядзелю |
    Прогулка каждое воскресенье во дворе | Прогулка во дворе

every month 15
    раз в месяц 15 числа уборка | уборка

every 3 days
    каждые 3 дня полив | полив
"""


# The second line says when; each ends with the text.
LINES = [
    ("Чай\nзавтра в 17:00", "Чай"),
    ("Чай во дворе\n\nзавтра 17:00\nприносите кружки", "Чай во дворе\nприносите кружки"),
    ("Гарбата @ двор\n⏰ Заўтра а 17-й", "Гарбата @ двор"),
    ("Tea\ntomorrow 5pm in the yard\nNot on saturday", "Tea in the yard\nNot on saturday"),
    ("Завтра чай\n17:00", "чай"),
    ("Tomorrow tea\n5pm\nbring cups", "tea\nbring cups"),
]


def rows(text: str) -> list[tuple[str, str, str]]:
    cut = [(*words.partition("|")[::2], meaning) for words, meaning in table(text)]
    return [(words.strip(), rest.strip(), meaning) for words, rest, meaning in cut]


@pytest.mark.parametrize(("words", "rest", "meaning"), rows(IN_LINE))
def test_one_moment_is_understood_wherever_it_stands_in_the_line(
    words: str, rest: str, meaning: str
) -> None:
    assert understood(words) == (meaning, rest)


@pytest.mark.parametrize(("words", "rest"), LINES)
def test_the_second_line_may_say_when(words: str, rest: str) -> None:
    assert understood(words) == ("Fri 23.10.2026 17:00", rest)


@pytest.mark.parametrize(("words", "rest", "meaning"), rows(HOUR_WANTED))
def test_a_day_is_kept_until_its_hour_is_said(words: str, rest: str, meaning: str) -> None:
    wanted = schedule_or_days(words, now=NOW, zone=MINSK)
    assert isinstance(wanted, HourWanted)
    assert wanted.rest == rest
    assert understood(words) == ("moments.no_time", "")
    assert understood(f"{wanted.said} 23:59") == (f"{meaning} 23:59", "")
    chosen = at_hour(wanted.said, time(23, 59), now=wanted.seen_from, zone=MINSK)
    assert chosen == wanted.latest


def test_an_hour_that_is_over_today_is_the_next_days_of_that_name() -> None:
    """It is Thursday, 15:00."""
    morning = at_hour("thursday", time(9), now=NOW, zone=MINSK)
    evening = at_hour("thursday", time(19), now=NOW, zone=MINSK)
    assert isinstance(morning, OneTime)
    assert isinstance(evening, OneTime)
    assert (morning.moment.wall.day, evening.moment.wall.day) == (29, 22)


def test_a_rule_keeps_its_end() -> None:
    rule = at_hour("every saturday until 30.11", time(11), now=NOW, zone=MINSK)
    assert isinstance(rule, Repeating)
    assert str(rule.last_on) == "2026-11-30"


@given(st.text(max_size=40))
@example("tomorrow 19:00")
@example("19.10")
@example("concert")
def test_whatever_takes_an_hour_is_a_moment_or_a_problem(words: str) -> None:
    with suppress(MomentProblem):
        assert isinstance(at_hour(words, time(19), now=NOW, zone=MINSK), OneTime | Repeating)


@pytest.mark.parametrize("words", ["tomorrow 19:00", "19.10", "concert", ""])
def test_what_has_its_hour_or_no_day_takes_none(words: str) -> None:
    with pytest.raises(MomentProblem, match=r"moments\.no_time"):
        at_hour(words, time(19), now=NOW, zone=MINSK)


def test_what_repeats_lacks_no_hour_where_one_moment_is_asked_for() -> None:
    with pytest.raises(MomentProblem, match=r"moments\.repeats"):
        moment_or_day("every monday Walk", now=NOW, zone=MINSK)


@pytest.mark.parametrize("words", ["24.10 Concert", "saturday Concert"])
def test_who_can_not_ask_for_an_hour_refuses(words: str) -> None:
    with pytest.raises(MomentProblem, match=r"moments\.no_time"):
        read_moment(words, now=NOW, zone=MINSK)
