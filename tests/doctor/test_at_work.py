"""The doctor beside a bot at work: all is well, and what Telegram says where it isn't."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

import pytest

from playground.menu import Command, Scope
from playground.server import Server
from tests.bot_process import BotProcess
from tests.doctor.examined import at_work, doctor, examined
from tests.process import PATIENCE, TOKEN, running


@pytest.mark.databases("sqlite", "postgresql")
async def test_all_is_well_and_nobody_is_named(bot: BotProcess) -> None:
    async with at_work(bot) as (group, vera):
        found = await examined(bot)
        told = await doctor(bot)
        vera_says = bot.server.world.say(group, vera, "/action tomorrow 19:00 Concert")
        await bot.server.world.message(vera, group, "neighbours will see it", timeout=PATIENCE)
    assert vera_says
    assert bot.log == "", "it was kept from nothing"
    assert found.status == told.returncode == 0, found.said
    assert {name for name, each in found.checks.items() if each["verdict"] != "ok"} <= {
        "backup",
        "key",
    }
    assert found.numbers("rights") | {"chats": 1, "asked": 1} == found.numbers("rights")
    assert found.numbers("schema")["version"] == found.numbers("schema")["newest"]
    assert len(told.stdout.splitlines()) == len(found.checks) + 2
    assert told.stdout.count("✓") >= len(found.checks) - 2
    world = bot.server.world
    hidden = (group.id, group.title, vera.id, vera.first_name, world.bot.token, world.bot.username)
    for each in hidden:
        assert str(each).lstrip("-") not in found.said + told.stdout + told.stderr


async def test_what_the_bot_may_not_do_is_told_by_how_many_chats(bot: BotProcess) -> None:
    async with at_work(bot) as (group, vera):
        world = bot.server.world
        others = [world.add_group(f"Courtyard {n}", creator=vera) for n in range(6, 10)]
        for other in others:
            world.add_bot(other, by=vera)
            await world.message(vera, other, "Hello, neighbours", timeout=PATIENCE)
        world.set_permissions(others[0], can_pin_messages=True)
        world.restrict(others[2], world.bot, by=vera, can_pin_messages=True)
        world.set_bot_rights(group, by=vera, can_pin_messages=False, can_delete_messages=True)
        await world.settled(PATIENCE)
        found = await examined(bot)
    assert found.status == 1
    assert found.wrong == {"rights"}
    _, said = found["rights"]
    assert "in 3 of 5 chats the bot may not pin" in said
    assert "in 1 of 5 chats the bot may not write" in said


async def test_a_group_that_the_bot_has_lost_unseen(bot: BotProcess) -> None:
    async with at_work(bot) as (group, _):
        group.members[bot.server.world.bot.id].status = "left"
        found = await examined(bot)
    assert found["rights"][0] == "advice"
    assert "in 1 of 1 chats the bot isn't there any more" in found["rights"][1]
    assert found.status == 0


async def test_rights_in_groups_can_not_be_told_while_telegram_wants_silence(
    bot: BotProcess,
) -> None:
    async with at_work(bot):
        bot.server.faults.add("getChatMember", "429", times=9, retry_after=30)
        found = await examined(bot)
    assert found["rights"][0] == "unknown"
    assert found.status == 3


def _hand_over_conversations(server: Server) -> None:
    server.world.bot.privacy_mode = False


def _set_a_webhook(server: Server) -> None:
    server.webhook.set("http://127.0.0.1:9/", "")


def _change_a_menu(server: Server) -> None:
    server.world.menus.set(Scope("all_group_chats"), "be", (Command("casino", "Win!"),))


def _change_the_profile(server: Server) -> None:
    server.world.profile.set("description", "ru", "Casino")


@pytest.mark.parametrize(
    ("change", "check", "remedy"),
    [
        (_hand_over_conversations, "privacy_mode", "/setprivacy"),
        (_set_a_webhook, "webhook", "/revoke"),
        (_change_a_menu, "commands", "1 of 12 menus"),
        (_change_the_profile, "profile", "start the bot again"),
    ],
    ids=lambda value: value if isinstance(value, str) and "_" in value else "",
)
async def test_what_somebody_else_has_set_at_telegram(
    bot: BotProcess, change: Callable[[Server], None], check: str, remedy: str
) -> None:
    async with at_work(bot):
        await bot.kill()
        change(bot.server)
        found = await examined(bot)
    assert found.status == 1
    assert found.wrong == {check}
    assert remedy in found[check][1]


async def test_an_old_bot_api_server_is_told_by_what_it_does_not_know(new_bot: BotProcess) -> None:
    assert (await examined(new_bot))["telegram_server"][0] == "ok"
    new_bot.server.world.ephemeral_supported = False
    verdict, said = (await examined(new_bot))["telegram_server"]
    assert verdict == "advice"
    assert "older than Bot API 10.2" in said


async def test_a_token_that_telegram_does_not_know(bot: BotProcess) -> None:
    found = await examined(bot, BOT_TOKEN=TOKEN)
    assert found.status == 1
    assert found.wrong == {"token"}
    assert "@BotFather" in found["token"][1]
    assert found["webhook"][0] == found["rights"][0] == "unknown"
    assert found["clock"][0] == "ok", "an answer tells the time, whatever it says"


async def test_one_odd_answer_is_no_wrong_token(new_bot: BotProcess) -> None:
    new_bot.server.faults.add("getMe", "error", code=401, description="Unauthorized")
    assert (await examined(new_bot))["token"][0] == "ok"


@pytest.mark.databases("sqlite", "postgresql")
async def test_without_a_network_everything_else_is_looked_at(bot: BotProcess) -> None:
    async with at_work(bot):
        found = await examined(bot, BOT_API_URL="http://127.0.0.1:9")
    assert found.status == 3
    untold = {name for name, each in found.checks.items() if each["verdict"] == "unknown"}
    assert untold == {
        *("token", "webhook", "privacy_mode", "joining_groups", "commands", "profile"),
        *("telegram_server", "rights", "clock"),
    }
    assert "PROXY_URL" in found["token"][1]


async def test_a_page_of_somebody_on_the_way_is_no_answer(new_bot: BotProcess) -> None:
    new_bot.server.faults.add("getMe", "page", code=403)
    found = await examined(new_bot)
    assert found["token"][0] == "unknown"
    assert "in Telegram's place" in found["token"][1]


async def test_it_is_stopped_in_words(new_bot: BotProcess) -> None:
    slow = ("getWebhookInfo", "getMyCommands", "getMyDescription", "deleteEphemeralMessage")
    faults = [new_bot.server.faults.add(method, "hold", times=20) for method in slow]
    async with running("doctor", folder=new_bot.folder, **new_bot.settings) as process:
        await new_bot.server.world.until(lambda: faults[0].struck, PATIENCE)
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    for fault in faults:
        fault.released.set()
    assert process.returncode == 2
    assert out == b""
    assert err.decode().strip() == "Stopped."
