"""What organisers see of buildings."""

from __future__ import annotations

from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs
from handlers.elections.buildings.payloads import HowPage, ListPage, RemoveBuilding, RemovePage
from handlers.elections.buildings.use_cases import Listing
from storage.elections.buildings import Building

_AT_ONCE = 8


def draw_list(listing: Listing, words: Words) -> Face:
    """Each building on a line, then their sum."""
    add = Button(words.plain("buildings.button.add"), HowPage(listing.chat_id))
    if not listing.buildings:
        return Face(words("buildings.list.empty"), ((add,),))
    lines = [_line(building, words) for building in listing.buildings]
    remove = Button(words.plain("buildings.button.remove"), RemovePage(listing.chat_id, 0))
    parts = [words("buildings.list.heading"), Html("\n".join(lines)), _sum(listing, words)]
    return Face(paragraphs(*parts), ((add, remove),))


def draw_how(listing: Listing, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), ListPage(listing.chat_id))
    return Face(words("buildings.how"), ((back,),))


def draw_remove_page(listing: Listing, words: Words, page: int) -> Face:
    first = page * _AT_ONCE
    rows = [
        (Button(f"🗑 {building.name}", RemoveBuilding(listing.chat_id, building.id)),)
        for building in listing.buildings[first : first + _AT_ONCE]
    ]
    turns = [Button(words.plain("frame.button.back"), ListPage(listing.chat_id))]
    if first + _AT_ONCE < len(listing.buildings):
        more = words.plain("buildings.button.more")
        turns.append(Button(more, RemovePage(listing.chat_id, page + 1)))
    return Face(words("buildings.remove.question"), (*rows, tuple(turns)))


def _line(building: Building, words: Words) -> Html:
    if building.eligible is None:
        number = words("buildings.list.unknown")
    elif building.is_estimated:
        number = words("buildings.list.about", n=words.number(building.eligible))
    else:
        number = Html(words.number(building.eligible))
    line = words("buildings.list.line", name=building.name, number=number)
    notes = [building.source] if building.source else []
    if building.counted_on:
        notes.append(words.date(building.counted_on))
    if not notes:
        return line
    return words("buildings.list.line_with_note", line=line, note=", ".join(notes))


def _sum(listing: Listing, words: Words) -> Html:
    if listing.count is None:
        return words("buildings.list.no_number")
    key = "buildings.list.sum_provisional" if listing.count.is_provisional else "buildings.list.sum"
    return words.count(key, listing.count.base)
