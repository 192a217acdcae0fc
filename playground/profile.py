"""What a bot says of itself, in several languages: its name, and the descriptions that newcomers read."""

from __future__ import annotations

from playground.errors import bad_request

_LIMITS = {"name": 64, "description": 512, "short_description": 120}
"""Characters at most."""


class Profile:
    """The bot's name and descriptions, by field and language. A language of "" is everyone else's."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], str] = {}

    def set(self, field: str, language: str, words: str) -> None:
        """Empty words take a language's own away. Raises ApiError."""
        if len(words) > _LIMITS[field]:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        if words:
            self._words[field, language] = words
        else:
            self._words.pop((field, language), None)

    def get(self, field: str, language: str) -> str:
        """In this language, or else what everyone else reads."""
        return self._words.get((field, language)) or self._words.get((field, ""), "")
