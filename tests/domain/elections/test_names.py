from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.names import is_same_building, look_alike
from bot.safety.lookalikes import prototype

ALIKE = (
    # Nothing but how it is typed.
    ("Vera K.", "vera k."),
    ("Vera K.", "VERA  K."),
    ("Vera K.", "VeraK."),
    ("Vera K.", "Ｖera K."),
    ("Vera K.", "𝓥𝓮𝓻𝓪 K."),
    ("Zoë", "Zoe\u0308"),
    # What isn't seen, between what is.
    ("Vera K.", "Vera\u200b K."),
    ("Vera K.", "V\u00ade\u3164r\u2060a\u034f K\ufe0f."),
    # Another alphabet.
    ("Вера Р.", "Bepa P."),
    ("вера р.", "BEPA P."),
    ("Света", "Cвeтa"),
    ("Уладзімір", "Yладзiмip"),
    ("Ольга", "Oльгa"),
    ("Нona", "Hona"),
    # Digits and strokes for letters.
    ("Olga", "0lga"),
    ("Зоя", "3оя"),
    ("Ilia", "lIia"),
    ("Ilia", "1|ia"),
    ("ales", "AIes"),
    # One letter that looks like two.
    ("Marina K.", "rnarina K."),
    ("ЛЫЧ", "ЛЬIЧ"),
    # Accents.
    ("Алёна", "Алена"),
    ("Ве́ра", "Вера"),
    *((f"Ве{mark}ра", "Вера") for mark in "\u0483\u1ab0\u1dc4\u20d7\u2df6\ua67c\ufe24"),
    ("Ольга 5", "0льга 5"),
    ("Vera 12", "Vera  1\u200b2"),
)
APART = (
    ("Vera K.", "Vera L."),
    ("Vera K.", "Vera"),
    ("Vera K.", "Viera K."),
    ("Vera K.", "Vera K"),
    ("Anna L.", "Anna I."),
    ("Вера Р.", "Вера П."),
    ("Лида", "Лиза"),
    ("Юра", "Ира"),
    ("🌻 1", "🌻 2"),
    ("🌻", "🌷"),
    ("🩷", "🩵"),
    ("Вера 1 12", "Вера 11 2"),
    ("Вера 1 2", "Вера 12"),
    ("עדה", "עדי"),
)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_cannot_be_told_apart_are_the_same(one: str, other: str) -> None:
    assert look_alike(one, other, prototype)
    assert look_alike(other, one, prototype)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_read_differently_are_not(one: str, other: str) -> None:
    assert not look_alike(one, other, prototype)
    assert not look_alike(other, one, prototype)


@given(st.text(max_size=30))
def test_a_name_looks_like_itself(name: str) -> None:
    assert look_alike(name, name, prototype)
    assert look_alike(name, f" {name}\u200b", prototype)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Fountain 5a", "fountain  5а", True),  # the last one Cyrillic
        ("Fountain 5 1", "Fountain 51", False),
        ("Fountain 5/1", "Fountain 51", False),
        ("Fountain 51", "Fountain 5l", False),
        ("Fountain 53", "Fountain 5З", False),
    ],
)
def test_buildings_are_told_apart_by_their_numbers(one: str, other: str, is_same: bool) -> None:
    assert is_same_building(one, other, prototype) is is_same
