"""`run`: the bot, connected to Telegram."""

from __future__ import annotations

import argparse
import gc

from bot.cli.command import CliCommand, asked, run_until_told_to_stop, with_settings
from bot.cli.terminal import say
from bot.clock import Clock, SystemClock
from bot.safety.custody.passphrase import unlocked_keys
from bot.safety.keys import Keys
from bot.settings import ENV_FILE, Settings


def _run(_options: argparse.Namespace, settings: Settings) -> int:
    if settings.bot_token is None:
        from bot.cli.playground import play

        say(
            f"There is no BOT_TOKEN in {ENV_FILE.absolute()} yet, so here is the playground: "
            "the real bot, no account."
        )
        return play(settings)
    if not ENV_FILE.exists():
        # Started in a folder that somebody didn't mean, it would begin anew there.
        say(
            f"There is no {ENV_FILE.absolute()}: settings come from the environment alone.\n"
            f"Data is in {settings.data_dir.absolute()}, the key is {settings.key_file.absolute()}."
        )
    return asked(lambda: _unlock_and_serve(settings))


def _unlock_and_serve(settings: Settings) -> int:
    """A sealed key is opened before anything else begins: nothing waits while somebody types."""
    unlocked = unlocked_keys(settings.key_file, settings.passphrase_file, say)
    return run_until_told_to_stop(serve(settings, SystemClock(), unlocked))


async def serve(settings: Settings, clock: Clock, unlocked: Keys | None = None) -> int:
    """Connect to Telegram and work until told to stop. Returns the exit status."""
    # Seldom: nearly all garbage goes by itself, and a start makes hardly any.
    gc.set_threshold(50_000, 20, 20)
    from bot.app import App, make_data_dir
    from bot.intake.polling.patience import until_server_is_up
    from storage.occupied import present_on

    def at_work(username: str) -> None:
        # What the start has made stays as long as the process: going through it takes longer than many taps.
        gc.freeze()
        say(f"@{username} is at work. Stop with Ctrl+C.")

    await until_server_is_up(settings.database_url, clock)
    make_data_dir(settings)
    # Before the schema is brought up to date: no second process does that under the first.
    with present_on(settings.database_url):
        say("Connecting to Telegram…")
        await App(settings, clock, unlocked=unlocked).run(at_work)
    return 0


RUN = CliCommand(
    "run",
    "connect to Telegram with BOT_TOKEN from .env (the default); without one, play",
    with_settings(_run),
    example="run",
    statuses="It ends with 0 where it was told to stop, with 2 where it can't go on.",
)
