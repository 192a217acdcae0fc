"""`seal-key`: the key's file, opened by a pass phrase from now on, or by none."""

from __future__ import annotations

import argparse

from bot.cli.command import CliCommand, asked, with_settings
from bot.cli.terminal import say
from bot.safety.custody.passphrase import open_key_file, seal_key_file
from bot.settings import Settings


def _seal_key(options: argparse.Namespace, settings: Settings) -> int:
    change = open_key_file if options.opens else seal_key_file

    def work() -> int:
        change(settings.key_file, settings.passphrase_file, say)
        return 0

    return asked(work)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--open", action="store_true", dest="opens", help="take the seal off again")


SEAL_KEY = CliCommand(
    "seal-key",
    "seal the file with the key by a pass phrase, which each start then asks for",
    with_settings(_seal_key),
    example="seal-key",
    add_options=_add_options,
)
