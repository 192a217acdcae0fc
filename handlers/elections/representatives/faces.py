"""What people see of representatives: the lists, one office, the posts about it."""

from __future__ import annotations

from bot.domain.elections.rule import rule_from_json
from bot.domain.elections.terms import in_years
from bot.domain.paging import paging
from bot.message.face import Button, Face, shortened
from bot.message.labels import fitted, fitted_inside
from bot.message.turning import turning
from bot.message.words import Words, paragraphs
from handlers.elections.heart.lines import until_in_words
from handlers.elections.heart.wording import rule_in_words
from handlers.elections.representatives.last_day import read_until
from handlers.elections.representatives.office_words import (
    buildings_in_words,
    office_in_words,
    past_in_words,
    term_in_words,
)
from handlers.elections.representatives.payloads import (
    AddPage,
    BeginRecall,
    BuildingsPage,
    ChooseAllBuildings,
    ChooseBuilding,
    DeclineOffice,
    DropDraft,
    ForgetOffice,
    ForgetPage,
    LeaveUntil,
    ListPage,
    NameHolder,
    OfferOffice,
    OfferPage,
    OfficePage,
    PastPage,
    RecallPage,
    StepDown,
    StepDownPage,
    TakeOffice,
    UntilPage,
    WithdrawOffer,
    WithdrawPage,
)
from handlers.elections.representatives.reading import (
    Choice,
    Electable,
    Elected,
    Listing,
    OfficeView,
)
from handlers.elections.representatives.recalling import Recall
from handlers.elections.representatives.use_cases import Awaited, Offered
from storage.elections.elections import Election
from storage.elections.representatives import Office, OfficeState

_OFFICES_AT_ONCE = 5
_LINES_AT_ONCE = 8
_TITLE_IN_LIST = 60
_NAME_BEFORE_TITLE = 18
_YEARS = (1, 2)
"""Terms of so many years needn't be typed."""

Rows = list[tuple[Button, ...]]


def draw_list(listing: Listing, words: Words, page: int, *, is_organiser: bool) -> Face:
    """Who represents the chat. The same buttons for all, but for organisers: it may be seen by others."""
    shown = paging(len(listing.offices), page, _OFFICES_AT_ONCE)
    offices = shown.part(listing.offices)
    rows: Rows = [(Button(fitted(row.name), OfficePage(row.id)),) for row in offices]
    rows += turning(shown, lambda turned: ListPage(listing.chat_id, turned), words)
    if listing.has_past:
        past = words.plain("representatives.button.past")
        rows.append((Button(past, PastPage(listing.chat_id, 0)),))
    if is_organiser and len(held := [one for one in offices if one.since is not None]) == 1:
        recall = words.plain("representatives.button.recall")
        rows.append((Button(recall, RecallPage(held[0].id)),))
    if is_organiser:
        add = words.plain("representatives.button.add")
        rows.append((Button(add, AddPage(listing.chat_id, 0)),))
    if not listing.offices:
        return Face(words("representatives.list.empty"), tuple(rows))
    parts = [
        words("representatives.list.heading"),
        *(office_in_words(row, words, shortened(row.title, _TITLE_IN_LIST)) for row in offices),
        words("representatives.list.more"),
        words("representatives.note"),
    ]
    return Face(paragraphs(*parts), tuple(rows))


def draw_past(listing: Listing, words: Words, page: int, *, is_organiser: bool) -> Face:
    """Who represented it before; organisers may erase lines."""
    shown = paging(len(listing.offices), page, _LINES_AT_ONCE)
    offices = shown.part(listing.offices)
    rows: Rows = []
    if is_organiser:
        rows = [(Button(fitted(f"🗑 {row.name}"), ForgetPage(row.id)),) for row in offices]
    rows += turning(shown, lambda turned: PastPage(listing.chat_id, turned), words)
    rows.append((Button(words.plain("frame.button.back"), ListPage(listing.chat_id, 0)),))
    lines = [past_in_words(row, words) for row in offices]
    return Face(paragraphs(words("representatives.past.heading"), *lines), tuple(rows))


def draw_office(view: OfficeView, words: Words, *, is_organiser: bool) -> Face:
    """One office: what it is, and what this person may do about it."""
    office = view.office
    back = (Button(words.plain("frame.button.back"), ListPage(office.chat_id, 0)),)
    if office.state is OfficeState.ENDED:
        return Face(past_in_words(office, words), (back,))
    parts = [office_in_words(office, words, office.title)]
    if office.state is OfficeState.HELD:
        rows = _buttons_of_held(view, words, is_organiser=is_organiser)
        if view.is_own:
            parts.append(words("representatives.page.yours"))
        elif not is_organiser:
            parts.append(words("representatives.page.recall"))
    else:
        rows = _buttons_of_offered(view, words, is_organiser=is_organiser)
        parts.append(words(f"representatives.page.{_standing_of_offer(view)}"))
    parts.append(words("representatives.note"))
    return Face(paragraphs(*parts), (*rows, back))


