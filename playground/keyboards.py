"""Inline keyboards: what a button may be."""

from __future__ import annotations

from dataclasses import dataclass

from playground.errors import JSON, bad_request
from playground.links import WrongLinkError, checked_link

MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8
MAX_CALLBACK_DATA_BYTES = 64

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


@dataclass(frozen=True)
class Button:
    """A button under a message: a payload, a link, or `other`, which nobody can press here."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    other: tuple[str, JSON] | None = None

    def json(self) -> dict[str, JSON]:
        """A Bot API `InlineKeyboardButton`."""
        fields: dict[str, JSON] = {"text": self.text}
        if self.callback_data is not None:
            fields["callback_data"] = self.callback_data
        if self.url is not None:
            fields["url"] = self.url
        if self.other is not None:
            fields[self.other[0]] = self.other[1]
        return fields


Keyboard = list[list[Button]]


def keyboard_json(keyboard: Keyboard) -> dict[str, JSON]:
    """A Bot API `InlineKeyboardMarkup`."""
    return {"inline_keyboard": [[button.json() for button in row] for row in keyboard]}


def parse_markup(markup: JSON) -> Keyboard:
    """The inline keyboard of a `reply_markup`; empty for none and for keyboards of other kinds.

    Raises ApiError.
    """
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    keyboard = [[_parse_button(button) for button in row] for row in rows]
    keyboard = [row for row in keyboard if row]
    if sum(map(len, keyboard)) > MAX_BUTTONS or max(map(len, keyboard), default=0) > (
        MAX_BUTTONS_IN_ROW
    ):
        raise bad_request("reply markup is too long")
    return keyboard


def _parse_button(button: JSON) -> Button:
    refused = "Can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{refused}InlineKeyboardButton must be an Object")
    text = button.get("text")
    if text is None:
        raise bad_request(f'{refused}Can\'t find field "text"')
    if not isinstance(text, str):
        raise bad_request(f'{refused}Field "text" must be of type String')
    if not text.strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise bad_request(f"{refused}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram itself would take the first; its documentation forbids it, so a test double does.
        raise bad_request(f"{refused}exactly one of the optional fields must be used")
    value = button[actions[0]]
    if actions[0] == "callback_data":
        return Button(text, callback_data=_checked_data(value))
    if actions[0] == "url":
        return Button(text, url=_checked_url(value))
    return Button(text, other=(actions[0], value))


def _checked_data(data: JSON) -> str:
    if not isinstance(data, str):
        raise bad_request(
            'Can\'t parse inline keyboard button: Field "callback_data" must be of type String'
        )
    if len(data.encode("utf-8", "surrogatepass")) > MAX_CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _checked_url(url: JSON) -> str:
    try:
        return checked_link(str(url))
    except WrongLinkError as wrong:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: {wrong}") from wrong
