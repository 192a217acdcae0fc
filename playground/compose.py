"""From a request's parameters to what a message says: text, caption, markings, keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.content import Content
from playground.entities import Formatted, clean, explicit_entities, finished, utf16_length
from playground.errors import JSON, bad_request
from playground.html import HtmlError, parse_html
from playground.keyboards import Keyboard, parse_markup
from playground.links import mentioned_user

if TYPE_CHECKING:
    from playground.params import Params
    from playground.state import WorldState

MAX_TEXT = 4096
MAX_CAPTION = 1024
_MAX_SOURCE_BYTES = 32768
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def text_content(world: WorldState, params: Params) -> Content:
    """What sendMessage and editMessageText say. Raises ApiError."""
    source = params.text("text")
    if not source:
        raise bad_request("message text is empty")
    formatted = _formatted(world, params, source, "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return Content(
        formatted.text,
        formatted.entities,
        html=source if params.text("parse_mode").lower() == "html" else None,
        keyboard=keyboard(params),
        link_preview=_link_preview(params),
    )


def caption_content(world: WorldState, params: Params) -> Content:
    """A caption, possibly empty, and a keyboard; the attachment is added by the caller."""
    formatted = caption(world, params)
    is_html = params.text("parse_mode").lower() == "html"
    return Content(
        formatted.text,
        formatted.entities,
        html=params.text("caption") if is_html else None,
        keyboard=keyboard(params),
    )


def caption(world: WorldState, params: Params) -> Formatted:
    """The caption alone. Raises ApiError."""
    formatted = _formatted(world, params, params.text("caption"), "caption_entities")
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def keyboard(params: Params) -> Keyboard:
    """The inline keyboard, empty where there is none. Raises ApiError."""
    return parse_markup(params.nested("reply_markup", "reply keyboard markup"))


def _link_preview(params: Params) -> dict[str, JSON] | None:
    """The options that aren't the usual ones, None where all are. Raises ApiError."""
    given = params.nested("link_preview_options", "link preview options")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("Object expected as link preview options")
    flags = {name: True for name in _PREVIEW_FLAGS if given.get(name) is True}
    if flags.get("is_disabled"):
        return {"is_disabled": True}
    url = given.get("url")
    return {**({"url": str(url)} if url else {}), **flags} or None


def _formatted(world: WorldState, params: Params, source: str, listed: str) -> Formatted:
    if len(source.encode()) > _MAX_SOURCE_BYTES:
        raise bad_request("text is too long")
    mode = params.text("parse_mode").lower()
    if not mode or mode == "none" or not source:
        text = clean(source)
        # Telegram reads a list that is no JSON as no list.
        formatted = explicit_entities(text, _lenient(params, listed))
    elif mode == "html":
        try:
            formatted = parse_html(source)
        except HtmlError as error:
            raise bad_request(f"can't parse entities: {error}") from error
    else:
        raise bad_request("unsupported parse_mode")
    entities = [_with_person(world, entity) for entity in formatted.entities]
    known = [entity for entity in entities if entity is not None]
    return finished(Formatted(formatted.text, known))


def _lenient(params: Params, name: str) -> JSON:
    try:
        return params.nested(name, "entities")
    except ValueError:
        return None


def _with_person(world: WorldState, entity: dict[str, JSON]) -> dict[str, JSON] | None:
    """A mention by id names its person; one of somebody unknown is dropped."""
    mentioned = (
        mentioned_user(entity["url"])
        if entity["type"] == "text_link"
        else entity.get("user", {}).get("id")
    )
    if mentioned is None:
        return entity
    account = world.account(mentioned)
    if account is None:
        return None
    place = {key: entity[key] for key in ("offset", "length")}
    return {"type": "text_mention", **place, "user": account.json()}
