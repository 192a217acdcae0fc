"""However many groups there are, the doctor asks Telegram a few a second, and for a minute at most."""

from __future__ import annotations

import pytest

from bot.bot_api.connecting import make_client
from bot.bot_api.limiter import PacedRequests
from bot.bot_api.pace import Pace
from bot.clock import CheckedClock, SystemClock
from bot.doctor.rights import rights
from playground.server import Server


class PassingClock(SystemClock):
    """Whoever sleeps by it sees the time pass at once."""

    def __init__(self) -> None:
        self.slept = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.slept

    async def sleep(self, seconds: float) -> None:
        self.slept += max(0.0, seconds)


async def test_a_minute_is_the_most(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    clock = PassingClock()
    checked = CheckedClock(clock)
    token, pacing = server.world.bot.token, PacedRequests(checked, Pace(checked))
    client = make_client(token, server.url, None, checked, pacing)
    try:
        await client.get_me()
        begun = clock.monotonic()
        found = await rights(client, [-100_000 - n for n in range(1_000)], clock)
        took = clock.monotonic() - begun
    finally:
        await client.request.shutdown()
    asked = [call for call in server.world.calls if call.method == "getChatMember"]
    assert len(asked) == found.numbers["asked"]
    assert 0.9 * 10 * took <= len(asked) <= 10 * (took + 1)
    assert took < 62
    assert "That is of 1,000" in found.found
    assert "of 1,000…" in capsys.readouterr().err
