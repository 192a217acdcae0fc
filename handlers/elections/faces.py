"""What people see of elections: the card, the posts about it, the pages around it.

Every number here is the public one.
"""

from __future__ import annotations

from bot.domain.elections.paper.ledger import counts_online
from bot.domain.elections.plan import MOST_CANDIDATES
from bot.domain.elections.rule import PRESETS, Counted
from bot.domain.elections.thresholds import STEP, bar
from bot.message.face import Button, Face, chosen, shortened
from bot.message.words import Html, Words, paragraphs
from bot.rule_words import base_in_words, rule_in_words, source_in_words
from handlers.elections.beginning import Preview
from handlers.elections.bulletins.payloads import ProofPage
from handlers.elections.candidates import faces as candidates_faces
from handlers.elections.candidates.payloads import ElectorsPage, WithdrawFrom
from handlers.elections.ending.faces import draft_deadline_row, manage_rows
from handlers.elections.ending_lines import (
    line_of_counting,
    lines_after,
    lines_of_candidate,
    lines_while_open,
    moment_in_words,
)
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
from handlers.elections.use_cases import Reached, Standing
from handlers.elections.wording import confirmation, is_over, recall_reached, sentence, signed
from storage.elections.elections import Candidate, Election

_CELLS = 10
_FULL, _EMPTY = "▰", "▱"
_NAME_IN_LABEL = 40
_TITLE_IN_LABEL = 60
_BUILDINGS_AT_ONCE = 8


def draw_card(election: Election, words: Words) -> Face:
    if election.is_deleted:
        return Face(words("ending.card.deleted"))
    parts = [
        _heading(election, words),
        *(draw_progress(election, c, words) for c in election.candidates),
        *line_of_counting(election, words),
    ]
    manage = Button(words.plain("elections.button.manage"), ManagePage(election.id))
    if not election.is_open:
        over = (is_over(election, words), *lines_after(election, words))
        return Face(paragraphs(*parts, *over), ((manage,),))
    parts += lines_while_open(election, words)
    if election.is_provisional and not election.is_frozen:
        parts.insert(1, words("elections.card.provisional"))
    if not election.candidates:
        parts.append(words("elections.card.nobody"))
    if len(election.candidates) < MOST_CANDIDATES and election.recalled is None:
        parts.append(words("elections.card.how_to_stand"))
    if not election.candidates:
        return Face(paragraphs(*parts), ((manage,),))
    parts.append(words("elections.card.note"))
    parts += candidates_faces.exceptions(election, words)
    sign = Button(words.plain("elections.button.sign"), SignPage(election.id))
    return Face(
        paragraphs(*parts), ((sign,), *candidates_faces.who_button(election, words), (manage,))
    )


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


