"""Unicode's table of look-alikes, as the package ships it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.safety.lookalikes import prototype
from tests.source import ROOT


@pytest.mark.parametrize(
    ("chars", "read_as"),
    [("AАΑ", "A"), ("pрρ", "p"), ("0OОΟ", "O"), ("lI1|ІӀ", "l"), ("m", "rn"), ("ЩQ🌻", None)],
)
def test_what_looks_alike_has_one_prototype(chars: str, read_as: str | None) -> None:
    for char in chars:
        assert prototype(char) == (read_as or char)


def test_a_prototype_stands_for_itself() -> None:
    for code in range(0x3000):
        found = prototype(chr(code))
        assert "".join(map(prototype, found)) == found, hex(code)


def test_the_table_is_not_loaded_with_the_bot() -> None:
    program = "import sys, bot.app; sys.exit('confusable_homoglyphs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