def draw_add(found: Electable, words: Words, page: int) -> Face:
    """Whom the office could be offered to."""
    shown = paging(len(found.candidates), page, _LINES_AT_ONCE)
    rows: Rows = [
        (
            Button(
                fitted(f"{shortened(each.name, _NAME_BEFORE_TITLE)} · {each.title}"),
                OfferPage(each.candidate_id),
            ),
        )
        for each in shown.part(found.candidates)
    ]
    rows += turning(shown, lambda turned: AddPage(found.chat_id, turned), words)
    rows.append((Button(words.plain("frame.button.back"), ListPage(found.chat_id, 0)),))
    key = "representatives.add.question" if found.candidates else "representatives.add.empty"
    return Face(words(key), tuple(rows))


def draw_offer(found: Elected, words: Words) -> Face:
    """For how long. A term on a button is offered at once: it says all of itself, and can be taken back."""
    candidate = found.candidate_id
    rows: Rows = []
    for years in _YEARS:
        last_day = in_years(found.today, years)
        term = words.count("representatives.term.years", years, day=words.numbers_of_day(last_day))
        rows.append((Button(term.plain(), OfferOffice(candidate, last_day.isoformat())),))
    other_day = words.plain("representatives.button.other_day")
    no_end = words.plain("representatives.button.no_end")
    back = words.plain("frame.button.back")
    rows += [
        (Button(no_end, OfferOffice(candidate, "")),),
        (Button(other_day, UntilPage(candidate)),),
        (Button(back, AddPage(found.chat_id, 0)),),
    ]
    text = words("representatives.offer.question", name=found.name, title=found.title)
    return Face(text, tuple(rows))


def draw_until(awaited: Awaited, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), LeaveUntil(awaited.draft_id))
    question = words("representatives.until.ask", name=awaited.name, year=awaited.year)
    return Face(question, ((back,),))


def draw_offer_until(found: Elected, until: str, words: Words) -> Face:
    """The term in full, before the office is offered."""
    last_day = read_until(until)
    term = words("representatives.term.none")
    if last_day is not None:
        term = words("representatives.term.until", day=words.date(last_day))
    offer = Button(
        words.plain("representatives.button.offer"), OfferOffice(found.candidate_id, until)
    )
    other = Button(words.plain("representatives.button.other_term"), OfferPage(found.candidate_id))
    question = words("representatives.offer.confirm", name=found.name, title=found.title, term=term)
    return Face(question, ((offer,), (other,)))


def draw_holder(offered: Offered, words: Words) -> Face:
    """Which office is for the neighbour to whom an organiser replied?"""
    rows = [
        (Button(fitted(row.name), NameHolder(offered.draft_id, row.id)),) for row in offered.offices
    ]
    drop = Button(words.plain("frame.button.cancel"), DropDraft(offered.draft_id))
    return Face(words("representatives.holder.question"), (*rows, (drop,)))


def draw_withdraw(view: OfficeView, words: Words) -> Face:
    office = view.office
    surely = words.plain("representatives.button.withdraw_surely")
    return Face(
        words("representatives.withdraw.question", name=office.name),
        ((Button(surely, WithdrawOffer(office.id)),), (_back_to(office, words),)),
    )


def draw_step_down(view: OfficeView, words: Words) -> Face:
    office = view.office
    surely = words.plain("representatives.button.step_down_surely")
    return Face(
        words("representatives.step_down.question", title=office.title),
        ((Button(surely, StepDown(office.id)),), (_back_to(office, words),)),
    )


def draw_forget(view: OfficeView, words: Words) -> Face:
    office = view.office
    surely = words.plain("representatives.button.forget_surely")
    back = Button(words.plain("frame.button.back"), PastPage(office.chat_id, 0))
    return Face(
        words("representatives.forget.question", name=office.name),
        ((Button(surely, ForgetOffice(office.id)),), (back,)),
    )