def draw_base(election: Election, words: Words) -> Face:
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
    notes += candidates_faces.electors_in_words(preview.plan, words)
    if preview.plan.closes_at is not None:
        moment = moment_in_words(preview.plan.closes_at, preview.timezone, words)
        notes.append(words("ending.preview.closes", moment=moment))
    sentence = rule_in_words(rule, count.base, words)
    return Face(
        paragraphs(
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


def draw_stand_page(standing: Standing, words: Words) -> Face:
    """In which election, where there are several; otherwise whether they really want it."""
    drop = Button(words.plain("frame.button.cancel"), DropDraft(standing.draft_id))
    if len(standing.elections) > 1:
        choices = tuple(
            (Button(shortened(row.title, _TITLE_IN_LABEL), StandInPage(standing.draft_id, row.id)),)
            for row in standing.elections
        )
        return Face(words("elections.stand.which", name=standing.name), (*choices, (drop,)))
    (election,) = standing.elections
    label = words.plain("elections.button.stand", name=shortened(standing.name, _NAME_IN_LABEL))
    return Face(
        paragraphs(
            *candidates_faces.statement(standing.statement, words),
            words("elections.stand.question", name=standing.name, title=election.title),
        ),
        ((Button(label, Stand(standing.draft_id, election.id)),), (drop,)),
    )


def draw_sign_page(view: OwnView, words: Words) -> Face:
    """Whom this person signed for; else whom they could sign for."""
    election = view.election
    if view.signed_for is not None:
        press = (
            WithdrawFrom(election.id, view.signed_for.id)
            if election.for_each
            else Withdraw(election.id)
        )
        withdraw = Button(words.plain("elections.button.withdraw"), press)
        proof = Button(
            words.plain("bulletins.button.proof"), ProofPage(election.id, view.signed_for.id)
        )
        text = signed(election, view.signed_for, words)
        back = candidates_faces.back_to_ballot(election, words)
        return Face(text, ((withdraw,), (proof,), *back))
    if not election.candidates:
        return Face(words("elections.card.nobody"))
    if len(election.candidates) == 1:
        return draw_confirm_page(view, election.candidates[0], words)
    if election.for_each:
        return candidates_faces.draw_ballot(view, words)
    choices = tuple(
        (Button(candidate.name, ConfirmPage(election.id, candidate.id)),)
        for candidate in election.candidates
    )
    return Face(words("elections.sign.whom", title=election.title), choices)


def draw_confirm_page(view: OwnView, candidate: Candidate, words: Words, page: int = 0) -> Face:
    """The sentence that the signature stands for, and the buttons that say it: one for each building."""
    election = view.election
    if view.buildings:
        rows = _building_buttons(view, candidate, words, page)
    else:
        name = shortened(election.recalled or candidate.name, _NAME_IN_LABEL)
        label = confirmation(election, name, words).plain()
        rows = [(Button(label, Sign(election.id, candidate.id)),)]
    if len(election.candidates) > 1:
        rows.append((Button(words.plain("frame.button.back"), SignPage(election.id)),))
    key = "confirm_building" if view.buildings else "confirm"
    question = words(
        f"candidates.sign.{key}" if election.for_each else f"elections.sign.{key}",
        title=election.title,
        sentence=sentence(election, candidate, words),
    )
    statement = candidates_faces.statement(candidate.statement, words, name=candidate.name)
    return Face(paragraphs(*statement, question), tuple(rows))


def _building_buttons(
    view: OwnView, candidate: Candidate, words: Words, page: int
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
        turns.append(Button(words.plain("frame.button.previous"), BuildingsPage(*at, page - 1)))
    if first + _BUILDINGS_AT_ONCE < len(view.buildings):
        turns.append(Button(words.plain("frame.button.next"), BuildingsPage(*at, page + 1)))
    return [*rows, tuple(turns)] if turns else rows


def draw_manage_page(election: Election, words: Words) -> Face:
    rows: list[tuple[Button, ...]] = []
    if election.is_open:
        rows.append(candidates_faces.newcomers_row(election, words))
    if not election.is_frozen:
        rows.append((Button(words.plain("elections.button.freeze"), FreezePage(election.id)),))
    if election.is_open:
        rows.append((Button(words.plain("elections.button.close"), ClosePage(election.id)),))
    rows.extend(manage_rows(election, words))
    question = words("elections.manage.question", title=election.title)
    return Face(
        paragraphs(*candidates_faces.managing_notes(election, words), question), tuple(rows)
    )


def draw_freeze_page(election: Election, words: Words) -> Face:
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


def draw_close_page(election: Election, words: Words) -> Face:
    return Face(
        words("elections.close.question", title=election.title),
        (
            (Button(words.plain("elections.button.close_surely"), CloseElection(election.id)),),
            (Button(words.plain("elections.button.keep"), ManagePage(election.id)),),
        ),
    )


def _heading(election: Election, words: Words) -> Html:
    return _titled(election.title, rule_in_words(election.rule, election.base, words), words)


def _titled(title: str | Html, rule: Html, words: Words) -> Html:
    return words("elections.card.heading", title=title, rule=rule)


def draw_progress(election: Election, candidate: Candidate, words: Words) -> Html:
    """A candidate with the public number that counts, as a bar and in digits."""
    needed, counted = election.needed, candidate.counted
    cells = bar(counted, needed, _CELLS)
    if counted or not counts_online(election.counted_by):
        number = words.number(counted)
    else:
        number = words("elections.progress.few", n=words.number(min(STEP, needed)))
    progress = words(
        "elections.progress.reached" if candidate.reached else "elections.progress.under_way",
        name=candidate.name,
        bar=_FULL * cells + _EMPTY * (_CELLS - cells),
        number=number,
        needed=words.number(needed),
    )
    return Html("\n".join([progress, *lines_of_candidate(election, candidate, words)]))
