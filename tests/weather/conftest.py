"""A courtyard with the trial feature in it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import FEATURES
from playground.messages import Message
from tests.weather.trial import TRIAL
from tests.yard import Yard


@pytest.fixture
async def trial_yard(bare_yard: Yard) -> AsyncIterator[Yard]:
    """A courtyard whose bot has the trial feature too. Faults in the log fail the test."""
    bare_yard.features = (*FEATURES, TRIAL)
    await bare_yard.start()
    bare_yard.world.add_bot(bare_yard.group, by=bare_yard.vera)
    await bare_yard.hears(bare_yard.tom, "Hello, neighbours")
    yield bare_yard
    await bare_yard.stop()
    assert not bare_yard.log.errors, "\n".join(bare_yard.log.errors)


@pytest.fixture
async def board(trial_yard: Yard) -> Message:
    """The trial feature's card."""
    trial_yard.say(trial_yard.vera, "/board")
    return await trial_yard.card("The board")
