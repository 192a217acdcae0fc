"""What each act of a person costs in a small instance and in a large one, beside the same rows around it.

Each has a process of its own, and they take turns act by act: a machine that is faster for a while is so for
both. What counts is time of the processor, the median.
"""

from __future__ import annotations

import multiprocessing
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path

from benchmarks.stage.effort import Effort
from benchmarks.stage.instance import YARD, Instance, Size, built_instance
from bot.domain.actions.answers import Answer
from bot.message.words import load_words
from bot.person.place import Person
from bot.store import UnitOfWork
from handlers.actions.card.faces import draw_card as draw_action_card
from handlers.actions.coming.use_cases import coming
from handlers.actions.heart.answering import give_answer
from handlers.actions.heart.snapshot import load_card as load_action_card
from handlers.elections.card.faces import draw_card
from handlers.elections.heart.reach import load_card
from handlers.elections.progress.faces import draw_list
from handlers.elections.progress.picture.canvas import draw_picture
from handlers.elections.progress.pictured import picture_face
from handlers.elections.progress.use_cases import under_way
from handlers.elections.signing.use_cases import own_view, sign, withdraw
from handlers.reminders.waiting.listing import waiting_here

_UNCOUNTED = 5
_TIMES = 200
_PICTURES = 10
_MOST = 1.2
_FIRST_PERSON = 50_000_000
# The yard has one of each kind, and they came first.
_ACTION = _ELECTION = _CANDIDATE = 1

Act = Callable[[int], object]


def report_growth(effort: Effort) -> None:
    """Each act in milliseconds, and how much dearer it is among many."""
    effort.say("\nBuilding a large instance…")
    folders = built_instance(Size()), built_instance(Size.large(effort.divisor))
    times = max(20, min(_TIMES, effort.updates // 3))
    with ExitStack() as stack:
        small, large = (stack.enter_context(_process(folder)) for folder in folders)
        names = small.apply(_names)
        width = max(map(len, names))
        effort.say(f"{'CPU ms':{width}}   small   large  ratio")
        for name in names:
            alone, among = _medians(name, times, small, large)
            mark = "" if among / alone <= _MOST else f"  over {_MOST}"
            line = f"{name:{width}}  {alone:6.2f}  {among:6.2f}  {among / alone:5.2f}{mark}"
            effort.say(line)


@contextmanager
def _process(folder: Path) -> Iterator[Pool]:
    """A process with a copy of this instance. It ends with whoever made it."""
    with tempfile.TemporaryDirectory(prefix="dvor-bench-") as name:
        shutil.copytree(folder, name, dirs_exist_ok=True)
        with multiprocessing.get_context("spawn").Pool(1, _open, (Path(name),)) as process:
            yield process


def _medians(name: str, times: int, *processes: Pool) -> list[float]:
    """Milliseconds in each process, after a few that aren't counted: what is done first is compiled first."""
    times = times // _PICTURES if "picture" in name else times
    took = [
        [process.apply(_milliseconds, (name, number)) for process in processes]
        for number in range(_UNCOUNTED + times)
    ]
    return [statistics.median(of_one) for of_one in zip(*took[_UNCOUNTED:], strict=True)]


# In the process of an instance

_doing: dict[str, Act] = {}


def _open(folder: Path) -> None:
    _doing.update(_acts(Instance(folder)))


def _names() -> list[str]:
    return list(_doing)


def _milliseconds(name: str, number: int) -> float:
    began = time.process_time()
    _doing[name](number)
    return (time.process_time() - began) * 1_000


def _acts(instance: Instance) -> dict[str, Act]:
    """In this order: who withdraws has signed before."""
    words = load_words("en")

    def personal(use_case: Callable[..., object], *about: object) -> Act:
        def act(number: int) -> object:
            person = Person(_FIRST_PERSON + number)
            return instance.write(lambda work: use_case(work.done_by(person, YARD), *about))

        return act

    def look(use_case: Callable[..., object]) -> Act:
        def act(number: int) -> object:
            person = Person(_FIRST_PERSON + number)
            return instance.read(lambda work: use_case(work.done_by(person, YARD)))

        return act

    def drawn(load: Callable[[UnitOfWork], object], draw: Callable[..., object]) -> Act:
        return lambda _: draw(instance.read(load), words)

    def listed(work: UnitOfWork) -> object:
        return under_way(work.done_by(Person(_FIRST_PERSON), YARD))

    return {
        "a tap on Going": personal(give_answer, _ACTION, Answer.GOING),
        "a signature": personal(sign, _ELECTION, _CANDIDATE),
        "its own page": look(partial(own_view, election_id=_ELECTION)),
        "its withdrawal": personal(withdraw, _ELECTION),
        "an action's card": drawn(partial(load_action_card, action_id=_ACTION), draw_action_card),
        "an election's card": drawn(partial(load_card, election_id=_ELECTION), draw_card),
        "/election": drawn(listed, draw_list),
        "/election as a picture": drawn(
            listed,
            lambda found, words: draw_picture(picture_face(found[0], words)),
        ),
        "/actions": look(coming),
        "/reminders": look(waiting_here),
    }
