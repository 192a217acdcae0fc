"""Lines about an election that several parts show: numbers, deadlines, what waits, what comes after."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.elections.paper.ledger import CountedBy, counts_online
from bot.domain.elections.thresholds import bar
from bot.domain.fives import STEP
from bot.message.words import Html, Words, ends_a_day
from storage.elections.candidates import Candidate
from storage.elections.elections import Election

_CELLS = 10
_FULL, _EMPTY = "▰", "▱"


def lines_while_open(election: Election, words: Words) -> list[Html]:
    """What waits for a second organiser, and when signing closes."""
    waiting = _waiting(election, words)
    if election.closes_at is None:
        return waiting
    closes = deadline_in_words(election.closes_at, election, words)
    return [*waiting, words("ending.card.closes", moment=closes)]


def lines_after(election: Election, words: Words) -> list[Html]:
    """What waits for a second organiser, and until when it is remembered who signed."""
    waiting = _waiting(election, words)
    if election.is_erased or election.erase_at is None:
        return [*waiting, words("ending.card.erased")]
    erased_on = election.erase_at.astimezone(ZoneInfo(election.timezone)).date()
    day = words.day_inside(erased_on, today=election.today)
    return [*waiting, words("ending.card.kept", day=day)]


def line_of_counting(election: Election, words: Words) -> list[Html]:
    """Which numbers the target counts; nothing where only online ones are asked for and there."""
    has_paper = any(candidate.on_paper for candidate in election.candidates)
    is_usual = election.counted_by in (CountedBy.ONLINE, CountedBy.ONLINE_AND_CHECKED)
    if is_usual and not has_paper:
        return []
    what = words(f"paper.counts.{election.counted_by.value}")
    return [words("ending.card.counts", what=what)]


def line_of_hour(election: Election, words: Words) -> list[Html]:
    """The full hour of which the numbers are; nothing where they are final."""
    at = election.as_of
    if at is None or not election.is_open or not election.candidates:
        return []
    day = words.day_inside(at.date(), today=election.today)
    return [words("elections.as_of", time=words.time(at.time()), day=day)]


def key_line(election: Election, words: Words) -> list[Html]:
    """The key that signs its bulletins, where it is to be shown."""
    return [words("bulletins.key", fingerprint=election.key)] if election.key else []


def lines_of_candidate(election: Election, candidate: Candidate, words: Words) -> list[Html]:
    """Of what a candidate's number is made, and when it was filed."""
    lines = []
    if candidate.on_paper and counts_online(election.counted_by):
        online = words.number(candidate.shown)
        paper = words.number(candidate.on_paper)
        lines.append(words("ending.card.parts", online=online, paper=paper))
    if candidate.filed_on is not None:
        day = words.day_inside(candidate.filed_on, today=election.today)
        number = words.number(candidate.filed_with or 0)
        lines.append(words("ending.card.filed", day=day, number=number))
    return lines


def moment_in_words(at: datetime, election: Election, words: Words) -> Html:
    """A moment spelled out on the chat's clock; new clients show each reader's."""
    wall = at.astimezone(ZoneInfo(election.timezone)).replace(tzinfo=None)
    return words.local_time(at, words.moment(wall, election.timezone, today=election.today))


def deadline_in_words(at: datetime, election: Election, words: Words) -> Html:
    """A moment for use after "until", in the same way."""
    return until_in_words(at, election.timezone, election.today, words)


def until_in_words(at: datetime, timezone: str, today: date | None, words: Words) -> Html:
    """The same where there is no election yet."""
    wall = at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    said = words.deadline(wall, timezone, today=today)
    # A client of today would show midnight as 00:00 of the day after.
    return said if ends_a_day(wall) else words.local_time(at, said, weekday=False)


def _waiting(election: Election, words: Words) -> list[Html]:
    acts = dict.fromkeys(act.act for act in election.pending)
    return [words(f"ending.card.waits.{act.value}") for act in acts]


def statement(text: str, words: Words, *, name: str | None = None) -> list[Html]:
    """A candidate's own words as a paragraph, under their name; nothing where there are none."""
    if not text:
        return []
    if name is None:
        return [words("candidates.statement", statement=text)]
    return [words("candidates.words", name=name, statement=text)]


def draw_progress(election: Election, candidate: Candidate, words: Words) -> Html:
    """A candidate with the public number that counts, as a bar and in digits."""
    needed, counted = election.needed, candidate.counted
    cells = bar(counted, needed, _CELLS)
    if counted or not counts_online(election.counted_by):
        number = words.number(counted)
    else:
        number = words("elections.progress.few", n=words.number(min(STEP, needed)))
    progress = words(
        "elections.progress.reached" if candidate.reached else "elections.progress.under_way",
        name=candidate.name,
        bar=_FULL * cells + _EMPTY * (_CELLS - cells),
        number=number,
        needed=words.number(needed),
    )
    return Html("\n".join([progress, *lines_of_candidate(election, candidate, words)]))


def titled(title: str | Html, rule: Html, words: Words) -> Html:
    """An election's title above its rule."""
    return words("elections.card.heading", title=title, rule=rule)
