"""`kill -9` at every step of changing the key: typed once more, it is done, and nothing is lost."""

from __future__ import annotations

import signal
import time

import pytest

from bot.safety.custody.key_file import successor_of
from storage.occupied import is_in_use
from tests.process import PATIENCE, TOKEN
from tests.safety.rotation.forked import run_forked
from tests.safety.rotation.house import House, assert_known

_MOST_STEPS = 40


@pytest.mark.databases("sqlite", "postgresql")
def test_killed_at_any_step_it_goes_on_where_it_was(house: House) -> None:
    """Each run is the one that follows a kill, up to the second step after the new key is in place: what is
    left then is cleaning the disk."""
    before = carried = in_place = 0
    for step in range(1, _MOST_STEPS):
        old, new = house.key_file.read_bytes(), successor_of(house.key_file)
        if not _is_killed(house, step) or in_place == 2:
            break
        if not house.is_of(house.key_file):
            carried += 1
            assert_known(house, house.keys_out_of(new))
            _assert_the_start_says_so(house)
            house.rotate()
        elif house.key_file.read_bytes() == old:
            before += 1
            assert not house.is_of(new)
        else:
            in_place += 1
            assert not new.exists()
        assert_known(house, house.keys)
    house.rotate()
    assert_known(house, house.keys)
    assert not new.exists()
    assert before >= 5
    assert carried >= 2
    assert in_place


def _is_killed(house: House, step: int) -> bool:
    """Whether it came to this step."""
    ended = run_forked(
        "rotate-key", "--yes", folder=house.folder, settings=house.settings, killed_before=step
    )
    _until_the_server_knows(house)
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
    return ended.returncode != 0


def _assert_the_start_says_so(house: House) -> None:
    ended = house.run(BOT_TOKEN=TOKEN)
    assert ended.returncode == 2
    assert "was being changed, and that was cut short" in ended.stderr
    assert "the command rotate-key" in ended.stderr


def _until_the_server_knows(house: House) -> None:
    """A server learns a moment later that a process is gone."""
    end = time.monotonic() + PATIENCE
    while is_in_use(house.url):
        assert time.monotonic() < end
        time.sleep(0.02)
