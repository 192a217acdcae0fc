"""What people see of elections: the card, the posts about it, the pages around it.

Every number here is the public one.
"""

from __future__ import annotations

from bot.domain.election_rules import PRESETS, Counted
from bot.domain.elections import MOST_CANDIDATES
from bot.domain.thresholds import STEP, bar
from bot.face import Button, Face
from bot.rule_words import base_in_words, rule_in_words, source_in_words
from bot.texts import Html, Words
from handlers.elections.beginning import Preview
from handlers.elections.payloads import (
    BuildingsPage,
    ChooseCounted,
    ChooseRule,
    CloseElection,
    ClosePage,
    ConfirmPage,
    DropDraft,
    FreezeBase,
    FreezePage,
    ManagePage,
    PreviewPage,
    Publish,
    RulePage,
    Sign,
    SignInBuilding,
    SignPage,
    Stand,
    StandInPage,
    Withdraw,
)
from handlers.elections.signing import OwnView
from handlers.elections.use_cases import Listed, Reached, Standing
from handlers.elections.wording import confirmation, recall_reached, sentence, signed
from storage.elections import CandidateRow, ElectionRow

_CELLS = 10
_FULL, _EMPTY = "▰", "▱"
_NAME_IN_LABEL = 40
_TITLE_IN_LABEL = 60
_BUILDINGS_AT_ONCE = 8
_LIST_UNITS = 3_500
"""Telegram takes 4,096; the rest is for the last line."""


def draw_card(election: ElectionRow, words: Words) -> Face:
    parts = [
        _heading(election, words),
        *(_progress(election, c, words) for c in election.candidates),
    ]
    if not election.is_open:
        return Face(_paragraphs(*parts, words("elections.card.over")))
    if election.is_provisional and not election.is_frozen:
        parts.insert(1, words("elections.card.provisional"))
    if not election.candidates:
        parts.append(words("elections.card.nobody"))
    if len(election.candidates) < MOST_CANDIDATES and election.recalled is None:
        parts.append(words("elections.card.how_to_stand"))
    manage = Button(words.plain("elections.button.manage"), ManagePage(election.id))
    if not election.candidates:
        return Face(_paragraphs(*parts), ((manage,),))
    parts.append(words("elections.card.note"))
    sign = Button(words.plain("elections.button.sign"), SignPage(election.id))
    return Face(_paragraphs(*parts), ((sign,), (manage,)))


def draw_reached(reached: Reached, words: Words) -> Face:
    election = reached.election
    if election.recalled is not None:
        return Face(recall_reached(election, words))
    text = words(
        "elections.post.reached",
        name=reached.candidate.name,
        title=election.title,
        rule=rule_in_words(election.rule, election.base, words),
    )
    return Face(text)


def draw_result(election: ElectionRow, words: Words) -> Face:
    lines = [_progress(election, candidate, words) for candidate in election.candidates]
    return Face(
        _paragraphs(
            words("elections.post.result", title=election.title),
            rule_in_words(election.rule, election.base, words),
            *(lines or [words("elections.card.nobody")]),
            words("elections.post.erased"),
        )
    )


def draw_base(election: ElectionRow, words: Words) -> Face:
    return Face(
        words(
            "elections.post.base",
            title=election.title,
            base=base_in_words(election.rule.counted, election.base, words),
            signatures=words.count("elections.rule.needed", election.needed),
        )
    )


def draw_preview(preview: Preview, words: Words) -> Face:
    """The rule in words, where it comes from, and what it does and doesn't mean."""
    rule, count = preview.rule, preview.count
    notes = [source_in_words(rule, words), words("elections.preview.declaration")]
    if count.is_provisional:
        notes.append(words("elections.preview.provisional"))
    if rule.needed(count.base) < STEP:
        notes.append(words("elections.preview.few"))
    sentence = rule_in_words(rule, count.base, words)
    return Face(
        _paragraphs(
            words("elections.preview.heading"),
            _titled(preview.plan.title, sentence, words),
            Html("\n".join(f"• {note}" for note in notes)),
        ),
        (
            (
                Button(words.plain("frame.button.publish"), Publish(preview.draft_id)),
                Button(words.plain("frame.button.cancel"), DropDraft(preview.draft_id)),
            ),
            (Button(words.plain("elections.button.rule"), RulePage(preview.draft_id)),),
        ),
    )


