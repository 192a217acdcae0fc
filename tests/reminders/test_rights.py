"""Who may do what with reminders, as the features declare it."""

from __future__ import annotations

from bot.app import FEATURES
from bot.person.rights import Who
from handlers.reminders.waiting.payloads import ListPage


def test_everyone_sees_the_list_and_organisers_do_the_rest() -> None:
    features = [feature for feature in FEATURES if feature.name.split(".")[0] == "reminders"]
    open_to_others = {
        kind
        for feature in features
        for kind, handled in (*feature.buttons.items(), *feature.pages.items())
        if handled.right.who is not Who.ORGANISERS
    }
    assert open_to_others == {ListPage}
