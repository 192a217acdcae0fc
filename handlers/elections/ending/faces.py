"""What people see of an election's end: acts that wait, deadlines, the result, the questions before."""

from __future__ import annotations

from bot.domain.elections.acts import KEPT_DAYS, LET, Act, ActState, DeadlinePreset
from bot.domain.elections.paper.ledger import CountedBy
from bot.message.face import Attachment, Button, Drawing, Face, in_rows
from bot.message.labels import chosen, fitted, named
from bot.message.words import LANGUAGE_NAMES, Html, Words, paragraphs
from handlers.elections.card.payloads import ManagePage, MorePage
from handlers.elections.ending.certificate import draw_certificate
from handlers.elections.ending.certificate_words import certificate_face
from handlers.elections.ending.payloads import (
    Certificate,
    CertificatePage,
    ClosedPage,
    CloseElection,
    ConfirmAct,
    DeadlinePage,
    DeleteElection,
    FileCandidate,
    Forget,
    ForgetPage,
    FreezeBase,
    KeepPage,
    LeaveTyping,
    SaveDeadline,
    SetDeadline,
    SetKept,
    StopAct,
    Strike,
    StrikeNamePage,
    StrikePage,
    TypeDeadlinePage,
)
from handlers.elections.ending.result import Closed, Outcome
from handlers.elections.ending.use_cases import ActSeen, Typed
from handlers.elections.heart import wording
from handlers.elections.heart.lines import (
    deadline_in_words,
    draw_progress,
    lines_after,
    moment_in_words,
    until_in_words,
)
from handlers.elections.heart.reach import OfCandidate
from handlers.elections.heart.wording import base_in_words, rule_in_words
from handlers.elections.progress.payloads import FIRST_LOOK, PicturePage
from handlers.elections.representatives.payloads import ListPage, OfferPage
from storage.elections.acts import PendingAct
from storage.elections.candidates import Candidate
from storage.elections.elections import Election

_CAPTION = 900
"""Telegram takes 1,024 beneath a file; the rest is for a note that it comes late or again."""


def draw_act(seen: ActSeen, words: Words) -> Face:
    """What is wanted and until when it can be agreed to or stopped; in the end, what came of it."""
    act = seen.act
    if act.state is not ActState.WAITING:
        return draw_act_over(seen, words)
    yes = Button(words.plain("ending.button.agree"), ConfirmAct(act.id))
    no = Button(words.plain("ending.button.stop"), StopAct(act.id))
    how = _how_it_is_decided(act)
    text = words(f"ending.act.{how}", moment=_decided_by(seen, words))
    return Face(paragraphs(_wanted(seen, words), text), ((no,) if how == "alone" else (yes, no),))


def draw_act_page(seen: ActSeen, words: Words) -> Face:
    """For whoever tapped there and doesn't decide it: who does, and what happens by itself."""
    act = seen.act
    if act.state is not ActState.WAITING:
        return draw_act_over(seen, words)
    key = f"ending.act.page.{_how_it_is_decided(act)}"
    text = words(key, moment=_decided_by(seen, words))
    return Face(paragraphs(_wanted(seen, words), text, words("ending.act.page.you")))


def draw_act_over(seen: ActSeen, words: Words) -> Face:
    return Face(paragraphs(_wanted(seen, words), words(f"ending.act.{seen.act.state.value}")))


def _how_it_is_decided(act: PendingAct) -> str:
    """By a second organiser, alone after a day, or either."""
    if not act.has_first or (act.runs_alone and act.act is not Act.BASE):
        return "alone"
    return "either" if act.act is Act.BASE else "second"


def _decided_by(seen: ActSeen, words: Words) -> Html:
    in_words = deadline_in_words if _how_it_is_decided(seen.act) == "second" else moment_in_words
    return in_words(seen.act.due_at, seen.election, words)


def _wanted(seen: ActSeen, words: Words) -> Html:
    """What an organiser wanted, under the election's title while it has one."""
    act, election = seen.act, seen.election
    key = f"ending.act.wanted.{act.act.value}"
    if act.act in _SAID_WITH_WHAT:
        wanted = _with_what(seen, words)
    elif act.act is Act.DEADLINE and act.moment is not None:
        moment = until_in_words(act.moment.at, act.moment.zone, election.today, words)
        wanted = words(key, moment=moment)
    elif act.act is Act.BASE and seen.base is not None:
        wanted = words(key, base=base_in_words(election.rule.counted, seen.base, words))
    elif act.act is Act.BASE:
        wanted = words("ending.act.wanted_base")
    else:
        wanted = words(key)
    if election.is_deleted:
        return wanted
    return Html(f"{words('ending.act.heading', title=election.title)}\n{wanted}")


_SAID_WITH_WHAT = (Act.NEWCOMERS, Act.KEPT, Act.COUNTED_BY, Act.ACCEPTED, Act.STRIKE)


