"""Links into the private chat, and answers to taps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import FEATURES
from bot.whisper.exits import PutAway
from playground.chats import Chat, Message
from playground.people import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, TELEGRAM, Account, Person
from tests.actions.announce import announce
from tests.elections import campaign
from tests.trial import SECRET_WORDS, TRIAL
from tests.whisper.test_ladder import joined, struck
from tests.yard import Yard, page_after

pytestmark = pytest.mark.databases("sqlite")

# Links into the private chat


async def link_of(yard: Yard, board: Message, person: Person) -> str:
    answer = await yard.tap(person, board, "Type")
    assert answer.url is not None
    return answer.url


async def test_a_link_is_its_own_persons_for_a_quarter_of_an_hour(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    url = await link_of(yard, board, yard.tom)
    yard.world.open_url(yard.nina, url)
    await refused_privately(yard, yard.nina)
    for _ in range(2):  # a second use shows the same page, harmlessly
        yard.world.open_url(yard.tom, url)
        await yard.hears(yard.tom, "Now type", yard.world.private(yard.tom))
    yard.clock.turn(timedelta(minutes=20))
    yard.world.open_url(yard.tom, url)
    await yard.hears(yard.tom, "This has run out of time", yard.world.private(yard.tom))


async def refused_privately(yard: Yard, person: Person) -> None:
    private: Chat = yard.world.private(person)
    await yard.world.until(lambda: any(m.sender is yard.world.bot for m in private.messages))
    assert not [m for m in private.messages if "Now type" in m.text or SECRET_WORDS in m.text]


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAA", "t.secret", "-", "a" * 64])
async def test_a_forged_link_opens_nothing(trial_yard: Yard, board: Message, token: str) -> None:
    yard = trial_yard
    await link_of(yard, board, yard.tom)
    yard.world.start(yard.tom, token)
    await yard.hears(yard.tom, "This has run out of time", yard.world.private(yard.tom))


# Answers to taps


async def test_taps_by_bots_and_stand_ins_do_nothing(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    other = Account(5_000_000_777, "Other", is_bot=True)
    for number, account in enumerate((TELEGRAM, CHANNEL_BOT, GROUP_ANONYMOUS_BOT, other)):
        tap = {
            "id": str(number),
            "from": account.json(),
            "chat_instance": card.chat.instance,
            "message": card.json(),
            "data": card.buttons[0].callback_data,
        }
        yard.world.push({"callback_query": tap})
    await yard.tap(yard.nina, card, (0, 1))
    await yard.settled()
    await yard.world.until(lambda: "1 perhaps" in card.text)
    assert "come" not in card.text


async def test_a_tap_that_is_too_old_to_be_answered_is_let_go(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    for button in ("Short", "Type", "Secret"):
        fault = yard.server.faults.add("answerCallbackQuery", "error", description=too_old)
        yard.world.tap(yard.tom, board, button)
        await struck(yard, fault)
    await yard.tap(yard.tom, board, "Short")


@pytest.mark.parametrize("button", ["Secret", "Page", "Short", "Long", "Type"])
async def test_a_tap_is_answered_once(trial_yard: Yard, board: Message, button: str) -> None:
    yard = trial_yard
    await yard.tap(yard.tom, board, button)
    await yard.quiet()
    answers = [call for call in yard.world.calls if call.method == "answerCallbackQuery"]
    assert len(answers) == 1
    assert answers[0].ok


async def test_a_fault_of_ours_is_owned_up_to_with_a_code(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.features = (*FEATURES, TRIAL)
    yard.world.start(yard.vera)
    yard.overrides["OPERATORS"] = str(yard.vera.id)
    board = await joined(yard)
    answer = await yard.tap(yard.tom, board, "Break")
    (line,) = yard.log.errors
    code = line.split("fault ")[1][:6]
    assert answer.show_alert
    assert code in (answer.text or "")
    assert "a fault of ours" not in line
    await yard.hears(yard.vera, code, yard.world.private(yard.vera))


async def test_a_tap_is_answered_also_where_the_refusal_itself_fails(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.features = (*FEATURES, TRIAL)
    board = await joined(yard)
    assert (await yard.forge(yard.tom, board, "t.unsaid")).text is None
    (line,) = yard.log.errors
    assert "fault " in line
    assert (await yard.tap(yard.tom, board, "Short")).text == "A short answer"


async def test_a_page_that_telegram_shows_no_more_comes_anew(trial_yard: Yard) -> None:
    """Of such a message a tap tells the number and the chat, and the date 0."""
    yard = trial_yard
    yard.world.start(yard.tom)
    private = yard.world.private(yard.tom)
    page = await yard.hears(yard.tom, "I help neighbours", private)
    before = page.text
    tap = {
        "id": "1",
        "from": yard.tom.json(),
        "chat_instance": private.instance,
        "message": {"message_id": page.message_id, "chat": private.json(), "date": 0},
        "data": "t.turn!:7",
    }
    yard.world.push({"callback_query": tap})
    anew = await yard.hears(yard.tom, "Page 7", private)
    assert anew is not page
    assert page.text == before


async def test_where_the_bot_was_removed_a_tap_whispers_nothing(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    yard.world.kick(yard.group, yard.world.bot, yard.vera)
    await yard.quiet()
    calls = len(yard.world.calls)
    await yard.tap(yard.tom, board, "Secret")
    after = [c.method for c in yard.world.calls[calls:] if c.method != "getUpdates"]
    assert after == ["answerCallbackQuery"]


@pytest.mark.parametrize("label", ["Publish", "Cancel"])
async def test_a_finger_that_taps_twice_is_not_told_to_begin_anew(yard: Yard, label: str) -> None:
    preview = await page_after(yard, yard.tom, "/action tomorrow 19:00 Tea @ Fountain")
    (data,) = (b.callback_data for b in preview.buttons if label in b.text and b.callback_data)
    taps = [yard.world.tap_data(yard.tom, preview, data) for _ in range(3)]
    assert not any([(await yard.world.answered(tap)).show_alert for tap in taps])
    if label == "Publish":
        await yard.card("Tea")
    await yard.quiet()
    yard.clock.turn(timedelta(seconds=11))
    later = await yard.forge(yard.tom, preview, data)
    assert "has expired" in str(later.text)
    assert len([m for m in yard.group.log if "📣 Tea" in m.text and not m.is_ephemeral]) <= 1


async def test_a_page_that_is_closed_twice_with_one_finger_is_gone(yard: Yard) -> None:
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, "/help", chat=private)
    page = await yard.hears(yard.tom, "I help neighbours", private)
    close = PutAway(draft=0).pack()
    taps = [yard.world.tap_data(yard.tom, page, close) for _ in range(2)]
    assert [(await yard.world.answered(tap)).text for tap in taps] == [None, None]
    await yard.world.until(lambda: page.deleted)


async def test_a_picture_that_is_too_old_to_be_removed_stays(yard: Yard) -> None:
    await campaign.announce(yard)
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, "/election", chat=private)
    await yard.world.until(lambda: private.keys is not None)
    yard.world.press(yard.tom, "💬 Choose the chat", yard.group)
    page = await yard.hears(yard.tom, "Representative", private)
    await yard.tap(yard.tom, page, "Picture")
    await yard.world.until(lambda: private.messages[-1].photo)
    picture = private.messages[-1]
    yard.clock.turn(timedelta(hours=49))
    assert (await yard.forge(yard.tom, picture, PutAway(draft=0).pack())).text is None
    assert not picture.deleted
