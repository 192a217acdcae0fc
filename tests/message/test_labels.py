"""Labels can be read on a phone of 360 px: every button of every page, card and post, in each language."""

from __future__ import annotations

import functools
import re
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.message.face import Face
from bot.message.labels import fitted, fitted_inside, named, room
from bot.message.words import load_words
from tests.message.catalogs import LANGUAGES, catalog
from tests.message.every_face import NAMES, Drawing, drawings, faces
from tests.message.phone import cut, width

# Buttons that no feature's face has: one at /help, one after a tap, and those that the frame adds.
_ALONE = (
    "help.button.add",
    "frame.whisper.open",
    "frame.button.close",
    "frame.button.back_to_chat",
    "frame.button.answer",
    "representatives.button.own",
)
_LABELS = re.compile(
    r"\.(button|answer|preset|setting|counted|counts|reason)\.|waiting\.edit\.|keep\.(days|at_once)"
    r"|\.ask\.as_|\.confirmation$"
)
_OUR_LETTERS = st.text(
    f"{string.ascii_letters}{string.digits} -.№абвгдеёжзійклмнопрстуўфхцчшыьэюяАБДЖМЎФШЩЫЮ🎸東שر"
)

# What keeps a name written from right to left from turning the rest.
_ISOLATES = dict.fromkeys((0x2068, 0x2069))


@functools.cache
def drawn(drawing: Drawing) -> list[dict[str, Face]]:
    return list(faces(drawing))


def labels(face: Face) -> list[list[str]]:
    return [[button.label for button in row] for row in face.buttons]


@pytest.mark.parametrize("drawing", drawings(), ids=lambda drawing: drawing.name)
def test_nothing_is_cut(drawing: Drawing) -> None:
    assert drawn(drawing), "it draws nothing"
    found = {
        line for each in drawn(drawing) for face in each.values() for line in cut(labels(face))
    }
    assert not found, "\n".join(sorted(found))


def test_every_label_was_seen() -> None:
    """So that nothing above was left out. In one test, because to draw everything takes long."""
    assert not {language: missing for language in LANGUAGES if (missing := _unseen(language))}


def _unseen(language: str) -> list[str]:
    seen = "\n".join(
        sorted(
            {
                label
                for drawing in drawings()
                for each in drawn(drawing)
                for row in labels(each[language])
                for label in row
            }
        )
    )
    return [
        entry.key
        for key, entry in catalog(language).items()
        if _LABELS.search(key) and key not in _ALONE and not _pattern(entry.forms).search(seen)
    ]


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Any form of a text as a label, with anything for its parameters."""
    return re.compile(
        "|".join("[^\n]*".join(map(re.escape, re.split(r"\{\w+\}", form))) for form in forms)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_frame_adds_is_not_cut(language: str) -> None:
    words = load_words(language)
    assert not cut([[words.plain(key)] for key in _ALONE])


@given(_OUR_LETTERS)
@example("Щ" * 60)
@example("W" * 60)
@example("🎸" * 60)
def test_whatever_people_type_is_shortened_until_it_fits(typed: str) -> None:
    assert width(fitted(typed)) <= room()
    assert width(fitted_inside(typed)) <= room()
    if len(typed) < 12:
        assert fitted(typed) == fitted_inside(typed) == typed


@given(_OUR_LETTERS)
@example("Щ" * 60)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "key", ["elections.sign.confirmation", "recall.sign.confirmation", "elections.button.stand"]
)
def test_who_confirms_sees_the_name_first_and_the_words_behind_it(
    key: str, language: str, typed: str
) -> None:
    words = load_words(language)
    label = named(words, key, name=typed).translate(_ISOLATES)
    icon, _, behind = words.plain(key, name="\0").partition("\0")
    assert label.startswith(f"{icon}{typed[:4].rstrip()}")
    assert label.endswith(behind)
    assert width(label) <= room()


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_of_a_usual_name_stays(language: str) -> None:
    words = load_words(language)
    label = named(words, "elections.sign.confirmation", name="Вера Кавалёнка")
    assert label.startswith("✍️ Вера Кавалё")
    assert all(len(fitted(name)) > 20 or fitted(name) == name for name in NAMES)


def test_an_address_keeps_its_number() -> None:
    label = fitted_inside("🏠 вуліца Максіма Багдановіча і Янкі Купалы 124/2")
    assert label.startswith("🏠 вуліца")
    assert label.endswith("124/2")
