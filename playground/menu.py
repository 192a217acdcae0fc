"""Command menus: which commands a person is offered in a chat, by scope and language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.chats import ChatKind
from playground.errors import JSON, bad_request
from playground.params import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.chats import Chat
    from playground.people import Person

MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
_NAME = re.compile(r"^[a-z0-9_]{1,32}\Z")
_LANGUAGE = re.compile(r"^(?:[a-z]{2})?\Z")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


@dataclass(frozen=True)
class Command:
    """A Bot API `BotCommand`."""

    command: str
    description: str
    is_ephemeral: bool = False

    def json(self) -> dict[str, JSON]:
        fields: dict[str, JSON] = {"command": self.command, "description": self.description}
        return fields | {"is_ephemeral": True} if self.is_ephemeral else fields


@dataclass(frozen=True)
class Scope:
    """A Bot API `BotCommandScope`; the ids are 0 where the kind needs none."""

    kind: str = "default"
    chat_id: int = 0
    user_id: int = 0


class Menus:
    """Every list of commands the bot has set."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], tuple[Command, ...]] = {}

    def set(self, scope: Scope, language: str, commands: tuple[Command, ...]) -> None:
        """Replace one list; an empty one removes it."""
        if commands:
            self._lists[scope, language] = commands
        else:
            self._lists.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> tuple[Command, ...]:
        """Exactly this list, without falling back."""
        return self._lists.get((scope, language), ())

    def offered(self, person: Person, chat: Chat) -> tuple[Command, ...]:
        """The list in effect: the narrowest scope that has one, the person's language first."""
        for scope in _narrowest_first(person, chat):
            for language in (person.language_code or "", ""):
                if commands := self.get(scope, language):
                    return commands
        return ()


def _narrowest_first(person: Person, chat: Chat) -> Iterator[Scope]:
    if chat.kind is ChatKind.PRIVATE:
        yield Scope("chat", chat.id)
        yield Scope("all_private_chats")
    else:
        is_admin = chat.is_admin(person)
        yield Scope("chat_member", chat.id, person.id)
        if is_admin:
            yield Scope("chat_administrators", chat.id)
        yield Scope("chat", chat.id)
        if is_admin:
            yield Scope("all_chat_administrators")
        yield Scope("all_group_chats")
    yield Scope()


def parse_commands(listed: JSON) -> tuple[Command, ...]:
    """The `commands` of setMyCommands. Raises ApiError."""
    if listed is None:
        return ()
    if not isinstance(listed, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(listed) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return tuple(_parse_command(entry) for entry in listed)


def _parse_command(entry: JSON) -> Command:
    refused = "Can't parse BotCommand: "
    if not isinstance(entry, dict):
        raise bad_request(f"{refused}expected an Object")
    for name in ("command", "description"):
        if name not in entry:
            raise bad_request(f'{refused}Can\'t find field "{name}"')
        if not isinstance(entry[name], str):
            raise bad_request(f'{refused}Field "{name}" must be of type String')
    name = entry["command"].strip().removeprefix("/")
    description = entry["description"].strip()
    if not _NAME.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description or len(description) > MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return Command(name, description, bool(entry.get("is_ephemeral")))


def parse_scope(scope: JSON) -> Scope:
    """The `scope` parameter; none is the default scope. Raises ApiError."""
    if scope is None:
        return Scope()
    refused = "Can't parse BotCommandScope: "
    if not isinstance(scope, dict):
        raise bad_request(f"{refused}BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in _SCOPES:
        return Scope(str(kind))
    if kind not in _CHAT_SCOPES:
        raise bad_request(f"{refused}Unsupported type specified")
    chat_id = whole_number(scope.get("chat_id"))
    if chat_id is None:
        raise bad_request(f"{refused}Empty chat_id specified")
    if kind != "chat_member":
        return Scope(str(kind), chat_id)
    user_id = whole_number(scope.get("user_id"))
    if user_id is None or user_id <= 0:
        raise bad_request(f"{refused}Invalid user_id specified")
    return Scope("chat_member", chat_id, user_id)


def parse_language(code: str) -> str:
    """A two-letter language code, or none. Raises ApiError."""
    if not _LANGUAGE.match(code):
        raise bad_request("Invalid language code specified")
    return code
