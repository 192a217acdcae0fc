"""The list of what is coming."""

from __future__ import annotations

from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs
from handlers.actions.announcing.payloads import Begin
from handlers.actions.coming.use_cases import Coming, Listed
from handlers.actions.heart.lines import watched

# Telegram takes 4096, in units of which an emoji needs two.
_LIST_LENGTH = 1_900


def draw_list(coming: Coming, words: Words) -> Face:
    """What is coming, by day, each with a link to its card where Telegram has links."""
    if not coming.listed:
        begin = Button(words.plain("actions.button.begin"), Begin())
        return Face(words("actions.list.empty"), ((begin,),))
    lines = [words("actions.list.heading")]
    day, room = None, _LIST_LENGTH
    for index, item in enumerate(coming.listed):
        line = _list_line(item, words)
        if item.action.wall.date() != day:
            day = item.action.wall.date()
            line = Html(f"\n<b>{words.day(day, today=coming.today)}</b>\n{line}")
        room -= len(line.plain())
        if room < 0:
            lines.append(words.count("actions.list.more", len(coming.listed) - index))
            break
        lines.append(line)
    are_careful = all(item.action.is_careful for item in coming.listed)
    return Face(paragraphs(Html("\n".join(lines)), watched(words, is_careful=are_careful)))


def _list_line(item: Listed, words: Words) -> Html:
    action = item.action
    title = words("actions.list.title", title=action.title)
    if item.link:
        title = Html(f'<a href="{item.link}">{title}</a>')
    time = words.time(action.wall.time())
    if action.place:
        line = words("actions.list.line_with_place", time=time, title=title, place=action.place)
    else:
        line = words("actions.list.line", time=time, title=title)
    if item.obstacle is not None:
        why = words(f"delivery.obstacle.{item.obstacle}")
        return words("actions.list.held", line=line, why=why)
    return words("actions.list.on_its_way", line=line) if item.is_waiting else line
