"""The image and the compose file: what goes in, what is closed, and that their parts hold together.

No daemon builds or runs them here; `test_as_another_user` runs the bot as they would.
"""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from bot.settings import read_settings
from tests.process import TOKEN
from tests.source import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
PINNED = re.compile(r"docker\.io/library/[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}")
COMPOSE = DEPLOY / "compose.yaml"


def copied() -> set[str]:
    """What the image takes from the checkout."""
    return set(re.findall(r"(?m)^COPY (?!--from)(\S+) ", DOCKERFILE))


def variables() -> dict[str, str]:
    [assigned] = re.findall(r"(?m)^ENV (.*)", DOCKERFILE)
    return dict(pair.split("=", maxsplit=1) for pair in assigned.split())


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file where nobody has set anything."""
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", COMPOSE.read_text(encoding="utf-8"))
    return dict(yaml.safe_load(text))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_docker_takes_the_compose_file() -> None:
    if not shutil.which("docker") or run("docker", "compose", "version").returncode:
        pytest.skip("there is no docker compose here")
    read = run("docker", "compose", "--profile=postgres", f"--file={COMPOSE}", "config", "--quiet")
    assert read.returncode == 0, read.stderr


def test_the_image_gets_the_package_and_what_the_lock_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = project["tool"]["setuptools"]["packages"]["find"]["include"]
    assert copied() == {name for name in package if "." not in name} | {"requirements.lock"}
    assert "--require-hashes" in DOCKERFILE
    assert all((ROOT / name).exists() for name in copied())


def test_the_builder_sees_what_the_image_gets_and_no_secret() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied()
    assert any(fnmatch.fnmatch("bot/cli/__pycache__", rule) for rule in rules[1:])


def test_what_is_pulled_is_fixed_to_its_bytes(compose: dict[str, Any]) -> None:
    [python] = re.findall(r"(?m)^ARG PYTHON=(.*)", DOCKERFILE)
    assert PINNED.fullmatch(python)
    assert set(re.findall(r"(?m)^FROM (\S+)", DOCKERFILE)) == {"${PYTHON}"}
    assert PINNED.fullmatch(compose["services"]["postgres"]["image"])


def test_signals_reach_python_and_nothing_is_root() -> None:
    assert re.search(r'(?m)^ENTRYPOINT \["python", "-m", "bot"\]$', DOCKERFILE)
    [user] = re.findall(r"(?m)^USER (\d+):\1$", DOCKERFILE)
    assert f"-o {user} -g {user} /data /keys /backups" in DOCKERFILE


@pytest.mark.parametrize("name", ["bot", "postgres"])
def test_each_container_is_closed(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "/tmp" in service["tmpfs"]
    assert "ports" not in service
    assert service["restart"] == "unless-stopped"


def test_as_it_comes_one_bot_runs_on_sqlite(compose: dict[str, Any]) -> None:
    services = compose["services"]
    started = {name for name, service in services.items() if not service.get("profiles")}
    assert started == {"bot"}
    assert services["postgres"]["profiles"] == ["postgres"]
    assert int(services["bot"]["deploy"]["replicas"]) == 1


def told_to(bot: dict[str, Any]) -> dict[str, str]:
    """Every variable that the bot finds in its container."""
    return {**variables(), **{key: value or "" for key, value in bot["environment"].items()}}


def test_the_settings_of_the_container_hold_together(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    """Key and data have a volume each, made for the bot's own account, and the token is a secret."""
    bot = compose["services"]["bot"]
    told = told_to(bot)
    assert told["BOT_TOKEN_FILE"] == f"/run/secrets/{bot['secrets'][0]}"
    token = tmp_path / "bot-token"
    token.write_text(TOKEN)
    token.chmod(0o600)
    settings = read_settings({**told, "BOT_TOKEN_FILE": str(token)})
    assert settings.bot_token == TOKEN
    assert settings.is_sqlite
    assert settings.listen is not None, "else the health check has nobody to ask"
    volumes = dict(volume.split(":") for volume in bot["volumes"])
    assert volumes["data"] == str(settings.data_dir)
    assert volumes["keys"] == str(settings.key_file.parent) == str(settings.heads_file.parent)


def test_what_the_page_has_people_add_to_the_compose_file_holds_together(
    compose: dict[str, Any],
) -> None:
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    key, monitor = (
        yaml.safe_load(text) for text in re.findall(r"```\n(services:.*?)```", page, re.S)
    )
    told = {**told_to(compose["services"]["bot"]), "BOT_TOKEN_FILE": ""}
    [secret] = key["services"]["bot"]["secrets"]
    settings = read_settings({**told, **key["services"]["bot"]["environment"]})
    assert str(settings.key_file) == f"/run/secrets/{secret}"
    assert list(key["secrets"]) == [secret]
    settings = read_settings({**told, **monitor["services"]["bot"]["environment"]})
    [port] = monitor["services"]["bot"]["ports"]
    assert settings.listen is not None
    assert port == f"127.0.0.1:{settings.listen.port}:{settings.listen.port}"


def test_the_second_profile_is_three_processes_on_postgresql(compose: dict[str, Any]) -> None:
    lines = (DEPLOY / "postgres.env").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", maxsplit=1) for line in lines if not line.startswith("#"))
    assert told["COMPOSE_PROFILES"] == "postgres"
    assert int(told["BOTS"]) > 1
    assert not read_settings({"DATABASE_URL": told["DATABASE_URL"]}).is_sqlite
    folder = told["DATABASE_URL"].split("host=")[1]
    assert f"socket:{folder}" in compose["services"]["bot"]["volumes"]
    assert f"socket:/var{folder}" in compose["services"]["postgres"]["volumes"]


class Health(BaseHTTPRequestHandler):
    """Answers as it is told, to whoever asks."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None: ...


@pytest.fixture
def health() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Health)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("status", "ends_with"), [(200, 0), (503, 1), (None, 1)])
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_the_health_check_tells_well_from_ill_and_from_nobody_there(
    health: ThreadingHTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    status: int | None,
    ends_with: int,
) -> None:
    """Wherever LISTEN is, and also where a proxy is set: it isn't asked about the bot's own container."""
    [written] = re.findall(r"HEALTHCHECK .*CMD (\[.*\])", DOCKERFILE)
    program, *arguments = json.loads(written)
    assert program == "python"
    if status is None:
        health.shutdown()
        health.server_close()
    else:
        monkeypatch.setattr(Health, "status", status)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("LISTEN", f"{host}:{health.server_port}")
    assert run(sys.executable, *arguments).returncode == ends_with
