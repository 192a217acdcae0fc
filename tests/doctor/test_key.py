"""The key is this database's, and nobody is asked for its pass phrase."""

from __future__ import annotations

import os

import pytest

from tests.bot_process import BotProcess
from tests.doctor.examined import examined
from tests.process import run_bot

BOTH = pytest.mark.databases("sqlite", "postgresql")
SQLITE = pytest.mark.databases("sqlite")
PHRASE = "six words that nobody has heard"


@SQLITE
async def test_a_sealed_key_is_not_opened_and_nobody_is_asked(bot: BotProcess) -> None:
    phrase = bot.folder / "phrase"
    phrase.write_text(PHRASE)
    phrase.chmod(0o600)
    sealed = run_bot("seal-key", folder=bot.folder, **bot.settings, KEY_PASSPHRASE_FILE=str(phrase))
    assert sealed.returncode == 0
    phrase.unlink()
    os.mkfifo(phrase, 0o600)  # whoever opened it would wait for ever
    found = await examined(bot, KEY_PASSPHRASE_FILE=str(phrase))
    assert found["key"][0] == "ok"
    assert "sealed" in found["key"][1]


@BOTH
async def test_the_key_is_this_databases_or_is_told_not_to_be(bot: BotProcess) -> None:
    await bot.start()
    await bot.kill()
    assert (await examined(bot))["key"][0] == "advice"
    key = bot.folder / "keys" / "dvor.key"
    key.write_bytes(bytes(32))
    found = await examined(bot)
    assert found.wrong == {"key"}
    assert "isn't the key of this database" in found["key"][1]
    key.unlink()
    found = await examined(bot)
    assert found["key"][0] == "unknown"
    assert "put its copy back" in found["key"][1]
    assert not key.exists()
