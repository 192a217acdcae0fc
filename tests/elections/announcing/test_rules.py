"""By which rule: chosen from presets by buttons, or typed, and kept with the election."""

from __future__ import annotations

import pytest

from bot.message.words import load_words
from playground.chats import Message
from tests.elections.campaign import ELECT, TITLE, Records, announce
from tests.open_drafts import open_drafts
from tests.yard import Yard

PREVIEW = "This is what neighbours will sign for"


async def open_rules(yard: Yard, typed: str = ELECT) -> Message:
    """From /elect to the page with the rules."""
    yard.say(yard.vera, typed)
    await yard.tap(yard.vera, await yard.hears(yard.vera, PREVIEW), "Change the rule")
    return await yard.hears(yard.vera, "Which rule holds where you live?")


async def meaning_of(yard: Yard, preview: Message) -> Message:
    """What the preview says a page further."""
    await yard.tap(yard.vera, preview, "What this means")
    return await yard.hears(yard.vera, "What this means, and what it doesn't")


async def test_the_preview_says_where_the_rule_comes_from(yard: Yard) -> None:
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, PREVIEW)
    assert "The target isn't final" in preview.text
    meaning = await meaning_of(yard, preview)
    assert "Belarus" in meaning.text
    assert "no law behind it" in meaning.text
    assert "The target isn't final" in meaning.text


@pytest.mark.parametrize(
    ("button", "rule"),
    [
        ("10 percent", "At least 10 percent of 400 residents: 40 signatures"),
        ("One third", "At least 1/3 of 400 residents: 134 signatures"),
        ("More than half", "More than 50 percent of 400 residents: 201 signatures"),
        ("England", "At least 37.5 percent of 400 voters: 150 signatures"),
    ],
)
async def test_a_preset_is_chosen_by_a_button_and_kept(yard: Yard, button: str, rule: str) -> None:
    page = await open_rules(yard)
    await yard.tap(yard.vera, page, button)
    preview = await yard.hears(yard.vera, rule)
    assert PREVIEW in preview.text
    await yard.tap(yard.vera, preview, "Publish")
    card = await yard.card("No candidates yet")
    assert rule in card.text


async def test_englands_rule_goes_by_size_and_says_its_source_and_date(yard: Yard) -> None:
    page = await open_rules(yard, f"/elect 1200 {TITLE}")
    await yard.tap(yard.vera, page, "England")
    preview = await yard.hears(yard.vera, "Enough for 1,200 voters: 187 signatures")
    meaning = await meaning_of(yard, preview)
    assert "2007, section 80" in meaning.text
    assert "Looked up on Sun 22 November 2026" in meaning.text


async def test_the_page_marks_what_holds_and_leads_back(yard: Yard) -> None:
    page = await open_rules(yard)
    labels = yard.labels(page)
    assert [label for label in labels if label.startswith("✓")] == ["✓ 25 percent", "✓ Residents"]
    await yard.tap(yard.vera, page, "‹ Back")
    await yard.hears(yard.vera, PREVIEW)


async def test_the_base_may_count_households_or_be_a_fixed_number(yard: Yard) -> None:
    await yard.tap(yard.vera, await open_rules(yard), "Households")
    preview = await yard.hears(yard.vera, "At least 25 percent of 400 households: 100 signatures")
    await yard.tap(yard.vera, preview, "Change the rule")
    page = await yard.hears(yard.vera, "Which rule holds where you live?")
    await yard.tap(yard.vera, page, "A fixed number")
    preview = await yard.hears(yard.vera, "25 percent of 400 (a fixed number): 100 signatures")
    assert "isn't final" not in preview.text


async def test_a_rule_of_ones_own_is_typed_before_the_title(yard: Yard) -> None:
    yard.say(yard.vera, f"/elect 400 >1/2 {TITLE}")
    preview = await yard.hears(yard.vera, "More than 50 percent of 400 residents: 201 signatures")
    meaning = await meaning_of(yard, preview)
    assert "The rule is your own" in meaning.text
    await yard.tap(yard.vera, meaning, "‹ Back")
    preview = await yard.hears(yard.vera, PREVIEW)
    await yard.tap(yard.vera, preview, "Publish")
    assert "201 signatures" in (await yard.card("No candidates yet")).text


async def test_a_share_that_nobody_can_reach_is_refused(yard: Yard) -> None:
    yard.say(yard.vera, f"/elect 400 120% {TITLE}")
    await yard.hears(yard.vera, "Such a share of the residents can't be counted")


async def test_the_rule_is_said_in_every_language(yard: Yard) -> None:
    for person in (yard.ales, yard.nina):
        yard.world.promote(yard.group, person, yard.vera)
        words = load_words(person.language_code or "en")
        yard.say(person, ELECT)
        preview = await yard.hears(person, words("elections.preview.heading"))
        assert words.count("elections.rule.needed", 100) in preview.text
        await yard.tap(person, preview, words.plain("elections.button.meaning"))
        await yard.hears(person, words("elections.source.quarter"))


async def test_only_organisers_change_the_rule_and_only_to_what_there_is(yard: Yard) -> None:
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, PREVIEW)
    (draft,) = await open_drafts(yard)
    for data in (f"e.rule:{draft}", f"e.rule!:{draft}:half", f"e.counted!:{draft}:voters"):
        assert (await yard.forge(yard.tom, preview, data)).show_alert, data
    for data in (
        f"e.rule!:{draft}:most",
        f"e.rule!:{draft}:own",
        f"e.counted!:{draft}:cats",
        "e.rule!:9:half",
    ):
        answer = await yard.forge(yard.vera, preview, data)
        assert answer.show_alert, data
    yard.world.promote(yard.group, yard.tom, yard.vera)
    yard.say(yard.tom, "/elect 60 Keeper of the fountain")
    other = await yard.hears(yard.tom, "Keeper of the fountain")
    yard.world.demote(yard.group, yard.tom, yard.vera)
    (own,) = await open_drafts(yard) - {draft}
    for data in (f"e.rule:{own}", f"e.rule!:{own}:half", f"e.counted!:{own}:voters"):
        answer = await yard.forge(yard.tom, other, data)
        assert "Only this chat's administrators" in (answer.text or ""), data
    await yard.tap(yard.vera, preview, "Publish")
    assert "At least 25 percent" in (await yard.card("No candidates yet")).text


async def test_the_first_base_is_written_down(yard: Yard) -> None:
    await announce(yard)
    (base,) = Records(yard).bases
    assert (base.version, base.base, base.is_provisional) == (1, 400, True)
