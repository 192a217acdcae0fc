"""An organiser sets a reminder."""

from __future__ import annotations

import pytest

from tests.reminders.reminding import PREVIEW, WEEKLY_WALK, marked, posted, posts, previewed, remind
from tests.yard import Yard, turn_to


async def test_the_preview_spells_out_the_moment_and_shows_the_post(yard: Yard) -> None:
    preview = await previewed(yard, "monday 11:00 Seniors' walk")
    assert "⏰ Seniors' walk" in preview.text
    assert "Monday 26 October, 11:00, Minsk time" in preview.text
    assert [[button.text for button in row] for row in preview.keyboard] == [
        ["✅ Schedule"],
        ["✏️ Words", "🗓 Another time"],
        ["🔔 Sound: yes", "🏷 From"],
        ["📌 Pin: no"],
        ["Cancel"],
    ]


async def test_words_that_show_nothing_are_asked_for(yard: Yard) -> None:
    yard.say(yard.vera, "/remind today 13:00 \u3164\u2800")
    await yard.hears(yard.vera, "And what should I say?")


async def test_an_hour_in_quiet_hours_is_said_to_come_all_the_same(yard: Yard) -> None:
    preview = await previewed(yard, "tomorrow 23:00 Look at the stars")
    assert "in your quiet hours (22:00–08:00)" in preview.text
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-22 23:00")
    assert (await posted(yard, "Look at the stars")).text


@pytest.mark.parametrize(
    ("typed", "rule", "moments"),
    [
        (
            "every monday 11:00",
            "Every Monday at 11:00",
            ["Monday 26 October, 11:00", "Monday 2 November, 11:00", "Monday 9 November, 11:00"],
        ),
        (
            "every day 8:30",
            "Every day at 08:30",
            [
                "Thursday 22 October, 08:30",
                "Friday 23 October, 08:30",
                "Saturday 24 October, 08:30",
            ],
        ),
        (
            "weekdays at 18:00",
            "Monday to Friday at 18:00",
            [
                "Wednesday 21 October, 18:00",
                "Thursday 22 October, 18:00",
                "Friday 23 October, 18:00",
            ],
        ),
        (
            "every weekend 10:00",
            "Every Saturday and Sunday at 10:00",
            [
                "Saturday 24 October, 10:00",
                "Sunday 25 October, 10:00",
                "Saturday 31 October, 10:00",
            ],
        ),
        (
            "every friday, tuesday and thursday 7pm",
            "Every Tuesday, Thursday and Friday at 19:00",
            ["Thursday 22 October, 19:00", "Friday 23 October, 19:00", "Tuesday 27 October, 19:00"],
        ),
        (
            "every second monday 11:00",
            "Every second week on Monday at 11:00",
            ["Monday 26 October, 11:00", "Monday 9 November, 11:00", "Monday 23 November, 11:00"],
        ),
        (
            "every month on the 22nd 11:00",
            "Every month on the 22nd at 11:00",
            [
                "Thursday 22 October, 11:00",
                "Sunday 22 November, 11:00",
                "Tuesday 22 December, 11:00",
            ],
        ),
        (
            "mon-fri 18:00",
            "Monday to Friday at 18:00",
            [
                "Wednesday 21 October, 18:00",
                "Thursday 22 October, 18:00",
                "Friday 23 October, 18:00",
            ],
        ),
        (
            "every week on friday 18:00",
            "Every Friday at 18:00",
            ["Friday 23 October, 18:00", "Friday 30 October, 18:00", "Friday 6 November, 18:00"],
        ),
        (
            "every 31 11:00",
            "Every month on the last day at 11:00",
            [
                "Saturday 31 October, 11:00",
                "Monday 30 November, 11:00",
                "Thursday 31 December, 11:00",
            ],
        ),
        (
            "last friday of the month 18:00",
            "Every month on the last Friday at 18:00",
            ["Friday 30 October, 18:00", "Friday 27 November, 18:00", "Friday 25 December, 18:00"],
        ),
    ],
)
async def test_what_repeats_is_echoed_with_its_next_three_moments(
    yard: Yard, typed: str, rule: str, moments: list[str]
) -> None:
    preview = await previewed(yard, f"{typed} Tea")
    shown = "".join(f"\n• {moment}" for moment in moments) + "\nMinsk time"
    assert f"🔁 {rule}\n\nThe next times:{shown}" in preview.text
    assert "⏰ Tea" in preview.text


