"""The catalogs as they lie in `bot/locales/`, for tests that compare them."""

from __future__ import annotations

import functools
import string
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from bot.message.words import LOCALES

LANGUAGES = ("en", "be", "ru")


@dataclass(frozen=True)
class Entry:
    """One text: its forms, one or, where it counts something, several."""

    key: str
    # The catalog's path with dots: the first words of its keys.
    file: str
    forms: tuple[str, ...]
    is_plural: bool

    @property
    def placeholders(self) -> list[set[str]]:
        """The names in braces, form by form."""
        return [
            {name for _, name, _, _ in string.Formatter().parse(form) if name is not None}
            for form in self.forms
        ]


def files(language: str) -> dict[str, Path]:
    """Every catalog of a language by its path with dots: "reminders.due"."""
    folder = LOCALES / language
    return {
        ".".join(file.relative_to(folder).with_suffix("").parts): file
        for file in sorted(folder.rglob("*.po"))
    }


@functools.cache
def catalog(language: str) -> dict[str, Entry]:
    """Every text of a language by its key; a key that stands there twice fails."""
    entries: dict[str, Entry] = {}
    for name, file in files(language).items():
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language, abort_invalid=True):
                if not message.id:
                    continue
                is_plural = not isinstance(message.id, str)
                key = message.id if isinstance(message.id, str) else message.id[0]
                written = message.string
                forms = (written,) if isinstance(written, str) else tuple(written or ())
                assert key not in entries, f"{key} stands twice in {language}"
                assert not message.fuzzy, f"{key} is unfinished in {language}"
                entries[key] = Entry(key, name, forms, is_plural)
    return entries
