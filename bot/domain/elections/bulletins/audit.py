"""What a sceptic asks of bulletins, without any trust in who wrote them: in one, and in a row of them.

Signatures by Ed25519 are beyond the standard library. `handlers/elections/heart/count/audit.py` asks for
them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from bot.domain.elections.bulletins.bulletin import (
    NO_HEAD,
    OTHER,
    Bulletin,
    CellKey,
    head_of,
    needed_by,
)


def faults_in(bulletin: Bulletin) -> list[str]:
    """What is wrong in one bulletin by itself; nothing where it holds together."""
    return [
        *_faults_of_head(bulletin),
        *_faults_of_order(bulletin),
        *_faults_of_counts(bulletin),
        *_faults_of_caps(bulletin),
    ]


def faults_between(bulletins: list[Bulletin]) -> list[str]:
    """What is wrong between bulletins, sorted by number, of which no two are the same."""
    faults = []
    for name, values in (
        ("elections", {b.header.election for b in bulletins}),
        ("keys", {b.header.key for b in bulletins}),
    ):
        if len(values) > 1:
            faults.append(f"these bulletins are of {len(values)} different {name}")
    for earlier, later in pairwise(bulletins):
        faults += _faults_of_pair(earlier, later)
    return faults


def changes(bulletins: list[Bulletin]) -> list[str]:
    """What may change between bulletins, sorted by number, though never unnoticed: among how many they
    count, and where those live."""
    told = []
    for earlier, later in pairwise(bulletins):
        before, after = earlier.header, later.header
        if after.base != before.base:
            told.append(
                f"bulletin {after.number} counts {after.base} in all and needs {after.needed}, "
                f"{before.number} counted {before.base} and needed {before.needed}"
            )
        if after.buildings != before.buildings:
            told.append(
                f"the buildings changed between bulletins {before.number} and {after.number}"
            )
    return told


def gaps(bulletins: list[Bulletin]) -> list[str]:
    """Which bulletins, sorted by number, are missing: across them the chain can't be checked."""
    numbers = [0, *(bulletin.header.number for bulletin in bulletins)]
    return [
        f"number {earlier + 1} is missing"
        if later == earlier + 2
        else f"numbers {earlier + 1} to {later - 1} are missing"
        for earlier, later in pairwise(numbers)
        if later > earlier + 1
    ]


def named(cell_key: CellKey) -> str:
    """A cell as a report names it."""
    candidate, building = cell_key
    return f"{candidate!r} in {'other buildings' if building == OTHER else repr(building)}"


def _faults_of_head(bulletin: Bulletin) -> Iterable[str]:
    header = bulletin.header
    if bulletin.head != head_of(bulletin.body):
        yield "the head isn't that of this text: the file was changed after it was published"
    if (header.number == 1) != (header.previous == NO_HEAD):
        yield "only the first bulletin has none before it"
    needed = needed_by(header.rule, header.base)
    if needed is None:
        yield f"the rule can't be understood: {header.rule!r}"
    elif needed != header.needed:
        yield f"by its rule {needed} signatures are needed among {header.base}, not {header.needed}"


def _faults_of_order(bulletin: Bulletin) -> Iterable[str]:
    header = bulletin.header
    cell_keys = [cell_key for cell_key, _, _ in bulletin.stated]
    for what, rows in (
        ("buildings", [name for name, _ in header.buildings]),
        ("candidates", list(header.candidates)),
        ("cells", cell_keys),
        ("lines", list(bulletin.lines)),
    ):
        if sorted(rows) != rows:
            yield f"the {what} aren't sorted"
        twice = sum(count - 1 for count in Counter(rows).values())
        if twice:
            yield f"{twice} of the {what} stand there twice"
    hashes = Counter(line for _, line in set(bulletin.lines))
    if any(count > 1 for count in hashes.values()):
        yield "a hash stands in two cells"


def _faults_of_counts(bulletin: Bulletin) -> Iterable[str]:
    header = bulletin.header
    by_candidate = Counter(candidate for (candidate, _), _ in bulletin.lines)
    by_cell = Counter(cell_key for cell_key, _ in bulletin.lines)
    for name, total in bulletin.totals:
        if by_candidate[name] != total:
            yield f"{name!r} has {by_candidate[name]} lines, not {total}"
    for cell_key, count, edition in bulletin.stated:
        if by_cell[cell_key] != count:
            yield f"{named(cell_key)} has {by_cell[cell_key]} lines, not {count}"
        if not 1 <= edition <= header.number:
            yield f"{named(cell_key)} is from bulletin {edition}, which isn't before this one"
    for cell_key in sorted(by_cell.keys() - {cell_key for cell_key, _, _ in bulletin.stated}):
        yield f"{named(cell_key)} has lines and isn't announced"
    known = {OTHER, *(name for name, _ in header.buildings)}
    for name in sorted({building for _, building in by_cell} - known):
        yield f"the building {name!r} isn't on the list"
    for name in sorted(by_candidate.keys() - set(header.candidates)):
        yield f"{name!r} isn't among the candidates"


def _faults_of_caps(bulletin: Bulletin) -> Iterable[str]:
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
            yield f"{building!r} has {most} signatures, and only {cap} may sign there"
    if together and max(together.values()) > header.base:
        yield f"there are {max(together.values())} signatures among {header.base} who may sign"


def _faults_of_pair(earlier: Bulletin, later: Bulletin) -> Iterable[str]:
    first, second = earlier.header.number, later.header.number
    if first == second:
        yield f"there are two different bulletins with number {first}: one of them is false"
        return
    if earlier.header.is_last:
        yield f"bulletin {second} comes after {first}, which says that it is the last"
    if later.header.day < earlier.header.day:
        yield f"bulletin {second} is of an earlier day than {first}"
    if later.header.title != earlier.header.title:
        yield f"bulletin {second} has another title than {first}"
    # By size of the base one rule may ask for another share.
    is_same_base = later.header.base == earlier.header.base
    if is_same_base and later.header.rule != earlier.header.rule:
        yield f"bulletin {second} goes by another rule than {first}"
    if later.header.for_each != earlier.header.for_each:
        yield f"by bulletin {second} one person may sign otherwise than by {first}"
    if second != first + 1:
        return
    if later.header.previous != earlier.head:
        yield f"bulletin {second} doesn't follow {first}: it names another head"
    for cell_key, _, edition in later.stated:
        if edition < second and later.cells.get(cell_key) != earlier.cells.get(cell_key):
            yield f"{named(cell_key)} is said to be as before in bulletin {second}, and isn't"
