"""What the bot says of itself."""

from __future__ import annotations

from bot.message.face import Button, Face, in_rows
from bot.message.words import Html, Words, paragraphs
from bot.steps import JOBS
from handlers.help.payloads import (
    Begin,
    CommandsPage,
    HowPage,
    OpenSettings,
    OrganisersPage,
    StartPage,
)

_IN_A_ROW = 2


def draw_start(words: Words, *, is_organiser: bool, invitation: str | None) -> Face:
    """What it is for. `invitation` is an address that takes the bot into another group."""
    rows = [
        *in_rows([Button(words.plain(f"frame.job.{job}"), HowPage(job)) for job in JOBS], _IN_A_ROW)
    ]
    more = [Button(words.plain("help.button.commands"), CommandsPage())]
    if is_organiser:
        more.insert(0, Button(words.plain("help.button.organisers"), OrganisersPage()))
    rows += in_rows(more, 1)
    if invitation is not None:
        rows.append((Button(words.plain("help.button.add"), invitation),))
    return Face(words("help.start"), tuple(rows))


def draw_how(job: str, words: Words, *, is_organiser: bool) -> Face:
    """How a job goes for this reader, and its first step."""
    differs = job != "announce" and not is_organiser
    key = f"{job}_neighbour" if differs else job
    rows = [(_back(words),)]
    if job != "remind" or is_organiser:
        rows.insert(0, (Button(words.plain(f"help.begin.{key}"), Begin(job)),))
    return Face(words(f"help.how.{key}"), tuple(rows))


def draw_organisers(commands: Html, words: Words) -> Face:
    """What organisers can do besides."""
    settings = Button(words.plain("frame.button.settings"), OpenSettings())
    text = paragraphs(words("help.for_organisers"), commands)
    return Face(text, ((settings,), (_back(words),)))


def draw_commands(everyones: Html, organisers: Html | None, words: Words) -> Face:
    """Every command that this reader may use."""
    parts = [words("help.commands"), everyones]
    if organisers is not None:
        parts += [words("help.organisers"), organisers]
    return Face(paragraphs(*parts), ((_back(words),),))


def _back(words: Words) -> Button:
    return Button(words.plain("frame.button.back"), StartPage())
