"""What organisers see on the way to a printed sheet."""

from __future__ import annotations

from bot.message.face import Attachment, Button, Face, in_rows
from bot.message.labels import fitted, fitted_inside
from bot.message.words import Html, Words
from handlers.elections.heart.guide import guide
from handlers.elections.paper.printing.payloads import (
    DropOrder,
    ForBuilding,
    ForCandidate,
    GuidePage,
    IssueSheet,
    OrderForPage,
    OrderGuidePage,
    SendSheet,
)
from handlers.elections.paper.printing.use_cases import Ordered
from storage.elections.elections import Election
from storage.elections.paper import PaperSheet

_ROWS_OFFERED = (5, 10, 20, 40)


def draw_order(found: Ordered, words: Words) -> Face:
    """For which election, for whom, for which building, where there are several; then how many rows."""
    drop = (Button(words.plain("frame.button.cancel"), DropOrder(found.draft_id)),)
    if len(found.elections) > 1:
        choices = tuple(
            (Button(fitted(row.title), OrderForPage(found.draft_id, row.id)),)
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
    place = found.order.building
    lines = [words("paper.printing.order.heading", title=election.title)]
    if len(election.candidates) > 1:
        lines.append(words("paper.printing.order.for", name=found.candidate.name))
    if found.buildings:
        lines.append(words("paper.printing.order.where"))
        return Face(_lines(*lines), (*_building_rows(found, election, words), drop))
    lines += [words("paper.printing.order.building", building=place)] if place else []
    lines.append(words("paper.printing.order.how_many"))
    lines += [] if place else [words("paper.printing.order.hint")]
    offered = sorted({*_ROWS_OFFERED, found.order.rows})
    rows = tuple(
        Button(
            words.count("paper.sheet.rows", n).plain(), IssueSheet(found.draft_id, election.id, n)
        )
        for n in offered
    )
    collecting = _guide_button(OrderGuidePage(found.draft_id, election.id), words)
    return Face(_lines(*lines), (*in_rows(rows, 2), (collecting,), drop))


def draw_order_guide(page: OrderGuidePage, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), OrderForPage(page.draft, page.election))
    return Face(guide("paper", words), ((back,),))


def draw_guide(_page: GuidePage, words: Words) -> Face:
    return Face(guide("paper", words))


def draw_sent(row: PaperSheet, content: bytes, words: Words) -> Face:
    """The sheet to be printed, and how it is used."""
    return Face(
        words("paper.printing.sent.caption", number=words.number(row.number)),
        ((_guide_button(GuidePage(), words),),),
        Attachment(f"sheet-{row.number}.pdf", content),
    )


def draw_to_private(row: PaperSheet, words: Words) -> Face:
    send = Button(words.plain("paper.printing.button.send"), SendSheet(row.id))
    return Face(words("paper.printing.sent.here", number=words.number(row.number)), ((send,),))


def _building_rows(
    found: Ordered, election: Election, words: Words
) -> tuple[tuple[Button, ...], ...]:
    at = (found.draft_id, election.id)
    listed = tuple(
        Button(fitted_inside(building.name), ForBuilding(*at, building.id))
        for building in found.buildings
    )
    whole = Button(words.plain("paper.printing.button.whole"), ForBuilding(*at, 0))
    return (*in_rows(listed, 1), (whole,))


def _guide_button(page: OrderGuidePage | GuidePage, words: Words) -> Button:
    return Button(words.plain("paper.printing.button.guide"), page)


def _lines(*parts: Html) -> Html:
    return Html("\n".join(parts))
