"""What is posted: a text as it was typed, a message that is answered, step by step or in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.reminders.reminding import (
    AT_ONE,
    PREVIEW,
    edited,
    listing,
    marked,
    posted,
    previewed,
    remind,
)
from tests.yard import Yard, turn_to

if TYPE_CHECKING:
    from playground.chats import Chat, Message


async def test_formatting_is_kept_as_typed(yard: Yard) -> None:
    line = (
        "today 13:00 🌳 <b>Tea</b> &amp; <i>cake <u>now</u></i>,\n"
        '<a href="https://example.org/?a=1&amp;b=2">more</a> <tg-spoiler>x</tg-spoiler> '
        "<code>1 &lt; 2</code>"
    )
    preview = await previewed(yard, line, html=True)
    assert marked(preview)["bold"] == ["Tea"]
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, AT_ONE)
    post = await posted(yard, "Tea & cake")
    assert post.text == "⏰ 🌳 Tea & cake now,\nmore x 1 < 2"
    assert marked(post) == {
        "bold": ["Tea"],
        "italic": ["cake now"],
        "underline": ["now"],
        "text_link": ["more"],
        "spoiler": ["x"],
        "code": ["1 < 2"],
    }
    link = next(entity for entity in post.entities if entity["type"] == "text_link")
    assert link["url"] == "https://example.org/?a=1&b=2"


async def test_a_mark_that_begins_in_the_moment_ends_where_it_ended(yard: Yard) -> None:
    await previewed(yard, "<b>today 13:00 Tea</b> and cake", html=True)
    preview = await yard.hears(yard.vera, PREVIEW)
    assert marked(preview)["bold"] == ["Tea"]


async def test_a_neighbour_mentioned_by_number_stays_a_name(yard: Yard) -> None:
    link = f'<a href="tg://user?id={yard.tom.id}">Tom</a>'
    preview = await previewed(yard, f"today 13:00 Ask {link}", html=True)
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, AT_ONE)
    assert not (await posted(yard, "Ask Tom")).entities


# What links lead to


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        (None, True),
        ({"is_disabled": True}, False),
        ({"url": "https://example.org/2", "prefer_small_media": True}, True),
        ({"prefer_large_media": True, "show_above_text": True}, True),
    ],
)
@pytest.mark.parametrize("is_quoted", [False, True])
async def test_a_link_is_shown_as_its_author_had_it_and_by_the_post_alone(
    yard: Yard, chosen: dict[str, Any] | None, shown: bool, is_quoted: bool
) -> None:
    text = "Read https://example.org/1 https://example.org/2"
    if is_quoted:
        said = yard.world.say(yard.group, yard.nina, text, link_preview=chosen)
        preview = await previewed(yard, "today 13:00", reply_to=said)
    else:
        preview = await previewed(yard, f"today 13:00 {text}", link_preview=chosen)
    assert not preview.content.shows_preview
    await yard.tap(yard.vera, preview, "Schedule")
    assert not (await listing(yard, yard.tom, "Read")).content.shows_preview
    turn_to(yard, AT_ONE)
    post = await posted(yard, "Read")
    assert post.content.shows_preview is shown
    assert post.content.link_preview == chosen


async def test_new_words_bring_their_own_way_to_show_links(yard: Yard) -> None:
    await remind(yard, "today 13:00 See https://example.org", link_preview={"is_disabled": True})
    private = await edited(yard, "Text", "Send me the new text")
    yard.say(yard.vera, "Read https://example.org", chat=private)
    await yard.tap(yard.vera, await yard.hears(yard.vera, "Read", private), "Save")
    turn_to(yard, AT_ONE)
    assert (await posted(yard, "Read")).content.shows_preview


async def test_a_quoted_part_doesnt_show_a_link_that_stands_elsewhere(yard: Yard) -> None:
    said = yard.world.say(
        yard.group,
        yard.nina,
        "Read https://example.org/1 first. Then https://example.org/2 too.",
        link_preview={"url": "https://example.org/1", "prefer_small_media": True},
    )
    await remind(yard, "today 13:00", reply_to=said, quote="Then https://example.org/2 too.")
    turn_to(yard, AT_ONE)
    assert (await posted(yard, "Then")).content.link_preview == {"prefer_small_media": True}


# Settings and the signature

_YES = (": yes", ": так", ": да")


async def test_settings_are_turned_over_in_the_preview(yard: Yard) -> None:
    preview = await previewed(yard, "every day 13:00 Tea")
    for off, on in (
        ("Sound: yes", "🔕 Sound: no"),
        ("Pin: no", "📌 Pin: yes"),
        ("Only the latest: no", "🧹 Only the latest: yes"),
    ):
        await yard.tap(yard.vera, preview, off)
        await yard.world.until(lambda wanted=on: wanted in yard.labels(preview))  # type: ignore[misc]
    assert "after two days at the latest" in preview.text
    await yard.tap(yard.vera, preview, "Sound: no")
    await yard.world.until(lambda: "🔔 Sound: yes" in yard.labels(preview))
    answer = await yard.forge(yard.vera, preview, preview_data(preview, "switch") + ":rule")
    assert "doesn't work here" in (answer.text or "")


async def test_a_signature_is_typed_in_private_and_seen_by_organisers_only(yard: Yard) -> None:
    preview = await previewed(yard, "today 13:00 Tea")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, preview, "From"))
    await yard.hears(yard.vera, "Who is it from", private)
    yard.say(yard.vera, "by the <oak>", chat=private)
    signed = await yard.hears(yard.vera, PREVIEW, private)
    assert "🏷 by the <oak>" in signed.text
    await yard.tap(yard.vera, signed, "Schedule")
    assert "oak" not in (await listing(yard, yard.tom, "Tea")).text
    turn_to(yard, AT_ONE)
    assert (await posted(yard, "Tea")).text == "⏰ Tea"


@pytest.mark.parametrize("name", ["vera", "ales", "nina"])
async def test_the_longest_preview_is_one_message(yard: Yard, name: str) -> None:
    """The longest text, and everything that can be said of it besides."""
    organiser = getattr(yard, name)
    yard.world.promote(yard.group, organiser, yard.vera)
    yard.say(yard.vera, "/timezone Buenos Aires")
    await yard.hears(yard.vera, "Buenos Aires")
    text = "🌳" * 1500
    days = "monday, tuesday, wednesday, thursday, friday and saturday"
    yard.say(organiser, f"/remind every second week on {days} 2:30 until 1 june {text}")
    preview = await yard.hears(organiser, text)
    await yard.tap(organiser, preview, "🧹")
    await yard.world.until(
        lambda: "🧹" in " ".join(label for label in yard.labels(preview) if label.endswith(_YES))
    )
    private = await yard.follow(organiser, await yard.tap(organiser, preview, "🏷"))
    await yard.hears(organiser, "/reminders", private)
    yard.say(organiser, "W" * 32, chat=private)
    assert "W" * 32 in (await yard.hears(organiser, text, private)).text


# Step by step


async def test_step_by_step_from_the_day_to_the_text(yard: Yard) -> None:
    private = await guided(yard, "Tomorrow", "19", "Every Thursday")
    await yard.hears(yard.vera, "What should I post", private)
    yard.say(yard.vera, "<b>Tea</b> for all", chat=private, html=True)
    preview = await yard.hears(yard.vera, PREVIEW, private)
    assert "🔁 Every Thursday at 19:00" in preview.text
    assert "• Thursday 22 October, 19:00\n" in preview.text
    await yard.tap(yard.vera, preview, "Schedule")
    for count, day in enumerate(("2026-10-22", "2026-10-29"), 1):
        turn_to(yard, f"{day} 16:00")
        assert marked(await posted(yard, "Tea for all", count=count)) == {"bold": ["Tea"]}


@pytest.mark.parametrize(
    ("first", "asks", "then"),
    [
        ("tomorrow 19:00", "what should I say", "<b>Tea</b> for all"),
        ("<b>Tea</b> for all", "On which day?", "tomorrow 19:00"),
    ],
    ids=["moment first", "words first"],
)
async def test_formatting_survives_where_it_is_typed_in_two_goes(
    yard: Yard, first: str, asks: str, then: str
) -> None:
    yard.say(yard.vera, f"/remind {first}", html=True)
    question = await yard.asks(yard.vera, asks)
    yard.say(yard.vera, then, reply_to=question, html=True)
    preview = await yard.hears(yard.vera, PREVIEW)
    assert marked(preview)["bold"] == ["Tea"]


async def test_formatting_survives_where_the_words_are_asked_for_in_private(yard: Yard) -> None:
    yard.promote_bot()
    await yard.quiet()
    yard.say(yard.vera, "/remind tomorrow 19:00")
    question = await yard.hears(yard.vera, "what should I say")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, question, "⌨️"))
    await yard.hears(yard.vera, "Write the answer here", private)
    yard.say(yard.vera, "<b>Tea</b> for all", chat=private, html=True)
    assert marked(await yard.hears(yard.vera, PREVIEW, private))["bold"] == ["Tea"]


async def test_half_past_and_the_night_are_one_tap_more(yard: Yard) -> None:
    page = await steps(yard, "Tomorrow")
    for turn, label in (("… :30", "19:30"), ("🌙 Night", "05:30"), ("… :00", "05")):
        await yard.tap(yard.vera, page, turn)
        await yard.world.until(lambda wanted=label: wanted in yard.labels(page))  # type: ignore[misc]
    await yard.tap(yard.vera, page, "05")
    await yard.world.until(lambda: "Thursday 22 October, 05:00." in page.text)


async def test_later_weeks_are_turned_to(yard: Yard) -> None:
    page = await steps(yard)
    for turn, says in (
        ("later ›", "Mon 2 Nov – Sun 15 Nov"),
        ("later ›", "Mon 16 Nov – Sun 29 Nov"),
        ("Fri 27", "🗓 Friday 27 November"),
    ):
        await yard.tap(yard.vera, page, turn)
        await yard.world.until(lambda wanted=says: wanted in page.text)  # type: ignore[misc]


async def test_every_page_leads_back(yard: Yard) -> None:
    page = await steps(yard, "Tomorrow", "11")
    for tap, says in (("‹ Back", "At what time?"), ("‹ Back", "On which day?")):
        await yard.tap(yard.vera, page, tap)
        await yard.world.until(lambda wanted=says: wanted in page.text)  # type: ignore[misc]


async def test_only_hours_that_are_ahead_are_offered_today(yard: Yard) -> None:
    """It is noon."""
    page = await steps(yard, "Today")
    assert "12" not in yard.labels(page)
    assert "13" in yard.labels(page)


# What is missing is asked for


@pytest.mark.parametrize(
    ("line", "known", "hour", "result"),
    [
        ("saturday Talaka", "🗓 Saturday 24 October", "11", "🕖 Saturday 24 October, 11:00"),
        ("Talaka on saturday", "🗓 Saturday 24 October", "11", "🕖 Saturday 24 October, 11:00"),
        ("every week on sunday Talaka", "🗓 Every Sunday", "18", "🔁 Every Sunday at 18:00"),
    ],
)
async def test_a_missing_hour_is_offered_as_buttons(
    yard: Yard, line: str, known: str, hour: str, result: str
) -> None:
    yard.say(yard.vera, f"/remind {line}")
    page = await yard.hears(yard.vera, "At what time?")
    assert page.text.startswith(f"⏰ Talaka\n\n{known}")
    await yard.tap(yard.vera, page, hour)
    await yard.world.until(lambda: PREVIEW in page.text)
    assert result in page.text
    assert "Talaka" in page.text


async def test_a_date_that_was_meant_is_asked_for_its_hour(yard: Yard) -> None:
    yard.say(yard.vera, "/remind 23.10 Talaka")
    page = await yard.hears(yard.vera, "Is that a time or a date?")
    await yard.tap(yard.vera, page, "A date")
    await yard.world.until(lambda: "🗓 Friday 23 October" in page.text)
    await yard.tap(yard.vera, page, "11")
    await yard.world.until(lambda: "Friday 23 October, 11:00" in page.text)


async def test_a_missing_moment_is_offered_as_days(yard: Yard) -> None:
    yard.say(yard.vera, "/remind Talaka for <b>all</b>", html=True)
    page = await yard.hears(yard.vera, "On which day?")
    assert page.text.startswith("⏰ Talaka for all")
    for tap in ("Tomorrow", "11", "Only once"):
        await yard.tap(yard.vera, page, tap)
        await yard.world.until(lambda done=tap: done not in yard.labels(page))  # type: ignore[misc]
    await yard.world.until(lambda: PREVIEW in page.text)
    assert marked(page)["bold"] == ["all"]


@pytest.mark.parametrize(
    "typed",
    [
        {"sunday 18:15": "Sunday 25 October, 18:15"},
        {"every monday 11:00": "Every Monday at 11:00"},
        {"tomorrow 11:00 Tea for all": "⏰ Tea for all"},
        {"18:15": "Thursday 22 October, 18:15"},
        {"saturday": "Saturday 24 October, 19:00", "18:15": "Saturday 24 October, 18:15"},
        {"saturday": "Saturday 24 October, 19:00", "6": "Saturday 24 October, 18:00"},
        {"saturday": "Saturday 24 October, 19:00", "sunday 18:15": "Sunday 25 October, 18:15"},
        {"saturday": "Saturday 24 October, 19:00", "at seven": "Which of these do you mean?"},
        {"every monday": "Every Monday at 19:00", "20:00": "Every Monday at 20:00"},
    ],
    ids=" then ".join,
)
async def test_words_do_instead_of_a_tap(yard: Yard, typed: dict[str, str]) -> None:
    """In private the bot hears whatever is typed; in the group a reply goes on with the command."""
    private = await guided(yard, "Tomorrow", "19", "Only once")
    yard.say(yard.vera, "Talaka", chat=private)
    page = await yard.hears(yard.vera, PREVIEW, private)
    await yard.tap(yard.vera, page, "Another time")
    await yard.world.until(lambda: "On which day?" in page.text)
    for words, says in typed.items():
        yard.say(yard.vera, words, chat=private)
        await yard.hears(yard.vera, says, private)


@pytest.mark.parametrize(
    ("repeat", "moments"),
    [
        ("Only once", ["2026-10-30"]),
        ("Every day", ["2026-10-30", "2026-10-31", "2026-11-01"]),
        ("Monday to Friday", ["2026-10-30", "2026-11-02", "2026-11-03"]),
        ("Every Friday", ["2026-10-30", "2026-11-06", "2026-11-13"]),
        ("Every second week", ["2026-10-30", "2026-11-13", "2026-11-27"]),
        ("on the 30th", ["2026-10-30", "2026-11-30", "2026-12-30"]),
        ("Last Friday of each month", ["2026-10-30", "2026-11-27", "2026-12-25"]),
    ],
)
async def test_each_way_to_repeat_begins_on_the_chosen_day(
    yard: Yard, repeat: str, moments: list[str]
) -> None:
    said = yard.world.say(yard.group, yard.nina, "Tea for all")
    page = await steps(yard, "Fri 30", "13", reply_to=said)
    await yard.tap(yard.vera, page, repeat)
    await yard.world.until(lambda: PREVIEW in page.text)
    await yard.tap(yard.vera, page, "Schedule")
    for count, day in enumerate(moments, 1):
        turn_to(yard, f"{day} 10:00")
        await posted(yard, "Tea for all", count=count)


async def test_an_hour_that_has_passed_meanwhile_is_no_hour_for_once(yard: Yard) -> None:
    turn_to(yard, "2026-10-21 09:57")
    page = await steps(yard, "Today", "13")
    turn_to(yard, "2026-10-21 10:02")
    answer = await yard.tap(yard.vera, page, "Only once")
    assert "passed already" in (answer.text or "")
    answer = await yard.tap(yard.vera, page, "Every Wednesday")
    assert answer.url is not None


async def test_steps_can_not_be_forged_or_left_out(yard: Yard) -> None:
    yard.say(yard.vera, "/remind")
    page = await yard.hears(yard.vera, "On which day?")
    draft = str(page.buttons[0].callback_data).split(":")[1]
    for forged, says in (
        (f"r.day!:{draft}:2027-01-01", "doesn't work here"),
        (f"r.day!:{draft}:tomorrow", "doesn't work here"),
        (f"r.time!:{draft}:24:0", "doesn't work here"),
        (f"r.time!:{draft}:9:7", "doesn't work here"),
        (f"r.repeat!:{draft}:daily", "has expired"),
        (f"r.repeat:{draft}", "has expired"),
        (f"r.set:{draft}", "has expired"),
        (f"r.time!:{draft}:9:30", "has expired"),
        (f"r.hour:{draft}:0:0", "has expired"),
        ("r.day:999:0", "has expired"),
        ("r.hour:999:0:0", "has expired"),
    ):
        answer = await yard.forge(yard.vera, page, forged)
        assert says in (answer.text or ""), forged
    refused = await yard.tap(yard.tom, page, (0, 0))
    assert "administrators" in (refused.text or "") or "neighbour" in (refused.text or "")


async def test_an_anonymous_administrator_is_told_why_nothing_can_be_typed(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.nina, yard.vera, is_anonymous=True)
    preview = await previewed(yard, "today 13:00 Tea", yard.nina, anonymous=True)
    private = await yard.follow(yard.nina, await yard.tap(yard.nina, preview, "🏷"))
    await yard.hears(yard.nina, "анонимный администратор", private)


async def guided(yard: Yard, *taps: str) -> Chat:
    """Go the whole way by buttons: the private chat where the text is asked for."""
    page = await steps(yard, *taps[:-1])
    return await yard.follow(yard.vera, await yard.tap(yard.vera, page, taps[-1]))


async def steps(yard: Yard, *taps: str, reply_to: Message | None = None) -> Message:
    """Tap from page to page, which turns in its place."""
    yard.say(yard.vera, "/remind", reply_to=reply_to)
    page = await yard.hears(yard.vera, "On which day?")
    for tap, says in zip(taps, ("At what time?", "Once, or again"), strict=False):
        await yard.tap(yard.vera, page, tap)
        await yard.world.until(lambda wanted=says: wanted in page.text)  # type: ignore[misc]
    return page


def preview_data(preview: Message, code: str) -> str:
    """The payload of a preview's first button of this kind, without its last part."""
    data = next(
        str(b.callback_data) for b in preview.buttons if f"r.{code}:" in str(b.callback_data)
    )
    return data.rpartition(":")[0]
