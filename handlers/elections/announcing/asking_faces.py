"""What an organiser is asked of an election: what it is for, among how many, and until when."""

from __future__ import annotations

from bot.domain.elections.acts import DeadlinePreset
from bot.message.face import Button, Face
from bot.message.payload import Payload
from bot.message.pickers.numbers import number_rows
from bot.message.words import Words, paragraphs
from handlers.elections.announcing.payloads import (
    BasePage,
    Begin,
    ChooseBase,
    DraftDeadlinePage,
    OfferedTitle,
    PreviewPage,
    SetDraftDeadline,
    TitlePage,
    TypeBasePage,
    TypeDraftDeadlinePage,
    TypeTitlePage,
)
from handlers.elections.announcing.use_cases import Asked

_RESIDENTS = (20, 40, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 600, 800, 900)


def draw_none_page(chat_id: int | None, words: Words) -> Face:
    """None is under way; `chat_id` where this reader may begin one."""
    if chat_id is None:
        return Face(words("elections.list.empty"))
    begin = Button(words.plain("elections.button.begin"), Begin(chat_id))
    return Face(words("elections.list.empty"), ((begin,),))


def draw_title_page(asked: Asked, offered: str, words: Words) -> Face:
    """What for; the title that is offered speaks the language of the chat."""
    draft = asked.draft_id
    back = (_back(PreviewPage(draft), words),) if asked.is_whole else ()
    return Face(
        words("elections.ask.title"),
        (
            (Button(offered, OfferedTitle(draft)),),
            (Button(words.plain("elections.button.own_title"), TypeTitlePage(draft)),),
            *back,
        ),
    )


def draw_base_page(asked: Asked, words: Words) -> Face:
    """How many; a round number is near enough until somebody counts."""
    draft = asked.draft_id
    before = PreviewPage(draft) if asked.is_whole else TitlePage(draft)
    return Face(
        paragraphs(words("elections.ask.so_far", title=asked.title), words("elections.ask.base")),
        (
            *number_rows(_RESIDENTS, lambda base: ChooseBase(draft, base), words),
            (Button(words.plain("elections.button.own_base"), TypeBasePage(draft)),),
            _back(before, words),
        ),
    )


def draw_deadline_page(asked: Asked, words: Words) -> Face:
    """Until when."""
    draft = asked.draft_id
    presets = tuple(
        (Button(words.plain(f"ending.preset.{preset.value}"), SetDraftDeadline(draft, preset)),)
        for preset in DeadlinePreset
    )
    typed = Button(words.plain("ending.button.type"), TypeDraftDeadlinePage(draft))
    before = PreviewPage(draft) if asked.is_whole else TitlePage(draft)
    so_far = words("elections.ask.so_far", title=asked.title)
    return Face(
        paragraphs(so_far, words("ending.deadline.question")),
        (*presets, (typed,), _back(before, words)),
    )


def draw_title_typing(asked: Asked, words: Words) -> Face:
    back = _back(TitlePage(asked.draft_id), words)
    return Face(words("elections.ask.title_typed"), (back,))


def draw_base_typing(asked: Asked, words: Words) -> Face:
    return Face(words("elections.ask.base_typed"), (_back(BasePage(asked.draft_id), words),))


def draw_deadline_typing(asked: Asked, words: Words) -> Face:
    """Asks for a deadline of the organiser's own, in the private chat."""
    back = _back(DraftDeadlinePage(asked.draft_id), words)
    return Face(words("ending.deadline.type"), (back,))


def _back(page: Payload, words: Words) -> tuple[Button, ...]:
    return (Button(words.plain("frame.button.back"), page),)
