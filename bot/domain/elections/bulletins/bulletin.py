"""The bulletin of an election: a text file in which everyone who signed can find their line.

UTF-8, LF, fields parted by tabs. First what it is about, then how many lines stand in each cell (one
candidate, one building), then a line for each signature: candidate, building, hash. Every part is
sorted. Last come the head, which is the SHA-256 of everything above it, and its Ed25519 signature. A
bulletin names the head of the one before it. `docs/bulletins.md` describes the format for readers.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.domain.elections.rule import Rule
from bot.domain.elections.thresholds import Threshold
from bot.domain.refusal import Refused

FORMAT = "dvor-bulletin"
VERSION = "1"
OTHER = "other"
"""In place of a building: the line doesn't say which."""
NO_HEAD = "-"

CellKey = tuple[str, str]
"""A candidate and a building, or OTHER."""

_ONE, _EACH = "one a person", "one a person for each candidate"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,6}")
_HASH = re.compile(r"[0-9a-f]{64}")
_ELECTION = re.compile(r"[0-9a-f]{32}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, tabs and line feeds among them, and half characters."""
_ASKED = re.compile(
    r"(?P<how>at least|more than) (?P<part>[1-9][0-9]{0,6})/(?P<whole>[1-9][0-9]{0,6}) of [a-z]+"
    r"|(?P<flat>[1-9][0-9]{0,6}) of [a-z]+"
)


class NoBulletin(Exception):
    """A text isn't a whole bulletin of this format; the message says why."""


class Unwritable(Exception):
    """A title or name has a sign in it after which nobody could read the bulletin."""


@dataclass(frozen=True)
class Cell:
    """The lines of one candidate from one building, as bulletin number `edition` wrote them."""

    edition: int
    hashes: frozenset[str]


Cells = Mapping[CellKey, Cell]


@dataclass(frozen=True)
class Header:
    """What a bulletin is about. `buildings` gives how many may sign in each, None where nobody knows;
    `previous` is the head before this one, NO_HEAD in the first."""

    election: str
    title: str
    number: int
    is_last: bool
    day: date
    rule: str
    base: int
    needed: int
    for_each: bool
    previous: str
    key: str
    buildings: tuple[tuple[str, int | None], ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Bulletin:
    """A bulletin as it was written, right or wrong."""

    header: Header
    # What it says of itself: lines for each candidate; lines and edition for each cell.
    totals: tuple[tuple[str, int], ...]
    stated: tuple[tuple[CellKey, int, int], ...]
    lines: tuple[tuple[CellKey, str], ...]
    body: str
    head: str
    signature: str

    @cached_property
    def cells(self) -> dict[CellKey, Cell]:
        """The lines by cell; lines of a cell that isn't stated belong to edition 0."""
        editions = {cell_key: edition for cell_key, _, edition in self.stated}
        hashes = defaultdict(set)
        for cell_key, line in self.lines:
            hashes[cell_key].add(line)
        return {
            cell_key: Cell(editions.get(cell_key, 0), frozenset(found))
            for cell_key, found in hashes.items()
        }

    def find(self, code: str) -> list[CellKey]:
        """Where the signature with this code stands."""
        return places_of(code, self.header.election, self.cells)


def places_of(code: str, election: str, cells: Cells) -> list[CellKey]:
    """Where among these cells of an election the signature with this code stands."""
    return [
        cell_key
        for cell_key, cell in sorted(cells.items())
        if line_hash(election, cell.edition, cell_key, code) in cell.hashes
    ]


def line_hash(election: str, edition: int, cell_key: CellKey, code: str) -> str:
    """The hash of a signature's line, 64 hexadecimal digits.

    With the edition in it, a line that is written anew looks like any other: only who has the code can
    tell that it is the same one.
    """
    fields = (f"{FORMAT}-line {VERSION}", election, str(edition), *cell_key, code)
    return hashlib.sha256("\t".join(fields).encode()).hexdigest()


def rule_line(rule: Rule, base: int) -> str:
    """What is asked of a base of this size, as the file says it: "at least 1/4 of residents"."""
    asked, counted = rule.asked(base), rule.counted.value
    if isinstance(asked, int):
        return f"{min(asked, base)} of {counted}"
    how = "more than" if asked.strict else "at least"
    return f"{how} {asked.numerator}/{asked.denominator} of {counted}"


def needed_by(rule: str, base: int) -> int | None:
    """How many signatures a `rule_line` asks of a base; None where it can't be understood."""
    match = _ASKED.fullmatch(rule)
    if match is None:
        return None
    if match["flat"]:
        return int(match["flat"])
    try:
        share = Threshold(int(match["part"]), int(match["whole"]), match["how"] == "more than")
        return share.needed(base)
    except Refused:
        return None


def write_body(header: Header, cells: Cells) -> str:
    """Everything above the head. Raises `Unwritable`."""
    _require_writable(header, cells)
    totals = Counter(dict.fromkeys(header.candidates, 0))
    for (candidate, _), cell in cells.items():
        totals[candidate] += len(cell.hashes)
    rows = [
        (FORMAT, VERSION),
        ("election", header.election),
        ("title", header.title),
        ("number", header.number),
        ("last", "yes" if header.is_last else "no"),
        ("date", header.day.isoformat()),
        ("rule", header.rule),
        ("base", header.base),
        ("needed", header.needed),
        ("signatures", _EACH if header.for_each else _ONE),
        ("previous", header.previous),
        ("key", header.key),
        *(
            ("building", name, "?" if eligible is None else eligible)
            for name, eligible in sorted(header.buildings)
        ),
        *(("candidate", *total) for total in sorted(totals.items())),
        *(
            ("cell", *cell_key, len(cell.hashes), cell.edition)
            for cell_key, cell in sorted(cells.items())
        ),
        *sorted(
            ("line", *cell_key, line) for cell_key, cell in cells.items() for line in cell.hashes
        ),
    ]
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def _require_writable(header: Header, cells: Cells) -> None:
    names = (*header.candidates, *(name for name, _ in header.buildings))
    texts = (header.title, header.rule, *names, *(name for cell_key in cells for name in cell_key))
    if any(map(_BREAKING.search, texts)):
        raise Unwritable


def head_of(body: str) -> str:
    """The head of a bulletin, 64 hexadecimal digits."""
    return hashlib.sha256(body.encode()).hexdigest()


def to_sign(head: str) -> bytes:
    """What the bot's key signs."""
    return f"{FORMAT} {VERSION} head {head}".encode()


def write(body: str, signature: str) -> str:
    """The whole file."""
    return f"{body}head\t{head_of(body)}\nsigned\t{signature}\n"


def fingerprint(key: str) -> str:
    """A public key in short, to compare by eye: 80 bits in groups of four."""
    short = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:20]
    return " ".join(short[start : start + 4] for start in range(0, len(short), 4))


def read(text: str) -> Bulletin:
    """Take a bulletin apart without judging it. Raises `NoBulletin`."""
    rows = [line.split("\t") for line in text.split("\n")]
    if rows[0][0] != FORMAT:
        raise NoBulletin("it doesn't begin as a bulletin does")
    if rows[0] != [FORMAT, VERSION]:
        raise NoBulletin("it is of another version of the format")
    if rows[-1] != [""] or len(rows) < 3 or rows[-2][0] != "signed":
        raise NoBulletin("it isn't whole: the end is missing")
    reader = _Reader(rows[1:-1])
    header, totals = _read_header(reader)
    stated = [
        ((candidate, building), _number(count), _number(edition))
        for candidate, building, count, edition in reader.many("cell", 4)
    ]
    lines = [
        ((candidate, building), _hash(line)) for candidate, building, line in reader.many("line", 3)
    ]
    head = _hash(reader.one("head"))
    signature = _digits(reader.one("signed"), _SIGNATURE, "its signature isn't one")
    reader.require_end()
    body = text[: text.rindex("\nhead\t") + 1]
    return Bulletin(header, totals, tuple(stated), tuple(lines), body, head, signature)


def _read_header(reader: _Reader) -> tuple[Header, tuple[tuple[str, int], ...]]:
    fields = {
        name: reader.one(name)
        for name in (
            "election", "title", "number", "last", "date", "rule", "base", "needed", "signatures",
            "previous", "key",
        )
    }  # fmt: skip
    buildings = [
        (name, None if eligible == "?" else _number(eligible))
        for name, eligible in reader.many("building", 2)
    ]
    totals = tuple((name, _number(total)) for name, total in reader.many("candidate", 2))
    header = Header(
        election=_digits(fields["election"], _ELECTION, "the election's number isn't one"),
        title=fields["title"],
        number=_counting_from_one(fields["number"]),
        is_last=_one_of(fields["last"], "no", "yes"),
        day=_day(fields["date"]),
        rule=fields["rule"],
        base=_number(fields["base"]),
        needed=_number(fields["needed"]),
        for_each=_one_of(fields["signatures"], _ONE, _EACH),
        previous=NO_HEAD if fields["previous"] == NO_HEAD else _hash(fields["previous"]),
        key=_hash(fields["key"]),
        buildings=tuple(buildings),
        candidates=tuple(name for name, _ in totals),
    )
    return header, totals


class _Reader:
    """Takes row after row, in the order of the format."""

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows = rows
        self._next = 0

    def one(self, name: str) -> str:
        found = self._take(name, 1)
        if not found or len(found[0]) != 1:
            raise NoBulletin(f"there is no {name!r} where it belongs, or it has too many fields")
        return found[0][0]

    def many(self, name: str, fields: int) -> Iterable[list[str]]:
        found = self._take(name, None)
        if any(len(row) != fields for row in found):
            raise NoBulletin(f"a {name!r} has too many fields, or too few")
        return found

    def require_end(self) -> None:
        if self._next != len(self._rows):
            raise NoBulletin("something stands where nothing belongs")

    def _take(self, name: str, most: int | None) -> list[list[str]]:
        start = self._next
        end = len(self._rows) if most is None else min(len(self._rows), start + most)
        while self._next < end and self._rows[self._next][0] == name:
            self._next += 1
        return [row[1:] for row in self._rows[start : self._next]]


def _number(field: str) -> int:
    if not _NUMBER.fullmatch(field):
        raise NoBulletin("a number isn't one")
    return int(field)


def _counting_from_one(field: str) -> int:
    number = _number(field)
    if not number:
        raise NoBulletin("a number isn't one")
    return number


def _hash(field: str) -> str:
    return _digits(field, _HASH, "a hash, head or key isn't one")


def _digits(field: str, form: re.Pattern[str], reason: str) -> str:
    if not form.fullmatch(field):
        raise NoBulletin(reason)
    return field


def _day(field: str) -> date:
    try:
        day = date.fromisoformat(field)
    except ValueError:
        raise NoBulletin("its date isn't one") from None
    if day.isoformat() != field:
        raise NoBulletin("its date isn't one")
    return day


def _one_of(field: str, no: str, yes: str) -> bool:
    if field not in (no, yes):
        raise NoBulletin("a choice isn't one")
    return field == yes
