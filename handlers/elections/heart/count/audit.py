"""`python -m bot audit FILE…`: check bulletins without the bot, its database, or any trust in either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.domain.elections.bulletins.audit import changes, faults_between, faults_in, gaps
from bot.domain.elections.bulletins.bulletin import OTHER, Bulletin, NoBulletin, fingerprint, read
from bot.domain.elections.bulletins.proof_codes import read_code
from handlers.elections.heart.count.bulletin_keys import is_signed

FINE, WRONG, UNREADABLE = 0, 1, 2
_MOST_BYTES = 64 * 1024 * 1024
_MOST_TOLD = 20


@dataclass(frozen=True)
class Report:
    """What was found, in lines to read, and the exit status that says the same."""

    lines: tuple[str, ...]
    status: int


def audit(files: list[Path], code: str | None = None) -> Report:
    """Check bulletins, each by itself and all together; look a proof code up in them."""
    lines: list[str] = []
    status = FINE
    bulletins: dict[str, Bulletin] = {}
    for file in files:
        try:
            bulletin = read_file(file)
        except NoBulletin as error:
            lines += [f"{file}", f"  CAN'T BE READ: {error}.", ""]
            status = UNREADABLE
            continue
        faults = [*faults_in(bulletin), *_fault_of_signature(bulletin)]
        lines += [f"{file}", *_about(bulletin), *_verdict(faults), ""]
        status = max(status, WRONG if faults else FINE)
        bulletins[f"{bulletin.head} {bulletin.body}"] = bulletin
    in_order = sorted(bulletins.values(), key=lambda b: (b.header.number, b.head))
    faults = faults_between(in_order)
    lines += _together(in_order, faults)
    status = max(status, WRONG if faults else FINE)
    if code is not None:
        found, is_there = _look_up(in_order, code)
        lines += ["", *found]
        status = max(status, FINE if is_there else WRONG)
    return Report(tuple(map(_printable, lines)), status)


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


def _fault_of_signature(bulletin: Bulletin) -> Iterable[str]:
    if not is_signed(bulletin.head, bulletin.signature, bulletin.header.key):
        yield "the signature isn't that of its key: somebody else wrote this"


def _about(bulletin: Bulletin) -> list[str]:
    header = bulletin.header
    is_last = ", the last" if header.is_last else ""
    return [
        f"  {header.title}",
        f"  bulletin {header.number}{is_last}, of {header.day.isoformat()}",
        f"  needed: {header.needed} ({header.rule}, {header.base} in all)",
        *(f"  {total} lines: {name}" for name, total in bulletin.totals),
        *_buildings(bulletin),
        f"  head: {bulletin.head}",
        f"  key:  {fingerprint(header.key)}",
    ]


def _buildings(bulletin: Bulletin) -> Iterable[str]:
    for name, eligible in (*bulletin.header.buildings, (OTHER, None)):
        lines = sum(building == name for (_, building), _ in bulletin.lines)
        if lines:
            yield f"    {lines} of {'?' if eligible is None else eligible}: {name}"


def _verdict(faults: list[str]) -> list[str]:
    if not faults:
        return ["  FINE: counts, order, caps, head and signature hold."]
    told = [f"  WRONG: {fault}." for fault in faults[:_MOST_TOLD]]
    more = len(faults) - len(told)
    return [*told, f"  WRONG: and {more} faults more."] if more else told


def _together(bulletins: list[Bulletin], faults: list[str]) -> list[str]:
    if not bulletins:
        return ["No bulletin could be checked."]
    lines = [f"WRONG: {fault}." for fault in faults[:_MOST_TOLD]]
    lines += [f"Note: bulletin {gap}; the chain can't be checked there." for gap in gaps(bulletins)]
    lines += [f"Note: {change}. Ask why." for change in changes(bulletins)]
    if len(bulletins) > 1 and not faults:
        lines.append("FINE: one election, one key, and each follows the one before it.")
    if len({bulletin.header.key for bulletin in bulletins}) == 1:
        key = fingerprint(bulletins[0].header.key)
        lines.append(f"Now compare key and heads with what stands in the chat. Key: {key}")
    lines.append("What this can't show: whether each line is a person who lives there. Ask a few.")
    return lines


def _look_up(bulletins: list[Bulletin], typed: str) -> tuple[list[str], bool]:
    code = read_code(typed)
    if code is None:
        return ["This can't be a proof code: it has 16 letters and digits."], False
    found = [
        f"The code stands in bulletin {bulletin.header.number}: for {candidate}, {building}."
        for bulletin in bulletins
        for candidate, building in bulletin.find(code)
    ]
    return found or ["The code stands in none of these bulletins."], bool(found)


def _printable(line: str) -> str:
    """A line without what could steer the reader's terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)
