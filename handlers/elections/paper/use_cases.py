"""How sheets are printed and what is entered for them. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.domain.elections.paper.ledger import (
    MOST_SHEETS,
    CountedBy,
    Entry,
    Numbers,
    Order,
    enter,
    read_order,
    require_accepted,
    require_rows,
    require_validity,
)
from bot.domain.refusal import Refused
from bot.message.addresses import card_link
from bot.person.drafts import (
    OpenDraft,
    change_draft,
    end_draft,
    find_draft,
    keep_draft,
    open_draft,
)
from bot.store import PersonalWork, UnitOfWork
from storage import chats
from storage.elections import buildings, candidates, elections, paper
from storage.elections.buildings import Building
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.paper import PaperSetting, PaperSheet, SheetRow, Totals

ORDER_FLOW = "paper.order"

PAGE_LENGTH = 8
_MOST_LISTED = 8


@dataclass(frozen=True)
class Ordered:
    """A sheet before it is printed, the elections it could be for, and what is left to be chosen.

    `candidate` is set where there is one election and one choice in it; `buildings` are empty where a
    building was typed or chosen, or none is listed.
    """

    draft_id: int
    order: Order
    elections: tuple[Election, ...]
    candidate: Candidate | None
    buildings: tuple[Building, ...]


@dataclass(frozen=True)
class Printing:
    """What a printed sheet says; `link` leads to the election's card where it has an address."""

    sheet: PaperSheet
    election: Election
    candidate: Candidate
    asks_identity: bool
    language: str
    link: str | None


@dataclass(frozen=True)
class Ledger:
    """An election's paper; `page` of its sheets counts from 0."""

    election: Election
    # By candidate, in their order.
    numbers: tuple[tuple[Candidate, Numbers], ...]
    totals: Totals
    setting: PaperSetting
    page: int
    pages: int
    sheets: tuple[PaperSheet, ...]


def draft_order(work: PersonalWork, typed: str) -> int:
    """Read what was typed after /sheet and keep it until it is printed. Gives the draft's id."""
    chat_id = work.chat_here().id
    order = read_order(typed)
    _printable_elections(work, chat_id)
    return keep_draft(work, chat_id, ORDER_FLOW, _new_data(order))


def begin_order(work: PersonalWork, election_id: int) -> int:
    """Begin with the election chosen; what was begun so before is begun anew. Gives the draft's id."""
    chat_id = _election(work, election_id).chat_id
    _printable_election(work, chat_id, election_id)
    data = {**_new_data(Order()), "begun_for": election_id}
    begun = find_draft(work, chat_id, ORDER_FLOW, begun_for=election_id)
    if begun is None:
        return keep_draft(work, chat_id, ORDER_FLOW, data)
    change_draft(work, begun, data, awaits_typing=False)
    return begun.id


def ordered(work: PersonalWork, draft_id: int) -> Ordered:
    """The sheet in a draft, and the elections it could be for, one at least."""
    draft = _open(work, draft_id)
    return _ordered(work, draft, _printable_elections(work, draft.chat.id))


def ordered_for(work: PersonalWork, draft_id: int, election_id: int) -> Ordered:
    """The same, for the one election that was chosen."""
    draft = _open(work, draft_id)
    chosen = _printable_election(work, draft.chat.id, election_id)
    return _ordered(work, draft, (chosen,))


def choose_candidate(work: PersonalWork, draft_id: int, candidate_id: int) -> int:
    """The sheet is for this candidate. Gives the id of their election."""
    draft = _open(work, draft_id)
    row = candidates.get(work.session, candidate_id)
    if row is None:
        raise Refused("frame.refused.unknown_thing")
    ordered_for(work, draft_id, row.election_id)
    change_draft(work, draft, {**draft.data, "candidate": candidate_id}, awaits_typing=False)
    return row.election_id


def choose_building(work: PersonalWork, draft_id: int, building_id: int) -> None:
    """The sheet is for this building; 0 for the whole neighbourhood."""
    draft = _open(work, draft_id)
    name = None
    if building_id:
        building = buildings.get(work.session, building_id)
        if building is None or building.chat_id != draft.chat.id:
            raise Refused("frame.refused.unknown_thing")
        name = building.name
    data = {**draft.data, "building": name, "is_placed": True}
    change_draft(work, draft, data, awaits_typing=False)


