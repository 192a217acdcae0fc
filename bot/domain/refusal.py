"""A rule's kind "no": a text key and its parameters, never a rendered sentence."""

from __future__ import annotations


class Refused(Exception):
    """Raised by rules and use cases when something can't be done.

    `key` is a key of the locales ("actions.refused.over"); `params` fill its placeholders. The frame
    renders it in the person's language, privately, and rolls the transaction back.
    """

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params