@pytest.mark.parametrize(
    "typed",
    [
        "last friday 18:00 Tea",
        "апошняя пятніца 18:00 Tea",
        "последняя пятница 18:00 Tea",
        "Tea last friday 6pm",
    ],
)
async def test_the_last_friday_is_every_months_in_one_line_and_two_taps(
    yard: Yard, typed: str
) -> None:
    preview = await previewed(yard, typed)
    assert "🔁 Every month on the last Friday at 18:00" in preview.text
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-30 15:00")
    assert (await posted(yard, "Tea")).text == "⏰ Tea"


@pytest.mark.parametrize(
    "typed", ["last friday Tea", "Tea ў апошнюю пятніцу", "последняя пятница Tea"]
)
async def test_the_last_friday_is_asked_for_its_hour_with_buttons(yard: Yard, typed: str) -> None:
    yard.say(yard.vera, f"/remind {typed}")
    page = await yard.hears(yard.vera, "At what time?")
    await yard.tap(yard.vera, page, "18")
    preview = await yard.hears(yard.vera, PREVIEW)
    assert "🔁 Every month on the last Friday at 18:00" in preview.text
    assert "⏰ Tea\n" in preview.text


async def test_the_hour_is_heard_among_other_words(yard: Yard) -> None:
    yard.say(yard.vera, "/remind суббота концерт", ephemeral=False)
    question = await yard.asks(yard.vera, "At what time?")
    yard.say(yard.vera, "лучше в 18", reply_to=question)
    preview = await yard.hears(yard.vera, PREVIEW)
    assert "⏰ Концерт" in preview.text
    assert "Saturday 24 October, 18:00" in preview.text


async def test_an_end_is_echoed_and_kept(yard: Yard) -> None:
    preview = await previewed(yard, "every monday 11:00 2 times Tea")
    assert "Last day: Monday 2 November" in preview.text
    assert preview.text.count("•") == 2
    await yard.tap(yard.vera, preview, "Schedule")
    await remind(yard, "10.11.2026 12:00 Cake")
    for count, day in enumerate(("2026-10-26", "2026-11-02"), 1):
        turn_to(yard, f"{day} 08:00")
        await posted(yard, "Tea", count=count)
    turn_to(yard, "2026-11-10 09:00")
    await posted(yard, "Cake")
    await posted(yard, "Tea", count=2)


async def test_the_30th_says_what_happens_in_february(yard: Yard) -> None:
    preview = await previewed(yard, "every month on the 30th 9:00 Rent")
    assert "In a shorter month it comes on the last day" in preview.text


async def test_a_moment_of_another_year_names_it(yard: Yard) -> None:
    preview = await previewed(yard, "1.05.2027 11:00 Clean-up")
    assert "Saturday 1 May 2027, 11:00, Minsk time" in preview.text


async def test_only_the_moment_is_asked_for_where_it_is_unclear(yard: Yard) -> None:
    yard.say(yard.vera, "/remind 19.10 Close the gate")
    question = await yard.hears(yard.vera, "time or a date")
    answer = await yard.tap(yard.vera, question, "A date")
    assert "passed already" in (answer.text or "")
    await yard.tap(yard.vera, question, "A time")
    preview = await yard.hears(yard.vera, PREVIEW)
    assert "Wednesday 21 October, 19:10" in preview.text
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-21 16:10")
    await posted(yard, "Close the gate")


@pytest.mark.parametrize(
    ("typed", "rule", "first"),
    [
        ("every day 9:00 and 21:00 Pills", "Every day at 09:00 and 21:00", "21 October, 21:00"),
        ("every 3 days 9:00 Water the flowers", "Every 3 days at 09:00", "22 October, 09:00"),
        (
            "every year 25 march 12:00 Fly the flag",
            "Every year on 25 March at 12:00",
            "2027, 12:00",
        ),
        ("from 1 november mondays 11:00 Walk", "Every Monday at 11:00", "2 November, 11:00"),
        ("every monday 11:00 (4 times) Walk", "Every Monday at 11:00", "26 October, 11:00"),
    ],
)
async def test_what_repeats_in_other_ways(yard: Yard, typed: str, rule: str, first: str) -> None:
    preview = await previewed(yard, typed)
    assert rule in preview.text
    assert first in preview.text


