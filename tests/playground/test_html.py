"""Telegram's HTML: what it means, and what it is refused with."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.entities import slice_utf16, utf16_length
from playground.html import HtmlError, parse_html


def entity(kind: str, offset: int, length: int, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **fields}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b><strong>b</strong>", "ab", [entity("bold", 0, 1), entity("bold", 1, 1)]),
        ("<i>a</i> <em>b</em>", "a b", [entity("italic", 0, 1), entity("italic", 2, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        ("<s>a</s>", "a", [entity("strikethrough", 0, 1)]),
        ("<strike>a</strike>", "a", [entity("strikethrough", 0, 1)]),
        ("<del>a</del>", "a", [entity("strikethrough", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
        ("<B>a</b>", "a", [entity("bold", 0, 1)]),
        ("<b>a</>", "a", [entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        (
            "<b>one <i>two</i></b>",
            "one two",
            [entity("bold", 0, 7), entity("italic", 4, 3)],
        ),
        ("😀<b>x</b>", "😀x", [entity("bold", 2, 1)]),
        ("<b>😀</b>", "😀", [entity("bold", 0, 2)]),
        ("&lt;b&gt; &amp; &quot;", '<b> & "', []),
        ("&#65;&#x42;&#128512;", "AB😀", []),
        ("Tom & Jerry &nbsp; &copy;", "Tom & Jerry &nbsp; &copy;", []),
        (
            '<a href="https://example.org/a?b=1&amp;c=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://example.org/a?b=1&c=2")],
        ),
        (
            "<a href='example.org'>x</a>",
            "x",
            [entity("text_link", 0, 1, url="http://example.org/")],
        ),
        (
            "<a>example.org</a>",
            "example.org",
            [entity("text_link", 0, 11, url="http://example.org/")],
        ),
        ('<a href="no link">x</a>', "x", []),
        ('<a href="tg://user?id=5">x</a>', "x", [entity("text_link", 0, 1, url="tg://user?id=5")]),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
        ),
        (
            '<tg-time unix="1792944000" format="wDt">Saturday</tg-time>',
            "Saturday",
            [entity("date_time", 0, 8, unix_time=1792944000, date_time_format="wDt")],
        ),
        (
            '<tg-time unix="1792944000">Saturday</tg-time>',
            "Saturday",
            [entity("date_time", 0, 8, unix_time=1792944000)],
        ),
    ],
)
def test_markup_is_read(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    formatted = parse_html(source)
    assert (formatted.text, formatted.entities) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("абв<foo>x</foo>", 'Unsupported start tag "foo" at byte offset 6'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <3", "Unclosed start tag at byte offset 2"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b>x</i>",
            'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b foo>", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=example/>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<b "x">y</b>', 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time>x</tg-time>", "Invalid date specified"),
        ('<tg-time unix="soon">x</tg-time>', "Invalid date specified"),
        ('<tg-time unix="9" format="Dw">x</tg-time>', "Invalid date format used"),
        ('<tg-time unix="9" format="rt">x</tg-time>', "Invalid date format used"),
    ],
)
def test_wrong_markup_is_refused(source: str, words: str) -> None:
    with pytest.raises(HtmlError) as refused:
        parse_html(source)
    assert str(refused.value) == words


# What Telegram turns into spaces or drops can't come back.
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60)
_TAG = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "code", "pre", "blockquote"])


@given(_TEXT)
def test_escaped_text_comes_back(text: str) -> None:
    assert parse_html(html.escape(text)).text == text


@given(st.lists(st.tuples(_TAG, _TEXT), max_size=6))
def test_escaped_text_inside_tags_comes_back(pieces: list[tuple[str, str]]) -> None:
    source = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in pieces)
    formatted = parse_html(source)
    assert formatted.text == "".join(text for _, text in pieces)
    marked = [
        slice_utf16(formatted.text, entity["offset"], entity["length"])
        for entity in formatted.entities
    ]
    assert marked == [text for _, text in pieces if text]


@given(st.text(alphabet="<>/&;#\"'= abspna-1é😀\0", max_size=80))
def test_any_source_is_read_or_refused(source: str) -> None:
    try:
        formatted = parse_html(source)
    except HtmlError:
        return
    whole = utf16_length(formatted.text)
    for entity in formatted.entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= whole
