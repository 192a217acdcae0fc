"""A line with a moment, and the answer to what it lacked."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.moments.answered import answered_line, answered_moment
from tests.domain.moments.courtyard import understood

DAYS = (
    "tomorrow",
    "завтра",
    "заўтра",
    "on saturday",
    "в субботу",
    "у суботу",
    "30.10",
    "1 november",
)
HOURS = ("17:00", "at 7pm", "в 17:00", "а 17:30", "в 5 вечера", "у 18 гадзін", "19-00")
TITLES = ("Tea", "чай во дворе", "Гарбата @ Фантан", "Clean-up\nBring gloves")


@pytest.mark.parametrize(
    ("typed", "answer", "whole"),
    [
        # The hour that was asked for.
        ("завтра чай во дворе", "17:00", "завтра 17:00 чай во дворе"),
        ("завтра чай во дворе", "завтра 17:00", "завтра 17:00 чай во дворе"),
        ("завтра чай", "17", "завтра at 17 чай"),
        ("завтра чай", "19.10", "завтра 19.10 чай"),
        ("завтра чай", "17:00 @ фонтан", "завтра 17:00 чай @ фонтан"),
        ("чай завтра @ фонтан", "17:00", "завтра 17:00 чай @ фонтан"),
        ("every monday Walk", "11:00", "every monday 11:00 Walk"),
        ("weekly sunday", "18:00", "weekly sunday 18:00"),
        # The moment that was asked for.
        ("чай", "завтра 17:00", "завтра 17:00 чай"),
        ("чай", "завтра 17:00 чай у фонтана", "завтра 17:00 чай у фонтана"),
        ("Walk", "every monday 11:00", "every monday 11:00 Walk"),
        ("Tea", "in 2 hours", "in 2 hours Tea"),
        # Another one, in place of what is over or may mean two.
        ("24.10 19:00 чай", "30.11", "30.11 19:00 чай"),
        ("завтра в 7 чай", "19:00", "завтра 19:00 чай"),
        ("19.10 чай", "18:00", "19.10 18:00 чай"),
        ("сегодня 9:00 чай", "19:00", "сегодня 19:00 чай"),
        ("last friday 18:00 Tea", "19:00", "last friday 19:00 Tea"),
        ("последняя пятница 18:00 чай", "19:00", "последняя пятница 19:00 чай"),
        ("в 17 чай завтра", "19:00", "завтра 19:00 чай"),
        ("в 17 чай завтра", "суббота", "суббота в 17 чай"),
        # Another day and hour, in place of those that don't exist, and of an end.
        ("30.02 19:00 Tea", "tomorrow 17:00", "tomorrow 17:00 Tea"),
        ("30.02 19:00 Tea", "tomorrow", "tomorrow 19:00 Tea"),
        ("30.02 в 19 чай", "завтра 17:00", "завтра 17:00 чай"),
        ("завтра 19:00-21:00 чай", "завтра 19:00", "завтра 19:00 чай"),
        # The hour among other words, where it is the only one.
        ("суббота концерт", "лучше в 18", "суббота в 18 концерт"),
        ("завтра чай", "семнадцать", "завтра at семнадцать чай"),
        ("заўтра чай", "давайце ў 17", "заўтра ў 17 чай"),
        ("завтра", "чай в 17", "завтра в 17 чай"),
        ("завтра чай", "не в 17, а в 18", "завтра чай"),
        ("завтра чай", "нас будет 5", "завтра чай"),
        # Where, added to the words.
        ("tomorrow Tea", "at the fountain, 17:00", "tomorrow 17:00 Tea at the fountain"),
        ("завтра чай\nкружки", "17:00 у фонтана", "завтра 17:00 чай у фонтана\nкружки"),
        # Every month's, of which the hour is missing.
        ("last friday Toloka", "18:00", "last friday 18:00 Toloka"),
        ("Талака ў апошнюю пятніцу", "18:00", "ў апошнюю пятніцу 18:00 Талака"),
        # Where the second line said when.
        ("чай\nзавтра", "17:00", "завтра 17:00 чай"),
        ("чай\nзавтра в 18\nкружки", "19:00", "завтра 19:00 чай\nкружки"),
        # The words that were asked for, or others.
        ("завтра 17:00", "чай", "завтра 17:00 чай"),
        ("in 2 hours", "Tea", "in 2 hours Tea"),
        ("завтра 19:00 слишком длинное название", "чай", "завтра 19:00 чай"),
        # What answers nothing.
        ("завтра чай", "не знаю", "завтра чай"),
        ("чай", "у фонтана", "чай"),
        # All at once, and in several goes.
        ("", "завтра 17:00 чай", "завтра 17:00 чай"),
        ("", "чай", "чай"),
        ("завтра", "чай", "завтра чай"),
    ],
)
def test_what_the_answer_says_takes_the_place_of_what_was_said(
    typed: str, answer: str, whole: str
) -> None:
    assert answered_line(typed, answer) == whole


@pytest.mark.parametrize(("day", "hour", "title"), list(product(DAYS, HOURS, TITLES)))
def test_pieces_in_any_order_mean_what_the_whole_line_means(
    day: str, hour: str, title: str
) -> None:
    meant = understood(f"{day} {hour} {title}")
    for typed, answer in (
        (f"{day} {title}", hour),
        (f"{day} {title}", f"{day} {hour}"),
        (title, f"{day} {hour}"),
        (f"{day} {hour}", title),
    ):
        assert understood(answered_line(typed, answer)) == meant, (typed, answer)


@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_is_made_up_and_nothing_breaks(typed: str, answer: str) -> None:
    whole = answered_line(typed, answer)
    assert set(whole) <= set(typed) | set(answer) | set(" at")
    assert answered_line("", answer) == answer


@given(st.sampled_from(DAYS), st.sampled_from(HOURS), st.text(max_size=60))
def test_what_was_said_whole_and_is_said_again_stays(day: str, hour: str, title: str) -> None:
    line, when = f"{day} {hour} {title}", understood(f"{day} {hour}")[0]
    assume(understood(line)[0] == when)  # not where the title says another moment
    assert understood(answered_line(line, f"{day} {hour}"))[0] == when


@pytest.mark.parametrize(
    ("typed", "answer", "whole"),
    [
        ("24.12", "20:00", "24.12 20:00"),
        ("20:00", "24.12", "24.12 20:00"),
        ("19.10", "20:00", "19.10 20:00"),
        ("20:00", "19.10", "19.10 20:00"),
        ("24.12 or so", "20:00", "20:00"),
        ("soon", "24.12 20:00", "24.12 20:00"),
        ("24.12 20:00", "25.12", "25.12 20:00"),
    ],
)
def test_a_moment_alone_takes_nothing_else_over(typed: str, answer: str, whole: str) -> None:
    assert answered_moment(typed, answer) == whole