def _with_what(seen: ActSeen, words: Words) -> Html:
    """What is wanted, where the act's name alone doesn't say it."""
    act, what = seen.act.act, seen.act.parameter or ""
    if act in (Act.ACCEPTED, Act.STRIKE) and seen.name is None:
        return words(f"ending.act.wanted.{act.value}_gone")
    match act:
        case Act.NEWCOMERS:
            return words(f"ending.act.wanted.{'newcomers' if what == LET else 'bar'}")
        case Act.KEPT:
            days = words.count("ending.keep.days", int(what))
            return words(f"ending.act.wanted.{'kept' if int(what) else 'forget'}", days=days)
        case Act.COUNTED_BY:
            counted = words(f"paper.counts.{CountedBy(what).value}")
            return words("ending.act.wanted.counted_by", what=counted)
        case Act.ACCEPTED:
            number = words.number(int(what))
            return words("ending.act.wanted.accepted", name=seen.name, number=number)
        case _:
            return words("ending.act.wanted.strike", name=seen.name)


def draw_moved_deadline(election: Election, words: Words) -> Face:
    if election.closes_at is None:
        return Face(words("ending.post.no_deadline", title=election.title))
    moment = deadline_in_words(election.closes_at, election, words)
    return Face(words("ending.post.deadline", title=election.title, moment=moment))


def draw_reminder(election: Election, words: Words) -> Face:
    """When signing closes, and how many are still missing by the public numbers."""
    assert election.closes_at is not None  # noqa: S101 - loaded only where there is a deadline
    moment = deadline_in_words(election.closes_at, election, words)
    lines = [
        words("ending.post.reminder_line", name=one.name, state=_missing(election, one, words))
        for one in election.candidates
    ]
    return Face(
        paragraphs(
            words("ending.post.reminder", title=election.title, moment=moment),
            Html("\n".join(lines)) if lines else words("elections.card.nobody"),
        )
    )


def _missing(election: Election, candidate: Candidate, words: Words) -> Html:
    if candidate.reached:
        return words("elections.list.reached")
    return words.count("elections.list.missing", election.needed - candidate.counted)


def draw_undone(found: OfCandidate, words: Words) -> Face:
    return Face(wording.undone(found.election, found.candidate, words))


def draw_filed(found: OfCandidate, words: Words) -> Face:
    return Face(wording.filed(found.election, found.candidate, words))


def draw_deleted(_election: Election, words: Words) -> Face:
    return Face(words("ending.post.deleted"))


def draw_result(found: Outcome, words: Words) -> Face:
    """The numbers, what they mean, and the certificate beneath."""
    election = found.election
    heading = wording.result_heading(election, words)
    rule = rule_in_words(election.rule, election.base, words)
    closing = [*lines_after(election, words), words("ending.result.thanks")]
    # Who was recalled plans nothing that could be forbidden.
    if election.recalled is None and any(one.reached for one in election.candidates):
        closing[:0] = [words("ending.recognition"), words("ending.result.office")]
    lines = [draw_progress(election, candidate, words) for candidate in election.candidates]
    numbers = lines or [words("ending.print.nobody")]
    text = paragraphs(heading, rule, *numbers, *closing)
    if text.units() > _CAPTION:
        reached = sum(candidate.reached for candidate in election.candidates)
        brief = words.count("ending.result.brief", len(lines), reached=words.number(reached))
        text = paragraphs(heading, brief, *closing)
    return Face(text, _buttons_of_result(election, words), attachment=_attachment(found, words))


def _buttons_of_result(election: Election, words: Words) -> tuple[tuple[Button, ...], ...]:
    """What everybody may do, and what is more for this or that reader."""
    more = Button(words.plain("frame.button.more"), ClosedPage(election.id))
    if not election.candidates:
        return ((more,),)
    picture = PicturePage(election.id, FIRST_LOOK)
    return ((Button(words.plain("progress.button.picture"), picture), more),)


def draw_closed(closed: Closed, words: Words, *, is_organiser: bool) -> Face:
    """That it is over, and what comes next for this reader: first of all the office, where somebody was
    elected."""
    election = closed.election
    parts = [words("ending.closed.page", title=election.title)]
    if closed.to_offer:
        parts.append(words(f"ending.closed.{'offer' if is_organiser else 'wait'}"))
    rows = _of_organisers(closed, words) if is_organiser else []
    listed = ListPage(election.chat_id, 0)
    rows.append((Button(words.plain("representatives.button.list"), listed),))
    rows.append((Button(words.plain("frame.button.back"), MorePage(election.id)),))
    return Face(paragraphs(*parts), tuple(rows))


def _of_organisers(closed: Closed, words: Words) -> list[tuple[Button, ...]]:
    election = closed.election
    rows: list[tuple[Button, ...]] = [
        (Button(named(words, "representatives.button.offer_to", name=one.name), OfferPage(one.id)),)
        for one in closed.to_offer
    ]
    certificate = Button(words.plain("ending.button.certificate"), CertificatePage(election.id))
    rows.append((certificate,))
    if not election.is_erased:
        rows.append((Button(words.plain("ending.button.keep"), KeepPage(election.id)),))
    return rows


