"""The words of a line about paper, in all languages at once: nobody is asked which one they write.

Every reason is understood as the bot says it, and by a word of its own that is shorter to type.
"""

from __future__ import annotations

from enum import Enum

from bot.domain.moments.languages.lexicon import Lexicon


class Said(Enum):
    """What is said of a sheet, or of an election's paper as a whole."""

    RETURNED = "returned"
    CHECKED = "checked"
    VOID = "void"
    OUT = "out"
    ACCEPTED = "accepted"
    EXPECTED = "expected"


_ENGLISH = {
    Said.RETURNED: "returned, back, filled",
    Said.CHECKED: "checked, valid",
    Said.VOID: "void, lost, spoilt, spoiled",
    Said.OUT: "out, still out",
    Said.ACCEPTED: "accepted, officially accepted",
    Said.EXPECTED: "expect, expected",
}
_BELARUSIAN = {
    Said.RETURNED: "вярнуўся, вярнулі, вернуты, здадзены, запоўнена",
    Said.CHECKED: "праверана, правераны, праверылі, прызнана, сапраўдных",
    Said.VOID: "згублены, сапсаваны, страчаны, прапаў, не лічыцца",
    Said.OUT: "на руках, яшчэ на руках, не вярнуўся, яшчэ не вярнуўся",
    Said.ACCEPTED: "прынята, прынялі, афіцыйна прынята, прынята афіцыйна",
    Said.EXPECTED: "прызнаюць, звычайна прызнаюць, чакаем",
}
_RUSSIAN = {
    Said.RETURNED: "вернулся, вернули, возвращён, сдан, заполнено",
    Said.CHECKED: "проверено, проверен, проверили, признано, действительных",
    Said.VOID: "потерян, испорчен, утерян, пропал, не считается",
    Said.OUT: "на руках, ещё на руках, не вернулся, ещё не вернулся",
    Said.ACCEPTED: "принято, приняли, официально принято, принято официально",
    Said.EXPECTED: "признают, обычно признают, ожидаем",
}

_ENGLISH_REASONS = {
    "resident": "resident, nonresident, non-resident, stranger, doesn't live here",
    "underage": "underage, minor, under 18",
    "double": "double, doubled, duplicate, twice, signed twice",
    "illegible": "illegible, unreadable",
    "unsigned": "unsigned, undated, no signature, no date, no signature or date",
    "other": "other, another reason",
}
_BELARUSIAN_REASONS = {
    "resident": "нетутэйшы, чужы, не тут, жыве не тут",
    "underage": "непаўналетні, няма 18, няма 18 гадоў",
    "double": "паўторны подпіс, паўтор, двойчы, падпісана двойчы",
    "illegible": "неразборліва",
    "unsigned": "без подпісу, без даты, без подпісу ці даты, непадпісана, не падпісана",
    "other": "іншае, іншая прычына",
}
_RUSSIAN_REASONS = {
    "resident": "нездешний, неместный, чужой, не здесь, живёт не здесь",
    "underage": "несовершеннолетний, нет 18, нет 18 лет",
    "double": "повторная подпись, повтор, дважды, подписано дважды",
    "illegible": "неразборчиво",
    "unsigned": "без подписи, без даты, без подписи или даты, неподписано, не подписано",
    "other": "другое, другая причина",
}

SAID = Lexicon((_ENGLISH, _BELARUSIAN, _RUSSIAN))
REASONS_SAID = Lexicon((_ENGLISH_REASONS, _BELARUSIAN_REASONS, _RUSSIAN_REASONS))
