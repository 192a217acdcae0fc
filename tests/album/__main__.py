"""Makes docs/pictures/, for each language a sheet of pictures and one of paper; the wallpaper of the
playground, and the picture of it. `make pictures`"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from tests.album.paper import pages
from tests.album.playground import photograph
from tests.album.progress import pictures
from tests.album.wall import WALL, wall
from tests.message.catalogs import LANGUAGES

_PHONE = 360
"""As wide as a picture is on a small phone."""
_PAGE = 480
_GAP = 16
_GROUND = "#8C939A"
_COLOURS = 160
OUTPUT = Path(__file__).parents[2] / "docs" / "pictures"


def contact_sheet(images: Sequence[Image.Image], width: int, across: int) -> Image.Image:
    """Images side by side, each so wide, as many as `across` in a row."""
    small = [
        image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
        for image in images
    ]
    rows = [small[first : first + across] for first in range(0, len(small), across)]
    heights = [max(image.height for image in row) for row in rows]
    many = min(across, len(small))
    size = (many * (width + _GAP) + _GAP, sum(heights) + (len(rows) + 1) * _GAP)
    sheet = Image.new("RGB", size, _GROUND)
    y = _GAP
    for row, height in zip(rows, heights, strict=True):
        for column, image in enumerate(row):
            sheet.paste(image, (_GAP + column * (width + _GAP), y))
        y += height + _GAP
    return sheet


def save(sheet: Image.Image, name: str) -> None:
    few = sheet.quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(OUTPUT / f"{name}.png", "PNG", optimize=True)


def main() -> None:
    OUTPUT.mkdir(exist_ok=True)
    for language in LANGUAGES:
        drawn = pictures(language)
        save(contact_sheet(drawn, _PHONE, across=4), f"progress-{language}")
        save(contact_sheet(pages(language), _PAGE, across=3), f"paper-{language}")
    grey = [image.convert("L") for image in pictures("be")]
    save(contact_sheet(grey, _PHONE, across=4), "progress-in-grey")
    WALL.write_text(wall())
    photograph(OUTPUT.parent / "playground.png")


if __name__ == "__main__":
    main()
