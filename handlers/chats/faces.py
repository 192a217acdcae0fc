"""The bot's first words in a chat, and the choice of its language and clock."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.timekeeping.offsets import offset_name
from bot.domain.timekeeping.quiet_hours import NEVER, USUAL, QuietHours
from bot.domain.timekeeping.wall_times import pack_time
from bot.message.face import Button, Face, in_rows
from bot.message.hour_words import quiet_in_words
from bot.message.labels import chosen, named
from bot.message.words import LANGUAGE_NAMES, Words, paragraphs
from handlers.chats.payloads import (
    CarefulPage,
    QuietPage,
    SetCareful,
    SetLanguage,
    SetQuiet,
    SetZone,
    ZonePage,
)
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
# Other hours are typed.
NIGHTS = (USUAL, QuietHours(time(21), time(9)), QuietHours(time(23), time(7)), NEVER)
_IN_A_ROW = 2


def draw_welcome(chat: ChatSettings, words: Words) -> Face:
    languages = [
        Button(chosen(name, language == chat.language), SetLanguage(language))
        for language, name in LANGUAGE_NAMES.items()
    ]
    zone = Button(
        named(words, "chats.button.zone", zone=words.zone(chat.timezone)), ZonePage(chat.id)
    )
    hours = quiet_in_words(chat.quiet, words).plain()
    quiet = Button(words.plain("quiet.button.page", hours=hours), QuietPage(chat.id))
    key = "careful.button.page.on" if chat.counts_carefully else "careful.button.page.off"
    careful = Button(words.plain(key), CarefulPage(chat.id))
    settings = ((zone,), (quiet,), (careful,))
    return Face(words("chats.welcome"), (*in_rows(languages, _IN_A_ROW), *settings))


def draw_zones(chat: ChatSettings, words: Words) -> Face:
    buttons = [
        Button(chosen(words.zone(zone), zone == chat.timezone), SetZone(chat.id, zone))
        for zone in ZONES
    ]
    question = words("chats.zone.question", zone=words.zone(chat.timezone))
    return Face(question, in_rows(buttons, _IN_A_ROW))


def draw_zone_set(chat: ChatSettings, now: datetime, words: Words) -> Face:
    """What time it is there says at once whether the right place was understood."""
    there = now.astimezone(ZoneInfo(chat.timezone))
    zone, time_there = words.zone(chat.timezone), words.time(there.time())
    said = words("chats.zone_set", zone=zone, time=time_there)
    if offset_name(chat.timezone) is None:
        return Face(said)
    return Face(paragraphs(said, words("chats.zone_set.offset")))


def draw_careful(chat: ChatSettings, words: Words) -> Face:
    """How the numbers of actions move, and the other way."""
    rows = [
        (
            Button(
                chosen(words.plain(f"careful.button.{key}"), is_on is chat.counts_carefully), press
            ),
        )
        for key, is_on in (("off", False), ("on", True))
        if (press := SetCareful(chat.id, is_on))
    ]
    return Face(words("careful.page"), tuple(rows))


def draw_quiet(chat: ChatSettings, words: Words) -> Face:
    """The quiet hours as they are, and some others."""
    buttons = []
    for night in NIGHTS:
        label = quiet_in_words(night, words).plain()
        if night.is_off:
            label = words.plain("quiet.button.none")
        is_chosen = night == chat.quiet or (night.is_off and chat.quiet.is_off)
        press = SetQuiet(chat.id, pack_time(night.begins), pack_time(night.ends))
        buttons.append(Button(chosen(label, is_chosen), press))
    hours = quiet_in_words(chat.quiet, words)
    key = "quiet.page.off" if chat.quiet.is_off else "quiet.page"
    text = words(key, hours=hours, zone=words.zone(chat.timezone))
    return Face(text, in_rows(buttons, _IN_A_ROW))
