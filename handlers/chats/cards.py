"""The bot's first words in a chat, and the choice of its language and clock."""

from __future__ import annotations

from bot.face import Button, Face
from bot.texts import LANGUAGE_NAMES, Words
from handlers.chats.payloads import SetLanguage, SetZone, ZonePage
from storage.chats import ChatSettings

# Where courtyards are likely to be, west to east; the rest of the world types its own in /timezone.
ZONES = (
    "Europe/Minsk",
    "Europe/Warsaw",
    "Europe/Vilnius",
    "Europe/Kyiv",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Moscow",
    "Asia/Tbilisi",
    "Asia/Almaty",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Jerusalem",
)
_IN_A_ROW = 3


def draw_welcome(chat: ChatSettings, words: Words) -> Face:
    languages = tuple(
        Button(f"✓ {name}" if language == chat.language else name, SetLanguage(language))
        for language, name in LANGUAGE_NAMES.items()
    )
    zone = Button(
        words.plain("chats.button.zone", zone=words.zone(chat.timezone)), ZonePage(chat.id)
    )
    return Face(words("chats.welcome"), (languages, (zone,)))


def draw_zones(chat: ChatSettings, words: Words) -> Face:
    buttons = [
        Button(
            f"✓ {words.zone(zone)}" if zone == chat.timezone else words.zone(zone),
            SetZone(chat.id, zone),
        )
        for zone in ZONES
    ]
    rows = [tuple(buttons[i : i + _IN_A_ROW]) for i in range(0, len(buttons), _IN_A_ROW)]
    return Face(words("chats.zone.question", zone=words.zone(chat.timezone)), tuple(rows))


def draw_zone_set(chat: ChatSettings, words: Words) -> Face:
    return Face(words("chats.zone_set", zone=words.zone(chat.timezone)))
