"""What may be found in bulletins, each kind with a code of its own and what it means for the verdict.

Words for a reader stand elsewhere; a check in another language finds the same codes in the same files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

MOST_KEPT = 20
"""Findings of one kind that are worth telling one by one."""


class Verdict(Enum):
    """What a check comes to. The gravest thing found decides, and they stand here in that order."""

    HOLDS = "holds"
    CANNOT_TELL = "cannot_tell"
    UNREADABLE = "unreadable"
    WRONG = "wrong"


_NOTE, _OPEN, _BAD, _WRONG = Verdict


class Kind(Enum):
    """A kind of finding: its code and its weight. A finding that leaves the verdict at HOLDS is a note:
    allowed, though somebody should say why."""

    # In one bulletin.
    UNREADABLE = ("unreadable", _BAD)
    HEAD_DIFFERS = ("head_differs", _WRONG)
    SIGNATURE_DIFFERS = ("signature_differs", _WRONG)
    PREVIOUS_MISPLACED = ("previous_misplaced", _WRONG)
    RULE_UNCLEAR = ("rule_unclear", _WRONG)
    NEEDED_DIFFERS = ("needed_differs", _WRONG)
    UNSORTED = ("unsorted", _WRONG)
    TWICE = ("twice", _WRONG)
    HASH_TWICE = ("hash_twice", _WRONG)
    TOTAL_DIFFERS = ("total_differs", _WRONG)
    SUM_DIFFERS = ("sum_differs", _WRONG)
    COUNT_DIFFERS = ("count_differs", _WRONG)
    EDITION_AHEAD = ("edition_ahead", _WRONG)
    CELL_UNSTATED = ("cell_unstated", _WRONG)
    BUILDING_UNLISTED = ("building_unlisted", _WRONG)
    CANDIDATE_UNLISTED = ("candidate_unlisted", _WRONG)
    OVER_CAP = ("over_cap", _WRONG)
    OVER_BASE = ("over_base", _WRONG)
    CANDIDATES_ALIKE = ("candidates_alike", _NOTE)
    BUILDINGS_ALIKE = ("buildings_alike", _NOTE)
    BASE_UNLIKE_BUILDINGS = ("base_unlike_buildings", _NOTE)

    # Between two, or in a row of them.
    ELECTIONS_DIFFER = ("elections_differ", _WRONG)
    KEYS_DIFFER = ("keys_differ", _WRONG)
    NUMBER_TWICE = ("number_twice", _WRONG)
    AFTER_LAST = ("after_last", _WRONG)
    DAY_EARLIER = ("day_earlier", _WRONG)
    TITLE_CHANGED = ("title_changed", _WRONG)
    RULE_CHANGED = ("rule_changed", _WRONG)
    SIGNING_CHANGED = ("signing_changed", _WRONG)
    NOT_FOLLOWING = ("not_following", _WRONG)
    CELL_REWRITTEN = ("cell_rewritten", _WRONG)
    BEGINNING_MISSING = ("beginning_missing", _OPEN)
    GAP = ("gap", _OPEN)
    BASE_CHANGED = ("base_changed", _NOTE)
    BUILDING_GONE = ("building_gone", _NOTE)
    BUILDING_NEW = ("building_new", _NOTE)
    CAP_CHANGED = ("cap_changed", _NOTE)
    CANDIDATE_GONE = ("candidate_gone", _NOTE)
    CANDIDATE_SHRUNK = ("candidate_shrunk", _NOTE)
    ALL_GONE = ("all_gone", _NOTE)

    # Against what somebody saw in the chat.
    SIGNER_UNKNOWN = ("signer_unknown", _OPEN)
    OTHER_KEY = ("other_key", _WRONG)
    OTHER_HEAD = ("other_head", _WRONG)
    HEAD_WITHOUT_FILE = ("head_without_file", _OPEN)

    # For a proof code.
    CODE_UNREADABLE = ("code_unreadable", _BAD)
    CODE_TWICE = ("code_twice", _WRONG)
    CODE_MISSING = ("code_missing", _OPEN)

    def __init__(self, code: str, verdict: Verdict) -> None:
        self.code = code
        self.verdict = verdict


@dataclass(frozen=True)
class Finding:
    """One thing that was found, with what its words need: numbers of bulletins, names, counts."""

    kind: Kind
    about: tuple[tuple[str, str | int], ...]


def found(kind: Kind, **about: str | int) -> Finding:
    return Finding(kind, tuple(about.items()))


class Tally:
    """Findings as they come: how many of each kind, and the first few of it. A file from anywhere may hold
    millions."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.counts: Counter[Kind] = Counter()
        self.first: list[Finding] = []
        self.add(findings)

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.counts[finding.kind] += 1
            if self.counts[finding.kind] <= MOST_KEPT:
                self.first.append(finding)

    @property
    def verdict(self) -> Verdict:
        return gravest(kind.verdict for kind in self.counts)


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    return max(verdicts, key=list(Verdict).index, default=Verdict.HOLDS)