async def test_both_hours_of_a_day_come(yard: Yard) -> None:
    await remind(yard, "every day at 13 and 21 Pills")
    turn_to(yard, "2026-10-21 10:00")
    await posted(yard, "Pills")
    turn_to(yard, "2026-10-21 18:00")
    await posted(yard, "Pills", count=2)
    turn_to(yard, "2026-10-22 10:00")
    await posted(yard, "Pills", count=3)


async def test_29_february_is_said_to_be_the_28th_of_other_years(yard: Yard) -> None:
    preview = await previewed(yard, "every year 29 february 10:00 Leap")
    assert "comes on the 28th" in preview.text


async def test_of_two_rules_one_is_chosen(yard: Yard) -> None:
    yard.say(yard.vera, "/remind every monday at 8 Walk")
    question = await yard.hears(yard.vera, "Which of these")
    assert yard.labels(question)[:2] == [
        "🕖 08:00 · Every Monday",
        "🕖 20:00 · Every Monday",
    ]
    await yard.tap(yard.vera, question, "20:00")
    preview = await yard.hears(yard.vera, PREVIEW)
    assert "Every Monday at 20:00" in preview.text
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-26 17:00")
    await posted(yard, "Walk")


async def test_a_title_before_the_moment_keeps_its_formatting(yard: Yard) -> None:
    typed = "<i>Slow</i> walk on monday 11:00\nBring <b>tea</b>"
    preview = await previewed(yard, typed, html=True)
    assert "Slow walk\nBring tea" in preview.text
    shown = marked(preview)
    assert (shown["italic"][0], shown["bold"][-1]) == ("Slow", "tea")


async def test_a_title_between_the_day_and_its_hour_keeps_its_formatting(yard: Yard) -> None:
    turn_to(yard, "2026-10-21 10:00")
    preview = await previewed(
        yard, "tomorrow <i>Slow</i> walk at 19:00\nBring <b>tea</b>", html=True
    )
    assert "Slow walk\nBring tea" in preview.text
    shown = marked(preview)
    assert (shown["italic"][0], shown["bold"][-1]) == ("Slow", "tea")


@pytest.mark.parametrize(
    "typed",
    [
        "at 5 <i>Slow</i> walk on saturday\nBring <b>tea</b>",
        "<i>Slow</i> walk\n🗓 Saturday 🕔 5pm\nBring <b>tea</b>",
    ],
)
async def test_formatting_stays_wherever_the_moment_is_said(yard: Yard, typed: str) -> None:
    preview = await previewed(yard, typed, html=True)
    assert "Slow walk\nBring tea" in preview.text
    assert "Saturday 24 October, 17:00" in preview.text
    shown = marked(preview)
    assert (shown["italic"][0], shown["bold"][-1]) == ("Slow", "tea")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("every monday 11:00 until christmas Walk", "I don't know when that ends"),
        ("every 2 hours Walk", "I can't repeat like that"),
        ("every day except sunday 12:00 Walk", "I can't repeat like that"),
        ("every monday 11:00 UTC Walk", "without a time zone"),
        ("every year 1 may 10:00 1000 times Walk", "at most ten years ahead"),
        ("every year 12:00 Walk", "On which day?"),
        ("every saturday at midnight Walk", "in more ways than one"),
    ],
)
async def test_a_rule_that_is_not_understood_is_refused_for_its_true_reason(
    yard: Yard, typed: str, reason: str
) -> None:
    yard.say(yard.vera, f"/remind {typed}")
    await yard.hears(yard.vera, reason)


async def test_the_question_can_not_be_skipped(yard: Yard) -> None:
    yard.say(yard.vera, "/remind 19.10 Close the gate")
    question = await yard.hears(yard.vera, "time or a date")
    (draft,) = {(button.callback_data or "").split(":")[1] for button in question.buttons}
    for forged in (f"r.set:{draft}", f"r.reading:{draft}:moment", f"r.reading:{draft}:thread"):
        assert "has expired" in ((await yard.forge(yard.vera, question, forged)).text or "")


