"""What people see of digests: the digest itself, and the page where organisers set it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.domain.fives import STEP
from bot.domain.timekeeping.moment import Moment
from bot.domain.timekeeping.recurrence import EVERY_DAY
from bot.domain.timekeeping.wall_times import pack_time
from bot.message.face import Button, Face, in_rows
from bot.message.hour_words import quiet_in_words
from bot.message.labels import chosen
from bot.message.pickers.hours import Hours, hour_rows
from bot.message.words import Html, Words, paragraphs
from handlers.digests.payloads import (
    DigestPage,
    HourPage,
    LookPage,
    RemoveLast,
    SetDigest,
    StopDigest,
)
from handlers.digests.use_cases import (
    DAILY,
    ComingAction,
    Contents,
    HourOfDay,
    OpenElection,
    Setting,
)
from storage.digests import Digest

# For the actions, and again for the elections: Telegram takes 4096, headings and notes included.
_ROOM = 1_800
_MOST_CANDIDATES = 5
_HOURS = (time(8), time(9), time(10), time(12), time(17), time(18), time(19), time(20), time(21))
_USUAL_DAY = "6"
_USUAL_HOURS = {DAILY: time(9), _USUAL_DAY: time(18)}
_DAYS_IN_A_ROW = 4
_HOURS_IN_A_ROW = 3


def draw_post(contents: Contents, words: Words) -> Face:
    """Everything in one message; what doesn't fit is counted."""
    parts = [words("digests.post.daily" if contents.is_daily else "digests.post.weekly")]
    if contents.actions:
        parts.append(_section(_action_lines(contents, words), "digests.post.more_actions", words))
    if contents.elections:
        lines = _election_lines(contents, words)
        parts.append(_section(lines, "digests.post.more_elections", words))
    return Face(paragraphs(*parts))


def draw_look(chat_id: int, contents: Contents, chat_words: Words, words: Words) -> Face:
    """The digest to one organiser, with the way back."""
    back = ((Button(words.plain("frame.button.back"), DigestPage(chat_id)),),)
    if contents.is_empty:
        return Face(words("digests.look.empty"), back)
    return Face(draw_post(contents, chat_words).text, back)


def draw_setting(setting: Setting, words: Words) -> Face:
    digest = setting.digest
    parts = [words("digests.page.heading"), _state(setting, words)]
    if setting.planned and setting.comes and setting.planned.at < setting.comes.at:
        hours = quiet_in_words(setting.quiet, words)
        comes = words.time(setting.comes.wall.time())
        parts.append(words("digests.page.waits", hours=hours, time=comes))
    if digest is not None and digest.removes_last and not digest.is_daily:
        parts.append(words("digests.page.removes_old"))
    parts.append(words("digests.page.typed"))
    look = Button(words.plain("digests.button.look"), LookPage(setting.chat_id))
    rows = list(_kinds(setting, words))
    if digest is not None:
        rows.extend(() if digest.is_daily else _days(setting, digest, words))
        rows.extend(_hours(setting, digest, words))
        label = words.plain(f"digests.button.remove_last.{'on' if digest.removes_last else 'off'}")
        press = RemoveLast(setting.chat_id, not digest.removes_last)
        rows.append((Button(label, press),))
    return Face(paragraphs(*parts), (*rows, (look,)))


def draw_day_hours(asked: HourOfDay, words: Words) -> Face:
    """For a day that was typed without its hour; nothing is set before one is picked."""
    chat, day = asked.chat_id, asked.day
    known = words("digests.page.heading")
    if day == DAILY:
        kind = words("digests.button.daily")
    else:
        kind = Html(f"{words('digests.button.weekly')} · {words.short_weekday(int(day))}")
    rows = hour_rows(
        None,
        datetime.min,  # noqa: DTZ901 - of no one day every hour is ahead
        Hours(asked.halves, asked.nightly),
        lambda at: SetDigest(chat, day, pack_time(at)),
        lambda hours: HourPage(chat, day, hours.are_halves, hours.are_nightly),
        words,
    )
    back = Button(words.plain("frame.button.back"), DigestPage(chat))
    text = paragraphs(known, Html(f"🗓 {kind}"), words("moments.ask.hour"))
    return Face(text, (*rows, (back,)))


def _state(setting: Setting, words: Words) -> Html:
    digest, planned = setting.digest, setting.planned
    if digest is None or planned is None:
        return words("digests.page.off")
    return words(
        "digests.page.daily" if digest.is_daily else "digests.page.weekly",
        next=_moment(planned, setting, words),
    )


def _moment(moment: Moment, setting: Setting, words: Words) -> Html:
    return words.moment(moment.wall, moment.zone, today=setting.today)


