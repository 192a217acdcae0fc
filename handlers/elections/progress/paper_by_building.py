"""What paper adds in each building: of sheets that name one, as much as the election counts of paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from bot.domain.elections.names import are_one_building, look_of
from bot.domain.elections.paper.ledger import Numbers, on_paper
from bot.safety.lookalikes import prototype
from bot.store import UnitOfWork
from storage.elections import paper
from storage.elections.elections import Election


def paper_by_building(work: UnitOfWork, election: Election) -> Callable[[str], int]:
    """How many signatures on paper count in the building of a name. Sheets say it as it was typed, so it is
    enough that the names look alike.

    Where one person may sign for each candidate, at least as many as for the most signed one, as in the chat.
    """
    standing = {candidate.id for candidate in election.candidates}
    counted = [
        (look_of(row.building, prototype), row.candidate_id, number)
        for row in paper.in_buildings(work.session, election.id)
        if row.candidate_id in standing
        and (number := on_paper(Numbers(0, row.filled, row.valid), election.counted_by))
    ]

    def in_building(name: str) -> int:
        look = look_of(name, prototype)
        by_candidate = Counter[int | None]()
        for seen, candidate_id, number in counted:
            if are_one_building(seen, look, prototype):
                by_candidate[candidate_id] += number
        numbers = by_candidate.values()
        return max(numbers, default=0) if election.for_each else sum(numbers)

    return in_building if counted else lambda _: 0
