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
from bot.steps import JOBS
from handlers.chats.payloads import (
    CarefulPage,
    How,
    QuietPage,
    SetCareful,
    SetLanguage,
    SetQuiet,
    SettingsPage,
    SetZone,
    ZonePage,
)
from storage.chats import ChatSettings, Presence

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
    """What the bot is for, as the whole chat reads it; what organisers set stands behind one button."""
    buttons = [Button(words.plain(f"frame.job.{job}"), How(job)) for job in JOBS]
    buttons.append(Button(words.plain("frame.button.settings"), SettingsPage(chat.id)))
    is_plain = chat.presence is Presence.MEMBER
    more = words("chats.welcome.plain" if is_plain else "chats.welcome.settings")
    return Face(paragraphs(words("chats.welcome"), more), in_rows(buttons, _IN_A_ROW))


def draw_settings(chat: ChatSettings, words: Words, promotion: str) -> Face:
    """What an organiser may change. `promotion` is an address that makes the bot an administrator."""
    languages = [
        Button(chosen(name, language == chat.language), SetLanguage(chat.id, language))
        for language, name in LANGUAGE_NAMES.items()
    ]
    zone = Button(
        named(words, "chats.button.zone", zone=words.zone(chat.timezone)), ZonePage(chat.id)
    )
    key = "careful.button.page.on" if chat.counts_carefully else "careful.button.page.off"
    careful = Button(words.plain(key), CarefulPage(chat.id))
    rows = [*in_rows(languages, _IN_A_ROW), (zone,), (_quiet_hours(chat, words),), (careful,)]
    text = words("chats.settings")
    if chat.presence is Presence.MEMBER:
        text = paragraphs(text, words("chats.settings.promote"))
        rows.append((Button(words.plain("chats.button.promote"), promotion),))
    return Face(text, tuple(rows))


def draw_settings_as_they_are(chat: ChatSettings, words: Words) -> Face:
    """The same for those who can't change it."""
    hours = quiet_in_words(chat.quiet, words)
    language, zone = LANGUAGE_NAMES[chat.language], words.zone(chat.timezone)
    return Face(words("chats.settings.neighbour", language=language, zone=zone, hours=hours))


def draw_thanks(_chat: ChatSettings, words: Words) -> Face:
    return Face(words("chats.thanks"), is_silent=True)


def draw_zones(chat: ChatSettings, words: Words) -> Face:
    buttons = [
        Button(chosen(words.zone(zone), zone == chat.timezone), SetZone(chat.id, zone))
        for zone in ZONES
    ]
    question = words("chats.zone.question", zone=words.zone(chat.timezone))
    return Face(question, (*in_rows(buttons, _IN_A_ROW), _back(chat, words)))


def draw_zone_set(chat: ChatSettings, now: datetime, words: Words) -> Face:
    """What time it is there says at once whether the right place was understood."""
    there = now.astimezone(ZoneInfo(chat.timezone))
    zone, time_there = words.zone(chat.timezone), words.time(there.time())
    said = words("chats.zone_set", zone=zone, time=time_there)
    buttons = ((_quiet_hours(chat, words),), _back(chat, words))
    if offset_name(chat.timezone) is None:
        return Face(said, buttons)
    return Face(paragraphs(said, words("chats.zone_set.offset")), buttons)


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
    return Face(words("careful.page"), (*rows, _back(chat, words)))


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
    return Face(text, (*in_rows(buttons, _IN_A_ROW), _back(chat, words)))


def _quiet_hours(chat: ChatSettings, words: Words) -> Button:
    hours = quiet_in_words(chat.quiet, words).plain()
    return Button(words.plain("quiet.button.page", hours=hours), QuietPage(chat.id))


def _back(chat: ChatSettings, words: Words) -> tuple[Button, ...]:
    return (Button(words.plain("frame.button.back"), SettingsPage(chat.id)),)
