"""What people see around candidates: who they are, who may sign for them, and their own pages."""

from __future__ import annotations

from bot.domain.elections.plan import Plan
from bot.message.face import Button, Face, chosen, shortened
from bot.message.words import Html, Words, paragraphs
from handlers.elections.beginning import Preview
from handlers.elections.candidates.nominating import Choice, Nominated
from handlers.elections.candidates.payloads import (
    Accept,
    CandidacyPage,
    ChooseForEach,
    ChooseNewcomers,
    Decline,
    DropWords,
    Leave,
    LeavePage,
    LetNewcomers,
    Nominate,
    SaveWords,
    WhoPage,
    WordsPage,
)
from handlers.elections.candidates.use_cases import Change, Farewell, Own
from handlers.elections.payloads import ConfirmPage, PreviewPage, SignPage
from handlers.elections.signing import OwnView
from storage.elections.elections import Election

_AT_ONCE = 3
"""Candidates on one page: with names and statements all of emoji they still fit into one message."""
_LABEL_LENGTH = 60


def statement(text: str, words: Words, *, name: str | None = None) -> list[Html]:
    """A candidate's own words as a paragraph, under their name; nothing where there are none."""
    if not text:
        return []
    if name is None:
        return [words("candidates.statement", statement=text)]
    return [words("candidates.words", name=name, statement=text)]


def electors_in_words(plan: Plan, words: Words) -> list[Html]:
    """How often one person signs, and who doesn't: a line each."""
    return [
        words("candidates.electors.each" if plan.for_each else "candidates.electors.one"),
        words("candidates.electors.all" if plan.newcomers_sign else "candidates.electors.before"),
    ]


def exceptions(election: Election, words: Words) -> list[Html]:
    """What everyone should know of an election that goes by other settings than the usual ones."""
    notes = []
    if election.for_each:
        notes.append(words("candidates.card.each"))
    if election.newcomers_sign:
        notes.append(words("candidates.card.newcomers"))
    return notes


def who_button(election: Election, words: Words) -> tuple[tuple[Button, ...], ...]:
    """The way to the candidates' own words, where anyone has written some."""
    if not any(candidate.statement for candidate in election.candidates):
        return ()
    return ((Button(words.plain("candidates.button.who"), WhoPage(election.id, 0)),),)


def managing_notes(election: Election, words: Words) -> list[Html]:
    """What organisers should know before anything else: somebody wrote into the database."""
    if not election.foreign_rows:
        return []
    return [words.count("candidates.foreign", election.foreign_rows)]


def newcomers_row(election: Election, words: Words) -> tuple[Button, ...]:
    """Lets newcomers sign, or keeps them out again."""
    label = "candidates.button.bar" if election.newcomers_sign else "candidates.button.let"
    may = 0 if election.newcomers_sign else 1
    return (Button(words.plain(label), LetNewcomers(election.id, may)),)


def back_to_ballot(election: Election, words: Words) -> tuple[tuple[Button, ...], ...]:
    """From one candidate back to all of them, where one may sign for several."""
    if not election.for_each or len(election.candidates) < 2:
        return ()
    return ((Button(words.plain("frame.button.back"), SignPage(election.id)),),)


def draw_ballot(view: OwnView, words: Words) -> Face:
    """Every candidate, those marked whom this person signed for; a tap leads on to each."""
    election = view.election
    names = [c.name for c in election.candidates if c.id in view.signed]
    standing = [words("candidates.ballot.counted", names=", ".join(names))] if names else []
    return Face(
        paragraphs(*standing, words("candidates.ballot.question", title=election.title)),
        tuple(
            (
                Button(
                    chosen(candidate.name, candidate.id in view.signed),
                    ConfirmPage(election.id, candidate.id),
                ),
            )
            for candidate in election.candidates
        ),
    )


def draw_who_stands(election: Election, page: int, words: Words) -> Face:
    """The candidates in their own words, a few at a time, in the order they stood."""
    last = max(0, (len(election.candidates) - 1) // _AT_ONCE)
    page = min(page, last)
    first = page * _AT_ONCE
    turns = []
    if page:
        turns.append(Button(words.plain("frame.button.previous"), WhoPage(election.id, page - 1)))
    if page < last:
        turns.append(Button(words.plain("frame.button.next"), WhoPage(election.id, page + 1)))
    sections = [
        words("candidates.words", name=candidate.name, statement=candidate.statement)
        if candidate.statement
        else words("candidates.name", name=candidate.name)
        for candidate in election.candidates[first : first + _AT_ONCE]
    ]
    return Face(
        paragraphs(words("candidates.who", title=election.title), *sections),
        (tuple(turns),) if turns else (),
    )


def draw_candidacies(standing: tuple[Election, ...], words: Words) -> Face:
    """Which of one's candidacies."""
    choices = tuple(
        (Button(shortened(election.title, _LABEL_LENGTH), CandidacyPage(election.id)),)
        for election in standing
    )
    return Face(words("candidates.mine.which"), choices)


def draw_candidacy(own: Own, words: Words) -> Face:
    """What neighbours read of a candidate, and what can be done about it."""
    election_id = own.election.id
    change = Button(words.plain("candidates.button.change"), WordsPage(election_id))
    leave = Button(words.plain("candidates.button.leave"), LeavePage(election_id))
    state = "candidates.mine.frozen" if own.is_frozen else "candidates.mine.open"
    return Face(
        paragraphs(
            words("candidates.mine.standing", title=own.election.title),
            _as_shown(own.candidacy.name, own.candidacy.statement, words),
            words(state),
        ),
        ((leave,),) if own.is_frozen else ((change,), (leave,)),
    )


def draw_words_page(own: Own, words: Words) -> Face:
    """Asks for other words; those of now can be copied."""
    return Face(words("candidates.change.ask", words=own.candidacy.as_typed()))


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
                    shortened(election.title, _LABEL_LENGTH), Nominate(choice.draft_id, election.id)
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


def draw_electors_page(preview: Preview, words: Words) -> Face:
    """How often one person signs, and whether newcomers may."""
    draft, plan = preview.draft_id, preview.plan
    often = tuple(
        (Button(chosen(words.plain(key), plan.for_each == bool(each)), ChooseForEach(draft, each)),)
        for key, each in (("candidates.button.one", 0), ("candidates.button.each", 1))
    )
    late = tuple(
        (
            Button(
                chosen(words.plain(key), plan.newcomers_sign == bool(may)),
                ChooseNewcomers(draft, may),
            ),
        )
        for key, may in (("candidates.button.before", 0), ("candidates.button.all", 1))
    )
    back = Button(words.plain("frame.button.back"), PreviewPage(draft))
    lines = Html("\n".join(f"• {line}" for line in electors_in_words(plan, words)))
    return Face(paragraphs(words("candidates.electors.question"), lines), (*often, *late, (back,)))


def _as_shown(name: str, text: str, words: Words) -> Html:
    if not text:
        return words("candidates.name", name=name)
    return words("candidates.words", name=name, statement=text)
