"""An election's card, which offers what everybody may do; what is behind it; and the posts about its numbers.

Every number here is the public one.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.elections.plan import NAME_LENGTH
from bot.message.face import Button, Face, shortened
from bot.message.labels import named
from bot.message.words import Html, Words, paragraphs
from handlers.elections.bulletins.payloads import GuidePage, LookPage, ProofPage
from handlers.elections.candidates.payloads import (
    AskNamePage,
    BeginStanding,
    CandidacyPage,
    WhoPage,
)
from handlers.elections.card.payloads import ManagePage, MorePage, NumbersPage
from handlers.elections.card.use_cases import More
from handlers.elections.ending.payloads import (
    CertificatePage,
    ClosedPage,
    ClosePage,
    DeadlinePage,
    DeletePage,
    FilePage,
    FreezePage,
    KeepPage,
    StrikePage,
)
from handlers.elections.heart.faces import to_card
from handlers.elections.heart.lines import (
    draw_progress,
    key_line,
    line_of_counting,
    line_of_hour,
    lines_after,
    lines_while_open,
    titled,
)
from handlers.elections.heart.wording import base_in_words, is_over, rule_in_words
from handlers.elections.progress.payloads import FIRST_LOOK, PicturePage, PrintSheets, Remind
from handlers.elections.signing.payloads import LetNewcomers, SignPage, Withdraw
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
    picture = Button(words.plain("progress.button.picture"), PicturePage(election.id, FIRST_LOOK))
    if not election.is_open:
        return ((picture, more),)
    sign = Button(words.plain("elections.button.sign"), SignPage(election.id))
    return ((sign,), (picture, more))


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


def draw_more_page(more: More, words: Words, *, is_organiser: bool) -> Face:
    """Nothing stands here that its reader may not do."""
    election = more.election
    rows = [*_of_candidates(more, words), *_of_signature(more, words)]
    about = NumbersPage(election.id)
    rows.append((Button(words.plain("elections.button.numbers"), about),))
    if is_organiser:
        rows.extend(_of_organisers(more, words))
    rows.extend(to_card(more.link, words))
    return Face(paragraphs(*_text(more, words)), tuple(rows))


def draw_numbers_page(election: Election, words: Words) -> Face:
    """Where the target comes from, why the numbers move as they do, and how they can be checked."""
    rule = rule_in_words(election.rule, election.base, words)
    parts = [words("elections.numbers.target", rule=rule)]
    if election.is_provisional and not election.is_frozen:
        parts.append(words("elections.card.provisional"))
    if election.is_open:
        parts += [words("elections.numbers.steps"), words("elections.numbers.check")]
        parts += line_of_hour(election, words)
    else:
        parts += lines_after(election, words)
    parts += key_line(election, words)
    guide = Button(words.plain("bulletins.button.guide"), GuidePage(election.id, 0))
    back = Button(words.plain("frame.button.back"), MorePage(election.id))
    return Face(paragraphs(*parts), ((guide,), (back,)))


def _text(more: More, words: Words) -> list[Html]:
    parts = [words("elections.more.heading", title=more.election.title)]
    if more.signed:
        parts.append(_signed(more, words))
    if more.is_open and more.election.recalled is None and not more.election.is_full:
        parts.append(words("elections.more.nominate"))
    return parts


def _signed(more: More, words: Words) -> Html:
    if more.election.recalled is not None:
        return words("elections.toast.signed")
    return words("candidates.ballot.counted", names=", ".join(one.name for one in more.signed))


def _of_candidates(more: More, words: Words) -> list[tuple[Button, ...]]:
    election = more.election
    rows: list[tuple[Button, ...]] = []
    if more.is_candidate:
        own = CandidacyPage(election.id)
        rows.append((Button(words.plain("candidates.button.own"), own),))
    if more.may_be_candidate:
        ask = AskNamePage(election.id)
        rows.append((Button(words.plain("candidates.button.stand"), ask),))
    if more.is_open and any(one.statement for one in election.candidates):
        who = WhoPage(election.id, 0)
        rows.append((Button(words.plain("candidates.button.who"), who),))
    return rows


def _of_signature(more: More, words: Words) -> list[tuple[Button, ...]]:
    """One's own signature, of several the page that has all; once it is over, only looking is left."""
    election = more.election
    if not more.signed:
        return []
    if election.for_each and len(election.candidates) > 1:
        own = Button(words.plain("elections.button.own"), SignPage(election.id))
        return [(own,)] if more.is_open else []
    at = (election.id, more.signed[0].id)
    look = Button(words.plain("bulletins.button.look"), LookPage(*at))
    if not more.is_open:
        return [(look,)]
    proof = Button(words.plain("bulletins.button.proof"), ProofPage(*at))
    withdraw = Button(words.plain("elections.button.withdraw"), Withdraw(election.id))
    return [(proof,), (look,), (withdraw,)]


def _of_organisers(more: More, words: Words) -> list[tuple[Button, ...]]:
    election = more.election
    manage = Button(words.plain("elections.button.manage"), ManagePage(election.id))
    rows: list[tuple[Button, ...]] = [(manage,)]
    if not election.is_open:
        after = Button(words.plain("ending.button.next"), ClosedPage(election.id))
        rows.insert(0, (after,))
    if more.is_open:
        remind = Button(words.plain("progress.button.remind"), Remind(election.id))
        rows.append((remind,))
    if more.is_open and election.candidates and election.recalled is None:
        sheets = Button(words.plain("progress.button.sheets"), PrintSheets(election.id))
        rows.append((sheets,))
    if election.is_open:
        close = Button(words.plain("elections.button.close"), ClosePage(election.id))
        is_next = any(one.reached for one in election.candidates)
        rows.insert(0 if is_next else len(rows), (close,))
    return rows


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