async def test_after_setting_comes_what_waits(yard: Yard) -> None:
    preview = await previewed(yard, WEEKLY_WALK)
    await yard.tap(yard.vera, preview, "Schedule")
    await yard.world.until(lambda: "1 reminder is waiting" in preview.text)
    assert "All right, I'll post it on time." in preview.text
    assert yard.labels(preview) == ["⚙️ Seniors' walk", "✖️ Close"]
    await yard.tap(yard.vera, preview, "⚙️")
    page = await yard.hears(yard.vera, "⏰ Seniors' walk")
    assert page.is_ephemeral
    assert "1 reminder is waiting" in preview.text


async def test_cancelling_sets_nothing(yard: Yard) -> None:
    preview = await previewed(yard, "today 13:00 Seniors' walk")
    answer = await yard.tap(yard.vera, preview, "Cancel")
    assert answer.text == "All right, nothing was posted."
    await remind(yard, "today 14:00 Tea")
    turn_to(yard, "2026-10-21 11:00")
    await posted(yard, "Tea")
    assert not posts(yard, "walk")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/remind every month 11:00 Seniors' walk", "On which day"),
        ("/remind every week 11:00 Seniors' walk", "every week on monday 11:00"),
        ("/remind every second week 11:00 Seniors' walk", "On which day"),
        ("/remind every 32 11:00 Seniors' walk", "no such day or time"),
        ("/remind every monday 11:00 0 times Seniors' walk", "no such day or time"),
        ("/remind every monday 11:00 until 30 february Walk", "no such day or time"),
        ("/remind every monday 11:00 until 23.10 Walk", "end before its first time"),
        ("/remind every monday 11:00 until 1.05.2026 Walk", "end before its first time"),
        ("/remind today 10:00 Seniors' walk", "passed already"),
        ("/remind monday 25:00 Seniors' walk", "no such day or time"),
        ("/remind 24.10.2031 12:00 Seniors' walk", "two years ahead"),
        ("/remind monday 11:00", "what should I say"),
        ("/remind every monday 11:00 \n ", "what should I say"),
        ("/remind monday 11:00 " + "x" * 3001, "3001 characters, and 3000 fit"),
        ("/remind monday 11:00 " + "🌳" * 1501, "3002 characters, and 3000 fit"),
    ],
)
async def test_bad_input_gets_a_hint_with_an_example(yard: Yard, typed: str, hint: str) -> None:
    yard.say(yard.vera, typed)
    await yard.hears(yard.vera, hint)


async def test_a_moment_that_passed_during_the_preview_is_not_set(yard: Yard) -> None:
    preview = await previewed(yard, "today 12:30 Seniors' walk")
    turn_to(yard, "2026-10-21 09:31")
    answer = await yard.tap(yard.vera, preview, "Schedule")
    assert "passed already" in (answer.text or "")


async def test_a_neighbour_is_refused_kindly(yard: Yard) -> None:
    yard.say(yard.tom, f"/remind {WEEKLY_WALK}")
    await yard.hears(yard.tom, "Only this chat's administrators")


async def test_an_organiser_demoted_before_the_tap_sets_nothing(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.tom, yard.vera)
    preview = await previewed(yard, WEEKLY_WALK, yard.tom)
    yard.world.demote(yard.group, yard.tom, yard.vera)
    answer = await yard.tap(yard.tom, preview, "Schedule")
    assert "Only this chat's administrators" in (answer.text or "")
    yard.say(yard.vera, "/reminders")
    await yard.hears(yard.vera, "No reminders are waiting")


async def test_another_organiser_does_not_decide_over_a_preview(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.tom, yard.vera)
    preview = await previewed(yard, WEEKLY_WALK)
    answer = await yard.tap(yard.tom, preview, "Schedule")
    assert "belongs to a neighbour" in (answer.text or "")
    await yard.tap(yard.vera, preview, "Schedule")
    yard.say(yard.vera, "/reminders")
    await yard.hears(yard.vera, "1 reminder is waiting")


