"""Behind the card's "⋯": what this reader may do, and what the numbers mean."""

from __future__ import annotations

from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs
from handlers.elections.bulletins.payloads import GuidePage, LookPage, ProofPage
from handlers.elections.candidates.payloads import AskNamePage, CandidacyPage, WhoPage
from handlers.elections.card.payloads import ManagePage, MorePage, NumbersPage
from handlers.elections.card.use_cases import More
from handlers.elections.ending.payloads import ClosedPage, ClosePage
from handlers.elections.heart.lines import key_line, line_of_hour, lines_after, to_card
from handlers.elections.heart.wording import rule_in_words
from handlers.elections.progress.payloads import PrintSheets, Remind
from handlers.elections.signing.payloads import SignPage, Withdraw
from storage.elections.elections import Election


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
    elif any(one.reached for one in election.candidates):
        close = Button(words.plain("elections.button.close"), ClosePage(election.id))
        rows.insert(0, (close,))
    if more.is_open:
        remind = Button(words.plain("progress.button.remind"), Remind(election.id))
        rows.append((remind,))
    if more.is_open and election.candidates and election.recalled is None:
        sheets = Button(words.plain("progress.button.sheets"), PrintSheets(election.id))
        rows.append((sheets,))
    return rows
