"""Where the bot is, and how a chat likes it: its language and its clock."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.domain.timekeeping.quiet_hours import QuietHours
from bot.domain.timekeeping.wall_times import unpack_time
from bot.store import PersonalWork, UnitOfWork
from handlers.chats.zone_names import is_zone
from storage import actions, answers, chats, quiet_hours
from storage.chats import ChatRow, ChatSettings, Presence
from storage.delivery import cards

WELCOME = "chats.welcome"
THANKS = "chats.thanks"


def arrive(work: PersonalWork, language: str | None, presence: Presence) -> None:
    """The bot was added: greet, and where it was before, go on as before.

    `language` is that of whoever added it.
    """
    known = work.place.telegram_id is not None and chats.find(work.session, work.place.telegram_id)
    chat = work.chat_here()
    if not known and language is not None:
        chat.language = language
    chats.see(work.session, chat, presence)
    # Each arrival is another; an update's number beside a moment would date all other updates.
    chat_id, key = chat.id, f"{WELCOME}:{chat.id}:{chat.sightings}"
    work.later.post(WELCOME, chat_id, chat_id=chat_id, key=key)


def change_presence(work: PersonalWork, presence: Presence, *, is_promoted: bool) -> None:
    """The bot was made an administrator, or is one no longer. For being made one it says thanks, once."""
    chat = work.chat_here()
    chats.see(work.session, chat, presence)
    chat_id, key = chat.id, f"{THANKS}:{chat.id}:{chat.sightings}"
    work.later.redraw(WELCOME, chat_id)
    if is_promoted:
        work.later.post(THANKS, chat_id, chat_id=chat_id, key=key)


def depart(work: PersonalWork) -> None:
    """The bot was removed: it falls silent there; what was planned waits for its return."""
    chat = chats.find(work.session, work.place.telegram_id) if work.place.telegram_id else None
    if chat is not None:  # not where it never was, nor in the old shell of a group that moved
        chats.remove_bot(work.session, chat)


def set_language(work: PersonalWork, chat_id: int, language: str) -> None:
    """The language of everything that the bot says to the whole chat."""
    chat = work.reach(chat_id)
    chat.language = language
    work.session.add(chat)
    cards.mark_all_dirty(work.session, chat.id, work.now)
    work.later.wake()


def set_zone(work: PersonalWork, chat_id: int, zone: str) -> None:
    """The clock by which the chat's moments are read from now on; what is planned keeps its own."""
    _set_zone(work, work.reach(chat_id), zone)


def set_zone_here(work: PersonalWork, zone: str) -> ChatSettings:
    """The same, for the group in which it was asked for."""
    return _set_zone(work, work.chat_here(), zone)


def _set_zone(work: UnitOfWork, chat: ChatRow, zone: str) -> ChatSettings:
    if not is_zone(zone):
        raise Refused("frame.refused.unknown_thing")
    chat.timezone = zone
    _keep(work, chat)
    return chats.settings_of(chat)


def set_quiet(work: PersonalWork, chat_id: int, begins: str, ends: str) -> None:
    """The hours in which the bot says nothing that nobody timed; what waits already goes by them too."""
    _set_quiet(work, work.reach(chat_id), QuietHours(unpack_time(begins), unpack_time(ends)))


def set_quiet_here(work: PersonalWork, hours: QuietHours) -> int:
    """The same, for the group in which it was asked for. Returns our id of the chat."""
    chat = work.chat_here()
    _set_quiet(work, chat, hours)
    return chat.id


def _set_quiet(work: UnitOfWork, chat: ChatRow, hours: QuietHours) -> None:
    chat.quiet_begins, chat.quiet_ends = hours.begins, hours.ends
    _keep(work, chat)


def set_careful(work: PersonalWork, chat_id: int, careful: bool) -> None:
    """Whether the numbers of actions move in fives and at full hours.

    From now on those of what is ahead do. The other way it holds for new actions only: whoever answered
    one that is counted carefully could rely on that.
    """
    chat = work.reach(chat_id)
    chat.counts_carefully = careful
    work.session.add(chat)
    if careful:
        for action_id in answers.count_carefully(work.session, chat_id, work.now):
            work.later.redraw(actions.CARD, action_id)


def _keep(work: UnitOfWork, chat: ChatRow) -> None:
    """Another clock, or other quiet hours: what waits goes by them."""
    work.session.add(chat)
    work.session.flush()
    quiet_hours.follow(work.session, chat.id, work.now)
    work.later.wake()


def keep_quiet(work: UnitOfWork, chat: ChatRow) -> None:
    """What waits for the end of quiet hours goes by the chat's clock, whatever its rules are by now."""
    quiet_hours.follow(work.session, chat.id, work.now)


def settings(work: UnitOfWork, chat_id: int) -> ChatSettings | None:
    """What the welcome card shows; None where the chat became one with another."""
    chat = chats.find_by_id(work.session, chat_id)
    return chats.settings_of(chat) if chat else None


def reachable_settings(work: PersonalWork, chat_id: int) -> ChatSettings:
    """Return the settings of a chat that can be reached from here."""
    return chats.settings_of(work.reach(chat_id))


def own_chat(work: PersonalWork) -> int:
    """Return our id of the chat of this group."""
    return work.chat_here().id
