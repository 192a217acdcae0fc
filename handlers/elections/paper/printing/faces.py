"""What organisers see on the way to a printed sheet."""

from __future__ import annotations

from bot.message.face import Attachment, Button, Drawing, Face, in_rows
from bot.message.labels import chosen, fitted, fitted_inside, named
from bot.message.words import Html, Words, escape, paragraphs
from handlers.elections.heart.guide import guide
from handlers.elections.paper.payloads import LedgerPage
from handlers.elections.paper.printing.payloads import (
    DropOrder,
    FilePage,
    ForCandidate,
    ForElection,
    ForRows,
    GuidePage,
    IssueSheet,
    OrderGuidePage,
    OrderPage,
    OrderSheet,
)
from handlers.elections.paper.printing.sheet import SheetFace, draw_sheet
from handlers.elections.paper.printing.use_cases import Ordered
from storage.elections.elections import Election
from storage.elections.paper import PaperSheet

_ROWS_OFFERED = (5, 10, 20, 40)

Rows = tuple[tuple[Button, ...], ...]


def draw_order(found: Ordered, words: Words) -> Face:
    """Asks what is left: for which election, for whom, for which building, with how many rows."""
    drop = (Button(words.plain("frame.button.cancel"), DropOrder(found.draft_id)),)
    if len(found.elections) > 1:
        choices: Rows = tuple(
            (Button(fitted(row.title), ForElection(found.draft_id, row.id)),)
            for row in found.elections
        )
        return Face(words("paper.printing.order.which"), (*choices, drop))
    (election,) = found.elections
    if found.candidate is None:
        choices = tuple(
            (Button(fitted(row.name), ForCandidate(found.draft_id, row.id)),)
            for row in election.candidates
        )
        return Face(words("paper.printing.order.for_whom", title=election.title), (*choices, drop))
    if found.buildings and found.building is not None:
        return _draw_did_you_mean(found, election, found.building, drop, words)
    return _draw_last_choice(found, election, drop, words)


def draw_order_guide(page: OrderGuidePage, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), OrderPage(page.draft))
    return Face(guide("paper", words), ((back,),))


def draw_guide(_page: GuidePage, words: Words) -> Face:
    return Face(guide("paper", words))


def draw_sent(row: PaperSheet, sheet: SheetFace, words: Words) -> Face:
    """The sheet to be printed, and how it is used."""
    return Face(
        words("paper.printing.sent.caption", number=words.number(row.number)),
        ((_guide_button(GuidePage(), words),),),
        Attachment(f"sheet-{row.number}.pdf", Drawing(draw_sheet, sheet)),
    )


def draw_to_private(row: PaperSheet, words: Words) -> Face:
    send = Button(words.plain("paper.printing.button.send"), FilePage(row.id))
    return Face(words("paper.printing.sent.here", number=words.number(row.number)), ((send,),))


def draw_sent_page(row: PaperSheet, words: Words) -> Face:
    """The file has gone; whoever collects mostly wants more than one."""
    more = Button(words.plain("paper.printing.button.more"), OrderSheet(row.election_id))
    every = Button(words.plain("paper.printing.button.all"), LedgerPage(row.election_id, 0))
    sheet = words("paper.printing.sent.sheet", number=words.number(row.number))
    parts = [sheet, words.count("paper.sheet.rows", row.sheet.rows)]
    parts += [escape(row.building)] if row.building else []
    return Face(
        words("paper.printing.sent.done", sheet=Html(", ".join(parts))), ((more,), (every,))
    )


def _draw_did_you_mean(
    found: Ordered, election: Election, typed: str, drop: tuple[Button, ...], words: Words
) -> Face:
    """A building was typed that isn't listed: those most like it, or exactly this."""
    exactly = named(words, "paper.printing.button.exactly", name=typed)
    rows = (
        *_listed(found, election),
        (Button(exactly, IssueSheet(found.draft_id, election.id, 0)),),
    )
    return Face(words("paper.printing.order.did_you_mean", building=typed), (*rows, drop))


def _draw_last_choice(
    found: Ordered, election: Election, drop: tuple[Button, ...], words: Words
) -> Face:
    """How many rows, where that wasn't said; the tap on the place prints it."""
    named_key = "paper.printing.button.whole" if found.buildings else "paper.printing.button.print"
    last = Button(words.plain(named_key), IssueSheet(found.draft_id, election.id, 0))
    collecting = _guide_button(OrderGuidePage(found.draft_id), words)
    rows = (*_numbers_of_rows(found, words), *_listed(found, election), (last,), (collecting,))
    return Face(_last_question(found, election, words), (*rows, drop))


def _last_question(found: Ordered, election: Election, words: Words) -> Html:
    lines = [words("paper.printing.order.heading", title=election.title)]
    if found.candidate is not None and len(election.candidates) > 1:
        lines.append(words("paper.printing.order.for", name=found.candidate.name))
    if found.building is not None:
        lines.append(words("paper.printing.order.building", building=found.building))
    if not found.asks_rows:
        lines.append(words.count("paper.sheet.rows", found.rows))
    asked = "where" if found.buildings else "how_many" if found.asks_rows else "print"
    question = [words(f"paper.printing.order.{asked}")]
    if found.buildings or found.building is None:
        question.append(words("paper.printing.order.hint"))
    return paragraphs(_lines(*lines), _lines(*question))


def _numbers_of_rows(found: Ordered, words: Words) -> Rows:
    if not found.asks_rows:
        return ()
    numbers = tuple(
        Button(chosen(words.number(n), n == found.rows), ForRows(found.draft_id, n))
        for n in _ROWS_OFFERED
    )
    return in_rows(numbers, len(_ROWS_OFFERED))


def _listed(found: Ordered, election: Election) -> Rows:
    return tuple(
        (
            Button(
                fitted_inside(f"🖨 {building.name}"),
                IssueSheet(found.draft_id, election.id, building.id),
            ),
        )
        for building in found.buildings
    )


def _guide_button(page: OrderGuidePage | GuidePage, words: Words) -> Button:
    return Button(words.plain("paper.printing.button.guide"), page)


def _lines(*parts: Html) -> Html:
    return Html("\n".join(parts))
