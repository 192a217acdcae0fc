"""Formatting survives: whatever was marked is marked again by the HTML that is kept."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.formatted import FormattedText, Mark, from_utf16
from playground.entities import utf16_length
from playground.html import parse_html

KINDS = (
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "text_link",
    "custom_emoji",
)
VALUES = {"text_link": 'https://t.me/a?b="1"&c=<2>', "custom_emoji": "5368324170671202286"}
TEXTS = st.text("ab <>&\"'\n🌳é", min_size=1, max_size=30)


@st.composite
def formatted_texts(draw: st.DrawFn) -> FormattedText:
    """Marks anyhow over a text, of each kind at most one, as clients send them."""
    text = draw(TEXTS)
    marks = []
    for kind in draw(st.lists(st.sampled_from(KINDS[:7]), unique=True, max_size=4)):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append(Mark(kind, start, end, VALUES.get(kind, "")))
    return FormattedText(text, tuple(marks))


def marked_places(entities: list[dict[str, object]], kind: str) -> set[int]:
    """Which UTF-16 units carry a mark of this kind."""
    places: set[int] = set()
    for entity in entities:
        if entity["type"] == kind:
            offset, length = int(str(entity["offset"])), int(str(entity["length"]))
            places |= set(range(offset, offset + length))
    return places


@example(FormattedText("abc", (Mark("bold", 0, 2), Mark("italic", 1, 3))))
@given(formatted_texts())
def test_what_is_read_from_the_html_is_what_was_marked(written: FormattedText) -> None:
    read = parse_html(written.html())
    assert read.text == written.text
    for mark in written.marks:
        before = utf16_length(written.text[: mark.start])
        inside = utf16_length(written.text[mark.start : mark.end])
        assert marked_places(read.entities, mark.kind) == set(range(before, before + inside))


@given(TEXTS)
def test_a_text_without_marks_is_only_escaped(text: str) -> None:
    assert FormattedText(text).html() == html.escape(text, quote=False)


@given(formatted_texts(), st.data())
def test_a_part_keeps_what_reaches_into_it(written: FormattedText, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(written.text)))
    end = data.draw(st.integers(start, len(written.text)))
    part = written.part(start, end)
    assert part.text == written.text[start:end]
    for mark in written.marks:
        kept = next((m for m in part.marks if m.kind == mark.kind), None)
        inside = range(max(mark.start, start), min(mark.end, end))
        if inside:
            assert kept is not None
            assert (kept.start + start, kept.end + start) == (inside.start, inside.stop)
        else:
            assert kept is None


@given(TEXTS, st.data())
def test_units_of_utf16_become_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    units = Mark("bold", utf16_length(text[:start]), utf16_length(text[:end]))
    assert from_utf16(text, (units,)).marks == (Mark("bold", start, end),)


def test_cleaning_moves_the_marks_along() -> None:
    typed = FormattedText("  a\u202eb\x00c  ", (Mark("bold", 2, 5), Mark("italic", 3, 4)))
    assert typed.cleaned() == FormattedText("abc", (Mark("bold", 0, 2),))
    assert FormattedText(" \n ", (Mark("bold", 0, 3),)).cleaned() == FormattedText("")


def test_nobodys_number_is_kept() -> None:
    link = Mark("text_link", 0, 4, "TG://user?id=1")
    typed = from_utf16("Vera", (Mark("text_mention", 0, 4), Mark("mention", 0, 4), link))
    assert typed.html() == "Vera"


def test_code_and_times_keep_what_they_carry() -> None:
    typed = FormattedText(
        "x y z",
        (
            Mark("pre", 0, 1, "python"),
            Mark("date_time", 2, 3, "1792000000 wDt"),
            Mark("code", 4, 5),
        ),
    )
    read = parse_html(typed.html())
    assert read.text == "x y z"
    assert [entity["type"] for entity in read.entities] == ["pre", "date_time", "code"]
    assert read.entities[0]["language"] == "python"
    assert read.entities[1]["unix_time"] == 1792000000


def test_what_is_cut_out_takes_its_marks_along() -> None:
    written = FormattedText("Slow walk today tea", (Mark("italic", 0, 4), Mark("bold", 5, 19)))
    assert written.without(9, 15) == FormattedText(
        "Slow walk tea", (Mark("italic", 0, 4), Mark("bold", 5, 13))
    )


def test_a_part_is_found_by_utf16_units_and_has_its_marks() -> None:
    whole = FormattedText("🐈🐈 Water is off", (Mark("bold", 3, 8),))
    assert whole.part_at(5, "Water") == FormattedText("Water", (Mark("bold", 0, 5),))


@pytest.mark.parametrize(("position", "text"), [(0, "Water"), (900, "Water"), (5, "Water is off!")])
def test_what_stands_elsewhere_is_no_part(position: int, text: str) -> None:
    assert FormattedText("🐈🐈 Water is off").part_at(position, text) is None
