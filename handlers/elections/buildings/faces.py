"""What organisers see of buildings."""

from __future__ import annotations

from datetime import date

from bot.message.face import Button, Face
from bot.message.labels import fitted_inside
from bot.message.turning import turning
from bot.message.words import Html, Words, paragraphs
from handlers.elections.buildings.payloads import AddPage, ListPage, RemoveBuilding, RemovePage
from handlers.elections.buildings.use_cases import Choice, Listing, Noted
from storage.elections.buildings import Building


def draw_list(listing: Listing, words: Words) -> Face:
    """Each building on a line, then their sum."""
    add = Button(words.plain("buildings.button.add"), AddPage(listing.chat_id))
    if not listing.buildings:
        return Face(words("buildings.list.empty"), ((add,),))
    remove = Button(words.plain("buildings.button.remove"), RemovePage(listing.chat_id, 0))
    return Face(paragraphs(_list(listing, words), _sum(listing, words)), ((add,), (remove,)))


def draw_add(chat_id: int, words: Words) -> Face:
    return Face(words("buildings.add"), (_back(chat_id, words),))


def draw_misread(noted: Noted, words: Words) -> Face:
    """What stands, then what to send again."""
    listed = _list(noted.listing, words)
    return Face(paragraphs(listed, _misread(noted, words)), (_back(noted.listing.chat_id, words),))


def _misread(noted: Noted, words: Words) -> Html:
    if len(noted.misread) == 1:
        why = noted.misread[0].why
        return words("buildings.misread.one", why=words(why.key, **why.params))
    lines = [words("buildings.misread.line", line=each.line) for each in noted.misread]
    return words("buildings.misread", lines=Html("\n".join(lines)))


def draw_choice(choice: Choice, words: Words) -> Face:
    """The question which building to remove, with a button for each."""
    chat_id = choice.chat_id
    rows = [
        (Button(fitted_inside(f"🗑 {building.name}"), RemoveBuilding(chat_id, building.id)),)
        for building in choice.buildings
    ]
    turns = turning(choice.paging, lambda page: RemovePage(chat_id, page), words)
    return Face(words("buildings.remove.question"), (*rows, *turns, _back(chat_id, words)))


def _back(chat_id: int, words: Words) -> tuple[Button, ...]:
    return (Button(words.plain("frame.button.back"), ListPage(chat_id)),)


def _list(listing: Listing, words: Words) -> Html:
    lines = [_line(building, listing.today, words) for building in listing.buildings]
    return paragraphs(words("buildings.list.heading"), Html("\n".join(lines)))


def _line(building: Building, today: date, words: Words) -> Html:
    if building.eligible is None:
        number = words("buildings.list.unknown")
    elif building.is_estimated:
        number = words("buildings.list.about", n=words.number(building.eligible))
    else:
        number = Html(words.number(building.eligible))
    line = words("buildings.list.line", name=building.name, number=number)
    notes = [building.source] if building.source else []
    if building.counted_on:
        notes.append(_counted_on(building.counted_on, today, words))
    if not notes:
        return line
    return words("buildings.list.line_with_note", line=line, note=", ".join(notes))


def _counted_on(day: date, today: date, words: Words) -> str:
    """How old a number is; on which day of the week it was counted is no matter."""
    return words.yearly(day.month, day.day) if day.year == today.year else words.date(day)


def _sum(listing: Listing, words: Words) -> Html:
    if listing.count is None:
        return words("buildings.list.no_number")
    key = "buildings.list.sum_provisional" if listing.count.is_provisional else "buildings.list.sum"
    return words.count(key, listing.count.base)
