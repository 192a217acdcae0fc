"""Groups in which the bot can't answer a typed command, and the signs that its author gets all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Chat, Message
from playground.people import Person
from tests.trial import FULL_WORDS, SECRET_WORDS
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

CAN_NOT_SPEAK = ["🙊"]
ASIDE = "I can't write in your chat right now"
CONCERT = "/action tomorrow 19:00 Concert @ Fountain"


def signs(yard: Yard, command: Message) -> list[str]:
    return command.reactions.get(yard.world.bot.id, [])


async def signed(yard: Yard, command: Message) -> None:
    await yard.world.until(lambda: signs(yard, command) == CAN_NOT_SPEAK)


def with_slow_mode(yard: Yard) -> Chat:
    yard.group.slow_mode = 15 * 60
    return yard.group


def without_a_word(yard: Yard) -> Chat:
    yard.world.restrict(yard.group, yard.world.bot, yard.vera, can_react_to_messages=True)
    return yard.group


def typed_for_all(yard: Yard, person: Person, text: str, chat: Chat) -> Message:
    return yard.say(person, text, chat=chat, ephemeral=False)


@pytest.mark.parametrize("silence", [with_slow_mode, without_a_word])
async def test_the_answer_comes_in_private_where_the_author_knows_the_bot(
    yard: Yard, silence: object
) -> None:
    assert callable(silence)
    group, private = silence(yard), yard.world.private(yard.tom)
    yard.world.start(yard.tom)
    command = typed_for_all(yard, yard.tom, CONCERT, group)
    preview = await yard.hears(yard.tom, ASIDE, private)
    assert "This is how neighbours will see it" in preview.text
    assert "Concert" in preview.text
    assert not signs(yard, command)
    await yard.tap(yard.tom, preview, "Cancel")
    await yard.world.until(lambda: "Concert" not in preview.text)
    typed_for_all(yard, yard.vera, "/action", group)  # who never pressed Start
    yard.world.start(yard.nina)
    typed_for_all(yard, yard.nina, "/action вчера 19:00 Концерт", group)
    aside = await yard.hears(yard.nina, "не могу писать в ваш чат", yard.world.private(yard.nina))
    assert "Это время уже прошло" in aside.text


@pytest.mark.parametrize("silence", [with_slow_mode, without_a_word])
async def test_whoever_never_pressed_start_gets_a_reaction_and_nothing_later(
    yard: Yard, silence: object
) -> None:
    assert callable(silence)
    group, said = silence(yard), len(yard.group.log)
    for person, text in ((yard.tom, CONCERT), (yard.nina, "/action"), (yard.ales, "/actions")):
        await signed(yard, typed_for_all(yard, person, text, group))
    yard.clock.turn(timedelta(minutes=20))
    await yard.quiet()
    assert [m for m in group.log[said:] if m.sender is yard.world.bot] == []
    assert not yard.log.errors


async def test_whoever_was_out_of_reach_has_come_from_nowhere(yard: Yard) -> None:
    await signed(yard, typed_for_all(yard, yard.tom, CONCERT, with_slow_mode(yard)))
    private = yard.world.private(yard.tom)
    yard.world.start(yard.tom)
    yard.say(yard.tom, "/actions", chat=private)
    await yard.hears(yard.tom, "For which group chat?", private)


async def test_a_closed_topic_is_answered_elsewhere(yard: Yard) -> None:
    forum = yard.world.add_group("Forum", yard.vera, forum=True, members=[yard.tom])
    yard.world.add_bot(forum, by=yard.vera)
    topic = yard.world.add_topic(forum, "News", yard.vera)
    yard.world.close_topic(forum, topic)
    yard.world.start(yard.vera)
    yard.say(yard.vera, CONCERT, chat=forum, topic=topic, ephemeral=False)
    await yard.hears(yard.vera, ASIDE, yard.world.private(yard.vera))


async def test_an_anonymous_administrator_gets_a_reaction(yard: Yard) -> None:
    yard.world.set_anonymous(yard.group, yard.vera)
    await signed(yard, typed_for_all(yard, yard.vera, CONCERT, with_slow_mode(yard)))


async def test_who_is_nominated_while_the_bot_cant_speak_isnt_told_but_the_command_was_read(
    yard: Yard,
) -> None:
    yard.say(yard.vera, "/elect 400 Representative of Yard 5")
    preview = await yard.hears(yard.vera, "Representative of Yard 5")
    await yard.tap(yard.vera, preview, (0, 0))
    await yard.card("Representative of Yard 5")
    said = yard.say(yard.nina, "I would like to help")
    with_slow_mode(yard)
    await signed(yard, yard.say(yard.tom, "/nominate", reply_to=said, ephemeral=False))


async def test_what_nobody_saw_typed_is_answered_unseen_in_slow_mode_too(yard: Yard) -> None:
    await signed(yard, typed_for_all(yard, yard.tom, CONCERT, with_slow_mode(yard)))
    assert yard.say(yard.nina, "/actions").is_ephemeral
    assert (await yard.hears(yard.nina, "Пока ничего")).is_ephemeral


async def test_a_short_silence_is_waited_out_by_all_who_ask_in_it(yard: Yard) -> None:
    """Each answer begins another silence, in which the others have to wait again."""
    yard.group.slow_mode = 1
    commands = [
        typed_for_all(yard, person, "/actions", yard.group)
        for person in (yard.tom, yard.nina, yard.ales)
    ]
    await yard.world.until(
        lambda: {id(c) for c in commands} <= {id(m.reply_to) for m in yard.group.log}
    )
    assert any("Too Many Requests" in str(call.error) for call in yard.world.calls)
    assert not any(signs(yard, command) for command in commands)


async def test_where_reactions_are_off_too_nothing_breaks(yard: Yard) -> None:
    yard.group.reactions = frozenset()
    typed_for_all(yard, yard.tom, CONCERT, with_slow_mode(yard))
    yard.world.start(yard.nina)
    typed_for_all(yard, yard.nina, "/actions", yard.group)
    await yard.hears(yard.nina, "не могу писать", yard.world.private(yard.nina))
    await yard.world.until(lambda: any("without a sign" in line for line in yard.log.lines))
    assert not yard.log.errors


async def test_nothing_private_is_said_in_the_group_when_slow_mode_is_over(
    trial_yard: Yard,
) -> None:
    yard = trial_yard
    yard.world.start(yard.tom)
    typed_for_all(yard, yard.tom, "/openly", with_slow_mode(yard))
    answer = await yard.hears(yard.tom, ASIDE, yard.world.private(yard.tom))
    assert SECRET_WORDS in answer.text
    assert not [m for m in yard.group.log if SECRET_WORDS in m.text]


async def test_an_answer_as_long_as_can_be_comes_whole(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.world.start(yard.tom)
    typed_for_all(yard, yard.tom, "/full", with_slow_mode(yard))
    answer = await yard.hears(yard.tom, FULL_WORDS.strip(), yard.world.private(yard.tom))
    assert ASIDE not in answer.text
