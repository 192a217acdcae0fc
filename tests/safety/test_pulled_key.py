"""The key lies on a stick that is pulled once the bot is at work, or where nothing can be written."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from bot.clock import TurnableClock
from bot.safety.heads import HeadFile
from playground.server import Server
from storage.heads import Head
from tests.bot_process import BotProcess, killable
from tests.elections.bulletins.publishing import bulletin, crowd
from tests.elections.campaign import agreed, announce, open_standing, organiser
from tests.process import TOKEN, run_bot, running, says, stopped
from tests.yard import LogKeeper, Yard, build_yard

pytestmark = pytest.mark.databases("sqlite")


async def closed_with_a_bulletin(yard: Yard) -> str:
    """An election, begun, signed by five and closed by two, on the machine's own clock. Returns its head."""
    yard.say(yard.vera, "/quiet off")
    card = await announce(yard)
    page = await open_standing(yard, yard.tom, "Vera K.")
    await yard.tap(yard.tom, page, "yes, add me")
    await crowd(yard, card, 5, house=0)
    second = organiser(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    await agreed(yard, second, "wants to close this election now")
    last = await bulletin(yard, 1)
    return f"{last.header.election} 1 {last.head}\n"


async def test_a_bot_whose_stick_is_pulled_works_on_and_publishes(
    tmp_path: Path, real_server: Server
) -> None:
    bot = BotProcess(tmp_path, f"sqlite:///{tmp_path}/data/dvor.sqlite3", real_server)
    world, keys, drawer = real_server.world, tmp_path / "keys", tmp_path / "drawer"
    yard = build_yard(tmp_path, bot.database_url, real_server, world, TurnableClock(), LogKeeper())
    async with killable(bot):
        keys.rename(drawer)
        world.add_bot(yard.group, by=yard.vera)
        await yard.hears(yard.tom, "Hello, neighbours")
        head = await closed_with_a_bulletin(yard)
        await world.until(lambda: "dvor.key.heads can't be written" in bot.log)
        assert not keys.exists(), "where the stick was nothing is put"
        assert bot.log.count("can't be written") == 1
        assert "HEADS_FILE" in bot.log
    refused = run_bot(folder=tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL=bot.database_url)
    assert refused.returncode == 2
    assert "plug in what it lies on" in refused.stderr
    drawer.rename(keys)
    async with killable(bot):
        assert (keys / "dvor.key.heads").read_text() == head, "the next start brings it up"


def test_what_could_not_be_written_goes_in_with_what_comes_next(
    tmp_path: Path, log: LogKeeper
) -> None:
    file = HeadFile(tmp_path / "stick" / "dvor.key.heads")
    first, second, third = (Head("5eaf", number, "aa") for number in (1, 2, 3))
    other = Head("0ther", 7, "bb")
    file.path.parent.mkdir()
    file.keep([first])
    file.path.parent.rename(tmp_path / "drawer")
    for heads in ([second], [other]):
        file.keep(heads)
    assert sum("can't be written" in line for line in log.lines) == 1
    (tmp_path / "drawer").rename(file.path.parent)
    assert file.read() == {"5eaf": first}
    file.keep([third])
    assert file.read() == {"5eaf": third, "0ther": other}


async def test_a_credential_may_be_read_only_and_the_heads_lie_elsewhere(
    tmp_path: Path, real_server: Server
) -> None:
    """As systemd hands it over: `KEY_FILE=${CREDENTIALS_DIRECTORY}/dvor.key` stands in `.env`."""
    credentials, heads = tmp_path / "run", tmp_path / "heads" / "dvor.heads"
    credentials.mkdir()
    key = credentials / "dvor.key"
    key.write_bytes(os.urandom(32))
    key.chmod(0o400)
    credentials.chmod(0o500)
    env = tmp_path / ".env"
    env.write_text(f"KEY_FILE=${{CREDENTIALS_DIRECTORY}}/dvor.key\nHEADS_FILE={heads}\n")
    settings = {
        "BOT_TOKEN": real_server.world.bot.token,
        "BOT_API_URL": real_server.url,
        "CREDENTIALS_DIRECTORY": str(credentials),
    }
    async with running(folder=tmp_path, **settings) as process:
        await says(process, "is at work")
        assert "can't be written" not in await stopped(process, signal.SIGTERM)
    assert os.listdir(credentials) == ["dvor.key"]
    assert stat.S_IMODE(heads.parent.stat().st_mode) == 0o700
    credentials.chmod(0o700)
