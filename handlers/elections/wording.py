"""What a signature stands for, in words: for somebody, or for recalling a representative."""

from __future__ import annotations

from bot.rule_words import rule_in_words
from bot.texts import Html, Words
from storage.elections import CandidateRow, ElectionRow


def sentence(election: ElectionRow, candidate: CandidateRow, words: Words) -> Html:
    """What a person says by signing."""
    if election.recalled is not None:
        return words("recall.sign.sentence", name=election.recalled)
    return words("elections.sign.sentence", name=candidate.name)


def confirmation(election: ElectionRow, name: str, words: Words) -> Html:
    """The button under it; `name` is cut to fit."""
    if election.recalled is not None:
        return words("recall.sign.confirmation", name=name)
    return words("elections.sign.confirmation", name=name)


def signed(election: ElectionRow, candidate: CandidateRow, words: Words) -> Html:
    """What a person reads who has signed."""
    if election.recalled is not None:
        return words("recall.signed", name=election.recalled)
    return words("elections.signed", name=candidate.name, title=election.title)


def recall_reached(election: ElectionRow, words: Words) -> Html:
    """A recall has enough signatures."""
    rule = rule_in_words(election.rule, election.base, words)
    return words("recall.post.reached", name=election.recalled, rule=rule)
