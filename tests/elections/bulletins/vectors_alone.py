"""Bulletins that are checked one at a time."""

from __future__ import annotations

from typing import Any

from tests.elections.bulletins.writing_vectors import (
    CELLS_1,
    CHAIN_1,
    FIVE,
    KEY,
    SEVEN,
    STRANGER,
    STRANGERS_KEY,
    TOM,
    VERA,
    VERA_5,
    VERA_7,
    VERA_OTHER,
    Cells,
    Edit,
    Vector,
    as_shown,
    cell,
    files,
    head,
    header,
    instead,
    text,
)

_FIRST = files(chain_1=CHAIN_1)
_HEAD_1 = f"1:{head(CHAIN_1)}"
_FIRST_LINE = CHAIN_1[CHAIN_1.index("line\t") : CHAIN_1.index("\n", CHAIN_1.index("line\t")) + 1]
_TILDE, _HOUSE = "\uff5e 1", "\U0001f3e0 1"

_CODE_TWICE = text(
    header(1),
    {
        VERA_5: cell(VERA_5, 1, *range(1, 11)),
        VERA_7: cell(VERA_7, 1, 1, *range(12, 16)),
    },
)

GOOD = [
    Vector("the first bulletin, its key seen", _FIRST, "holds"),
    Vector("the whole key seen", _FIRST, "holds", key=KEY),
    Vector("its head seen", _FIRST, "holds", key=None, heads=(_HEAD_1,)),
    Vector("head and key seen", _FIRST, "holds", heads=(_HEAD_1,)),
    Vector("nothing seen", _FIRST, "cannot_tell", ("signer_unknown",), key=None),
    Vector("another key seen", _FIRST, "wrong", ("other_key",), key=STRANGERS_KEY),
    Vector("another head seen", _FIRST, "wrong", ("other_head",), heads=("1:" + "0" * 64,)),
    Vector(
        "a head seen of a bulletin that isn't there",
        _FIRST,
        "cannot_tell",
        ("head_without_file", "signer_unknown"),
        key=None,
        heads=(_HEAD_1.replace("1:", "2:", 1),),
    ),
    Vector(
        "names beyond 16 bits are sorted by code point",
        files(
            code_points=text(
                header(1, buildings=((_TILDE, 40), (_HOUSE, 60))),
                {
                    (VERA, name): cell((VERA, name), 1, *range(at, at + 5))
                    for name, at in ((_TILDE, 1), (_HOUSE, 6))
                },
            )
        ),
        "holds",
    ),
    Vector(
        "one signature a person for each candidate",
        files(
            for_each=text(
                header(1, for_each=True, buildings=((FIVE, 10), (SEVEN, 90))),
                {(name, FIVE): cell((name, FIVE), 1, *range(1, 11)) for name in (VERA, TOM)},
            )
        ),
        "holds",
    ),
    Vector(
        "a building of which nobody knows how many may sign there",
        files(no_cap=text(header(1, buildings=((FIVE, None), (SEVEN, 60))), CELLS_1)),
        "holds",
    ),
    Vector(
        "more than a half",
        files(a_half=text(header(1, rule="more than 1/2 of flats", needed=51), CELLS_1)),
        "holds",
    ),
    Vector("a number", files(a_number=text(header(1, rule="25 of residents"), CELLS_1)), "holds"),
    Vector("no lines yet", files(no_lines=text(header(1), {})), "holds"),
    Vector(
        "the third alone",
        files(third=text(header(3, "f" * 64), CELLS_1)),
        "cannot_tell",
        ("beginning_missing",),
    ),
]

CODES = [
    Vector(
        "a code that stands there",
        _FIRST,
        "holds",
        code=as_shown(3),
        places=((1, VERA, FIVE),),
    ),
    Vector(
        "a code typed carelessly, among the other lines",
        _FIRST,
        "holds",
        code=f" {as_shown(11).lower().replace('0', 'o').replace('-', ' ')} ",
        places=((1, VERA, "other"),),
    ),
    Vector("a code that isn't there", _FIRST, "cannot_tell", ("code_missing",), code=as_shown(99)),
    Vector("what is no code", _FIRST, "unreadable", ("code_unreadable",), code="hello"),
    Vector("a code with a U", _FIRST, "unreadable", ("code_unreadable",), code="U" * 16),
    Vector(
        "one signature in two buildings, looked for by its code",
        files(code_twice=_CODE_TWICE),
        "wrong",
        ("code_twice",),
        code=as_shown(1),
        places=((1, VERA, FIVE), (1, VERA, SEVEN)),
    ),
    Vector(
        "one signature in two buildings, with nobody's code", files(code_twice=_CODE_TWICE), "holds"
    ),
]


