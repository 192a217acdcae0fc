"""Updates in: broken, repeated, unknown, slow, and a Telegram that doesn't answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.bot_api.client import Client
from bot.bot_api.connections import Connections
from bot.bot_api.refusals import Failure, Verdict
from bot.bot_api.request import BotApiRequest
from bot.clock import CheckedClock, TurnableClock
from bot.intake.polling.doorkeeper import Doorkeeper
from bot.intake.polling.intake import Intake
from bot.intake.polling.journal import Journal
from bot.intake.polling.poll_length import PollLength
from bot.intake.polling.token_doubt import TokenDoubt, UnknownTokenError
from bot.intake.reading import Incoming
from bot.message.words import Texts
from playground.params import Params
from playground.server import Server
from playground.state import ApiCall
from tests.intake.test_commands import PIXEL, raw_message
from tests.yard import LogKeeper, Yard

HELP = ("I help neighbours", "Со мной соседям")
pytestmark = pytest.mark.databases("sqlite")

BROKEN: list[dict[str, Any]] = [
    {},
    {"message": None},
    {"message": 5},
    {"message": []},
    {"message": {}},
    {"message": {"message_id": 1, "date": 1, "chat": None}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": "five", "type": "group"}}},
    {"message": {"message_id": 1, "date": "noon", "chat": {"id": -5, "type": "group"}}},
    {"message": {"message_id": 1, "date": 10**30, "chat": {"id": -5, "type": "group"}}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": -(10**25), "type": "group"}}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group"}, "text": 7}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "from": [1]}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "x"}, "entities": {"a": 1}}},
    {"message": {"message_id": 1, "date": 2**50, "chat": {"id": -5, "type": "group"}}},
    {"callback_query": {"id": "1"}},
    {"callback_query": {"id": 1, "from": None}},
    {"callback_query": {"id": "1", "from": {"id": True, "is_bot": False, "first_name": "T"}}},
    {"my_chat_member": {"chat": {"id": -5, "type": "group"}}},
    {"my_chat_member": {"chat": 1, "from": 2, "date": 3, "old_chat_member": 4}},
    {"poll": {"id": "1"}},
    {"message_reaction": {"chat": None}},
    {"a_kind_of_tomorrow": {"with": ["fields", {"unheard": "of"}]}},
    {"edited_message": {"message_id": 1}},
]


async def test_broken_and_unknown_updates_are_skipped_with_a_line_each(yard: Yard) -> None:
    started = len(yard.log.lines)
    for update in BROKEN:
        yard.world.push(update)
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "I help neighbours")
    await yard.quiet()
    lines = [line for line in yard.log.lines[started:] if "was skipped" in line]
    assert len(lines) == len(BROKEN)


async def test_a_command_of_no_day_that_there_is_spoils_nothing(yard: Yard) -> None:
    """Not even a hint can be given: it needs the date too."""
    yard.world.push(raw_message(yard, "/help", date=2**50))
    yard.say(yard.tom, "/actions")
    await yard.hears(yard.tom, "Nothing is planned")
    await yard.quiet()
    assert not answers_to_help(yard)


async def test_one_broken_update_spoils_no_batch(bare_yard: Yard) -> None:
    yard = bare_yard
    await yard.move_in()
    await yard.stop()
    yard.world.start(yard.tom)
    for update in BROKEN:
        yard.world.push(update)
    yard.world.start(yard.nina)
    await yard.start()
    private = [yard.world.private(person) for person in (yard.tom, yard.nina)]
    await yard.world.until(lambda: all(len(chat.messages) == 2 for chat in private))


async def test_stopping_finishes_and_confirms_what_is_in_hand(yard: Yard) -> None:
    yard.server.faults.add("sendMessage", "delay", seconds=0.5)
    yard.say(yard.tom, "/help")
    await yard.world.until(lambda: not yard.server.faults._waiting)
    await yard.restart()
    await yard.quiet()
    yard.say(yard.nina, "/help")
    await yard.world.until(lambda: len(answers_to_help(yard)) == 2)


def answers_to_help(yard: Yard) -> list[str]:
    log = yard.group.log
    return [m.text for m in log if m.sender is yard.world.bot and m.text.startswith(HELP)]


async def test_a_slow_chat_holds_up_no_other(yard: Yard) -> None:
    other = yard.world.add_group("Yard 6", yard.vera, members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", other)
    slow = yard.server.faults.add(
        "sendMessage",
        "delay",
        seconds=2,
        when=lambda params: params.integer("chat_id") == yard.group.id,
    )
    yard.say(yard.tom, "/help")
    await yard.world.until(lambda: slow.struck)
    for place in (other, other):
        yard.say(yard.tom, "/help", chat=place)
        await yard.hears(yard.tom, "I help neighbours", place)
    assert not answers_to_help(yard)
    yard.say(yard.nina, "/actions")
    await yard.world.until(lambda: answers_to_help(yard))


async def test_order_is_kept_within_a_chat(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow 19:00 Concert @ Fountain")
    preview = await yard.hears(yard.tom, "neighbours will see it")
    await yard.tap(yard.tom, preview, "Publish")
    card = await yard.card("Concert")
    for _ in range(4):
        for answer in ("Going", "Maybe"):
            yard.world.tap(yard.nina, card, answer)
    await yard.quiet()
    await yard.settled()
    await yard.world.until(lambda: "👥 1 perhaps" in card.text.splitlines())


@pytest.mark.parametrize("kind", ["500", "502", "cut", "refuse_before", "429"])
async def test_a_telegram_that_fails_is_asked_again(yard: Yard, kind: Any) -> None:
    fault = yard.server.faults.add("getUpdates", kind, times=2)
    yard.world.start(yard.nina)  # ends the long poll under way
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "I help neighbours")
    yard.say(yard.nina, "/help")
    await yard.world.until(lambda: len(answers_to_help(yard)) == 2 and fault.struck == 2)


async def test_silence_is_kept_while_telegram_wants_it(yard: Yard) -> None:
    asked_at: list[float] = []

    def note(_params: Params) -> bool:
        asked_at.append(yard.clock.monotonic())
        return True

    fault = yard.server.faults.add("getUpdates", "429", retry_after=2, when=note)
    yard.world.start(yard.nina)
    await yard.world.until(lambda: fault.struck)
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "I help neighbours")
    assert yard.clock.monotonic() - asked_at[0] >= 2


async def test_a_second_poller_is_waited_out(yard: Yard) -> None:
    fault = yard.server.faults.add(
        "getUpdates", "error", times=2, code=409, description="Conflict: terminated by other"
    )
    yard.world.start(yard.nina)
    yard.say(yard.tom, "/help")
    await yard.world.until(lambda: fault.struck == 2)
    yard.say(yard.nina, "/help")
    await yard.world.until(lambda: len(answers_to_help(yard)) == 2)
    assert any("another request for updates ended this one" in line for line in yard.log.lines)


async def test_a_webhook_left_over_is_taken_away(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.server.webhook.set(f"{yard.server.url}/nowhere", "")
    await yard.start()
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "deleteEphemeralMessage"])
async def test_a_start_in_bad_weather_goes_on_when_it_clears(bare_yard: Yard, method: str) -> None:
    yard = bare_yard
    yard.server.faults.add(method, "500")
    await yard.start()
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))


# Others in Telegram's place


@pytest.mark.parametrize("status", [200, 400, 403, 404, 451, 502])
async def test_a_start_behind_a_page_in_telegrams_place_waits(bare_yard: Yard, status: int) -> None:
    yard = bare_yard
    page = yard.server.faults.add("getMe", "page", times=2, code=status)
    await yard.start()
    assert page.struck == 2
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))


@pytest.mark.parametrize(
    "no",
    [
        {"kind": "error", "description": "Bad Request: BOT_COMMAND_INVALID"},
        {"kind": "429", "retry_after": 3600},
    ],
    ids=["refused", "told to wait for an hour"],
)
async def test_what_telegram_refuses_at_the_start_the_bot_works_without(
    bare_yard: Yard, no: dict[str, Any]
) -> None:
    yard = bare_yard
    yard.server.faults.add("setMyCommands", **no)
    await yard.start()
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))
    assert _says(yard, "refuses a step of the start (publish_menus")
    # Its profile is another step.
    assert "setMyDescription" in {call.method for call in yard.world.calls}


async def test_waits_that_are_cut_on_the_way_grow_shorter_than_that(yard: Yard) -> None:
    """A proxy that closes what is silent must not make the first command after a silence wait."""
    cut = yard.server.faults.add("getUpdates", "cut", times=1_000, seconds=2)
    yard.world.start(yard.nina)  # ends the long poll under way
    await yard.world.until(lambda: cut.struck > 2)

    def whole() -> list[int]:
        polls = [call for call in yard.world.calls if call.method == "getUpdates" and call.ok]
        return [seconds for call in polls if 0 < (seconds := int(call.params["timeout"])) < 25]

    await yard.world.until(whole)
    assert set(whole()) == {1}
    assert len(_says(yard, "is cut on its way")) == 1
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "I help neighbours")
    yard.clock.turn(timedelta(hours=1))
    before = len(yard.world.calls)
    await yard.world.until(
        lambda: any(_is_longest_poll(call) for call in yard.world.calls[before:])
    )


def test_a_wait_that_gets_shorter_and_is_cut_all_the_same_is_no_cut_wait() -> None:
    clock = TurnableClock(running=False)
    length = PollLength(clock)
    for lived in (20.0, 20.0, 2.0):
        assert length.note_loss(lived, asked=length.seconds)
    assert length.seconds == 1
    assert not length.note_loss(2.0, asked=1)


@pytest.mark.parametrize(("lived", "asked"), [(0.5, 25), (35.0, 25), (10.0, 0), (3.0, 0)])
def test_what_failed_at_once_or_never_came_is_no_cut_wait(
    lived: float, asked: int, log: LogKeeper
) -> None:
    length = PollLength(TurnableClock(running=False))
    for _ in range(3):
        assert not length.note_loss(lived, asked=asked)
    assert length.seconds == 25
    assert not log.lines


def _is_longest_poll(call: ApiCall) -> bool:
    return call.method == "getUpdates" and call.params["timeout"] == "25"


# A token that isn't known

NOT_KNOWN = [(401, "Unauthorized"), (404, "Not Found")]


@pytest.mark.parametrize(("code", "words"), NOT_KNOWN)
async def test_one_answer_that_the_token_is_unknown_ends_nothing(
    yard: Yard, code: int, words: str
) -> None:
    for method in ("getUpdates", "sendMessage"):
        yard.server.faults.add(method, "error", times=2, code=code, description=words)
    yard.world.start(yard.nina)
    yard.say(yard.tom, "/help")
    await yard.world.until(lambda: not yard.server.faults._waiting)
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "I help neighbours")


@pytest.mark.parametrize(("code", "words"), NOT_KNOWN)
async def test_a_token_that_stays_unknown_ends_the_bot(
    bare_yard: Yard, code: int, words: str
) -> None:
    yard = bare_yard
    await yard.move_in()
    yard.server.faults.add("*", "error", times=1_000, code=code, description=words)
    yard.world.start(yard.nina)
    await yard.world.until(lambda: _says(yard, "doesn't know this BOT_TOKEN"))
    yard.clock.turn(timedelta(minutes=3))
    with pytest.raises(UnknownTokenError, match="BOT_TOKEN") as ended:
        await yard.ended()
    assert yard.world.bot.token not in str(ended.value)


@pytest.mark.parametrize(("code", "words"), NOT_KNOWN)
async def test_a_token_that_is_unknown_from_the_first_is_doubted_too(
    bare_yard: Yard, code: int, words: str
) -> None:
    yard = bare_yard
    first = yard.server.faults.add("getMe", "error", code=code, description=words)
    await yard.start()
    assert first.struck
    await yard.stop()
    yard.server.faults.add("getMe", "error", times=1_000, code=code, description=words)
    starting = asyncio.create_task(yard.start())
    await yard.world.until(lambda: len(_says(yard, "copy it anew")) == 2)
    yard.clock.turn(timedelta(minutes=3))
    with pytest.raises(UnknownTokenError):
        await starting


def _says(yard: Yard, words: str) -> list[str]:
    return [line for line in yard.log.lines if words in line]


@pytest.mark.parametrize("between", [None, Failure.WEATHER, Failure.CONFLICT])
def test_only_minutes_of_nothing_else_remove_the_doubt(between: Verdict | None) -> None:
    clock = TurnableClock(running=False)
    doubt = TokenDoubt(clock)
    doubt.note(Failure.UNKNOWN_ADDRESS)
    clock.turn(timedelta(minutes=1))
    doubt.note(Failure.UNKNOWN_ADDRESS)
    clock.turn(timedelta(minutes=10))
    doubt.note(between)
    for _ in range(2):
        doubt.note(Failure.UNKNOWN_ADDRESS)
        clock.turn(timedelta(seconds=119))
    clock.turn(timedelta(seconds=1))
    with pytest.raises(UnknownTokenError):
        doubt.note(Failure.UNKNOWN_ADDRESS)


async def test_what_was_heard_of_the_token_before_others_were_on_duty_counts_no_more(
    server: Server, tmp_path: Path
) -> None:
    unknown = server.faults.add("getUpdates", "error", times=1_000, code=401)
    clock = TurnableClock()

    async def is_on_duty() -> bool:
        if unknown.struck != 1:
            return True
        clock.turn(timedelta(minutes=3))
        unknown.struck += 1  # this time another process asks
        return False

    async def ignore(_update: Incoming) -> None: ...

    connections = Connections(None)
    request = BotApiRequest(CheckedClock(clock), connections, at_once=1)
    client = Client(
        server.world.bot.token,
        base_url=f"{server.url}/bot",
        request=request,
        get_updates_request=request,
    )
    intake = Intake(
        client,
        Journal(tmp_path / "in-hand.json"),
        ignore,
        is_on_duty,
        Doorkeeper(client, Texts("en"), clock),
        clock,
        tell_of_other=lambda: None,
    )
    running = asyncio.create_task(intake.run())
    await server.world.until(lambda: unknown.struck > 4)
    assert not running.done()
    server.faults.clear()
    await intake.stop()
    await running
    await connections.close()


# The bot's own name


async def test_a_command_by_a_new_username_is_ours(yard: Yard) -> None:
    yard.world.bot.username = "courtyard_bot"
    yard.say(yard.tom, "/help@courtyard_bot")
    await yard.hears(yard.tom, "I help neighbours")


async def test_a_caption_by_a_new_username_is_ours(yard: Yard) -> None:
    yard.promote_bot()
    yard.world.bot.username = "courtyard_bot"
    yard.say(yard.tom, "/help@courtyard_bot", photo=PIXEL)
    await yard.hears(yard.tom, "I help neighbours")


async def test_other_bots_commands_bring_one_question_a_minute(yard: Yard) -> None:
    def asked() -> int:
        return sum(call.method == "getMe" for call in yard.world.calls)

    at_start = 2  # once to connect, once with the first hour's work, which nobody waits for
    await yard.world.until(lambda: asked() == at_start)
    yard.promote_bot()  # it hears everything now
    for _ in range(2):
        for n in range(20):
            yard.say(yard.tom, f"/help@weather_{n % 3}_bot")
        await yard.quiet()
        yard.clock.turn(timedelta(minutes=1))
    assert asked() == at_start + 2


async def test_a_command_written_in_raw_is_understood(yard: Yard) -> None:
    """The raw messages of these tests are good ones, or their being ignored would prove nothing."""
    yard.world.push(raw_message(yard, "/action tomorrow 19:00 Concert @ Fountain"))
    await yard.hears(yard.tom, "neighbours will see it")
