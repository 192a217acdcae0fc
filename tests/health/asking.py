"""Asking a bot how it is, as a monitor does."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families


@dataclass(frozen=True)
class Answer:
    """What came over the wire."""

    status: int
    headers: dict[str, str]
    text: str


@contextmanager
def free_port() -> Iterator[int]:
    """A port that nobody else gets: it is kept, and the bot, who may use it too, listens there."""
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        yield kept.getsockname()[1]


async def asked(port: int, path: str, method: str = "GET") -> Answer:
    """What is answered at once, over a connection of its own."""
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"http://127.0.0.1:{port}{path}") as response,
    ):
        return Answer(response.status, dict(response.headers), await response.text())


async def health(port: int) -> dict[str, Any]:
    """What healthz says, once its status agrees."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as response,
    ):
        said: dict[str, Any] = await response.json()
    assert response.status == (200 if said["well"] else 503), said
    return said


async def figures(port: int) -> dict[str, float]:
    """Every figure, by its name and labels as Prometheus writes them."""
    answer = await asked(port, "/metrics")
    assert answer.status == 200, answer
    return {
        sample.name + "".join(f",{key}={value}" for key, value in sorted(sample.labels.items())): (
            sample.value
        )
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
