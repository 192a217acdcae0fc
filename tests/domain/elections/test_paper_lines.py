"""Lines about paper are understood in three languages, whichever way they are typed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.paper.ledger import REASONS, Check, Out, Rejections, Returned, Voided
from bot.domain.elections.paper.lines import (
    AcceptedLine,
    ExpectLine,
    SheetLine,
    answered_entry,
    read_line,
)
from bot.domain.refusal import Refused

# The word for each reason that hints name, in the order of REASONS.
REASONS_IN = {
    "en": ("nonresident", "underage", "double", "illegible", "unsigned", "other"),
    "be": ("нетутэйшы", "непаўналетні", "паўтор", "неразборліва", "без подпісу", "іншае"),
    "ru": ("нездешний", "несовершеннолетний", "повтор", "неразборчиво", "без подписи", "другое"),
}
CHECKED_IN = {"en": "checked", "be": "праверана", "ru": "проверено"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7", SheetLine(7)),
        ("7 returned 18", SheetLine(7, Returned(18))),
        (" 7  Returned 0 ", SheetLine(7, Returned(0))),
        ("7 checked 15", SheetLine(7, Check(15))),
        (
            "7 checked 15 illegible 2 double 1",
            SheetLine(7, Check(15, Rejections(illegible=2, double=1))),
        ),
        ("12 void", SheetLine(12, Voided())),
        ("12 out", SheetLine(12, Out())),
        ("accepted 104", AcceptedLine(104)),
        ("expect 85", ExpectLine(85)),
        ("expect 85%", ExpectLine(85)),
    ],
)
def test_english_is_understood(typed: str, meant: object) -> None:
    assert read_line(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7 вярнуўся 18", SheetLine(7, Returned(18))),
        ("7 ВЯРНУУСЯ 18", SheetLine(7, Returned(18))),  # a keyboard without ў
        ("7 праверана 15", SheetLine(7, Check(15))),
        (
            "7 праверана 15, неразборліва 2, паўтор: 1",
            SheetLine(7, Check(15, Rejections(illegible=2, double=1))),
        ),
        (
            "7 праверана 12 няма 18 гадоў 2 без подпису 1",
            SheetLine(7, Check(12, Rejections(underage=2, unsigned=1))),
        ),
        ("12 згублены", SheetLine(12, Voided())),
        ("12 яшчэ не вярнуўся", SheetLine(12, Out())),
        ("прынята 104", AcceptedLine(104)),
        ("прызнаюць 85%", ExpectLine(85)),
    ],
)
def test_belarusian_is_understood(typed: str, meant: object) -> None:
    assert read_line(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7 вернулся 18", SheetLine(7, Returned(18))),
        ("7 Возвращен 18", SheetLine(7, Returned(18))),
        ("7 проверено 15", SheetLine(7, Check(15))),
        (
            "7 проверено: 15, неразборчиво 2, подписано дважды 1",
            SheetLine(7, Check(15, Rejections(illegible=2, double=1))),
        ),
        (
            "7 проверено 12 нет 18 2 без подписи или даты 1",
            SheetLine(7, Check(12, Rejections(underage=2, unsigned=1))),
        ),
        ("12 испорчен", SheetLine(12, Voided())),
        ("12 ещё на руках", SheetLine(12, Out())),
        ("принято 104", AcceptedLine(104)),
        ("признают 85 %", ExpectLine(85)),
    ],
)
def test_russian_is_understood(typed: str, meant: object) -> None:
    assert read_line(typed) == meant


@given(
    st.sampled_from(sorted(REASONS_IN)),
    st.integers(0, 50),
    st.dictionaries(st.sampled_from(REASONS), st.integers(0, 50)),
    st.sampled_from((" ", ", ", "; ")),
)
def test_reasons_in_any_order_are_read_as_they_are_said(
    language: str, valid: int, numbers: dict[str, int], between: str
) -> None:
    said = dict(zip(REASONS, REASONS_IN[language], strict=True))
    parts = [str(valid), *(f"{said[reason]} {number}" for reason, number in numbers.items())]
    line = read_line(f"7 {CHECKED_IN[language]} {between.join(parts)}")
    assert line == SheetLine(7, Check(valid, Rejections(**numbers)))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("seven", "paper.refused.example"),
        ("7 returned", "paper.refused.example"),
        ("7 returned many", "paper.refused.example"),
        ("7 returned -1", "paper.refused.example"),
        ("7 returned 1 2", "paper.refused.example"),
        ("7 eaten", "paper.refused.example"),
        ("7 checked 15 smudged 2", "paper.refused.reasons"),
        ("7 checked 15 double", "paper.refused.reasons"),
        ("7 checked 15 double 1 double 2", "paper.refused.reasons"),
        ("accepted 2000000", "paper.refused.example"),
        ("7 проверено 15 смазано 2", "paper.refused.reasons"),
        ("7 праверана 15 паўтор", "paper.refused.reasons"),
        ("7 проверено 15 повтор 1 дважды 2", "paper.refused.reasons"),
        ("7 потерян вчера", "paper.refused.example"),
        ("принято", "paper.refused.example"),
        ("признают 101", "paper.refused.validity"),
        ("expect 0", "paper.refused.validity"),
        ("expect 101", "paper.refused.validity"),
    ],
)
def test_what_is_not_understood_is_said(typed: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        read_line(typed)
    assert refused.value.key == key


@given(st.text(max_size=60))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    """Nothing but a refusal may come out of it."""
    with suppress(Refused):
        read_line(typed)


@pytest.mark.parametrize(
    ("typed", "answer", "meant"),
    [
        ("7 returned 180", "18", SheetLine(7, Returned(18))),
        ("7 проверено 25 повтор 1", "15", SheetLine(7, Check(15, Rejections(double=1)))),
        (
            "7 checked 15 illegible many",
            "illegible 2, double 1",
            SheetLine(7, Check(15, Rejections(illegible=2, double=1))),
        ),
        ("accepted 99999999", "104", AcceptedLine(104)),
        ("expect 200", "79%", ExpectLine(79)),
        ("7", "8", SheetLine(8)),
        ("7 returned 180", "8 returned 18", SheetLine(8, Returned(18))),
        ("what is this", "7 returned 18", SheetLine(7, Returned(18))),
    ],
)
def test_what_was_refused_is_answered(typed: str, answer: str, meant: object) -> None:
    assert read_line(answered_entry(typed, answer)) == meant
