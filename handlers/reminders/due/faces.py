"""What is said when a reminder's moment has come."""

from __future__ import annotations

from bot.domain.link_preview import read_link_preview
from bot.message.face import Face
from bot.message.words import Html, Words
from handlers.reminders.due.use_cases import NotCopied, Post
from handlers.reminders.faces import name_of


def draw_post(post: Post, words: Words) -> Face:
    text = words("reminders.due.post", text=Html(post.text)) if post.text else None
    if post.sources:
        name = name_of(post.text, post.kind, words)
        return Face(
            Html(""), copies=post.sources, instead=text, name=name, is_silent=post.is_silent
        )
    return Face(
        text or words("reminders.due.gone.nothing"),
        is_silent=post.is_silent,
        link_preview=read_link_preview(post.link_preview),
    )


def draw_not_copied(told: NotCopied, words: Words) -> Face:
    """To organisers: the message that was to be copied is gone, or can't be copied now."""
    if not told.is_gone:
        became = "text" if told.has_text else "paused"
        return Face(words(f"reminders.due.protected.{became}"))
    became = "text" if told.has_text else "paused" if told.is_paused else "nothing"
    return Face(words(f"reminders.due.gone.{became}"))