def _kinds(setting: Setting, words: Words) -> tuple[tuple[Button, ...], ...]:
    """None, one a day, one a week: each keeps the hour that was chosen."""
    chat, digest = setting.chat_id, setting.digest
    daily = digest is not None and digest.is_daily
    hour = {day: pack_time(digest.rule.at if digest else at) for day, at in _USUAL_HOURS.items()}
    day = _day_of(digest) if digest is not None and not daily else _USUAL_DAY
    off, every_day, every_week = (
        words.plain(f"digests.button.{name}") for name in ("off", "daily", "weekly")
    )
    weekly = digest is not None and not daily
    return (
        (Button(chosen(off, digest is None), StopDigest(chat)),),
        (
            Button(chosen(every_day, daily), SetDigest(chat, DAILY, hour[DAILY])),
            Button(chosen(every_week, weekly), SetDigest(chat, day, hour[_USUAL_DAY])),
        ),
    )


def _days(setting: Setting, digest: Digest, words: Words) -> tuple[tuple[Button, ...], ...]:
    hour = pack_time(digest.rule.at)
    return in_rows(
        [
            Button(
                chosen(words.short_weekday(day), str(day) == _day_of(digest)),
                SetDigest(setting.chat_id, str(day), hour),
            )
            for day in sorted(EVERY_DAY)
        ],
        _DAYS_IN_A_ROW,
    )


def _hours(setting: Setting, digest: Digest, words: Words) -> tuple[tuple[Button, ...], ...]:
    day = DAILY if digest.is_daily else _day_of(digest)
    return in_rows(
        [
            Button(
                chosen(words.time(hour), hour == digest.rule.at),
                SetDigest(setting.chat_id, day, pack_time(hour)),
            )
            for hour in _HOURS
        ],
        _HOURS_IN_A_ROW,
    )


def _day_of(digest: Digest) -> str:
    return str(min(digest.rule.weekdays))


def _action_lines(contents: Contents, words: Words) -> Iterator[Html]:
    """A line an action; the first of a day carries the day above it."""
    day = None
    for coming in contents.actions:
        line = _action_line(coming, words)
        if coming.action.wall.date() != day:
            gap = "" if day is None else "\n"
            day = coming.action.wall.date()
            line = Html(f"{gap}<b>{words.day(day, today=contents.today)}</b>\n{line}")
        yield line


def _action_line(coming: ComingAction, words: Words) -> Html:
    action = coming.action
    title = _linked(action.title, coming.link, words)
    at = words.time(action.wall.time())
    if action.place:
        return words("digests.post.action_with_place", time=at, title=title, place=action.place)
    return words("digests.post.action", time=at, title=title)


def _election_lines(contents: Contents, words: Words) -> Iterator[Html]:
    for index, item in enumerate(contents.elections):
        lines = [
            words("digests.post.election", title=_linked(item.election.title, item.link, words))
        ]
        if item.closes is not None:
            lines.append(_deadline(item.closes, contents.today, words))
        lines.extend(_numbers(item, words))
        gap = "\n" if index else ""
        yield Html(gap + "\n".join(lines))


def _deadline(closes: datetime, today: date, words: Words) -> Html:
    """Until when one can sign; a last day that is near stands out."""
    day, at = words.end_of(closes)
    if day == today:
        return words("digests.post.closes_today", time=at)
    if day == today + timedelta(days=1):
        return words("digests.post.closes_tomorrow", time=at)
    return words("digests.post.closes", day=words.day_inside(day, today=today), time=at)


def _numbers(item: OpenElection, words: Words) -> Iterator[Html]:
    """The public numbers, the highest first; names that follow are many enough to look them up."""
    election = item.election
    if not election.candidates:
        yield words("digests.post.nobody")
    leading = sorted(election.candidates, key=lambda candidate: -candidate.shown)
    for candidate in leading[:_MOST_CANDIDATES]:
        few = words("digests.post.few", n=words.number(min(STEP, election.needed)))
        yield words(
            "digests.post.reached" if candidate.reached else "digests.post.candidate",
            name=candidate.name,
            number=words.number(candidate.shown) if candidate.shown else few,
            needed=words.number(election.needed),
        )
    if len(leading) > _MOST_CANDIDATES:
        yield words.count("digests.post.more_candidates", len(leading) - _MOST_CANDIDATES)


def _linked(title: str, link: str | None, words: Words) -> Html:
    text = words("digests.post.title", title=title)
    return Html(f'<a href="{link}">{text}</a>') if link else text


def _section(lines: Iterator[Html], more: str, words: Words) -> Html:
    """As many of the first lines as there is room for, and how many more there are."""
    all_lines, room = list(lines), _ROOM
    fitting: list[Html] = []
    for line in all_lines:
        room -= line.units() + 1
        if room < 0:
            fitting.append(words.count(more, len(all_lines) - len(fitting)))
            break
        fitting.append(line)
    return Html("\n".join(fitting))
