"""How these tests change a yard's key: as an operator does, with the bot stopped."""

from __future__ import annotations

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


async def key_changed(yard: Yard) -> None:
    """Stop the bot, change its key, and start it again."""
    await yard.stop()
    old = yard.settings.key_file.read_bytes()
    ended = run_forked("rotate-key", "--yes", folder=yard.folder, settings=_settings_of(yard))
    assert ended.returncode == 0, ended.stderr
    assert yard.settings.key_file.read_bytes() != old
    await yard.start()
