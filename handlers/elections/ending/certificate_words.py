"""The words on a certificate."""

from __future__ import annotations

from datetime import date

from bot.domain.elections.paper.ledger import Numbers, counts_online
from bot.domain.fives import STEP
from bot.message.words import Words
from handlers.elections.ending.certificate import CertificateFace
from handlers.elections.ending.use_cases import Outcome
from handlers.elections.heart.wording import base_in_words, rule_in_words, source_in_words
from storage.elections.candidates import Candidate
from storage.elections.elections import Election

_COLUMNS = ("online", "collected", "checked", "accepted", "counted", "reached")


def certificate_face(found: Outcome, words: Words) -> CertificateFace:
    """What stands on the certificate of an election, in the language of `words`."""
    election = found.election
    heading = words.plain("ending.print.heading")
    what = words.plain(f"paper.counts.{election.counted_by.value}")
    few = words.plain("elections.progress.few", n=words.number(STEP))
    zero = few if counts_online(election.counted_by) else words.number(0)
    return CertificateFace(
        heading=heading,
        title=election.title,
        facts=_facts(found, words),
        columns=(_whose(election, words), *_columns(words)),
        rows=tuple(
            (
                candidate.name,
                *_online_and_paper(found.numbers[candidate.id], few, words),
                words.number(candidate.counted) if candidate.counted else zero,
                words.plain("ending.print.yes" if candidate.reached else "ending.print.no"),
            )
            for candidate in election.candidates
        ),
        notes=(
            words.plain("ending.print.counts", what=what),
            words.plain("ending.print.numbers"),
            words.plain("ending.print.meaning"),
            *([words.plain("ending.recognition")] if election.recalled is None else []),
            *([words.plain("ending.print.code")] if found.link else []),
        ),
        address=found.link,
        foot=lambda page: words.plain("ending.print.foot", heading=heading, page=page),
    )


def _whose(election: Election, words: Words) -> str:
    """Above the names of candidates, or above the one thing that a recall is signed for."""
    is_recall = election.recalled is not None
    return words.plain("recall.print.column.name" if is_recall else "ending.print.column.name")


def _columns(words: Words) -> tuple[str, ...]:
    return tuple(words.plain(f"ending.print.column.{name}") for name in _COLUMNS)


def _facts(found: Outcome, words: Words) -> tuple[tuple[str, str], ...]:
    election = found.election
    base = base_in_words(election.rule.counted, election.base, words)
    if found.base_version > 1:
        version = words.number(found.base_version)
        base = words("ending.print.base", base=base, version=version)
    facts = {
        "rule": rule_in_words(election.rule, election.base, words).plain(),
        "source": source_in_words(election.rule, words).plain(),
        "base": base.plain(),
        "opened": _day(found.opened_on, words),
        "closed": _day(election.closed_on, words),
        "bulletin": found.bulletin_head or "",
        "key": found.bulletin_key or "",
    }
    known = [
        (words.plain(f"ending.print.fact.{name}"), said) for name, said in facts.items() if said
    ]
    filed = [
        (words.plain("ending.print.fact.filed"), _filed(candidate, words))
        for candidate in election.candidates
        if candidate.filed_on is not None
    ]
    return (*known, *filed)


def _filed(candidate: Candidate, words: Words) -> str:
    return words.plain(
        "ending.print.filed",
        name=candidate.name,
        day=_day(candidate.filed_on, words),
        number=words.number(candidate.filed_with or 0),
    )


def _online_and_paper(numbers: Numbers, few: str, words: Words) -> tuple[str, ...]:
    """The four numbers, in the order of their columns."""
    accepted = numbers.accepted
    return (
        words.number(numbers.online) if numbers.online else few,
        words.number(numbers.collected),
        words.number(numbers.checked),
        words.plain("ending.print.unknown") if accepted is None else words.number(accepted),
    )


def _day(day: date | None, words: Words) -> str:
    return words.date(day) if day else ""
