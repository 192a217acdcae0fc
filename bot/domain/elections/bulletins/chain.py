"""What a sceptic asks of several bulletins together: whether each follows from the one before it, and whether
they are those that were seen in the chat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.elections.bulletins.bulletin import Bulletin, Header, fingerprint
from bot.domain.elections.bulletins.findings import Finding, Kind, found


@dataclass(frozen=True)
class Seen:
    """What somebody saw in the chat: the key or its fingerprint, in hexadecimal digits alone, and heads by
    the numbers of their bulletins."""

    key: str | None = None
    heads: tuple[tuple[int, str], ...] = ()


def between(bulletins: Sequence[Bulletin]) -> Iterator[Finding]:
    """What is wrong, open or to be asked between bulletins, sorted by number and head, of which no two are
    the same."""
    for kind, values in (
        (Kind.ELECTIONS_DIFFER, {b.header.election for b in bulletins}),
        (Kind.KEYS_DIFFER, {b.header.key for b in bulletins}),
    ):
        if len(values) > 1:
            yield found(kind, count=len(values))
    if bulletins and bulletins[0].header.number > 1:
        yield found(Kind.BEGINNING_MISSING, first=1, last=bulletins[0].header.number - 1)
    for earlier, later in pairwise(bulletins):
        yield from _between_two(earlier, later)


def against(seen: Seen, bulletins: Sequence[Bulletin]) -> Iterator[Finding]:
    """Whether these bulletins are those that were seen."""
    present = {bulletin.header.number for bulletin in bulletins}
    if seen.key is None and not any(number in present for number, _ in seen.heads):
        yield found(Kind.SIGNER_UNKNOWN)
    for bulletin in bulletins:
        header = bulletin.header
        if seen.key not in (None, header.key, fingerprint(header.key).replace(" ", "")):
            yield found(Kind.OTHER_KEY, number=header.number)
    for number, head in seen.heads:
        if number not in present:
            yield found(Kind.HEAD_WITHOUT_FILE, number=number)
        named = (
            *(b.head for b in bulletins if b.header.number == number),
            *(b.header.previous for b in bulletins if b.header.number == number + 1),
        )
        if any(each != head for each in named):
            yield found(Kind.OTHER_HEAD, number=number)


def about_code(code: str, bulletins: Sequence[Bulletin]) -> Iterator[Finding]:
    """Whether a proof code stands where it should: once in the newest bulletin, twice in none."""
    if not bulletins:
        return
    for bulletin in bulletins:
        places = bulletin.find(code)
        if len(places) > 1:
            yield found(Kind.CODE_TWICE, number=bulletin.header.number, count=len(places))
    if not bulletins[-1].find(code):
        yield found(Kind.CODE_MISSING, number=bulletins[-1].header.number)


def _between_two(earlier: Bulletin, later: Bulletin) -> Iterable[Finding]:
    first, second = earlier.header.number, later.header.number
    if first == second:
        yield found(Kind.NUMBER_TWICE, number=first)
        return
    for kind, is_so in _contradictions(earlier.header, later.header):
        if is_so:
            yield found(kind, earlier=first, number=second)
    if second > first + 1:
        yield found(Kind.GAP, first=first + 1, last=second - 1)
    elif later.header.previous != earlier.head:
        yield found(Kind.NOT_FOLLOWING, earlier=first, number=second)
    for cell_key, _, edition in later.stated:
        # Word for word since then, and so in every bulletin in between.
        if edition <= first and later.cells.get(cell_key) != earlier.cells.get(cell_key):
            candidate, building = cell_key
            yield found(Kind.CELL_REWRITTEN, number=second, candidate=candidate, building=building)
    yield from _changes_of_base(earlier.header, later.header)
    yield from _changes_of_candidates(earlier, later)


def _contradictions(before: Header, after: Header) -> Iterable[tuple[Kind, bool]]:
    """What may never change within an election."""
    # By size of the base one rule may ask for another share.
    has_same_base = before.base == after.base
    return (
        (Kind.AFTER_LAST, before.is_last),
        (Kind.DAY_EARLIER, after.day < before.day),
        (Kind.TITLE_CHANGED, after.title != before.title),
        (Kind.RULE_CHANGED, has_same_base and after.rule != before.rule),
        (Kind.SIGNING_CHANGED, after.for_each != before.for_each),
    )


def _changes_of_base(before: Header, after: Header) -> Iterable[Finding]:
    numbers = {"earlier": before.number, "number": after.number}
    if after.base != before.base:
        yield found(
            Kind.BASE_CHANGED,
            **numbers,
            base=after.base,
            needed=after.needed,
            base_before=before.base,
            needed_before=before.needed,
        )
    old, new = dict(before.buildings), dict(after.buildings)
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield found(Kind.BUILDING_GONE, **numbers, building=name)
        elif name not in old:
            yield found(Kind.BUILDING_NEW, **numbers, building=name, cap=_told(new[name]))
        elif old[name] != new[name]:
            yield found(
                Kind.CAP_CHANGED,
                **numbers,
                building=name,
                cap=_told(new[name]),
                cap_before=_told(old[name]),
            )


def _changes_of_candidates(earlier: Bulletin, later: Bulletin) -> Iterable[Finding]:
    numbers = {"earlier": earlier.header.number, "number": later.header.number}
    totals = dict(later.totals)
    for name, before in earlier.totals:
        if name not in totals:
            yield found(Kind.CANDIDATE_GONE, **numbers, candidate=name, lines_before=before)
        elif totals[name] < before:
            yield found(
                Kind.CANDIDATE_SHRUNK,
                **numbers,
                candidate=name,
                lines=totals[name],
                lines_before=before,
            )
    if earlier.lines and not later.lines:
        yield found(Kind.ALL_GONE, **numbers, lines_before=len(earlier.lines))


def _told(eligible: int | None) -> str:
    return "?" if eligible is None else str(eligible)
