"""How elections stand, in words and as a picture. Every number here is the public one."""

from __future__ import annotations

import functools
from dataclasses import replace

from bot.domain.elections.paper.ledger import counts_online
from bot.domain.fives import STEP
from bot.message.face import Attachment, Button, Face
from bot.message.labels import fitted
from bot.message.words import Html, Words, paragraphs
from handlers.elections.heart.lines import draw_progress, line_of_hour, titled
from handlers.elections.heart.wording import is_over, rule_in_words
from handlers.elections.progress.payloads import PicturePage, PrintSheets, Remind, ShowEveryone
from handlers.elections.progress.picture import (
    MOST_BUILDINGS,
    Bar,
    Look,
    PictureFace,
    draw_picture,
)
from handlers.elections.progress.use_cases import Passed, Progress
from handlers.elections.signing.payloads import SignPage
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.progress import ShownBuilding

_LIST_UNITS = 3_500
"""Telegram takes 4,096; the rest is for the last line."""
_CAPTION_UNITS = 1_024
_MILESTONES = {25: "quarter", 50: "half", 75: "most"}


def draw_list(listed: list[Progress], words: Words) -> Face:
    """Where every open election stands; without buildings, or in brief, where all of it wouldn't fit into
    one message."""
    if not listed:
        return Face(words("elections.list.empty"))
    sections = [_in_full(each, words) for each in listed]
    if not _fit(sections):
        sections = [_in_full(replace(each, buildings=()), words) for each in listed]
    if not _fit(sections):
        sections = [_in_brief(each, words) for each in listed]
    if any(each.election.recalled is None for each in listed):
        sections.append(words("elections.card.how_to_stand"))
    text = paragraphs(*sections)
    return Face(text, tuple((_picture_button(each, words, len(listed)),) for each in listed))


def fits(progress: Progress, words: Words) -> bool:
    """Whether the words have room beneath the picture."""
    return _caption(progress, words).units() <= _CAPTION_UNITS


def draw_page(
    progress: Progress, look: Look, picture: Attachment, words: Words, *, is_organiser: bool
) -> Face:
    """The picture for one person, and the other look of it."""
    election = progress.election
    other = Look.LIGHT if look is Look.DARK else Look.DARK
    buttons = [
        (Button(words.plain(f"progress.button.{other}"), PicturePage(election.id, other.value)),)
    ]
    if election.is_open and election.candidates:
        buttons.insert(0, (_sign_button(election, words),))
    if progress.link:
        buttons.append((Button(words.plain("progress.button.card"), progress.link),))
    if is_organiser:
        everyone = Button(words.plain("progress.button.everyone"), ShowEveryone(election.id))
        buttons.append((everyone,))
    return Face(_beneath(progress, words), tuple(buttons), picture)


def draw_for_everyone(progress: Progress, words: Words) -> Face:
    """The picture for the chat, in a look that goes with light and dark alike."""
    election = progress.election
    can_sign = election.is_open and election.candidates
    buttons = ((_sign_button(election, words),),) if can_sign else ()
    picture = draw_attachment(progress, Look.DUSK, words)
    return Face(_beneath(progress, words), buttons, picture)


def draw_milestone(passed: Passed, words: Words) -> Face:
    """A station on the way, and what organisers could do next."""
    progress, candidate = passed.progress, passed.candidate
    election = progress.election
    station = _MILESTONES[passed.percent]
    if election.recalled is None:
        heading = words(f"progress.milestone.{station}", title=election.title)
        closing = words("progress.milestone.thanks")
    else:
        # Not everyone is glad of it, and whom it is about reads it too.
        heading = words(f"recall.milestone.{station}", name=election.recalled)
        closing = words("recall.milestone.note")
    line = _candidate(progress, candidate, words)
    picture = Button(
        words.plain("progress.button.picture"), PicturePage(election.id, Look.LIGHT.value)
    )
    return Face(
        paragraphs(heading, line, closing),
        (
            (_sign_button(election, words),),
            (picture, Button(words.plain("progress.button.remind"), Remind(election.id))),
            (Button(words.plain("progress.button.sheets"), PrintSheets(election.id)),),
        ),
    )


def draw_reminder(progress: Progress, words: Words) -> Html:
    """Words for a reminder to sign, leading to the card where Telegram has links."""
    card = words("progress.reminder.card")
    if progress.link:
        card = Html(f'<a href="{progress.link}">{card}</a>')
    return words("progress.reminder", title=progress.election.title, card=card)


def draw_attachment(progress: Progress, look: Look, words: Words) -> Attachment:
    """The picture as a file. Takes a twentieth of a second where it is new: not on the event loop."""
    picture = _drawn(picture_face(progress, words), look)
    return Attachment("signatures.png", picture, is_picture=True)


@functools.lru_cache(maxsize=32)
def _drawn(face: PictureFace, look: Look) -> bytes:
    """A milestone sends the whole yard to look at once, and all see the same."""
    return draw_picture(face, look)


