"""What a feature gives the frame. The frame knows no feature by name; a feature is this one value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from telegram import Update
from telegram.ext import BaseHandler

from bot.chores import Chore
from bot.context import Context
from bot.domain.answered import said_anew
from bot.domain.refusal import Refused
from bot.message.face import Face
from bot.message.payload import Payload, values_for
from bot.message.words import Words
from bot.person.drafts import said_for
from bot.person.place import Person
from bot.person.rights import Right
from bot.safety.rotation.carrying import CarryOver
from bot.safety.wall_times import Planned
from bot.steps import Step
from bot.store import PersonalWork, Store, UnitOfWork

_PORTIONS_AT_ONCE = 20


@dataclass(frozen=True)
class Answers:
    """How a command goes on with a reply to a refusal, or to one of `pages`, which may be typed for as well.

    Where the page is about a draft, the answer is typed for that. Else `merge` puts together what was typed
    and the answer: the words that could have been typed at once. `keeps_answered` where the command is about
    the message that it was typed in reply to; it keeps formatting too.
    """

    merge: Callable[[str, str], str] = said_anew
    pages: tuple[type[Payload], ...] = ()
    keeps_answered: bool = False


@dataclass(frozen=True)
class Command:
    """A command that people type. `run` gets everything after the command's name.

    `right` says who may use it, and so in whose menu it stands; `summary` is the text key of its line there.
    `ephemeral` commands are typed unseen by others wherever Telegram can do that. `answers` says how a reply
    goes on with it, where it takes words. `recognises` says of a private message that answers nothing whether
    it is what this command is typed with.
    """

    name: str
    run: Callable[[Context, str], Awaitable[None]]
    summary: str
    right: Right
    ephemeral: bool = True
    in_menu: bool = True
    answers: Answers | None = None
    recognises: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True)
class Page:
    """A message for one person: `load` reads what it shows, `draw` says it.

    `load` gets what it wants of the page's payload, by name. A page that `writes` begins something, such as a
    draft that awaits typing.
    """

    load: Callable[..., Any]
    draw: Callable[[Any, Words], Face]
    right: Right
    writes: bool = False

    async def show(self, context: Context, page: Any) -> Face:
        """Draw it for this person. Raises `Refused`."""
        await context.require(self.right, page)
        look = context.run if self.writes else context.read
        return self.draw(await look(self.load, **values_for(self.load, page)), context.words)


@dataclass(frozen=True)
class PageBy:
    """A page that a function draws: one whose parts no single use case loads."""

    function: Callable[[Context, Any], Awaitable[Face]]
    right: Right

    async def show(self, context: Context, page: Any) -> Face:
        """Draw it for this person. Raises `Refused`."""
        await context.require(self.right, page)
        return await self.function(context, page)


@dataclass(frozen=True)
class Show:
    """After a tap a page is shown; it carries the values of the tap that have the same names, or `given`."""

    page: type[Payload]
    given: Mapping[str, int | str] = field(default_factory=dict)

    def carried(self) -> set[str]:
        return set(self.page.names()) - set(self.given)

    async def __call__(self, context: Context, tap: Payload) -> None:
        taken = {name: getattr(tap, name) for name in self.carried()}
        await context.show(self.page(**taken, **self.given))


@dataclass(frozen=True)
class Close:
    """After a tap this person is done here: the text of this key takes the page's place."""

    key: str

    async def __call__(self, context: Context, _tap: Payload) -> None:
        await context.close(self.key)


@dataclass(frozen=True)
class Say:
    """After a tap the text of this key is said over the chat for a moment."""

    key: str

    async def __call__(self, context: Context, _tap: Payload) -> None:
        await context.toast(context.words.plain(self.key))


@dataclass(frozen=True)
class Tap:
    """What a button does: `use_case` gets what it wants of the payload, by name.

    A tap that comes a second time changes nothing and is answered like the first: what it did stands. Where
    all see a button that only some may use, `otherwise` is a page for the others, instead of a refusal.
    """

    use_case: Callable[..., Any]
    then: Show | Close | Say
    right: Right
    otherwise: Show | None = None

    async def act(self, context: Context, tap: Any) -> None:
        """Do it and answer. Raises `Refused`."""
        await context.once(self.use_case, **values_for(self.use_case, tap))
        await self.then(context, tap)


