"""`python -m bot audit FILE…`: check bulletins without the bot, its database, or any trust in either."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.elections.bulletins.audit import LookAlikes, in_one
from bot.domain.elections.bulletins.bulletin import Bulletin, CellKey, NoBulletin, read
from bot.domain.elections.bulletins.chain import Seen, about_code, against, between
from bot.domain.elections.bulletins.findings import Finding, Kind, Tally, Verdict, found, gravest
from bot.domain.elections.bulletins.proof_codes import read_code
from bot.domain.elections.names import is_same_building, look_alike
from bot.domain.plain_text import is_drawn
from bot.safety.lookalikes import prototype
from handlers.elections.heart.count import audit_words
from handlers.elections.heart.count.bulletin_keys import is_signed

EXIT_STATUS = {
    Verdict.HOLDS: 0,
    Verdict.WRONG: 1,
    Verdict.UNREADABLE: 2,
    Verdict.CANNOT_TELL: 3,
}
_MOST_BYTES = 16 * 1024 * 1024
_LONGEST = 200
"""Signs of a name that are compared: a file from anywhere may hold one of megabytes."""
_NOTHING_SEEN = Seen()
_KEY = re.compile(r"[0-9a-f]{20}|[0-9a-f]{64}")
_HEAD = re.compile(r"([1-9][0-9]{0,6}):([0-9a-f]{64})")


@dataclass
class Report:
    """What was found: in each file, in all together, and where a proof code stands."""

    of_files: list[tuple[Path, Bulletin | None, Tally]] = field(default_factory=list)
    together: Tally = field(default_factory=Tally)
    places: list[tuple[int, CellKey]] = field(default_factory=list)

    @property
    def kinds(self) -> set[Kind]:
        return {kind for tally in self._tallies for kind in tally.counts}

    @property
    def verdict(self) -> Verdict:
        return gravest(tally.verdict for tally in self._tallies)

    @property
    def _tallies(self) -> list[Tally]:
        return [*(tally for _, _, tally in self.of_files), self.together]

    @property
    def lines(self) -> list[str]:
        """To read at a terminal, and few enough for it."""
        told = [line for each in self.of_files for line in audit_words.of_file(*each)]
        told += audit_words.together(self.together, self.places)
        keys = {bulletin.header.key for _, bulletin, _ in self.of_files if bulletin}
        told += audit_words.conclusion(self.verdict, keys)
        return list(map(audit_words.printable, told))


def audit(files: list[Path], seen: Seen = _NOTHING_SEEN, code: str | None = None) -> Report:
    """Check bulletins, each by itself, all together and against what was seen in the chat; look a proof code
    up in them."""
    report = Report()
    bulletins: dict[tuple[int, str, str], Bulletin] = {}
    for file in files:
        try:
            bulletin = read_file(file)
        except NoBulletin as error:
            reason = found(Kind.UNREADABLE, reason=str(error))
            report.of_files.append((file, None, Tally([reason])))
            continue
        inside = Tally(in_one(bulletin, _CANDIDATES, _BUILDINGS))
        inside.add(_fault_of_signature(bulletin))
        report.of_files.append((file, bulletin, inside))
        bulletins[bulletin.header.number, bulletin.head, bulletin.body] = bulletin
    in_order = [bulletins[known] for known in sorted(bulletins)]
    if in_order:
        report.together.add(between(in_order))
        report.together.add(against(seen, in_order))
    if code is not None:
        _look_up(report, in_order, code)
    return report


def read_seen(key: str | None, heads: Iterable[str]) -> Seen:
    """What was seen in the chat, as it is given on the command line. Raises `ValueError` with the reason."""
    if key is not None:
        key = "".join(key.split()).lower()
        if not _KEY.fullmatch(key):
            raise ValueError("--key is the short line of the chat, or the whole key of a file")
    found_heads = [_HEAD.fullmatch("".join(typed.split()).lower()) for typed in heads]
    if not all(found_heads):
        raise ValueError("--head is a bulletin's number, a colon, and its head of 64 digits")
    return Seen(key, tuple((int(match[1]), match[2]) for match in found_heads if match))


def read_file(file: Path) -> Bulletin:
    """Read a bulletin from a file. Raises `NoBulletin` with the reason in words."""
    try:
        with file.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "there can't be such a file"
        raise NoBulletin(f"the file can't be opened ({reason})") from None
    if not content:
        raise NoBulletin("the file is empty")
    if len(content) > _MOST_BYTES:
        raise NoBulletin("it is larger than any bulletin")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise NoBulletin("it isn't a text in UTF-8; take the file as it was posted") from None
    if "\r" in text:
        raise NoBulletin("its line ends were changed on the way; take the file as it was posted")
    return read(text)


def _fault_of_signature(bulletin: Bulletin) -> Iterable[Finding]:
    if not is_signed(bulletin.head, bulletin.signature, bulletin.header.key):
        yield found(Kind.SIGNATURE_DIFFERS, number=bulletin.header.number)


def _look_up(report: Report, bulletins: list[Bulletin], typed: str) -> None:
    code = read_code(typed)
    if code is None:
        report.together.add([found(Kind.CODE_UNREADABLE)])
        return
    report.places += [(b.header.number, place) for b in bulletins for place in b.find(code)]
    report.together.add(about_code(code, bulletins))


def _looks(name: str) -> str:
    """Very roughly what a name is taken for: the same for any two that look alike, and for some others."""
    plain = unicodedata.normalize("NFKD", name[:_LONGEST])
    capitals = "".join(map(prototype, "".join(filter(is_drawn, plain)).upper()))
    seen = "".join(filter(str.isalnum, capitals.casefold()))
    return seen.replace("rn", "m").replace("i", "l")


def _alike(one: str, other: str) -> bool:
    return look_alike(one[:_LONGEST], other[:_LONGEST], prototype)


def _same_building(one: str, other: str) -> bool:
    return is_same_building(one[:_LONGEST], other[:_LONGEST], prototype)


_CANDIDATES = LookAlikes(_looks, _alike)
_BUILDINGS = LookAlikes(_looks, _same_building)
