"""A sheet is ordered, entered into the ledger and printed. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.domain.elections.paper.ledger import MOST_SHEETS, Order, read_order, require_rows
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
from handlers.elections.heart.count.publishing import check_page_shown, key_shown
from handlers.elections.heart.reach import reachable_row
from handlers.elections.paper.reach import reachable_sheet
from handlers.elections.paper.use_cases import whose_sheet
from storage import chats
from storage.elections import buildings, candidates, elections, paper
from storage.elections.buildings import Building
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.paper import PaperSheet

ORDER_FLOW = "paper.order"


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
class PrintedSheet:
    """What a printed sheet says; `link` leads to the election's card where it has an address, `key` is the
    fingerprint of the key that signs its bulletins, `check_page` the SHA-256 of the page that checks them."""

    sheet: PaperSheet
    election: Election
    candidate: Candidate
    asks_identity: bool
    language: str
    link: str | None
    key: str | None
    check_page: str


def draft_order(work: PersonalWork, typed: str) -> int:
    """Read what was typed after /sheet and keep it until it is printed. Returns the draft's id."""
    chat_id = work.chat_here().id
    order = read_order(typed)
    _printable_elections(work, chat_id)
    return keep_draft(work, chat_id, ORDER_FLOW, _new_data(order))


def begin_order(work: PersonalWork, election_id: int) -> int:
    """Begin with the election chosen; what was begun so before is begun anew. Returns the draft's id."""
    chat_id = reachable_row(work, election_id).chat_id
    _printable_election(work, chat_id, election_id)
    data = _new_data(Order())
    begun = find_draft(work, chat_id, ORDER_FLOW, about=election_id)
    if begun is None:
        return keep_draft(work, chat_id, ORDER_FLOW, data, about=election_id)
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
    """The sheet is for this candidate. Returns the id of their election."""
    draft = _open(work, draft_id)
    row = candidates.get(work.session, candidate_id)
    if row is None:
        raise Refused("frame.refused.unknown_thing")
    _printable_election(work, draft.chat.id, row.election_id)
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
    """Enter a new sheet into the ledger. Returns its id."""
    draft = _open(work, draft_id)
    found = _ordered(work, draft, (_printable_election(work, draft.chat.id, election_id),))
    require_rows(rows)
    if found.candidate is None:
        raise Refused("paper.printing.refused.for_whom")
    if paper.last_number(work.session, election_id) >= MOST_SHEETS:
        raise Refused("paper.printing.refused.too_many_sheets", most=MOST_SHEETS)
    end_draft(work, draft)
    _freeze(work, found.candidate.id)
    building = found.order.building
    return paper.issue(
        work.session, election_id, found.candidate.id, rows=rows, building=building
    ).id


def drop_order(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open(work, draft_id), is_dropped=True)


def printed_sheet(work: PersonalWork, sheet_id: int) -> PrintedSheet:
    """Everything that stands on a sheet."""
    sheet = paper.plain(reachable_sheet(work, sheet_id))
    whose = whose_sheet(work, sheet)
    if whose is None:
        raise Refused("paper.printing.refused.for_nobody")
    election, candidate = whose
    return PrintedSheet(
        sheet=sheet,
        election=election,
        candidate=candidate,
        asks_identity=paper.setting(work.session, election.id).asks_identity,
        language=chats.get(work.session, election.chat_id).language,
        link=card_link(work, election.chat_id, elections.CARD, election.id),
        key=key_shown(work, election.id),
        check_page=check_page_shown(work, election.id),
    )


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
