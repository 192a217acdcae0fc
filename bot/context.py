"""What every handler gets: who acts and where, and the ways to read, change and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from telegram import CallbackQuery, Message, Update
from telegram.ext import Application, CallbackContext

from bot.bot_api.client import Client, ephemeral_id_of
from bot.clock import Clock
from bot.delivery.presence import note_presence
from bot.domain.refusal import Refused
from bot.feature import Feature
from bot.intake import polling
from bot.message.face import Face
from bot.message.payload import Payload
from bot.message.words import Texts, Words
from bot.person.access import is_member, require_organiser, require_organisers
from bot.person.drafts import chat_of_draft
from bot.person.place import PRIVATE, Person, Place
from bot.safety.keys import Keys
from bot.steps import Step
from bot.store import Store, UnitOfWork, UpdateMark
from storage import chats
from storage.chats import ChatSettings, Presence

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.delivery.found_cards import UnknownCards
    from bot.whisper.ladder import Whisperer

P = ParamSpec("P")
T = TypeVar("T")

CHANNEL_SENDERS = (777000, 136817688)
"""Telegram's stand-ins for a linked channel and for channels that write in a group: nobody."""


@dataclass(frozen=True)
class Services:
    """What the process has one of."""

    client: Client
    store: Store
    clock: Clock
    keys: Keys
    texts: Texts
    whisperer: Whisperer
    unknown_cards: UnknownCards
    features: tuple[Feature, ...]
    operators: tuple[int, ...]


