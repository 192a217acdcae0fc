"""Bulletins that are checked together."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.elections.bulletins.writing_vectors import (
    CELLS_1,
    CELLS_2,
    CELLS_3,
    CHAIN,
    CHAIN_1,
    CHAIN_2,
    CHAIN_3,
    FIVE,
    KEY,
    SEVEN,
    STRANGER,
    STRANGERS_KEY,
    TOM,
    TOM_7,
    VERA,
    VERA_5,
    Cells,
    Vector,
    as_shown,
    cell,
    files,
    head,
    header,
    text,
)

_HEADS = tuple(f"{n}:{head(each)}" for n, each in enumerate((CHAIN_1, CHAIN_2, CHAIN_3), 1))
_FIRST, _SECOND, _THIRD = ({name: content} for name, content in CHAIN.items())
_ELSEWHERE = "0ther"

WHOLE = [
    Vector("three in a row", CHAIN, "holds"),
    Vector("in any order", {**_THIRD, **_FIRST, **_SECOND}, "holds"),
    Vector("two of three", {**_FIRST, **_SECOND}, "holds"),
    Vector(
        "three in a row, the newest head seen",
        CHAIN,
        "holds",
        key=None,
        heads=_HEADS[2:],
    ),
    Vector("three in a row, every head seen", CHAIN, "holds", heads=_HEADS),
    Vector(
        "three in a row, nothing seen",
        CHAIN,
        "cannot_tell",
        ("signer_unknown",),
        key=None,
    ),
    Vector(
        "a code that was rewritten away",
        CHAIN,
        "cannot_tell",
        ("code_missing",),
        code=as_shown(3),
        places=((1, VERA, FIVE), (2, VERA, FIVE)),
    ),
    Vector(
        "a code in the newest alone",
        CHAIN,
        "holds",
        code=as_shown(100),
        places=((3, VERA, FIVE),),
    ),
]

_OTHER_HISTORY = text(header(3, "ab" * 32), CELLS_2)

GAPS = [
    Vector("the second is missing", {**_FIRST, **_THIRD}, "cannot_tell", ("gap",)),
    Vector(
        "the second is missing, all heads seen",
        {**_FIRST, **_THIRD},
        "cannot_tell",
        ("gap", "head_without_file"),
        heads=_HEADS,
    ),
    Vector("the first is missing", {**_SECOND, **_THIRD}, "cannot_tell",
           ("beginning_missing",)),
    Vector(
        "of two histories, with a gap between them",
        {**_FIRST, **files(other_history=_OTHER_HISTORY)},
        "cannot_tell",
        ("gap",),
    ),
    Vector(
        "of two histories, with the head in the gap seen",
        {**_FIRST, **files(other_history=_OTHER_HISTORY)},
        "wrong",
        ("gap", "head_without_file", "other_head"),
        heads=(_HEADS[1],),
    ),
    Vector(
        "an old cell rewritten, with a gap between",
        {
            **_FIRST,
            **files(
                rewritten_over_a_gap=text(
                    header(3, head(CHAIN_2)), {**CELLS_2, VERA_5: cell(VERA_5, 1, *range(40, 50))}
                )
            ),
        },
        "wrong",
        ("cell_rewritten", "gap"),
    ),
]  # fmt: skip


def _after_first(
    name: str, cells: Cells, *findings: str, verdict: str = "wrong", **about: Any
) -> Vector:
    """A second bulletin after the first of the chain."""
    file = name.replace(" ", "_").replace("'", "")
    second = text(header(2, head(CHAIN_1), **about), cells)
    return Vector(name, {**_FIRST, **files(**{file: second})}, verdict, findings)


_ANOTHER_ELECTION = "0" * 32
_EARLY_LAST = text(header(2, head(CHAIN_1), is_last=True), CELLS_2)

FALSE = [
    Vector("two of one number", {**_SECOND, **files(early_last=_EARLY_LAST), **_FIRST}, "wrong",
           ("number_twice",)),
    Vector(
        "one after the last",
        {
            **_FIRST,
            **files(
                early_last=_EARLY_LAST,
                after_the_last=text(header(3, head(_EARLY_LAST)), CELLS_2),
            ),
        },
        "wrong",
        ("after_last",),
    ),
    _after_first("of an earlier day", CELLS_2, "day_earlier", day=date(2026, 10, 19)),
    _after_first("under another title", CELLS_2, "title_changed", title="Keeper of the fountain"),
    _after_first("by another rule", CELLS_2, "rule_changed",
                 rule="at least 1/5 of residents", needed=20),
    _after_first("signing for each", CELLS_2, "signing_changed", for_each=True),
    Vector("another before it", {**_FIRST, **files(not_following=text(header(2, "ab" * 32), CELLS_2))},
           "wrong", ("not_following",)),
    _after_first("an old cell rewritten", {**CELLS_2, VERA_5: cell(VERA_5, 1, *range(40, 50))},
                 "cell_rewritten"),
    _after_first("of another election", CELLS_2, "elections_differ", election=_ANOTHER_ELECTION),
    Vector(
        "the second under another key",
        {
            **_FIRST,
            **files(
                another_key=text(
                    header(2, head(CHAIN_1), key=STRANGERS_KEY), CELLS_2, signer=STRANGER
                )
            ),
        },
        "wrong",
        ("keys_differ", "other_key"),
    ),
    Vector(
        "the second under another key, its head seen",
        {
            **_FIRST,
            **files(
                another_key=text(
                    header(2, head(CHAIN_1), key=STRANGERS_KEY), CELLS_2, signer=STRANGER
                )
            ),
        },
        "wrong",
        ("keys_differ",),
        key=None,
        heads=(_HEADS[0],),
    ),
    Vector("the second isn't the one that was seen", {**_FIRST, **files(early_last=_EARLY_LAST)},
           "wrong", ("other_head",), key=KEY, heads=_HEADS[:2]),
]  # fmt: skip

_NO_TOM = {key: one for key, one in CELLS_2.items() if key[0] != TOM}

ASK_WHY = [
    _after_first("another base", CELLS_2, "base_changed", "base_unlike_buildings",
                 verdict="holds", base=80, needed=20),
    _after_first("a building gone", {k: c for k, c in CELLS_2.items() if k[1] != SEVEN},
                 "base_unlike_buildings", "building_gone", "candidate_shrunk",
                 verdict="holds", buildings=((FIVE, 40),)),
    _after_first("a building more", CELLS_2, "base_unlike_buildings", "building_new",
                 verdict="holds", buildings=((_ELSEWHERE, 10), (FIVE, 40), (SEVEN, 60))),
    _after_first("another cap", CELLS_2, "cap_changed", verdict="holds",
                 buildings=((FIVE, 30), (SEVEN, 70))),
    _after_first("a cap unknown from now on", CELLS_2, "cap_changed", verdict="holds",
                 buildings=((FIVE, None), (SEVEN, 60))),
    _after_first("a candidate gone", _NO_TOM, "candidate_gone", verdict="holds",
                 candidates=(VERA,)),
    _after_first("a candidate with fewer lines", _NO_TOM, "candidate_shrunk", verdict="holds"),
    _after_first("every line gone", {}, "all_gone", "candidate_shrunk", verdict="holds"),
    _after_first("a candidate more", {**CELLS_1, TOM_7: CELLS_2[TOM_7]}, verdict="holds",
                 candidates=(TOM, VERA, "Nina")),
    Vector(
        "more and fewer over a gap",
        {**_FIRST, **files(fewer_over_a_gap=text(header(3, head(CHAIN_2)), {TOM_7: CELLS_3[TOM_7]}))},
        "cannot_tell",
        ("candidate_shrunk", "gap"),
    ),
]  # fmt: skip

IN_A_ROW = [*WHOLE, *GAPS, *FALSE, *ASK_WHY]
