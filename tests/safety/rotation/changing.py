"""How these tests change a yard's key: as an operator does, with the bot stopped."""

from __future__ import annotations

from dataclasses import dataclass
from subprocess import CompletedProcess

from tests.process import run_bot
from tests.yard import Yard


def rotate_key(yard: Yard, *options: str, **settings: str) -> CompletedProcess[str]:
    """`python -m bot rotate-key` for the yard's bot, which is stopped."""
    return run_bot("rotate-key", *options, folder=yard.folder, **{**settings_of(yard), **settings})


def settings_of(yard: Yard) -> dict[str, str]:
    """The settings of the yard's bot, for a process of its own."""
    return {
        "BOT_TOKEN": yard.world.bot.token,
        "BOT_API_URL": yard.server.url,
        "DATABASE_URL": yard.database_url,
        "DATA_DIR": str(yard.settings.data_dir),
        "KEY_FILE": str(yard.settings.key_file),
        "LOG_LEVEL": "WARNING",
    }


@dataclass(frozen=True)
class Changed:
    """The two keys' files, as they were and are."""

    old: bytes
    new: bytes


async def key_changed(yard: Yard) -> Changed:
    """Stop the bot, change its key, and start it again."""
    await yard.stop()
    old = yard.settings.key_file.read_bytes()
    ended = rotate_key(yard, "--yes")
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    new = yard.settings.key_file.read_bytes()
    assert new != old
    await yard.start()
    return Changed(old, new)
