"""`audit` and `check-page`: checking an election's bulletins, with nothing of a running bot."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from bot.cli.command import CliCommand
from bot.cli.terminal import complain, say


def _audit(options: argparse.Namespace) -> int:
    from handlers.elections.heart.count.audit import EXIT_STATUS, audit, read_seen

    try:
        seen = read_seen(options.key, options.head)
    except ValueError as error:
        return complain(error)
    code = options.code
    if code == "":
        # Typed here it doesn't stay among the commands that the shell remembers.
        try:
            code = getpass.getpass("Proof code: ")
        except (KeyboardInterrupt, EOFError):
            return complain("\nStopped: nothing was checked.")
    report = audit(options.files, seen, code)
    say("\n".join(report.lines))
    return EXIT_STATUS[report.verdict]


def _add_options_of_audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="as it was posted")
    parser.add_argument("--key", help="as it stands in the chat, in quotes: 'a1b2 c3d4 …'")
    parser.add_argument(
        "--head",
        metavar="N:HEAD",
        action="append",
        default=[],
        help="the head of bulletin N as it stands in the chat; may be given several times",
    )
    parser.add_argument(
        "--code", nargs="?", const="", help="look this proof code up; left empty, it is asked for"
    )


def _check_page(_options: argparse.Namespace) -> int:
    """The page as it is posted, byte for byte, for whoever would rather have it from the source."""
    from handlers.elections.heart.check_page.page import check_page

    sys.stdout.buffer.write(check_page())
    return 0


AUDIT = CliCommand(
    "audit",
    "check an election's bulletins, without the bot and its database",
    _audit,
    example="audit bulletin-*.txt --key '4a97 5556 00f8 10b0 b443'",
    statuses="It ends with 0 where the bulletins hold against the key or head that you saw in the chat, "
    "1 where something is wrong, 3 where that can't be told, 2 where a file or option can't be read.",
    add_options=_add_options_of_audit,
)

CHECK_PAGE = CliCommand(
    "check-page",
    "write the page that checks bulletins on a phone",
    _check_page,
    example="check-page > check.html",
)
