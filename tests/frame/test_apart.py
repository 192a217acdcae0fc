"""Who takes the folder of the data never gets the key with it, whatever the settings call the two."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bot.settings import read_settings
from bot.settings_reader import SettingsError
from tests.process import TOKEN, run_bot

TOGETHER = {
    "key in the data": {"KEY_FILE": "data/dvor.key"},
    "key below the data": {"KEY_FILE": "data/keys/dvor.key"},
    "key above the data": {"KEY_FILE": "dvor.key"},
    "data below the key": {"DATA_DIR": "keys/data"},
    "data are the key's folder": {"DATA_DIR": "keys"},
    "data above the key": {"DATA_DIR": "."},
    "database beside the key": {"DATABASE_URL": "sqlite:///keys/dvor.sqlite3"},
    "database below the key": {"DATABASE_URL": "sqlite:///keys/db/dvor.sqlite3"},
    "database above the key": {"DATABASE_URL": "sqlite:///dvor.sqlite3"},
    "by a detour": {"DATABASE_URL": "sqlite:///data/../keys/dvor.sqlite3"},
    "by a linked folder": {"KEY_FILE": "folder-link/dvor.key"},
    "by a linked key": {"KEY_FILE": "links/dvor.key"},
    "by a linked database": {"DATABASE_URL": "sqlite:///links/dvor.sqlite3"},
    "with a server's database": {
        "DATABASE_URL": "postgresql+psycopg://vera@localhost/dvor",
        "KEY_FILE": "data/dvor.key",
    },
}
APART = {
    "as it comes": {},
    "a key elsewhere": {"KEY_FILE": "elsewhere/dvor.key"},
    "all elsewhere": {
        "DATA_DIR": "a/data",
        "DATABASE_URL": "sqlite:///a/db/dvor.sqlite3",
        "KEY_FILE": "b/dvor.key",
        "HEADS_FILE": "a/dvor.heads",
    },
    "a like name": {"DATA_DIR": "keys-data", "KEY_FILE": "keys/dvor.key"},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with links that lead astray."""
    here = tmp_path / "project"
    for name in ("data", "keys", "links"):
        (here / name).mkdir(parents=True)
    (here / "folder-link").symlink_to(here / "data")
    (here / "links" / "dvor.key").symlink_to(here / "data" / "dvor.key")
    (here / "links" / "dvor.sqlite3").symlink_to(here / "keys" / "dvor.sqlite3")
    monkeypatch.chdir(here)
    return here


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("layout", TOGETHER.values(), ids=TOGETHER)
def test_key_and_data_in_one_folder_are_refused(layout: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="KEY_FILE: must not lie in one folder with") as refused:
        read_settings(layout)
    place = re.search(r"a good place is (\S+)$", str(refused.value))
    assert place, "nothing is there yet to be moved"
    read_settings({**layout, "KEY_FILE": place[1]})


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("layout", APART.values(), ids=APART)
def test_folders_beside_each_other_are_fine(layout: dict[str, str]) -> None:
    read_settings(layout)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("url", ["sqlite:///file:keys/d.sqlite3?uri=true", "sqlite:///file:x"])
def test_a_database_by_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        read_settings({"DATABASE_URL": url})


def test_who_has_it_so_already_hears_what_to_type_and_goes_on(folder: Path) -> None:
    layout = {"DATABASE_URL": "sqlite:///keys/dvor.sqlite3"}
    for name in ("dvor.key", "dvor.key.heads"):
        (folder / "keys" / name).write_bytes(bytes(32))
    ended = run_bot(folder=folder, BOT_TOKEN=TOKEN, **layout)
    assert ended.returncode == 2
    said = re.search(r"Stop the bot, type: (.+) - then set KEY_FILE=(\S+)$", ended.stderr.strip())
    assert said, ended.stderr
    subprocess.run(said[1], shell=True, check=True)
    settings = read_settings({**layout, "KEY_FILE": said[2]})
    assert settings.key_file.read_bytes() == settings.heads_file.read_bytes() == bytes(32)
    assert not list((folder / "keys").iterdir()), "what was there came along"


def test_heads_that_lie_elsewhere_stay_there(folder: Path) -> None:
    (folder / "keys" / "dvor.key").write_bytes(bytes(32))
    (folder / "heads").write_bytes(b"")
    layout = {"DATABASE_URL": "sqlite:///keys/dvor.sqlite3", "HEADS_FILE": "heads"}
    with pytest.raises(SettingsError, match="type: mkdir") as refused:
        read_settings(layout)
    assert f"mv {folder}/keys/dvor.key {folder}/keys-key/" in str(refused.value)


@pytest.mark.usefixtures("folder")
def test_what_guards_the_data_is_not_kept_with_them() -> None:
    with pytest.raises(SettingsError, match="HEADS_FILE: must not lie with the data"):
        read_settings({"HEADS_FILE": "data/dvor.heads"})
    with pytest.raises(SettingsError, match="KEY_PASSPHRASE_FILE: must not lie with the data"):
        read_settings({"KEY_PASSPHRASE_FILE": "data/phrase"})
