"""What is said when a reminder's moment has come."""

from __future__ import annotations

from bot.domain.link_preview import read_link_preview
from bot.message.face import Face
from bot.message.words import Html, Words
from handlers.reminders.due.use_cases import Gone, Post
from handlers.reminders.faces import name_of


def draw_post(post: Post, words: Words) -> Face:
    if post.sources:
        name = name_of(post.text, post.kind, words)
        return Face(Html(""), copies=post.sources, name=name, is_silent=post.is_silent)
    if not post.text:
        return Face(words("reminders.due.gone.nothing"), is_silent=post.is_silent)
    return Face(
        words("reminders.due.post", text=Html(post.text)),
        is_silent=post.is_silent,
        link_preview=read_link_preview(post.link_preview),
    )


def draw_gone(gone: Gone, words: Words) -> Face:
    """To organisers: the message that was to be copied is there no more."""
    if gone.has_text:
        return Face(words("reminders.due.gone.text"))
    return Face(
        words("reminders.due.gone.paused" if gone.is_paused else "reminders.due.gone.nothing")
    )
