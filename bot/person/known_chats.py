"""What is known of the groups from which updates come, so that not every tap asks the database again.

In memory only, and forgotten with every change of a chat; after a minute in any case, because another
process may have written it.
"""

from __future__ import annotations

from bot.clock import Clock
from bot.person.place import Place
from bot.store import Store, UnitOfWork
from storage import chats
from storage.chats import ChatRow, ChatSettings

_KEPT_SECONDS = 60.0
_MOST_KEPT = 5_000


class KnownChats:
    """Tells a group's settings."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        # By Telegram's id, the oldest first; each with the moment from which it isn't believed.
        self._kept: dict[int, tuple[ChatSettings | None, float]] = {}
        # Whoever looked before a change must not keep what they saw.
        self._changes = 0
        store.on_changed(self._note_change)

    async def at(self, place: Place) -> ChatSettings | None:
        """Return the settings of a place's group; None for one that the bot doesn't know, and in private."""
        telegram_id, now = place.telegram_id, self._clock.monotonic()
        if telegram_id is None:
            return None
        kept = self._kept.get(telegram_id)
        if kept is not None and now < kept[1]:
            return kept[0]
        changes = self._changes
        chat = await self._store.read(_settings_at, telegram_id)
        if changes == self._changes:
            self._keep(telegram_id, chat, now + _KEPT_SECONDS)
        return chat

    def _keep(self, telegram_id: int, chat: ChatSettings | None, until: float) -> None:
        self._kept.pop(telegram_id, None)
        if len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[telegram_id] = chat, until

    def _note_change(self, tables: set[str]) -> None:
        if ChatRow.__tablename__ in tables:
            self._changes += 1
            self._kept.clear()


def _settings_at(work: UnitOfWork, telegram_id: int) -> ChatSettings | None:
    chat = chats.find(work.session, telegram_id)
    return chats.settings_of(chat) if chat else None
