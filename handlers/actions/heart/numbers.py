"""How many come, in words: always people, never who."""

from __future__ import annotations

from datetime import datetime

from bot.domain.fives import STEP
from bot.message.words import Html, Words
from handlers.actions.heart.snapshot import Snapshot


def who_comes(snapshot: Snapshot, words: Words) -> list[Html]:
    """The numbers that everybody sees: none where nobody has answered. Where they are careful, the full hour
    of which they are."""
    counts = snapshot.counts
    said = [*_coming(snapshot, words)]
    if counts.waiting:
        said.append(words("actions.count.waiting", n=words.number(counts.waiting)))
    if counts.maybe:
        said.append(words("actions.count.maybe", n=words.number(counts.maybe)))
    lines = [words("actions.count.line", counts=Html(", ".join(said)))] if said else []
    if counts.asked_again:
        lines.append(words.count("actions.count.asked_again", counts.asked_again))
    if snapshot.as_of is not None:
        lines.append(_hour(snapshot, snapshot.as_of, words))
    return lines


def came(snapshot: Snapshot, words: Words) -> str:
    """How many said that they would come, once it is over."""
    going = snapshot.counts.going
    if snapshot.action.is_careful and not going:
        return words.plain("actions.card.few", n=words.number(STEP))
    return words.number(going)


def _coming(snapshot: Snapshot, words: Words) -> list[Html]:
    going, capacity = snapshot.counts.going, snapshot.action.capacity
    is_few = snapshot.action.is_careful and not going
    if capacity is None:
        if is_few:
            return [words("actions.count.few", n=words.number(STEP))]
        return [words.count("actions.count.going", going)] if going else []
    room = words.number(capacity)
    if going >= capacity:
        return [words("actions.count.full", capacity=room)]
    if is_few and capacity < STEP:
        return [words("actions.count.room", capacity=room)]  # it would never be said otherwise
    if is_few:
        return [words("actions.count.few_places", n=words.number(STEP), capacity=room)]
    return [words("actions.count.places", taken=words.number(going), capacity=room)]


def _hour(snapshot: Snapshot, at: datetime, words: Words) -> Html:
    """That the numbers move in fives, and of which full hour they are."""
    day = words.day_inside(at.date(), today=snapshot.today)
    return words("actions.card.as_of", time=words.time(at.time()), day=day)
