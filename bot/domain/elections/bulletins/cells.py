"""Which signatures a bulletin shows, so that no two bulletins laid side by side single anyone out.

Every cell, one candidate in one building, has a multiple of STEP lines; so has every sum and every
difference of cells. A cell stays as it is, word for word, until STEP people came to it or left it; then
all of its lines are written anew, with hashes that nobody can join to the former ones. Who doesn't fit
into their building's lines waits among the candidate's OTHER lines, which don't say where they live. So
does who would make them so many that nearly everyone in the building had signed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.elections.bulletins.bulletin import OTHER, Cell, CellKey, Cells, line_hash
from bot.domain.fives import STEP, whole_steps


@dataclass(frozen=True)
class ValidSignature:
    """A signature that stands: its proof code, and OTHER where the building isn't listed."""

    candidate: str
    building: str
    code: str


@dataclass(frozen=True)
class Caps:
    """The most lines that buildings may have, each a multiple of STEP: of all candidates together, or
    of each where one may sign for each. A building that isn't in `most` has no such limit."""

    most: Mapping[str, int]
    for_each: bool = False


def next_cells(
    election: str, number: int, previous: Cells, valid: Iterable[ValidSignature], caps: Caps
) -> dict[CellKey, Cell]:
    """The cells that bulletin `number` shows after `previous`; the same cells where too little changed.

    At most STEP - 1 of a candidate's signatures are left out, and at most STEP - 1 lines of a cell are of
    signatures that were withdrawn.
    """
    signatures = _by_candidate(valid)
    writing = _Writing(election, number, previous, caps)
    writing.cells.update(previous)
    for candidate in sorted({candidate for candidate, _ in previous} | signatures.keys()):
        writing.go_on(candidate, signatures[candidate])
    return writing.cells


def last_cells(
    election: str,
    number: int,
    previous: Cells,
    valid: Iterable[ValidSignature],
    caps: Caps,
    shown: Mapping[str, int],
) -> dict[CellKey, Cell]:
    """The cells at the end, all written anew from what stands: as many lines of each candidate as the
    result says, which is `shown`. Only there may OTHER have a number of lines that isn't a multiple of
    STEP."""
    writing = _Writing(election, number, previous, caps)
    for candidate, codes in sorted(_by_candidate(valid).items()):
        writing.end(candidate, codes, shown[candidate])
    return writing.cells


def _by_candidate(valid: Iterable[ValidSignature]) -> defaultdict[str, dict[str, set[str]]]:
    """The codes by candidate and building."""
    codes: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for signature in valid:
        codes[signature.candidate].setdefault(signature.building, set()).add(signature.code)
    return codes


class _Writing:
    """A bulletin in the making."""

    def __init__(self, election: str, number: int, previous: Cells, caps: Caps) -> None:
        self._election = election
        self._number = number
        self._previous = previous
        self._caps = caps
        self.cells: dict[CellKey, Cell] = {}

    def go_on(self, candidate: str, codes: dict[str, set[str]]) -> None:
        """Write those cells of a candidate anew of which enough has changed."""
        seen = {building for known, building in self._previous if known == candidate}
        pool = set(codes.get(OTHER, ()))
        for building in sorted((seen | codes.keys()) - {OTHER}):
            pool |= self._keep_or_write((candidate, building), codes.get(building, set()))
        other = (candidate, OTHER)
        everyone = set().union(*codes.values())
        # Whoever found a place among their building's lines must not stand here too.
        has_moved = bool(self._inside(other, everyone - pool))
        self._keep_or_write(other, pool, must_write=has_moved)

    def end(self, candidate: str, codes: dict[str, set[str]], shown: int) -> None:
        """Write every cell of a candidate, together `shown` lines."""
        everyone = set().union(*codes.values())
        sizes = {
            building: whole_steps(self._fitting((candidate, building), found))
            for building, found in codes.items()
            if building != OTHER
        }
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
        self, cell_key: CellKey, codes: set[str], *, must_write: bool = False
    ) -> set[str]:
        """Gives those that have no line in the cell."""
        cell = self._previous.get(cell_key)
        inside = self._inside(cell_key, codes)
        lines, fit = len(cell.hashes) if cell else 0, self._fitting(cell_key, codes)
        gone, come = lines - min(len(inside), fit), fit - len(inside)
        if must_write or gone >= STEP or come >= STEP:
            return codes - self._write(cell_key, codes, whole_steps(fit))
        return codes - inside

    def _fitting(self, cell_key: CellKey, codes: set[str]) -> int:
        """How many of the codes may stand in a cell, next to the other candidates' there."""
        candidate, building = cell_key
        most = self._caps.most.get(building)
        if building == OTHER or most is None:
            return len(codes)
        if not self._caps.for_each:
            others = (c for at, c in self.cells.items() if at[1] == building and at[0] != candidate)
            most -= sum(len(cell.hashes) for cell in others)
        return min(len(codes), max(0, most))

    def _write(self, cell_key: CellKey, codes: set[str], size: int) -> set[str]:
        """Write a cell of `size` lines. Gives whose lines they are.

        Who has a line keeps one where possible; of the others those who have none anywhere come first.
        """
        inside, elsewhere = self._inside(cell_key, codes), self._inside((cell_key[0], OTHER), codes)
        by_need = sorted(codes, key=lambda c: (c not in inside, c in elsewhere, c))
        chosen = by_need[:size]
        self.cells.pop(cell_key, None)
        if chosen:
            lines = (line_hash(self._election, self._number, cell_key, code) for code in chosen)
            self.cells[cell_key] = Cell(self._number, frozenset(lines))
        return set(chosen)

    def _inside(self, cell_key: CellKey, codes: set[str]) -> set[str]:
        """Those of the codes that have a line in the former bulletin's cell."""
        cell = self._previous.get(cell_key)
        if cell is None:
            return set()
        return {
            code
            for code in codes
            if line_hash(self._election, cell.edition, cell_key, code) in cell.hashes
        }
