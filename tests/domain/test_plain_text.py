"""What people type, cleaned: a text that shows nothing is no text, whatever it is made of."""

from __future__ import annotations

import pytest

from bot.domain.actions.announcement import Announcement, read_announcement
from bot.domain.elections.buildings import read_buildings
from bot.domain.elections.candidacies import read_candidacy
from bot.domain.elections.paper.ledger import read_order
from bot.domain.elections.plan import read_title
from bot.domain.formatted import FormattedText, Mark
from bot.domain.plain_text import clean, clean_line, with_capital
from bot.domain.refusal import Refused
from tests.domain.nothing_to_see import DRAWING_NOTHING, NOTHING_TO_SEE


@pytest.mark.parametrize("typed", NOTHING_TO_SEE)
def test_what_shows_nothing_is_empty(typed: str) -> None:
    assert clean(f"{typed}\n{typed}") == clean_line(typed) == ""
    assert FormattedText(typed, (Mark("bold", 0, 1),)).cleaned() == FormattedText("")


@pytest.mark.parametrize(
    "typed",
    [
        "a",
        ".",
        "1",
        "🌻",
        "❤\ufe0f",
        "🩷",
        "🫨",
        "\U0001fae9",
        "👩\u200d🌾",
        "क\u093f",
        "é",
        "\u2801",
    ],
)
def test_what_shows_something_stays_as_it_is(typed: str) -> None:
    assert clean(typed) == clean_line(typed) == FormattedText(typed).cleaned().text == typed


@pytest.mark.parametrize("typed", DRAWING_NOTHING)
def test_no_part_of_what_is_typed_is_there_unseen(typed: str) -> None:
    announcement = read_announcement(f"Tea @ Fountain\n{typed}")
    assert (announcement.title, announcement.details) == ("Tea", "")
    with pytest.raises(Refused, match=r"actions.refused.place.empty"):
        read_announcement(f"Tea @ {typed}")
    assert read_candidacy(f"Vera K.\n{typed}").statement == ""
    (building,) = read_buildings(f"Fountain 5: 12, {typed}")
    assert building.source == ""
    assert read_order(f"20 {typed}").building is None


@pytest.mark.parametrize("typed", DRAWING_NOTHING)
def test_what_needs_a_name_has_none_where_nothing_is_to_be_seen(typed: str) -> None:
    assert read_announcement(f"{typed} @ Fountain") == Announcement("", "Fountain")
    with pytest.raises(Refused, match=r"elections.refused.title.empty"):
        read_title(typed)
    with pytest.raises(Refused, match=r"buildings.refused.name.empty"):
        read_buildings(f"{typed}: 12")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("чай у фонтана", "Чай у фонтана"),
        ("e-mail evening", "E-mail evening"),
        ("d’Arc", "D’Arc"),
        ("ўсе разам", "Ўсе разам"),
        ("Tea", "Tea"),
        ("5 reasons", "5 reasons"),
        ("🌳 tea", "🌳 tea"),
        ("example.org is open", "example.org is open"),
        ("https://example.org", "https://example.org"),
        ("@vera sings", "@vera sings"),
        ("ßtraße", "ßtraße"),
        ("", ""),
    ],
)
def test_a_title_begins_with_a_capital(typed: str, printed: str) -> None:
    assert with_capital(typed) == printed
