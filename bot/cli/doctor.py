"""`doctor`: how everything stands, a line each, and what to do where it doesn't stand well."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable

from bot.cli.command import CliCommand
from bot.cli.terminal import ExitStatus, complain, say
from bot.doctor.finding import Findings, Verdict, wrong
from bot.doctor.report import as_json, as_text, worst
from bot.safety.logs import configure_logging
from bot.settings import Settings, load_settings
from bot.settings_reader import SettingsError

_STATUSES = {
    Verdict.OK: ExitStatus.DONE,
    Verdict.ADVICE: ExitStatus.DONE,
    Verdict.UNKNOWN: ExitStatus.UNKNOWN,
    Verdict.WRONG: ExitStatus.WRONG,
}


def _doctor(options: argparse.Namespace) -> int:
    report: Callable[[Findings], str] = as_json if options.json else as_text
    try:
        settings = load_settings()
    except SettingsError as error:
        say(report({"settings": wrong(str(error), "")}))
        return ExitStatus.CANT
    configure_logging(settings.log_level, settings.log_format)
    try:
        findings = asyncio.run(_examined(settings))
    except KeyboardInterrupt:
        return complain("\nStopped.")
    say(report(findings))
    return _STATUSES[worst(findings)]


async def _examined(settings: Settings) -> Findings:
    from bot.app import FEATURES
    from bot.doctor.examination import examine
    from bot.feature import Features

    return await examine(settings, Features(FEATURES))


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for scripts")


DOCTOR = CliCommand(
    "doctor",
    "look at everything that the bot leans on, and say what to do; nothing is changed",
    _doctor,
    example="doctor --json",
    statuses="It ends with 0 where nothing is wrong, with 1 where something is, with 2 where the settings "
    "can't be read, with 3 where nothing is wrong but something can't be told, such as without a network.",
    add_options=_add_options,
)
