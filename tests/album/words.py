"""Names for what is made up, in three languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    title: str
    people: tuple[str, ...]
    street: str


_EN = ("Vera K.", "Adam L.", "Nina P.", "Aliaksandra Kavalenka-Vasilieuskaya", "Tom", "Zosia R.")
_BE = ("Вера К.", "Адам Л.", "Ніна П.", "Аляксандра Каваленка-Васілеўская", "Том", "Зося Р.")
_RU = ("Вера К.", "Адам Л.", "Нина П.", "Александра Коваленко-Васильевская", "Том", "Зося Р.")
NAMES = {
    "en": Said("Representative of Yard 5", _EN, "Fountain street"),
    "be": Said("Прадстаўнік двара 5", _BE, "Фантанная"),
    "ru": Said("Представитель двора 5", _RU, "Фонтанная"),
}
