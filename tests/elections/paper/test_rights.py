"""Who may do what with paper, as the features declare it."""

from __future__ import annotations

from bot.app import FEATURES
from bot.person.rights import Who


def test_paper_is_for_organisers_alone() -> None:
    features = [feature for feature in FEATURES if "paper" in feature.name.split(".")]
    rights = {
        handled.right.who
        for feature in features
        for handled in (*feature.commands, *feature.buttons.values(), *feature.pages.values())
    }
    assert rights == {Who.ORGANISERS}
