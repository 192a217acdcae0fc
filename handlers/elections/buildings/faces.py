"""What organisers see of buildings."""

from __future__ import annotations

from bot.message.face import Button, Face
from bot.message.labels import fitted_inside
from bot.message.turning import turning
from bot.message.words import Html, Words, paragraphs
from handlers.elections.buildings.payloads import HowPage, ListPage, RemoveBuilding, RemovePage
from handlers.elections.buildings.use_cases import Choice, Listing
from storage.elections.buildings import Building


def draw_list(listing: Listing, words: Words) -> Face:
    """Each building on a line, then their sum."""
    add = Button(words.plain("buildings.button.add"), HowPage(listing.chat_id))
    if not listing.buildings:
        return Face(words("buildings.list.empty"), ((add,),))
    lines = [_line(building, words) for building in listing.buildings]
    remove = Button(words.plain("buildings.button.remove"), RemovePage(listing.chat_id, 0))
    parts = [words("buildings.list.heading"), Html("\n".join(lines)), _sum(listing, words)]
    return Face(paragraphs(*parts), ((add,), (remove,)))


def draw_how(listing: Listing, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), ListPage(listing.chat_id))
    return Face(words("buildings.how"), ((back,),))


def draw_choice(choice: Choice, words: Words) -> Face:
    """The question which building to remove, with a button for each."""
    chat_id = choice.chat_id
    rows = [
        (Button(fitted_inside(f"🗑 {building.name}"), RemoveBuilding(chat_id, building.id)),)
        for building in choice.buildings
    ]
    turns = turning(choice.paging, lambda page: RemovePage(chat_id, page), words)
    back = Button(words.plain("frame.button.back"), ListPage(chat_id))
    return Face(words("buildings.remove.question"), (*rows, *turns, (back,)))


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