async def test_an_anonymous_administrator_begins_and_any_organiser_goes_on(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.ales, yard.vera)
    yard.world.promote(yard.group, yard.nina, yard.vera, is_anonymous=True)
    preview = await previewed(yard, "today 13:00 Seniors' walk", yard.nina, anonymous=True)
    refused = await yard.tap(yard.tom, preview, "Schedule")
    assert "Only this chat's administrators" in (refused.text or "")
    await yard.tap(yard.ales, preview, "Schedule")
    turn_to(yard, "2026-10-21 10:00")
    await posted(yard, "Seniors' walk")


async def test_two_taps_on_set_set_once(yard: Yard) -> None:
    preview = await previewed(yard, "today 13:00 Seniors' walk")
    taps = [yard.world.tap(yard.vera, preview, "Schedule") for _ in range(2)]
    for tap in taps:
        await yard.world.answered(tap)
    await remind(yard, "today 14:00 Tea")
    turn_to(yard, "2026-10-21 11:00")
    await posted(yard, "Tea")
    await posted(yard, "Seniors' walk", count=1)


async def test_a_tap_that_telegram_delivers_again_sets_once(yard: Yard) -> None:
    preview = await previewed(yard, "today 13:00 Seniors' walk")
    await yard.tap(yard.vera, preview, "Schedule")
    tapped = yard.world.updates.push({})  # tells the number of the tap before it
    await yard.quiet()
    yard.world.redeliver(tapped - 1)
    await yard.quiet()
    yard.say(yard.vera, "/reminders")
    await yard.hears(yard.vera, "1 reminder is waiting")


async def test_a_command_that_telegram_delivers_again_is_previewed_once(yard: Yard) -> None:
    await previewed(yard, WEEKLY_WALK)
    typed = yard.world.updates.push({})
    await yard.quiet()
    yard.world.redeliver(typed - 1)
    await yard.quiet()
    yard.say(yard.vera, "/reminders")
    await yard.hears(yard.vera, "No reminders are waiting")
    assert sum(PREVIEW in message.text for message in yard.group.log) == 1


async def test_forged_drafts_do_nothing(yard: Yard) -> None:
    preview = await previewed(yard, WEEKLY_WALK)
    for code in ("set", "drop", "preview"):
        answer = await yard.forge(yard.vera, preview, f"r.{code}:999")
        assert "has expired" in (answer.text or "")
    for nonsense in ("r.set:-1", "r.set:x", "r.set", "r.set:1:2", "r.reading:1:a b"):
        answer = await yard.forge(yard.vera, preview, nonsense)
        assert "doesn't work here" in (answer.text or "")


async def test_a_preview_of_another_chat_is_out_of_reach(yard: Yard) -> None:
    preview = await previewed(yard, WEEKLY_WALK)
    other = yard.world.add_group("Yard 6", creator=yard.vera, members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    here = await yard.hears(yard.vera, "Hello, neighbours", other)
    data = preview.buttons[0].callback_data
    assert data is not None
    answer = await yard.forge(yard.vera, here, data)
    assert "doesn't work here" in (answer.text or "")


async def test_in_private_the_command_asks_for_which_group_it_is(yard: Yard) -> None:
    yard.world.start(yard.vera)
    private = yard.world.private(yard.vera)
    yard.say(yard.vera, f"/remind {WEEKLY_WALK}", chat=private)
    await yard.hears(yard.vera, "For which group chat?", private)


async def test_where_the_bot_is_an_administrator_only_the_organiser_sees_the_preview(
    yard: Yard,
) -> None:
    yard.promote_bot()
    preview = await previewed(yard, "today 13:00 Seniors' walk")
    assert preview.is_ephemeral
    assert preview.receiver is yard.vera
    await yard.tap(yard.vera, preview, "Schedule")
    await yard.hears(yard.vera, "I'll post it on time")
    turn_to(yard, "2026-10-21 10:00")
    assert not (await posted(yard, "Seniors' walk")).is_ephemeral


async def test_without_whispers_a_reply_whose_command_was_removed_leads_into_private(
    yard: Yard,
) -> None:
    yard.world.ephemeral_supported = False
    await yard.restart()
    command = yard.say(yard.vera, "/remind 19.10 Close the gate")
    question = await yard.hears(yard.vera, "time or a date")
    yard.world.delete(command)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, question, "A time"))
    preview = await yard.hears(yard.vera, PREVIEW, private)
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-21 16:10")
    await posted(yard, "Close the gate")
