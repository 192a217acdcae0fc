"""Delivery by webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World


class Receiver:
    """The bot's side of a webhook; it refuses the first `refuse` requests."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []
        self.refuse = 0
        self.secrets: set[str | None] = set()
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if len(self.refused) < self.refuse:
            self.refused.append(update)
            return web.Response(status=503)
        self.taken.append(update)
        return web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_posted_in_order_until_each_is_taken(
    ask: Any, receiver: Receiver, world: World, yard: Chat, vera: Person
) -> None:
    receiver.refuse = 2
    world.say(yard, vera, "/help")
    waiting = [update.json() for update in world.updates.waiting()]
    await ask("setWebhook", url=receiver.url, secret_token="s3cret")
    await world.settled()
    assert receiver.taken == waiting
    assert receiver.refused == [waiting[0]] * 2
    assert receiver.secrets == {"s3cret"}
    world.say(yard, vera, "/more")
    await world.settled()
    assert receiver.taken[-1]["message"]["text"] == "/more"
    world.redeliver(waiting[0]["update_id"])
    await world.settled()
    assert receiver.taken[-1] == waiting[0]
    info = (await ask("getWebhookInfo"))["result"]
    assert info["pending_update_count"] == 0
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


async def test_polling_and_webhook_exclude_each_other(
    ask: Any, refusal: Any, receiver: Receiver
) -> None:
    await ask("setWebhook", url=receiver.url)
    assert await refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await ask("deleteWebhook")
    assert (await ask("getUpdates"))["ok"]
    assert (await ask("getWebhookInfo"))["result"]["url"] == ""


async def test_which_webhooks_are_refused(refusal: Any) -> None:
    assert await refusal("setWebhook", url="nonsense") == (
        "Bad Request: invalid webhook URL specified"
    )
    assert "bad webhook" in await refusal("setWebhook", url="https://example.org/hook")
    assert await refusal("setWebhook", url="http://localhost/", secret_token="a b") == (
        "Bad Request: secret token contains unallowed characters"
    )


async def test_pending_updates_can_be_dropped(ask: Any, world: World, yard: Chat) -> None:
    assert len(world.updates)
    await ask("deleteWebhook", drop_pending_updates=True)
    assert not len(world.updates)
