"""How people say that they want none of it."""

from __future__ import annotations

from bot.domain.moments.languages.tokens import fold

_WORDS = (
    *("off", "no", "none", "never"),
    *("выкл", "выключить", "отключить", "нет", "не нужно"),
    *("выключыць", "адключыць", "няма", "не", "не трэба"),
)
_FOLDED = frozenset(map(fold, _WORDS))


def is_nothing(typed: str) -> bool:
    """Whether a whole line says "off"."""
    return fold(" ".join(typed.split())) in _FOLDED
