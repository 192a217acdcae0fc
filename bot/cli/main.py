"""The command line: `python -m bot COMMAND`, or `dvor COMMAND` where it is installed."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import textwrap
from pathlib import Path

from bot import __version__
from bot.cli.backup import BACKUP, BACKUP_KEY
from bot.cli.bulletins import AUDIT, CHECK_PAGE
from bot.cli.command import CliCommand
from bot.cli.doctor import DOCTOR
from bot.cli.move_database import MOVE_DATABASE
from bot.cli.playground import PLAYGROUND
from bot.cli.restore import RESTORE
from bot.cli.rotate_key import ROTATE_KEY
from bot.cli.run import RUN
from bot.cli.seal_key import SEAL_KEY

COMMANDS: tuple[CliCommand, ...] = (
    RUN,
    PLAYGROUND,
    DOCTOR,
    BACKUP,
    BACKUP_KEY,
    RESTORE,
    SEAL_KEY,
    ROTATE_KEY,
    MOVE_DATABASE,
    AUDIT,
    CHECK_PAGE,
)


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Returns the process's exit status."""
    os.umask(0o077)  # whatever is made is nobody else's to read
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A letter that a terminal doesn't know is no reason to end as if something were wrong.
        sys.stdout.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    command: CliCommand = options.command
    return int(command.run(options))


def _parser() -> argparse.ArgumentParser:
    program = _as_typed()
    parser = argparse.ArgumentParser(
        prog=program,
        description="Dvor, a bot for neighbourhoods that organise themselves.",
        epilog="Settings are read from .env in the folder in which it is started, and from the environment, "
        "which wins. Unless they say otherwise it keeps data and key in that folder too: ./data and ./keys.",
    )
    parser.add_argument("--version", action="version", version=f"Dvor {__version__}")
    parser.set_defaults(command=RUN)
    commands = parser.add_subparsers(metavar="command")
    for command in COMMANDS:
        of_its_own = commands.add_parser(
            command.name,
            help=command.help,
            description=_filled(f"{command.help[0].upper()}{command.help[1:]}."),
            epilog=f"{_filled(command.statuses)}\n\nexample:\n  {program} {command.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_options(of_its_own)
        of_its_own.set_defaults(command=command)
    return parser


def _as_typed() -> str:
    """How it was started: by the command that a package installs, or by Python."""
    return "dvor" if Path(sys.argv[0]).stem == "dvor" else "python -m bot"


def _filled(sentences: str) -> str:
    """In lines as long as the terminal's; an example stays in one."""
    return textwrap.fill(sentences, min(100, shutil.get_terminal_size().columns - 2))
