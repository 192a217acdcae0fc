"""A request's parameters, read with the tolerance and the strictness of Telegram's server."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from playground.errors import JSON, bad_request

_LEADING_DIGITS = re.compile(r"^\s*-?[0-9]{1,19}")
_DIGITS = re.compile(r"^-?[0-9]{1,19}\Z")


def whole_number(value: JSON) -> int | None:
    """The number that a field of a nested object holds, as such or as a string."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and _DIGITS.match(value) else None


@dataclass(frozen=True)
class Upload:
    """A file that came with the request."""

    name: str
    content: bytes
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Params:
    """Reads parameters as the server does: a missing one is empty, a wrong one is refused."""

    values: dict[str, JSON] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string; "" where it is missing. Raises ApiError for invalid Unicode."""
        value = self.values.get(name)
        if value is None:
            return ""
        words = value if isinstance(value, str) else json.dumps(value)
        try:
            words.encode()
        except UnicodeEncodeError as error:
            raise bad_request("strings must be encoded in UTF-8") from error
        return words

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; its leading digits where more follows, `default` where it is missing."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, int):
            return int(value)
        match = _LEADING_DIGITS.match(str(value))
        return int(match[0]) if match else 0

    def boolean(self, name: str) -> bool:
        """A yes or no; anything but a yes is no."""
        value = self.values.get(name)
        return value is True or str(value).strip().lower() in ("true", "yes", "1")

    def nested(self, name: str, what: str) -> JSON:
        """An object or array, given as such or as a JSON string. `what` names it in the refusal."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise bad_request(f"Can't parse {what} JSON object") from error

    def upload(self, reference: str) -> Upload | None:
        """The uploaded file that a value such as `attach://name` refers to."""
        return self.uploads.get(reference.removeprefix("attach://"))
