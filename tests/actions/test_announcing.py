"""From `/action …` to a card in the chat."""

from __future__ import annotations

import pytest

from tests.actions.announce import CONCERT
from tests.elections.campaign import newest_update, redeliver
from tests.yard import Yard

PREVIEW = "This is how neighbours will see it"


async def test_a_neighbour_sees_a_preview_with_the_moment_in_full(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT)
    preview = await yard.hears(yard.tom, PREVIEW)
    assert "Thursday 22 October, 19:00, Minsk time" in preview.text
    assert "📍 Fountain" in preview.text
    assert yard.labels(preview) == [
        "✅ Publish",
        "Cancel",
        "🕖 Time",
        "✍️ Words",
        "📍 Place",
        "👥 Room for…",
    ]


async def test_what_is_typed_and_previewed_is_seen_by_its_author_alone(yard: Yard) -> None:
    command = yard.say(yard.tom, CONCERT)
    preview = await yard.hears(yard.tom, PREVIEW)
    assert command.is_ephemeral
    assert preview.is_ephemeral
    await yard.tap(yard.tom, preview, "Publish")
    assert (await yard.card("Concert")) in yard.world.visible(yard.nina, yard.group)


@pytest.mark.parametrize("nothing", ["\u3164", "\u2800\u115f", "\ufffc\u0301"])
async def test_a_title_or_a_place_that_shows_nothing_is_asked_for(yard: Yard, nothing: str) -> None:
    yard.say(yard.tom, f"/action tomorrow 19:00 {nothing}")
    await yard.hears(yard.tom, "And what is it?")
    yard.say(yard.tom, f"/action tomorrow 19:00 Concert @ {nothing}\n{nothing}")
    await yard.hears(yard.tom, "Write it after the @")


async def test_publishing_posts_the_card_with_the_moment_for_every_clock(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT, ephemeral=False)
    preview = await yard.hears(yard.tom, PREVIEW)
    answer = await yard.tap(yard.tom, preview, "Publish")
    assert answer.text == "📨 On its way to the chat."
    card = await yard.card("Concert")
    assert not card.is_ephemeral
    (moment,) = [entity for entity in card.entities if entity["type"] == "date_time"]
    assert moment["unix_time"] == 1792684800
    assert yard.labels(card) == ["👍 Going", "🤔 Maybe", "⋯"]


async def test_the_preview_is_gone_after_publishing(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT, ephemeral=False)
    preview = await yard.hears(yard.tom, PREVIEW)
    await yard.tap(yard.tom, preview, "Publish")
    await yard.card("Concert")
    await yard.world.until(lambda: preview.deleted)


@pytest.mark.parametrize(
    "typed",
    [
        "Concert\ntomorrow 19:00\nBring chairs",
        "📅 tomorrow ⏰ 19:00 concert\nBring chairs",
        "tomorrow concert 7pm\nBring chairs",
    ],
)
async def test_the_moment_may_stand_where_neighbours_write_it(yard: Yard, typed: str) -> None:
    yard.say(yard.tom, f"/action {typed}")
    preview = await yard.hears(yard.tom, PREVIEW)
    assert "Thursday 22 October, 19:00" in preview.text
    assert "Concert" in preview.text
    assert "Bring chairs" in preview.text


async def test_cancelling_the_preview_posts_nothing(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT, ephemeral=False)
    preview = await yard.hears(yard.tom, PREVIEW)
    answer = await yard.tap(yard.tom, preview, "Cancel")
    assert answer.text == "All right, nothing was posted."
    await yard.world.until(lambda: preview.deleted)
    await yard.settled()
    assert not [
        m for m in yard.group.messages if "Concert" in m.text and m.sender is yard.world.bot
    ]


async def test_only_the_author_can_publish_a_preview(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT, ephemeral=False)
    preview = await yard.hears(yard.tom, PREVIEW)
    answer = await yard.tap(yard.nina, preview, "Publish")
    assert answer.show_alert
    await yard.tap(yard.tom, preview, "Publish")
    await yard.card("Concert")


async def test_a_second_tap_on_publish_posts_one_card(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT)
    preview = await yard.hears(yard.tom, PREVIEW)
    first = yard.world.tap(yard.tom, preview, "Publish")
    second = yard.world.tap(yard.tom, preview, "Publish")
    assert not isinstance(first, str)
    assert not isinstance(second, str)
    await yard.world.answered(first)
    await yard.world.answered(second)
    await yard.card("Concert")
    await yard.settled()
    cards = [m for m in yard.group.messages if m.buttons and "Concert" in m.text]
    assert len(cards) == 1