@dataclass(frozen=True)
class TapBy:
    """A button that a function answers: one whose answer hangs on what came of it."""

    function: Callable[[Context, Any], Awaitable[None]]
    right: Right
    otherwise: Show | None = None

    async def act(self, context: Context, tap: Any) -> None:
        """Do it and answer. Raises `Refused`."""
        await self.function(context, tap)


@dataclass(frozen=True)
class Typed:
    """What a private message answers; `merge` puts what was refused together with the next answer. `asks`
    gives the page that asks for what a draft still lacks, where that may be asked in the group."""

    function: Callable[[Context, int, str], Awaitable[None]]
    right: Right
    merge: Callable[[str, str], str] | None = None
    asks: Callable[[Context, int], Awaitable[Payload]] | None = None

    async def take(self, context: Context, draft_id: int, text: str) -> None:
        """Go on with what was typed. Raises `Refused`."""
        await context.require(self.right, _Answered(draft_id))
        if self.merge is not None:
            text = await context.note(said_for, draft_id, text, self.merge)
        await self.function(context, draft_id, text)


@dataclass(frozen=True)
class _Answered:
    """What a right is asked about where somebody typed."""

    draft: int


class WhenUncertain(StrEnum):
    """What becomes of a message that may have arrived or not: the answer to its sending never came."""

    # Said again, with a mark: harmless twice.
    REPEAT = "repeat"
    # An organiser looks above and decides: embarrassing twice.
    ASK = "ask"


class WhenLate(StrEnum):
    """What becomes of a message that couldn't be sent at its time."""

    # Past the operator's grace it stands on a list instead. Before that it says that it is late.
    LIST = "list"
    # News of something that happened: sent however late, and it says so.
    SAY_SO = "say_so"
    # It shows how things stand now.
    NO_MATTER = "no_matter"


class NotCopied(Protocol):
    """What a feature does about a post whose messages couldn't be copied; its own words come instead."""

    def __call__(self, work: UnitOfWork, ref: int, /, *, is_gone: bool) -> None: ...


@dataclass(frozen=True)
class Post:
    """A message to the whole chat: `load` reads what it shows (None: the thing is gone), `draw` says it.

    `is_pinned` says of what was loaded whether its message is pinned when it stands. `sent` is told
    the reference and the numbers of the messages, in the transaction that records the sending, unless
    the group moved meanwhile; `not_copied` the reference, where what was to be copied can't be: because
    it `is_gone`, or because its chat lets nobody copy. `passed` is told the
    reference of what was let pass, and when it should have been sent. It is sent in answer to the card of
    the kind that it `answers`, of the same reference, where that stands in the same chat and topic.
    """

    load: Callable[[UnitOfWork, int], Any]
    draw: Callable[[Any, Words], Face]
    is_pinned: Callable[[Any], bool] = lambda _: False
    when_uncertain: WhenUncertain = WhenUncertain.ASK
    when_late: WhenLate = WhenLate.LIST
    sent: Callable[[UnitOfWork, int, tuple[int, ...]], None] | None = None
    not_copied: NotCopied | None = None
    passed: Callable[[UnitOfWork, int, datetime], None] | None = None
    answers: str | None = None


@dataclass(frozen=True)
class Card(Post):
    """The message of a thing, redrawn when the thing changes and pinned while `is_pinned` says so.

    It shows how things stand now, so it never is late. `hallmark` makes, from the reference, what a
    button carries that no other message to all has: a card whose number nobody knows is known by it.
    """

    when_late: WhenLate = WhenLate.NO_MATTER
    hallmark: Callable[[int], Payload] | None = None


@dataclass(frozen=True)
class DueSource:
    """Things that fall due by themselves: `move` puts some of it into the outbox, as much as keeps the writer
    for ten milliseconds or so. Where thousands of rows are to be read, `look` reads them beside it."""

    move: Callable[..., None]
    next_due: Callable[[UnitOfWork], datetime | None]
    look: Callable[[UnitOfWork], Any] | None = None

    async def move_due(self, store: Store) -> None:
        """Move what is due, in portions between which others write; where that is very much, only some."""
        for _ in range(_PORTIONS_AT_ONCE):
            found = () if self.look is None else (await store.read(self.look),)
            await store.run(self.move, *found)
            if not await store.read(self._is_more_due):
                return

    def _is_more_due(self, work: UnitOfWork) -> bool:
        due = self.next_due(work)
        return due is not None and due <= work.now


