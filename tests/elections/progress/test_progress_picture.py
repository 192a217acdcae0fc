"""The picture: everything in its place, whatever people are called; and only what the words say too."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.domain.elections.building_numbers import BuildingNumber
from bot.domain.elections.buildings import MOST_BUILDINGS as MOST_LISTED
from bot.domain.elections.buildings import NAME_LENGTH as BUILDING_LENGTH
from bot.domain.elections.plan import MOST_CANDIDATES, NAME_LENGTH, TITLE_LENGTH
from bot.domain.elections.rule import USUAL_RULE
from bot.message.words import load_words
from handlers.elections.progress.faces import draw_list, fits
from handlers.elections.progress.picture import (
    MOST_BUILDINGS,
    PALETTES,
    WIDTH,
    Layout,
    Look,
    PictureFace,
    draw_picture,
    lay_out,
)
from handlers.elections.progress.pictured import picture_face
from handlers.elections.progress.use_cases import Progress
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.progress import ShownBuilding
from tests.message.catalogs import LANGUAGES

TODAY = date(2026, 10, 21)
NASTY = (
    "W" * NAME_LENGTH,
    "🌻" * NAME_LENGTH,
    "王小明",
    "Z" + "\u0335\u0321\u031b\u0317" * 12,
    "محمد عبد الله",
    "Ы" * 30 + " " + "Щ" * 30,
    "…",
    "a\u200bb",
)


def standing(*shown: int, base: int = 400, names: tuple[str, ...] = ()) -> Progress:
    """An election with candidates of these public numbers."""
    needed = USUAL_RULE.needed(base)
    candidates = tuple(
        Candidate(
            number,
            names[number - 1] if names else f"Candidate {number}",
            n,
            reached=n >= needed,
            counted=n,
        )
        for number, n in enumerate(shown, start=1)
    )
    election = Election(
        id=1,
        chat_id=1,
        thread_id=None,
        title="Representative of Yard 5",
        base=base,
        is_base_typed=True,
        is_provisional=True,
        is_frozen=False,
        rule=USUAL_RULE,
        is_open=True,
        candidates=candidates,
    )
    return Progress(election, None, (), {}, "en", TODAY)


def housed(progress: Progress, *numbers: int, name: str = "Fountain street") -> Progress:
    """The same with buildings of these public numbers."""
    buildings = tuple(
        ShownBuilding(f"{name} {number}"[:BUILDING_LENGTH], BuildingNumber(shown))
        for number, shown in enumerate(numbers, start=1)
    )
    return replace(progress, buildings=buildings)


def face(progress: Progress, language: str = "en") -> PictureFace:
    return picture_face(progress, load_words(language))


def texts(layout: Layout) -> list[str]:
    return [text.text for text in layout.texts]


def assert_everything_has_its_place(layout: Layout) -> None:
    boxes = [(text.x, text.y, text.width, text.height) for text in layout.texts]
    boxes += [(track.x, track.y, track.width, track.height) for track in layout.tracks]
    for x, y, width, height in boxes:
        assert x >= 0
        assert y >= 0
        assert x + width <= WIDTH
        assert y + height <= layout.height
    for one, other in itertools.combinations(boxes, 2):
        beside = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
        above = one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
        assert beside or above, (one, other)
    for track in layout.tracks:
        assert 0 <= track.filled <= track.width
    for x, top, bottom in layout.targets:
        assert 0 < x < WIDTH
        assert top < bottom


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("candidates", [0, 1, 3, 7, MOST_CANDIDATES])
@pytest.mark.parametrize("buildings", [0, 1, 5, MOST_LISTED])
def test_everything_has_its_place(language: str, candidates: int, buildings: int) -> None:
    found = standing(*(n * 15 for n in range(candidates)))
    layout = lay_out(face(housed(found, *(n * 5 for n in range(buildings))), language))
    assert_everything_has_its_place(layout)
    assert len(layout.tracks) == candidates + min(buildings, MOST_BUILDINGS)
    assert len(layout.targets) == candidates


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=NAME_LENGTH) | st.sampled_from(NASTY), st.integers(0, 9)
        ),
        max_size=MOST_CANDIDATES,
    ),
    st.text(min_size=1, max_size=TITLE_LENGTH),
    st.text(max_size=BUILDING_LENGTH),
    st.sampled_from([1, 400, 1_000_000]),
)
@example([("Vera\u2029K.", 5), ("\u2028", 0)], "Yard\u0085 5\u2029", "\u2029", 400)
def test_any_names_have_room(
    candidates: list[tuple[str, int]], title: str, building: str, base: int
) -> None:
    found = standing(
        *(tens * base // 20 // 5 * 5 for _, tens in candidates),
        base=base,
        names=tuple(name for name, _ in candidates),
    )
    found = replace(found, election=replace(found.election, title=title))
    layout = lay_out(face(housed(found, 5, 0, 35, 400, name=building)))
    assert_everything_has_its_place(layout)


def test_the_longest_names_are_drawn() -> None:
    names = tuple(NASTY[n % len(NASTY)] for n in range(MOST_CANDIDATES))
    found = standing(*range(0, 75, 5), names=names)
    for look in Look:
        picture = Image.open(io.BytesIO(draw_picture(face(found), look)))
        assert picture.width == WIDTH
        assert picture.height <= 4 * WIDTH, "Telegram takes more, but nobody could read it"


def test_a_name_that_the_font_lacks_is_stood_in_for() -> None:
    found = standing(5, 5, 5, names=("🌻🌷", "王小明 Vera", "Adam"))
    said = texts(lay_out(face(found)))
    assert "Candidate 1" in said
    assert "Vera" in said
    assert "Adam" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_the_numbers_that_the_words_say(language: str) -> None:
    words = load_words(language)
    found = housed(standing(0, 35, 100), 0, 15)
    said = texts(lay_out(face(found, language)))
    told = draw_list([found], words).text.plain()
    few = words.plain("elections.progress.few", n="5")
    for number in (f"{few} / 100", "35 / 100", "100 / 100"):
        assert number in told
        assert any(text.startswith(number) for text in said), number
    assert f"Fountain street 1: {few}" in told
    assert "Fountain street 2: 15" in told
    assert few in said
    assert "15" in said


def test_different_numbers_make_different_bars() -> None:
    def end_of_bar(shown: int) -> int:
        """Where the colour of the bar ends, counted in pixels."""
        found = face(standing(shown))
        (track,) = lay_out(found).tracks
        picture = Image.open(io.BytesIO(draw_picture(found, Look.LIGHT))).convert("RGB")
        middle = track.y + track.height // 2
        empty = tuple(bytes.fromhex(PALETTES[Look.LIGHT].track.removeprefix("#")))
        row = [picture.getpixel((x, middle)) for x in range(track.x, track.x + track.width)]
        return row.index(empty)

    ends = [end_of_bar(shown) for shown in (0, 5, 35, 60, 95)]
    assert ends[0] == 0
    assert ends == sorted(set(ends))


def test_a_bar_beyond_the_target_passes_its_line() -> None:
    layout = lay_out(face(standing(95, 100, 140)))
    ends = [track.x + track.filled for track in layout.tracks]
    target = layout.targets[0][0]
    assert ends[0] < target
    assert ends[1] == target
    assert ends[2] > target


def test_buildings_that_have_no_room_are_counted() -> None:
    said = texts(lay_out(face(housed(standing(5), *[5] * (MOST_BUILDINGS + 3)))))
    assert any("3 more buildings" in text for text in said)
    assert not any("more building" in text for text in texts(lay_out(face(standing(5)))))


def test_what_is_written_stands_out_from_its_ground() -> None:
    """By the contrast that web guidelines ask for. Source: w3.org/TR/WCAG22, 1.4.3 and 1.4.11."""

    def light(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        brighter, darker = sorted((light(one), light(other)), reverse=True)
        return (brighter + 0.05) / (darker + 0.05)

    for palette in PALETTES.values():
        for written in (palette.ink, palette.faint, palette.target, palette.reached):
            assert contrast(written, palette.ground) >= 4.5
        for bar in (palette.bar, palette.reached, palette.building):
            assert contrast(bar, palette.track) >= 3


def test_buildings_give_way_before_candidates_do() -> None:
    words = load_words("en")
    names = tuple(f"{'x' * 60} {number}" for number in range(MOST_CANDIDATES))
    found = housed(standing(*[5] * MOST_CANDIDATES, names=names), *[5] * MOST_LISTED, name="y" * 57)
    told = draw_list([found], words).text.plain()
    assert told.count("5 / 100") == MOST_CANDIDATES
    assert "By building" not in told
    assert "By building" in draw_list([replace(found, election=standing(5).election)], words).text


def test_words_that_are_too_long_for_a_caption_are_known() -> None:
    words = load_words("en")
    assert fits(housed(standing(5, 35), 5, 0), words)
    assert not fits(standing(*[5] * MOST_CANDIDATES, names=("x" * 60,) * MOST_CANDIDATES), words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forecast_is_said_in_full(language: str) -> None:
    words = load_words(language)
    soon = replace(standing(35), forecasts={1: date(2026, 11, 3)})
    assert words.day_inside(date(2026, 11, 3), today=TODAY) in draw_list([soon], words).text
    assert "2026" not in draw_list([soon], words).text
    far = replace(standing(35), forecasts={1: TODAY + timedelta(days=200)})
    assert "2027" in draw_list([far], words).text
