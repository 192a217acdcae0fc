"""What organisers reach from an election's card."""

from __future__ import annotations

from bot.message.face import Button, Face
from bot.message.labels import named
from bot.message.words import Html, Words, paragraphs
from handlers.elections.card.payloads import MorePage
from handlers.elections.ending.payloads import (
    CertificatePage,
    ClosePage,
    DeadlinePage,
    DeletePage,
    FilePage,
    FreezePage,
    KeepPage,
    StrikePage,
)
from handlers.elections.signing.payloads import LetNewcomers
from storage.elections.elections import Election


def draw_manage_page(election: Election, words: Words) -> Face:
    """What is asked most often first, what can't be undone last."""
    rows = [*_while_open(election, words), *_about_the_end(election, words)]
    rows.append((Button(words.plain("frame.button.back"), MorePage(election.id)),))
    question = words("elections.manage.question", title=election.title)
    return Face(paragraphs(*_managing_notes(election, words), question), tuple(rows))


def _managing_notes(election: Election, words: Words) -> list[Html]:
    """What organisers should know before anything else: somebody wrote into the database, or left."""
    away = [words("candidates.away", name=one.name) for one in election.candidates if one.is_away]
    if not election.foreign_rows:
        return away
    return [words.count("candidates.foreign", election.foreign_rows), *away]


def _newcomers_row(election: Election, words: Words) -> tuple[Button, ...]:
    """Lets newcomers sign, or keeps them out again."""
    label = "candidates.button.bar" if election.newcomers_sign else "candidates.button.let"
    return (Button(words.plain(label), LetNewcomers(election.id, not election.newcomers_sign)),)


def _while_open(election: Election, words: Words) -> list[tuple[Button, ...]]:
    if not election.is_open:
        certificate = Button(words.plain("ending.button.certificate"), CertificatePage(election.id))
        return [(certificate,)]
    rows = [
        (Button(words.plain("ending.button.deadline"), DeadlinePage(election.id)),),
        _newcomers_row(election, words),
    ]
    if not election.is_frozen:
        rows.append((Button(words.plain("elections.button.freeze"), FreezePage(election.id)),))
    rows.append((Button(words.plain("elections.button.close"), ClosePage(election.id)),))
    return rows


def _about_the_end(election: Election, words: Words) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    for candidate in election.candidates:
        if candidate.reached and candidate.filed_on is None:
            label = named(words, "ending.button.filed", name=candidate.name)
            rows.append((Button(label, FilePage(candidate.id)),))
    if not election.is_erased:
        rows.append((Button(words.plain("ending.button.keep"), KeepPage(election.id)),))
    if election.is_open and election.candidates and election.recalled is None:
        rows.append((Button(words.plain("ending.button.strike"), StrikePage(election.id)),))
    rows.append((Button(words.plain("ending.button.delete"), DeletePage(election.id)),))
    return rows
