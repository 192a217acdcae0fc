"""What a card says about the end of an election and about what counts, line by line."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.elections.paper.ledger import CountedBy, counts_online
from bot.message.words import Html, Words
from storage.elections.elections import Candidate, Election


def lines_while_open(election: Election, words: Words) -> list[Html]:
    """What waits for a second organiser, and when signing closes."""
    waiting = _waiting(election, words)
    if election.closes_at is None:
        return waiting
    closes = moment_in_words(election.closes_at, election.timezone, words)
    return [*waiting, words("ending.card.closes", moment=closes)]


def lines_after(election: Election, words: Words) -> list[Html]:
    """What waits for a second organiser, and until when it is remembered who signed."""
    waiting = _waiting(election, words)
    if election.is_erased or election.erase_at is None:
        return [*waiting, words("ending.card.erased")]
    day = words.date(election.erase_at.astimezone(ZoneInfo(election.timezone)).date())
    return [*waiting, words("ending.card.kept", day=day)]


def line_of_counting(election: Election, words: Words) -> list[Html]:
    """Which numbers the target counts; nothing where only online ones are asked for and there."""
    has_paper = any(candidate.on_paper for candidate in election.candidates)
    is_usual = election.counted_by in (CountedBy.ONLINE, CountedBy.ONLINE_AND_CHECKED)
    if is_usual and not has_paper:
        return []
    what = words(f"paper.counts.{election.counted_by.value}")
    return [words("ending.card.counts", what=what)]


def lines_of_candidate(election: Election, candidate: Candidate, words: Words) -> list[Html]:
    """Of what a candidate's number is made, and when it was filed."""
    lines = []
    if candidate.on_paper and counts_online(election.counted_by):
        online = words.number(candidate.shown)
        paper = words.number(candidate.on_paper)
        lines.append(words("ending.card.parts", online=online, paper=paper))
    if candidate.filed_on is not None:
        day, number = words.date(candidate.filed_on), words.number(candidate.filed_with or 0)
        lines.append(words("ending.card.filed", day=day, number=number))
    return lines


def moment_in_words(at: datetime, timezone: str, words: Words) -> Html:
    """A moment spelled out on the chat's clock; new clients show each reader's."""
    wall = at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    return words.local_time(at, words.moment(wall, timezone))


def _waiting(election: Election, words: Words) -> list[Html]:
    return [words(f"ending.card.waits.{act.act.value}") for act in election.pending]
