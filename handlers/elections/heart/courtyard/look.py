"""Two hours of the day, and their colours.

Never red beside white, nor red beside green: such pairs are flags here, and people were fined for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """Dusk goes well with light and dark chats alike; morning is for whoever likes it better."""

    MORNING = "light"
    DUSK = "dark"


@dataclass(frozen=True)
class Palette:
    """Colours, as "#rrggbb"."""

    # From the top down; the writing stands on the first.
    sky: tuple[str, ...]
    far: str
    orb: str
    star: str
    wall: str
    trim: str
    roof: str
    # Of a small house, which stands before the lawn.
    cottage: str
    frame: str
    dark: str
    lit: str
    lit_too: str
    trunk: str
    crown: str
    crown_light: str
    lantern: str
    lawn: str
    path: str
    wood: str
    cloth: str
    hem: str
    # What is written: on the sky and on the lawn, on the banner, on the house.
    ink: str
    faint: str
    lawn_ink: str
    lawn_faint: str
    reached: str
    cloth_ink: str
    trim_ink: str

    def shade(self, name: str) -> str:
        """The colour of this name; the sky's bands have numbers."""
        band = name.removeprefix("sky.")
        return self.sky[int(band)] if band != name else str(getattr(self, name))


PALETTES = {
    Look.DUSK: Palette(
        sky=("#22305A", "#33437A", "#4E5A8E", "#6F6C9B", "#957D9F", "#BF939E", "#E6B09B"),
        far="#57598A",
        orb="#FBEFC9",
        star="#DDE3F5",
        wall="#46416C",
        trim="#2C2950",
        roof="#221F42",
        cottage="#75607F",
        frame="#625C8C",
        dark="#1D2145",
        lit="#FFD56E",
        lit_too="#FFC24D",
        trunk="#2A2740",
        crown="#1E3B46",
        crown_light="#2B5058",
        lantern="#FFE9A8",
        lawn="#17313A",
        path="#24454C",
        wood="#8A6A55",
        cloth="#F6E7C6",
        hem="#D9BF8C",
        ink="#FFFFFF",
        faint="#CDD5EC",
        lawn_ink="#FFFFFF",
        lawn_faint="#BFD0D2",
        reached="#B6EBA0",
        cloth_ink="#33264A",
        trim_ink="#FFE2A0",
    ),
    Look.MORNING: Palette(
        sky=("#CFE8F2", "#D6EBF1", "#DEEEEF", "#E7F0EB", "#F0F1E4", "#F8EFDA", "#FDEBCF"),
        far="#B9CFDA",
        orb="#FFD35C",
        star="#CFE8F2",
        wall="#E2C9A4",
        trim="#8C5A3C",
        roof="#A5623F",
        cottage="#A5623F",
        frame="#8C6A4A",
        dark="#4A6478",
        lit="#FFE38A",
        lit_too="#FFD96B",
        trunk="#6B5140",
        crown="#5E9160",
        crown_light="#7BAA6C",
        lantern="#FFF3C4",
        lawn="#D3E5B8",
        path="#E6E2C4",
        wood="#8A6A55",
        cloth="#246B7D",
        hem="#184F5E",
        ink="#1C2A36",
        faint="#44545F",
        lawn_ink="#1C2A36",
        lawn_faint="#3F5043",
        reached="#1D5B2C",
        cloth_ink="#FFFFFF",
        trim_ink="#FFF3DC",
    ),
}
