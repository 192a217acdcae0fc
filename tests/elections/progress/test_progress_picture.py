"""The picture: everything in its place, whatever people are called; and only what the words say too."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.domain.elections.building_numbers import BuildingNumber
from bot.domain.elections.buildings import MOST_BUILDINGS as MOST_LISTED
from bot.domain.elections.buildings import NAME_LENGTH as BUILDING_LENGTH
from bot.domain.elections.plan import MOST_CANDIDATES, NAME_LENGTH, TITLE_LENGTH
from bot.message.words import load_words
from handlers.elections.heart.courtyard.garden import BULBS
from handlers.elections.heart.courtyard.look import PALETTES, Look
from handlers.elections.heart.courtyard.shapes import WIDTH, Layout, Polygon, Text, Window
from handlers.elections.progress.faces import draw_list, fits
from handlers.elections.progress.picture.canvas import draw_picture
from handlers.elections.progress.picture.face import MOST_BUILDINGS, MOST_HOUSES, PictureFace
from handlers.elections.progress.picture.layout import lay_out
from handlers.elections.progress.pictured import picture_face
from handlers.elections.progress.use_cases import Progress
from tests.elections.progress.standing import TODAY, housed, standing
from tests.message.catalogs import LANGUAGES

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


def face(progress: Progress, language: str = "en") -> PictureFace:
    return picture_face(progress, load_words(language))


def texts(layout: Layout) -> list[str]:
    return [text.text for text in layout.texts]


def assert_everything_has_its_place(layout: Layout) -> None:
    """Text and windows stand inside, and neither stands on another."""
    standing: list[Text | Window] = [*layout.texts, *layout.windows]
    boxes = [(each.x, each.y, each.width, each.height) for each in standing]
    for x, y, width, height in boxes:
        assert x >= 0
        assert y >= 0
        assert x + width <= WIDTH
        assert y + height <= layout.height
    for one, other in itertools.combinations(sorted(boxes), 2):
        beside = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
        above = one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
        assert beside or above, (one, other)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("candidates", [0, 1, 2, 3, 4, 7, MOST_CANDIDATES])
@pytest.mark.parametrize("buildings", [0, 1, 5, MOST_LISTED])
def test_everything_has_its_place(language: str, candidates: int, buildings: int) -> None:
    found = standing(*(n * 15 for n in range(candidates)))
    found = housed(found, *(n * 5 for n in range(buildings)))
    layout = lay_out(face(found, language))
    assert_everything_has_its_place(layout)
    said = texts(layout)
    assert sum("/ 100" in text for text in said) == candidates, "each has a number"
    assert layout.windows
    assert layout.height <= 3 * WIDTH, "Telegram takes more, but nobody could read it"


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
        picture = Image.open(io.BytesIO(draw_picture(replace(face(found), look=look))))
        assert picture.width == WIDTH


def test_a_name_that_the_font_lacks_is_stood_in_for() -> None:
    found = standing(5, 5, 5, names=("🌻🌷", "王小明 Vera", "Adam"))
    said = texts(lay_out(face(found)))
    assert "Candidate 1" in " ".join(said)
    assert "Vera" in said
    assert "Adam" in said


def test_a_name_is_as_large_as_the_cloth_and_breaks_where_people_break_it() -> None:
    long = "Aliaksandra Kavalenka-Vasilieuskaya"
    layout = lay_out(face(standing(5, 5, 5, names=("Vera K.", long, "Adam"))))
    names = [text for text in layout.texts if text.text in ("Vera K.", "Adam", *_parts(long))]
    assert {text.text for text in names} == {"Vera K.", "Adam", *_parts(long)}
    assert len({text.size for text in names}) == 1
    cloths = [shape for shape in layout.shapes if getattr(shape, "colour", "") == "cloth"]
    heights = [[y for _, y in cloth.points] for cloth in cloths if isinstance(cloth, Polygon)]
    for text in names:
        assert any(min(ys) <= text.y and text.y + text.height <= max(ys) for ys in heights)


def _parts(name: str) -> list[str]:
    return name.replace("-", "- ").split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_the_numbers_that_the_words_say(language: str) -> None:
    words = load_words(language)
    found = housed(standing(0, 35, 100), 0, 15)
    said = texts(lay_out(face(found, language)))
    told = draw_list([found], words).text.plain()
    few = words.plain("elections.progress.few", n="5")
    for number, drawn in ((few, few), ("35", "35"), ("100", "✓ 100")):
        assert f"{number} / 100" in told
        assert drawn in said
    assert f"Fountain street 1: {few}" in told
    assert "Fountain street 2: 15" in told
    assert few in said
    assert "15" in said
    alone = texts(lay_out(face(standing(0), language)))
    assert f"{few} / 100" in alone


def lit_panes(shown: int, base: int = 400) -> list[tuple[float, float]]:
    """Where the lit windows of a house are."""
    panes = lay_out(face(standing(shown, base=base))).windows
    return [(pane.x, pane.y) for pane in panes if pane.colour != "dark"]


def test_windows_light_up_in_fives_and_stay_lit() -> None:
    before = set[tuple[float, float]]()
    for shown in range(100):
        lit = set(lit_panes(shown))
        assert len(lit) == shown // 5 * 5
        assert lit >= before, "nobody's light goes out when another's comes on"
        before = lit


def test_the_last_window_waits_for_the_target() -> None:
    assert len(lay_out(face(standing(99))).windows) == 100
    assert len(lay_out(face(standing(100))).windows) == 100
    assert "dark" not in {pane.colour for pane in lay_out(face(standing(100))).windows}


def test_a_house_says_nothing_of_who_it_is_for() -> None:
    """Two candidates with one number have the same lights, and neither number is written larger."""
    found = standing(15, 15, names=("Vera", "Alexander the son of Alexander"))
    layout = lay_out(face(found))
    half = len(layout.windows) // 2
    shades = [pane.colour for pane in layout.windows]
    assert shades[:half] == shades[half:]
    uneven = lay_out(face(standing(0, 35, 100)))
    sizes = {text.text: text.size for text in uneven.texts}
    assert sizes["fewer than 5"] <= sizes["35"] == sizes["✓ 100"]


def test_different_numbers_make_different_pictures() -> None:
    drawn = {draw_picture(face(standing(shown))) for shown in (0, 5, 35, 95, 100)}
    assert len(drawn) == 5
    numbers = {draw_picture(face(housed(standing(5), n))) for n in (0, 5, 35)}
    assert len(numbers) == 3
    assert draw_picture(face(standing(5))) == draw_picture(face(standing(5)))


def bulbs(progress: Progress) -> int:
    return sum(
        getattr(shape, "colour", "") == "lantern" for shape in lay_out(face(progress)).shapes
    )


def test_a_garland_hangs_where_enough_have_signed_and_not_at_a_recall() -> None:
    reached = standing(100)
    assert bulbs(reached) > bulbs(standing(95))
    recall = replace(reached, election=replace(reached.election, recalled="Vera K."))
    assert bulbs(recall) == bulbs(standing(95))


def test_more_candidates_than_houses_stand_beneath_in_words() -> None:
    layout = lay_out(face(standing(*[5] * (MOST_HOUSES + 2))))
    assert len(layout.windows) == MOST_HOUSES * 20
    assert {"Candidate 7", "Candidate 8"} <= set(texts(layout))


def test_buildings_that_have_no_room_are_counted() -> None:
    said = texts(lay_out(face(housed(standing(5), *[5] * (MOST_BUILDINGS + 3)))))
    assert any("3 more buildings" in text for text in said)
    assert not any("more building" in text for text in texts(lay_out(face(standing(5)))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_stands_beside_the_number_of_the_chat_and_is_never_added(language: str) -> None:
    words = load_words(language)
    found = housed(standing(15), 0, 20, 0)
    papers = BuildingNumber(0, paper=15), BuildingNumber(20, paper=7), BuildingNumber(None, paper=3)
    found = replace(
        found,
        buildings=tuple(
            replace(building, number=number)
            for building, number in zip(found.buildings, papers, strict=True)
        ),
    )
    said = texts(lay_out(face(found, language)))
    told = draw_list([found], words).text.plain()
    few = words.plain("elections.progress.few", n="5")
    for number, paper in ((few, "15"), ("20", "7")):
        beside = words.plain("progress.picture.and_paper", n=paper)
        assert said.index(beside) > said.index(number)
        assert f"{words.plain('progress.on_paper', n=paper)}, {number}" in told
    alone = words.plain("progress.on_paper", n="3")
    assert alone in said
    assert told.endswith(alone) or f"{alone}\n" in told
    assert "27" not in told


def light(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """As web guidelines reckon it: what is left in grey. Source: w3.org/TR/WCAG22, 1.4.3 and 1.4.11."""
    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", Look)
def test_what_is_written_and_lit_stands_out_from_its_ground(look: Look) -> None:
    colours = PALETTES[look]
    grounds = {
        colours.sky[0]: (colours.ink, colours.faint),
        colours.lawn: (colours.lawn_ink, colours.lawn_faint, colours.reached),
        colours.cloth: (colours.cloth_ink,),
        colours.trim: (colours.trim_ink,),
    }
    for ground, inks in grounds.items():
        for ink in inks:
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    for lit in (colours.lit, colours.lit_too):
        assert contrast(lit, colours.dark) >= 4.5


@pytest.mark.parametrize("look", Look)
def test_no_flag_hangs_between_the_trees(look: Look) -> None:
    """Red has no place on the banner or in the garland: beside white or green it would be one."""
    colours = PALETTES[look]
    bulbs = [getattr(colours, name, colours.sky[5]) for name in BULBS]
    for colour in (colours.cloth, colours.hem, colours.cloth_ink, *bulbs):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert red < 1.5 * max(green, blue), colour


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_of_this_year_stands_in_the_picture_without_it(language: str) -> None:
    found = standing(35)
    at_noon = replace(
        found, election=replace(found.election, as_of=datetime(2026, 10, 21, 12, tzinfo=UTC))
    )
    for progress in (found, at_noon):
        assert not [text for text in texts(lay_out(face(progress, language))) if "2026" in text]
    past_new_year = replace(at_noon, today=date(2027, 1, 1))
    assert [text for text in texts(lay_out(face(past_new_year, language))) if "2026" in text]
