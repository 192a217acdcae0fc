"""Phrases as people type them: nearly all are read rightly, and none is misread without a word.

A phrase may be refused or asked about and is then not right, but nobody is misled. Where a phrase's own
reading is at odds with a rule of ours, the rule wins, and the phrase stands here with what becomes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.domain.moments.courtyard import understood

PHRASES = Path(__file__).parent / "phrases"
LANGUAGES = ("be", "ru", "en")
ENOUGH = 0.95

BY_RULE = {
    # A bare hour from 1 to 6 is the afternoon's.
    "заўтра ў 3 гадзіны Гарбата": "Fri 23.10.2026 15:00",
    "завтра в шесть Концерт": "Fri 23.10.2026 18:00",
    # 7 and 8 may be the morning's or the evening's, also half past and again and again.
    "заўтра ў палове восьмай Канцэрт": "Fri 23.10.2026 07:30 or Fri 23.10.2026 19:30",
    "заўтра ў восем Гарбата": "Fri 23.10.2026 08:00 or Fri 23.10.2026 20:00",
    "аўторак і чацвер а 8-й Зарадка": "every Tue Thu 08:00 or every Tue Thu 20:00",
    "па аўторках ды чацвяргах у 8 Зарадка": "every Tue Thu 08:00 or every Tue Thu 20:00",
    "у буднія дні а 8-й Гарбата": "every Mon Tue Wed Thu Fri 08:00 or every Mon Tue Wed Thu Fri 20:00",
    "по будним в 8 Чай": "every Mon Tue Wed Thu Fri 08:00 or every Mon Tue Wed Thu Fri 20:00",
    # «Праз дзень» is the day after tomorrow or every second day.
    "праз дзень а 18-й Гарбата": "Sat 24.10.2026 18:00 or every 2 days 18:00",
}

UNDERSTOOD = {
    "штогод 25 сакавіка а 12-й Збор": "every year 25.03 12:00",
    "каждый год 25 марта в 12:00 Сбор": "every year 25.03 12:00",
    "ежегодно 25 марта 12:00 Сбор": "every year 25.03 12:00",
    "every year on march 25 12:00 Tea": "every year 25.03 12:00",
    "yearly on 25 march 12:00 Tea": "every year 25.03 12:00",
    "з 1 лістапада штодня а 9-й Гарбата": "every Mon Tue Wed Thu Fri Sat Sun 09:00 from 01.11.2026",
    "з панядзелка штодня а 9-й Гарбата": "every Mon Tue Wed Thu Fri Sat Sun 09:00 from 26.10.2026",
    "с 1 ноября каждый день в 9 Сбор": "every Mon Tue Wed Thu Fri Sat Sun 09:00 from 01.11.2026",
    "с понедельника каждый день в 9:00 Сбор": "every Mon Tue Wed Thu Fri Sat Sun 09:00 from 26.10.2026",
    "from 1 november every day 9:00 Tea": "every Mon Tue Wed Thu Fri Sat Sun 09:00 from 01.11.2026",
    "каждый четверг в 19:00 в течение месяца чай": "every Thu 19:00 until 21.11.2026",
    "every monday 11am until the end of the year Tea": "every Mon 11:00 until 31.12.2026",
    "every monday 11am through november Tea": "every Mon 11:00 until 30.11.2026",
    "в 5 подъезде чай завтра в 19": "Fri 23.10.2026 19:00",
}
"""What may be refused, and is understood for sure."""


@dataclass(frozen=True)
class Phrase:
    """`meaning` is a moment, a problem's key, or that it may be refused or asked."""

    words: str
    meaning: str
    rest: str

    @property
    def is_open(self) -> bool:
        return self.meaning == "refusal ok" or self.meaning.endswith("?")

    def is_right(self, got: str, rest: str) -> bool:
        if self.words in UNDERSTOOD:
            return got == UNDERSTOOD[self.words]
        return is_said(got) if self.is_open else (got, rest) == (self.meaning, self.rest)


def is_said(got: str) -> bool:
    """Whether the person hears a question or a refusal, so nothing goes wrong in silence."""
    return got.startswith("moments.") or " or " in got


def phrases(name: str) -> list[Phrase]:
    lines = (PHRASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    fields = [[field.strip() for field in [*row, ""][:3]] for row in rows]
    return [Phrase(*each) for each in fields]


ALL = [phrase for language in LANGUAGES for phrase in phrases(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_all_are_read_rightly(language: str) -> None:
    read = [(phrase, *understood(phrase.words)) for phrase in phrases(language)]
    right = [phrase.words for phrase, got, rest in read if phrase.is_right(got, rest)]
    others = [(phrase.words, got) for phrase, got, _ in read if phrase.words not in right]
    assert len(right) >= ENOUGH * len(read), others


@pytest.mark.parametrize("phrase", ALL, ids=lambda phrase: phrase.words)
def test_none_is_misread_without_a_word(phrase: Phrase) -> None:
    got, rest = understood(phrase.words)
    if phrase.words in BY_RULE:
        assert got == BY_RULE[phrase.words]
    else:
        assert phrase.is_right(got, rest) or is_said(got)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_neighbours_write_is_understood_or_asked_about(language: str) -> None:
    read = {
        phrase: understood(phrase.words.replace("\\n", "\n"))
        for phrase in phrases(f"neighbours.{language}")
    }
    others = {
        phrase.words: (got, rest)
        for phrase, (got, rest) in read.items()
        if (got, rest.replace("\n", "\\n")) != (phrase.meaning, phrase.rest)
    }
    assert others == {}


def test_exceptions_are_phrases() -> None:
    assert BY_RULE.keys() | UNDERSTOOD.keys() <= {phrase.words for phrase in ALL}
