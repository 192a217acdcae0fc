"""What people see around candidates: who they are, who may sign for them, and their own pages."""

from __future__ import annotations

from bot.domain.paging import paging
from bot.message.face import Button, Face
from bot.message.labels import fitted, named
from bot.message.turning import turning
from bot.message.words import Html, Words, paragraphs
from handlers.elections.candidates.nominating import Choice, Nominated
from handlers.elections.candidates.payloads import (
    Accept,
    AskNamePage,
    CandidacyPage,
    Decline,
    DropStanding,
    DropWords,
    Leave,
    LeavePage,
    Nominate,
    SaveWords,
    Stand,
    StandInPage,
    WhoPage,
    WordsPage,
)
from handlers.elections.candidates.standing import Standing
from handlers.elections.candidates.use_cases import Change, Farewell, Own
from handlers.elections.card.payloads import MorePage
from handlers.elections.heart.faces import to_card
from handlers.elections.heart.lines import statement
from storage.elections.elections import Election

_AT_ONCE = 3
"""Candidates on one page: with names and statements all of emoji they still fit into one message."""


def draw_who_stands(election: Election, page: int, words: Words) -> Face:
    """The candidates in their own words, a few at a time, in the order they stood."""
    shown = paging(len(election.candidates), page, _AT_ONCE)
    sections = [
        _as_shown(candidate.name, candidate.statement, words)
        for candidate in shown.part(election.candidates)
    ]
    return Face(
        paragraphs(words("candidates.who", title=election.title), *sections),
        (
            *turning(shown, lambda turned: WhoPage(election.id, turned), words),
            (Button(words.plain("frame.button.back"), MorePage(election.id)),),
        ),
    )


def draw_candidacies(standing: tuple[Election, ...], words: Words) -> Face:
    """Which of one's candidacies."""
    choices = tuple(
        (Button(fitted(election.title), CandidacyPage(election.id)),) for election in standing
    )
    return Face(words("candidates.mine.which"), choices)


def draw_candidacy(own: Own, words: Words) -> Face:
    """What neighbours read of a candidate, and what can be done about it."""
    election_id = own.election.id
    change = Button(words.plain("candidates.button.change"), WordsPage(election_id))
    leave = Button(words.plain("candidates.button.leave"), LeavePage(election_id))
    state = "candidates.mine.frozen" if own.is_frozen else "candidates.mine.open"
    rows = ((leave,),) if own.is_frozen else ((change,), (leave,))
    back = Button(words.plain("frame.button.back"), MorePage(election_id))
    return Face(
        paragraphs(
            words("candidates.mine.standing", title=own.election.title),
            _as_shown(own.candidacy.name, own.candidacy.statement, words),
            words(state),
        ),
        (*rows, *to_card(own.link, words), (back,)),
    )


def draw_words_page(own: Own, words: Words) -> Face:
    """Asks for other words; those of now can be copied."""
    back = Button(words.plain("frame.button.back"), CandidacyPage(own.election.id))
    return Face(words("candidates.change.ask", words=own.candidacy.as_typed()), ((back,),))


def draw_change(change: Change, words: Words) -> Face:
    """The new words as neighbours will read them."""
    return Face(
        paragraphs(
            words("candidates.change.preview", title=change.election.title),
            _as_shown(change.candidacy.name, change.candidacy.statement, words),
        ),
        (
            (
                Button(words.plain("frame.button.save"), SaveWords(change.draft_id)),
                Button(words.plain("frame.button.cancel"), DropWords(change.draft_id)),
            ),
        ),
    )


def draw_leave_page(own: Own, words: Words) -> Face:
    """What leaving does, before it is done."""
    return Face(
        words("candidates.leave.question", title=own.election.title, name=own.candidacy.name),
        (
            (Button(words.plain("candidates.button.leave_surely"), Leave(own.election.id)),),
            (Button(words.plain("frame.button.back"), CandidacyPage(own.election.id)),),
        ),
    )


def draw_farewell(farewell: Farewell, words: Words) -> Face:
    return Face(words("candidates.post.left", name=farewell.name, title=farewell.title))


def draw_nominate_page(choice: Choice, words: Words) -> Face:
    """For which election."""
    return Face(
        words("candidates.nominate.which"),
        tuple(
            (
                Button(
                    fitted(election.title),
                    Nominate(choice.draft_id, election.id),
                ),
            )
            for election in choice.elections
        ),
    )


def draw_nomination(nominated: Nominated, words: Words) -> Face:
    """The question, seen by all and answered by one."""
    return Face(
        words("candidates.nominate.question", title=nominated.election.title),
        (
            (
                Button(words.plain("candidates.button.accept"), Accept(nominated.id)),
                Button(words.plain("candidates.button.decline"), Decline(nominated.id)),
            ),
        ),
    )


def draw_accept_page(election: Election, words: Words) -> Face:
    """Asks whoever was proposed for their words."""
    return Face(words("candidates.accept.ask", title=election.title))


def _as_shown(name: str, text: str, words: Words) -> Html:
    if not text:
        return words("candidates.name", name=name)
    return words("candidates.words", name=name, statement=text)


def draw_where_to_stand(free: tuple[Election, ...], words: Words) -> Face:
    """What becoming a candidate is; which election, where there are several."""
    several = len(free) > 1
    one = words.plain("candidates.button.stand")
    rows = tuple(
        (Button(fitted(f"🙋 {each.title}") if several else one, AskNamePage(each.id)),)
        for each in free
    )
    return Face(words("candidates.stand.how"), rows)


def draw_ask_name(election: Election, words: Words) -> Face:
    """Asks for the name, before anything of it is public."""
    return Face(words("candidates.stand.ask", title=election.title))


def draw_stand_page(standing: Standing, words: Words) -> Face:
    """In which election, where there are several; otherwise whether they really want it."""
    drop = Button(words.plain("frame.button.cancel"), DropStanding(standing.draft_id))
    if len(standing.elections) > 1:
        choices = tuple(
            (Button(fitted(row.title), StandInPage(standing.draft_id, row.id)),)
            for row in standing.elections
        )
        return Face(words("elections.stand.which", name=standing.name), (*choices, (drop,)))
    (election,) = standing.elections
    label = named(words, "elections.button.stand", name=standing.name)
    retype = [words("candidates.stand.retype")] if standing.is_awaited else []
    return Face(
        paragraphs(
            *statement(standing.statement, words),
            words("elections.stand.question", name=standing.name, title=election.title),
            *retype,
        ),
        ((Button(label, Stand(standing.draft_id, election.id)),), (drop,)),
    )
