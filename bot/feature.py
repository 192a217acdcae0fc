"""What a feature gives the frame. The frame knows no feature by name; a feature is this one value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.message.face import Face
from bot.message.payload import Payload
from bot.message.words import Words
from bot.steps import Step
from bot.store import UnitOfWork

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import BaseHandler

    from bot.context import Context


class Audience(StrEnum):
    """In whose menu a command stands. Who may use it, the command itself checks."""

    EVERYONE = "everyone"
    ORGANISERS = "organisers"


@dataclass(frozen=True)
class Command:
    """A command that people type. `run` gets everything after the command's name.

    `summary` is the text key of its menu line. `ephemeral` commands are typed unseen by others
    wherever Telegram can do that.
    """

    name: str
    run: Callable[[Context, str], Awaitable[None]]
    summary: str
    audience: Audience = Audience.EVERYONE
    ephemeral: bool = True
    in_private: bool = False
    in_menu: bool = True


class WhenUncertain(StrEnum):
    """What becomes of a message that may have arrived or not: the answer to its sending never came."""

    # Said again, with a mark: harmless twice.
    REPEAT = "repeat"
    # An organiser looks above and decides: embarrassing twice.
    ASK = "ask"


@dataclass(frozen=True)
class View:
    """A message to the whole chat: `load` reads what it shows (None: the thing is gone), `draw` says it.

    `is_pinned` says of what was loaded whether its message is pinned when it stands. `sent` is told
    the reference and the numbers of the messages, in the transaction that records the sending, unless
    the group moved meanwhile; `source_gone` the reference, where the messages that were to be copied
    are there no more. A view that `passes` is not sent later than the operator's grace: organisers
    find it in a list instead, and `passed` is told the reference and when it should have been sent.
    """

    load: Callable[[UnitOfWork, int], Any]
    draw: Callable[[Any, Words], Face]
    is_pinned: Callable[[Any], bool] = lambda _: False
    when_uncertain: WhenUncertain = WhenUncertain.ASK
    passes: bool = True
    sent: Callable[[UnitOfWork, int, tuple[int, ...]], None] | None = None
    source_gone: Callable[[UnitOfWork, int], None] | None = None
    passed: Callable[[UnitOfWork, int, datetime], None] | None = None


@dataclass(frozen=True)
class CardView(View):
    """The message of a thing, redrawn when the thing changes and pinned while `is_pinned` says so.

    It shows how things stand now, so it never comes too late. `hallmark` makes, from the reference, what a
    button carries that no other message to all has: a card whose number nobody knows is known by it.
    """

    passes: bool = False
    hallmark: Callable[[int], Payload] | None = None


@dataclass(frozen=True)
class DueSource:
    """Things that fall due by themselves: `move` puts what is due into the outbox."""

    move: Callable[[UnitOfWork], None]
    next_due: Callable[[UnitOfWork], datetime | None]


ButtonHandler = Callable[["Context", Any], Awaitable[None]]
PageHandler = Callable[["Context", Any], Awaitable[Face]]
TypedHandler = Callable[["Context", int, str], Awaitable[None]]
StepHandler = Callable[["Context", Any], Awaitable[None]]


@dataclass(frozen=True)
class Feature:
    """One job of the bot, whole."""

    name: str
    commands: tuple[Command, ...] = ()
    # What a tap does, by payload.
    buttons: Mapping[type[Payload], ButtonHandler] = field(default_factory=dict)
    # Messages for one person, by payload: a button with such a payload opens the page.
    pages: Mapping[type[Payload], PageHandler] = field(default_factory=dict)
    # What a private message answers, by the draft's flow.
    typed: Mapping[str, TypedHandler] = field(default_factory=dict)
    # What other features may lead to here, by kind.
    steps: Mapping[type[Step], StepHandler] = field(default_factory=dict)
    # Service messages and membership changes.
    events: tuple[BaseHandler[Update, Context, None], ...] = ()
    cards: Mapping[str, CardView] = field(default_factory=dict)
    posts: Mapping[str, View] = field(default_factory=dict)
    due: tuple[DueSource, ...] = ()
    # Run every hour: erases what has outlived its use.
    erase: tuple[Callable[[UnitOfWork], None], ...] = ()
