"""Where an election stands, as a picture: the words that stand in it."""

from __future__ import annotations

import functools

from bot.domain.elections.paper.ledger import counts_online
from bot.message.words import Words
from handlers.elections.heart.courtyard.look import Look
from handlers.elections.heart.wording import rule_in_words
from handlers.elections.progress.captions import few, online_numbers
from handlers.elections.progress.picture import street, terrace
from handlers.elections.progress.picture.canvas import draw_picture
from handlers.elections.progress.picture.face import (
    MOST_BUILDINGS,
    Counted,
    PictureFace,
    Standing,
)
from handlers.elections.progress.use_cases import Progress
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.progress import ShownBuilding


@functools.lru_cache(maxsize=32)
def drawn(face: PictureFace) -> bytes:
    """The picture. A milestone sends the whole yard to look at once, and all see the same."""
    return draw_picture(face)


def picture_face(progress: Progress, words: Words, look: Look = Look.DUSK) -> PictureFace:
    """The words in the picture."""
    election = progress.election
    left_out = len(progress.buildings) - MOST_BUILDINGS
    buildings = tuple(
        _counted(building, number, words)
        for number, building in enumerate(progress.buildings[:MOST_BUILDINGS], start=1)
    )
    return PictureFace(
        title=election.title,
        rule=rule_in_words(election.rule, election.base, words).plain(),
        candidates=tuple(
            _standing(election, candidate, number, words)
            for number, candidate in enumerate(election.candidates, start=1)
        ),
        needed=election.needed,
        target=words.plain("progress.picture.target", n=words.number(election.needed)),
        nobody=words.plain("elections.card.nobody"),
        buildings_heading=words.plain("progress.buildings"),
        buildings_note=_window(street.window_size(buildings), words),
        buildings=buildings,
        more_buildings=words.count("progress.picture.more", left_out).plain()
        if left_out > 0
        else "",
        foot=_foot(progress, words),
        is_feast=election.recalled is None,
        look=look,
    )


def _standing(election: Election, candidate: Candidate, number: int, words: Words) -> Standing:
    is_few = not candidate.counted and counts_online(election.counted_by)
    shown = few(words, election.needed).plain() if is_few else words.number(candidate.counted)
    if candidate.reached:
        shown = words.plain("progress.picture.reached", number=shown)
    return Standing(
        label=candidate.name,
        stand_in=words.plain("progress.picture.candidate", n=words.number(number)),
        number=shown,
        of=words.plain("progress.picture.of", needed=words.number(election.needed)),
        shown=candidate.counted,
        is_reached=candidate.reached,
    )


def _counted(building: ShownBuilding, number: int, words: Words) -> Counted:
    """The number of the chat, and beneath it what was signed on paper."""
    told = building.number
    numbers = online_numbers(building, words)
    if told.paper:
        key = "progress.picture.and_paper" if numbers else "progress.on_paper"
        numbers.append(words(key, n=words.number(told.paper)))
    return Counted(
        label=building.name,
        stand_in=words.plain("progress.picture.building", n=words.number(number)),
        numbers=tuple(said.plain() for said in numbers),
        shown=told.sure,
        is_few=told.shown == 0,
    )


def _foot(progress: Progress, words: Words) -> tuple[str, ...]:
    """What a window stands for, whether the target may move, and of which hour the numbers are."""
    election = progress.election
    size = terrace.window_size(election.needed, len(election.candidates))
    notes = [_window(size, words)]
    if election.is_provisional and not election.is_frozen:
        notes.append(words.plain("progress.picture.provisional"))
    day = words.day(progress.today)
    as_of = election.as_of
    if election.is_open and as_of is not None:
        time = words.time(as_of.time())
        day = words.plain(
            "progress.picture.as_of", day=words.day(as_of, today=progress.today), time=time
        )
    return *notes, day[:1].upper() + day[1:]


def _window(size: int, words: Words) -> str:
    if size == 1:
        return words.plain("progress.picture.window")
    return words.plain("progress.picture.windows", n=words.number(size))
