"""What is said of an action in several places: the announcement itself, and what its numbers give away."""

from __future__ import annotations

from bot.message.words import Html, Words
from handlers.actions.heart.snapshot import Snapshot


def body(
    title: str,
    moment: Html | None,
    place: str,
    details: str,
    words: Words,
    *,
    capacity: int | None = None,
) -> Html:
    """An announcement, as much of it as there is."""
    lines = [words("actions.card.title", title=title)] if title else []
    if moment is not None:
        lines.append(words("actions.card.moment", moment=moment))
    if place:
        lines.append(words("actions.card.place", place=place))
    if capacity is not None:
        lines.append(words("actions.card.capacity", n=words.number(capacity)))
    if details:
        lines.append(words("actions.card.details", details=details))
    return Html("\n".join(lines))


def when(snapshot: Snapshot, words: Words) -> Html:
    """The moment on the neighbourhood's own clock; new clients show each reader's."""
    action = snapshot.action
    spelled = words.moment(action.wall, action.timezone, today=snapshot.today)
    return words.local_time(action.starts_at, spelled)


def watched(words: Words, *, is_careful: bool) -> Html:
    """What whoever watches a card closely can see by its numbers."""
    return words("actions.watched.careful" if is_careful else "actions.watched.live")
