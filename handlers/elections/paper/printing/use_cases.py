"""A sheet is ordered, entered into the ledger and printed. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.domain.elections.names import is_same_building, look_of, nearness
from bot.domain.elections.paper.ledger import (
    MOST_SHEETS,
    USUAL_ROWS,
    Order,
    read_order,
    require_rows,
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
from bot.safety.lookalikes import prototype
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
_MOST_LIKE_IT = 4


@dataclass(frozen=True)
class Ordered:
    """A sheet before it is printed, and what is left to be chosen.

    `candidate` is set where there is one election and one choice in it. `buildings` are those to choose from:
    none where it is known; where one was typed that isn't listed, those most like it.
    """

    draft_id: int
    rows: int
    asks_rows: bool
    building: str | None
    elections: tuple[Election, ...]
    candidate: Candidate | None
    buildings: tuple[Building, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to ask: what was typed is an answer."""
        is_placed = self.building is not None or not self.asks_rows
        return self.candidate is not None and not self.buildings and is_placed


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


def order(work: PersonalWork, typed: str) -> tuple[int, int | None]:
    """Read what was typed after /sheet, and print where that says everything; else keep it until it is.

    Returns the draft's id, and that of the sheet, if there is one.
    """
    chat_id = work.chat_here().id
    read = read_order(typed)
    _printable_elections(work, chat_id)
    draft_id = _begin(work, chat_id, _data_of(work, chat_id, read), about="typed")
    # Nobody knows where to send it to whom nobody knows: a tap will tell.
    return draft_id, _issue_whole(work, draft_id) if work.person.id is not None else None


def begin_order(work: PersonalWork, election_id: int) -> int:
    """Begin with the election chosen; what was begun so before is begun anew. Returns the draft's id."""
    chat_id = reachable_row(work, election_id).chat_id
    _printable_election(work, chat_id, election_id)
    data = {**_data_of(work, chat_id, Order()), "election": election_id}
    return _begin(work, chat_id, data, about=election_id)


def ordered(work: PersonalWork, draft_id: int) -> Ordered:
    """The sheet in a draft, and the elections it could be for, one at least."""
    return _ordered(work, _open(work, draft_id))


def choose_election(work: PersonalWork, draft_id: int, election_id: int) -> int | None:
    """The sheet is for this election. Returns the id of the sheet, where nothing is left to ask."""
    draft = _open(work, draft_id)
    _printable_election(work, draft.chat.id, election_id)
    _change(work, draft, election=election_id)
    return _issue_whole(work, draft_id)


def choose_candidate(work: PersonalWork, draft_id: int, candidate_id: int) -> int | None:
    """The same for a candidate, who tells the election."""
    draft = _open(work, draft_id)
    row = candidates.get(work.session, candidate_id)
    if row is None:
        raise Refused("frame.refused.unknown_thing")
    _printable_election(work, draft.chat.id, row.election_id)
    _change(work, draft, election=row.election_id, candidate=candidate_id)
    return _issue_whole(work, draft_id)


def choose_rows(work: PersonalWork, draft_id: int, rows: int) -> None:
    """The sheet has so many rows."""
    _change(work, _open(work, draft_id), rows=require_rows(rows))


def issue(work: PersonalWork, draft_id: int, building_id: int) -> int:
    """Enter a new sheet into the ledger: for this building of the list, or, for 0, as it was typed. Returns
    its id."""
    draft = _open(work, draft_id)
    found = _ordered(work, draft)
    if found.candidate is None:
        raise Refused("paper.printing.refused.for_whom")
    (election,) = found.elections
    building = _listed(work, draft.chat.id, building_id) if building_id else found.building
    if paper.last_number(work.session, election.id) >= MOST_SHEETS:
        raise Refused("paper.printing.refused.too_many_sheets", most=MOST_SHEETS)
    end_draft(work, draft)
    _freeze(work, found.candidate.id)
    return paper.issue(
        work.session, election.id, found.candidate.id, rows=found.rows, building=building
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


def _data_of(work: UnitOfWork, chat_id: int, read: Order) -> dict[str, Any]:
    """What a draft keeps. A building of the list is called as it is there."""
    building, is_placed = read.building, False
    if building is not None:
        names = [row.name for row in buildings.of_chat(work.session, chat_id)]
        known = next((name for name in names if is_same_building(name, building, prototype)), None)
        building, is_placed = known or building, known is not None or not names
    return {
        "rows": read.rows or USUAL_ROWS,
        "asks_rows": read.rows is None,
        "building": building,
        "is_placed": is_placed,
    }


def _begin(work: PersonalWork, chat_id: int, data: dict[str, Any], *, about: object) -> int:
    """What the person began before about the same ends: no two sheets are meant."""
    begun = find_draft(work, chat_id, ORDER_FLOW, about=about)
    if begun is None:
        return keep_draft(work, chat_id, ORDER_FLOW, data, about=about)
    change_draft(work, begun, data, awaits_typing=False)
    return begun.id


def _open(work: PersonalWork, draft_id: int) -> OpenDraft:
    return open_draft(work, draft_id, ORDER_FLOW)


def _change(work: PersonalWork, draft: OpenDraft, **chosen: int) -> None:
    change_draft(work, draft, {**draft.data, **chosen}, awaits_typing=False)


def _issue_whole(work: PersonalWork, draft_id: int) -> int | None:
    """Print where nothing is left to ask."""
    return issue(work, draft_id, 0) if ordered(work, draft_id).is_whole else None


def _ordered(work: UnitOfWork, draft: OpenDraft) -> Ordered:
    found = _printable_elections(work, draft.chat.id)
    if (election_id := draft.data.get("election")) is not None:
        found = (_printable_election(work, draft.chat.id, election_id),)
    candidates = found[0].candidates if len(found) == 1 else ()
    wanted = draft.data.get("candidate")
    return Ordered(
        draft_id=draft.id,
        rows=draft.data["rows"],
        asks_rows=draft.data["asks_rows"],
        building=draft.data["building"],
        elections=found,
        candidate=next(
            (row for row in candidates if row.id == wanted or len(candidates) == 1), None
        ),
        buildings=_to_choose_from(work, draft),
    )


def _to_choose_from(work: UnitOfWork, draft: OpenDraft) -> tuple[Building, ...]:
    if draft.data["is_placed"]:
        return ()
    listed = tuple(map(buildings.plain, buildings.of_chat(work.session, draft.chat.id)))
    if draft.data["building"] is None:
        return listed
    meant = look_of(draft.data["building"], prototype)
    nearest = sorted(listed, key=lambda row: -nearness(meant, look_of(row.name, prototype)))
    return tuple(nearest[:_MOST_LIKE_IT])


def _listed(work: UnitOfWork, chat_id: int, building_id: int) -> str:
    building = buildings.get(work.session, building_id)
    if building is None or building.chat_id != chat_id:
        raise Refused("frame.refused.unknown_thing")
    return building.name


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
