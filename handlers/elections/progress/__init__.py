"""Where elections stand, for everyone: in words, as a picture, and as milestones on the way."""

from __future__ import annotations

from bot.feature import Command, Feature, PageBy, Post, TapBy
from handlers.elections.posting import MILESTONE_POST
from handlers.elections.progress import buttons, commands, faces, pages, payloads, use_cases

PROGRESS = Feature(
    name="elections.progress",
    commands=(Command("election", commands.election, "elections.menu.election"),),
    buttons={
        payloads.ShowEveryone: TapBy(buttons.shown_to_everyone),
        payloads.Remind: TapBy(buttons.reminder_wanted),
        payloads.PrintSheets: TapBy(buttons.sheets_wanted),
    },
    pages={
        payloads.ListPage: PageBy(pages.list_page),
        payloads.PicturePage: PageBy(pages.picture_page),
    },
    posts={
        MILESTONE_POST: Post(use_cases.load_milestone, faces.draw_milestone),
        use_cases.PICTURE_POST: Post(use_cases.load_picture, faces.draw_for_everyone),
    },
    hourly=(use_cases.thin_out,),
)