async def test_a_redelivered_tap_on_publish_posts_one_card_and_says_so_again(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT, ephemeral=False)
    preview = await yard.hears(yard.tom, PREVIEW)
    await yard.tap(yard.tom, preview, "Publish")
    await redeliver(yard, newest_update(yard))
    *_, first, second = (c for c in yard.world.calls if c.method == "answerCallbackQuery")
    assert first.params["text"] == second.params["text"]
    await yard.card("Concert")
    await yard.settled()
    assert len([m for m in yard.group.messages if m.buttons and "Concert" in m.text]) == 1


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/action tomorrow Concert", "At what time"),
        ("/action today 10:00 Concert", "passed already"),
        ("/action 30.02 19:00 Concert", "no such day or time"),
        ("/action tomorrow 25:00 Concert", "no such day or time"),
        ("/action yesterday 19:00 Concert", "passed already"),
        ("/action tomorrow 19:00-21:00 Concert", "only when it begins"),
        ("/action mon, wed, fri 18:00 Concert", "more than once"),
        ("/action tomorrow 19:00 " + "x" * 201, "too long: 201"),
        ("/action tomorrow 19:00 Concert @ " + "x" * 201, "too long: 201"),
        ("/action tomorrow 19:00 Concert\n" + "x" * 1501, "too long: 1501"),
    ],
)
async def test_bad_input_gets_a_hint_with_an_example(yard: Yard, typed: str, hint: str) -> None:
    yard.say(yard.tom, typed)
    await yard.hears(yard.tom, hint)


async def test_an_end_becomes_no_title_and_may_stand_in_the_text_as_the_hint_shows(
    yard: Yard,
) -> None:
    yard.say(yard.tom, "/action tomorrow from 19:00 to 21:00 Walk")
    hint = await yard.hears(yard.tom, "only when it begins")
    _, example = hint.text.split("like this: ")
    yard.say(yard.tom, f"/action {example}")
    preview = await yard.hears(yard.tom, PREVIEW)
    await yard.tap(yard.tom, preview, "Publish")
    await yard.card("Walk, until 21:00")


async def test_further_lines_are_the_description_and_markup_is_only_text(yard: Yard) -> None:
    yard.say(
        yard.tom, "/action tomorrow 19:00 <b>Concert</b> & tea @ A <i>yard</i>\nBring\ncups <3"
    )
    preview = await yard.hears(yard.tom, PREVIEW)
    await yard.tap(yard.tom, preview, "Publish")
    card = await yard.card("Concert")
    assert "<b>Concert</b> & tea" in card.text
    assert "A <i>yard</i>" in card.text
    assert "Bring\ncups <3" in card.text


async def test_half_past_a_date_is_asked_about(yard: Yard) -> None:
    yard.say(yard.tom, "/action 19.10 Concert")
    question = await yard.hears(yard.tom, "time or a date")
    await yard.tap(yard.tom, question, "A time")
    preview = await yard.hears(yard.tom, PREVIEW)
    assert "Wednesday 21 October, 19:10" in preview.text
    await yard.tap(yard.tom, preview, "Publish")
    await yard.card("Concert")


async def test_half_past_a_date_meant_as_a_date_is_asked_for_its_hour(yard: Yard) -> None:
    yard.say(yard.tom, "/action 22.10 Concert")
    question = await yard.hears(yard.tom, "time or a date")
    await yard.tap(yard.tom, question, "A date")
    hours = await yard.hears(yard.tom, "At what time?")
    assert "Thursday 22 October" in hours.text
    await yard.tap(yard.tom, hours, "18")
    preview = await yard.hears(yard.tom, PREVIEW)
    assert "Thursday 22 October, 18:00" in preview.text


async def test_a_date_that_has_passed_is_no_day_to_choose(yard: Yard) -> None:
    yard.say(yard.tom, "/action 19.10 Concert")
    question = await yard.hears(yard.tom, "time or a date")
    assert "📅 A date: Mon 19 Oct" in yard.labels(question)
    answer = await yard.tap(yard.tom, question, "A date")
    assert "has passed already" in (answer.text or "")


