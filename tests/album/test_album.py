"""The sheets to look at: they can be made, and show each thing whole."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image

from tests.album.__main__ import contact_sheet
from tests.album.paper import pages
from tests.album.progress import pictures
from tests.album.wall import WALL, wall


def test_images_stand_beside_and_beneath_each_other() -> None:
    images = [Image.new("RGB", (100, height), "#FFFFFF") for height in (50, 200, 100)]
    sheet = contact_sheet(images, 50, across=2)
    assert sheet.width == 2 * 50 + 3 * 16
    assert sheet.height == 100 + 50 + 3 * 16
    white = sum(count for count, colour in sheet.getcolors() or () if colour == (255, 255, 255))
    assert white == 50 * (25 + 100 + 50)


def test_every_state_is_a_picture_of_its_own() -> None:
    drawn = pictures("be")
    assert len({image.tobytes() for image in drawn}) == len(drawn)
    for image in drawn:
        assert image.height <= 2 * image.width, "taller, and a chat would show it narrow"


def test_the_wallpaper_is_of_the_same_shapes() -> None:
    assert WALL.read_text() == wall(), "`make pictures` makes it anew"


def test_paper_is_seen_page_by_page() -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm, of poppler-utils, is not installed")
    for page in pages("ru"):
        assert page.height > page.width
        assert page.getextrema() == (0, 255)
