"""The composition root: every part is made here, once, and given what it needs.

The only module that knows the features by name.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import make_url
from telegram.ext import Application, ContextTypes, JobQueue

from bot.backup.nightly import Nightly
from bot.bot_api.connecting import make_client
from bot.bot_api.limiter import PacedRequests
from bot.bot_api.pace import Limits, Pace
from bot.chores import Chores
from bot.clock import CheckedClock, Clock
from bot.context import Context, Services
from bot.delivery.found_cards import FoundCards
from bot.delivery.heartbeat import Heartbeat
from bot.delivery.line import Line
from bot.delivery.standing import Standing
from bot.delivery.turn import Delivery
from bot.feature import Feature, Features
from bot.intake.alarms import Alarms
from bot.intake.dispatch import Taps, add_handlers
from bot.intake.errors import on_error
from bot.intake.invitations import Invitations
from bot.intake.menus import menus_told, publish_menus
from bot.intake.own_name import OwnName
from bot.intake.polling.doorkeeper import Doorkeeper
from bot.intake.polling.intake import Intake
from bot.intake.polling.journal import Journal
from bot.intake.polling.order import asking, let_go
from bot.intake.polling.patience import unless_refused, until_telegram_takes
from bot.intake.polling.token_doubt import UnknownTokenError
from bot.intake.profile import publish_profile
from bot.intake.reading import Incoming
from bot.intake.tap import IncomingTap
from bot.message.words import Texts
from bot.person.known_chats import KnownChats
from bot.safety.codes import give_first_codes
from bot.safety.custody.apart import database_file
from bot.safety.custody.key_file import is_there, load_keys
from bot.safety.custody.private_files import warn_if_open
from bot.safety.disk import Disk
from bot.safety.heads import HeadFile, require_newest
from bot.safety.keys import Keys, same
from bot.safety.logs import report_fault
from bot.safety.lookalikes import prototypes
from bot.safety.outlived import OUTLIVED, SHORT_LIVED
from bot.safety.rotation.former import with_former
from bot.safety.wall_times import WallTimes
from bot.settings import Settings
from bot.settings_reader import SettingsError
from bot.store import Defaults, Store, UnitOfWork
from bot.whisper.answers import ANSWERS
from bot.whisper.ladder import Whisperer
from handlers.actions import ACTIONS
from handlers.chats import CHATS
from handlers.delivery import DELIVERY
from handlers.digests import DIGESTS
from handlers.elections.parts import ELECTIONS
from handlers.help import HELP
from handlers.reminders import REMINDERS
from handlers.reminders.due import REMINDERS_DUE
from handlers.reminders.step_by_step import REMINDERS_STEP_BY_STEP
from handlers.reminders.waiting import REMINDERS_WAITING
from storage import former_keys, instance
from storage.database import Database, require_whole, schema_version
from storage.delivery import outbox
from storage.duty import Duty, Task
from storage.migrations.upgrade import upgrade
from storage.occupied import stay_present

if TYPE_CHECKING:
    from bot.health.health import Health

logger = logging.getLogger(__name__)

FEATURES: tuple[Feature, ...] = (
    ACTIONS,
    *ELECTIONS,
    REMINDERS,
    REMINDERS_STEP_BY_STEP,
    REMINDERS_WAITING,
    REMINDERS_DUE,
    DIGESTS,
    HELP,
    CHATS,
    DELIVERY,
)


class App:
    """The bot, from its database to its last reply."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        features: tuple[Feature, ...] = FEATURES,
        limits: Limits | None = None,
        unlocked: Keys | None = None,
    ) -> None:
        """`limits` are Telegram's, where left out; a server of one's own may take more. `unlocked` are the
        keys of a sealed KEY_FILE, opened before."""
        if settings.bot_token is None:
            raise ValueError("the bot needs a token")
        make_data_dir(settings)
        self._settings = settings
        self._features = Features((ANSWERS, *features))
        self._database = Database(settings.database_url)
        keys = open_database(self._database, settings, unlocked)
        stay_present(self._database.engine, keys.recognises)
        self._delivery_duty = Duty(settings.database_url, Task.DELIVERY, keys.recognises)
        self._intake_duty = Duty(settings.database_url, Task.INTAKE, keys.recognises)
        checked = CheckedClock(clock)
        self._disk = Disk(self._database, checked, self._delivery_duty)
        self._line = line = _make_line(settings, checked, self._database, self._disk, limits, keys)
        self.store = line.store
        self._wall_times = WallTimes(line.store, line.clock, self._features.planned)
        grace = timedelta(hours=settings.grace_hours)
        delivery = Delivery(line, self._features, duty=self._delivery_duty, grace=grace)
        self._heartbeat = Heartbeat(line.clock, delivery.turn)
        self.store.on_later(self._heartbeat.wake)
        self._whisperer = Whisperer(line)
        self._own_name = OwnName(line.client, line.clock)
        self._chores = Chores(
            line.store,
            line.clock,
            self._delivery_duty,
            (*OUTLIVED, *self._features.hourly),
            # Whether another process that plans in this database goes by other clocks, and whether the bot
            # is still called what it puts into links.
            besides=(self._wall_times.keep, self._own_name.ask),
        )
        self._alarms = Alarms(line.client, line.texts, line.clock, settings.operators)
        self._nightly = Nightly(settings, line.clock, self._delivery_duty, self._alarms)
        self._invitations = Invitations(line.client, line.store, line.clock, settings.may_add)
        self._application = self._make_application()
        self._taps = Taps(self._application, self._features)
        self._journal = Journal(settings.data_dir / "updates-in-hand.json")
        self._introducing: asyncio.Task[None] | None = None
        self.introduced = asyncio.Event()
        """Set once Telegram has taken, or refused, what the bot says of itself."""
        self._intake = Intake(
            line.client,
            self._journal,
            self._process,
            self._is_to_fetch,
            Doorkeeper(line.client, line.texts, line.clock),
            line.clock,
            partial(self._alarms.tell, "frame.other_poller_for_operator"),
        )
        self._health: Health | None = None
        if settings.listen is not None:
            from bot.health.health import Health  # whoever doesn't listen needn't wait for it

            duties = (self._delivery_duty, self._intake_duty)
            parts = (line, self._database, self._intake, self._chores)
            self._health = Health(settings.listen, *parts, duties)

    async def run(self, started: Callable[[str], None] = lambda _username: None) -> None:
        """Connect and work until cancelled. `started` is told the bot's username once it listens.

        Before the first updates Telegram is asked only what their answers lean on: a start is as slow as the
        calls that go one after another.

        Raises `UnknownTokenError`, `OtherPollerError`, `SettingsError` where LISTEN can't be had,
        `UnusableDatabaseError` where nothing can be written from the first, and `ChangedKeyError`.
        """
        try:
            if self._health is not None:
                await self._health.start()
            await until_telegram_takes(
                self._application.initialize, self._line.clock, may_be_refused=False
            )
            await asyncio.gather(
                # With a webhook left over from another program, polling gets nothing but conflicts.
                unless_refused(self._line.client.delete_webhook, self._line.clock),
                unless_refused(self._whisperer.probe, self._line.clock),
                asyncio.to_thread(prototypes),
            )
            await self._application.start()
            if self._settings.is_sqlite:
                # This process is the only one: whatever was being sent died with the last.
                await self.store.run(_end_leases)
            self._wall_times.warn_of_old_data()
            await self._wall_times.keep()
            jobs = self._application.job_queue
            assert jobs is not None  # noqa: S101 - built with one
            self._heartbeat.start(jobs)
            self._chores.start()
            self._disk.start(partial(self._chores.go_through, SHORT_LIVED))
            self._nightly.start()
            if self._health is not None:
                self._health.note_at_work()
            started(self._line.client.username)
            self._introducing = asyncio.create_task(self._introduce(), name="introducing")
            await self._intake.run()
        finally:
            await asyncio.shield(self._stop())

    async def _introduce(self) -> None:
        """Tell Telegram what the bot can and what it is, while it is at work already."""
        try:
            await unless_refused(self._publish_menus, self._line.clock)
            await unless_refused(self._publish_profile, self._line.clock)
        except UnknownTokenError:
            pass  # fetching updates meets it too, and ends the process
        except Exception as error:
            report_fault(logger, "the bot couldn't introduce itself", error)
        finally:
            self.introduced.set()

    async def _publish_menus(self) -> None:
        line = self._line
        known = menus_told(self._settings.data_dir)
        await publish_menus(line.client, line.texts, self._features, line.clock, known)

    async def _publish_profile(self) -> None:
        await publish_profile(self._line.client, self._line.texts)

    async def _is_to_fetch(self) -> bool:
        """Whether this process fetches updates now. Raises `ChangedKeyError`: then it never will again."""
        is_mine = await self._intake_duty.is_mine()
        if self._intake_duty.never is not None:
            raise self._intake_duty.never
        return is_mine

    async def _process(self, incoming: Incoming) -> None:
        if isinstance(incoming, IncomingTap):
            await self._taps.take(incoming)
        else:
            await self._own_name.learn_from(incoming)
            await self._application.process_update(incoming)

    @property
    def next_due(self) -> datetime | None:
        """When the bot will next do something by itself, None where nothing waits."""
        return self._heartbeat.next_due

    async def _stop(self) -> None:
        await stop_each(
            *([self._health.stop] if self._health is not None else []),
            self._stop_introducing,
            self._nightly.stop,
            self._intake.stop,
            self._chores.stop,
            self._journal.close,
            self._heartbeat.stop,
            self._invitations.stop,
            self._alarms.stop,
            self._stop_application,
            self._disk.stop,
            self._intake_duty.close,
            self._delivery_duty.close,
            self._database.close,
        )

    async def _stop_introducing(self) -> None:
        if self._introducing is not None:
            self._introducing.cancel()
            await asyncio.wait({self._introducing})

    async def _stop_application(self) -> None:
        try:
            if self._application.running:
                await self._application.stop()
        finally:
            await self._application.shutdown()
            # The library closes only what it came to know Telegram by.
            await self._line.client.request.shutdown()

    def _make_application(self) -> Application[Any, Context, Any, Any, Any, Any]:
        line = self._line
        application: Application[Any, Context, Any, Any, Any, Any] = (
            Application.builder()
            .bot(line.client)
            .updater(None)
            .job_queue(JobQueue())
            .context_types(ContextTypes(context=Context))
            .build()
        )
        application.bot_data["services"] = Services(
            client=line.client,
            store=line.store,
            known_chats=line.known_chats,
            clock=line.clock,
            texts=line.texts,
            whisperer=self._whisperer,
            found_cards=FoundCards(line.store, self._features.cards),
            standing=line.standing,
            features=self._features,
            alarms=self._alarms,
            invitations=self._invitations,
        )
        add_handlers(application, self._features)
        application.add_error_handler(on_error)
        return application