def _edited(name: str, edit: Edit, *findings: str, verdict: str = "wrong") -> Vector:
    """The first bulletin as whoever holds the key could falsify it."""
    file = name.replace(" ", "_").replace("'", "")
    return Vector(name, files(**{file: text(header(1), CELLS_1, edit)}), verdict, findings)


def _made(name: str, cells: Cells, *findings: str, verdict: str = "wrong", **about: Any) -> Vector:
    file = name.replace(" ", "_").replace("'", "")
    return Vector(name, files(**{file: text(header(1, **about), cells)}), verdict, findings)


def _swapped(body: str) -> str:
    lines = body.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("line\t"))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "\n".join(lines)


_SAME_HASH = cell(VERA_5, 1, *range(1, 6))

FALSE = [
    Vector(
        "changed after it was published",
        files(changed_after=CHAIN_1.replace("Yard 5", "Yard 6")),
        "wrong",
        ("head_differs",),
    ),
    Vector(
        "signed by somebody else under the bot's key",
        files(signed_by_another=text(header(1), CELLS_1, signer=STRANGER)),
        "wrong",
        ("signature_differs",),
    ),
    Vector(
        "under a key of somebody's own",
        files(own_key=text(header(1, key=STRANGERS_KEY), CELLS_1, signer=STRANGER)),
        "wrong",
        ("other_key",),
    ),
    Vector(
        "under a key of somebody's own, with nothing seen",
        files(own_key=text(header(1, key=STRANGERS_KEY), CELLS_1, signer=STRANGER)),
        "cannot_tell",
        ("signer_unknown",),
        key=None,
    ),
    Vector(
        "a key that is no point of the curve",
        files(no_key=text(header(1, key="2" + "0" * 63), CELLS_1)),
        "wrong",
        ("other_key", "signature_differs"),
    ),
    _edited("the second without one before it", instead("number\t1\n", "number\t2\n"),
            "beginning_missing", "previous_misplaced"),
    _edited("the first with one before it", instead("previous\t-", "previous\t" + "f" * 64),
            "previous_misplaced"),
    _edited("a strange rule", instead("at least 1/4", "about 1/4"), "rule_unclear"),
    _edited("an endless rule", instead("1/4 of", f"1/{'9' * 5000} of"), "rule_unclear"),
    _edited("more than all", instead("at least 1/4", "at least 5/4"), "rule_unclear"),
    _edited("an easier target", instead("needed\t25", "needed\t20"), "needed_differs"),
    _edited("lines in another order", _swapped, "unsorted"),
    _edited("a line twice", instead(_FIRST_LINE, _FIRST_LINE * 2),
            "count_differs", "total_differs", "twice"),
    _edited("a line less", instead(_FIRST_LINE, ""), "count_differs", "total_differs"),
    _edited("a building twice", instead("building\t" + FIVE + "\t40\n", f"building\t{FIVE}\t40\n" * 2),
            "base_unlike_buildings", "twice"),
    _edited("another total", instead("candidate\tVera K.\t15", "candidate\tVera K.\t20"),
            "sum_differs", "total_differs"),
    _edited("another count of a cell", instead("\t10\t1\n", "\t15\t1\n"),
            "count_differs", "sum_differs"),
    _edited("from a bulletin to come", instead("\t10\t1\n", "\t10\t2\n"), "edition_ahead"),
    _edited("from bulletin zero", instead("\t10\t1\n", "\t10\t0\n"), "edition_ahead"),
    _edited("lines without a cell", instead(f"cell\t{VERA}\t{FIVE}\t10\t1\n", ""),
            "cell_unstated", "sum_differs"),
    _edited("lines of an unknown building", instead(f"building\t{FIVE}\t40\n", ""),
            "base_unlike_buildings", "building_unlisted"),
    _edited("lines of an unknown candidate", instead(f"candidate\t{TOM}\t5\n", ""),
            "candidate_unlisted"),
    _made("one hash in two cells", {VERA_5: _SAME_HASH, VERA_7: _SAME_HASH}, "hash_twice"),
    _made("more than live there", {VERA_5: cell(VERA_5, 1, *range(45))}, "over_cap"),
    _made("more than may sign at all", {VERA_OTHER: cell(VERA_OTHER, 1, *range(105))}, "over_base"),
]  # fmt: skip


def _with_candidate(name: str, other: str) -> Vector:
    return _made(name, CELLS_1, "candidates_alike", verdict="holds", candidates=(TOM, VERA, other))


