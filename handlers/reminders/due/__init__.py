"""Reminders whose moment has come: posted, copied, making room for each other, and never lost."""

from __future__ import annotations

from bot.chores import Chore
from bot.feature import DueSource, Feature, Post, WhenUncertain
from bot.message.numbering import carry_mark
from bot.safety.rotation.carrying import CarryOver
from bot.safety.wall_times import Planned
from handlers.reminders.due import faces, use_cases
from handlers.reminders.due.use_cases import GONE_POST, POST
from storage import reminders
from storage.reminders import ReminderRow

REMINDERS_DUE = Feature(
    name="reminders.due",
    posts={
        POST: Post(
            use_cases.load_post,
            faces.draw_post,
            is_pinned=lambda post: post.is_pinned,
            when_uncertain=WhenUncertain.REPEAT,
            sent=use_cases.note_posted,
            not_copied=use_cases.note_not_copied,
            passed=use_cases.keep_passed,
        ),
        GONE_POST: Post(use_cases.load_not_copied, faces.draw_not_copied),
    },
    due=(DueSource(use_cases.move_due, use_cases.next_due),),
    planned=(Planned(reminders.planned, use_cases.keep_wall_time),),
    hourly=(Chore(use_cases.find_done, use_cases.forget_done),),
    carried=(CarryOver(ReminderRow, carry_mark),),
)
