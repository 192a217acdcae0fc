"""Saying what is odd about an hour."""

from __future__ import annotations

from bot.domain.moments.moment import MomentNote
from bot.texts import Html, Words


def say_note(note: MomentNote, words: Words) -> Html:
    """What becomes of an hour on a night when the clocks change."""
    missing = note is MomentNote.MISSING_HOUR
    return words("moments.note.missing_hour" if missing else "moments.note.double_hour")
