"""Guides for neighbours: the same in every language, in the words of the bot, short enough for a message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app import FEATURES
from bot.message.words import LOCALES, load_words
from handlers.elections.heart.guide import as_message, guide
from playground.html import parse_html
from tests.message.catalogs import LANGUAGES, catalog

GUIDES = sorted(file.stem for file in (LOCALES / "en" / "guides").iterdir())
_LABEL = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
_COMMAND = re.compile(r"`/(\w+)|^/(\w+)", re.MULTILINE)
_A_MESSAGE = 4_096


def written(name: str, language: str) -> str:
    return file_of(name, language).read_text(encoding="utf-8")


def file_of(name: str, language: str) -> Path:
    return LOCALES / language / "guides" / f"{name}.md"


def shape(text: str) -> list[str]:
    """How its lines begin, but for plain words: headings, points and steps, fences."""
    return re.findall(r"^(#+ |- |[0-9]+\. |```)", text, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_is_there_in_every_language(language: str) -> None:
    assert sorted(file.stem for file in (LOCALES / language / "guides").iterdir()) == GUIDES


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_says_the_same_things_in_the_same_order(name: str, language: str) -> None:
    here, english = written(name, language), written(name, "en")
    assert shape(here) == shape(english)
    assert len(_LABEL.findall(here)) == len(_LABEL.findall(english))
    assert _COMMAND.findall(here) == _COMMAND.findall(english)
    assert re.findall(r"\b[0-9]{2,}\b", here) == re.findall(r"\b[0-9]{2,}\b", english)


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_and_commands_that_it_names_are_the_bots(name: str, language: str) -> None:
    text = written(name, language)
    labels = {
        form.partition(" ")[2] or form
        for key, entry in catalog(language).items()
        if ".button." in key
        for form in entry.forms
    }
    assert {" ".join(label.split()) for label in _LABEL.findall(text)} <= labels
    commands = {command.name for feature in FEATURES for command in feature.commands}
    assert {inline or line for inline, line in _COMMAND.findall(text)} <= commands


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_is_one_message_without_marks_left_over(name: str, language: str) -> None:
    message = guide(name, load_words(language))
    assert message.units() <= _A_MESSAGE
    shown = parse_html(message).text
    assert not set("*`#") & set(shown)
    assert "  " not in shown


def test_what_was_wrapped_is_joined_and_what_is_listed_is_not() -> None:
    said = as_message(
        "# Tea & cake\n\nBring **a\ncup**, tap *Going*.\n\n- One\n  spoon\n- `/tea`\n\n```\n/tea 5\n```\n\n"
        "1. Boil\n2. Pour\n"
    )
    assert said == (
        "<b>Tea &amp; cake</b>\n\nBring <b>a cup</b>, tap <i>Going</i>.\n\n• One spoon\n• <code>/tea</code>"
        "\n\n<code>/tea 5</code>\n\n1. Boil\n2. Pour"
    )
