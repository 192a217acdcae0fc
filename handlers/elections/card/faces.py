"""An election's card, which offers what everybody may do, and the posts about its numbers.

Every number here is the public one.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.elections.plan import NAME_LENGTH
from bot.message.face import Button, Face, shortened
from bot.message.words import Html, Words, paragraphs
from handlers.elections.candidates.payloads import BeginStanding
from handlers.elections.card.payloads import MorePage
from handlers.elections.heart.lines import (
    draw_progress,
    key_line,
    line_of_counting,
    line_of_hour,
    lines_after,
    lines_while_open,
    titled,
)
from handlers.elections.heart.reach import OfCandidate
from handlers.elections.heart.wording import (
    base_in_words,
    is_over,
    recall_reached,
    rule_in_words,
)
from handlers.elections.progress.payloads import LIGHT, PicturePage
from handlers.elections.signing.payloads import SignPage
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
    if not election.is_open:
        over = (is_over(election, words), *lines_after(election, words))
        return Face(
            paragraphs(*parts, *over, *key_line(election, words)), _buttons(election, words)
        )
    parts += lines_while_open(election, words)
    if election.is_provisional and not election.is_frozen:
        parts.insert(1, words("elections.card.provisional"))
    if not election.candidates:
        parts.append(words("elections.card.nobody"))
        if election.recalled is None:
            parts.append(words("elections.card.be_first"))
        return Face(paragraphs(*parts), _buttons(election, words))
    if not election.is_full and election.recalled is None:
        parts.append(words("elections.card.how_to_stand"))
    parts.append(words("elections.card.note"))
    parts += (*_exceptions(election, words), *key_line(election, words))
    return Face(paragraphs(*parts), _buttons(election, words))


def _buttons(election: Election, words: Words) -> tuple[tuple[Button, ...], ...]:
    """What everybody may do, and one more for what this or that reader may."""
    more = Button(words.plain("frame.button.more"), MorePage(election.id))
    if not election.candidates:
        if not election.is_open or election.recalled is not None:
            return ((more,),)
        begin = BeginStanding(election.id)
        return ((Button(words.plain("candidates.button.stand"), begin),), (more,))
    picture = Button(words.plain("progress.button.picture"), PicturePage(election.id, LIGHT))
    if not election.is_open:
        return ((picture, more),)
    sign = Button(words.plain("elections.button.sign"), SignPage(election.id))
    return ((sign,), (picture, more))


def draw_reached(reached: OfCandidate, words: Words) -> Face:
    election = reached.election
    if election.recalled is not None:
        return Face(recall_reached(election, words))
    text = words(
        "elections.post.reached",
        name=reached.candidate.name,
        title=election.title,
        rule=rule_in_words(election.rule, election.base, words),
    )
    return Face(text)


def draw_base(election: Election, words: Words) -> Face:
    return Face(
        words(
            "elections.post.base",
            title=election.title,
            base=base_in_words(election.rule.counted, election.base, words),
            signatures=words.count("elections.rule.needed", election.needed),
        )
    )


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
