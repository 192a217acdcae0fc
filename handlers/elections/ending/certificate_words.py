"""The words on a certificate."""

from __future__ import annotations

from datetime import date

from bot.domain.elections.paper.ledger import Numbers, counts_online
from bot.domain.elections.rule import Rule
from bot.domain.fives import STEP
from bot.message.words import Words
from handlers.elections.ending.certificate import CertificateFace, Check, Elected, Hands
from handlers.elections.ending.result import Outcome
from handlers.elections.heart.lines import line_of_counting
from handlers.elections.heart.wording import rule_in_words, source_in_words
from storage.elections.candidates import Candidate

_MOST_LARGE = 2
"""So many names stand large; more stand in the table alone."""

_MOST_BUILDINGS = 6
_GROUP = 8
"""Digits of a head are compared by eye in groups of so many."""


def certificate_face(found: Outcome, words: Words) -> CertificateFace:
    """What stands on the certificate of an election, in the language of `words`."""
    election = found.election
    heading = words.plain("ending.print.heading")
    large = _large_ones(found)
    columns, rows = _table(found, words) if _needs_table(found, large) else ((), ())
    return CertificateFace(
        heading=heading,
        title=election.title,
        courtyard=_courtyard(found, words),
        is_courtyard_known=bool(found.buildings),
        elected=tuple(_large(found, one, words) for one in large),
        verdict=_verdict(found, words),
        columns=columns,
        rows=rows,
        facts=_facts(found, words),
        check=_check(found, words),
        hands=Hands(
            words.plain("ending.print.hands"),
            tuple(words.plain(f"ending.print.hand.{name}") for name in ("name", "sign", "date")),
        ),
        notes=_notes(found, words),
    )


def _large_ones(found: Outcome) -> tuple[Candidate, ...]:
    """Whose name and number stand large: those who have enough, or the only one."""
    candidates = found.election.candidates
    reached = tuple(one for one in candidates if one.reached)
    if len(candidates) == 1:
        return candidates
    return reached if len(reached) <= _MOST_LARGE else ()


def _large(found: Outcome, candidate: Candidate, words: Words) -> Elected:
    number = _counted(found, candidate, words)
    beneath = words.plain("ending.print.of", needed=words.number(found.election.needed))
    return Elected(candidate.name, number, number != _few(words), beneath)


def _counted(found: Outcome, candidate: Candidate, words: Words) -> str:
    if candidate.counted or not counts_online(found.election.counted_by):
        return words.number(candidate.counted)
    return _few(words)


def _few(words: Words) -> str:
    return words.plain("elections.progress.few", n=words.number(STEP))


def _verdict(found: Outcome, words: Words) -> str:
    candidates = found.election.candidates
    if not candidates:
        return words.plain("ending.print.nobody")
    reached = sum(one.reached for one in candidates)
    if len(candidates) == 1:
        return words.plain("ending.print.enough" if reached else "ending.print.not_enough")
    if not reached:
        return words.plain("ending.print.none_enough")
    return words.count(
        "ending.print.some_enough", reached, of=words.number(len(candidates))
    ).plain()


def _needs_table(found: Outcome, large: tuple[Candidate, ...]) -> bool:
    """Whether there is more to say of numbers than what stands large."""
    return len(large) < len(found.election.candidates) or _has_paper(found)


def _has_paper(found: Outcome) -> bool:
    return any(
        numbers.collected or numbers.accepted is not None for numbers in found.numbers.values()
    )


