"""Where elections stand, made up: what the picture and its words are drawn from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.elections.building_numbers import BuildingNumber
from bot.domain.elections.buildings import NAME_LENGTH as BUILDING_LENGTH
from bot.domain.elections.rule import USUAL_RULE
from handlers.elections.progress.use_cases import Progress
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.progress import ShownBuilding

TODAY = date(2026, 10, 21)


def standing(*shown: int, base: int = 400, names: tuple[str, ...] = ()) -> Progress:
    """An election with candidates of these public numbers."""
    needed = USUAL_RULE.needed(base)
    candidates = tuple(
        Candidate(
            number,
            names[number - 1] if names else f"Candidate {number}",
            n,
            reached=n >= needed,
            counted=n,
        )
        for number, n in enumerate(shown, start=1)
    )
    election = Election(
        id=1,
        chat_id=1,
        thread_id=None,
        title="Representative of Yard 5",
        base=base,
        is_base_typed=True,
        is_provisional=True,
        is_frozen=False,
        rule=USUAL_RULE,
        is_open=True,
        candidates=candidates,
    )
    return Progress(election, None, (), {}, "en", TODAY)


def housed(progress: Progress, *numbers: int, name: str = "Fountain street") -> Progress:
    """The same with buildings of these public numbers."""
    buildings = tuple(
        ShownBuilding(f"{name} {number}"[:BUILDING_LENGTH], BuildingNumber(shown))
        for number, shown in enumerate(numbers, start=1)
    )
    return replace(progress, buildings=buildings)