def draw_buildings(choice: Choice, words: Words, page: int) -> Face:
    """Each building on a button, marked where the office is for it."""
    office = choice.office
    shown = paging(len(choice.buildings), page, _LINES_AT_ONCE)
    rows: Rows = [
        (
            Button(
                fitted_inside(f"✓ {name}" if is_chosen else f"🏠 {name}"),
                ChooseBuilding(office.id, building_id, not is_chosen, page),
            ),
        )
        for building_id, name, is_chosen in shown.part(choice.buildings)
    ]
    rows += turning(shown, lambda turned: BuildingsPage(office.id, turned), words)
    if office.buildings is not None:
        whole = words.plain("representatives.button.all_buildings")
        rows.append((Button(whole, ChooseAllBuildings(office.id)),))
    rows.append((_back_to(office, words),))
    if not choice.buildings:
        return Face(words("representatives.buildings.empty"), tuple(rows))
    for_whom = buildings_in_words(office, words)
    question = words("representatives.buildings.question", name=office.name, buildings=for_whom)
    return Face(question, tuple(rows))


def draw_recall(recall: Recall, words: Words) -> Face:
    """The rule, before neighbours are asked to sign."""
    rule = rule_in_words(recall.rule, recall.count.base, words)
    parts = [words("recall.question", name=recall.name, rule=rule)]
    if recall.closes is not None:
        moment = until_in_words(recall.closes.at, recall.closes.zone, recall.today, words)
        parts.append(words("recall.deadline", moment=moment))
    return Face(
        paragraphs(*parts),
        (
            (Button(words.plain("recall.button.begin"), BeginRecall(recall.office_id)),),
            (Button(words.plain("frame.button.back"), OfficePage(recall.office_id)),),
        ),
    )


def draw_offered(office: Office, words: Words) -> Face:
    """Neighbours signed, an organiser offers: whoever stood can answer."""
    rule = rule_in_words(rule_from_json(office.rule), office.base, words)
    text = words(
        "representatives.post.offered",
        name=office.name,
        title=office.title,
        rule=rule,
        term=term_in_words(office, words),
    )
    return Face(text, ((_me(office, words),),))


def draw_named(office: Office, words: Words) -> Face:
    text = words("representatives.post.named", name=office.name, title=office.title)
    return Face(text, ((_me(office, words),),))


def draw_taken(office: Office, words: Words) -> Face:
    text = words("representatives.post.taken", name=office.name, title=office.title)
    about = Button(words.plain("representatives.button.about"), OfficePage(office.id))
    return Face(
        paragraphs(text, term_in_words(office, words), words("representatives.post.note")),
        ((about,),),
    )


def draw_ended(office: Office, words: Words) -> Face:
    """How it ended, by what ended it; an offer that ran out was no office yet."""
    how = office.ended_by.value if office.ended_by else ""
    if how == "term" and office.since is None:
        how = "lapsed"
    return Face(words(f"representatives.post.{how}", name=office.name, title=office.title))


def draw_failed(election: Election, words: Words) -> Face:
    return Face(words("recall.post.failed", name=election.recalled))


def _buttons_of_held(view: OfficeView, words: Words, *, is_organiser: bool) -> Rows:
    office_id, rows = view.office.id, list[tuple[Button, ...]]()
    if is_organiser:
        buildings = words.plain("representatives.button.buildings")
        recall = words.plain("representatives.button.recall")
        rows.append((Button(buildings, BuildingsPage(office_id, 0)),))
        rows.append((Button(recall, RecallPage(office_id)),))
    if view.is_own:
        leave = words.plain("representatives.button.step_down")
        rows.append((Button(leave, StepDownPage(office_id)),))
    return rows


def _buttons_of_offered(view: OfficeView, words: Words, *, is_organiser: bool) -> Rows:
    office_id, rows = view.office.id, list[tuple[Button, ...]]()
    if view.is_own:
        take = words.plain("representatives.button.take")
        decline = words.plain("representatives.button.decline")
        rows.append((Button(take, TakeOffice(office_id)),))
        rows.append((Button(decline, DeclineOffice(office_id)),))
    if is_organiser:
        buildings = words.plain("representatives.button.buildings")
        withdraw = words.plain("representatives.button.withdraw")
        rows.append((Button(buildings, BuildingsPage(office_id, 0)),))
        rows.append((Button(withdraw, WithdrawPage(office_id)),))
    return rows


def _standing_of_offer(view: OfficeView) -> str:
    if view.is_own:
        return "offered"
    return "erased" if view.is_unknown else "waiting"


def _me(office: Office, words: Words) -> Button:
    return Button(words.plain("representatives.button.me"), OfficePage(office.id))


def _back_to(office: Office, words: Words) -> Button:
    return Button(words.plain("frame.button.back"), OfficePage(office.id))
