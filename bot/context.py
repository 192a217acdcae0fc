"""What every handler gets: who acts and where, and the ways to read, change and answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from telegram import Message, Update
from telegram.ext import Application, CallbackContext

from bot.bot_api.client import Client, ephemeral_id_of
from bot.clock import Clock
from bot.domain.refusal import Refused
from bot.intake.polling.order import earlier_writes, let_go, note_queued
from bot.intake.reading import Incoming, person_of, place_of
from bot.intake.tap import IncomingTap
from bot.message.addresses import with_link
from bot.message.face import Face
from bot.message.payload import Payload
from bot.message.words import Html, Texts, Words, paragraphs
from bot.person.access import is_member, require_organiser, require_organisers
from bot.person.errands import group_meant
from bot.person.known_chats import KnownChats
from bot.person.place import NO_RIGHTS, Person, Place, Rights
from bot.person.reach import chat_within_reach, telegram_id_of
from bot.person.rights import Right, Who
from bot.person.unfinished import Listening
from bot.steps import Step
from bot.store import NotAsked, PersonalWork, Store, UpdateMark, personally
from storage.chats import Presence
from storage.handled_updates import Redelivered

P = ParamSpec("P")
T = TypeVar("T")
UseCase = Callable[Concatenate[PersonalWork, P], T]


class Whispering(Protocol):
    """Tells one person something inside a group: `Whisperer` in `bot/whisper/ladder.py`."""

    async def show(self, context: Context, what: Face | Payload) -> None: ...
    async def close(self, context: Context, key: str) -> None: ...
    async def reword(self, context: Context, text: Html) -> None: ...
    async def retire(self, context: Context) -> None: ...
    async def put_away(self, context: Context) -> None: ...
    async def acknowledge(self, context: Context, text: str | None = None) -> None: ...
    async def toast(self, context: Context, text: str | None, *, alert: bool = False) -> None: ...
    async def refuse(self, context: Context, refused: Refused) -> None: ...
    async def reply_to(
        self, context: Context, message_id: int, face: Face, *, lasts: timedelta
    ) -> None: ...
    async def nod(self, context: Context) -> None: ...
    def require_author(self, context: Context) -> None: ...
    def is_page(self, context: Context) -> bool: ...


class ListedCommand(Protocol):
    """What the help says of a command."""

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def right(self) -> Right: ...


class Registry(Protocol):
    """Knows which feature draws a page and takes a step: `Features` in `bot/feature.py`."""

    @property
    def commands(self) -> tuple[ListedCommand, ...]: ...
    def asking(self, page: Payload) -> str | None: ...
    async def question(self, context: Context, flow: str, draft_id: int) -> Payload | None: ...
    async def page(self, context: Context, payload: Payload) -> Face: ...
    async def begin(self, context: Context, step: Step) -> None: ...


class CardSearch(Protocol):
    """Learns where a card stands whose number nobody knows: `FoundCards` in `bot/delivery/found_cards.py`."""

    async def note_tap(self, context: Context) -> None: ...
    def seek_in(self, place: Place) -> None: ...


class CardNews(Protocol):
    """Tells when the card of a thing stands in its chat: `Standing` in `bot/delivery/standing.py`."""

    async def when_it_stands(
        self, kind: str, ref: int, tell: Callable[[str | None], Awaitable[None]]
    ) -> None: ...
    def note_sent(self, kind: str, ref: int) -> None: ...


class Alarming(Protocol):
    """Tells the operators of a fault: `Alarms` in `bot/intake/alarms.py`."""

    def sound(self, error: Exception, error_id: str) -> None: ...


class Inviting(Protocol):
    """Knows into which groups the bot comes: `Invitations` in `bot/intake/invitations.py`."""

    def may_add(self, person: Person) -> bool: ...
    async def is_welcome(self, telegram_id: int, added_by: Person) -> bool: ...
    def decline(self, telegram_id: int, farewell: Html) -> None: ...


@dataclass(frozen=True)
class Services:
    """What the process has one of."""

    client: Client
    store: Store
    known_chats: KnownChats
    clock: Clock
    texts: Texts
    whisperer: Whispering
    found_cards: CardSearch
    standing: CardNews
    features: Registry
    alarms: Alarming
    invitations: Inviting


class Context(CallbackContext[Client, dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """The context of one update."""

    incoming: Incoming
    # The tap, where the update is one.
    tap: IncomingTap | None = None
    person: Person
    place: Place
    words: Words
    rights: Rights = NO_RIGHTS
    is_answered: bool = False
    # What a reply to the answer goes on with.
    listening: Listening | None = None
    # A line that goes along with the answer.
    remark: Html | None = None
    # A page that was drawn of what a use case returned.
    drawn: tuple[Payload, Face] | None = None

    @classmethod
    def from_update(cls, update: object, application: Application) -> Context:  # type: ignore[type-arg]
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.incoming = update
            context.place = place_of(update)
            context.person = person_of(update, context.texts)
            context.words = context.texts.in_language(context.person.language)
        return context

    @classmethod
    def of_tap(
        cls, tap: IncomingTap, application: Application[Any, Context, Any, Any, Any, Any]
    ) -> Context:
        """The context of a tap, for which the library makes nothing."""
        context = cls(application, chat_id=tap.chat_id, user_id=tap.person_id)
        context.incoming = context.tap = tap
        context.place = tap.place
        context.person = Person(tap.person_id, context.texts.spoken(tap.language_code))
        context.words = context.texts.in_language(context.person.language)
        return context

    def be_about(self, group: Place) -> None:
        """What this person does in private is about this group: its rights are asked, its chat is meant."""
        self.place = replace(self.place, about=group)

    async def find_group(self) -> Place | None:
        """The group that this is about, where that is known without asking: in private the one from which
        this person came."""
        if self.place.group is None:
            group = await self.read(group_meant)
            if group is not None:
                self.be_about(group)
        return self.place.group

    @property
    def services(self) -> Services:
        return self.application.bot_data["services"]

    @property
    def client(self) -> Client:
        return self.services.client

    @property
    def store(self) -> Store:
        return self.services.store

    @property
    def clock(self) -> Clock:
        return self.services.clock

    @property
    def texts(self) -> Texts:
        return self.services.texts

    @cached_property
    def message(self) -> Message | None:
        """The message that was typed or tapped, where it can still be reached and the library can read it."""
        if isinstance(self.incoming, IncomingTap):
            tapped = self.incoming.message
            return None if tapped is None else tapped.whole(self.client)
        message = self.incoming.effective_message
        return message if isinstance(message, Message) else None

    @property
    def began(self) -> Message | None:
        """The message that was typed or tapped; where it goes on with a command, the one that began it."""
        return self.message if self.listening is None else self.listening.began

    @property
    def answered(self) -> Message | None:
        """The message that the one typed or tapped, or what it goes on with, replies to. Everything in a
        topic looks like a reply to the message that opened it, which doesn't count; nor does what stands in
        private where that is about a group."""
        message = self.began
        if message is not None and message.chat.type == "private" and self.place.about is not None:
            return None
        replied = message.reply_to_message if message is not None else None
        if message is None or replied is None:
            return None
        is_opening = message.is_topic_message and replied.message_id == message.message_thread_id
        return None if is_opening else replied

    @property
    def ephemeral_id(self) -> int | None:
        """Set where the typed command or the tapped message was seen by this person only."""
        if self.tap is None:
            return ephemeral_id_of(self.message)
        return self.tap.message.ephemeral_id if self.tap.message else None

    async def run(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Let this person change something, durably and once for this update. Raises `Redelivered`.

        Where they act from the private chat and the bot is an administrator of the group, Telegram is asked
        whether they are still a member, once an update: the use case finds out which group it is about.
        """
        mark = UpdateMark(
            self.client.id,
            self.incoming.update_id,
            queued=note_queued,
            committed=let_go,
            is_left_on_disk=lambda: self.add_remark(self.words("frame.left_on_disk")),
        )
        while True:
            act = personally(use_case, self.person, self.place, self.rights, is_act=True)
            try:
                return await self.store.run_once(mark, act, *args, **kwargs)
            except NotAsked as not_asked:
                await self.require_member_of(not_asked.telegram_id)

    def add_remark(self, remark: Html) -> None:
        """Let a line go along with the answer, beneath any other."""
        self.remark = paragraphs(self.remark, remark) if self.remark else remark

    async def once(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """The same; None where the update had its effect before."""
        with suppress(Redelivered):
            return await self.run(use_case, *args, **kwargs)
        return None

    async def note(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write down what follows from this person's update beside its effect: harmless twice, and no act."""
        return await self.store.run(personally(use_case, self.person, self.place), *args, **kwargs)

    async def read(self, query: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Look something up for this person, once what came before in this chat is written."""
        await earlier_writes()
        looked_up = personally(query, self.person, self.place, self.rights)
        return await self.store.read(looked_up, *args, **kwargs)

    async def show(self, what: Face | Payload) -> None:
        """Show something to this person only: in place of what they tapped, or by the whisper ladder."""
        await self.services.whisperer.show(self, what)

    async def show_drawn(self, page: Payload, face: Face) -> None:
        """Show a page that is drawn already, of what the use case of this tap returned."""
        self.drawn = page, face
        await self.show(page)

    async def close(self, key: str) -> None:
        """This person is done here: put the text of `key` in place of the page they tapped."""
        await self.services.whisperer.close(self, key)

    async def close_on_its_way(self, kind: str, ref: int | None, key: str) -> None:
        """This person is done here, and the card of a thing goes to the whole chat: the text of `key` says
        that it stands. `ref` is None where the tap came twice: what the page says since then is newer."""
        if ref is None:
            await self.toast(self.words.plain("frame.on_its_way"))
            return
        await self.close("frame.on_its_way")

        async def tell(obstacle: str | None) -> None:
            text = self.words(key)
            if obstacle is not None:
                text = self.words("delivery.held", why=self.words(f"delivery.obstacle.{obstacle}"))
            elif not self.place.is_group:
                label = self.words("frame.to_card")
                text = await self.store.read(with_link, text, label, kind, ref)
            await self.services.whisperer.reword(self, text)

        await self.services.standing.when_it_stands(kind, ref, tell)

    async def acknowledge(self, key: str) -> None:
        """What the tap was for is done: say the text of `key` over the chat, before the page is turned."""
        await self.services.whisperer.acknowledge(self, self.words.plain(key))

    async def toast(self, text: str | None, *, alert: bool = False) -> None:
        """Say a short line, or nothing, over the chat in answer to a tap; an `alert` waits for OK."""
        await self.services.whisperer.toast(self, text, alert=alert)

    async def refuse(self, refused: Refused) -> None:
        """Say no, kindly and privately."""
        await self.services.whisperer.refuse(self, refused)

    async def reply_to(self, message_id: int, face: Face, *, lasts: timedelta) -> None:
        """Answer somebody's message in this group, for all to see; the buttons obey only them."""
        await self.services.whisperer.reply_to(self, message_id, face, lasts=lasts)

    async def page(self, payload: Payload) -> Face:
        """Draw the page that a payload stands for. Raises `Refused`."""
        if self.drawn is not None and self.drawn[0] == payload:
            return self.drawn[1]
        return await self.services.features.page(self, payload)

    async def begin(self, step: Step) -> None:
        """Go on in the feature that takes this step. Raises `Refused`."""
        await self.services.features.begin(self, step)

    def seek_card(self) -> None:
        """A card may stand in this chat whose number nobody knows: whoever taps it tells."""
        self.services.found_cards.seek_in(self.place)

    async def require(self, right: Right, thing: object = None) -> None:
        """Go on only if this person has the right, this very moment; `thing` is what they tapped.

        Raises `Refused`.
        """
        if right.who not in (Who.ORGANISERS, Who.AUTHOR, Who.MEMBERS):
            return
        may_know = False
        if right.chat_of is not None:
            chat = await self.read(chat_within_reach, right.chat_of, getattr(thing, right.of))
            if chat is None:
                return  # nothing is left to protect here
            telegram_id, may_know = chat.telegram_id, chat.presence is Presence.ADMINISTRATOR
        else:
            telegram_id = self.place.require_group()
        if right.who is not Who.MEMBERS:
            await self._require_organiser_in(telegram_id, tells_apart=right.tells_apart)
        elif may_know:
            await self.require_member_of(telegram_id)

    async def require_organiser(self, chat_id: int | None = None) -> None:
        """Go on only if this person is an organiser of this group, or of the chat with our id `chat_id`.

        In private without a `chat_id` it is about the group that the act is about. Raises `Refused`.
        """
        if self.place.is_group or chat_id is None:
            telegram_id = self.place.require_group()
        else:
            telegram_id = await self.store.read(telegram_id_of, chat_id)
        await self._require_organiser_in(telegram_id)

    async def _require_organiser_in(self, telegram_id: int, *, tells_apart: bool = False) -> None:
        """The same, of the group with Telegram's id; `tells_apart` finds the accounts of all organisers."""
        organisers: frozenset[int] = frozenset()
        if tells_apart:
            organisers = await require_organisers(self.client, self.person, telegram_id)
        else:
            await require_organiser(self.client, self.person, telegram_id)
        known = organisers or self.rights.organisers
        organiser_in = self.rights.organiser_in | {telegram_id}
        self.rights = replace(self.rights, organiser_in=organiser_in, organisers=known)

    async def is_organiser(self, chat_id: int | None = None) -> bool:
        """Whether to offer what only organisers may do; the tap asks again."""
        try:
            await self.require_organiser(chat_id)
        except Refused:
            return False
        return True

    async def require_member_of(self, telegram_id: int) -> None:
        """Go on only if this person is in the group now, as Telegram tells. Raises `Refused`."""
        if telegram_id not in self.rights.member_of:
            if not await is_member(self.client, self.person, telegram_id):
                raise Refused("frame.refused.left")
            member_of = self.rights.member_of | {telegram_id}
            self.rights = replace(self.rights, member_of=member_of)