def picture_face(progress: Progress, words: Words) -> PictureFace:
    """The words in the picture."""
    election = progress.election
    left_out = len(progress.buildings) - MOST_BUILDINGS
    day = words.date(progress.today)
    if election.is_open and election.as_of is not None:
        time = words.time(election.as_of.time())
        day = words.plain("progress.picture.as_of", day=words.date(election.as_of), time=time)
    notes = [words.plain("progress.picture.foot")]
    if election.is_provisional and not election.is_frozen:
        notes.append(words.plain("progress.picture.provisional"))
    return PictureFace(
        title=election.title,
        rule=rule_in_words(election.rule, election.base, words).plain(),
        bars=tuple(
            _bar(election, candidate, number, words)
            for number, candidate in enumerate(election.candidates, start=1)
        ),
        needed=election.needed,
        target=words.plain("progress.picture.target", n=words.number(election.needed)),
        nobody=words.plain("elections.card.nobody"),
        buildings_heading=words.plain("progress.buildings"),
        buildings=tuple(
            _building_bar(building, number, words)
            for number, building in enumerate(progress.buildings[:MOST_BUILDINGS], start=1)
        ),
        more_buildings=words.count("progress.picture.more", left_out).plain()
        if left_out > 0
        else "",
        foot=(" ".join(notes), day[:1].upper() + day[1:]),
    )


def _bar(election: Election, candidate: Candidate, number: int, words: Words) -> Bar:
    key = "progress.picture.reached" if candidate.reached else "progress.picture.number"
    is_few = not candidate.counted and counts_online(election.counted_by)
    shown = _few(election.needed, words) if is_few else words.number(candidate.counted)
    return Bar(
        label=candidate.name,
        stand_in=words.plain("progress.picture.candidate", n=words.number(number)),
        number=words.plain(key, number=shown, needed=words.number(election.needed)),
        shown=candidate.counted,
        is_reached=candidate.reached,
    )


def _building_bar(building: ShownBuilding, number: int, words: Words) -> Bar:
    return Bar(
        label=building.name,
        stand_in=words.plain("progress.picture.building", n=words.number(number)),
        number=_building_number(building, words).plain(),
        shown=building.number.shown,
    )


def _beneath(progress: Progress, words: Words) -> Html:
    """The same in words, for those who can't see the picture; the heading alone where they don't fit."""
    caption = _caption(progress, words)
    return caption if caption.units() <= _CAPTION_UNITS else _heading(progress, words)


def _caption(progress: Progress, words: Words) -> Html:
    parts = [_in_full(progress, words)]
    if not progress.election.is_open:
        parts.append(is_over(progress.election, words))
    return paragraphs(*parts)


def _in_full(progress: Progress, words: Words) -> Html:
    candidates = progress.election.candidates
    parts = [_heading(progress, words), *(_candidate(progress, each, words) for each in candidates)]
    if not candidates:
        parts.append(words("elections.card.nobody"))
    if progress.buildings:
        parts.append(_buildings(progress, words))
    parts += line_of_hour(progress.election, words)
    return paragraphs(*parts)


def _fit(sections: list[Html]) -> bool:
    return sum(section.units() for section in sections) <= _LIST_UNITS


def _in_brief(progress: Progress, words: Words) -> Html:
    election = progress.election
    if election.recalled is None:
        numbers = words.count("elections.list.candidates", len(election.candidates))
    else:
        numbers = words("recall.list.number")
    return Html(f"{_heading(progress, words)}\n{numbers}")


def _heading(progress: Progress, words: Words) -> Html:
    """Leading to the card where Telegram has links."""
    election = progress.election
    title: str | Html = election.title
    if progress.link:
        title = Html(
            f'<a href="{progress.link}">{words("elections.list.title", title=election.title)}</a>'
        )
    rule = rule_in_words(election.rule, election.base, words)
    return titled(title, rule, words)


def _candidate(progress: Progress, candidate: Candidate, words: Words) -> Html:
    line = draw_progress(progress.election, candidate, words)
    if not progress.election.is_open:
        return line
    return Html(f"{line}\n{_missing(progress, candidate, words)}")


def _missing(progress: Progress, candidate: Candidate, words: Words) -> Html:
    """How many more are needed, and when they would be there."""
    missing = progress.election.needed - candidate.counted
    if candidate.reached or missing <= 0:
        return words("elections.list.reached")
    said = words.count("elections.list.missing", missing)
    day = progress.forecasts.get(candidate.id)
    if day is None:
        return said
    return words("progress.forecast", missing=said, day=words.day_inside(day, today=progress.today))


def _buildings(progress: Progress, words: Words) -> Html:
    lines = [
        words("progress.building", name=each.name, number=_building_number(each, words))
        for each in progress.buildings
    ]
    return Html("\n".join([words("progress.buildings_below"), *lines]))


def _building_number(building: ShownBuilding, words: Words) -> Html:
    number = building.number
    if not number.shown:
        return words("elections.progress.few", n=words.number(STEP))
    if number.or_more:
        return words("progress.or_more", n=words.number(number.shown))
    return Html(words.number(number.shown))


def _few(needed: int, words: Words) -> str:
    return words.plain("elections.progress.few", n=words.number(min(STEP, needed)))


def _sign_button(election: Election, words: Words) -> Button:
    return Button(words.plain("elections.button.sign"), SignPage(election.id))


def _picture_button(progress: Progress, words: Words, listed: int) -> Button:
    if listed == 1:
        label = words.plain("progress.button.picture")
    else:
        label = fitted(words.plain("progress.picture_of", title=progress.election.title))
    return Button(label, PicturePage(progress.election.id, Look.LIGHT.value))
