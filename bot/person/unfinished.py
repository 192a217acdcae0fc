"""A command that somebody was asked about: what they typed is kept for ten minutes, so that their reply to
the question goes on with it. And what stands in the group of a refusal, until their next command there.

Both are sealed rows of their own, found by the message that asked, and by whose refusal it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram import Message

from bot.person.short_lived import Kind, NotTheirs
from bot.store import PersonalWork
from storage.chats import Presence

LASTS = timedelta(minutes=10)
_ASKED = Kind("asked", LASTS)
_REFUSED = Kind("refused", LASTS)


@dataclass(frozen=True)
class Unfinished:
    """A command and what was typed after it, until now.

    `began` is the message with which it began, as Telegram told of it, where it is about another message.
    `draft` holds all that is known by now, tapped or typed, where there is one.
    """

    command: str
    words: str = field(repr=False)
    began: dict[str, Any] | None = field(default=None, repr=False)
    draft: int = 0


@dataclass(frozen=True)
class Listening:
    """What a reply to the answer goes on with, where that refuses or asks.

    `began` is the message with which the command began; None where that is another one than this update's,
    and was about nothing but its words.
    """

    unfinished: Unfinished
    began: Message | None


@dataclass(frozen=True)
class Standing:
    """The messages of a refusal: the bot's own or its whisper, and the person's that was refused; 0: none."""

    told: int = 0
    whisper: int = 0
    refused: int = 0


def note_answer(
    work: PersonalWork, message: str, unfinished: Unfinished | None, standing: Standing | None
) -> Standing | None:
    """A command was answered by this message: what was refused before goes. Returns that.

    A reply to the message goes on with what is `unfinished`; what is `standing` goes with the next answer.
    """
    before = clear_refusal(work)
    rows = work.short_lived
    if unfinished is not None:
        note_asked(work, message, unfinished)
    if standing is not None:
        rows.keep(rows.own(_REFUSED, _here(work), vars(standing)))
        _remove(work, Standing(refused=standing.refused), after=LASTS)
    return before


def note_asked(work: PersonalWork, message: str, unfinished: Unfinished) -> None:
    """This message asks: a reply to it goes on with what is `unfinished`."""
    rows = work.short_lived
    rows.keep(rows.named(_ASKED, _name(work, message), vars(unfinished)))


def find_unfinished(work: PersonalWork, message: str) -> Unfinished | None:
    """What this person's reply to that message goes on with."""
    try:
        kept = work.short_lived.find(_ASKED, _name(work, message))
    except NotTheirs:
        return None
    # What an anonymous administrator began opens for everybody: a neighbour's reply is no answer to that.
    is_theirs = kept is not None and kept.is_anonymous == (work.person.id is None)
    return Unfinished(**kept.data) if kept is not None and is_theirs else None


def stands_refused(work: PersonalWork) -> bool:
    """Whether a refusal of theirs stands here."""
    return work.short_lived.newest(_REFUSED, _here(work)) is not None


def clear_refusal(work: PersonalWork) -> Standing | None:
    """Take away what stands here of the refusal that this person was told last; return what it was. A whisper
    isn't removed by a row."""
    kept = work.short_lived.newest(_REFUSED, _here(work))
    if kept is None:
        return None
    work.short_lived.forget(_REFUSED, _here(work), at_leisure=True)
    standing = Standing(**kept.data)
    _remove(work, standing, after=timedelta(0))
    return standing


def _remove(work: PersonalWork, standing: Standing, *, after: timedelta) -> None:
    chat = work.chat_here()
    if standing.told:
        work.later.delete_message(chat.id, standing.told, after=after)
    # Only an administrator may take away what others wrote.
    if standing.refused and chat.presence is Presence.ADMINISTRATOR:
        work.later.delete_message(chat.id, standing.refused, after=after)


def _name(work: PersonalWork, message: str) -> str:
    return f"{work.place.telegram_id}:{message}"


def _here(work: PersonalWork) -> str:
    return str(work.place.telegram_id)
