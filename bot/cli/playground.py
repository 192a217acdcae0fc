"""`playground`: the real bot in a made-up courtyard, in the browser."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.command import CliCommand, run_until_told_to_stop, with_settings
from bot.cli.terminal import say
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import App

_PORT = 8087


def play(settings: Settings, port: int = _PORT) -> int:
    """Play until told to stop. Returns the exit status."""
    return run_until_told_to_stop(_playground(settings, port))


async def _playground(settings: Settings, port: int) -> int:
    from bot.app import App
    from bot.clock import TurnableClock
    from playground.command import serve_playground

    clock = TurnableClock()
    app: App | None = None
    with tempfile.TemporaryDirectory(prefix="dvor-playground-") as folder:

        async def run_bot(api_url: str, token: str) -> None:
            nonlocal app
            app = App(_on_its_own(settings, Path(folder), api_url, token), clock)
            await app.run()

        await serve_playground(
            port=port,
            clock=clock,
            run_bot=run_bot,
            say=say,
            next_due=lambda: app.next_due if app else None,
        )
    return 0


def _on_its_own(settings: Settings, place: Path, api_url: str, token: str) -> Settings:
    """The settings, but with nothing of the real bot's."""
    return replace(
        settings,
        bot_token=token,
        bot_api_url=api_url,
        proxy_url=None,
        data_dir=place / "data",
        key_file=place / "keys" / "dvor.key",
        passphrase_file=None,
        heads_file=place / "keys" / "dvor.key.heads",
        may_add=None,
        database_url=f"sqlite:///{place / 'data' / 'dvor.sqlite3'}",
        operators=(),
        backup_dir=None,
        listen=None,
    )


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=_PORT, help="of the page (default: %(default)s)"
    )


PLAYGROUND = CliCommand(
    "playground",
    "try everything on this machine, in the browser, without an account",
    with_settings(lambda options, settings: play(settings, options.port)),
    example="playground --port 8099",
    add_options=_add_options,
)
