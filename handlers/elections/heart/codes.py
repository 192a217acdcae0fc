"""Codes of what grants something: acts that wait, and what an election decided.

Whoever can write to the database but has no key can't make one. What they plant or change grants nothing: an
act lapses, a setting goes back to what it was. The operator's log is told.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import product

from bot.domain.elections.acts import KEPT_DAYS, USUAL_KEPT_DAYS
from bot.domain.elections.paper.ledger import CountedBy
from bot.safety.keys import mac, same
from bot.safety.logs import new_error_id
from bot.store import UnitOfWork
from handlers.elections.heart.count.counting import count_paper_anew
from storage import instance
from storage.elections import acts, elections, paper
from storage.elections.acts import ActRow
from storage.elections.elections import ElectionRow

logger = logging.getLogger(__name__)

_ACTS = "act-rows"
_SETTINGS = "election-settings"
_MARK = "election-codes"


@dataclass(frozen=True)
class _Settings:
    """What an election decided about who may sign, what counts, and how long it is remembered."""

    newcomers_sign: bool
    counted_by: CountedBy
    kept_days: int

    def code(self, work: UnitOfWork, election_id: int) -> bytes:
        key = work.keys.derive(_SETTINGS)
        counted_by = self.counted_by.value.encode()
        return mac(key, election_id, self.newcomers_sign, counted_by, self.kept_days)


def keep_act(work: UnitOfWork, act: ActRow) -> None:
    """The bot wrote this act as it is now."""
    act.code = _code_of_act(work, act)
    work.session.add(act)


def is_genuine_act(work: UnitOfWork, act: ActRow) -> bool:
    """Whether the bot wrote it so. What isn't is reported by whoever takes it away."""
    if act.code is None:
        return not _are_given(work)
    return same(act.code, _code_of_act(work, act))


def report_act(work: UnitOfWork, act: ActRow) -> None:
    """An act is taken away that the bot didn't write."""
    election_id = act.election_id
    work.later.report(
        lambda: logger.error(
            "fault %s: an act of election %d wasn't written by the bot and lapses",
            new_error_id(),
            election_id,
        )
    )


def keep_settings(work: UnitOfWork, election: ElectionRow) -> None:
    """The bot set what this election decided, as it is now."""
    election.code = _settings(election).code(work, election.id)
    work.session.add(election)


def newcomers_may_sign(work: UnitOfWork, election: ElectionRow) -> bool:
    """Whether those may sign who joined after an election opened. Not where somebody else wrote so."""
    return election.newcomers_sign and _has_genuine_settings(work, election)


def hold_settings(work: UnitOfWork, election: ElectionRow) -> None:
    """Put back what somebody else changed: the code tells which of the few possible settings was right.

    Where it was spoilt too, what is usual holds, and nothing is remembered for longer.
    """
    election_id, found = election.id, _settings(election)
    in_ledger = paper.setting(work.session, election_id).counted_by
    if _has_genuine_settings(work, election) and in_ledger is found.counted_by:
        return
    work.later.report(
        lambda: logger.error(
            "fault %s: somebody else changed the settings of election %d, and they are put back",
            new_error_id(),
            election_id,
        )
    )
    usual = _Settings(False, CountedBy.ONLINE_AND_CHECKED, min(found.kept_days, USUAL_KEPT_DAYS))
    code = election.code
    right = next(
        (one for one in _all_settings() if code and same(code, one.code(work, election_id))), usual
    )
    election.newcomers_sign, election.kept_days = right.newcomers_sign, right.kept_days
    paper.change_setting(work.session, election_id, counted_by=right.counted_by)
    count_paper_anew(work, election)
    keep_settings(work, election)
    work.later.redraw(elections.CARD, election_id)


def hold_all_settings(work: UnitOfWork) -> None:
    """Look whether somebody else changed what elections decided that still remember who signed.

    Rows from before there were codes are given one, once: the mark that this was done carries a code too.
    """
    if not _are_given(work):
        for election in elections.without_code(work.session):
            keep_settings(work, election)
        for act in acts.without_code(work.session):
            keep_act(work, act)
        instance.keep_election_codes(work.session, _mark(work))
    for election in elections.remembering(work.session):
        hold_settings(work, election)


def _settings(election: ElectionRow) -> _Settings:
    return _Settings(election.newcomers_sign, election.counted_by, election.kept_days)


def _all_settings() -> list[_Settings]:
    return [_Settings(*each) for each in product((False, True), CountedBy, KEPT_DAYS)]


def _has_genuine_settings(work: UnitOfWork, election: ElectionRow) -> bool:
    if election.code is None:
        return not _are_given(work)
    return same(election.code, _settings(election).code(work, election.id))


def _code_of_act(work: UnitOfWork, act: ActRow) -> bytes:
    return mac(
        work.keys.derive(_ACTS),
        act.id,
        act.election_id,
        act.act.value.encode(),
        act.candidate_id,
        (act.parameter or "").encode(),
        act.person_tag or b"",
        act.runs_alone,
        int(act.due_at.timestamp()),
    )


def _are_given(work: UnitOfWork) -> bool:
    """Whether a row without a code is none of the bot's."""
    mark = instance.election_codes(work.session)
    return mark is not None and same(mark, _mark(work))


def _mark(work: UnitOfWork) -> bytes:
    return mac(work.keys.derive(_MARK))
