"""What becomes of an act that waits, and of what an election decided, where somebody else wrote it.

Neither has a code then (`bot/safety/codes.py`), so it grants nothing: an act lapses, a setting goes back to
what it was. The operator's log is told.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import product

from bot.chores import Found, some
from bot.domain.elections.acts import KEPT_DAYS, USUAL_KEPT_DAYS
from bot.domain.elections.paper.ledger import CountedBy
from bot.safety.codes import is_genuine, vouch
from bot.safety.logs import report_tampering
from bot.store import UnitOfWork
from handlers.elections.heart.count.counting import count_paper_anew
from storage.elections import elections, paper
from storage.elections.acts import ActRow
from storage.elections.elections import ElectionRow

logger = logging.getLogger(__name__)

_LOOKED_AT_AT_ONCE = 50


def report_act(work: UnitOfWork, act: ActRow) -> None:
    """An act is taken away that the bot didn't write."""
    election_id = act.election_id
    work.later.report(
        lambda: report_tampering(
            logger, "an act of election %d wasn't written by the bot and lapses", election_id
        )
    )


def newcomers_may_sign(work: UnitOfWork, election: ElectionRow) -> bool:
    """Whether those may sign who joined after an election opened. Not where somebody else wrote so."""
    return election.newcomers_sign and is_genuine(work.keys, election)


def hold_settings(work: UnitOfWork, election: ElectionRow) -> None:
    """Put back what somebody else changed of what an election decided."""
    election_id, counted_by = election.id, election.counted_by
    if are_settings_genuine(work, election):
        return
    work.later.report(
        lambda: report_tampering(
            logger,
            "somebody else changed the settings of election %d, and they are put back",
            election_id,
        )
    )
    _find_settings(work, election)
    paper.change_setting(work.session, election_id, counted_by=election.counted_by)
    election.counted_by = counted_by
    count_paper_anew(work, election)
    vouch(work.keys, election)
    work.later.redraw(elections.CARD, election_id)


def find_changed_settings(work: UnitOfWork, after: int | None) -> Found[int]:
    """Look whether somebody else changed what elections decided that still remember who signed."""
    looked_at = elections.remembering(work.session, after or 0, _LOOKED_AT_AT_ONCE)
    for election in looked_at:
        if not are_settings_genuine(work, election):
            return Found([election.id], go_on=election.id)
    ids = [election.id for election in looked_at]
    return Found(go_on=some(ids, _LOOKED_AT_AT_ONCE).go_on)


def hold_found_settings(work: UnitOfWork, election_ids: Sequence[int]) -> None:
    """Put back what somebody else changed there."""
    for election_id in election_ids:
        election = elections.get(work.session, election_id)
        if election is not None and election.wrapped_key is not None:
            hold_settings(work, election)


def are_settings_genuine(work: UnitOfWork, election: ElectionRow) -> bool:
    """Whether what an election decided is as the bot wrote it."""
    in_ledger = paper.setting(work.session, election.id).counted_by
    return is_genuine(work.keys, election) and in_ledger is election.counted_by


def _find_settings(work: UnitOfWork, election: ElectionRow) -> None:
    """Set what the election's code stands for, one of the few things that can be set. Where the code was
    spoilt too, what is usual holds, and nobody is remembered for longer."""
    shortest = min(election.kept_days, USUAL_KEPT_DAYS)
    for newcomers_sign, counted_by, kept_days in product((False, True), CountedBy, KEPT_DAYS):
        election.newcomers_sign = newcomers_sign
        election.counted_by, election.kept_days = counted_by, kept_days
        if election.mac is not None and is_genuine(work.keys, election):
            return
    election.newcomers_sign = False
    election.counted_by, election.kept_days = CountedBy.ONLINE_AND_CHECKED, shortest
