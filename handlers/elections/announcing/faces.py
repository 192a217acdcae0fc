"""What an organiser sees of an election before it is published."""

from __future__ import annotations

from bot.domain.elections.plan import Plan
from bot.domain.elections.rule import PRESETS, Counted
from bot.domain.fives import STEP
from bot.message.face import Button, Face
from bot.message.labels import chosen
from bot.message.words import Html, Words, paragraphs
from handlers.elections.announcing.payloads import (
    BasePage,
    ChooseCounted,
    ChooseForEach,
    ChooseNewcomers,
    ChooseRule,
    DraftDeadlinePage,
    DropDraft,
    ElectorsPage,
    MeaningPage,
    PreviewPage,
    Publish,
    RulePage,
    TitlePage,
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
    lines = _listed(electors_in_words(plan, words))
    return Face(paragraphs(words("candidates.electors.question"), lines), (*often, *late, (back,)))


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
    back = Button(words.plain("frame.button.back"), PreviewPage(preview.draft_id))
    return Face(paragraphs(words("elections.meaning.heading"), _listed(notes)), ((back,),))


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


def _listed(notes: list[Html]) -> Html:
    return Html("\n".join(f"• {note}" for note in notes))
