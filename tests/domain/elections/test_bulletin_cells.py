"""What bulletins show over any history: nobody can be singled out by laying two side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.elections.bulletins.bulletin import OTHER, Cell, CellKey, line_hash
from bot.domain.elections.bulletins.cells import Caps, ValidSignature, last_cells, next_cells
from bot.domain.elections.thresholds import public_count
from bot.domain.fives import STEP

ELECTION = "5eaf"
CANDIDATES = ("Adam", "Vera")
BUILDINGS = ("Five", "Seven", OTHER)

NO_CAPS = Caps({})
NO_CELL = Cell(0, frozenset())
CAPS = st.builds(
    Caps,
    st.dictionaries(st.sampled_from(BUILDINGS[:2]), st.sampled_from((0, 5, 10))),
    st.booleans(),
)

# One day: so many come to a cell, so many leave it, so many who left come back.
MOVES = st.tuples(
    st.sampled_from(CANDIDATES), st.sampled_from(BUILDINGS), st.integers(-12, 12), st.integers(0, 3)
)
HISTORIES = st.lists(st.lists(MOVES, max_size=6), min_size=1, max_size=12)


@dataclass
class Courtyard:
    """Who signed for whom and where, and the bulletins so far."""

    standing: list[ValidSignature] = field(default_factory=list)
    gone: list[ValidSignature] = field(default_factory=list)
    bulletins: list[dict[CellKey, Cell]] = field(default_factory=lambda: [{}])
    signed: int = 0
    caps: Caps = NO_CAPS

    def live(self, day: list[tuple[str, str, int, int]]) -> None:
        for candidate, building, by, back in day:
            there = [s for s in self.standing if (s.candidate, s.building) == (candidate, building)]
            for signature in there[: max(0, -by)]:
                self.standing.remove(signature)
                self.gone.append(signature)
            for _ in range(max(0, by)):
                self.signed += 1
                self.standing.append(ValidSignature(candidate, building, f"code {self.signed}"))
            for _ in range(min(back, len(self.gone))):
                self.standing.append(self.gone.pop(0))

    def publish(self) -> None:
        number = len(self.bulletins)
        before, caps = self.bulletins[-1], self.caps
        self.bulletins.append(next_cells(ELECTION, number, before, self.standing, caps))

    def result(self, needed: int) -> dict[str, int]:
        """By candidate, what the end of an election shows, whatever paper leaves to be `needed`."""
        stand = Counter(signature.candidate for signature in self.standing)
        return {name: public_count(0, stand[name], needed).shown for name in CANDIDATES}

    def lines_of(self, signature: ValidSignature, cells: dict[CellKey, Cell]) -> list[CellKey]:
        return [
            place
            for place, cell in cells.items()
            if line_hash(ELECTION, cell.edition, place, signature.code) in cell.hashes
        ]


def lived(history: list[list[tuple[str, str, int, int]]], caps: Caps = NO_CAPS) -> Courtyard:
    yard = Courtyard(caps=caps)
    for day in history:
        yard.live(day)
        yard.publish()
    return yard


@given(HISTORIES, CAPS)
def test_every_number_and_every_difference_is_made_of_fives(
    history: list[list[tuple[str, str, int, int]]], caps: Caps
) -> None:
    """So is then every sum of cells, and every difference between any two bulletins."""
    for cells in lived(history, caps).bulletins:
        assert all(len(cell.hashes) and len(cell.hashes) % STEP == 0 for cell in cells.values())


@given(HISTORIES, CAPS)
def test_no_building_has_more_lines_than_can_be_told(
    history: list[list[tuple[str, str, int, int]]], caps: Caps
) -> None:
    """Or they would tell of each neighbour there that they signed; also when the cap sinks later."""
    yard = lived(history)
    yard.caps = caps
    yard.publish()
    last = last_cells(
        ELECTION, len(yard.bulletins), yard.bulletins[-1], yard.standing, caps, yard.result(1_000)
    )
    for cells in (yard.bulletins[-1], last):
        for building, most in caps.most.items():
            lines = [len(cells.get((name, building), NO_CELL).hashes) for name in CANDIDATES]
            assert (max(lines) if caps.for_each else sum(lines)) <= most


@given(HISTORIES)
def test_the_lines_of_a_cell_stay_word_for_word_or_have_nothing_in_common(
    history: list[list[tuple[str, str, int, int]]],
) -> None:
    """Subtracting them leaves all of a cell or nothing, also across cells."""
    bulletins = lived(history).bulletins
    for earlier, later in pairwise(bulletins):
        for place, cell in later.items():
            before = earlier.get(place)
            kept_elsewhere = {h for p, c in earlier.items() if p != place for h in c.hashes}
            assert not cell.hashes & kept_elsewhere
            if before is not None:
                assert cell == before or not cell.hashes & before.hashes


@given(HISTORIES)
def test_a_cell_is_written_anew_only_when_five_have_come_or_gone(
    history: list[list[tuple[str, str, int, int]]],
) -> None:
    """Or, among OTHER lines, when somebody moved out with four more to their own building's."""
    yard = Courtyard()
    for day in history:
        yard.live(day)
        earlier = yard.bulletins[-1]
        yard.publish()
        later = yard.bulletins[-1]
        for place in earlier.keys() | later.keys():
            if earlier.get(place) == later.get(place):
                continue
            candidate, building = place
            if building != OTHER:
                here = [s for s in yard.standing if (s.candidate, s.building) == place]
                stayed = [s for s in here if place in yard.lines_of(s, earlier)]
                came = len(here) - len(stayed)
                gone = len(earlier[place].hashes) - len(stayed) if place in earlier else 0
                assert max(came, gone) >= STEP
            else:
                others = [p for p in later if p[0] == candidate and p != place]
                moved = any(later[p] != earlier.get(p) for p in others)
                lines = len(earlier[place].hashes) if place in earlier else 0
                stayed = [s for s in yard.standing if place in yard.lines_of(s, earlier)]
                pool = [
                    s
                    for s in yard.standing
                    if s.candidate == candidate
                    and not any(p in others for p in yard.lines_of(s, later))
                ]
                came = len([s for s in pool if place not in yard.lines_of(s, earlier)])
                assert moved or came >= STEP or lines - len(stayed) >= STEP