async def test_an_hour_of_either_half_of_the_day_is_asked_about(yard: Yard) -> None:
    yard.say(yard.nina, "/action завтра в 7 Концерт")
    question = await yard.hears(yard.nina, "Что имеется в виду?")
    assert yard.labels(question)[:2] == ["🕖 чт, 22 окт., 07:00", "🕖 чт, 22 окт., 19:00"]
    await yard.tap(yard.nina, question, "19:00")
    preview = await yard.hears(yard.nina, "Концерт")
    assert "четверг, 22 октября, 19:00" in preview.text
    await yard.tap(yard.nina, preview, (0, 0))
    await yard.card("Концерт")


async def test_a_choice_that_nobody_offered_is_refused(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow at 8 Concert")
    question = await yard.hears(yard.tom, "Which of these")
    (draft,) = {(button.callback_data or "").split(":")[1] for button in question.buttons}
    for forged in (f"a.publish:{draft}", f"a.reading:{draft}:third", f"a.reading:{draft}:as_time"):
        assert "has expired" in ((await yard.forge(yard.tom, question, forged)).text or "")


@pytest.mark.parametrize(
    ("typed", "title", "moment"),
    [
        (
            "📣 Соседи! Завтра, в четверг, ровно в 19 Концерт",
            "Концерт",
            "четверг, 22 октября, 19:00",
        ),
        ("Концерт в субботу в 3 @ Фонтан", "Концерт", "суббота, 24 октября, 15:00"),
        ("завтра без четверти восемь вечера Концерт", "Концерт", "четверг, 22 октября, 19:45"),
    ],
)
async def test_a_moment_is_understood_as_people_type_it(
    yard: Yard, typed: str, title: str, moment: str
) -> None:
    yard.say(yard.nina, f"/action {typed}")
    preview = await yard.hears(yard.nina, title)
    assert moment in preview.text


@pytest.mark.parametrize(
    ("who", "typed", "reason"),
    [
        ("tom", "tomorrow 19:00 and on saturday 12:00 Concert", "more than one day or time"),
        ("tom", "20.10 19:00 Concert", "has passed already"),
        ("nina", "завтра 19-21 Концерт", "только, когда начало"),
        ("nina", "завтра в 5 подъезде чай", "Во сколько?"),
        ("ales", "заўтра а 19-й ці а 20-й Канцэрт", "не адзін дзень або не адзін час"),
    ],
)
async def test_what_is_not_understood_is_refused_for_its_true_reason(
    yard: Yard, who: str, typed: str, reason: str
) -> None:
    person = getattr(yard, who)
    yard.say(person, f"/action {typed}")
    await yard.hears(person, reason)


async def test_each_sees_the_preview_in_their_language_and_all_the_card_in_the_chats(
    yard: Yard,
) -> None:
    yard.say(yard.nina, "/action завтра 19:00 Концерт @ Фонтан")
    preview = await yard.hears(yard.nina, "Концерт")
    assert "четверг, 22 октября, 19:00" in preview.text
    await yard.tap(yard.nina, preview, (0, 0))
    card = await yard.card("Концерт")
    assert "Thursday 22 October" in card.text


async def test_the_card_appears_in_the_topic_where_it_was_announced(yard: Yard) -> None:
    forum = yard.world.add_group(
        "Forum", creator=yard.vera, kind="supergroup", forum=True, members=[yard.tom]
    )
    topic = yard.world.add_topic(forum, "Actions", by=yard.vera)
    yard.world.add_bot(forum, by=yard.vera)
    yard.say(yard.tom, CONCERT, chat=forum, topic=topic)
    preview = await yard.hears(yard.tom, PREVIEW, forum)
    await yard.tap(yard.tom, preview, "Publish")
    card = await yard.card("Concert", forum)
    assert card.topic is topic


async def test_an_anonymous_administrator_announces_and_any_organiser_goes_on(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.vera, yard.vera, is_anonymous=True)
    yard.say(yard.vera, CONCERT, anonymous=True)
    preview = await yard.hears(yard.vera, "Concert")
    refused = await yard.tap(yard.tom, preview, (0, 0))
    assert refused.show_alert
    await yard.tap(yard.vera, preview, (0, 0))
    await yard.card("Concert")


async def test_in_private_the_command_asks_for_which_group_it_is(yard: Yard) -> None:
    yard.world.start(yard.tom)
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, CONCERT, chat=private)
    await yard.hears(yard.tom, "For which group chat?", private)
