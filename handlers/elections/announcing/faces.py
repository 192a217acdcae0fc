"""What an organiser sees of an election before it is published."""

from __future__ import annotations

from bot.domain.elections.acts import DeadlinePreset
from bot.domain.elections.plan import Plan
from bot.domain.elections.rule import PRESETS, Counted
from bot.domain.fives import STEP
from bot.message.face import Button, Face
from bot.message.labels import chosen
from bot.message.words import Html, Words, paragraphs
from handlers.elections.announcing.payloads import (
    ChooseCounted,
    ChooseForEach,
    ChooseNewcomers,
    ChooseRule,
    DraftDeadlinePage,
    DropDraft,
    ElectorsPage,
    PreviewPage,
    Publish,
    RulePage,
    SetDraftDeadline,
    TypeDraftDeadlinePage,
)
from handlers.elections.announcing.use_cases import Preview
from handlers.elections.heart.lines import titled, until_in_words
from handlers.elections.heart.wording import rule_in_words, source_in_words


def electors_in_words(plan: Plan, words: Words) -> list[Html]:
    """How often one person signs, and who doesn't: a line each."""
    return [
        words("candidates.electors.each" if plan.for_each else "candidates.electors.one"),
        words("candidates.electors.all" if plan.newcomers_sign else "candidates.electors.before"),
    ]


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
    back = Button(words.plain("frame.button.back"), PreviewPage(draft))
    lines = Html("\n".join(f"• {line}" for line in electors_in_words(plan, words)))
    return Face(paragraphs(words("candidates.electors.question"), lines), (*often, *late, (back,)))


def draw_preview(preview: Preview, words: Words) -> Face:
    """The rule in words, where it comes from, and what it does and doesn't mean."""
    rule, count = preview.rule, preview.count
    notes = [source_in_words(rule, words), words("elections.preview.declaration")]
    if count.is_provisional:
        notes.append(words("elections.preview.provisional"))
    if rule.needed(count.base) < STEP:
        notes.append(words("elections.preview.few"))
    notes += electors_in_words(preview.plan, words)
    closes = preview.plan.closes
    if closes is not None:
        moment = until_in_words(closes.at, closes.zone, preview.today, words)
        notes.append(words("ending.preview.closes", moment=moment))
    sentence = rule_in_words(rule, count.base, words)
    return Face(
        paragraphs(
            words("elections.preview.heading"),
            titled(preview.plan.title, sentence, words),
            Html("\n".join(f"• {note}" for note in notes)),
        ),
        (
            (
                Button(words.plain("frame.button.publish"), Publish(preview.draft_id)),
                Button(words.plain("frame.button.cancel"), DropDraft(preview.draft_id)),
            ),
            (Button(words.plain("elections.button.rule"), RulePage(preview.draft_id)),),
            (Button(words.plain("candidates.button.electors"), ElectorsPage(preview.draft_id)),),
            draft_deadline_row(preview, words),
        ),
    )


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
    back = Button(words.plain("frame.button.back"), PreviewPage(draft))
    sentence = rule_in_words(rule, preview.count.base, words)
    return Face(
        words("elections.rule.question", rule=sentence), (*shares, kinds[:2], kinds[2:], (back,))
    )


def draw_deadline_page(preview: Preview, words: Words) -> Face:
    draft = preview.draft_id
    presets = tuple(
        (Button(words.plain(f"ending.preset.{preset.value}"), SetDraftDeadline(draft, preset)),)
        for preset in DeadlinePreset
    )
    typed = Button(words.plain("ending.button.type"), TypeDraftDeadlinePage(draft))
    back = Button(words.plain("frame.button.back"), PreviewPage(draft))
    return Face(words("ending.deadline.question"), (*presets, (typed,), (back,)))


def draw_typing(_asked: None, words: Words) -> Face:
    """Asks for a deadline of the organiser's own, in the private chat."""
    return Face(words("ending.deadline.type"))


def draft_deadline_row(preview: Preview, words: Words) -> tuple[Button, ...]:
    """The way to the deadline from the preview of an election."""
    label = words.plain("ending.button.deadline")
    return (Button(label, DraftDeadlinePage(preview.draft_id)),)
