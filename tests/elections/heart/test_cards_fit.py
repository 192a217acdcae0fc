"""The longest that neighbours can make of an election's card is still a message that Telegram takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.elections.acts import Act, ActState
from bot.domain.elections.paper.ledger import CountedBy
from bot.domain.elections.plan import MOST_CANDIDATES, NAME_LENGTH, TITLE_LENGTH
from bot.domain.elections.rule import PRESETS
from bot.domain.timekeeping.moment import moment_at, write_moment
from bot.message.words import load_words
from handlers.elections.card.faces import draw_card
from handlers.elections.ending.faces import draw_act, draw_reminder
from handlers.elections.ending.use_cases import ActSeen
from playground.compose import MAX_TEXT
from storage.elections.acts import PendingAct
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from tests.message.catalogs import LANGUAGES

EVENING = datetime(2027, 11, 24, 18, 0, tzinfo=UTC)
LETTER = "\N{PHOENICIAN LETTER ALF}"
"""Two units of UTF-16, and written from right to left: around a name two more."""
MANY = 1_000_000
ZONE = "America/Argentina/Buenos_Aires"


def longest(**changes: object) -> Election:
    """Fifteen with the longest names, all filed, and everything waits that can."""
    candidates = tuple(
        Candidate(
            number,
            chr(ord(LETTER) + number) * NAME_LENGTH,
            MANY,
            reached=True,
            counted=MANY,
            on_paper=MANY,
            filed_on=date(2025, 9, 24),
            filed_with=MANY,
            statement=LETTER * 300,
        )
        for number in range(MOST_CANDIDATES)
    )
    wanted = {
        Act.DEADLINE: write_moment(moment_at(EVENING, ZoneInfo(ZONE))),
        Act.COUNTED_BY: CountedBy.ONLINE_AND_COLLECTED.value,
    }
    acts = tuple(
        PendingAct(number, 1, act, wanted.get(act, "14"), False, ActState.WAITING, EVENING, True)
        for number, act in enumerate(Act)
    )
    found = Election(
        id=1,
        chat_id=1,
        thread_id=None,
        title=LETTER * TITLE_LENGTH,
        base=MANY,
        is_base_typed=True,
        is_provisional=True,
        is_frozen=False,
        rule=PRESETS["england"],
        is_open=True,
        candidates=candidates,
        for_each=True,
        newcomers_sign=True,
        timezone=ZONE,
        closes_at=EVENING,
        erase_at=EVENING,
        counted_by=CountedBy.ONLINE_AND_COLLECTED,
        pending=acts,
        today=date(2026, 9, 24),
        as_of=EVENING,
    )
    return replace(found, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_card_fits(language: str) -> None:
    words = load_words(language)
    for election in (longest(), longest(is_open=False), longest(recalled=LETTER * NAME_LENGTH)):
        card = draw_card(election, words).text
        assert card.units() <= MAX_TEXT
        for candidate in election.candidates:
            assert candidate.name[:7] in card, "each is still told from the others"
    for act in longest().pending:
        assert draw_act(ActSeen(act, longest(), MANY), words).text.units() <= MAX_TEXT
    assert draw_reminder(longest(), words).text.units() <= MAX_TEXT


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_cut_alike_and_only_where_they_must_be(language: str) -> None:
    words = load_words(language)
    usual = longest(candidates=longest().candidates[:3])
    assert all(one.name in draw_card(usual, words).text for one in usual.candidates)
    cut = draw_card(longest(), words).text
    kept = {cut.count(one.name[:1]) for one in longest().candidates[1:]}
    assert len(kept) == 1, "nobody has more of the card than another"
