"""A narrow phone, and which labels of a keyboard it cuts.

Telegram's font isn't here to measure with. DejaVu Sans is, and it is wider: of our labels with six letters
or more none takes more than 0.94 of its width in Roboto Medium, in which Android writes them, and half take
less than 0.9. An emoji is drawn a little wider than a letter is high. Where the phone's font is another, or
its owner made letters larger, less is seen; what is cut then is an end, and the ends are chosen for that.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence

from bot.message.drawing import Fonts
from bot.message.labels import room
from playground.state import ApiCall

_NARROWER = 0.94
_EMOJI = 1.2
_SIGNS_OF_THE_FONT = "№✓"
_SIZE = 100
_fonts = Fonts()


def width(label: str) -> float:
    """How wide a label is, in heights of its letters."""
    letters = "".join(char for char in label if not _is_emoji(char) and not _is_unseen(char))
    emoji = sum(map(_is_emoji, label))
    return _fonts.width(letters, _SIZE, is_bold=False) / _SIZE * _NARROWER + emoji * _EMOJI


def cut(rows: Iterable[Sequence[str]]) -> list[str]:
    """The labels of a keyboard that aren't seen whole, with the room they have and the room they want."""
    return [
        f"{label!r} is {width(label):.1f} wide, and {room(len(row)):.1f} are seen"
        for row in rows
        for label in row
        if width(label) > room(len(row))
    ]


def cut_on_the_way(calls: Iterable[ApiCall]) -> set[str]:
    """The same of every keyboard that a bot has sent."""
    found: set[str] = set()
    for call in calls:
        markup = call.params.get("reply_markup")
        read = json.loads(markup) if isinstance(markup, str) else markup
        rows = (read or {}).get("inline_keyboard", [])
        found.update(cut([[button["text"] for button in row] for row in rows]))
    return found


def _is_emoji(char: str) -> bool:
    return char not in _SIGNS_OF_THE_FONT and (
        unicodedata.category(char) == "So" or ord(char) >= 0x1F000
    )


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf")
