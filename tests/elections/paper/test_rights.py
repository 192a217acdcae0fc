"""Who may do what with paper, as the features declare it."""

from __future__ import annotations

from bot.app import FEATURES
from bot.person.rights import Who
from handlers.elections.paper.printing.payloads import GuidePage


def test_paper_is_for_organisers_alone_but_for_the_guide() -> None:
    features = [feature for feature in FEATURES if "paper" in feature.name.split(".")]
    pages = {kind: page for feature in features for kind, page in feature.pages.items()}
    assert pages.pop(GuidePage).right.who is Who.EVERYONE
    rights = {
        handled.right.who
        for feature in features
        for handled in (*feature.commands, *feature.buttons.values())
    }
    assert rights | {page.right.who for page in pages.values()} == {Who.ORGANISERS}
