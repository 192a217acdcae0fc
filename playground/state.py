"""What a world holds: its people, chats, files, taps, and the bot's queue of updates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.chats import Chat, ChatKind
from playground.files import FileStore
from playground.menu import Menus
from playground.people import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, TELEGRAM, Account, Bot, Person
from playground.profile import Profile
from playground.updates import UpdateQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.chats import Message
    from playground.clock import Clock
    from playground.errors import JSON
    from playground.menu import Command
    from playground.taps import Tap

_CALLS_KEPT = 20_000

# Ids as Telegram hands them out: ten digits for people, and prefixes that tell groups apart.
_FIRST_PERSON_ID = 5_310_482_907
_FIRST_GROUP_ID = -4_071_385_116
_FIRST_SUPERGROUP_ID = -1_001_874_530_229
_ID_STEP = 104_729


@dataclass(frozen=True)
class ApiCall:
    """One request of the bot and how it ended."""

    method: str
    params: dict[str, JSON]
    ok: bool
    error: str | None = None


class WorldState:
    """The state of a world, without the deeds of its people."""

    def __init__(
        self,
        *,
        clock: Clock,
        bot_username: str = "dvor_bot",
        bot_token: str = "7318529046:AAF-a-token-for-the-playground-only",  # noqa: S107
        bot_name: str = "Dvor",
        ephemeral_supported: bool = True,
    ) -> None:
        self.clock = clock
        bot_id = bot_token.partition(":")[0]
        if not bot_id.isdigit():
            raise ValueError("a bot's token starts with its numeric id and a colon")
        self.bot = Bot(int(bot_id), bot_name, username=bot_username, token=bot_token)
        self.tells_plain_members = False
        """Whether Telegram tells a bot that is a plain member who else is one."""
        self.ephemeral_supported = ephemeral_supported
        self.lose_ephemeral = False
        self.people: list[Person] = []
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.menus = Menus()
        self.profile = Profile()
        self.taps: dict[str, Tap] = {}
        self.updates = UpdateQueue(clock, self.changed)
        self.calls: list[ApiCall] = []
        self._listeners: list[Callable[[], None]] = []
        self._last_private_message_id = 100
        self._ephemeral_ids = 1_000
        self._people_made = 0
        self._chats_made = 0

    # Looking up

    @property
    def groups(self) -> list[Chat]:
        """Groups and supergroups that still live, in the order they were made."""
        return [chat for chat in self.chats.values() if chat.is_group and chat.upgraded_to is None]

    def account(self, account_id: int) -> Account | None:
        """Whoever has the id."""
        known: list[Account] = [
            *self.people, self.bot, GROUP_ANONYMOUS_BOT, CHANNEL_BOT, TELEGRAM
        ]  # fmt: skip
        return next((account for account in known if account.id == account_id), None)

    def private(self, person: Person) -> Chat:
        """The person's chat with the bot; its id is the person's."""
        if person.id not in self.chats:
            self.chats[person.id] = Chat(person.id, ChatKind.PRIVATE, person=person)
        return self.chats[person.id]

    def visible(self, person: Person, chat: Chat) -> list[Message]:
        """What the person sees in the chat, in order, ephemeral messages for them included."""
        if not chat.has(person):
            return []
        seen = [message for message in chat.log if self.can_see(person, message)]
        replaced = {id(message.replaces) for message in seen if message.replaces is not None}
        return [message for message in seen if id(message) not in replaced]

    def can_see(self, person: Person, message: Message) -> bool:
        """Whether a message reaches the person's eyes."""
        if message.deleted or message.lost or not message.chat.has(person):
            return False
        return not message.is_ephemeral or person in (message.receiver, message.sender)

    def menu(self, person: Person, chat: Chat) -> tuple[Command, ...]:
        """The commands the person's client offers there."""
        return self.menus.offered(person, chat)

    # Changing

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back after every change of the world."""
        self._listeners.append(callback)

    def off_change(self, callback: Callable[[], None]) -> None:
        """Stop calling back."""
        self._listeners.remove(callback)

    def changed(self) -> None:
        """Tell everyone who watches."""
        for callback in tuple(self._listeners):
            callback()

    def record(self, call: ApiCall) -> None:
        """Log a call of the bot; the oldest are dropped in a long life."""
        self.calls.append(call)
        if len(self.calls) > _CALLS_KEPT:
            del self.calls[: _CALLS_KEPT // 2]
        self.changed()

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count for themselves; all other chats share the bot's own counter."""
        if chat.kind is ChatKind.SUPERGROUP:
            chat.last_message_id += 1
            return chat.last_message_id
        self._last_private_message_id += 1
        return self._last_private_message_id

    def next_ephemeral_id(self) -> int:
        self._ephemeral_ids += 7
        return self._ephemeral_ids

    def next_person_id(self) -> int:
        self._people_made += 1
        return _FIRST_PERSON_ID + _ID_STEP * self._people_made

    def next_chat_id(self, kind: ChatKind) -> int:
        self._chats_made += 1
        first = _FIRST_GROUP_ID if kind is ChatKind.GROUP else _FIRST_SUPERGROUP_ID
        return first - _ID_STEP * self._chats_made
