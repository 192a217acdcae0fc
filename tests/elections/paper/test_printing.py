"""The printed sheet: what stands on it, in each language, however long the names are."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.elections.paper.ledger import BUILDING_LENGTH, MOST_ROWS, Sheet
from bot.domain.elections.plan import NAME_LENGTH, TITLE_LENGTH
from bot.domain.elections.rule import USUAL_RULE
from bot.message.words import load_words
from handlers.elections.paper.printing.sheet import draw_sheet
from handlers.elections.paper.printing.sheet_words import sheet_face
from handlers.elections.paper.printing.use_cases import PrintedSheet
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.paper import PaperSheet
from tests.elections.paper.collecting import text_of
from tests.message.catalogs import LANGUAGES

LINK = "https://t.me/c/1234567890/33"
DEADLINE = datetime(2026, 11, 30, 21, tzinfo=UTC)
"""Midnight in Minsk."""
KEY = "4a97 5556 00f8 10b0 b443"
HASH = "3f9a07b1c2d4e865" * 4


def printing(
    name: str,
    rows: int = 20,
    title: str = "Representative of Yard 5",
    building: str | None = None,
    asks_identity: bool = False,
) -> PrintedSheet:
    candidate = Candidate(1, name, 0, reached=False)
    election = Election(
        id=1,
        chat_id=1,
        thread_id=None,
        title=title,
        base=400,
        is_base_typed=True,
        is_provisional=False,
        is_frozen=False,
        rule=USUAL_RULE,
        is_open=True,
        candidates=(candidate,),
    )
    sheet = PaperSheet(1, 1, 7, building, Sheet(rows), candidate_id=1)
    return PrintedSheet(sheet, election, candidate, asks_identity, "en", None, KEY, HASH)


def draw(found: PrintedSheet, language: str = "en") -> bytes:
    return draw_sheet(sheet_face(found, LINK, load_words(language)))


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def pages_of(pdf: bytes) -> list[str]:
    """What a reader finds on each page."""
    return [page for page in text_of(pdf).split("\f") if page.strip()]


def fonts_of(pdf: bytes, folder: Path) -> list[dict[str, str]]:
    """The fonts in which something is printed, where the machine can tell."""
    if shutil.which("pdftohtml") is None:
        pytest.skip("pdftohtml, of poppler-utils, is not installed")
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    command = ["pdftohtml", "-xml", "-i", "-zoom", "1", "-stdout", str(file)]
    xml = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = [
        dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<fontspec[^>]*>", xml)
    ]
    assert found
    return found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Signature sheet No. 7", "I am 18 or older, and I sign for Vera K.", "Collector:"]),
        ("be", ["Падпісны ліст № 7", "мне споўнілася 18 гадоў", "Хто збірае:"]),
        ("ru", ["Подписной лист № 7", "мне есть 18 лет", "Кто собирает:"]),
    ],
)
def test_it_speaks_the_language_of_the_chat(language: str, said: list[str]) -> None:
    text = text_of(draw(printing("Vera K.", building="Лясная, 5"), language))
    for words in (*said, "Representative of Yard 5", "Vera K.", "Лясная, 5", f": {KEY}"):
        assert words in text
    lines = [line.strip() for line in text.splitlines()]
    assert [line for line in lines if line.isdigit()] == [str(n) for n in range(1, 21)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_shows_by_what_a_swapped_check_page_is_noticed(language: str) -> None:
    pdf = draw(printing("Vera K.", rows=40), language)
    assert text_of(pdf).count(HASH) == pages(pdf) == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I sign for recalling Vera K."),
        ("be", "за адкліканне прадстаўніка: Vera K."),
        ("ru", "за отзыв представителя: Vera K."),
    ],
)
def test_a_sheet_for_a_recall_says_so(language: str, said: str) -> None:
    found = printing("For the recall", title="Recall of Vera K.")
    found = replace(found, election=replace(found.election, recalled="Vera K."))
    text = " ".join(text_of(draw(found, language)).split())
    assert said in text


@pytest.mark.parametrize(
    ("language", "one", "each"),
    [
        ("en", "One person, one signature", "for several candidates, once for each"),
        ("be", "Адзін чалавек — адзін подпіс", "за некалькіх кандыдатаў, за кожнага раз"),
        ("ru", "Один человек — одна подпись", "за нескольких кандидатов, за каждого раз"),
    ],
)
def test_it_says_for_how_many_one_may_sign(language: str, one: str, each: str) -> None:
    found = printing("Vera K.")
    for_each = replace(found, election=replace(found.election, for_each=True))
    for sheet, said, unsaid in ((found, one, each), (for_each, each, one)):
        text = " ".join(text_of(draw(sheet, language)).split())
        assert said in text
        assert unsaid not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_follow_the_setting(language: str) -> None:
    words = load_words(language)

    def columns(found: PrintedSheet) -> list[str]:
        return [column.label for column in sheet_face(found, LINK, words).columns]

    plain = columns(printing("Vera K."))
    asking = columns(printing("Vera K.", asks_identity=True))
    assert len(plain) == 4
    assert set(asking) - set(plain) == {words.plain("paper.printing.sheet.column.identity")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("for_each", [False, True])
@pytest.mark.parametrize("asks_identity", [False, True])
def test_a_usual_sheet_is_one_page(language: str, for_each: bool, asks_identity: bool) -> None:
    found = printing("Vera K.", building="Building 5", asks_identity=asks_identity)
    election = replace(found.election, for_each=for_each, closes_at=DEADLINE)
    assert pages(draw(replace(found, election=election), language)) == 1


@pytest.mark.parametrize(
    ("language", "until", "bring"),
    [
        ("en", "until Mon 30 November 2026, 24:00", "Bring this sheet to:"),
        ("be", "да 30 лістапада 2026 г. (пн), 24:00", "Каму вярнуць гэты ліст:"),
        ("ru", "до 30 ноября 2026 г. (пн), 24:00", "Кому вернуть этот лист:"),
    ],
)
def test_it_says_until_when_and_leaves_a_line_for_whom_to_bring_it_to(
    language: str, until: str, bring: str
) -> None:
    found = printing("Vera K.", rows=40)
    ends = replace(found.election, closes_at=DEADLINE, timezone="Europe/Minsk")
    for page in pages_of(draw(replace(found, election=ends), language)):
        assert until in page
        assert bring in page
    for page in pages_of(draw(found, language)):
        assert "2026" not in page
        assert bring in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_too_small_or_too_pale_for_old_eyes(language: str, tmp_path: Path) -> None:
    found = printing("Vera K.", rows=40, building="Building 5", asks_identity=True)
    election = replace(found.election, closes_at=DEADLINE, for_each=True)
    for font in fonts_of(draw(replace(found, election=election), language), tmp_path):
        assert int(font["size"]) >= 9, font
        assert font["color"] == "#000000", font


def test_every_page_repeats_the_head_and_only_the_last_one_is_attested() -> None:
    printed = pages_of(draw(printing("Vera K.", rows=MOST_ROWS)))
    assert len(printed) > 1
    for page in printed:
        assert "Signature sheet No. 7" in page
        assert "I sign for Vera K." in page
    assert ["I collected these signatures" in page for page in printed] == [
        page is printed[-1] for page in printed
    ]


@settings(max_examples=25)
@given(
    st.text(min_size=1, max_size=NAME_LENGTH),
    st.text(min_size=1, max_size=TITLE_LENGTH),
    st.none() | st.text(min_size=1, max_size=BUILDING_LENGTH),
    st.integers(1, MOST_ROWS),
    st.booleans(),
)
def test_any_names_can_be_printed(
    name: str, title: str, building: str | None, rows: int, asks_identity: bool
) -> None:
    found = printing(name, title=title, building=building, rows=rows, asks_identity=asks_identity)
    assert draw(found).startswith(b"%PDF")


def test_the_longest_names_leave_room_for_rows() -> None:
    name = "W" * NAME_LENGTH
    found = printing(name, title="W" * TITLE_LENGTH, building="W" * BUILDING_LENGTH, rows=40)
    assert pages(draw(found)) <= 4


def test_the_same_sheet_is_printed_the_same_every_time() -> None:
    """So no moment of printing and no machine's name is in it."""
    assert draw(printing("Vera K.")) == draw(printing("Vera K."))
