"""A rule in words, and what signatures stand for and come to: for somebody, or for recalling one."""

from __future__ import annotations

from datetime import datetime

from bot.domain.elections.rule import Counted, Rule
from bot.domain.elections.thresholds import Threshold
from bot.message.words import Html, Words
from storage.elections.candidates import Candidate
from storage.elections.elections import Election


def sentence(election: Election, candidate: Candidate, words: Words) -> Html:
    """What a person says by signing."""
    if election.recalled is not None:
        return words("recall.sign.sentence", name=election.recalled)
    return words("elections.sign.sentence", name=candidate.name)


def confirmation(election: Election) -> str:
    """The key of the button under it, which names the person first."""
    if election.recalled is not None:
        return "recall.sign.confirmation"
    return "elections.sign.confirmation"


def signed(election: Election, candidate: Candidate, moves_at: datetime, words: Words) -> Html:
    """What a person reads who has signed: also when the number on the card may move next.

    Whether it will isn't said. That would tell the true count to whoever signs and withdraws.
    """
    moves = words("elections.moves", time=words.time(moves_at.time()))
    if election.recalled is not None:
        return words("recall.signed", name=election.recalled, moves=moves)
    return words("elections.signed", name=candidate.name, title=election.title, moves=moves)


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


def rule_in_words(rule: Rule, base: int, words: Words) -> Html:
    """At least 25 percent of 400 residents: 100 signatures."""
    asked = rule.asked(base)
    signatures = words.count("elections.rule.needed", rule.needed(base))
    counted = base_in_words(rule.counted, base, words)
    if isinstance(asked, int):
        return words("elections.rule.flat", base=counted, signatures=signatures)
    key = "elections.rule.more_than" if asked.strict else "elections.rule.at_least"
    return words(key, share=_share(asked, words), base=counted, signatures=signatures)


def base_in_words(counted: Counted, base: int, words: Words) -> Html:
    """400 residents, in the case that "25 percent of" wants."""
    return words.count(f"elections.rule.{counted.value}", base)


def source_in_words(rule: Rule, words: Words) -> Html:
    """Where the rule comes from, and when that was looked up."""
    source = words(f"elections.source.{rule.source}")
    if rule.checked is None:
        return source
    return Html(
        f"{source} {words('elections.source.checked', date=words.day_inside(rule.checked))}"
    )


def _share(share: Threshold, words: Words) -> Html:
    """25 percent; 1/3 where percent wouldn't be exact."""
    hundredths, rest = divmod(10_000 * share.numerator, share.denominator)
    if rest:
        return Html(f"{share.numerator}/{share.denominator}")
    return words("elections.rule.percent", percent=words.number(hundredths / 100))
