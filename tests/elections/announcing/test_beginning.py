"""From `/elect …` to an election's card."""

from __future__ import annotations

from datetime import timedelta

from tests.elections.campaign import (
    ELECT,
    TITLE,
    Records,
    announce,
    newest_update,
    redeliver,
    reply_to,
)
from tests.yard import Yard


async def test_an_organiser_sees_the_rule_in_words_and_what_it_does_not_mean(yard: Yard) -> None:
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    assert "At least 25 percent of 400 residents: 100 signatures" in preview.text
    assert TITLE in preview.text
    assert "usually isn't a signature" in preview.text
    assert "may guess" not in preview.text
    assert preview.text.count("•") == 2
    assert yard.labels(preview) == [
        "✅ Publish",
        "Cancel",
        "⏳ Deadline",
        "✏️ Title",
        "🏘 Residents",
        "📏 Change the rule",
        "👥 Who may sign",
        "ℹ️ What this means ›",
    ]
    await yard.tap(yard.vera, preview, "What this means")
    meaning = await yard.hears(yard.vera, "check what holds where you live")
    assert "doesn't sign" in meaning.text
    await yard.tap(yard.vera, meaning, "‹ Back")
    await yard.hears(yard.vera, "This is what neighbours will sign for")


async def test_the_rule_is_exact_and_well_worded(yard: Yard) -> None:
    for base, rule in (
        (1, "1 resident: 1 signature"),
        (401, "401 residents: 101 signatures"),
        (12_345, "12,345 residents: 3,087 signatures"),
    ):
        preview = await reply_to(yard, yard.say(yard.vera, f"/elect {base} {TITLE}"))
        assert f"At least 25 percent of {rule}\n" in preview.text


async def test_few_signatures_come_with_a_warning(yard: Yard) -> None:
    yard.say(yard.vera, f"/elect 16 {TITLE}")
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    assert "neighbours may guess who signed" in preview.text


async def test_a_title_that_shows_nothing_is_asked_for(yard: Yard) -> None:
    for typed in ("/elect 400 \u3164", "/elect 400 30% \u2800", "/elect \u115f\u1160"):
        answer = await reply_to(yard, yard.say(yard.vera, typed))
        assert "Who are the signatures for?" in answer.text


async def test_publishing_posts_the_card_and_asks_for_a_candidate(yard: Yard) -> None:
    card = await announce(yard)
    assert card.text.startswith(f"🗳 {TITLE}\nAt least 25 percent of 400 residents")
    assert "No candidates yet" in card.text
    assert "Would you be one? Tap 🙋" in card.text
    assert not card.is_ephemeral
    assert yard.labels(card) == ["🙋 I'd be a candidate", "⋯"]


async def test_the_card_is_pinned_where_the_bot_may(yard: Yard) -> None:
    yard.world.promote(
        yard.group, yard.world.bot, yard.vera, can_pin_messages=True, can_delete_messages=True
    )
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    await yard.tap(yard.vera, preview, "Publish")
    card = await yard.card("No candidates yet")
    await yard.world.until(lambda: card.pinned)


async def test_cancelling_posts_nothing(yard: Yard) -> None:
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    answer = await yard.tap(yard.vera, preview, "Cancel")
    assert "nothing was posted" in (answer.text or "")
    assert Records(yard).elections == []


async def test_what_cannot_be_elected_is_refused_with_an_example(yard: Yard) -> None:
    for typed, hint in (
        ("0 Representative", "like this: 400"),
        ("12.5 Representative", "like this: 400"),
        ("2,000,000 Representative", "like this: 400"),
        ("2000000 Representative", "like this: 400"),
        (f"400 {'x' * 201}", "like this: Representative of Yard 5"),
    ):
        command = yard.say(yard.vera, f"/elect {typed}")
        refusal = await reply_to(yard, command)
        assert hint in refusal.text


async def test_only_organisers_begin_elections(yard: Yard) -> None:
    yard.say(yard.tom, ELECT)
    await yard.hears(yard.tom, "Only this chat's administrators")
    assert Records(yard).elections == []


async def test_rights_are_looked_up_anew_at_publishing(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.tom, yard.vera)
    yard.say(yard.tom, ELECT)
    preview = await yard.hears(yard.tom, "This is what neighbours will sign for")
    yard.world.demote(yard.group, yard.tom, yard.vera)
    answer = await yard.tap(yard.tom, preview, "Publish")
    assert "Only this chat's administrators" in (answer.text or "")
    assert Records(yard).elections == []


async def test_another_organiser_does_not_publish_what_isnt_theirs(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.tom, yard.vera)
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.tom, "This is what neighbours will sign for")
    answer = await yard.tap(yard.tom, preview, "Publish")
    assert "belongs to a neighbour" in (answer.text or "")


async def test_an_anonymous_administrator_begins_and_any_organiser_goes_on(yard: Yard) -> None:
    yard.say(yard.vera, ELECT, anonymous=True)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    refused = await yard.tap(yard.tom, preview, "Publish")
    assert refused.show_alert
    await yard.tap(yard.vera, preview, "Publish")
    await yard.card("No candidates yet")


async def test_publishing_from_two_devices_posts_one_card(yard: Yard) -> None:
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    taps = [yard.world.tap(yard.vera, preview, "Publish") for _ in range(2)]
    for tap in taps:
        await yard.world.answered(tap)
    assert len(Records(yard).elections) == 1


async def test_a_redelivered_tap_publishes_once_and_says_so_again(yard: Yard) -> None:
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    await yard.tap(yard.vera, preview, "Publish")
    await yard.card("No candidates yet")
    await redeliver(yard, newest_update(yard))
    assert len(Records(yard).elections) == 1


async def test_the_election_stays_in_its_topic(yard: Yard) -> None:
    forum = yard.world.add_group("Big yard", creator=yard.vera, forum=True, members=[yard.tom])
    topic = yard.world.add_topic(forum, "Council", by=yard.vera)
    yard.world.add_bot(forum, by=yard.vera)
    yard.say(yard.vera, ELECT, chat=forum, topic=topic)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for", forum)
    assert preview.topic is topic
    await yard.tap(yard.vera, preview, "Publish")
    card = await yard.card("No candidates yet", forum)
    assert card.topic is topic


async def test_markup_in_a_title_is_only_text(yard: Yard) -> None:
    card = await announce(yard, "/elect 400 <b>R&D</b> שלום 🌻")
    assert "<b>R&D</b>" in card.text


async def test_five_elections_at_a_time_are_enough(yard: Yard) -> None:
    for number in range(1, 6):
        await announce(yard, f"/elect 400 Representative of Yard {number}")
        yard.clock.turn(timedelta(minutes=1))
    yard.say(yard.vera, "/elect 400 One too many")
    await yard.hears(yard.vera, "5 elections under way")


async def test_in_private_the_command_asks_for_which_group_it_is(yard: Yard) -> None:
    yard.world.start(yard.vera)
    private = yard.world.private(yard.vera)
    yard.say(yard.vera, ELECT, chat=private)
    await yard.hears(yard.vera, "For which group chat?", private)
