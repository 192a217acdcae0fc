"""Where elections stand, for everyone: in words, as a picture, and as milestones on the way."""

from __future__ import annotations

from bot.chores import Chore
from bot.feature import Command, Feature, Page, PageBy, Post, Say, Tap, TapBy, WhenLate
from bot.person.rights import ASKED_INSIDE, EVERYONE
from handlers.elections.heart.posts import MILESTONE_POST, REACHED_POST
from handlers.elections.heart.rights import ORGANISERS_OF_ELECTION
from handlers.elections.progress import buttons, commands, faces, pages, payloads, use_cases

PROGRESS = Feature(
    name="elections.progress",
    commands=(Command("election", commands.election, "elections.menu.election", EVERYONE),),
    buttons={
        payloads.ShowEveryone: Tap(
            use_cases.show_everyone, Say("progress.shown"), ORGANISERS_OF_ELECTION
        ),
        # Whoever takes the step asks for its rights.
        payloads.Remind: TapBy(buttons.reminder_wanted, ASKED_INSIDE),
        payloads.PrintSheets: TapBy(buttons.sheets_wanted, ASKED_INSIDE),
    },
    pages={
        payloads.ListPage: Page(use_cases.under_way, faces.draw_list, EVERYONE),
        payloads.PicturePage: PageBy(pages.picture_page, EVERYONE),
    },
    posts={
        MILESTONE_POST: Post(
            use_cases.load_milestone, faces.draw_milestone, when_late=WhenLate.SAY_SO
        ),
        REACHED_POST: Post(use_cases.load_reached, faces.draw_reached),
        use_cases.PICTURE_POST: Post(use_cases.load_picture, faces.draw_for_everyone),
    },
    hourly=(Chore(use_cases.find_long_past, use_cases.thin_out),),
)
