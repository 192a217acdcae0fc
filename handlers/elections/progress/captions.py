"""Where elections stand, in words: all that a picture shows is said here too, in public numbers alone."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.fives import STEP
from bot.message.words import Html, Words, paragraphs
from handlers.elections.heart.lines import draw_progress, line_of_hour, titled
from handlers.elections.heart.wording import is_over, rule_in_words
from handlers.elections.progress.use_cases import Progress
from storage.elections.candidates import Candidate
from storage.elections.progress import ShownBuilding

MOST_UNITS = 1_024
"""Telegram takes no more beneath a picture."""


def caption(progress: Progress, words: Words) -> Html:
    """All of it, whether or not it has room beneath a picture."""
    parts = [in_full(progress, words)]
    if not progress.election.is_open:
        parts.append(is_over(progress.election, words))
    return paragraphs(*parts)


def beneath(progress: Progress, words: Words) -> Html:
    """The same for those who can't see the picture; the heading alone where it has no room."""
    return first_that_fits(caption(progress, words), heading(progress, words))


def first_that_fits(*captions: Html) -> Html:
    """The first of these that has room beneath a picture, or else the last."""
    return next((each for each in captions if each.units() <= MOST_UNITS), captions[-1])


def in_full(progress: Progress, words: Words) -> Html:
    candidates = progress.election.candidates
    parts = [heading(progress, words), *candidate_lines(progress, candidates, words)]
    if not candidates:
        parts.append(words("elections.card.nobody"))
    if progress.buildings:
        parts.append(_buildings(progress, words))
    parts += line_of_hour(progress.election, words)
    return paragraphs(*parts)


def in_brief(progress: Progress, words: Words) -> Html:
    election = progress.election
    if election.recalled is None:
        numbers = words.count("elections.list.candidates", len(election.candidates))
    else:
        numbers = words("recall.list.number")
    return Html(f"{heading(progress, words)}\n{numbers}")


def heading(progress: Progress, words: Words) -> Html:
    """Leading to the card where Telegram has links."""
    election = progress.election
    title: str | Html = election.title
    if progress.link:
        title = Html(
            f'<a href="{progress.link}">{words("elections.list.title", title=election.title)}</a>'
        )
    rule = rule_in_words(election.rule, election.base, words)
    return titled(title, rule, words)


def candidate_lines(
    progress: Progress, candidates: Iterable[Candidate], words: Words
) -> list[Html]:
    """How far these candidates are."""
    return [_candidate(progress, each, words) for each in candidates]


def few(words: Words, of: int = STEP) -> Html:
    """What is said in place of a number that is nothing, or too small to be told."""
    return words("elections.progress.few", n=words.number(min(STEP, of)))


def online_numbers(building: ShownBuilding, words: Words) -> list[Html]:
    """How many signed in the chat; nothing where that can't be told."""
    shown = building.number.shown
    if shown is None:
        return []
    if not shown:
        return [few(words)]
    number = words.number(shown)
    return [words("progress.or_more", n=number) if building.number.or_more else Html(number)]


def _building_numbers(building: ShownBuilding, words: Words, *, is_mixed: bool) -> list[Html]:
    """What is told of a building. Paper stands apart and is never added: of the sum one would take away
    what everyone knows, and in some elections one person may have signed in both ways."""
    online = online_numbers(building, words)
    if is_mixed:
        online = [words("progress.in_chat", number=number) for number in online]
    paper = building.number.paper
    return [*([words("progress.on_paper", n=words.number(paper))] if paper else []), *online]


def _candidate(progress: Progress, candidate: Candidate, words: Words) -> Html:
    line = draw_progress(progress.election, candidate, words)
    if not progress.election.is_open:
        return line
    return Html(f"{line}\n{_missing(progress, candidate, words)}")


def _missing(progress: Progress, candidate: Candidate, words: Words) -> Html:
    """How many more are needed, and when they would be there."""
    missing = progress.election.needed - candidate.counted
    if candidate.reached or missing <= 0:
        return words("elections.list.reached")
    said = words.count("elections.list.missing", missing)
    day = progress.forecasts.get(candidate.id)
    if day is None:
        return said
    return words("progress.forecast", missing=said, day=words.day_inside(day, today=progress.today))


def _buildings(progress: Progress, words: Words) -> Html:
    lines = [
        words("progress.building", name=each.name, number=Html(", ".join(numbers)))
        for each in progress.buildings
        if (numbers := _building_numbers(each, words, is_mixed=progress.is_mixed))
    ]
    return Html("\n".join([words("progress.buildings_below"), *lines]))
