"""Names for what is made up, in three languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    title: str
    people: tuple[str, ...]
    street: str


NAMES = {
    "en": Said("Representative of Yard 5", ("Vera K.", "Adam L.", "Nina P."), "Fountain street"),
    "be": Said("Прадстаўнік двара 5", ("Вера К.", "Адам Л.", "Ніна П."), "Фантанная"),
    "ru": Said("Представитель двора 5", ("Вера К.", "Адам Л.", "Нина П."), "Фонтанная"),
}
