"""What a message looks like: text and buttons, before it is anybody's message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.link_preview import NO_PREVIEW, LinkPreview
from bot.message.payload import Payload
from bot.message.words import Html, paragraphs

T = TypeVar("T")


@dataclass(frozen=True)
class Button:
    """A label and what it does: a payload for the bot, or an address to open."""

    label: str
    press: Payload | str

    def keys(self) -> dict[str, Any]:
        """As the Bot API names it."""
        if isinstance(self.press, Payload):
            return {"text": self.label, "callback_data": self.press.pack()}
        return {"text": self.label, "url": self.press}


def shortened(text: str, most: int) -> str:
    """At most so many characters of a name, title or text, for a line; labels are `fitted`."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def in_rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons side by side, so many in a row."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


@dataclass(frozen=True)
class Drawing(Generic[T]):
    """What a file is drawn of, and what draws it. So a face costs nothing, wherever it is made: in a
    transaction too, and where only its words are read."""

    draw: Callable[[T], bytes]
    of: T


@dataclass(frozen=True)
class Attachment:
    """A file that a message carries: offered as a document, or shown where it is a picture. It is drawn in
    the moment of sending, by `drawn_aside`."""

    filename: str
    content: bytes | Drawing[Any]
    is_picture: bool = False

    def drawn(self) -> bytes:
        """What is in the file. Takes a while where it has to be drawn."""
        return (
            self.content if isinstance(self.content, bytes) else self.content.draw(self.content.of)
        )


@dataclass(frozen=True)
class PickGroup:
    """A key below the field in which one types, in the private chat: by it Telegram lets a person pick a
    group that they and the bot are in. `request` comes back with what was picked.

    `otherwise` is the label of a second key, which types itself.
    """

    label: str
    otherwise: str
    request: int

    def keys(self) -> dict[str, Any]:
        """As the Bot API names it."""
        wanted = {"request_id": self.request, "chat_is_channel": False, "bot_is_member": True}
        keys = [[{"text": self.label, "request_chat": wanted}], [{"text": self.otherwise}]]
        return {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}


class NoKeys:
    """Below that field there are no keys any more."""

    def keys(self) -> dict[str, Any]:
        """As the Bot API names it."""
        return {"remove_keyboard": True}


_NAMELESS = Html("")


@dataclass(frozen=True)
class Face:
    """A message to be: Telegram HTML and rows of buttons, perhaps beneath a file.

    With a file the text is its caption, of which Telegram takes 1024 characters. `copies` are numbers of
    messages of the same chat that a post sends anew, as they are: an album, a poll; the text, where
    there is any, then follows beneath them, and `instead` comes where they can't be copied. `name` is what
    organisers know a post by that shows no text of its own. `is_silent` posts ring nobody's telephone.
    `link_preview` is for people's own words: what the bot says by itself shows nothing of where its links
    lead. `below_field` takes the place of buttons, in a new message of the private chat.
    """

    text: Html
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    copies: tuple[int, ...] = ()
    instead: Html | None = None
    name: Html = _NAMELESS
    is_silent: bool = False
    link_preview: LinkPreview = NO_PREVIEW
    below_field: PickGroup | NoKeys | None = None

    def with_remark(self, remark: Html | None) -> Face:
        """The same with a line beneath its text, where there is one."""
        return self if remark is None else replace(self, text=paragraphs(self.text, remark))

    def markup(self) -> InlineKeyboardMarkup | None:
        """The buttons beneath the message for the library, None where there are none."""
        if not self.buttons:
            return None
        return InlineKeyboardMarkup(
            [[InlineKeyboardButton(**button.keys()) for button in row] for row in self.buttons]
        )

    def keyboard(self) -> dict[str, Any] | None:
        """What can be pressed, as the Bot API names it."""
        if self.below_field is not None:
            return self.below_field.keys()
        if not self.buttons:
            return None
        return {"inline_keyboard": [[button.keys() for button in row] for row in self.buttons]}
