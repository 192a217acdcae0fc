"""Guides for neighbours, which the bot hands out itself: there may be no website that they could reach.

They lie in `bot/locales/<language>/guides/`, as documents to read on their own too, in the little Markdown
that is turned into a message here: headings, lists, **bold**, *a button's label*, `code` and fences.
"""

from __future__ import annotations

import functools
import html
import re

from bot.message.words import LOCALES, Html, Words

_FENCE = re.compile(r"^```\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_WRAPPED = re.compile(r"(?<=[^\n])\n(?!\n|- |[0-9]+\. | *$) *")
_MARKS = (
    (re.compile(r"\*\*(.+?)\*\*", re.DOTALL), "b"),
    (re.compile(r"\*(.+?)\*", re.DOTALL), "i"),
    (re.compile(r"`(.+?)`", re.DOTALL), "code"),
)


def guide(name: str, words: Words) -> Html:
    """The guide of this name in the reader's language, as one message."""
    return _read(name, words.language)


@functools.cache
def _read(name: str, language: str) -> Html:
    file = LOCALES / language / "guides" / f"{name}.md"
    return as_message(file.read_text(encoding="utf-8"))


def as_message(markdown: str) -> Html:
    """Telegram's HTML of it. Lines that were wrapped are joined: a phone wraps them anew."""
    text = html.escape(markdown.strip(), quote=False)
    text = _FENCE.sub(r"`\1`", text)
    text = _HEADING.sub(r"**\1**", text)
    text = _WRAPPED.sub(" ", text)
    for mark, tag in _MARKS:
        text = mark.sub(rf"<{tag}>\1</{tag}>", text)
    return Html(text.replace("\n- ", "\n• "))
