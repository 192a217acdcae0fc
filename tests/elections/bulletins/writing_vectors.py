"""Bulletins made by hand, with fixed keys and codes: as the bot writes them, and as somebody could."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bot.domain.elections.bulletins.bulletin import (
    NO_HEAD,
    OTHER,
    Cell,
    CellKey,
    Header,
    fingerprint,
    head_of,
    line_hash,
    read,
    write,
    write_body,
)
from bot.domain.elections.bulletins.proof_codes import CODE_BYTES, code_of, in_groups
from bot.safety.keys import Keys
from handlers.elections.heart.count.bulletin_keys import BulletinSigner

VERA, TOM = "Vera K.", "Tom from number 7"
FIVE, SEVEN = "Fountain street 5", "Fountain street 7"
ELECTION = "5ec7" * 8
SIGNER = BulletinSigner(Keys(bytes(range(32))), ELECTION)
STRANGER = BulletinSigner(Keys(bytes(32)), ELECTION)
KEY, STRANGERS_KEY = SIGNER.public_key, STRANGER.public_key
SHORT_KEY = fingerprint(KEY)

Edit = Callable[[str], str]
Cells = Mapping[CellKey, Cell]


def code(number: int) -> str:
    """The proof code of a made-up neighbour."""
    return code_of(number.to_bytes(CODE_BYTES))


def as_shown(number: int) -> str:
    return in_groups(code(number))


def cell(key: CellKey, edition: int, *neighbours: int, election: str = ELECTION) -> Cell:
    return Cell(
        edition, frozenset(line_hash(election, edition, key, code(each)) for each in neighbours)
    )


def header(number: int, previous: str = NO_HEAD, **about: Any) -> Header:
    """The header of a usual bulletin, but for what is given."""
    usual = Header(
        election=ELECTION,
        title="Representative of Yard 5",
        number=number,
        is_last=False,
        day=date(2026, 10, 20) + timedelta(days=number),
        rule="at least 1/4 of residents",
        base=100,
        needed=25,
        for_each=False,
        previous=previous,
        key=KEY,
        buildings=((FIVE, 40), (SEVEN, 60)),
        candidates=(TOM, VERA),
    )
    return replace(usual, **about)


def text(about: Header, cells: Cells, edit: Edit = str, signer: BulletinSigner = SIGNER) -> str:
    """A whole file, edited before it was signed: what whoever holds the key can publish."""
    body = edit(write_body(about, cells))
    return write(body, signer.sign(head_of(body)))


def head(of: str) -> str:
    return read(of).head


def instead(old: str, new: str, times: int = -1) -> Edit:
    """An edit that puts one text in place of another that has to be there."""

    def edit(body: str) -> str:
        if old not in body:
            raise ValueError(f"there is no {old!r} to replace")
        return body.replace(old, new, times)

    return edit


@dataclass(frozen=True)
class Vector:
    """Files, options, and what has to be found. Verdict and findings are as in `findings.py`; `places` are
    where the code stands: number, candidate, building."""

    name: str
    files: Mapping[str, bytes]
    verdict: str
    findings: tuple[str, ...] = ()
    key: str | None = SHORT_KEY
    heads: tuple[str, ...] = ()
    code: str | None = None
    places: tuple[tuple[int, str, str], ...] = field(default=())

    def as_plain(self) -> dict[str, object]:
        given = {"key": self.key, "heads": list(self.heads), "code": self.code}
        return {
            "name": self.name,
            "files": list(self.files),
            **{option: value for option, value in given.items() if value},
            "verdict": self.verdict,
            "findings": sorted(self.findings),
            **({"places": [list(place) for place in self.places]} if self.code else {}),
        }


def files(**texts: str | bytes) -> dict[str, bytes]:
    """By name: `chain_1` is chain-1.txt."""
    return {
        f"{name.replace('_', '-')}.txt": text if isinstance(text, bytes) else text.encode()
        for name, text in texts.items()
    }


VERA_5, VERA_7, VERA_OTHER = (VERA, FIVE), (VERA, SEVEN), (VERA, OTHER)
TOM_7 = (TOM, SEVEN)

CELLS_1 = {
    VERA_5: cell(VERA_5, 1, *range(1, 11)),
    VERA_OTHER: cell(VERA_OTHER, 1, *range(11, 16)),
    TOM_7: cell(TOM_7, 1, *range(21, 26)),
}
CELLS_2 = {
    **CELLS_1,
    VERA_7: cell(VERA_7, 2, *range(31, 36)),
    TOM_7: cell(TOM_7, 2, *range(21, 31)),
}
CELLS_3 = {key: cell(key, 3, *range(50 * n, 50 * n + 10)) for n, key in enumerate(CELLS_2, 2)}

CHAIN_1 = text(header(1), CELLS_1)
CHAIN_2 = text(header(2, head(CHAIN_1)), CELLS_2)
CHAIN_3 = text(header(3, head(CHAIN_2), is_last=True), CELLS_3)
CHAIN = files(chain_1=CHAIN_1, chain_2=CHAIN_2, chain_3=CHAIN_3)
