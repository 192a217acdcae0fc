"""What signatures stand for and come to, in words: for somebody, or for recalling a representative."""

from __future__ import annotations

from bot.message.words import Html, Words
from handlers.elections.heart.rule_words import rule_in_words
from storage.elections.elections import Candidate, Election


def sentence(election: Election, candidate: Candidate, words: Words) -> Html:
    """What a person says by signing."""
    if election.recalled is not None:
        return words("recall.sign.sentence", name=election.recalled)
    return words("elections.sign.sentence", name=candidate.name)


def confirmation(election: Election, name: str, words: Words) -> Html:
    """The button under it; `name` is cut to fit."""
    if election.recalled is not None:
        return words("recall.sign.confirmation", name=name)
    return words("elections.sign.confirmation", name=name)


def signed(election: Election, candidate: Candidate, words: Words) -> Html:
    """What a person reads who has signed."""
    if election.recalled is not None:
        return words("recall.signed", name=election.recalled)
    return words("elections.signed", name=candidate.name, title=election.title)


def recall_reached(election: Election, words: Words) -> Html:
    """A recall has enough signatures."""
    rule = rule_in_words(election.rule, election.base, words)
    return words("recall.post.reached", name=election.recalled, rule=rule)


def undone(election: Election, candidate: Candidate, words: Words) -> Html:
    """There were enough signatures, and there aren't any more."""
    if election.recalled is not None:
        return words("recall.post.undone", name=election.recalled)
    return words("ending.post.undone", name=candidate.name, title=election.title)


def filing(election: Election, candidate: Candidate, words: Words) -> Html:
    """Whether the signatures were really filed."""
    number = words.number(candidate.counted)
    if election.recalled is not None:
        return words("recall.file.question", name=election.recalled, number=number)
    return words("ending.file.question", name=candidate.name, title=election.title, number=number)


def filed(election: Election, candidate: Candidate, words: Words) -> Html:
    """They were, and nothing undoes it."""
    number = words.number(candidate.filed_with or 0)
    if election.recalled is not None:
        return words("recall.post.filed", name=election.recalled, number=number)
    return words("ending.post.filed", name=candidate.name, title=election.title, number=number)


def is_over(election: Election, words: Words) -> Html:
    """Nobody signs here any more."""
    return words("elections.card.over" if election.recalled is None else "recall.card.over")


def result_heading(election: Election, words: Words) -> Html:
    """The same as news."""
    key = "elections.post.result" if election.recalled is None else "recall.post.result"
    return words(key, title=election.title)