def draw_rule_page(preview: Preview, words: Words) -> Face:
    """Which share, and of whom; a rule of one's own is typed."""
    draft, rule = preview.draft_id, preview.rule
    shares = tuple(
        (
            Button(
                _marked(words.plain(f"elections.preset.{name}"), name == rule.source),
                ChooseRule(draft, name),
            ),
        )
        for name in PRESETS
    )
    kinds = tuple(
        Button(
            _marked(words.plain(f"elections.counted.{kind.value}"), kind is rule.counted),
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


def draw_stand_page(standing: Standing, words: Words) -> Face:
    """In which election, where there are several; otherwise whether they really want it."""
    drop = Button(words.plain("frame.button.cancel"), DropDraft(standing.draft_id))
    if len(standing.elections) > 1:
        choices = tuple(
            (Button(_short(row.title, _TITLE_IN_LABEL), StandInPage(standing.draft_id, row.id)),)
            for row in standing.elections
        )
        return Face(words("elections.stand.which", name=standing.name), (*choices, (drop,)))
    (election,) = standing.elections
    label = words.plain("elections.button.stand", name=_short(standing.name, _NAME_IN_LABEL))
    return Face(
        words("elections.stand.question", name=standing.name, title=election.title),
        ((Button(label, Stand(standing.draft_id, election.id)),), (drop,)),
    )


def draw_sign_page(view: OwnView, words: Words) -> Face:
    """Whom this person signed for; else whom they could sign for."""
    election = view.election
    if view.signed_for is not None:
        withdraw = Button(words.plain("elections.button.withdraw"), Withdraw(election.id))
        text = signed(election, view.signed_for, words)
        return Face(text, ((withdraw,),))
    if not election.candidates:
        return Face(words("elections.card.nobody"))
    if len(election.candidates) == 1:
        return draw_confirm_page(view, election.candidates[0], words)
    choices = tuple(
        (Button(candidate.name, ConfirmPage(election.id, candidate.id)),)
        for candidate in election.candidates
    )
    return Face(words("elections.sign.whom", title=election.title), choices)


def draw_confirm_page(view: OwnView, candidate: CandidateRow, words: Words, page: int = 0) -> Face:
    """The sentence that the signature stands for, and the buttons that say it: one for each building."""
    election = view.election
    if view.buildings:
        rows = _building_buttons(view, candidate, words, page)
    else:
        name = _short(election.recalled or candidate.name, _NAME_IN_LABEL)
        label = confirmation(election, name, words).plain()
        rows = [(Button(label, Sign(election.id, candidate.id)),)]
    if len(election.candidates) > 1:
        rows.append((Button(words.plain("frame.button.back"), SignPage(election.id)),))
    return Face(
        words(
            "elections.sign.confirm_building" if view.buildings else "elections.sign.confirm",
            title=election.title,
            sentence=sentence(election, candidate, words),
        ),
        tuple(rows),
    )


def _building_buttons(
    view: OwnView, candidate: CandidateRow, words: Words, page: int
) -> list[tuple[Button, ...]]:
    at = (view.election.id, candidate.id)
    first = page * _BUILDINGS_AT_ONCE
    rows: list[tuple[Button, ...]] = [
        (Button(f"🏠 {building.name}", SignInBuilding(*at, building.id)),)
        for building in view.buildings[first : first + _BUILDINGS_AT_ONCE]
    ]
    rows.append((Button(words.plain("elections.button.other_building"), Sign(*at)),))
    turns = []
    if page:
        turns.append(Button(words.plain("elections.button.previous"), BuildingsPage(*at, page - 1)))
    if first + _BUILDINGS_AT_ONCE < len(view.buildings):
        turns.append(Button(words.plain("elections.button.next"), BuildingsPage(*at, page + 1)))
    return [*rows, tuple(turns)] if turns else rows


def draw_manage_page(election: ElectionRow, words: Words) -> Face:
    rows = [(Button(words.plain("elections.button.close"), ClosePage(election.id)),)]
    if not election.is_frozen:
        freeze = Button(words.plain("elections.button.freeze"), FreezePage(election.id))
        rows.insert(0, (freeze,))
    return Face(words("elections.manage.question", title=election.title), tuple(rows))


def draw_freeze_page(election: ElectionRow, words: Words) -> Face:
    return Face(
        words(
            "elections.freeze.question",
            title=election.title,
            rule=rule_in_words(election.rule, election.base, words),
        ),
        (
            (Button(words.plain("elections.button.freeze_surely"), FreezeBase(election.id)),),
            (Button(words.plain("frame.button.back"), ManagePage(election.id)),),
        ),
    )


def draw_close_page(election: ElectionRow, words: Words) -> Face:
    return Face(
        words("elections.close.question", title=election.title),
        (
            (Button(words.plain("elections.button.close_surely"), CloseElection(election.id)),),
            (Button(words.plain("elections.button.keep"), ManagePage(election.id)),),
        ),
    )


def draw_list(listed: list[Listed], words: Words) -> Face:
    """Where every open election stands; in brief where all of it wouldn't fit into one message."""
    if not listed:
        return Face(words("elections.list.empty"))
    sections = [_in_full(item, words) for item in listed]
    if sum(_units(section) for section in sections) > _LIST_UNITS:
        sections = [_in_brief(item, words) for item in listed]
    return Face(_paragraphs(*sections, words("elections.card.how_to_stand")))


def _in_full(item: Listed, words: Words) -> Html:
    election = item.election
    parts = [_linked_heading(item, words)]
    for candidate in election.candidates:
        missing = election.needed - candidate.shown
        key, n = (
            ("elections.list.missing", missing) if missing > 0 else ("elections.list.reached", 0)
        )
        state = words.count(key, n) if n else words(key)
        parts.append(Html(f"{_progress(election, candidate, words)}\n{state}"))
    return _paragraphs(*parts, *([] if election.candidates else [words("elections.card.nobody")]))


def _in_brief(item: Listed, words: Words) -> Html:
    candidates = words.count("elections.list.candidates", len(item.election.candidates))
    return Html(f"{_linked_heading(item, words)}\n{candidates}")


def _linked_heading(item: Listed, words: Words) -> Html:
    """The heading, leading to the card where Telegram has links."""
    election = item.election
    title: str | Html = election.title
    if item.link:
        title = Html(
            f'<a href="{item.link}">{words("elections.list.title", title=election.title)}</a>'
        )
    return _titled(title, rule_in_words(election.rule, election.base, words), words)


def _heading(election: ElectionRow, words: Words) -> Html:
    return _titled(election.title, rule_in_words(election.rule, election.base, words), words)


def _titled(title: str | Html, rule: Html, words: Words) -> Html:
    return words("elections.card.heading", title=title, rule=rule)


def _progress(election: ElectionRow, candidate: CandidateRow, words: Words) -> Html:
    needed, shown = election.needed, candidate.shown
    cells = bar(shown, needed, _CELLS)
    if shown:
        number = words.number(shown)
    else:
        number = words("elections.progress.few", n=words.number(min(STEP, needed)))
    return words(
        "elections.progress.reached" if candidate.reached else "elections.progress.under_way",
        name=candidate.name,
        bar=_FULL * cells + _EMPTY * (_CELLS - cells),
        number=number,
        needed=words.number(needed),
    )


def _paragraphs(*parts: Html) -> Html:
    return Html("\n\n".join(parts))


def _marked(label: str, is_chosen: bool) -> str:
    return f"✓ {label}" if is_chosen else label


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _units(text: Html) -> int:
    """The length as Telegram counts it, in UTF-16 units without markup."""
    return len(text.plain().encode("utf-16-le")) // 2
