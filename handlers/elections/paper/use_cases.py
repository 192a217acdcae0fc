"""The ledger of paper: what is seen and entered there, and what of it counts. Plain functions on a unit of
work."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.elections.acts import Act, Wanted
from bot.domain.elections.paper.ledger import (
    REASONS,
    Check,
    Entry,
    Numbers,
    Out,
    Returned,
    Voided,
    enter,
    require_validity,
)
from bot.domain.paging import Paging, paging
from bot.domain.refusal import Refused
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.acts import deeds
from handlers.elections.heart.acts.asking import Asked, ask
from handlers.elections.heart.reach import reachable_election, reachable_row
from handlers.elections.paper.packed_check import read_check
from handlers.elections.paper.reach import reachable_sheet
from storage.elections import candidates, elections, paper
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.paper import PaperSetting, PaperSheet, Totals

PAGE_LENGTH = 8
_MOST_LISTED = 8


@dataclass(frozen=True)
class Accepted:
    """So many signatures were officially accepted, for a candidate of one of these elections."""

    number: int
    elections: tuple[Election, ...]


@dataclass(frozen=True)
class Ledger:
    """An election's paper, with a page of its sheets."""

    election: Election
    # By candidate, in their order.
    numbers: tuple[tuple[Candidate, Numbers], ...]
    totals: Totals
    setting: PaperSetting
    paging: Paging
    sheets: tuple[PaperSheet, ...]
    # Whether the chat has other elections with paper.
    is_one_of_several: bool


@dataclass(frozen=True)
class SheetAndWhose:
    """A sheet of the ledger, and whose it is: None where its candidate doesn't stand any more."""

    sheet: PaperSheet
    whose: tuple[Election, Candidate] | None


@dataclass(frozen=True)
class Checking:
    """A sheet that is being looked at row by row, and what was said of it so far."""

    sheet: PaperSheet
    check: Check
    # The reason that was said last; "" before any was.
    last: str


@dataclass(frozen=True)
class Settings:
    """What an election decided about paper."""

    election: Election
    setting: PaperSetting


def with_paper(work: PersonalWork) -> tuple[Election, ...]:
    """The elections of this chat that have a ledger, one at least: all open ones, and past ones with
    sheets, which may still come back. Raises `Refused`."""
    chat = work.find_chat_here()
    return _with_paper(work, chat.id if chat else None)


def with_paper_in(work: PersonalWork, chat_id: int) -> tuple[Election, ...]:
    """The same of a chat that can be reached from here."""
    return _with_paper(work, work.reach(chat_id).id)


def accepted(work: PersonalWork, number: int) -> Accepted:
    """For whom so many signatures may have been officially accepted. Raises `Refused`."""
    return Accepted(number, with_paper(work))


def sheet_numbered(work: PersonalWork, number: int) -> int:
    """The id of the sheet with this number, where only one election has one. Raises `Refused`."""
    found = [
        paper.plain(sheet).id
        for election in with_paper(work)
        if (sheet := paper.find(work.session, election.id, number)) is not None
    ]
    if not found:
        raise Refused("paper.refused.no_such_sheet", number=number)
    if len(found) > 1:
        raise Refused("paper.refused.several")
    return found[0]


def ledger(work: PersonalWork, election_id: int, page: int) -> Ledger:
    """An election's paper; the last page of its sheets where there are fewer."""
    election = reachable_election(work, election_id)
    numbers = paper.numbers(work.session, election_id)
    count = paper.last_number(work.session, election_id)
    turned = paging(count, page, PAGE_LENGTH)
    found = paper.sheets(work.session, election_id, offset=turned.first, limit=turned.at_once)
    return Ledger(
        election=election,
        numbers=tuple((row, numbers[row.id]) for row in election.candidates),
        totals=paper.totals(work.session, election_id),
        setting=paper.setting(work.session, election_id),
        paging=turned,
        sheets=tuple(found),
        is_one_of_several=len(paper.elections_with_paper(work.session, election.chat_id, most=2))
        > 1,
    )


def sheet_seen(work: PersonalWork, sheet_id: int) -> PaperSheet:
    """A sheet of the ledger."""
    return paper.plain(reachable_sheet(work, sheet_id))


def returned_sheet(work: PersonalWork, sheet_id: int) -> PaperSheet:
    """A sheet that came back with rows filled, to be looked at row by row. Raises `Refused`."""
    row = sheet_seen(work, sheet_id)
    if not row.sheet.filled:
        raise Refused("paper.refused.not_returned")
    return row


