"""What a sceptic asks of one bulletin by itself, without any trust in who wrote it.

`chain.py` asks the same of several, and holds them against what was seen in the chat. Signatures by
Ed25519 are beyond the standard library; `handlers/elections/heart/count/audit.py` asks for them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.domain.elections.bulletins.bulletin import (
    NO_HEAD,
    OTHER,
    Bulletin,
    CellKey,
    head_of,
    needed_by,
)
from bot.domain.elections.bulletins.findings import Finding, Kind, found

_MOST_COMPARED = 10
"""Names of one rough key that a name is held against: a file from anywhere may hold thousands."""


@dataclass(frozen=True)
class LookAlikes:
    """How names are compared: those that may look alike have one rough key, and then `are` decides."""

    key: Callable[[str], str]
    are: Callable[[str, str], bool]


def in_one(bulletin: Bulletin, candidates: LookAlikes, buildings: LookAlikes) -> Iterator[Finding]:
    """What is wrong or to be asked in one bulletin by itself."""
    yield from faults_in(bulletin)
    header = bulletin.header
    for one, other in _alike(dict.fromkeys(header.candidates), candidates):
        yield found(Kind.CANDIDATES_ALIKE, number=header.number, one=one, other=other)
    listed = dict.fromkeys(name for name, _ in header.buildings)
    for one, other in _alike([OTHER, *listed], buildings):
        yield found(Kind.BUILDINGS_ALIKE, number=header.number, one=one, other=other)
    together = sum(eligible or 0 for _, eligible in header.buildings)
    is_whole = bool(header.buildings) and all(n is not None for _, n in header.buildings)
    if together > header.base or (is_whole and together < header.base):
        yield found(
            Kind.BASE_UNLIKE_BUILDINGS, number=header.number, sum=together, base=header.base
        )


def faults_in(bulletin: Bulletin) -> Iterator[Finding]:
    """What is wrong in one bulletin by itself; nothing where it holds together."""
    yield from _faults_of_head(bulletin)
    yield from _faults_of_order(bulletin)
    yield from _faults_of_counts(bulletin)
    yield from _faults_of_caps(bulletin)


def _faults_of_head(bulletin: Bulletin) -> Iterable[Finding]:
    header = bulletin.header
    if bulletin.head != head_of(bulletin.body):
        yield found(Kind.HEAD_DIFFERS, number=header.number)
    if (header.number == 1) != (header.previous == NO_HEAD):
        yield found(Kind.PREVIOUS_MISPLACED, number=header.number)
    needed = needed_by(header.rule, header.base)
    if needed is None:
        yield found(Kind.RULE_UNCLEAR, number=header.number, rule=header.rule)
    elif needed != header.needed:
        yield found(
            Kind.NEEDED_DIFFERS,
            number=header.number,
            needed=needed,
            base=header.base,
            stated=header.needed,
        )


def _faults_of_order(bulletin: Bulletin) -> Iterable[Finding]:
    header = bulletin.header
    for what, rows in (
        ("buildings", [name for name, _ in header.buildings]),
        ("candidates", list(header.candidates)),
        ("cells", [cell_key for cell_key, _, _ in bulletin.stated]),
        ("lines", list(bulletin.lines)),
    ):
        if sorted(rows) != rows:
            yield found(Kind.UNSORTED, number=header.number, what=what)
        twice = len(rows) - len(set(rows))
        if twice:
            yield found(Kind.TWICE, number=header.number, what=what, count=twice)
    lines = set(bulletin.lines)
    if len({line for _, line in lines}) < len(lines):
        yield found(Kind.HASH_TWICE, number=header.number)


def _faults_of_counts(bulletin: Bulletin) -> Iterable[Finding]:
    number = bulletin.header.number
    by_candidate = Counter(candidate for (candidate, _), _ in bulletin.lines)
    for name, total in bulletin.totals:
        if by_candidate[name] != total:
            yield found(
                Kind.TOTAL_DIFFERS,
                number=number,
                candidate=name,
                lines=by_candidate[name],
                stated=total,
            )
    sums: Counter[str] = Counter()
    for (candidate, _), count, _ in bulletin.stated:
        sums[candidate] += count
    for name, total in bulletin.totals:
        if sums[name] != total:
            yield found(
                Kind.SUM_DIFFERS, number=number, candidate=name, sum=sums[name], stated=total
            )
    yield from _faults_of_cells(bulletin)
    for name in sorted(by_candidate.keys() - set(bulletin.header.candidates)):
        yield found(Kind.CANDIDATE_UNLISTED, number=number, candidate=name)


def _faults_of_cells(bulletin: Bulletin) -> Iterable[Finding]:
    number = bulletin.header.number
    by_cell = Counter(cell_key for cell_key, _ in bulletin.lines)
    for cell_key, count, edition in bulletin.stated:
        if by_cell[cell_key] != count:
            yield _of_cell(
                Kind.COUNT_DIFFERS, number, cell_key, lines=by_cell[cell_key], stated=count
            )
        if not 1 <= edition <= number:
            yield _of_cell(Kind.EDITION_AHEAD, number, cell_key, edition=edition)
    for cell_key in sorted(by_cell.keys() - {cell_key for cell_key, _, _ in bulletin.stated}):
        yield _of_cell(Kind.CELL_UNSTATED, number, cell_key)
    known = {OTHER, *(name for name, _ in bulletin.header.buildings)}
    for name in sorted({building for _, building in by_cell} - known):
        yield found(Kind.BUILDING_UNLISTED, number=number, building=name)


def _of_cell(kind: Kind, number: int, cell_key: CellKey, **about: int) -> Finding:
    candidate, building = cell_key
    return found(kind, number=number, candidate=candidate, building=building, **about)


def _faults_of_caps(bulletin: Bulletin) -> Iterable[Finding]:
    """Nowhere can more sign than live there; where one may sign for each candidate, none can have more."""
    header = bulletin.header
    eligible = dict(header.buildings)
    signed: dict[str, Counter[str]] = defaultdict(Counter)
    together: Counter[str] = Counter()
    for (candidate, building), _ in bulletin.lines:
        one = candidate if header.for_each else ""
        signed[building][one] += 1
        together[one] += 1
    for building, counts in sorted(signed.items()):
        cap, most = eligible.get(building), max(counts.values())
        if cap is not None and most > cap:
            yield found(Kind.OVER_CAP, number=header.number, building=building, lines=most, cap=cap)
    most = max(together.values(), default=0)
    if most > header.base:
        yield found(Kind.OVER_BASE, number=header.number, lines=most, base=header.base)


def _alike(names: Iterable[str], look: LookAlikes) -> Iterator[tuple[str, str]]:
    """Pairs of names that look alike, each name with the first that it could be taken for."""
    known: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        like = known[look.key(name)]
        one = next((each for each in like if look.are(each, name)), None)
        if one is not None:
            yield one, name
        elif len(like) < _MOST_COMPARED:
            like.append(name)
