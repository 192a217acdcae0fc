"""An old backup that is restored behind the last bulletin: the bot stops and says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.safety.heads import OldBackupError
from playground.chats import Message
from storage.database import Database
from tests.elections.bulletins.publishing import bulletin, bulletin_post, campaign, crowd, evening
from tests.elections.campaign import close_by_two
from tests.process import run_bot
from tests.yard import Yard


def _second_ones(yard: Yard) -> list[Message]:
    return [m for m in yard.group.messages if m.document and m.document.name == "bulletin-2.txt"]


@pytest.mark.databases("sqlite")
async def test_a_restored_old_backup_stops_the_start_until_it_is_meant(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    await bulletin_post(yard, 1)
    await yard.stop()
    database = Path(yard.database_url.removeprefix("sqlite:///"))
    backup = database.with_suffix(".backup")
    shutil.copy(database, backup)
    await yard.start()
    await crowd(yard, card, 5)
    await evening(yard)
    second = (await bulletin(yard, 2)).head
    await yard.stop()

    shutil.copy(backup, database)
    settings = {
        "BOT_TOKEN": yard.settings.bot_token or "",
        "BOT_API_URL": yard.server.url,
        "DATABASE_URL": yard.database_url,
        "DATA_DIR": str(yard.settings.data_dir),
        "KEY_FILE": str(yard.settings.key_file),
    }
    ended = run_bot(folder=yard.folder, **settings)
    assert ended.returncode == 2
    assert "older than what was already published" in ended.stderr
    assert "had come to number 2; the database knows number 1" in ended.stderr
    assert "Traceback" not in ended.stderr

    heads = yard.settings.key_file.with_name("dvor.key.heads")
    assert str(heads) in ended.stderr
    heads.unlink()
    await yard.start()
    await crowd(yard, card, 5)
    await evening(yard)
    await yard.world.until(lambda: len(_second_ones(yard)) == 2)
    told = [second in post.text for post in _second_ones(yard)]
    assert told == [True, False], "the new one contradicts what the chat has, for all to see"


async def test_the_head_is_kept_as_soon_as_it_is_published(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    first = await bulletin(yard, 1)
    heads = yard.settings.key_file.with_name("dvor.key.heads")
    assert heads.read_text() == f"{first.header.election} 1 {first.head}\n"
    await close_by_two(yard, card)
    last = await bulletin(yard, 2)
    assert heads.read_text() == f"{first.header.election} 2 {last.head}\n"
    await yard.restart()


async def test_a_database_that_lost_a_bulletin_stops_the_start(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    await bulletin_post(yard, 1)
    await yard.stop()
    database = Database(yard.database_url)
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM anchor"))
    database.close()
    with pytest.raises(OldBackupError, match="knows nothing of it"):
        await yard.start()
