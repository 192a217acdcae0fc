"""What a candidate wants neighbours to read: a name, and beneath it a statement."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.elections.plan import read_name
from bot.domain.plain_text import clean
from bot.domain.refusal import Refused

STATEMENT_LENGTH = 500
"""Characters, so that the sentence one signs for, statement and all, stays one short message."""


@dataclass(frozen=True)
class Candidacy:
    """A candidate's own words. The statement may be empty."""

    name: str
    statement: str = ""

    def as_typed(self) -> str:
        """The words as they could be typed again."""
        return f"{self.name}\n{self.statement}" if self.statement else self.name


def read_candidacy(typed: str) -> Candidacy:
    """Take "Vera K.", and from the next line on a statement, as they are to be shown. Raises `Refused`."""
    first, _, rest = clean(typed).partition("\n")
    statement = clean(rest)
    if len(statement) > STATEMENT_LENGTH:
        raise Refused(
            "candidates.refused.statement_long", most=STATEMENT_LENGTH, length=len(statement)
        )
    return Candidacy(read_name(first), statement)