def issue(work: PersonalWork, draft_id: int, election_id: int, rows: int) -> int:
    """Enter a new sheet into the ledger. Gives its id."""
    found = ordered_for(work, draft_id, election_id)
    require_rows(rows)
    if found.candidate is None:
        raise Refused("paper.refused.for_whom")
    if paper.last_number(work.session, election_id) >= MOST_SHEETS:
        raise Refused("paper.refused.too_many_sheets", most=MOST_SHEETS)
    end_draft(work, _open(work, draft_id))
    _freeze(work, found.candidate.id)
    building = found.order.building
    return paper.issue(
        work.session, election_id, found.candidate.id, rows=rows, building=building
    ).id


def drop_order(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open(work, draft_id))


def printing(work: PersonalWork, sheet_id: int) -> Printing:
    """Everything that stands on a sheet."""
    sheet = _sheet(work, sheet_id)
    election = _election(work, sheet.election_id)
    row = paper.plain(sheet)
    whose = whose_sheet(work, row)
    if whose is None:
        raise Refused("paper.refused.for_nobody")
    return Printing(
        sheet=row,
        election=election,
        candidate=whose[1],
        asks_identity=paper.setting(work.session, election.id).asks_identity,
        language=chats.get(work.session, election.chat_id).language,
        link=card_link(work, election.chat_id, elections.CARD, election.id),
    )


def with_paper(work: PersonalWork) -> tuple[Election, ...]:
    """The elections of this chat that have a ledger, one at least: all open ones, and past ones with
    sheets, which may still come back. Raises `Refused`."""
    chat = work.find_chat_here()
    found = paper.elections_with_paper(work.session, chat.id, most=_MOST_LISTED) if chat else []
    if not found:
        raise Refused("paper.refused.none_open")
    return tuple(elections.plain(work.session, election) for election in found)


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


def enter_numbered(work: PersonalWork, number: int, entry: Entry) -> int:
    """Enter something for the sheet with this number. Gives the sheet's id."""
    sheet_id = sheet_numbered(work, number)
    enter_for(work, sheet_id, entry)
    return sheet_id


def enter_for(work: PersonalWork, sheet_id: int, entry: Entry) -> None:
    """Enter something for a sheet."""
    row = _sheet(work, sheet_id)
    paper.keep(work.session, row, enter(paper.plain(row).sheet, entry))
    _count_anew(work, row.election_id)


def sheet_seen(work: PersonalWork, sheet_id: int) -> PaperSheet:
    """A sheet of the ledger."""
    return paper.plain(_sheet(work, sheet_id))


def whose_sheet(work: UnitOfWork, row: PaperSheet) -> tuple[Election, Candidate] | None:
    """The candidate of a sheet, and their election; None where they don't stand any more."""
    stored = elections.get(work.session, row.election_id)
    if stored is None or row.candidate_id is None:
        return None
    election = elections.plain(work.session, stored)
    found = election.candidate(row.candidate_id)
    return (election, found) if found else None


