"""The kept bulletins, good and bad, which every program that checks bulletins is held against."""

from __future__ import annotations

import json

import pytest

from bot.domain.elections.bulletins.findings import Kind
from handlers.elections.heart.count.audit import audit, read_seen
from tests.elections.bulletins.make_vectors import FOLDER, made

VECTORS = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_audit_finds_what_stands_in_the_index(vector: dict[str, object]) -> None:
    files, heads = vector["files"], vector.get("heads", [])
    key, code = vector.get("key"), vector.get("code")
    assert isinstance(files, list)
    assert isinstance(heads, list)
    report = audit(
        [FOLDER / file for file in files],
        read_seen(key if isinstance(key, str) else None, heads),
        code if isinstance(code, str) else None,
    )
    told = "\n".join(report.lines)
    assert sorted(kind.code for kind in report.kinds) == vector["findings"], told
    assert report.verdict.value == vector["verdict"], told
    places = [[number, *place] for number, place in report.places]
    assert places == vector.get("places", []), told


def test_the_files_are_what_the_script_makes() -> None:
    kept = {file.name: file.read_bytes() for file in FOLDER.iterdir()}
    assert kept == made(), "python -m tests.elections.bulletins.make_vectors"


def test_every_kind_of_finding_has_a_vector() -> None:
    shown = {finding for vector in VECTORS for finding in vector["findings"]}
    assert shown == {kind.code for kind in Kind}
