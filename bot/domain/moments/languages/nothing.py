"""How people say that they want none of it."""

from __future__ import annotations

from bot.domain.moments.languages.tokens import fold

_WORDS = (
    *("off", "no", "none", "never", "stop", "disable", "turn off", "turn it off", "switch off"),
    *("cancel", "remove", "not needed", "don't", "no need", "without"),
    *("выкл", "выключить", "выключи", "выключите", "отключить", "отключи", "отключите", "отмена"),
    *(
        "нет",
        "не нужно",
        "не надо",
        "не нужен",
        "не хочу",
        "не хотим",
        "никогда",
        "убрать",
        "убери",
    ),
    *("стоп", "откл", "без", "уберите"),
    *("выключыць", "выключы", "выключыце", "адключыць", "адключы", "адключыце", "няма", "не"),
    *("не трэба", "не патрэбна", "не патрэбны", "не хачу", "не хочам", "ніколі", "прыбраць"),
    *("прыбяры", "прыбярыце", "спыніць", "адмена"),
)
_FOLDED = frozenset(map(fold, _WORDS))


def is_nothing(typed: str) -> bool:
    """Whether a whole line says "off"."""
    return fold(" ".join(typed.split()).rstrip(".!")) in _FOLDED