@given(HISTORIES, CAPS)
def test_nobody_stands_twice_and_few_are_left_out_or_linger(
    history: list[list[tuple[str, str, int, int]]], caps: Caps
) -> None:
    yard = Courtyard(caps=caps)
    for day in history:
        yard.live(day)
        yard.publish()
        cells = yard.bulletins[-1]
        waiting: Counter[str] = Counter()
        found: Counter[CellKey] = Counter()
        for signature in yard.standing:
            places = yard.lines_of(signature, cells)
            assert len(places) <= 1
            assert all(place[0] == signature.candidate for place in places)
            assert all(place[1] in (signature.building, OTHER) for place in places)
            waiting[signature.candidate] += not places
            found.update(places)
        assert max(waiting.values(), default=0) < STEP
        assert all(len(cell.hashes) - found[place] < STEP for place, cell in cells.items())


@given(HISTORIES, CAPS)
@example(
    [
        [("Adam", "Five", 6, 0), ("Vera", "Five", 5, 0)],
        [("Adam", "Five", 4, 0), ("Vera", "Five", -5, 0)],
    ],
    Caps({"Five": 10}),
)
def test_where_nothing_changes_nothing_is_published(
    history: list[list[tuple[str, str, int, int]]], caps: Caps
) -> None:
    yard = lived(history, caps)
    if caps.most and not caps.for_each:
        # What the last bulletin took from one candidate leaves room for another's in the next.
        yard.publish()
    yard.publish()
    assert yard.bulletins[-1] == yard.bulletins[-2]


@given(HISTORIES, st.lists(MOVES, max_size=6), st.integers(1, 60), CAPS)
def test_the_last_bulletin_has_as_many_lines_as_the_result_says(
    history: list[list[tuple[str, str, int, int]]],
    day: list[tuple[str, str, int, int]],
    needed: int,
    caps: Caps,
) -> None:
    yard = lived(history, caps)
    yard.live(day)
    result = yard.result(needed)
    number, before = len(yard.bulletins), yard.bulletins[-1]
    cells = last_cells(ELECTION, number, before, yard.standing, caps, result)
    former = {line for cell in yard.bulletins[-1].values() for line in cell.hashes}
    for candidate in CANDIDATES:
        sizes = {b: len(c.hashes) for (name, b), c in cells.items() if name == candidate}
        shown = result[candidate]
        assert sum(sizes.values()) == (shown if shown >= STEP else 0)
        assert all(size >= STEP for size in sizes.values())
        assert all(size % STEP == 0 for b, size in sizes.items() if b != OTHER)
    for cell in cells.values():
        assert cell.edition == len(yard.bulletins)
        assert not cell.hashes & former, "no line can be joined to a former one"
    lines = [place for s in yard.standing for place in yard.lines_of(s, cells)]
    assert len(lines) == sum(len(cell.hashes) for cell in cells.values()), "none of who withdrew"


@settings(max_examples=25)
@given(st.integers(0, 9), st.integers(0, 9))
def test_who_comes_and_goes_again_and_again_moves_nothing(came: int, rounds: int) -> None:
    """The tick of a number must not follow one person's taps."""
    yard = lived([[("Vera", "Five", 10 + came, 0)]])
    before = yard.bulletins[-1]
    restless = yard.standing[-1]
    for _ in range(rounds):
        yard.standing.remove(restless)
        yard.publish()
        yard.standing.append(restless)
        yard.publish()
    assert yard.bulletins[-1] == before
