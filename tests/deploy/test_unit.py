"""The service of systemd: what systemd itself says of it, and that its parts hold together."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import read_settings
from tests.process import TOKEN
from tests.source import ROOT

UNIT = ROOT / "deploy" / "dvor.service"
COMMAND = ROOT / "deploy" / "dvor"
MOST_EXPOSED = 2.0

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here"
)


def lines_of_the_service() -> list[str]:
    service = UNIT.read_text(encoding="utf-8").split("[Service]\n")[1].split("\n[")[0]
    return [line for line in service.splitlines() if line and not line.startswith("#")]


def variables() -> dict[str, str]:
    """What the service hands to the bot, as systemd fills it in."""
    assigned = re.findall(r"(?m)^Environment=(.*)", UNIT.read_text(encoding="utf-8"))
    pairs = [pair.split("=", maxsplit=1) for line in assigned for pair in line.split()]
    places = {"%d": "/run/credentials/dvor.service", "%S": "/var/lib"}
    return {key: re.sub("%.", lambda mark: places[mark[0]], value) for key, value in pairs}


@needs_systemd
def test_systemd_finds_nothing_to_mend(tmp_path: Path) -> None:
    """But for the command, which stands where the code is on the volunteer's machine."""
    there = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    there.write_text(text.replace("/opt/dvor/.venv/bin/python", "/bin/true"))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(there)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.returncode, [line for line in said.stderr.splitlines() if there.name in line]) == (
        0,
        [],
    )


@needs_systemd
def test_the_service_is_as_closed_as_systemd_can_make_it() -> None:
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"Overall exposure level for dvor\.service: ([0-9.]+)", said.stdout)
    assert found, said.stderr
    assert float(found[1]) <= MOST_EXPOSED


def test_what_the_service_reads_is_what_systemd_puts_there() -> None:
    handed = dict(
        line.removeprefix("LoadCredential=").split(":")
        for line in lines_of_the_service()
        if line.startswith("LoadCredential=")
    )
    given = variables()
    for key in ("BOT_TOKEN_FILE", "KEY_FILE"):
        assert Path(given[key]).name in handed
    [folders] = [line for line in lines_of_the_service() if line.startswith("StateDirectory=")]
    made = {f"/var/lib/{name}" for name in folders.removeprefix("StateDirectory=").split()}
    assert {given["DATA_DIR"], str(Path(given["HEADS_FILE"]).parent)} < made


def test_the_settings_of_the_service_hold_together(tmp_path: Path) -> None:
    """Key, heads and data lie apart from each other, and the token comes from its file."""
    token = tmp_path / "bot-token"
    token.write_text(f"{TOKEN}\n")
    token.chmod(0o600)
    assert read_settings({**variables(), "BOT_TOKEN_FILE": str(token)}).bot_token == TOKEN


def test_a_command_runs_as_the_service_does() -> None:
    """The same account, folders, credentials and settings: each is a line of the unit."""
    script = COMMAND.read_text(encoding="utf-8")
    subprocess.run(["sh", "-n", str(COMMAND)], check=True)
    properties = re.findall(r'--property=(?:"([^"]+)"|(\S+))', script)
    assert {quoted or bare for quoted, bare in properties} <= set(lines_of_the_service())
    assert all(f'"{line}"' in script or f"={line}" in script for line in needed_by_commands())
    run_as = "/run/credentials/dvor-command.service"
    told = dict(pair.split("=", maxsplit=1) for pair in re.findall(r"--setenv=(\S+)", script))
    expected = {
        key: value.replace("/run/credentials/dvor.service", run_as)
        for key, value in variables().items()
    }
    assert told == expected


def needed_by_commands() -> list[str]:
    """What a command needs in order to find and leave things as the service does."""
    kinds = ("DynamicUser", "User", "UMask", "StateDirectory", "EnvironmentFile", "LoadCredential")
    return [line for line in lines_of_the_service() if line.split("=")[0] in kinds]
