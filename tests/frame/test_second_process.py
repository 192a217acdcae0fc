"""A second process on one database: on SQLite it ends in words, and whatever became of the first, the next
one starts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from playground.server import Server
from storage.occupied import alone_on, is_in_use
from tests.bot_process import BotProcess, killable
from tests.process import PATIENCE, run_bot, says


def start_second(bot: BotProcess) -> tuple[int, str]:
    """Start `python -m bot` beside it, as somebody does who forgot that one runs."""
    second = run_bot(
        folder=bot.folder,
        BOT_TOKEN=bot.server.world.bot.token,
        BOT_API_URL=bot.server.url,
        DATABASE_URL=bot.database_url,
    )
    return second.returncode, second.stderr


@pytest.mark.databases("sqlite")
async def test_a_second_process_on_one_file_ends_in_words(
    tmp_path: Path, real_server: Server, database_url: str
) -> None:
    world = real_server.world
    vera = world.add_person("Vera")
    group = world.add_group("Yard 5", vera)
    bot = BotProcess(tmp_path, database_url, real_server)
    async with killable(bot):
        status, said = await asyncio.to_thread(start_second, bot)
        assert status == 2
        assert "dvor.sqlite3 is in use" in said
        assert "Traceback" not in said
        starts = [call for call in world.calls if call.method == "deleteWebhook"]
        assert len(starts) == 1, "it asked nothing of Telegram"
        # The first works as if nothing had been.
        world.add_bot(group, by=vera)
        await world.message(vera, group, "Hello, neighbours", PATIENCE)
    assert not [call for call in world.calls if "Conflict" in (call.error or "")]


@pytest.mark.databases("sqlite", "postgresql")
async def test_after_a_kill_nothing_is_in_the_way(
    tmp_path: Path, real_server: Server, database_url: str
) -> None:
    bot = BotProcess(tmp_path, database_url, real_server)
    async with killable(bot):
        assert is_in_use(database_url)
        await bot.kill()
        await bot.start()
        assert bot.running is not None
        bot.running.terminate()
        await bot.running.wait()
        with alone_on(database_url):
            pass


@pytest.mark.databases("sqlite", "postgresql")
async def test_a_bot_does_not_start_where_a_command_has_the_database_to_itself(
    tmp_path: Path, real_server: Server, database_url: str
) -> None:
    bot = BotProcess(tmp_path, database_url, real_server)
    with alone_on(database_url):
        status, said = await asyncio.to_thread(start_second, bot)
    assert status == 2
    assert "in use" in said
    assert not real_server.world.calls


@pytest.mark.databases("sqlite")
async def test_of_two_that_start_together_one_works(
    tmp_path: Path, real_server: Server, sqlite_url: str
) -> None:
    one, other = (BotProcess(tmp_path, sqlite_url, real_server) for _ in range(2))
    async with asyncio.timeout(PATIENCE):
        processes = {await one.launch(), await other.launch()}
        try:
            ends = {asyncio.create_task(process.wait()): process for process in processes}
            (ended,), _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            assert ended.result() == 2
            (first,) = processes - {ends[ended]}
            await says(first, "at work")
        finally:
            await one.kill()
            await other.kill()
    assert one.log.count("is in use") == 1
