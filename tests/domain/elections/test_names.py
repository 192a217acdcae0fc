from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.names import is_same_building, look_alike, look_of, nearness
from bot.safety.lookalikes import prototype

UNSEEN = "\u034f\u3164\u115f\u2800\u17b4\u180b\ufe00\ufe0f\u200b\u00ad"
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
    # Points, dashes and the like, and what is taken for them.
    ("Vera K.", "Vera K"),
    ("Vera K.", "Vera-K\ua4f8"),
    ("Дар’я", "Дар\u02bcя"),
    ("Анна-Мария", "Анна Мария"),
    ("...", ". . ."),
    # What an attacker tried.
    *(("Vera K.", f"Vera{unseen} K.") for unseen in UNSEEN),
    ("Vera K.", "Vеra K."),
    ("Vera K.", "Vera Κ."),
    ("Вера К.", "Bepa K."),
    # A letter of its own, put together from others.
    ("Саўка", "Сау\u0306ка"),
    ("Саўка", "Cay\u0306кa"),
    ("Андрей", "Андре\u0438\u030c"),
)
APART = (
    ("Vera K.", "Vera L."),
    ("Vera K.", "Vera"),
    ("Vera K.", "Viera K."),
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
    ("Андрей", "Андреи"),
    ("Майя", "Мая"),
    ("Саўка", "Саука"),
    ("Їва", "Іва"),
    ("!!!", "..."),
)
# Neighbours who may live in one courtyard.
PEOPLE = (
    "Алесь", "Алеся", "Аляксей", "Аляксандр", "Аляксандра", "Ганна", "Марыя", "Марына", "Юлія", "Юля",
    "Уладзімір", "Уладзіслаў", "Уладзіслава", "Яна", "Янка", "Ян", "Дар’я", "Мікола", "Мікалай",
    "Александр", "Александра", "Алексей", "Алексий", "Анна", "Анна К.", "Анна Н.", "Анна И.", "Анна Й.",
    "Вера", "Вера К.", "Вера К. 5", "Вера К. 6", "Иван", "Ивана", "Мария", "Марина", "Дарья", "Лида",
    "Лиза", "Наталья", "Наталия", "Сергей", "Серёжа", "Юра", "Ира", "Илья", "Лия", "Зоя", "Зая",
    "Alex", "Alexa", "Anna", "Anna L.", "Anna I.", "Anne", "Hanna", "Ian", "Jan", "Jana", "Lena", "Lene",
    "Tom", "Tim", "Vera", "Viera", "Will", "Bill", "Jill",
)  # fmt: skip
HOUSES = (
    "5", "5a", "5б", "5в", "51", "5/1", "5/2", "52", "56", "6", "15", "Fountain street 5",
    "Fountain street 5a", "Fountain street 51", "Fountain street 5 b", "вуліца Фантанная, 5",
    "вуліца Фантанная, 5а", "вуліца Фантанная, 3", "вуліца Фантанная, З", "Yard 5", "Yard 50", "5l",
)  # fmt: skip


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


def test_neighbours_and_houses_with_names_of_their_own_are_told_apart() -> None:
    assert [pair for pair in combinations(PEOPLE, 2) if look_alike(*pair, prototype)] == []
    assert [pair for pair in combinations(HOUSES, 2) if is_same_building(*pair, prototype)] == []


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Fountain 5a", "fountain  5а", True),  # the last one Cyrillic
        ("Fountain 5 1", "Fountain 51", False),
        ("Fountain 5/1", "Fountain 51", False),
        ("Fountain 5/1", "Fountain 5 1", True),
        ("Fountain, 5a", "Fountain 5 a", True),
        ("Fountain 5", "Fountain \u01bc", True),
        ("Fountain 5", "F\u200bountain 5\u3164", True),
        ("Fountain 51", "Fountain 5l", False),
        ("Fountain 53", "Fountain 5З", False),
    ],
)
def test_buildings_are_told_apart_by_their_numbers(one: str, other: str, is_same: bool) -> None:
    assert is_same_building(one, other, prototype) is is_same


@pytest.mark.parametrize(
    ("typed", "meant", "others"),
    [
        ("Building 5", "Fountain street 5", ["Fountain street 7", "Oak lane 15", "Building 6"]),
        ("Fontain street", "Fountain street 5", ["Oak lane 1", "Lesnaja 5"]),
        ("фантаная 5", "Фантанная, 5", ["Лясная, 5", "Фантанная, 7"]),
        ("Fountain street 55", "Fountain street 5", ["Oak lane 5", "Lesnaja 15"]),
    ],
)
def test_the_building_that_is_likely_meant_is_the_nearest(
    typed: str, meant: str, others: list[str]
) -> None:
    def near(name: str) -> float:
        return nearness(look_of(typed, prototype), look_of(name, prototype))

    assert max((meant, *others), key=near) == meant
