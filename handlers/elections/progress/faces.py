"""How elections stand, in words and as a picture. Every number here is the public one."""

from __future__ import annotations

from dataclasses import replace

from bot.message.face import Attachment, Button, Drawing, Face
from bot.message.labels import fitted
from bot.message.words import Html, Words, paragraphs
from handlers.elections.heart.courtyard.look import Look
from handlers.elections.heart.wording import recall_reached, rule_in_words
from handlers.elections.progress.captions import (
    MOST_UNITS,
    beneath,
    candidate_lines,
    caption,
    first_that_fits,
    in_brief,
    in_full,
)
from handlers.elections.progress.payloads import PicturePage, PrintSheets, Remind, ShowEveryone
from handlers.elections.progress.pictured import drawn, picture_face
from handlers.elections.progress.use_cases import Passed, Progress
from handlers.elections.signing.payloads import SignPage
from storage.elections.elections import Election

_LIST_UNITS = 3_500
"""Telegram takes 4,096; the rest is for the last line."""
_MILESTONES = {25: "quarter", 50: "half", 75: "most"}


def draw_list(listed: list[Progress], words: Words) -> Face:
    """Where every open election stands; without buildings, or in brief, where all of it wouldn't fit into
    one message."""
    if not listed:
        return Face(words("elections.list.empty"))
    sections = [in_full(each, words) for each in listed]
    if not _fit(sections):
        sections = [in_full(replace(each, buildings=()), words) for each in listed]
    if not _fit(sections):
        sections = [in_brief(each, words) for each in listed]
    if any(each.election.recalled is None for each in listed):
        sections.append(words("elections.card.how_to_stand"))
    text = paragraphs(*sections)
    return Face(text, tuple((_picture_button(each, words, len(listed)),) for each in listed))


def fits(progress: Progress, words: Words) -> bool:
    """Whether the words have room beneath the picture."""
    return caption(progress, words).units() <= MOST_UNITS


def draw_page(
    progress: Progress, look: Look, words: Words, in_chat: Words, *, is_organiser: bool
) -> Face:
    """The picture for one person, and the other look of it. It speaks the language of the chat, what stands
    beneath it the reader's."""
    election = progress.election
    other = Look.DUSK if look is Look.MORNING else Look.MORNING
    buttons: list[tuple[Button, ...]] = [
        (Button(words.plain(f"progress.button.{other}"), PicturePage(election.id, other.value)),)
    ]
    if election.is_open and election.candidates:
        buttons.insert(0, (_sign_button(election, words),))
    if progress.link:
        buttons.append((Button(words.plain("progress.button.card"), progress.link),))
    if is_organiser:
        buttons += _organisers_rows(election, words)
    return Face(beneath(progress, words), tuple(buttons), attached(progress, look, in_chat))


def draw_for_everyone(progress: Progress, words: Words) -> Face:
    """The picture for the chat, in a look that goes with light and dark alike."""
    election = progress.election
    can_sign = election.is_open and election.candidates
    buttons = ((_sign_button(election, words),),) if can_sign else ()
    picture = attached(progress, Look.DUSK, words)
    return Face(beneath(progress, words), buttons, picture)


def draw_milestone(passed: Passed, words: Words) -> Face:
    """A station on the way, beneath the picture."""
    election = passed.progress.election
    station = _MILESTONES[passed.percent]
    if election.recalled is not None:
        # Not everyone is glad of it, and whom it is about reads it too.
        heading = words(f"recall.milestone.{station}", name=election.recalled)
        closing = words("recall.milestone.note")
        (line,) = candidate_lines(passed.progress, (passed.candidate,), words)
        return Face(paragraphs(heading, line, closing), _sign_and_picture(election, words))
    heading = words(f"progress.milestone.{station}", title=election.title)
    closing = words("progress.milestone.thanks")
    return Face(
        _with_numbers(passed, words, heading, closing),
        _sign_and_picture(election, words),
        _celebrated(passed, words),
    )


def draw_reached(passed: Passed, words: Words) -> Face:
    """Enough have signed for a candidate, beneath the picture of that."""
    election = passed.progress.election
    if election.recalled is not None:
        return Face(recall_reached(election, words), _sign_and_picture(election, words))
    news = words(
        "elections.post.reached",
        name=passed.candidate.name,
        title=election.title,
        rule=rule_in_words(election.rule, election.base, words),
    )
    return Face(
        first_that_fits(_with_numbers(passed, words, news), news),
        _sign_and_picture(election, words),
        _celebrated(passed, words),
    )


def draw_reminder(progress: Progress, words: Words) -> Html:
    """Words for a reminder to sign, leading to the card where Telegram has links."""
    card = words("progress.reminder.card")
    if progress.link:
        card = Html(f'<a href="{progress.link}">{card}</a>')
    return words("progress.reminder", title=progress.election.title, card=card)


def attached(progress: Progress, look: Look, words: Words) -> Attachment:
    """The picture as a file."""
    drawing = Drawing(drawn, picture_face(progress, words, look))
    return Attachment("signatures.png", drawing, is_picture=True)


def _fit(sections: list[Html]) -> bool:
    return sum(section.units() for section in sections) <= _LIST_UNITS


def _organisers_rows(election: Election, words: Words) -> list[tuple[Button, ...]]:
    """What could be done next, where signing goes on."""
    everyone = Button(words.plain("progress.button.everyone"), ShowEveryone(election.id))
    if not (election.is_open and election.candidates):
        return [(everyone,)]
    remind = Button(words.plain("progress.button.remind"), Remind(election.id))
    sheets = Button(words.plain("progress.button.sheets"), PrintSheets(election.id))
    return [(everyone,), (remind,), (sheets,)]


def _with_numbers(passed: Passed, words: Words, *around: Html) -> Html:
    """Some words around the numbers of all candidates, whose news it is first; theirs alone where the others
    have no room."""
    first, *rest = around
    others = [one for one in passed.progress.election.candidates if one != passed.candidate]
    whose, *lines = candidate_lines(passed.progress, (passed.candidate, *others), words)
    return first_that_fits(paragraphs(first, whose, *lines, *rest), paragraphs(first, whose, *rest))


def _celebrated(passed: Passed, words: Words) -> Attachment:
    """The houses of the candidates alone: the news is theirs."""
    return attached(replace(passed.progress, buildings=()), Look.DUSK, words)


def _sign_and_picture(election: Election, words: Words) -> tuple[tuple[Button, ...], ...]:
    """What everyone may do while people sign, and after it. Organisers find the rest on the page of the
    picture."""
    page = PicturePage(election.id, Look.DUSK.value)
    picture = Button(words.plain("progress.button.picture"), page)
    return ((_sign_button(election, words),), (picture,)) if election.is_open else ((picture,),)


def _sign_button(election: Election, words: Words) -> Button:
    return Button(words.plain("elections.button.sign"), SignPage(election.id))


def _picture_button(progress: Progress, words: Words, listed: int) -> Button:
    if listed == 1:
        label = words.plain("progress.button.picture")
    else:
        label = fitted(words.plain("progress.picture_of", title=progress.election.title))
    return Button(label, PicturePage(progress.election.id, Look.DUSK.value))
