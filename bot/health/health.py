"""How the bot is, for whoever looks after it. Only loaded where LISTEN says where to ask."""

from __future__ import annotations

import logging

from bot.chores import Chores
from bot.delivery.line import Line
from bot.health.condition import Examination
from bot.health.metrics import Metrics
from bot.health.observer import Observer
from bot.health.readings import Readings
from bot.health.server import HealthServer
from bot.intake.polling.intake import Intake
from bot.settings_reader import Address
from storage.database import Database
from storage.duty import Duty

logger = logging.getLogger(__name__)


class Health:
    """Hears from the parts of the bot how they fare, and answers at an address."""

    def __init__(
        self,
        address: Address,
        line: Line,
        database: Database,
        intake: Intake,
        chores: Chores,
        duties: tuple[Duty, ...],
    ) -> None:
        self._address = address
        self._observer = Observer(line.clock)
        self._readings = Readings(line.store, line.clock)
        self._examination = Examination(self._observer, self._readings, duties)
        metrics = Metrics(self._observer, line.clock)
        self._server = HealthServer(address, self._examination, metrics)
        database.on_commit(self._observer.note_commit)
        database.on_refusal(self._readings.note_refusal)
        line.client.on_answer(self._observer.note_call)
        intake.on_taken(self._observer.note_taken)
        chores.on_round(self._observer.note_round)

    async def start(self) -> None:
        """Answer from now on, at first that the bot is starting. Raises `SettingsError` where that address
        can't be had."""
        await self._server.start()
        logging.getLogger().addHandler(self._observer.lines)
        if not self._address.is_near:
            logger.warning(
                "LISTEN %s may be reached from other networks: who reaches it learns how busy the bot is. "
                "See docs/metrics.md",
                self._address,
            )

    def note_at_work(self) -> None:
        """The start is over."""
        self._examination.is_at_work = True

    async def stop(self) -> None:
        """Answer no more."""
        logging.getLogger().removeHandler(self._observer.lines)
        await self._server.stop()
        await self._readings.stop()
