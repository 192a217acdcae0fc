"""What a person sees who signs: whom for, as somebody from which building, and that it stands."""

from __future__ import annotations

from bot.domain.paging import paging
from bot.message.face import Button, Face
from bot.message.labels import chosen, fitted, fitted_inside, named
from bot.message.turning import turning
from bot.message.words import Words, paragraphs
from handlers.elections.bulletins.payloads import ProofPage
from handlers.elections.heart.faces import to_card
from handlers.elections.heart.lines import statement
from handlers.elections.heart.wording import confirmation, sentence, signed
from handlers.elections.signing.payloads import (
    BuildingsPage,
    ConfirmPage,
    Sign,
    SignInBuilding,
    SignPage,
    Withdraw,
    WithdrawFrom,
)
from handlers.elections.signing.use_cases import OwnView, Withdrawn
from storage.elections.candidates import Candidate
from storage.elections.elections import Election

_BUILDINGS_AT_ONCE = 8


def back_to_ballot(election: Election, words: Words) -> tuple[tuple[Button, ...], ...]:
    """From one candidate back to all of them, where one may sign for several."""
    if not election.for_each or len(election.candidates) < 2:
        return ()
    return ((Button(words.plain("frame.button.back"), SignPage(election.id)),),)


def draw_ballot(view: OwnView, words: Words) -> Face:
    """Every candidate, those marked whom this person signed for; a tap leads on to each."""
    election = view.election
    names = [c.name for c in election.candidates if c.id in view.signed]
    counted = [words("candidates.ballot.counted", names=", ".join(names))] if names else []
    return Face(
        paragraphs(*counted, words("candidates.ballot.question", title=election.title)),
        tuple(
            (
                Button(
                    fitted(chosen(candidate.name, candidate.id in view.signed)),
                    ConfirmPage(election.id, candidate.id),
                ),
            )
            for candidate in election.candidates
        )
        + to_card(view.link, words),
    )


def draw_sign_page(view: OwnView, words: Words) -> Face:
    """Whom this person signed for; else whom they could sign for."""
    election = view.election
    if view.signed_for is not None:
        press = (
            WithdrawFrom(election.id, view.signed_for.id)
            if election.for_each
            else Withdraw(election.id)
        )
        withdraw = Button(words.plain("elections.button.withdraw"), press)
        proof = Button(
            words.plain("bulletins.button.proof"), ProofPage(election.id, view.signed_for.id)
        )
        text = signed(election, view.signed_for, view.moves_at, words)
        rest = (*to_card(view.link, words), *back_to_ballot(election, words))
        # Where the button stood that was tapped to sign, a second tap must not take it back.
        return Face(text, ((proof,), (withdraw,), *rest))
    if not election.candidates:
        return Face(words("elections.card.nobody"), to_card(view.link, words))
    if len(election.candidates) == 1:
        return draw_confirm_page(view, election.candidates[0], words)
    if election.for_each:
        return draw_ballot(view, words)
    choices = tuple(
        (Button(fitted(candidate.name), ConfirmPage(election.id, candidate.id)),)
        for candidate in election.candidates
    )
    return Face(words("elections.sign.whom", title=election.title), choices)


def draw_withdrawn_page(seen: Withdrawn, words: Words) -> Face:
    """That it is taken back, and the way to sign again or to the card."""
    again = Button(words.plain("elections.button.sign"), SignPage(seen.election.id))
    rows = ((again,),) if seen.may_sign else ()
    return Face(
        words("elections.withdrawn", title=seen.election.title),
        (*rows, *to_card(seen.link, words)),
    )


def draw_confirm_page(view: OwnView, candidate: Candidate, words: Words, page: int = 0) -> Face:
    """The sentence that the signature stands for, and the buttons that say it: one for each building."""
    election = view.election
    if view.buildings:
        rows = _building_buttons(view, candidate, words, page)
    else:
        label = named(words, confirmation(election), name=election.recalled or candidate.name)
        rows = [(Button(label, Sign(election.id, candidate.id)),)]
    if len(election.candidates) > 1:
        rows.append((Button(words.plain("frame.button.back"), SignPage(election.id)),))
    key = "confirm_building" if view.buildings else "confirm"
    question = words(
        f"candidates.sign.{key}" if election.for_each else f"elections.sign.{key}",
        title=election.title,
        sentence=sentence(election, candidate, words),
    )
    said = statement(candidate.statement, words, name=candidate.name)
    return Face(paragraphs(*said, question), tuple(rows))


def _building_buttons(
    view: OwnView, candidate: Candidate, words: Words, page: int
) -> list[tuple[Button, ...]]:
    at = (view.election.id, candidate.id)
    shown = paging(len(view.buildings), page, _BUILDINGS_AT_ONCE)
    return [
        *(
            (Button(fitted_inside(f"🏠 {building.name}"), SignInBuilding(*at, building.id)),)
            for building in shown.part(view.buildings)
        ),
        (Button(words.plain("elections.button.other_building"), Sign(*at)),),
        *turning(shown, lambda turned: BuildingsPage(*at, turned), words),
    ]