def ledger(work: PersonalWork, election_id: int, page: int) -> Ledger:
    """An election's paper; the last page of its sheets where there are fewer."""
    election = _election(work, election_id)
    numbers = paper.numbers(work.session, election_id)
    count = paper.last_number(work.session, election_id)
    pages = max(1, -(-count // PAGE_LENGTH))
    page = min(page, pages - 1)
    found = paper.sheets(work.session, election_id, offset=page * PAGE_LENGTH, limit=PAGE_LENGTH)
    return Ledger(
        election=election,
        numbers=tuple((row, numbers[row.id]) for row in election.candidates),
        totals=paper.totals(work.session, election_id),
        setting=paper.setting(work.session, election_id),
        page=page,
        pages=pages,
        sheets=tuple(found),
    )


def set_accepted(work: PersonalWork, candidate_id: int, number: int) -> int:
    """So many signatures for a candidate were officially accepted. Gives the election's id."""
    row = candidates.get(work.session, candidate_id)
    if row is None:
        raise Refused("frame.refused.unknown_thing")
    _election(work, row.election_id)
    row.accepted = require_accepted(number)
    work.session.add(row)
    _count_anew(work, row.election_id)
    return row.election_id


def set_validity(work: PersonalWork, election_id: int, percent: int) -> None:
    """So many percent of what is collected are expected to prove valid."""
    _election(work, election_id)
    paper.change_setting(work.session, election_id, validity=require_validity(percent))


def set_counted_by(work: PersonalWork, election_id: int, counted_by: str) -> None:
    """Which numbers the target counts."""
    if counted_by not in set(CountedBy):
        raise Refused("frame.refused.unknown_thing")
    _election(work, election_id)
    paper.change_setting(work.session, election_id, counted_by=CountedBy(counted_by))
    _count_anew(work, election_id)


def set_identity(work: PersonalWork, election_id: int, asks: bool) -> None:
    """Whether sheets printed from now on have a column for identity numbers."""
    _election(work, election_id)
    paper.change_setting(work.session, election_id, asks_identity=asks)


def chat_of_election(work: UnitOfWork, election_id: int) -> int:
    """Our id of the chat that an election belongs to."""
    election = elections.get(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    return election.chat_id


def chat_of_candidate(work: UnitOfWork, candidate_id: int) -> int:
    """Our id of the chat in which a candidate stands."""
    row = candidates.get(work.session, candidate_id)
    if row is None:
        raise Refused("frame.refused.unknown_thing")
    return chat_of_election(work, row.election_id)


def chat_of_sheet(work: UnitOfWork, sheet_id: int) -> int:
    """Our id of the chat that a sheet belongs to."""
    sheet = paper.get(work.session, sheet_id)
    if sheet is None:
        raise Refused("frame.refused.unknown_thing")
    return chat_of_election(work, sheet.election_id)


def _new_data(order: Order) -> dict[str, Any]:
    is_placed = order.building is not None
    return {"rows": order.rows, "building": order.building, "is_placed": is_placed}


def _open(work: PersonalWork, draft_id: int) -> OpenDraft:
    return open_draft(work, draft_id, ORDER_FLOW)


def _ordered(work: UnitOfWork, draft: OpenDraft, found: tuple[Election, ...]) -> Ordered:
    candidates = found[0].candidates if len(found) == 1 else ()
    wanted = draft.data.get("candidate")
    candidate = next((row for row in candidates if row.id == wanted or len(candidates) == 1), None)
    is_placed = draft.data["is_placed"]
    listed = [] if is_placed else buildings.of_chat(work.session, draft.chat.id)
    order = Order(draft.data["rows"], draft.data["building"])
    return Ordered(draft.id, order, found, candidate, tuple(map(buildings.plain, listed)))


def _freeze(work: UnitOfWork, candidate_id: int) -> None:
    """Whoever signs the sheet signs for what is printed on it."""
    row = candidates.get(work.session, candidate_id)
    if row is not None:
        row.is_frozen = True
        work.session.add(row)


def _count_anew(work: UnitOfWork, election_id: int) -> None:
    """What paper adds to the target may be another number now."""
    paper.count_later(work.session, election_id, work.now)
    work.later.wake()


def _printable_elections(work: UnitOfWork, chat_id: int) -> tuple[Election, ...]:
    """Open elections with somebody to sign for. Raises `Refused` where there is none."""
    are_open = elections.open_in(work.session, chat_id)
    if not are_open:
        raise Refused("paper.refused.none_open")
    rows = [elections.plain(work.session, election) for election in are_open]
    found = tuple(row for row in rows if row.candidates)
    if not found:
        raise Refused("paper.refused.no_candidates")
    return found


def _printable_election(work: UnitOfWork, chat_id: int, election_id: int) -> Election:
    """The one of them that was chosen. Raises `Refused`."""
    for row in _printable_elections(work, chat_id):
        if row.id == election_id:
            return row
    raise Refused("frame.refused.unknown_thing")


def _election(work: PersonalWork, election_id: int) -> Election:
    election = elections.get(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(election.chat_id)
    return elections.plain(work.session, election)


def _sheet(work: PersonalWork, sheet_id: int) -> SheetRow:
    sheet = paper.get(work.session, sheet_id)
    if sheet is None:
        raise Refused("frame.refused.unknown_thing")
    _election(work, sheet.election_id)
    return sheet
