"""How the Bot API says no."""

from __future__ import annotations

from typing import Any

JSON = Any


class ApiError(Exception):
    """An error answer: HTTP status, Telegram's words, and its `parameters`, if any."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, JSON] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def payload(self) -> dict[str, JSON]:
        """The body of the answer."""
        body: dict[str, JSON] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ForeignPage(ApiError):
    """What a gateway, a provider or a captive portal answers in Telegram's place: HTML, with any status."""

    def __init__(self, code: int) -> None:
        super().__init__(code, "a page that isn't Telegram's")

    def html(self) -> str:
        """The body of the answer."""
        return f"<html><head><title>{self.code}</title></head></html>"


def bad_request(reason: str) -> ApiError:
    """400. Constants keep their capitals; a sentence starts small, as on Telegram's side."""
    if len(reason) > 1 and not (reason[1] == "_" or "A" <= reason[1] <= "Z"):
        reason = reason[0].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403: the bot has no business there."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409: two receivers of updates."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """429: the bot shall be silent for `retry_after` seconds."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )
