"""An election's card, the posts about its numbers, and what organisers reach from it.

Every number here is the public one.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.elections.plan import NAME_LENGTH
from bot.message.face import Button, Face, shortened
from bot.message.labels import named
from bot.message.words import Html, Words, paragraphs
from handlers.elections.candidates.payloads import WhoPage
from handlers.elections.card.payloads import ManagePage
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
from handlers.elections.heart.lines import (
    draw_progress,
    line_of_counting,
    line_of_hour,
    lines_after,
    lines_while_open,
    titled,
)
from handlers.elections.heart.wording import (
    base_in_words,
    is_over,
    rule_in_words,
)
from handlers.elections.signing.payloads import (
    LetNewcomers,
    SignPage,
)
from storage.elections.elections import Election

_MOST_UNITS = 4_096
"""Telegram takes no more."""
_NAMES = (NAME_LENGTH, 32, 16, 8)
"""So many letters of each name stand on the card: the first length at which all of it fits."""


def draw_card(election: Election, words: Words) -> Face:
    """The card. Where long names leave no room for the numbers, all are shortened alike: nobody's stands out.
    In full they are on the page of the candidates."""
    if election.is_deleted:
        return Face(words("ending.card.deleted"))
    for most in _NAMES:
        face = _draw_with_names(election, most, words)
        if face.text.units() <= _MOST_UNITS:
            break
    return face


def _draw_with_names(election: Election, most: int, words: Words) -> Face:
    candidates = (replace(one, name=shortened(one.name, most)) for one in election.candidates)
    return _draw(replace(election, candidates=tuple(candidates)), words)


def _draw(election: Election, words: Words) -> Face:
    parts = [
        _heading(election, words),
        *(draw_progress(election, c, words) for c in election.candidates),
        *line_of_hour(election, words),
        *line_of_counting(election, words),
    ]
    manage = Button(words.plain("elections.button.manage"), ManagePage(election.id))
    if not election.is_open:
        over = (is_over(election, words), *lines_after(election, words))
        return Face(paragraphs(*parts, *over, *_key(election, words)), ((manage,),))
    parts += lines_while_open(election, words)
    if election.is_provisional and not election.is_frozen:
        parts.insert(1, words("elections.card.provisional"))
    if not election.candidates:
        parts.append(words("elections.card.nobody"))
    if not election.is_full and election.recalled is None:
        parts.append(words("elections.card.how_to_stand"))
    if not election.candidates:
        return Face(paragraphs(*parts), ((manage,),))
    parts.append(words("elections.card.note"))
    parts += (*_exceptions(election, words), *_key(election, words))
    sign = Button(words.plain("elections.button.sign"), SignPage(election.id))
    return Face(paragraphs(*parts), ((sign,), *_who_button(election, words), (manage,)))


def draw_base(election: Election, words: Words) -> Face:
    return Face(
        words(
            "elections.post.base",
            title=election.title,
            base=base_in_words(election.rule.counted, election.base, words),
            signatures=words.count("elections.rule.needed", election.needed),
        )
    )


def draw_manage_page(election: Election, words: Words) -> Face:
    rows: list[tuple[Button, ...]] = []
    if election.is_open:
        rows.append(_newcomers_row(election, words))
    if not election.is_frozen:
        rows.append((Button(words.plain("elections.button.freeze"), FreezePage(election.id)),))
    if election.is_open:
        rows.append((Button(words.plain("elections.button.close"), ClosePage(election.id)),))
    rows.extend(_manage_rows(election, words))
    question = words("elections.manage.question", title=election.title)
    return Face(paragraphs(*_managing_notes(election, words), question), tuple(rows))


def _heading(election: Election, words: Words) -> Html:
    return titled(election.title, rule_in_words(election.rule, election.base, words), words)


def _exceptions(election: Election, words: Words) -> list[Html]:
    """What everyone should know of an election that goes by other settings than the usual ones."""
    notes = []
    if election.for_each:
        notes.append(words("candidates.card.each"))
    if election.newcomers_sign:
        notes.append(words("candidates.card.newcomers"))
    return notes


def _key(election: Election, words: Words) -> list[Html]:
    return [words("bulletins.key", fingerprint=election.key)] if election.key else []


def _who_button(election: Election, words: Words) -> tuple[tuple[Button, ...], ...]:
    """The way to the candidates' own words, where anyone has written some."""
    if not any(candidate.statement for candidate in election.candidates):
        return ()
    return ((Button(words.plain("candidates.button.who"), WhoPage(election.id, 0)),),)


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


def _manage_rows(election: Election, words: Words) -> tuple[tuple[Button, ...], ...]:
    """What organisers can do about the end, beside closing and freezing."""
    rows: list[tuple[Button, ...]] = []
    if election.is_open:
        deadline = Button(words.plain("ending.button.deadline"), DeadlinePage(election.id))
        rows.append((deadline,))
    else:
        certificate = Button(words.plain("ending.button.certificate"), CertificatePage(election.id))
        rows.append((certificate,))
    for candidate in election.candidates:
        if candidate.reached and candidate.filed_on is None:
            label = named(words, "ending.button.filed", name=candidate.name)
            rows.append((Button(label, FilePage(candidate.id)),))
    if not election.is_erased:
        rows.append((Button(words.plain("ending.button.keep"), KeepPage(election.id)),))
    if election.is_open and election.candidates and election.recalled is None:
        rows.append((Button(words.plain("ending.button.strike"), StrikePage(election.id)),))
    rows.append((Button(words.plain("ending.button.delete"), DeletePage(election.id)),))
    return tuple(rows)
