"""What organisers are shown to type about paper can be typed, in their own language."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.domain.elections.paper.ledger import REASONS, Check
from bot.domain.elections.paper.lines import SheetLine, read_line
from bot.message.words import load_words
from tests.elections.paper.collecting import campaign, printed
from tests.message.catalogs import LANGUAGES, catalog
from tests.yard import Yard, page_after

EXAMPLE = re.compile(r"<code>/paper ([^<]+)</code>")
IN_TEXT = re.compile(r"/paper ([^\n]+)")


def examples(language: str) -> dict[str, list[object]]:
    """What the lines shown in each text mean."""
    return {
        key: [read_line(line) for form in entry.forms for line in EXAMPLE.findall(form)]
        for key, entry in catalog(language).items()
        if entry.file == "paper"
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_means_what_it_means_in_english(language: str) -> None:
    assert examples(language) == examples("en")
    assert len(examples(language)["paper.refused.example"]) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_understood_as_it_is_said_and_as_hints_name_it(language: str) -> None:
    words = load_words(language)
    checked = EXAMPLE.findall(words("paper.refused.reasons"))[0].split()[1]
    named = words.plain("paper.refused.reasons").rpartition(": ")[2].split(", ")
    said = [words.plain(f"paper.reason.{reason}") for reason in REASONS]
    for reasons in (named, said):
        for reason, shown in zip(REASONS, reasons, strict=True):
            line = read_line(f"7 {checked} 15 {shown} 2")
            assert isinstance(line, SheetLine)
            assert isinstance(line.entry, Check)
            assert getattr(line.entry.rejected, reason) == line.entry.rejected.total == 2


async def test_nina_types_what_the_hints_show_her(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    yard.world.promote(yard.group, yard.nina, yard.vera)

    async def answer(typed: str) -> str:
        return (await page_after(yard, yard.nina, f"/paper {typed}")).text

    def shown_in(hint: str) -> list[str]:
        return [line.replace("7", "1", 1) for line in IN_TEXT.findall(hint)]

    returned, _, void, accepted = shown_in(await answer("1 потерялся"))
    assert "Заполнено строк: 18" in await answer(returned)
    reasons = await answer("1 проверено 15 смазано 3")
    assert "нездешний, несовершеннолетний" in reasons
    assert not any(reason in reasons for reason in REASONS), "no words but Russian ones"
    yard.clock.turn(timedelta(minutes=1))  # one person gets only so many answers in a minute
    (checked,) = shown_in(reasons)
    assert "повторная подпись: 1, неразборчиво: 2" in await answer(checked)
    assert "Не считается" in await answer(void)
    assert "Принято официально: 104" in await answer(accepted)
