"""A line with a moment, and the answer to what it lacked: put together as one line.

Both are day, hour and text. What the answer says takes the place of what was said before, and the rest stays:
"tomorrow Tea" and "17:00" are "tomorrow 17:00 Tea"; "24.10 19:00 Tea", which is over, and "30.11" are
"30.11 19:00 Tea". A place is added to the text. Text alone is new text where the moment was whole or the
text was missing, and else no answer to what was asked: then the line stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.moments.around.finding import find_moment
from bot.domain.moments.around.later_hours import is_preposition
from bot.domain.moments.languages.tokens import tokenize
from bot.domain.moments.parts.joined import join_numbers
from bot.domain.moments.parts.phrases import Dated, Repeated, Undecided

if TYPE_CHECKING:
    from bot.domain.moments.around.finding import Found, Phrase

_JOINT = " ,;:|–—-"
_ANY_HOUR = "23:59"


@dataclass(frozen=True, slots=True)
class _Line:
    """`moment` is what can't be told apart into day and hour: "in 2 hours", "19.10"."""

    day: str = ""
    hour: str = ""
    moment: str = ""
    text: str = ""
    is_undecided: bool = False

    @property
    def says_when(self) -> bool:
        return bool(self.day or self.hour or self.moment)

    @property
    def is_whole(self) -> bool:
        return bool(self.moment or self.hour)

    def written(self) -> str:
        when = " ".join(part for part in (self.day, self.hour, self.moment) if part)
        return f"{when}{'' if self.text.startswith(chr(10)) else ' '}{self.text}".strip()


def answered_line(typed: str, answer: str) -> str:
    """Return the one line that was meant."""
    before, added = _taken_apart(typed), _taken_apart(answer)
    if not typed or (added.says_when and not before.says_when and not before.text):
        return answer
    if not added.says_when:
        added = _as_hour(before, answer) or added
    if not added.says_when:
        is_answer = before.is_whole or not before.text
        return replace(before, text=added.text).written() if is_answer else typed
    text = _without_hour(before.text) if added.is_whole else before.text
    if added.text:
        text = _at_place(text, added.text) if text and _is_place(added.text) else added.text
    return replace(_moment_of(before, added), text=text).written()


def answered_moment(typed: str, answer: str) -> str:
    """The same where a moment is asked for and nothing else: what said anything else is forgotten."""
    before = _taken_apart(typed)
    return answered_line(typed, answer) if before.says_when and not before.text else answer


def is_hour_alone(words: str) -> bool:
    """Whether an hour is said, and not of which day."""
    said = _taken_apart(words)
    return bool(said.hour) and not said.day


def _moment_of(before: _Line, added: _Line) -> _Line:
    if added.is_undecided and before.day and not before.is_whole:
        return _Line(before.day, added.moment)
    if added.is_undecided and before.hour and not before.day:
        return _Line(added.moment, before.hour)
    if added.moment:
        return _Line(moment=added.moment)
    if before.moment:
        missing = before.moment if before.is_undecided else ""
        return _Line(added.day or missing, added.hour or missing)
    return _Line(added.day or before.day, added.hour or before.hour)


def _as_hour(before: _Line, answer: str) -> _Line | None:
    """The hour that was asked for: a number alone, as "17" after "tomorrow Tea", or the one hour among other
    words, as in «лучше в 18»."""
    if not before.day or before.is_whole:
        return None
    alone = f"at {answer.strip()}"
    if _is_hour(alone):
        return _Line(hour=alone)
    among = _taken_apart(f"{before.day} {answer}")
    if not (among.day and among.hour):
        return None
    is_said = not before.text or _is_place(among.text)
    return _Line(hour=among.hour, text=among.text if is_said else "")


def _without_hour(text: str) -> str:
    """A text without the hour that begins it: of a day that doesn't exist, or the end of "19:00-21:00"."""
    said = _taken_apart(text)
    return said.text if said.hour and not said.day and text.startswith(said.hour) else text


def _is_place(text: str) -> bool:
    """Whether it says where and not what: "@ fountain", "at the fountain"."""
    return text.startswith("@") or is_preposition(tokenize(text), 0)


def _at_place(text: str, place: str) -> str:
    first, line_break, rest = text.partition("\n")
    return f"{first} {place}{line_break}{rest}".strip()


def _taken_apart(words: str) -> _Line:
    found = find_moment(join_numbers(tokenize(words)))
    if found is None:
        return _Line(text=words.strip())
    start, end = found.tokens[0].start, found.tokens[found.phrase.end - 1].end
    when, text = words[start:end], words[:start].rstrip(f"{_JOINT}\n")
    if found.apart is not None:
        first, after = found.apart
        begins, ends = found.tokens[first].start, found.tokens[after - 1].end
        text = _joined(text, _joined(words[end:begins], words[ends:]))
        apart = words[begins:ends]
        day, hour = (apart, when) if _is_hour(when) else (when, apart)
        return _Line(day=day, hour=hour, text=text)
    text = _joined(text, words[end:])
    return replace(_told_apart(when, found), text=text)


def _joined(before: str, after: str) -> str:
    """Two pieces of text, without what set a moment apart between them; a line break stays."""
    before, after = before.strip(_JOINT), after.lstrip(_JOINT).rstrip()
    if not before:
        return after
    return f"{before}{after}" if after.startswith("\n") else f"{before} {after}".rstrip()


def _told_apart(when: str, found: Found) -> _Line:
    if isinstance(found.phrase, Undecided):
        return _Line(moment=when, is_undecided=True)
    if _says_day(found.phrase) and not _says_hour(found.phrase):
        return _Line(day=when)
    if _says_hour(found.phrase) and not _says_day(found.phrase):
        return _Line(hour=when)
    places = [token.end - found.tokens[0].start for token in found.tokens[: found.phrase.end - 1]]
    for place in places:
        first, second = when[:place].strip(), when[place:].strip(_JOINT)
        if _is_day(first) and _is_hour(second):
            return _Line(day=first, hour=second)
        if _is_hour(first) and _is_day(second):
            return _Line(day=second, hour=first)
    return _Line(moment=when)


def _is_day(words: str) -> bool:
    """Days alone, also those that are understood with their hour only: "last friday"."""
    phrase = _phrase_of(words)
    if phrase is None:
        return isinstance(_phrase_of(f"{words} {_ANY_HOUR}"), Repeated)
    return _says_day(phrase) and not _says_hour(phrase)


def _is_hour(words: str) -> bool:
    phrase = _phrase_of(words)
    return phrase is not None and _says_hour(phrase) and not _says_day(phrase)


def _phrase_of(words: str) -> Phrase | None:
    """The phrase that is all of these words."""
    found = find_moment(join_numbers(tokenize(words)))
    is_all = found is not None and found.apart is None and not found.title_end
    is_all = is_all and found is not None and found.tokens[found.phrase.end - 1].end == len(words)
    return found.phrase if found is not None and is_all else None


def _says_day(phrase: Phrase) -> bool:
    return isinstance(phrase, Repeated) or (isinstance(phrase, Dated) and bool(phrase.days))


def _says_hour(phrase: Phrase) -> bool:
    if isinstance(phrase, Repeated):
        return bool(phrase.clocks)
    return isinstance(phrase, Dated) and phrase.clock is not None
