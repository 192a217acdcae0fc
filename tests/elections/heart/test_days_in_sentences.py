"""Days inside sentences about an election: in the case that their preposition wants, in three languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.elections.acts import Act, ActState
from bot.domain.elections.bulletins.bulletin import OTHER
from bot.domain.elections.rule import ENGLAND, USUAL_RULE
from bot.message.face import Face
from bot.message.words import Html, load_words
from handlers.elections.bulletins.faces import draw_found
from handlers.elections.bulletins.use_cases import Found
from handlers.elections.card.faces import draw_card
from handlers.elections.ending.faces import draw_act, draw_moved_deadline, draw_reminder
from handlers.elections.ending.use_cases import ActSeen
from handlers.elections.heart.wording import source_in_words
from storage.elections.acts import PendingAct
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from tests.message.catalogs import LANGUAGES

TODAY = date(2026, 10, 22)
EVENING = datetime(2026, 11, 4, 18, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 3, 21, 0, tzinfo=UTC)
"""The beginning of 4 November in Minsk."""
NEXT_YEAR = datetime(2027, 1, 10, 18, 0, tzinfo=UTC)

UNTIL = {
    "en": "until Wed 4 November, 21:00, Minsk time",
    "be": "да 4 лістапада (ср), 21:00 (час: Мінск)",
    "ru": "до 4 ноября (ср), 21:00 (время: Минск)",
}
UNTIL_MIDNIGHT = {
    "en": "until Tue 3 November, 24:00, Minsk time",
    "be": "да 3 лістапада (аў), 24:00 (час: Мінск)",
    "ru": "до 3 ноября (вт), 24:00 (время: Минск)",
}
UNTIL_NEXT_YEAR = {
    "en": "until Sun 10 January 2027, 21:00",
    "be": "да 10 студзеня 2027 г. (нд), 21:00",
    "ru": "до 10 января 2027 г. (вс), 21:00",
}


def election(closes_at: datetime | None = None, **changes: object) -> Election:
    found = Election(
        id=1,
        chat_id=1,
        thread_id=None,
        title="Yard 5",
        base=400,
        is_base_typed=True,
        is_provisional=False,
        is_frozen=True,
        rule=USUAL_RULE,
        is_open=True,
        candidates=(Candidate(1, "Vera K.", 100, True),),
        timezone="Europe/Minsk",
        closes_at=closes_at,
        today=TODAY,
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def faces_with_deadline(language: str, closes_at: datetime) -> list[Face]:
    """Everything in which a chat reads until when it can sign."""
    words, found = load_words(language), election(closes_at)
    return [draw(found, words) for draw in (draw_card, draw_moved_deadline, draw_reminder)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("closes_at", "said"),
    [(EVENING, UNTIL), (MIDNIGHT, UNTIL_MIDNIGHT), (NEXT_YEAR, UNTIL_NEXT_YEAR)],
    ids=["evening", "midnight", "next year"],
)
def test_a_deadline_is_said_in_one_way_everywhere(
    language: str, closes_at: datetime, said: dict[str, str]
) -> None:
    for face in faces_with_deadline(language, closes_at):
        assert said[language] in face.text.plain()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_shows_it_without_a_day_of_the_week_and_midnight_not_at_all(language: str) -> None:
    """Clients write the day of the week as it stands alone, and midnight as 00:00 of the day after."""
    for face in faces_with_deadline(language, EVENING):
        assert 'format="Dt"' in face.text
    for face in faces_with_deadline(language, MIDNIGHT):
        assert "<tg-time" not in face.text


@pytest.mark.parametrize(
    ("language", "kept"),
    [
        ("en", "On Wed 4 November I forget who signed."),
        ("be", "4 лістапада (ср) я забуду, хто ставіў подпісы."),
        ("ru", "4 ноября (ср) я забуду, кто ставил подписи."),
    ],
)
def test_a_closed_card_says_when_it_forgets(language: str, kept: str) -> None:
    over = election(is_open=False, erase_at=EVENING)
    assert kept in draw_card(over, load_words(language)).text.plain()


@pytest.mark.parametrize(
    ("language", "agree", "alone"),
    [
        ("en", "has to agree by Wed 4 November, 21:00", ": Wednesday 4 November, 21:00"),
        ("be", "не вырашае: да 4 лістапада (ср), 21:00", "праз суткі: серада, 4 лістапада, 21:00"),
        ("ru", "не решает: до 4 ноября (ср), 21:00", "через сутки: среда, 4 ноября, 21:00"),
    ],
)
def test_an_act_says_by_when_one_can_agree_and_when_it_happens_alone(
    language: str, agree: str, alone: str
) -> None:
    for runs_alone, said in ((False, agree), (True, alone)):
        act = PendingAct(1, 1, Act.CLOSE, None, runs_alone, ActState.WAITING, EVENING, True)
        text = draw_act(ActSeen(act, election(), None), load_words(language)).text.plain()
        assert said in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Bulletin 2 of Sat 24 October has this signature"),
        ("be", "ёсць у зводцы 2 ад 24 кастрычніка (сб) — за кандыдата"),
        ("ru", "есть в сводке 2 от 24 октября (сб) — за кандидата"),
    ],
)
def test_a_found_signature_names_its_bulletin(language: str, said: str) -> None:
    day = date(2026, 10, 24)
    found = Found("Yard 5", 2, day, (("Vera K.", OTHER),), is_recall=False, today=day)
    assert said in draw_found(found, load_words(language)).text.plain()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_ends_with_two_full_stops(language: str) -> None:
    words = load_words(language)
    over = election(NEXT_YEAR, is_open=False, erase_at=NEXT_YEAR)
    said: list[Html] = [
        source_in_words(ENGLAND, words),
        draw_card(over, words).text,
        *(face.text for face in faces_with_deadline(language, NEXT_YEAR)),
    ]
    assert any("г." in text for text in said) == (language != "en")
    assert not any(".." in text for text in said)
