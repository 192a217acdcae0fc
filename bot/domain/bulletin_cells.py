"""Which signatures a bulletin shows, so that no two bulletins laid side by side single anyone out.

Every cell, one candidate in one building, has a multiple of STEP lines; so has every sum and every
difference of cells. A cell stays as it is, word for word, until STEP people came to it or left it; then
all of its lines are written anew, with hashes that nobody can join to the former ones. Who doesn't fit
into their building's lines waits among the candidate's OTHER lines, which don't say where they live.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.bulletin import OTHER, Cell, Cells, Place, line_hash
from bot.domain.thresholds import STEP, public_count


@dataclass(frozen=True)
class Standing:
    """A signature that stands: its proof code, and OTHER where the building isn't listed."""

    candidate: str
    building: str
    code: str


def next_cells(
    election: str, number: int, previous: Cells, standing: Iterable[Standing]
) -> dict[Place, Cell]:
    """The cells that bulletin `number` shows after `previous`; the same cells where too little changed.

    At most STEP - 1 of a candidate's signatures are left out, and at most STEP - 1 lines of a cell are of
    signatures that were withdrawn.
    """
    writing = _Writing(election, number, previous)
    signatures = _by_candidate(standing)
    for candidate in {candidate for candidate, _ in previous} | signatures.keys():
        writing.go_on(candidate, signatures[candidate])
    return writing.cells


def last_cells(
    election: str, number: int, previous: Cells, standing: Iterable[Standing], needed: int
) -> dict[Place, Cell]:
    """The cells at the end, all written anew from what stands: as many lines of each candidate as the
    result says. Only there may OTHER have a number of lines that isn't a multiple of STEP."""
    writing = _Writing(election, number, previous)
    for candidate, codes in _by_candidate(standing).items():
        writing.end(candidate, codes, needed)
    return writing.cells


def _by_candidate(standing: Iterable[Standing]) -> defaultdict[str, dict[str, set[str]]]:
    """The codes by candidate and building."""
    codes: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for signature in standing:
        codes[signature.candidate].setdefault(signature.building, set()).add(signature.code)
    return codes


class _Writing:
    """A bulletin in the making."""

    def __init__(self, election: str, number: int, previous: Cells) -> None:
        self._election = election
        self._number = number
        self._previous = previous
        self.cells: dict[Place, Cell] = {}

    def go_on(self, candidate: str, codes: dict[str, set[str]]) -> None:
        """Keep or write each cell of a candidate."""
        seen = {building for known, building in self._previous if known == candidate}
        pool = set(codes.get(OTHER, ()))
        for building in sorted((seen | codes.keys()) - {OTHER}):
            pool |= self._keep_or_write((candidate, building), codes.get(building, set()))
        other = (candidate, OTHER)
        everyone = set().union(*codes.values())
        # Whoever found a place among their building's lines must not stand here too.
        has_moved = bool(self._inside(other, everyone - pool))
        self._keep_or_write(other, pool, must_write=has_moved)

    def end(self, candidate: str, codes: dict[str, set[str]], needed: int) -> None:
        """Write every cell of a candidate; together as many lines as the result says."""
        everyone = set().union(*codes.values())
        shown = public_count(0, len(everyone), needed).shown
        sizes = {b: _whole_steps(len(found)) for b, found in codes.items() if b != OTHER}
        while shown - sum(sizes.values()) not in (0, *range(STEP, shown + 1)) and any(
            sizes.values()
        ):
            # So few OTHER lines would stand out: a building's lines join them.
            smallest = min((b for b in sizes if sizes[b]), key=lambda b: (sizes[b], b))
            sizes[smallest] -= STEP
        for building, size in sizes.items():
            everyone -= self._write((candidate, building), codes[building], size)
        rest = shown - sum(sizes.values())
        self._write((candidate, OTHER), everyone, rest if rest >= STEP else 0)

    def _keep_or_write(
        self, place: Place, codes: set[str], *, must_write: bool = False
    ) -> set[str]:
        """Gives those that have no line in the cell."""
        cell = self._previous.get(place)
        inside = self._inside(place, codes)
        gone = len(cell.hashes) - len(inside) if cell else 0
        if must_write or gone >= STEP or len(codes) - len(inside) >= STEP:
            return codes - self._write(place, codes, _whole_steps(len(codes)))
        if cell is not None:
            self.cells[place] = cell
        return codes - inside

    def _write(self, place: Place, codes: set[str], size: int) -> set[str]:
        """Write a cell of `size` lines. Gives whose lines they are.

        Who has a line keeps one where possible; of the others those who have none anywhere come first.
        """
        inside, elsewhere = self._inside(place, codes), self._inside((place[0], OTHER), codes)
        by_need = sorted(codes, key=lambda c: (c not in inside, c in elsewhere, c))
        chosen = by_need[:size]
        if chosen:
            lines = (line_hash(self._election, self._number, place, code) for code in chosen)
            self.cells[place] = Cell(self._number, frozenset(lines))
        return set(chosen)

    def _inside(self, place: Place, codes: set[str]) -> set[str]:
        """Those of the codes that have a line in the former bulletin's cell."""
        cell = self._previous.get(place)
        if cell is None:
            return set()
        return {
            code
            for code in codes
            if line_hash(self._election, cell.edition, place, code) in cell.hashes
        }


def _whole_steps(number: int) -> int:
    return number // STEP * STEP
