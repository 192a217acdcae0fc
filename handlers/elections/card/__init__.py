"""An election's card, what is behind it for this or that reader, and the news of its numbers."""

from __future__ import annotations

from bot.feature import Card, DueSource, Feature, Page, PageBy, Post
from bot.person.rights import EVERYONE
from handlers.elections.card import (
    due,
    faces,
    pages,
    payloads,
    use_cases,
)
from handlers.elections.heart import posts, reach
from handlers.elections.heart.carrying import CARRIED
from handlers.elections.heart.rights import ORGANISERS_OF_ELECTION
from storage.elections import elections

CARD_AND_NEWS = Feature(
    name="elections.card",
    pages={
        payloads.MorePage: PageBy(pages.more_page, EVERYONE),
        payloads.NumbersPage: Page(use_cases.load_numbers, faces.draw_numbers_page, EVERYONE),
        payloads.ManagePage: Page(
            reach.seen_election, faces.draw_manage_page, ORGANISERS_OF_ELECTION
        ),
    },
    cards={
        elections.CARD: Card(
            use_cases.load_shown,
            faces.draw_card,
            is_pinned=lambda shown: shown.is_open,
            hallmark=payloads.MorePage,
        )
    },
    posts={
        posts.BASE_POST: Post(reach.load_open, faces.draw_base),
    },
    due=(DueSource(due.publish_due_numbers, due.next_hour_due),),
    # Of all parts: they are the same things.
    carried=CARRIED,
)