class Context(CallbackContext[Client, dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """The context of one update."""

    incoming: Update
    person: Person
    place: Place
    words: Words
    is_answered: bool = False

    @classmethod
    def from_update(cls, update: object, application: Application) -> Context:  # type: ignore[type-arg]
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.incoming = update
            context.place = _place_of(update)
            context.person = _person_of(update, context.texts)
            context.words = context.texts.in_language(context.person.language)
        return context

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

    @property
    def query(self) -> CallbackQuery | None:
        """The tap, where the update is one."""
        return self.incoming.callback_query

    @property
    def message(self) -> Message | None:
        """The message that was typed or tapped, where it can still be reached."""
        message = self.incoming.effective_message
        return message if isinstance(message, Message) else None

    @property
    def ephemeral_id(self) -> int | None:
        """Set where the typed command or the tapped message was seen by this person only."""
        return ephemeral_id_of(self.message)

    async def prepare(self) -> None:
        """Know the group, and take its language for somebody whose own isn't spoken here."""
        telegram_id = self.place.telegram_id
        if telegram_id is None or (self.query is not None and self.person.language is not None):
            return
        chat = await self.store.read(_settings_at, telegram_id)
        if self.query is None and (chat is None or not chat.is_here):
            await self.store.run(note_presence, self.place)
        if self.person.language is None:
            self.words = self.texts.in_language(chat.language if chat else None)

    async def run(
        self, use_case: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Change something, durably and once for this update. Raises `Redelivered`."""
        mark = UpdateMark(self.client.id, self.incoming.update_id)
        result = await self.store.run_once(mark, use_case, *args, **kwargs)
        polling.settle()
        return result

    async def read(
        self, query: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Look something up."""
        return await self.store.read(query, *args, **kwargs)

    async def show(self, what: Face | Payload, *, toast: str | None = None) -> None:
        """Show something to this person only: in place of what they tapped, or by the whisper ladder."""
        await self.services.whisperer.show(self, what, toast=toast)

    async def close(self, text: str) -> None:
        """This person is done here: put `text` (a key) in place of the page they tapped."""
        await self.services.whisperer.close(self, text)

    async def toast(self, text: str, *, alert: bool = False) -> None:
        """A short line over the chat in answer to a tap; `alert` waits to be dismissed."""
        await self.services.whisperer.toast(self, text, alert=alert)

    async def refuse(self, refused: Refused) -> None:
        """Say no, kindly and privately."""
        await self.services.whisperer.refuse(self, refused)

    async def require_organiser(self, chat_id: int | None = None) -> None:
        """Go on only if this person is an organiser of this group, or of the chat with our id
        `chat_id`, this very moment. Raises `Refused`."""
        telegram_id = self.place.telegram_id
        if telegram_id is None and chat_id is not None:
            telegram_id = await self.store.read(_telegram_id_of, chat_id)
            if telegram_id is None:
                raise Refused("frame.refused.unknown_thing")
        await require_organiser(self.client, self.person, telegram_id)

    def seek_card(self) -> None:
        """A card may stand in this chat whose number nobody knows: whoever taps it tells."""
        self.services.unknown_cards.seek_in(self.place)

    async def is_member(self, chat_id: int) -> bool:
        """Whether this person is in the chat with our id `chat_id` now, as far as the bot can know:
        Telegram tells it reliably only as an administrator. Elsewhere a tap in the group is the proof."""
        chat = await self.store.read(_settings_of, chat_id)
        if chat is None or chat.presence is not Presence.ADMINISTRATOR:
            return True
        return await is_member(self.client, self.person, chat.telegram_id)

    async def reply_to(self, message_id: int, face: Face, *, lasts: timedelta) -> None:
        """Answer somebody's message in this group, for all to see; the buttons obey only them."""
        await self.services.whisperer.reply_to(self, message_id, face, lasts=lasts)

    async def require_organisers(self, chat_id: int) -> frozenset[int]:
        """The same for the chat with our id `chat_id`, giving the Telegram ids of all who may: to be
        compared and let go, never kept."""
        telegram_id = await self.store.read(_telegram_id_of, chat_id)
        if telegram_id is None:
            raise Refused("frame.refused.unknown_thing")
        return await require_organisers(self.client, self.person, telegram_id)

    async def is_organiser(self, chat_id: int | None = None) -> bool:
        """Whether to offer what only organisers may do; the tap asks again."""
        try:
            await self.require_organiser(chat_id)
        except Refused:
            return False
        return True

    async def require_organiser_of_draft(self, draft_id: int) -> None:
        """The same for the chat of a draft. Where the draft is over there is nothing to protect."""
        chat_id = await self.store.read(chat_of_draft, draft_id)
        if chat_id is not None:
            await self.require_organiser(chat_id)

    async def page(self, payload: Payload) -> Face:
        """Draw the page that a payload stands for. Raises `Refused`."""
        for feature in self.services.features:
            handler = feature.pages.get(type(payload))
            if handler is not None:
                return await handler(self, payload)
        raise LookupError(type(payload).__name__)

    async def begin(self, step: Step) -> None:
        """Go on in the feature that takes this step. Raises `Refused`."""
        for feature in self.services.features:
            handler = feature.steps.get(type(step))
            if handler is not None:
                await handler(self, step)
                return
        raise LookupError(type(step).__name__)


def _place_of(update: Update) -> Place:
    chat, message = update.effective_chat, update.effective_message
    if chat is None or chat.type == "private":
        return PRIVATE
    in_topic = isinstance(message, Message) and message.is_topic_message
    return Place(chat.id, message.message_thread_id if in_topic else None)  # type: ignore[union-attr]


def _person_of(update: Update, texts: Texts) -> Person:
    user = update.effective_user
    sender_chat = update.message.sender_chat if update.message else None
    if user is None or sender_chat is not None:
        return Person(None)
    return Person(user.id, texts.spoken(user.language_code))


def is_nobody(update: Update) -> bool:
    """Whether a message has no neighbour behind it: a channel's post, another bot."""
    message, user = update.message, update.effective_user
    if user is None or user.id in CHANNEL_SENDERS:
        return True
    if message is not None and message.sender_chat is not None:
        return message.sender_chat.id != message.chat.id
    return user.is_bot


def _settings_at(work: UnitOfWork, telegram_id: int) -> ChatSettings | None:
    chat = chats.find(work.session, telegram_id)
    return chats.settings_of(chat) if chat else None


def _settings_of(work: UnitOfWork, chat_id: int) -> ChatSettings | None:
    chat = chats.find_by_id(work.session, chat_id)
    return chats.settings_of(chat) if chat else None


def _telegram_id_of(work: UnitOfWork, chat_id: int) -> int | None:
    chat = chats.find_by_id(work.session, chat_id)
    return chat.telegram_id if chat else None