def _table(found: Outcome, words: Words) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Columns, and a row for each candidate; without columns of paper where there was none."""
    election = found.election
    paper = ("collected", "checked", "accepted") if _has_paper(found) else ()
    names = ("online", *paper, "counted", "reached")
    rows = []
    for candidate in election.candidates:
        said = _numbers(found.numbers[candidate.id], words)
        said["counted"] = _counted(found, candidate, words)
        enough = "ending.print.yes" if candidate.reached else "ending.print.no"
        said["reached"] = words.plain(enough)
        rows.append((candidate.name, *(said[name] for name in names)))
    # Above the names of candidates, or above the one thing that a recall is signed for.
    first = "ending.print.column.name" if election.recalled is None else "recall.print.column.name"
    labels = (words.plain(f"ending.print.column.{name}") for name in names)
    return (words.plain(first), *labels), tuple(rows)


def _numbers(numbers: Numbers, words: Words) -> dict[str, str]:
    accepted = numbers.accepted
    return {
        "online": words.number(numbers.online) if numbers.online else _few(words),
        "collected": words.number(numbers.collected),
        "checked": words.number(numbers.checked),
        "accepted": words.plain("ending.print.unknown")
        if accepted is None
        else words.number(accepted),
    }


def _courtyard(found: Outcome, words: Words) -> str:
    """The buildings whose residents the target counts; else the label of a line to write on."""
    names = found.buildings
    if not names:
        return words.plain("ending.print.courtyard")
    listed = "; ".join(names[:_MOST_BUILDINGS])  # an address has commas of its own
    more = len(names) - _MOST_BUILDINGS
    if more > 0:
        return words.count("ending.print.some_buildings", more, buildings=listed).plain()
    return listed


def _facts(found: Outcome, words: Words) -> tuple[tuple[str, str], ...]:
    election = found.election
    facts = {
        "rule": rule_in_words(election.rule, election.base, words).plain(),
        "source": _source(election.rule, words),
        "opened": _day(found.opened_on, words),
        "closed": _day(election.closed_on, words),
    }
    known = [
        (words.plain(f"ending.print.fact.{name}"), said) for name, said in facts.items() if said
    ]
    if line_of_counting(election, words):
        what = words.plain(f"paper.counts.{election.counted_by.value}")
        known.append((words.plain("ending.print.fact.counts"), what))
    filed = [
        (words.plain("ending.print.fact.filed"), _filed(candidate, words))
        for candidate in election.candidates
        if candidate.filed_on is not None
    ]
    return (*known, *filed)


def _source(rule: Rule, words: Words) -> str:
    """Where the rule comes from, without the advice that the card has: this is read when all is over."""
    key = f"ending.print.source.{rule.source}"
    return words.plain(key) if words.has(key) else source_in_words(rule, words).plain()


def _filed(candidate: Candidate, words: Words) -> str:
    return words.plain(
        "ending.print.filed",
        name=candidate.name,
        day=_day(candidate.filed_on, words),
        number=words.number(candidate.filed_with or 0),
    )


def _check(found: Outcome, words: Words) -> Check:
    """How anybody checks the numbers; where no bulletin came out, that there is none."""
    bulletin = found.bulletin
    how, facts = words.plain("ending.print.check.none"), list[tuple[str, str]]()
    if bulletin is not None:
        how = words.plain("ending.print.check.how")
        number = words.number(bulletin.number)
        label = words.plain("ending.print.fact.bulletin", n=number)
        facts.append((label, _in_groups(bulletin.head)))
        if bulletin.key is not None:
            facts.append((words.plain("ending.print.fact.key"), bulletin.key))
    return Check(
        words.plain("ending.print.check"),
        how,
        tuple(facts),
        found.link,
        words.plain("ending.print.code"),
    )


def _in_groups(head: str) -> str:
    return " ".join(head[at : at + _GROUP] for at in range(0, len(head), _GROUP))


def _notes(found: Outcome, words: Words) -> tuple[str, ...]:
    """What the page doesn't say, small at its foot."""
    election = found.election
    keys = []
    if election.recalled is None and any(one.reached for one in election.candidates):
        keys.append("ending.recognition")
    if election.candidates:
        keys.append("ending.print.online")
    if _has_paper(found):
        keys.append("ending.print.paper")
    if election.is_provisional:
        keys.append("ending.print.estimated")
    return tuple(words.plain(key) for key in (*keys, "ending.print.meaning"))


def _day(day: date | None, words: Words) -> str:
    return words.date(day) if day else ""
