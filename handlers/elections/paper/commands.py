"""What organisers type about paper."""

from __future__ import annotations

from bot.context import Context
from bot.domain.elections.paper.ledger import Returned
from bot.domain.elections.paper.lines import AcceptedLine, ExpectLine, read_line
from bot.domain.refusal import Refused
from handlers.elections.paper.buttons import after_returned
from handlers.elections.paper.payloads import (
    AcceptedPage,
    ChoicePage,
    LedgerPage,
    SheetPage,
)
from handlers.elections.paper.use_cases import (
    counts_accepted,
    enter_numbered,
    set_accepted,
    set_validity,
    sheet_numbered,
    with_paper,
)


async def paper(context: Context, typed: str) -> None:
    """`/paper`; `/paper 7 returned 18`; `/paper 7 checked 15 illegible 2 double 1`; `/paper accepted 104`"""
    if not typed:
        found = await context.read(with_paper)
        one = LedgerPage(found[0].id, 0)
        await context.show(one if len(found) == 1 else ChoicePage(found[0].chat_id))
        return
    line = read_line(typed)
    if isinstance(line, AcceptedLine | ExpectLine):
        await _of_election(context, line)
    elif line.entry is None:
        await context.show(SheetPage(await context.read(sheet_numbered, line.number)))
    else:
        sheet_id = await context.run(enter_numbered, line.number, line.entry)
        filled = line.entry.filled if isinstance(line.entry, Returned) else 0
        await context.show(after_returned(sheet_id, filled))


async def _of_election(context: Context, line: AcceptedLine | ExpectLine) -> None:
    found = await context.read(with_paper)
    if isinstance(line, AcceptedLine):
        candidates = [row.id for election in found for row in election.candidates]
        if not candidates:
            raise Refused("paper.refused.no_candidates")
        # On the page each administrator can be told from the others.
        if len(candidates) > 1 or await context.read(counts_accepted, candidates[0]):
            await context.show(AcceptedPage(line.number))
            return
        await context.run(set_accepted, candidates[0], line.number)
    elif len(found) > 1:
        raise Refused("paper.refused.several")
    else:
        await context.run(set_validity, found[0].id, line.percent)
    await context.show(LedgerPage(found[0].id, 0))
