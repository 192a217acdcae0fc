"""How these tests change a yard's key: as an operator does, with the bot stopped."""

from __future__ import annotations

from dataclasses import dataclass

from tests.safety.rotation.forked import run_forked
from tests.yard import Yard


def _settings_of(yard: Yard) -> dict[str, str]:
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
    ended = run_forked("rotate-key", "--yes", folder=yard.folder, settings=_settings_of(yard))
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    new = yard.settings.key_file.read_bytes()
    assert new != old
    await yard.start()
    return Changed(old, new)
