"""The formatting of what somebody typed, out of Telegram's message and into plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.formatted import FormattedText, Mark, from_utf16
from bot.domain.link_preview import USUAL_PREVIEW, LinkPreview

if TYPE_CHECKING:
    from telegram import Message, MessageEntity, TextQuote


def formatted(message: Message) -> FormattedText:
    """A message's text, or its caption, as it was typed."""
    if message.text:
        return from_utf16(message.text, _marks(message.entities), _preview(message))
    return from_utf16(message.caption or "", _marks(message.caption_entities))


def formatted_part(quote: TextQuote, message: Message | None) -> FormattedText:
    """A part of a message that somebody chose. `message` is the whole one, where it can be seen: a quote
    carries no links."""
    whole = formatted(message) if message is not None else FormattedText("")
    part = whole.part_at(quote.position, quote.text)
    if part is None:
        return from_utf16(quote.text, _marks(quote.entities or ()))
    return replace(part, preview=replace(part.preview, url=""))


def formatted_end(typed: str, *messages: Message | None) -> FormattedText:
    """`typed`, with the formatting of the message with whose end it has most in common: all of it stands
    there, or it was put together of what was typed in two goes."""
    wholes = [formatted(message) for message in messages if message is not None]
    whole = max(wholes, key=lambda each: _common_end(each.text, typed), default=FormattedText(""))
    length = _common_end(whole.text, typed)
    if not length:
        return FormattedText(typed)
    end = whole.part(len(whole.text) - length, len(whole.text))
    return end.behind(typed[: len(typed) - length])


def _common_end(first: str, second: str) -> int:
    """How many characters both end with."""
    shorter = min(len(first), len(second))
    pairs = zip(reversed(first), reversed(second), strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), shorter)


def _preview(message: Message) -> LinkPreview:
    options = message.link_preview_options
    if options is None:
        return USUAL_PREVIEW
    return LinkPreview(
        is_off=bool(options.is_disabled),
        is_small=bool(options.prefer_small_media),
        is_large=bool(options.prefer_large_media),
        is_above=bool(options.show_above_text),
        url=str(options.url or ""),
    )


def _marks(entities: Iterable[MessageEntity]) -> tuple[Mark, ...]:
    return tuple(
        Mark(str(entity.type), entity.offset, entity.offset + entity.length, _value(entity))
        for entity in entities
    )


def _value(entity: MessageEntity) -> str:
    if entity.unix_time is not None:
        return f"{int(entity.unix_time.timestamp())} {entity.date_time_format or ''}"
    return entity.url or entity.language or entity.custom_emoji_id or ""
