"""What the audit says, to whoever runs it at a terminal: English only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from bot.domain.elections.bulletins.bulletin import OTHER, Bulletin, CellKey, fingerprint
from bot.domain.elections.bulletins.findings import MOST_KEPT, Finding, Kind, Tally, Verdict

_LONGEST_LINE = 500

_WORDS = {
    Kind.UNREADABLE: "{reason}",
    Kind.HEAD_DIFFERS: "the head isn't that of this text: the file was changed after it was published",
    Kind.SIGNATURE_DIFFERS: "the signature isn't that of its key: somebody else wrote this",
    Kind.PREVIOUS_MISPLACED: "only the first bulletin has none before it",
    Kind.RULE_UNCLEAR: "the rule can't be understood: {rule!r}",
    Kind.NEEDED_DIFFERS: "by its rule {needed} signatures are needed among {base}, not {stated}",
    Kind.UNSORTED: "the {what} aren't sorted",
    Kind.TWICE: "{count} of the {what} stand there twice",
    Kind.HASH_TWICE: "a hash stands in two cells",
    Kind.TOTAL_DIFFERS: "{candidate!r} has {lines} lines, not {stated}",
    Kind.SUM_DIFFERS: "the cells of {candidate!r} add up to {sum}, not {stated}",
    Kind.COUNT_DIFFERS: "{candidate!r} in {where} has {lines} lines, not {stated}",
    Kind.EDITION_AHEAD: "{candidate!r} in {where} is from bulletin {edition}, which isn't before this one",
    Kind.CELL_UNSTATED: "{candidate!r} in {where} has lines and isn't announced",
    Kind.BUILDING_UNLISTED: "the building {building!r} isn't on the list",
    Kind.CANDIDATE_UNLISTED: "{candidate!r} isn't among the candidates",
    Kind.OVER_CAP: "{where} has {lines} signatures, and only {cap} may sign there",
    Kind.OVER_BASE: "there are {lines} signatures among {base} who may sign",
    Kind.CANDIDATES_ALIKE: "the candidates {one!r} and {other!r} look alike",
    Kind.BUILDINGS_ALIKE: "the buildings {one!r} and {other!r} look alike",
    Kind.BASE_UNLIKE_BUILDINGS: "the buildings hold {sum} altogether, and the base is {base}",
    Kind.ELECTIONS_DIFFER: "these bulletins are of {count} different elections",
    Kind.KEYS_DIFFER: "these bulletins are of {count} different keys",
    Kind.NUMBER_TWICE: "there are two different bulletins with number {number}: one of them is false",
    Kind.AFTER_LAST: "bulletin {number} comes after {earlier}, which says that it is the last",
    Kind.DAY_EARLIER: "bulletin {number} is of an earlier day than {earlier}",
    Kind.TITLE_CHANGED: "bulletin {number} has another title than {earlier}",
    Kind.RULE_CHANGED: "bulletin {number} goes by another rule than {earlier}",
    Kind.SIGNING_CHANGED: "by bulletin {number} one person may sign otherwise than by {earlier}",
    Kind.NOT_FOLLOWING: "bulletin {number} doesn't follow {earlier}: it names another head",
    Kind.CELL_REWRITTEN: (
        "{candidate!r} in {where} is said to be as before in bulletin {number}, and isn't"
    ),
    Kind.BEGINNING_MISSING: "{which} missing, so what came before is unknown",
    Kind.GAP: "{which} missing, so the bulletins on both sides may be of different histories",
    Kind.BASE_CHANGED: (
        "bulletin {number} counts {base} in all and needs {needed}, "
        "{earlier} counted {base_before} and needed {needed_before}"
    ),
    Kind.BUILDING_GONE: "{where} is gone from the list in bulletin {number}",
    Kind.BUILDING_NEW: "{where} with {cap} is new on the list in bulletin {number}",
    Kind.CAP_CHANGED: "in {where} {cap} may sign by bulletin {number}, {cap_before} by {earlier}",
    Kind.CANDIDATE_GONE: (
        "{candidate!r}, with {lines_before} lines in bulletin {earlier}, is gone from bulletin {number}"
    ),
    Kind.CANDIDATE_SHRUNK: (
        "{candidate!r} has {lines} lines in bulletin {number}, and had {lines_before} in {earlier}"
    ),
    Kind.ALL_GONE: "all {lines_before} lines of bulletin {earlier} are gone from {number}",
    Kind.SIGNER_UNKNOWN: (
        "who made these can't be told from files alone, for anybody can make a key. Compare with the chat: "
        "give --key as it stands there, or --head with a number and its head"
    ),
    Kind.OTHER_KEY: "bulletin {number} is signed with another key than you saw",
    Kind.OTHER_HEAD: "bulletin {number} isn't the one whose head you saw",
    Kind.HEAD_WITHOUT_FILE: "bulletin {number}, whose head you saw, isn't among these files",
    Kind.CODE_UNREADABLE: "this can't be a proof code: it has 16 letters and digits",
    Kind.CODE_TWICE: "the code stands {count} times in bulletin {number}: one signature is counted again",
    Kind.CODE_MISSING: "the code isn't in bulletin {number}, the newest of these",
}
_HEADS = {
    Verdict.WRONG: "WRONG: {}.",
    Verdict.UNREADABLE: "CAN'T BE READ: {}.",
    Verdict.CANNOT_TELL: "CAN'T TELL: {}.",
    Verdict.HOLDS: "Note: {}. Ask why.",
}
_CONCLUSIONS = {
    Verdict.HOLDS: "HOLDS: nothing is wrong, and they are of the key or head that you saw in the chat.",
    Verdict.CANNOT_TELL: "CAN'T TELL: nothing is wrong as far as the files go; what is open stands above.",
    Verdict.UNREADABLE: "CAN'T BE READ: not everything could be checked.",
    Verdict.WRONG: "WRONG: tell the others what stands above.",
}


def of_file(file: Path, bulletin: Bulletin | None, findings: Tally) -> list[str]:
    """What one file is about, and what was found in it."""
    told = [*_about(bulletin)] if bulletin else []
    if findings.verdict is Verdict.HOLDS:
        told.append("In order by itself: counts, sums, caps, head and signature.")
    return [str(file), *(f"  {line}" for line in (*told, *_findings(findings))), ""]


def together(findings: Tally, places: list[tuple[int, CellKey]]) -> Iterable[str]:
    """What was found in all files together, and where a code stands."""
    stands = (
        f"The code stands in bulletin {number}: for {candidate}, {building}."
        for number, (candidate, building) in places
    )
    yield from _few(stands, len(places), "places")
    yield from _findings(findings)


def conclusion(verdict: Verdict, keys: set[str]) -> Iterable[str]:
    if not keys:
        yield "No bulletin could be checked."
    if len(keys) == 1:
        yield f"Key: {fingerprint(*keys)}"
        yield "A key says who made them, a head which one it is: compare both with the chat."
    yield "What no file can show: whether each line is a person who lives there. Ask a few."
    yield _CONCLUSIONS[verdict]


def printable(line: str) -> str:
    """A line without what could steer the reader's terminal, or fill it."""
    cut = line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in cut)