def _with_building(name: str, other: str) -> Vector:
    return _made(
        name,
        CELLS_1,
        "buildings_alike",
        verdict="holds",
        buildings=((FIVE, 40), (SEVEN, 50), (other, 10)),
    )


ASK_WHY = [
    _with_candidate("a candidate with a Cyrillic letter", "V\u0435ra K."),
    _with_candidate("a candidate with an invisible sign", "Vera\u034f K."),
    _with_candidate("a candidate in capitals", "VERA K."),
    _with_building("a building with a Cyrillic letter", "Fountain str\u0435et 5"),
    _with_building("a building with an invisible sign", "Fountain street\u200b 5"),
    _with_building("a building called as the others are", "OTHER\u200b"),
    _with_building("a building called just as the others are", "other"),
    _made("names that don't look alike", CELLS_1, verdict="holds",
          candidates=(TOM, VERA, "Vera M."),
          buildings=((FIVE, 40), (SEVEN, 50), ("Fountain street 51", 10))),
    _made("more in the buildings than altogether", CELLS_1, "base_unlike_buildings",
          verdict="holds", buildings=((FIVE, 300), (SEVEN, 300))),
    _made("fewer in the buildings than altogether", CELLS_1, "base_unlike_buildings",
          verdict="holds", buildings=((FIVE, 20), (SEVEN, 20))),
    _made("no buildings at all", {VERA_OTHER: cell(VERA_OTHER, 1, *range(5))}, verdict="holds",
          buildings=()),
]  # fmt: skip


def _unreadable(name: str, content: str | bytes) -> Vector:
    file = "no_" + name.replace(" ", "_").replace("'", "")
    return Vector(name, files(**{file: content}), "unreadable", ("unreadable",))


UNREADABLE = [
    _unreadable("an empty file", b""),
    _unreadable("bytes that are no text", b"\x00\xff\x00" * 9),
    _unreadable("UTF-16", CHAIN_1.encode("utf-16-le")),
    _unreadable("other line ends", CHAIN_1.replace("\n", "\r\n")),
    _unreadable("a mark of byte order", "\ufeff" + CHAIN_1),
    _unreadable("a letter", "Dear neighbours\n"),
    _unreadable("another version", CHAIN_1.replace("dvor-bulletin\t1", "dvor-bulletin\t2")),
    _unreadable("without its last line feed", CHAIN_1[:-1]),
    _unreadable("half a bulletin", CHAIN_1[: len(CHAIN_1) // 2]),
    _unreadable("a number below zero", CHAIN_1.replace("number\t1\n", "number\t-1\n")),
    _unreadable("number zero", CHAIN_1.replace("number\t1\n", "number\t0\n")),
    _unreadable("a number with a zero before it", CHAIN_1.replace("base\t100", "base\t0100")),
    _unreadable("a number of eight digits", CHAIN_1.replace("base\t100", "base\t10000000")),
    _unreadable("digits of another script", CHAIN_1.replace("base\t100", "base\t10\u0660")),
    _unreadable("a field too many", CHAIN_1.replace("number\t1\n", "number\t1\t2\n")),
    _unreadable("a tab in a title", CHAIN_1.replace("Yard 5", "Yard\t5")),
    _unreadable("a line feed in a title", CHAIN_1.replace("Yard 5", "Yard\n5")),
    _unreadable("a day that never was", CHAIN_1.replace("2026-10-21", "2026-02-30")),
    _unreadable("a day without dashes", CHAIN_1.replace("2026-10-21", "20261021")),
    _unreadable("a strange choice", CHAIN_1.replace("last\tno", "last\tmaybe")),
    _unreadable("a short head", CHAIN_1.replace("\nhead\t", "\nhead\tx")),
    _unreadable("capital digits in a key", CHAIN_1.replace(KEY, KEY.upper())),
    _unreadable("a signature with blanks", CHAIN_1.replace("signed\t", "signed\t ")),
    _unreadable("a short name of the election", CHAIN_1.replace("5ec7" * 8, "5ec7")),
    _unreadable("rows in another order", CHAIN_1.replace("last\tno\n", "", 1) + "last\tno\n"),
    _unreadable("a blank line", CHAIN_1.replace("number\t1\n", "\nnumber\t1\n")),
    _unreadable("two in one file", CHAIN_1 + CHAIN_1),
    Vector(
        "one that can't be read beside one that is wrong",
        files(no_a_letter="Dear neighbours\n", changed_after=CHAIN_1.replace("Yard 5", "Yard 6")),
        "wrong",
        ("head_differs", "unreadable"),
    ),
]

ALONE = [*GOOD, *CODES, *FALSE, *ASK_WHY, *UNREADABLE]
