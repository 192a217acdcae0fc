"""The codes of rows that grant something: which group a chat is, who holds an office.

Whoever writes into the database without the key can spoil such a row, or remove it, and then it grants
nothing. Rows from before there were codes get theirs once, at the first start. What remembers that is the
check value of the key: the old one is an HMAC that only the bot could write, and is written no more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlmodel import Session

from bot.domain.refusal import Refused
from bot.safety.keys import Keys, mac, same
from bot.safety.logs import report_fault
from storage import coded, instance
from storage.chats import ChatOfThing, ChatRow
from storage.coded import Coded

Chat = TypeVar("Chat", bound=ChatRow | ChatOfThing)

logger = logging.getLogger(__name__)


class ForeignRow(Refused):
    """The bot didn't write a row as it stands: nothing is granted by it. `what` names it, for the log."""

    def __init__(self, row: Coded | ChatOfThing, row_id: int) -> None:
        super().__init__("frame.refused.foreign_row")
        self.what = f"{row.__tablename__} {row_id}"


class ForeignRows:
    """Tells the operator once of each such row; whoever tapped is told each time."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell of what comes out of here."""
        try:
            yield
        except ForeignRow as error:
            if error.what not in self._told:
                self._told.add(error.what)
                report_fault(logger, f"somebody else wrote {error.what} in the database", error)
            raise


def vouch(keys: Keys, row: Coded) -> None:
    """Give a row its code. Only for what the bot itself has just put into it."""
    row.mac = _code(keys, row)


def is_genuine(keys: Keys, row: Coded | ChatOfThing) -> bool:
    """Whether the bot wrote what the row grants."""
    return row.mac is not None and same(row.mac, _code(keys, row))


def genuine_chat(keys: Keys, chat: Chat) -> Chat:
    """Return the chat, where it is the group that the bot knew under this id. Raises `ForeignRow`."""
    if not is_genuine(keys, chat):
        raise ForeignRow(chat, chat.id)
    return chat


def give_first_codes(session: Session, keys: Keys) -> None:
    """Vouch once for what stands in a database from before there were codes."""
    known = instance.key_check(session)
    if known is None or not same(known, keys.check_value_before_codes()):
        return
    for row in coded.all_coded(session):
        vouch(keys, row)
        session.add(row)
    instance.change_key_check(session, keys.check_value())


def _code(keys: Keys, row: Coded | ChatOfThing) -> bytes:
    return mac(keys.derive("row-codes"), str(row.__tablename__).encode(), *row.coded())
