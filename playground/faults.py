"""Failures on request: what a network and a server do to a bot on a bad day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from playground.errors import JSON, ApiError, ForeignPage, too_many_requests

if TYPE_CHECKING:
    from playground.params import Params

FaultKind = Literal["500", "502", "429", "cut", "delay", "refuse_before", "hold", "error", "page"]

When = Callable[["Params"], object]


@dataclass
class Fault:
    """A failure that strikes calls of `method` ("*" for any) `times` times.

    "500", "502", "429" and "error" answer so without doing the work; "page" is what somebody on the way
    answers in Telegram's place, with status `code`; "refuse_before" drops the connection without doing it,
    "cut" after doing it; "delay" does it `seconds` later; "hold" does it, and answers when it is `released`.
    """

    method: str
    kind: FaultKind
    times: int = 1
    when: When | None = None
    seconds: float = 0.0
    """How long a "delay" lasts; after how long a "cut" comes, where the work isn't done by then."""
    retry_after: int = 1
    code: int = 400
    description: str = "Bad Request"
    parameters: dict[str, JSON] | None = None
    struck: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def error(self) -> ApiError | None:
        """The answer given instead of the work, if it is one."""
        match self.kind:
            case "500":
                return ApiError(500, "Internal Server Error")
            case "502":
                return ForeignPage(502)
            case "429":
                return too_many_requests(self.retry_after)
            case "page":
                return ForeignPage(self.code)
            case "error":
                return ApiError(self.code, self.description, self.parameters)
        return None


class Faults:
    """The failures that are to come."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(
        self,
        method: str = "*",
        kind: FaultKind = "500",
        times: int = 1,
        when: When | None = None,
        *,
        seconds: float = 0.0,
        retry_after: int = 1,
        code: int = 400,
        description: str = "Bad Request",
        parameters: dict[str, JSON] | None = None,
    ) -> Fault:
        """Let the next `times` matching calls fail; `when` narrows them by their parameters."""
        fault = Fault(
            method, kind, times, when, seconds, retry_after, code, description, parameters
        )
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """No more failures."""
        self._waiting.clear()

    def strike(self, method: str, params: Params) -> Fault | None:
        """The failure that befalls this call, used up by it."""
        for fault in self._waiting:
            if fault.method not in ("*", method) or (fault.when and not fault.when(params)):
                continue
            fault.struck += 1
            if fault.struck >= fault.times:
                self._waiting.remove(fault)
            return fault
        return None