@dataclass(frozen=True)
class Feature:
    """One job of the bot, whole."""

    name: str
    commands: tuple[Command, ...] = ()
    # What a tap does, by payload.
    buttons: Mapping[type[Payload], Tap | TapBy] = field(default_factory=dict)
    # Messages for one person, by payload: a button with such a payload opens the page.
    pages: Mapping[type[Payload], Page | PageBy] = field(default_factory=dict)
    # What a private message answers, by the draft's flow.
    typed: Mapping[str, Typed] = field(default_factory=dict)
    # What other features may lead to here, by kind.
    steps: Mapping[type[Step], Callable[[Context, Any], Awaitable[None]]] = field(
        default_factory=dict
    )
    # Told who is no member of this chat any more, where the bot learns of it.
    left: tuple[Callable[[PersonalWork, Person], None], ...] = ()
    # Service messages and membership changes.
    events: tuple[BaseHandler[Update, Context, None], ...] = ()
    cards: Mapping[str, Card] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    due: tuple[DueSource, ...] = ()
    planned: tuple[Planned, ...] = ()
    # Done every hour: erases what has outlived its use, holds counts against what they count.
    hourly: tuple[Chore[Any], ...] = ()
    # How its rows are carried over where the key is changed.
    carried: tuple[CarryOver, ...] = ()


class Features:
    """Every feature, and which of them answers what."""

    def __init__(self, features: tuple[Feature, ...]) -> None:
        self.commands = tuple(command for each in features for command in each.commands)
        self.events = tuple(event for each in features for event in each.events)
        self.left = tuple(use_case for each in features for use_case in each.left)
        self.cards = {kind: card for each in features for kind, card in each.cards.items()}
        self.posts: dict[str, Post] = {
            kind: view
            for each in features
            for kind, view in (*each.posts.items(), *each.cards.items())
        }
        self.typed = {flow: handler for each in features for flow, handler in each.typed.items()}
        self.due = tuple(source for each in features for source in each.due)
        self.planned = tuple(each_kind for each in features for each_kind in each.planned)
        self.hourly = tuple(chore for each in features for chore in each.hourly)
        self._pages = {kind: page for each in features for kind, page in each.pages.items()}
        self._steps = {kind: step for each in features for kind, step in each.steps.items()}
        self._buttons = {kind: tap for each in features for kind, tap in each.buttons.items()}
        self._asking = {
            kind: command.name
            for command in self.commands
            for kind in (command.answers.pages if command.answers else ())
        }
        self._commands = {command.name: command for command in self.commands}
        self._codes = {kind.code: kind for kind in (*self._pages, *self._buttons)}

    def command(self, name: str) -> Command | None:
        """Return the command that people type so, None where no feature knows it."""
        return self._commands.get(name)

    async def question(self, context: Context, flow: str, draft_id: int) -> Payload | None:
        """Return the page that asks for what a draft of this flow still lacks, None where none does."""
        typed = self.typed.get(flow)
        return await typed.asks(context, draft_id) if typed and typed.asks else None

    def recognising(self, typed: str) -> Command | None:
        """Return the command whose words were typed alone."""
        return next((each for each in self.commands if each.recognises(typed)), None)

    def asking(self, page: Payload) -> str | None:
        """Return the command that a reply to this page goes on with."""
        return self._asking.get(type(page))

    def parse(self, packed: str) -> Payload | None:
        """Return the payload that a button or a link carries, None where no feature knows it."""
        kind = self._codes.get(packed.split(":", maxsplit=1)[0])
        return kind.parse(packed) if kind else None

    async def tap(self, context: Context, payload: Payload) -> None:
        """Do what a tapped button stands for: act, or open a page. Raises `Refused`."""
        tap = self._buttons.get(type(payload))
        if tap is None:
            await context.show(payload)
            return
        try:
            await context.require(tap.right, payload)
        except Refused:
            if tap.otherwise is None:
                raise
            await tap.otherwise(context, payload)
        else:
            await tap.act(context, payload)

    def is_page(self, payload: Payload) -> bool:
        """Whether a payload names a page, which a link may open."""
        return type(payload) in self._pages

    async def page(self, context: Context, payload: Payload) -> Face:
        """Draw the page that a payload stands for. Raises `Refused`."""
        return await self._pages[type(payload)].show(context, payload)

    async def begin(self, context: Context, step: Step) -> None:
        """Go on in the feature that takes this step. Raises `Refused`."""
        await self._steps[type(step)](context, step)
