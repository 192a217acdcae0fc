"""Hours in words: quiet ones, and those that a change of the clocks makes odd."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.timekeeping.moment import MomentNote
from bot.domain.timekeeping.quiet_hours import QuietHours
from bot.message.words import Html, Words


def quiet_in_words(quiet: QuietHours, words: Words) -> Html:
    """ "22:00–08:00", or that there are none."""
    if quiet.is_off:
        return words("quiet.none")
    return words("quiet.hours", begins=words.time(quiet.begins), ends=words.time(quiet.ends))


def quiet_note(quiet: QuietHours, at: datetime, zone: ZoneInfo, words: Words) -> Html | None:
    """For the preview of what a person timed: that its moment lies in quiet hours, and comes all the
    same. None where it doesn't."""
    if not quiet.contain(at, zone):
        return None
    return words("quiet.note", hours=quiet_in_words(quiet, words))


def say_note(note: MomentNote, words: Words) -> Html:
    """What becomes of an hour on a night when the clocks change."""
    missing = note is MomentNote.MISSING_HOUR
    return words("moments.note.missing_hour" if missing else "moments.note.double_hour")
