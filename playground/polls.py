"""Polls: a question with answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.errors import JSON


def new_poll(
    number: int,
    question: str,
    options: Sequence[str],
    *,
    is_anonymous: bool = True,
    several: bool = False,
    quiz: bool = False,
) -> dict[str, JSON]:
    """A Bot API `Poll` that nobody has voted in. The right answer of a quiz isn't told to bots."""
    return {
        "id": str(number * 7919),
        "question": question,
        "options": [
            {"persistent_id": str(place), "text": option, "voter_count": 0}
            for place, option in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": is_anonymous,
        "type": "quiz" if quiz else "regular",
        "allows_multiple_answers": several,
        "allows_revoting": not quiz,
        "members_only": False,
    }


def is_unsolved_quiz(poll: dict[str, JSON] | None) -> bool:
    """Whether it is a quiz of which the bot isn't told the right answer."""
    return poll is not None and poll["type"] == "quiz" and "correct_option_ids" not in poll
