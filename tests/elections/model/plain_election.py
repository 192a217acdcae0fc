"""An election as a plain model: who stands and signs, the base, the paper, and what everyone sees of them.

Nothing here is taken from the code that it is held against. Whether something can be done is told by the
key of the refusal, None where it can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.elections.model.plain_numbers import Share, Sheet, step
from tests.yard import NOON

MINUTE, DAY = timedelta(minutes=1), timedelta(hours=24)


@dataclass
class Candidacy:
    """Somebody who stands: `running` is what is counted for them, tampered rows included; `published` what
    that was at the last full hour."""

    person: int
    name: str
    running: int = 0
    published: int = 0
    shown: int = 0
    on_paper: int = 0
    accepted: int | None = None
    is_frozen: bool = False
    is_filed: bool = False
    gains: int = 0
    losses: int = 0


@dataclass
class PlainElection:
    """The model. Candidates, buildings and sheets go by the ids that the database gave them."""

    share: Share
    base: int
    is_provisional: bool
    for_each: bool
    newcomers_sign: bool
    buildings: dict[int, tuple[int | None, bool]] = field(default_factory=dict)
    is_open: bool = True
    is_erased: bool = False

    stands: dict[int, Candidacy] = field(default_factory=dict)
    stood: set[int] = field(default_factory=set)
    signed: dict[tuple[int, int], int | None] = field(default_factory=dict)
    # Where somebody spoilt a row: whose it is and, one a candidate, which; for whom it seems to be.
    spoilt: dict[tuple[int, int | None], int] = field(default_factory=dict)
    planted: Counter[int] = field(default_factory=Counter)
    in_building: Counter[tuple[int, int]] = field(default_factory=Counter)
    late: set[int] = field(default_factory=set)

    versions: list[int] = field(default_factory=list)
    is_base_frozen: bool = False
    base_due_at: datetime | None = None
    changed_by: int | None = None
    wanted: tuple[int, datetime] | None = None

    sheets: dict[int, Sheet] = field(default_factory=dict)
    counts: str = "online_checked"
    is_paper_due: bool = False

    known_foreign: int = 0
    recounted_at: datetime | None = None
    now: datetime = NOON
    in_building_at_the_hour: Counter[tuple[int, int]] = field(default_factory=Counter)
    faults: int = 0

    @property
    def needed(self) -> int:
        return self.share.needed(self.base)

    # Candidates

    def stand(self, person: int, name: str) -> str | None:
        if not self.is_open:
            return "elections.refused.closed"
        if self.candidacy_of(person) is not None:
            return "elections.refused.stands_already"
        if self.is_barred(person):
            return "candidates.refused.newcomer"
        return "elections.refused.same_name" if self._is_taken(name) else None

    def stands_as(self, row: int, person: int, name: str) -> None:
        self.stands[row] = Candidacy(person, name)
        self.stood.add(row)

    def change_words(self, person: int, name: str) -> str | None:
        """What is refused; otherwise the old candidacy is over, and a new one is to begin."""
        if not self.is_open:
            return "elections.refused.closed"
        row = self.candidacy_of(person)
        if row is None:
            return "candidates.refused.not_standing"
        if self.stands[row].is_frozen:
            return "candidates.refused.frozen"
        if self._is_taken(name, but_for=row):
            return "elections.refused.same_name"
        del self.stands[row]
        return None

    def leave(self, person: int) -> str | None:
        if not self.is_open:
            return "elections.refused.closed"
        row = self.candidacy_of(person)
        if row is None:
            return "candidates.refused.not_standing"
        del self.stands[row], self.planted[row]
        self.signed = {pair: house for pair, house in self.signed.items() if pair[1] != row}
        self.spoilt = {slot: whose for slot, whose in self.spoilt.items() if whose != row}
        self.in_building = Counter({k: n for k, n in self.in_building.items() if k[0] != row})
        return None

    def candidacy_of(self, person: int) -> int | None:
        return next((row for row, one in self.stands.items() if one.person == person), None)

    def _is_taken(self, name: str, but_for: int | None = None) -> bool:
        return any(one.name == name and row != but_for for row, one in self.stands.items())

    # Signatures

    def signed_by(self, person: int) -> set[int]:
        return {row for who, row in self.signed if who == person}

    def spoilt_of(self, person: int) -> list[tuple[int, int | None]]:
        """The spoilt rows that this person finds: where there is one a candidate, of those who stand."""
        return [
            (who, row)
            for who, row in self.spoilt
            if who == person and (row is None or row in self.stands)
        ]

    def join(self, person: int) -> None:
        is_known = self.signed_by(person) or self.spoilt_of(person)
        if self.is_open and not is_known:
            self.late.add(person)

    def is_barred(self, person: int) -> bool:
        """They came late, never signed, and newcomers may not."""
        is_known = self.signed_by(person) or self.spoilt_of(person)
        return person in self.late and not is_known and not self.newcomers_sign

    def let_newcomers(self, *, may: bool) -> None:
        self.newcomers_sign = may

    def sign(self, person: int, row: int, building: int | None, now: datetime) -> str | None:
        if not self.is_open:
            return "elections.refused.closed"
        if row not in self.stands:
            known = row in self.stood
            return "candidates.refused.gone" if known else "frame.refused.unknown_thing"
        if building is not None and building not in self.buildings:
            return "frame.refused.unknown_thing"
        mine = self.signed_by(person)
        if row in mine:
            return None
        if mine and not self.for_each:
            return "elections.refused.signed_for_other"
        if self.is_barred(person):
            return "candidates.refused.newcomer"
        self._clear_spoilt(person, now)
        self.signed[person, row] = building
        self.stands[row].is_frozen = True
        self._count(row, building, 1)
        return None

    def withdraw(self, person: int, row: int | None, now: datetime) -> str | None:
        if not self.is_open:
            return "elections.refused.closed"
        self._clear_spoilt(person, now)
        for which in sorted(self.signed_by(person)):
            if row in (None, which):
                self._count(which, self.signed.pop((person, which)), -1)
        return None

    def spoil(self, person: int, row: int, for_whom: int) -> None:
        """Somebody writes into a row that stood; what was counted for it isn't touched by that."""
        del self.signed[person, row]
        self.spoilt[person, row if self.for_each else None] = for_whom

    def _clear_spoilt(self, person: int, now: datetime) -> None:
        found = self.spoilt_of(person)
        if found:
            self._recount(now)
        for slot in found:
            del self.spoilt[slot]
            self.known_foreign -= 1

    def _count(self, row: int, building: int | None, by: int) -> None:
        if building is not None:
            self.in_building[row, building] += by
        self._count_online(row, by)

    def _count_online(self, row: int, by: int) -> None:
        self.stands[row].running += by

    def _publish(self) -> None:
        """A full hour comes: others see of those who came and went whatever makes five."""
        with self._crossings_told():
            for one in self.stands.values():
                if one.published != one.running:
                    one.published = one.running
                    one.shown = step(one.shown, one.running, self._line(one))
        self.in_building_at_the_hour = self.in_building.copy()

    # The base

    def buildings_changed(self, by: int, now: datetime) -> None:
        if self.is_open and not self.is_base_frozen:
            self.base_due_at, self.changed_by = now + MINUTE, by

    def freeze(self) -> str | None:
        if not self.is_open:
            return "elections.refused.closed"
        self.is_base_frozen, self.base_due_at, self.wanted = True, None, None
        return None

    def agree(self, person: int) -> str | None:
        """An organiser agrees to the base that is wanted."""
        assert self.wanted is not None
        if self.wanted[0] == person:
            return "ending.refused.same_organiser"
        self._take_base()
        self.wanted = None
        return None

    def _total(self) -> tuple[int, bool]:
        """What the buildings make together; where no number is known, the base stays, provisionally."""
        known = [number for number, _ in self.buildings.values() if number is not None]
        is_rough = any(number is None or rough for number, rough in self.buildings.values())
        return (sum(known), is_rough) if known else (self.base, True)

    def _look_at_buildings(self, now: datetime) -> None:
        assert self.changed_by is not None
        if self._total()[0] == self.base:
            self.wanted = None
            self._take_base()
        elif self.stands:
            self.wanted, self.base_due_at = (self.changed_by, now + DAY), None
        else:
            self._take_base()

    def _take_base(self) -> None:
        self.base_due_at = None
        total, needed_before = self._total(), self.needed
        if total == (self.base, self.is_provisional):
            return
        with self._crossings_told():
            self.base, self.is_provisional = total
            self.versions.append(self.base)
            for one in self.stands.values() if self.needed != needed_before else ():
                one.shown = step(0, one.published, self._line(one))

    # Paper

    def collected(self, row: int) -> int:
        return sum(sheet.filled for sheet in self.sheets.values() if sheet.candidate == row)

    def valid(self, row: int) -> int:
        return sum(sheet.valid or 0 for sheet in self.sheets.values() if sheet.candidate == row)

    def count_by(self, counts: str) -> None:
        """By two organisers it is done at once."""
        with self._crossings_told():
            self.counts = counts
            self._take_paper()

    def _count_paper(self) -> None:
        with self._crossings_told():
            self._take_paper()

    def _take_paper(self) -> None:
        self.is_paper_due = False
        for row, one in self.stands.items():
            one.on_paper = {
                "online": 0,
                "online_checked": self.valid(row),
                "online_collected": self.collected(row),
                "checked": self.valid(row),
                "accepted": one.accepted or 0,
            }[self.counts]

    # What counts

    def counted(self, one: Candidacy) -> int:
        return (one.shown if self.counts.startswith("online") else 0) + one.on_paper

    def is_reached(self, one: Candidacy) -> bool:
        return one.is_filed or self.counted(one) >= self.needed

    def _line(self, one: Candidacy, *, shows_again: bool = False) -> int | None:
        """The online number whose crossing shows at once; beside paper only the first time."""
        left = self.needed - one.on_paper
        is_hidden = one.on_paper > 0 and one.gains > 0 and not shows_again
        return None if left <= 0 or is_hidden or not self.counts.startswith("online") else left

    def file(self, row: int) -> str | None:
        """What was filed stays enough."""
        if row not in self.stands:
            return "frame.refused.unknown_thing"
        if not self.is_reached(self.stands[row]):
            return "ending.refused.not_reached"
        self.stands[row].is_filed = True
        return None

    @contextmanager
    def _crossings_told(self) -> Iterator[None]:
        before = {row: self.is_reached(one) for row, one in self.stands.items()}
        yield
        for row, one in self.stands.items():
            one.gains += self.is_reached(one) and not before[row]
            one.losses += before[row] and not self.is_reached(one)

    # Time, and the end

    def a_moment_passes(self, now: datetime) -> None:
        if self.is_open and now.replace(minute=0) != self.now.replace(minute=0):
            self._publish()
        self.now = now
        if self.base_due_at is not None and self.base_due_at <= now:
            self._look_at_buildings(now)
        if self.is_paper_due:
            self._count_paper()
        if self.wanted is not None and self.wanted[1] <= now:
            self.wanted = None
            self._take_base()

    def an_hour_passes(self, now: datetime) -> None:
        """Counts that differ from the rows are found within the hour, everything else within a day."""
        is_fresh = self.recounted_at is not None and self.recounted_at > now - DAY
        per_row = self.planted + Counter(self.spoilt.values()) + self._truth()
        running = Counter({row: one.running for row, one in self.stands.items()})
        is_off = any(per_row[row] != running[row] for row in self.stood)
        is_explained = (
            self.known_foreign > 0 and per_row.total() == running.total() + self.known_foreign
        )
        if self.is_open and (not is_fresh or (is_off and not is_explained)):
            self._recount(now)

    def _truth(self) -> Counter[int]:
        return Counter(row for _, row in self.signed)

    def _look_through(self, now: datetime) -> None:
        foreign = len(self.spoilt) + self.planted.total()
        self.faults += foreign > self.known_foreign
        self.known_foreign, self.recounted_at = foreign, now

    def _recount(self, now: datetime) -> None:
        self._look_through(now)
        truth = self._truth()
        for row, one in self.stands.items():
            if one.running != truth[row]:
                self.faults += 1
                self._count_online(row, truth[row] - one.running)
        self.in_building = Counter(
            (row, house) for (_, row), house in self.signed.items() if house is not None
        )

    def close(self, now: datetime) -> None:
        if self.is_paper_due:
            self._count_paper()
        self._look_through(now)
        truth = self._truth()
        for row, one in self.stands.items():
            one.running = one.published = truth[row]
            one.shown = step(0, one.running, self._line(one, shows_again=True))
        self.is_open, self.is_base_frozen = False, True
        self.late, self.base_due_at, self.wanted = set(), None, None
        self.in_building.clear()

    def forget(self) -> None:
        self.is_erased = True
        self.signed, self.spoilt, self.planted = {}, {}, Counter()
        for one in self.stands.values():
            one.running = one.published = one.shown
