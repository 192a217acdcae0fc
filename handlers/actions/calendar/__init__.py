"""An action in one's own calendar."""

from __future__ import annotations

from bot.feature import Feature, PageBy
from bot.person.rights import EVERYONE
from handlers.actions.calendar import pages, payloads

ACTIONS_CALENDAR = Feature(
    name="actions.calendar",
    pages={payloads.CalendarFile: PageBy(pages.calendar_page, EVERYONE)},
)
