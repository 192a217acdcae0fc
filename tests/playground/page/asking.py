"""How the page asks: views, deeds, and refusals."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from playground.chats import Chat
    from playground.people import Person

FIFTEEN_TO_ELEVEN = datetime(2026, 10, 21, 7, 45, tzinfo=UTC)
"""When the page's tests begin; in the yard's zone it is a quarter to eleven."""


async def view(page: httpx.AsyncClient, person: Person, chat: Chat, **more: Any) -> Any:
    answer = await page.get("/api/state", params={"person": person.id, "chat": chat.id, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def texts(page: httpx.AsyncClient, person: Person, chat: Chat) -> list[str]:
    return [message["text"] for message in (await view(page, person, chat))["messages"]]


async def post(page: httpx.AsyncClient, route: str, **fields: Any) -> Any:
    answer = await page.post(f"/api/{route}", json=fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refused(page: httpx.AsyncClient, route: str, **fields: Any) -> str:
    answer = await page.post(f"/api/{route}", json=fields)
    assert 400 <= answer.status_code < 500, answer.text
    return str(answer.json()["error"])
