"""The page's side of the playground: its files, its view of the world, and what people do there.

control = Control(world, clock, yard)
control.add_to(server.app)      # before server.start()
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from playground.asked import Asked, read_body
from playground.entities import utf16_length
from playground.gate import Problem, add_headers, gate
from playground.links import adds_to_group, start_payload
from playground.message_links import linked_message
from playground.sent import Sent, read_sent
from playground.turning import Turning
from playground.views import Views, key_of, picture_type

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from playground.chats import Chat
    from playground.errors import JSON
    from playground.people import Person
    from playground.taps import Tap
    from playground.turning import TurnableClock
    from playground.world import World
    from playground.yard import Yard

PAGE = Path(__file__).parent / "page"
_ANSWERED_WITHIN = 10.0
_SETTLED_AFTER = 0.06
_HEARTBEAT = 15.0


class Control:
    """Routes of the page. `add_to` puts them into the application of the stand-in's server."""

    def __init__(
        self,
        world: World,
        clock: TurnableClock,
        yard: Yard,
        next_due: Callable[[], datetime | None] | None = None,
    ) -> None:
        self._world = world
        self._clock = clock
        self._yard = yard
        self._views = Views(world, yard)
        self._turning = Turning(world, clock, next_due)
        self._bot_deeds: dict[str, Callable[[Chat, Person], None]] = {
            "add": lambda group, by: world.add_bot(group, by=by),
            "remove": lambda group, by: world.kick(group, world.bot, by=by),
            "promote": lambda group, by: world.promote(group, world.bot, by=by),
            "demote": lambda group, by: world.demote(group, world.bot, by=by),
        }

    def add_to(self, app: web.Application) -> None:
        """Add the routes, and the checks that guard them."""
        app.middlewares.append(gate)
        app.on_response_prepare.append(add_headers)
        app.on_shutdown.append(self._close)
        app.router.add_get("/", self._index)
        app.router.add_get("/api/state", self._state)
        app.router.add_get("/api/events", self._events)
        app.router.add_get("/api/file/{path:.+}", self._file)
        deeds = {
            "say": self._say,
            "attach": self._attach,
            "tap": self._tap,
            "press": self._press,
            "start": self._start,
            "open": self._open,
            "clock": self._turn,
            "bot": self._move_bot,
            "block": self._block,
            "anonymity": self._hide,
        }
        for name, deed in deeds.items():
            app.router.add_post(f"/api/{name}", self._answering(deed))
        app.router.add_static("/", PAGE)

    def _answering(
        self, deed: Callable[[Asked], Awaitable[dict[str, JSON]]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            return web.json_response(await deed(await read_body(self._world, request)))

        return handler

    async def _close(self, _app: web.Application) -> None:
        await self._turning.stop()

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _state(self, request: web.Request) -> web.StreamResponse:
        fields = {
            "person": str(self._yard.founder.id),
            "chat": str(self._yard.group.id),
            **request.query,
        }
        spot = Asked(self._world, fields).spot
        now = self._clock.now()
        view = self._views.whole(spot, now, is_turning=self._turning.is_turning)
        return web.json_response(view)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Say "changed" whenever the world has changed, but not for every little step of it."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        change = asyncio.Event()
        change.set()
        self._world.on_change(change.set)
        try:
            while True:
                try:
                    await asyncio.wait_for(change.wait(), _HEARTBEAT)
                except TimeoutError:
                    await stream.write(b": still here\n\n")
                    continue
                await asyncio.sleep(_SETTLED_AFTER)
                change.clear()
                await stream.write(b"data: changed\n\n")
        except ConnectionError:
            return stream
        finally:
            self._world.off_change(change.set)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.files.by_path(request.match_info["path"])
        if stored is None:
            raise Problem("There is no such file.", status=404)
        picture = picture_type(stored)
        # Anything but a picture is saved, never shown: a page sent as a file would run as ours.
        headers = {} if picture else {"Content-Disposition": "attachment"}
        kind = picture or "application/octet-stream"
        return web.Response(body=stored.content, content_type=kind, headers=headers)

    async def _say(self, asked: Asked) -> dict[str, JSON]:
        if not asked.text("text").strip():
            raise Problem("There is nothing to say.")
        return self._sent(asked, Sent())

    async def _attach(self, asked: Asked) -> dict[str, JSON]:
        """Pictures, an album, a file, a poll or a place, with the words beneath it."""
        return self._sent(asked, read_sent(asked))

    def _sent(self, asked: Asked, sent: Sent) -> dict[str, JSON]:
        spot, text = asked.spot, asked.text("text")
        if utf16_length(text) > sent.longest_text:
            raise Problem(f"There is room for {sent.longest_text} characters.")
        replied = asked.message(spot, "reply_to") if asked.text("reply_to") else None
        if spot.topic is not None and spot.topic.closed and not spot.chat.is_admin(spot.person):
            raise Problem("This topic is closed.", status=403)
        try:
            said = sent.say(self._world, spot, text, replied)
        except PermissionError as refused:
            raise Problem(f"{spot.person.name} can't write here.", status=403) from refused
        return {"key": key_of(said)}

    async def _tap(self, asked: Asked) -> dict[str, JSON]:
        spot = asked.spot
        message = asked.message(spot, "key")
        row, column = asked.whole("row"), asked.whole("column")
        if not (0 <= row < len(message.keyboard) and 0 <= column < len(message.keyboard[row])):
            raise Problem("This button is gone.", status=404)
        button = message.keyboard[row][column]
        if button.url is not None:
            return {"open": button.url}
        if button.callback_data is None:
            raise Problem("Buttons of this kind do nothing in the playground.")
        return await self._answer(self._world.tap(spot.person, message, (row, column)))

    async def _answer(self, tap: Tap) -> dict[str, JSON]:
        try:
            answer = await self._world.answered(tap, _ANSWERED_WITHIN)
        except AssertionError:
            return {"unanswered": True}
        if answer.url is not None:
            return {"open": answer.url}
        return {"text": answer.text, "alert": answer.show_alert}

    async def _press(self, asked: Asked) -> dict[str, JSON]:
        """A key below the field of the private chat, and the chat that was picked by it."""
        person, key = asked.person, asked.text("key")
        picked = asked.whole("picked") if asked.given("picked") else None
        offered = {chat.id: chat for chat in self._world.offered(person, key)}
        try:
            self._world.press(person, key, None if picked is None else offered.get(picked))
        except LookupError:
            raise Problem("That can't be chosen any more.", status=404) from None
        return {}

    async def _start(self, asked: Asked) -> dict[str, JSON]:
        self._world.start(asked.person)
        return {"chat": asked.person.id}

    async def _open(self, asked: Asked) -> dict[str, JSON]:
        """Follow a link: into the private chat, to a message, or out of the playground."""
        person, url, username = asked.person, asked.text("url"), self._world.bot.username or ""
        if adds_to_group(url, username):
            raise Problem(
                "Telegram would let you choose a group now. Here, go to that group and tap “Bot” at its top."
            )
        if start_payload(url, username) is not None:
            self._world.open_url(person, url)
            return {"chat": person.id}
        target = linked_message(url, self._world.chats.values())
        if target is None:
            return {"outside": url}
        chat, message_id = target
        if not chat.has(person):
            raise Problem(f"{person.name} is not in that chat.", status=403)
        message = chat.by_id.get(message_id)
        if message is None:
            raise Problem("That message is gone.", status=404)
        topic = (message.topic or chat.general).thread_id if chat.forum else None
        return {"chat": chat.id, "topic": topic, "key": key_of(message)}

    async def _turn(self, asked: Asked) -> dict[str, JSON]:
        try:
            self._turning.forward(timedelta(minutes=asked.whole("minutes")))
        except (ValueError, OverflowError):
            raise Problem("The clock turns forward only, and a month at most.") from None
        return {}

    async def _move_bot(self, asked: Asked) -> dict[str, JSON]:
        """The groups' founder adds, removes, promotes or demotes the bot."""
        group, deed = asked.chat, asked.text("deed")
        act = self._bot_deeds.get(deed)
        if act is None or not group.is_group:
            raise Problem("That can't be done with the bot here.")
        is_here = group.has(self._world.bot)
        if is_here == (deed == "add"):
            raise Problem("The bot is here already." if is_here else "The bot isn't here.")
        act(group, self._yard.founder)
        return {}

    async def _block(self, asked: Asked) -> dict[str, JSON]:
        """A person blocks the bot in private, or lets it write again."""
        if asked.yes("blocked"):
            self._world.block(asked.person)
        else:
            self._world.unblock(asked.person)
        return {}

    async def _hide(self, asked: Asked) -> dict[str, JSON]:
        """An administrator writes in the group's name from now on, or no longer."""
        group, person = asked.chat, asked.person
        if not (group.is_group and group.is_admin(person)):
            raise Problem("Only administrators can be anonymous.", status=403)
        self._world.set_anonymous(group, person, asked.yes("anonymous"))
        return {}
