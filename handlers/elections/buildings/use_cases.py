"""What can be done with buildings: list them, add or change some, remove one. On a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.elections.buildings import (
    MOST_BUILDINGS,
    BuildingPlan,
    Count,
    Misread,
    add_up,
    read_buildings,
    read_what_can_be,
)
from bot.domain.elections.bulletins.bulletin import OTHER
from bot.domain.elections.names import Look, are_one_building, is_same_building, look_of
from bot.domain.paging import Paging, paging
from bot.domain.refusal import Refused
from bot.person.drafts import end_draft, keep_draft, open_draft
from bot.safety.lookalikes import prototype
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.acts.pending import base_purpose
from storage.elections import bases, buildings
from storage.elections.buildings import Building, BuildingRow

LINES_FLOW = "buildings.lines"
_AT_ONCE = 8
_UNTIL_TOLD = timedelta(minutes=1)
"""Who changes one building changes the next one too: the chat is told once, after the last."""


@dataclass(frozen=True)
class Listing:
    """The buildings of a chat and what they make together: None where no number is known."""

    chat_id: int
    buildings: tuple[Building, ...]
    count: Count | None
    # By the chat's clock.
    today: date


@dataclass(frozen=True)
class Noted:
    """The list after lines were typed in private, and those that couldn't be read."""

    listing: Listing
    misread: tuple[Misread, ...]


@dataclass(frozen=True)
class Choice:
    """One page of a chat's buildings, to choose one from."""

    chat_id: int
    buildings: tuple[Building, ...]
    paging: Paging


@dataclass(frozen=True)
class _Listed:
    """A building of the chat, and how its name looks."""

    building: BuildingRow
    look: Look


def note_buildings(work: PersonalWork, typed: str) -> int:
    """Add the buildings that were typed, a line each; one of a known name changes.

    Returns the chat's id.
    """
    plans = read_buildings(typed)
    chat_id = work.chat_here().id
    _note_all(work, chat_id, plans)
    return chat_id


def ask_lines(work: PersonalWork, chat_id: int) -> int:
    """Wait for buildings: the person's next private message lists them. Returns the chat's id."""
    work.reach(chat_id)
    keep_draft(work, chat_id, LINES_FLOW, {}, awaits_typing=True)
    return chat_id


def note_typed(work: PersonalWork, draft_id: int, typed: str) -> Noted:
    """Note the buildings that came. Where some lines can't be read the others stand, and these are awaited
    again. Raises `Refused` where none can."""
    draft = open_draft(work, draft_id, LINES_FLOW)
    plans, misread = read_what_can_be(typed)
    for plan in [plan for plan in plans if is_same_building(plan.name, OTHER, prototype)]:
        plans.remove(plan)
        misread.append(Misread(plan.name, _called_other(plan)))
    if misread and not plans:
        raise misread[0].why
    _note_all(work, draft.chat.id, plans)
    if not misread:
        end_draft(work, draft)
    return Noted(listing(work, draft.chat.id), tuple(misread))


def listing(work: PersonalWork, chat_id: int) -> Listing:
    """The buildings of a chat that can be reached from here."""
    work.reach(chat_id)
    rows = tuple(map(buildings.plain, buildings.of_chat(work.session, chat_id)))
    count = add_up((row.eligible, row.is_estimated) for row in rows)
    return Listing(chat_id, rows, count, work.today(chat_id))


def choice(work: PersonalWork, chat_id: int, page: int) -> Choice:
    """Return the buildings that stand on one page of the list from which they are removed."""
    listed = listing(work, chat_id).buildings
    shown = paging(len(listed), page, _AT_ONCE)
    return Choice(chat_id, tuple(shown.part(listed)), shown)


def remove_building(work: PersonalWork, chat_id: int, building_id: int) -> None:
    """Take a building off the list; where it is gone already, nothing changes."""
    work.reach(chat_id)
    building = buildings.get(work.session, building_id)
    if building is None:
        return
    if building.chat_id != chat_id:
        raise Refused("frame.refused.unknown_thing")
    building.is_removed = True
    buildings.save(work.session, building)
    _count_later(work, chat_id)


def _note_all(work: PersonalWork, chat_id: int, plans: Sequence[BuildingPlan]) -> None:
    today = work.today(chat_id)
    listed = [
        _Listed(row, look_of(row.name, prototype))
        for row in buildings.of_chat(work.session, chat_id)
    ]
    for plan in plans:
        _note(work, chat_id, listed, plan, today)
    if len(listed) > MOST_BUILDINGS:
        raise Refused("buildings.refused.too_many", most=MOST_BUILDINGS)
    if plans:
        _count_later(work, chat_id)


def _called_other(plan: BuildingPlan) -> Refused:
    return Refused("buildings.refused.other", name=plan.name)


def _note(
    work: UnitOfWork, chat_id: int, listed: list[_Listed], plan: BuildingPlan, today: date
) -> None:
    """Change the building of this name, or put it at the end of those that are listed."""
    if is_same_building(plan.name, OTHER, prototype):
        raise _called_other(plan)
    look = look_of(plan.name, prototype)
    building = next(
        (row.building for row in listed if are_one_building(row.look, look, prototype)), None
    )
    if building is None:
        position = 1 + max((row.building.position for row in listed), default=0)
        building = BuildingRow(chat_id=chat_id, name=plan.name, position=position)
        listed.append(_Listed(building, look))
    building.name = plan.name
    building.eligible = plan.eligible
    building.is_estimated = plan.is_estimated
    building.source = plan.source
    building.counted_on = today
    work.session.add(building)


def _count_later(work: PersonalWork, chat_id: int) -> None:
    """Who changed them is kept as a tag until then: another organiser may have to agree."""
    by = None if work.person.id is None else work.tag(base_purpose(chat_id))
    bases.count_later(work.session, chat_id, work.now + _UNTIL_TOLD, by)
    work.later.wake()