async def stop_each(*stops: Callable[[], Awaitable[None] | None]) -> None:
    """Stop every part in turn, also where one before it can't be stopped."""
    for stop in stops:
        try:
            stopping = stop()
            if stopping is not None:
                await stopping
        except Exception as error:
            report_fault(logger, "a part of the bot couldn't be stopped", error)


def make_data_dir(settings: Settings) -> None:
    """Raises `SettingsError` where there can't be one and the database is to lie in it."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        problem = f"DATA_DIR {settings.data_dir} can't be made: {error.strerror}."
        if settings.has_database_in_data_dir:
            raise SettingsError(problem) from error
        logger.warning("%s Going on without it", problem)


def open_database(database: Database, settings: Settings, unlocked: Keys | None = None) -> Keys:
    """Bring the schema up to date and find the database's key, which is never looked for again.

    Raises `UnusableDatabaseError`, `NewerSchemaError`, `KeyFileError`, and `OldBackupError` where the
    database is behind what was published.
    """
    require_whole(database.engine)
    if schema_version(database.engine) is None and is_there(settings.key_file):
        logger.warning(
            "KEY_FILE %s is there and no database yet, so a new, empty one is begun, %s. At a first start "
            "that is right. If groups knew this bot before, stop it, put their database there and start "
            "again",
            settings.key_file,
            make_url(settings.database_url).render_as_string(hide_password=True),
        )
    upgrade(database.engine)
    file = database_file(settings.database_url)
    if file is not None:
        warn_if_open(file)
    known = database.read_now(instance.key_check)
    keys = load_keys(settings.key_file, known_check=known, unlocked=unlocked)
    if known is None:
        database.write_now(lambda session: instance.remember_key(session, keys.check_value()))
        # Another process may have begun with the same database and a key of its own.
        known = database.read_now(instance.key_check)
        keys = load_keys(settings.key_file, known_check=known, unlocked=unlocked)
    if known is not None and not same(known, keys.check_value()):
        database.write_now(lambda session: give_first_codes(session, keys))
    require_newest(database, HeadFile(settings.heads_file))
    return with_former(keys, database.read_now(former_keys.every))


def _make_line(
    settings: Settings,
    clock: CheckedClock,
    database: Database,
    disk: Disk,
    limits: Limits | None,
    keys: Keys,
) -> Line:
    """Nothing is asked of Telegram yet."""
    defaults = Defaults(
        settings.default_language,
        settings.default_timezone,
        timedelta(days=settings.forget_actions_days),
    )
    pace = Pace(clock, limits)
    store = Store(database, clock, keys, defaults, HeadFile(settings.heads_file), disk)
    return Line(
        client=make_client(
            settings.bot_token or "",
            settings.bot_api_url,
            settings.proxy_url,
            clock,
            PacedRequests(clock, pace, let_go, asking),
        ),
        store=store,
        known_chats=KnownChats(store, clock),
        clock=clock,
        texts=Texts(settings.default_language),
        pace=pace,
        standing=Standing(store, clock),
    )


def _end_leases(work: UnitOfWork) -> None:
    outbox.end_leases(work.session, work.now)