def _about(bulletin: Bulletin) -> Iterator[str]:
    header = bulletin.header
    is_last = ", the last" if header.is_last else ""
    yield header.title
    yield f"bulletin {header.number}{is_last}, of {header.day.isoformat()}"
    yield f"needed: {header.needed} ({header.rule}, {header.base} in all)"
    totals = (f"{total} lines: {name}" for name, total in bulletin.totals)
    yield from _few(totals, len(bulletin.totals), "candidates")
    lines = Counter(building for (_, building), _ in bulletin.lines)
    listed = [each for each in (*header.buildings, (OTHER, None)) if lines[each[0]]]
    houses = (
        f"  {lines[name]} of {'?' if most is None else most}: {name}" for name, most in listed
    )
    yield from _few(houses, len(listed), "buildings")
    yield f"head: {bulletin.head}"
    yield f"key:  {fingerprint(header.key)}"


def _findings(findings: Tally) -> Iterator[str]:
    """The gravest first, and of each verdict only so many."""
    for verdict in reversed(Verdict):
        said = (
            _HEADS[verdict].format(_say(each))
            for each in findings.first
            if each.kind.verdict is verdict
        )
        count = sum(n for kind, n in findings.counts.items() if kind.verdict is verdict)
        yield from _few(said, count, "of these")


def _few(lines: Iterable[str], count: int, what: str) -> Iterator[str]:
    yield from islice(lines, MOST_KEPT)
    if count > MOST_KEPT:
        yield f"… and {count - MOST_KEPT} {what} more."


def _say(finding: Finding) -> str:
    about = dict(finding.about)
    building = about.get("building")
    where = "other buildings" if building == OTHER else repr(building)
    first, last = about.get("first"), about.get("last")
    which = f"number {first} is" if first == last else f"numbers {first} to {last} are"
    return _WORDS[finding.kind].format(**about, where=where, which=which)
