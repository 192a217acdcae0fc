"""The command with which a message begins, be it a text or the caption of a picture."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, MessageEntity
from telegram.ext import filters


@dataclass(frozen=True)
class TypedCommand:
    """`/name@addressee` and what was typed after it, line breaks and all.

    `addressee` is empty where no bot is named. `is_caption` where it stands beneath a picture or file.
    """

    name: str
    addressee: str
    rest: str
    is_caption: bool

    def is_for(self, username: str) -> bool:
        """Whether a bot of this name may take it for its own."""
        return self.addressee in ("", username.lower())

    @property
    def is_start_by_link(self) -> bool:
        """Whether it is `/start <token>`, which Telegram sends for whoever follows a deep link."""
        return self.name == "start" and len(self.rest.split()) == 1


def read_command(message: Message) -> TypedCommand | None:
    """Return the command that a message begins with."""
    is_caption = message.text is None
    words = (message.caption if is_caption else message.text) or ""
    marks = message.caption_entities if is_caption else message.entities
    end = next((m.length for m in marks if _is_at_the_beginning(m)), 0)
    name, _, addressee = words[1:end].lower().partition("@")
    return TypedCommand(name, addressee, words[end:].strip(), is_caption) if name else None


def _is_at_the_beginning(mark: MessageEntity) -> bool:
    return mark.offset == 0 and mark.type == MessageEntity.BOT_COMMAND


class _BeginsWithCommand(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return read_command(message) is not None


BEGINS_WITH_COMMAND = _BeginsWithCommand()