def draw_certificate_page(found: Outcome, words: Words) -> Face:
    languages = [
        Button(name, Certificate(found.election.id, language))
        for language, name in LANGUAGE_NAMES.items()
    ]
    text = words("ending.certificate.question", title=found.election.title)
    return Face(text, (*in_rows(languages, 2), _back(found.election, words)))


def draw_certificate_file(found: Outcome, words: Words) -> Face:
    """The certificate in the language of `words`."""
    text = words("ending.certificate.caption", title=found.election.title)
    return Face(text, attachment=_attachment(found, words))


def _attachment(found: Outcome, words: Words) -> Attachment:
    drawing = Drawing(draw_certificate, certificate_face(found, words))
    return Attachment(f"certificate-{found.election.id}-{words.language}.pdf", drawing)


def draw_deadline_page(election: Election, words: Words) -> Face:
    """When signing closes now, and when else it could."""
    if election.closes_at is None:
        now = words("ending.deadline.none_yet", title=election.title)
    else:
        moment = deadline_in_words(election.closes_at, election, words)
        now = words("ending.deadline.now", title=election.title, moment=moment)
    presets = tuple(
        (Button(words.plain(f"ending.preset.{preset.value}"), SetDeadline(election.id, preset)),)
        for preset in DeadlinePreset
        if preset is not DeadlinePreset.NONE or election.closes_at is not None
    )
    typed = Button(words.plain("ending.button.type"), TypeDeadlinePage(election.id))
    return Face(
        paragraphs(now, words("ending.deadline.question")),
        (*presets, (typed,), _back(election, words)),
    )


def draw_typing(draft_id: int, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), LeaveTyping(draft_id))
    return Face(words("ending.deadline.type"), ((back,),))


def draw_typed_page(found: Typed, words: Words) -> Face:
    """The typed moment in full, before it counts."""
    election = found.election
    moment = until_in_words(found.closes.at, found.closes.zone, election.today, words)
    save = Button(words.plain("frame.button.save"), SaveDeadline(found.draft_id))
    again = Button(words.plain("frame.button.back"), DeadlinePage(election.id))
    text = words("ending.deadline.typed", title=election.title, moment=moment)
    return Face(text, ((save,), (again,)))


def draw_file_page(found: OfCandidate, words: Words) -> Face:
    text = wording.filing(found.election, found.candidate, words)
    surely = Button(words.plain("ending.button.filed_surely"), FileCandidate(found.candidate.id))
    return Face(text, ((surely,), _back(found.election, words)))


def draw_keep_page(election: Election, words: Words) -> Face:
    """How long who signed is remembered; once the election is over, also the way to forget at once."""
    choices = tuple(
        Button(
            chosen(_days(days, words), days == election.kept_days),
            SetKept(election.id, days),
        )
        for days in KEPT_DAYS
        if days or election.is_open
    )
    rows = [choices[:2], choices[2:]]
    if not election.is_open:
        now = Button(words.plain("ending.button.forget"), ForgetPage(election.id))
        rows.append((now,))
    text = words("ending.keep.question", title=election.title)
    return Face(text, (*rows, _back(election, words)))


def _days(days: int, words: Words) -> str:
    if not days:
        return words.plain("ending.keep.at_once")
    return words.count("ending.keep.days", days).plain()


def draw_forget_page(election: Election, words: Words) -> Face:
    surely = Button(words.plain("ending.button.forget_surely"), Forget(election.id))
    text = words("ending.forget.question", title=election.title)
    return Face(text, ((surely,), _back(election, words)))


def draw_erase_page(found: tuple[Election, ...], words: Words) -> Face:
    rows = tuple((Button(fitted(row.title), ForgetPage(row.id)),) for row in found)
    return Face(words("ending.forget.which"), rows)


def draw_delete_page(election: Election, words: Words) -> Face:
    surely = Button(words.plain("ending.button.delete_surely"), DeleteElection(election.id))
    text = words("ending.delete.question", title=election.title)
    return Face(text, ((surely,), _back(election, words)))


def draw_strike_page(election: Election, words: Words) -> Face:
    """Which of the candidates."""
    rows = tuple((Button(fitted(one.name), StrikeNamePage(one.id)),) for one in election.candidates)
    text = words("ending.strike.which", title=election.title)
    return Face(text, (*rows, _back(election, words)))


def draw_strike_name_page(found: OfCandidate, words: Words) -> Face:
    """What striking does, before it is asked for."""
    name, title = found.candidate.name, found.election.title
    surely = Button(words.plain("ending.button.strike_surely"), Strike(found.candidate.id))
    back = Button(words.plain("frame.button.back"), StrikePage(found.election.id))
    return Face(words("ending.strike.question", name=name, title=title), ((surely,), (back,)))


def _back(election: Election, words: Words) -> tuple[Button, ...]:
    return (Button(words.plain("frame.button.back"), ManagePage(election.id)),)


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
            (Button(words.plain("elections.button.keep"), MorePage(election.id)),),
        ),
    )
