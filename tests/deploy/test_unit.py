"""The service of systemd: what systemd itself says of it, and that its parts hold together."""

from __future__ import annotations

import os
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


def test_a_command_runs_as_the_service_does(tmp_path: Path) -> None:
    """The same account, folders, credentials and settings: each is a line of the unit."""
    asked = asked_of_systemd(tmp_path, "doctor")
    properties = set(values_of("property", asked))
    assert properties <= set(lines_of_the_service())
    assert properties >= set(needed_by_commands())
    [unit] = values_of("unit", asked)
    told = dict(pair.split("=", maxsplit=1) for pair in values_of("setenv", asked))
    expected = {
        key: value.replace("/run/credentials/dvor.service", f"/run/credentials/{unit}.service")
        for key, value in variables().items()
    }
    assert told == expected
    assert asked[-4:] == ["/opt/dvor/.venv/bin/python", "-m", "bot", "doctor"]


def test_a_command_has_the_sealed_key_where_there_is_one(tmp_path: Path) -> None:
    """As the unit has it once its line is changed as it says."""
    sealed = tmp_path / "sealed.key"
    sealed.touch()
    script = tmp_path / "dvor"
    text = COMMAND.read_text(encoding="utf-8")
    script.write_text(text.replace("/etc/credstore.encrypted/dvor.key", str(sealed)))
    handed = values_of("property", asked_of_systemd(tmp_path, "doctor", script=script))
    assert "LoadCredentialEncrypted=dvor.key" in handed
    assert not [line for line in handed if line.startswith("LoadCredential=dvor.key")]
    assert "LoadCredentialEncrypted=dvor.key" in UNIT.read_text(encoding="utf-8")


def test_two_commands_at_once_are_two_units(tmp_path: Path) -> None:
    one, other = (values_of("unit", asked_of_systemd(tmp_path, "doctor")) for _ in range(2))
    assert one != other


def test_a_password_in_a_command_is_no_description(tmp_path: Path) -> None:
    """That one is written into the system's log."""
    asked = asked_of_systemd(tmp_path, "move-database", "postgresql+psycopg://dvor:secret@db/dvor")
    [description] = values_of("description", asked)
    assert description
    assert [number for number, word in enumerate(asked) if "secret" in word] == [len(asked) - 1]


def asked_of_systemd(place: Path, *command: str, script: Path = COMMAND) -> list[str]:
    """What the script has systemd do."""
    stand_in = place / "systemd-run"
    stand_in.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    stand_in.chmod(0o700)
    path = f"{place}:{os.environ['PATH']}"
    said = subprocess.run(
        ["sh", str(script), *command],
        env={"PATH": path}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return said.stdout.splitlines()


def values_of(option: str, asked: list[str]) -> list[str]:
    start = f"--{option}="
    return [word.removeprefix(start) for word in asked if word.startswith(start)]


def needed_by_commands() -> list[str]:
    """What a command needs in order to find and leave things as the service does."""
    kinds = ("DynamicUser", "User", "UMask", "StateDirectory", "EnvironmentFile", "LoadCredential")
    return [line for line in lines_of_the_service() if line.split("=")[0] in kinds]
