"""An action's card with its answers, what is behind its ⋯, and what becomes of it with time."""

from __future__ import annotations

from bot.chores import Chore
from bot.feature import Card, DueSource, Feature, PageBy, Post, TapBy, WhenLate
from bot.person.rights import EVERYONE
from bot.safety.wall_times import Planned
from handlers.actions.card import buttons, faces, pages, payloads
from handlers.actions.heart import careful_counts, past
from handlers.actions.heart.carrying import CARRIED
from handlers.actions.heart.posting import CANCELLED_POST, CHANGED_POST, MOVED_POST
from handlers.actions.heart.snapshot import load_card
from storage import actions

ACTIONS_CARD = Feature(
    name="actions.card",
    buttons={
        payloads.GiveAnswer: TapBy(buttons.answered, EVERYONE),
        payloads.ComeWith: TapBy(buttons.comes_with, EVERYONE),
    },
    pages={payloads.MorePage: PageBy(pages.more_page, EVERYONE)},
    cards={
        actions.CARD: Card(
            load_card,
            faces.draw_card,
            is_pinned=lambda shown: not (shown.action.is_cancelled or shown.is_over),
            hallmark=payloads.MorePage,
        )
    },
    posts={
        CHANGED_POST: Post(load_card, faces.draw_changed, when_late=WhenLate.SAY_SO),
        MOVED_POST: Post(load_card, faces.draw_moved, when_late=WhenLate.SAY_SO),
        CANCELLED_POST: Post(load_card, faces.draw_cancelled, when_late=WhenLate.SAY_SO),
    },
    due=(DueSource(careful_counts.publish_due_numbers, careful_counts.next_hour_due),),
    planned=(Planned(actions.planned, past.keep_wall_time),),
    # In this order, so that a card is drawn a last time before it is forgotten.
    hourly=(Chore(past.find_old, past.forget_old), Chore(past.find_past, past.close_past)),
    left=(past.take_back_unsaid,),
    carried=CARRIED,
)
