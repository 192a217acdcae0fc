"""What an organiser sees of an election before it is published: questions, and the preview."""

from __future__ import annotations

from bot.domain.elections.acts import DeadlinePreset
from bot.domain.elections.plan import Plan
from bot.domain.elections.rule import PRESETS, Counted
from bot.domain.fives import STEP
from bot.message.face import Button, Face
from bot.message.labels import chosen
from bot.message.payload import Payload
from bot.message.pickers.numbers import number_rows
from bot.message.words import Html, Words, paragraphs
from handlers.elections.announcing.asking import Asked
from handlers.elections.announcing.payloads import (
    BasePage,
    Begin,
    ChooseBase,
    ChooseCounted,
    ChooseForEach,
    ChooseNewcomers,
    ChooseRule,
    DraftDeadlinePage,
    DropDraft,
    ElectorsPage,
    MeaningPage,
    OfferedTitle,
    PreviewPage,
    Publish,
    RulePage,
    SetDraftDeadline,
    TitlePage,
    TypeBasePage,
    TypeDraftDeadlinePage,
    TypeTitlePage,
)
from handlers.elections.announcing.use_cases import Preview
from handlers.elections.heart.lines import titled, until_in_words
from handlers.elections.heart.wording import rule_in_words, source_in_words

_RESIDENTS = (20, 40, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 600, 800, 900)
"""How many there may be, to pick from; others are typed."""


def electors_in_words(plan: Plan, words: Words) -> list[Html]:
    """How often one person signs, and who doesn't: a line each."""
    return [
        words("candidates.electors.each" if plan.for_each else "candidates.electors.one"),
        words("candidates.electors.all" if plan.newcomers_sign else "candidates.electors.before"),
    ]


def _unusual(plan: Plan, words: Words) -> list[Html]:
    """The same as far as it isn't as usual."""
    often, late = electors_in_words(plan, words)
    return [*([often] if plan.for_each else []), *([late] if plan.newcomers_sign else [])]


def draw_electors_page(preview: Preview, words: Words) -> Face:
    """How often one person signs, and whether newcomers may."""
    draft, plan = preview.draft_id, preview.plan
    often = tuple(
        (Button(chosen(words.plain(key), plan.for_each is each), ChooseForEach(draft, each)),)
        for key, each in (("candidates.button.one", False), ("candidates.button.each", True))
    )
    late = tuple(
        (
            Button(
                chosen(words.plain(key), plan.newcomers_sign is may),
                ChooseNewcomers(draft, may),
            ),
        )
        for key, may in (("candidates.button.before", False), ("candidates.button.all", True))
    )
    back = _back(PreviewPage(draft), words)
    lines = _listed(electors_in_words(plan, words))
    return Face(paragraphs(words("candidates.electors.question"), lines), (*often, *late, back))


def draw_preview(preview: Preview, words: Words) -> Face:
    """The rule in words and until when, with what most needs to be said; the rest is a page further."""
    rule, count, draft = preview.rule, preview.count, preview.draft_id
    lines = [rule_in_words(rule, count.base, words)]
    closes = preview.plan.closes
    if closes is not None:
        moment = until_in_words(closes.at, closes.zone, preview.today, words)
        lines.append(words("ending.preview.closes", moment=moment))
    notes = [words("elections.preview.declaration")]
    if rule.needed(count.base) < STEP:
        notes.append(words("elections.preview.few"))
    elif count.is_provisional:
        notes.append(words("elections.preview.provisional"))
    notes += _unusual(preview.plan, words)
    return Face(
        paragraphs(
            words("elections.preview.heading"),
            titled(preview.plan.title, Html("\n".join(lines)), words),
            _listed(notes),
        ),
        (
            (
                Button(words.plain("frame.button.publish"), Publish(draft)),
                Button(words.plain("frame.button.cancel"), DropDraft(draft)),
            ),
            (Button(words.plain("ending.button.deadline"), DraftDeadlinePage(draft)),),
            (
                Button(words.plain("elections.button.title"), TitlePage(draft)),
                Button(words.plain("elections.button.base"), BasePage(draft)),
            ),
            (Button(words.plain("elections.button.rule"), RulePage(draft)),),
            (Button(words.plain("candidates.button.electors"), ElectorsPage(draft)),),
            (Button(words.plain("elections.button.meaning"), MeaningPage(draft)),),
        ),
    )


def draw_meaning_page(preview: Preview, words: Words) -> Face:
    """What it means and what it doesn't, all of it."""
    rule, count = preview.rule, preview.count
    notes = [words("elections.preview.declaration"), source_in_words(rule, words)]
    if count.is_provisional:
        notes.append(words("elections.preview.provisional"))
    if rule.needed(count.base) < STEP:
        notes.append(words("elections.preview.few"))
    notes += electors_in_words(preview.plan, words)
    back = _back(PreviewPage(preview.draft_id), words)
    return Face(paragraphs(words("elections.meaning.heading"), _listed(notes)), (back,))


def draw_rule_page(preview: Preview, words: Words) -> Face:
    """Which share, and of whom; a rule of one's own is typed."""
    draft, rule = preview.draft_id, preview.rule
    shares = tuple(
        (
            Button(
                chosen(words.plain(f"elections.preset.{name}"), name == rule.source),
                ChooseRule(draft, name),
            ),
        )
        for name in PRESETS
    )
    kinds = tuple(
        Button(
            chosen(words.plain(f"elections.counted.{kind.value}"), kind is rule.counted),
            ChooseCounted(draft, kind.value),
        )
        for kind in Counted
        if kind is not Counted.FIXED or preview.plan.base is not None
    )
    back = _back(PreviewPage(draft), words)
    sentence = rule_in_words(rule, preview.count.base, words)
    return Face(
        words("elections.rule.question", rule=sentence), (*shares, kinds[:2], kinds[2:], back)
    )


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


def _listed(notes: list[Html]) -> Html:
    return Html("\n".join(f"• {note}" for note in notes))


def _back(page: Payload, words: Words) -> tuple[Button, ...]:
    return (Button(words.plain("frame.button.back"), page),)
