"""A thousand posts are due and the process is killed at random: none is lost, none comes twice unmarked.

DVOR_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.server import Server
from tests.delivery.tidings import Outcome, Storm

Report = Callable[[str, object], None]
SEED = int(os.environ.get("DVOR_SEED", "0")) or random.SystemRandom().getrandbits(32)

# Each wait within has its own bound; twenty starts on a machine that does much else take minutes.
pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]


async def test_a_thousand_posts_outlive_twenty_kills(
    tmp_path: Path,
    sqlite_url: str,
    real_server: Server,
    record_testsuite_property: Report,
) -> None:
    storm = Storm(tmp_path, sqlite_url, real_server, 1_000, 20, random.Random(SEED))
    check(await storm.rage(), record_testsuite_property)


async def test_so_they_do_on_postgresql(
    tmp_path: Path,
    postgres_url: str,
    real_server: Server,
    record_testsuite_property: Report,
) -> None:
    storm = Storm(tmp_path, postgres_url, real_server, 300, 4, random.Random(SEED))
    check(await storm.rage(), record_testsuite_property)


def check(outcome: Outcome, report: Report) -> None:
    report(f"storm of {outcome.posts} posts", f"{outcome}, DVOR_SEED={SEED}")
    assert (outcome.lost, outcome.unmarked_twice) == (0, 0), f"DVOR_SEED={SEED}: {outcome}"
