"""Telegram's limits, counted on our side: 30 messages a second, 20 a minute in one group.

Edits count too. Cards get at most half of a group's minute, so that posts always fit; and what is said to
single people in a group gets at most fourteen, so that many who tap hold up neither. Four of these are every
person's own. Whoever wants more gets it while half of the fourteen are free, so that nobody uses up what
others need. Single people get 25 of the 30 a second: a post waits for no queue of theirs. A message counts
from its beginning until a second (a minute) after its answer came: Telegram counted it at some moment
in between, so that whoever waits as told keeps the limits by Telegram's own count, whatever the network
does to the order of things.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from bot.clock import Clock

_REMEMBERED_PEOPLE = 1_000


@dataclass(frozen=True)
class Limits:
    """How much Telegram takes: messages in so many seconds."""

    overall: int = 30
    overall_seconds: float = 1.0
    overall_whispers: int = 25
    group: int = 20
    group_seconds: float = 60.0
    group_edits: int = 10
    group_whispers: int = 14
    group_person: int = 4
    group_spare: int = 7


@dataclass(eq=False)
class Sent:
    """A message on its way; `ended` is when its answer came."""

    ended: float | None = None


@dataclass
class _Window:
    """The latest sends, in the order in which they began."""

    seconds: float
    sent: deque[Sent] = field(default_factory=deque)

    def wait(self, now: float, most: int, messages: int = 1) -> float:
        """Seconds until so many more fit; what is still on its way is taken to end now."""
        while self.sent and not self._counts(self.sent[0], now):
            self.sent.popleft()
        most = max(1, most - messages + 1)
        if len(self.sent) < most:
            return 0.0
        ends = sorted(
            now if s.ended is None else s.ended for s in self.sent if self._counts(s, now)
        )
        return ends[len(ends) - most] + self.seconds - now if len(ends) >= most else 0.0

    def _counts(self, sent: Sent, now: float) -> bool:
        return sent.ended is None or sent.ended > now - self.seconds


class Pace:
    """Says when the next message fits; whoever sends says when it begins and when it ended."""

    def __init__(self, clock: Clock, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._clock = clock
        self._overall = _Window(self.limits.overall_seconds)
        self._groups: dict[int, _Window] = {}
        self._edits: dict[int, _Window] = {}
        self._whispers: dict[int, _Window] = {}
        # What each person was told in each group. In memory only, and for a minute that matters.
        self._people: dict[tuple[int, int], _Window] = {}
        self._most_people = _REMEMBERED_PEOPLE
        self._refused_until: dict[int, float] = {}
        # Groups that may have had all they take, or all edits.
        self._full: set[int] = set()

    def wait(
        self,
        chat_id: int,
        *,
        edit: bool = False,
        whisper: bool = False,
        unseen: bool = False,
        person: int | None = None,
        messages: int = 1,
    ) -> float:
        """Seconds until so many more messages to this chat keep every limit; 0 for now.

        A `whisper` is for one person, and counts as that person's where it is known who; where nobody else
        sees it, it is `unseen` besides.
        """
        in_chat = self.wait_in_chat(
            chat_id, edit=edit, whisper=whisper, unseen=unseen, person=person, messages=messages
        )
        return max(self.wait_overall(whisper=whisper, messages=messages), in_chat)

    def wait_overall(self, *, whisper: bool = False, messages: int = 1) -> float:
        """The same, whichever chat they go to."""
        most = self.limits.overall_whispers if whisper else self.limits.overall
        return max(0.0, self._overall.wait(self._clock.monotonic(), most, messages))

    def wait_in_chat(
        self,
        chat_id: int,
        *,
        edit: bool = False,
        whisper: bool = False,
        unseen: bool = False,
        person: int | None = None,
        messages: int = 1,
    ) -> float:
        """The same, for the limits of this chat alone. A 429 to what all see says nothing of what one person
        sees: slow mode may be why."""
        now = self._clock.monotonic()
        waits = [] if unseen else [self._refused_until.get(chat_id, now) - now]
        if chat_id in self._groups:
            waits.append(self._groups[chat_id].wait(now, self.limits.group, messages))
        if edit and chat_id in self._edits:
            waits.append(self._edits[chat_id].wait(now, self.limits.group_edits))
        if whisper and chat_id in self._whispers:
            waits.append(self._whispers[chat_id].wait(now, self.limits.group_whispers, messages))
            waits.append(self._wait_of_person(chat_id, person, now))
        return max([0.0, *waits])

    def _wait_of_person(self, chat_id: int, person: int | None, now: float) -> float:
        """Until one of this person's own comes free, or one that nobody needs."""
        own = self._people.get((chat_id, person)) if person is not None else None
        if own is None:
            return 0.0
        spare = self._whispers[chat_id].wait(now, self.limits.group_spare)
        return min(own.wait(now, self.limits.group_person), spare)

    def busy(self, *, edit: bool = False) -> dict[int, float]:
        """The chats that take no post (no `edit`) now, each with the seconds until it does."""
        self._full = {each for each in self._full if self.wait_in_chat(each, edit=True) > 0}
        waits = {each: self.wait_in_chat(each, edit=edit) for each in self._full}
        return {each: wait for each, wait in waits.items() if wait > 0}

    def begin(
        self,
        chat_id: int | None,
        *,
        edit: bool = False,
        whisper: bool = False,
        person: int | None = None,
        messages: int = 1,
    ) -> Sent:
        """So many messages are on their way to this chat (None: it has no limit of its own)."""
        sent = Sent()
        self._overall.sent.extend([sent] * messages)
        if chat_id is not None:
            windows = [self._groups]
            windows += [self._edits] if edit else []
            windows += [self._whispers] if whisper else []
            for kind in windows:
                window = kind.setdefault(chat_id, _Window(self.limits.group_seconds))
                window.sent.extend([sent] * messages)
            if person is not None:
                self._count_for(chat_id, person, sent)
            is_full_of_edits = edit and len(self._edits[chat_id].sent) >= self.limits.group_edits
            if is_full_of_edits or len(self._groups[chat_id].sent) >= self.limits.group:
                self._full.add(chat_id)
            if len(self._groups) > 5_000:
                self._forget_quiet()
        return sent

    def end(self, sent: Sent) -> None:
        """Its answer came, whatever it was."""
        sent.ended = self._clock.monotonic()

    def refuse(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429: nothing more to this chat before its time."""
        self._refused_until[chat_id] = self._clock.monotonic() + seconds
        self._full.add(chat_id)

    def _count_for(self, chat_id: int, person: int, sent: Sent) -> None:
        key = (chat_id, person)
        self._people.setdefault(key, _Window(self.limits.group_seconds)).sent.append(sent)
        if len(self._people) > self._most_people:
            now = self._clock.monotonic()
            self._people = {k: each for k, each in self._people.items() if each.wait(now, 1)}
            self._most_people = max(_REMEMBERED_PEOPLE, 2 * len(self._people))

    def _forget_quiet(self) -> None:
        now = self._clock.monotonic()
        for windows in (self._groups, self._edits, self._whispers):
            for chat_id in [key for key, window in windows.items() if not window.wait(now, 1)]:
                del windows[chat_id]
        self._refused_until = {chat: t for chat, t in self._refused_until.items() if t > now}