def checking(work: PersonalWork, sheet_id: int, counts: str, last: str) -> Checking:
    """The same with what was found on it so far, as a button carries it. Raises `Refused`."""
    if last not in ("", *REASONS):
        raise Refused("frame.refused.unknown_thing")
    row = returned_sheet(work, sheet_id)
    check = read_check(counts)
    if check.total > row.sheet.filled:
        raise Refused("paper.refused.filled", most=row.sheet.filled)
    return Checking(row, check, last)


def sheet_and_whose(work: PersonalWork, sheet_id: int) -> SheetAndWhose:
    """A sheet of the ledger, and whose it is."""
    row = sheet_seen(work, sheet_id)
    return SheetAndWhose(row, whose_sheet(work, row))


def whose_sheet(work: UnitOfWork, row: PaperSheet) -> tuple[Election, Candidate] | None:
    """The candidate of a sheet, and their election; None where they don't stand any more."""
    stored = elections.get(work.session, row.election_id)
    if stored is None or row.candidate_id is None:
        return None
    election = elections.plain(work.session, stored)
    found = election.candidate(row.candidate_id)
    return (election, found) if found else None


def enter_numbered(work: PersonalWork, number: int, entry: Entry) -> int:
    """Enter something for the sheet with this number. Returns the sheet's id."""
    sheet_id = sheet_numbered(work, number)
    enter_for(work, sheet_id, entry)
    return sheet_id


def enter_out(work: PersonalWork, sheet_id: int) -> None:
    """It is with its collector after all."""
    enter_for(work, sheet_id, Out())


def enter_returned(work: PersonalWork, sheet_id: int, filled: int) -> None:
    """It came back with so many rows filled."""
    enter_for(work, sheet_id, Returned(filled))


def enter_check(work: PersonalWork, sheet_id: int, counts: str) -> None:
    """It was looked at row by row; `counts` is what was found, as a button carries it."""
    enter_for(work, sheet_id, read_check(counts))


def enter_void(work: PersonalWork, sheet_id: int) -> None:
    """It is lost or spoilt and doesn't count."""
    enter_for(work, sheet_id, Voided())


def enter_for(work: PersonalWork, sheet_id: int, entry: Entry) -> None:
    """Enter something for a sheet."""
    row = reachable_sheet(work, sheet_id)
    paper.keep(work.session, row, enter(paper.plain(row).sheet, entry))
    _count_anew(work, row.election_id)


def set_accepted(work: PersonalWork, candidate_id: int, number: int) -> Asked:
    """So many signatures for a candidate were officially accepted. Returns what came of it: where these are
    what counts, a second organiser has to agree."""
    wanted = Wanted(Act.ACCEPTED, str(number), candidate_id)
    return ask(work, election_of(work, candidate_id), wanted)


def election_of(work: UnitOfWork, candidate_id: int) -> int:
    """The id of the election in which a candidate stands or stood. Raises `Refused`."""
    row = candidates.get(work.session, candidate_id)
    if row is None:
        raise Refused("frame.refused.unknown_thing")
    return row.election_id


def counts_accepted(work: PersonalWork, candidate_id: int) -> bool:
    """Whether what was officially accepted is what counts for this candidate, or is to."""
    row = candidates.get(work.session, candidate_id)
    election = elections.get(work.session, row.election_id) if row else None
    return election is not None and deeds.counts_accepted(work, election)


def settings(work: PersonalWork, election_id: int) -> Settings:
    """What an election decided about paper."""
    election = reachable_election(work, election_id)
    return Settings(election, paper.setting(work.session, election_id))


def set_validity(work: PersonalWork, election_id: int, percent: int) -> None:
    """So many percent of what is collected are expected to prove valid."""
    reachable_row(work, election_id)
    paper.change_setting(work.session, election_id, validity=require_validity(percent))


def set_identity(work: PersonalWork, election_id: int, asks: bool) -> None:
    """Whether sheets printed from now on have a column for identity numbers."""
    reachable_row(work, election_id)
    paper.change_setting(work.session, election_id, asks_identity=asks)


def _with_paper(work: UnitOfWork, chat_id: int | None) -> tuple[Election, ...]:
    found = paper.elections_with_paper(work.session, chat_id, most=_MOST_LISTED) if chat_id else []
    if not found:
        raise Refused("paper.refused.none_open")
    return tuple(elections.plain(work.session, election) for election in found)


def _count_anew(work: UnitOfWork, election_id: int) -> None:
    """What paper adds to the target may be another number now."""
    paper.count_later(work.session, election_id, work.now)
    work.later.wake()
