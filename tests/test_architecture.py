"""The plan of the house, held to the code: who may know whom, what stays pure, what is called what."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.app import FEATURES
from bot.feature import Feature, Page, PageBy, Show, Tap, TapBy
from bot.message.payload import Payload
from bot.steps import Step
from bot.store import PersonalWork, UnitOfWork
from storage.tables import METADATA
from tests.message.catalogs import files
from tests.source import ROOT, Module, modules, wrong

HOUSE = ("bot", "handlers", "storage", "playground")
TALKING = ("commands", "buttons", "pages", "faces", "payloads", "events")
"""The rooms of a feature where Telegram's objects and `await` are at home. Beside them stand its use
cases and rules, which know neither."""
LIBRARIES = ("canvas", "sheet", "certificate", "typed_text", "audit", "bulletin_keys")
"""Modules where plain values meet a library: what draws, prints, reads what was typed, or signs."""
AUDIT = tuple(f"handlers.elections.heart.count.{name}" for name in ("audit", "audit_words"))
BANNED_NAMES = re.compile(r"(^|_)(utils?|commons?|helpers?|managers?|misc|shared)(_|$)")


# Who may know whom


def test_rules_know_the_standard_library_only() -> None:
    for module in modules("bot.domain"):
        for name in module.imports():
            is_own = name == "bot.domain" or name.startswith("bot.domain.")
            assert is_own or name.split(".")[0] in sys.stdlib_module_names, module.name


def test_storage_knows_rules_and_nothing_else_of_the_house() -> None:
    for module in modules("storage"):
        for name in module.imports_any(*HOUSE):
            assert name.startswith(("storage", "bot.domain.")), module.name


def test_only_the_composition_root_knows_the_features() -> None:
    # The command line's audit reads bulletins with nothing of a running bot.
    assert wrong("bot", "handlers").keys() == {"bot.app", "bot.cli.bulletins"}
    assert wrong("storage", "handlers") == {}


def test_features_know_the_frame_and_storage_but_never_each_other() -> None:
    for feature in FEATURES:
        whole = f"handlers.{feature.name.split('.')[0]}"
        for module in modules(f"handlers.{feature.name}"):
            others = [name for name in module.imports_any("handlers") if name != "handlers"]
            assert all(f"{name}.".startswith(f"{whole}.") for name in others), module.name


def test_no_one_spells_the_name_of_another_features_card() -> None:
    """A name that several features know stands once, beside the table. What delivery says of itself has
    its names in the frame's room of delivery."""
    owners = {
        kind: feature.name.split(".")[0]
        for feature in FEATURES
        for kind in (*feature.cards, *feature.posts)
    }
    beside_tables = {
        text for module in modules("storage") for text in module.texts()
    } & owners.keys()
    assert beside_tables
    for module in modules("bot", "handlers"):
        for kind in module.texts() & owners.keys():
            owner = owners[kind]
            is_at_home = module.is_in(f"handlers.{owner}", f"bot.{owner}")
            assert is_at_home, f"{module.name} spells {kind!r}"
            # A part that is called like its card names itself.
            is_own_name = module.name == f"handlers.{kind}"
            assert is_own_name or kind not in beside_tables, f"{module.name} spells {kind!r}"


def test_only_the_command_line_knows_the_playground() -> None:
    assert wrong("bot", "playground").keys() == {"bot.cli.playground"}
    assert wrong("handlers", "playground") == {}
    assert wrong("storage", "playground") == {}


def test_the_playground_knows_nothing_of_the_bot() -> None:
    assert wrong("playground", "bot", "handlers", "storage", "telegram") == {}


def test_nothing_knows_the_tests() -> None:
    for package in HOUSE:
        assert wrong(package, "tests", "benchmarks", "pytest", "hypothesis") == {}


def test_migrations_are_loaded_only_where_they_run() -> None:
    for package in ("bot", "handlers", "storage"):
        known = [
            name
            for name in wrong(package, "alembic")
            if not name.startswith("storage.migrations.versions.")
        ]
        assert set(known) <= {"storage.migrations.upgrade", "storage.migrations.env"}


# Purity

_IMPURE_MODULES = (
    "asyncio", "concurrent", "ctypes", "http", "io", "logging", "multiprocessing", "os", "pathlib",
    "random", "secrets", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys",
    "tempfile", "threading", "time", "urllib", "uuid", "warnings",
)  # fmt: skip
_IMPURE_CALLS = ("open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint")
_CLOCK_CALLS = ("now", "utcnow", "today", "time", "monotonic", "perf_counter", "localtime")


def test_rules_are_pure() -> None:
    for module in modules("bot.domain"):
        assert module.imports_any(*_IMPURE_MODULES) == [], module.name
        for node in ast.walk(module.tree):
            assert not isinstance(node, ast.AsyncFunctionDef | ast.Await), module.name
            assert not isinstance(node, ast.Global | ast.Nonlocal), module.name
            if isinstance(node, ast.Call):
                assert not _is_impure(node), f"{module.name}:{node.lineno} {ast.unparse(node)}"


def _is_impure(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id in _IMPURE_CALLS
    is_clock = isinstance(function, ast.Attribute) and function.attr in _CLOCK_CALLS
    return is_clock and ast.unparse(function).split(".")[0] in ("datetime", "date", "time")


def test_only_one_module_of_the_bot_reads_the_clock() -> None:
    for module in modules("bot", "handlers", "storage"):
        # A migration runs once, before there is any clock to be turned.
        if module.name == "bot.clock" or module.is_in("storage.migrations.versions"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = ast.unparse(node.func)
                assert called not in (
                    "datetime.now", "date.today", "datetime.today", "time.time", "time.monotonic",
                ), f"{module.name}:{node.lineno}"  # fmt: skip


# Use cases

UNITS_OF_WORK = (UnitOfWork.__name__, PersonalWork.__name__)
"""What runs by itself gets the first, what a person does the second: the type says which."""


def quiet_modules() -> list[Module]:
    """Modules of features that decide, load and save: everything but the talking rooms."""
    return [
        module
        for module in modules("handlers")
        if module.file.name not in ("__init__.py", "parts.py")
        and module.name.split(".")[-1] not in (*TALKING, *LIBRARIES)
    ]


def test_use_cases_cannot_speak_to_telegram() -> None:
    assert quiet_modules()
    for module in quiet_modules():
        for node in ast.walk(module.tree):
            assert not isinstance(
                node, ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith | ast.Await
            ), module.name
        for name in module.imports():
            assert name.split(".")[0] in sys.stdlib_module_names | {"bot", "handlers", "storage"}, (
                f"{module.name} imports {name}"
            )


def test_use_cases_cannot_reach_telegram_by_a_detour() -> None:
    """Nor does anything that they import, as far as it goes."""
    ours = {module.name: module for module in modules("bot", "handlers", "storage")}
    for start in quiet_modules():
        seen, ahead = set[str](), [start.name]
        while ahead:
            name = ahead.pop()
            if name in seen or name not in ours:
                continue
            seen.add(name)
            imports = ours[name].imports(for_types=False)
            assert not any(i.split(".")[0] in ("telegram", "httpx", "aiohttp") for i in imports), (
                f"{start.name} reaches {name}"
            )
            ahead += imports


def test_a_use_case_is_a_plain_function_on_a_unit_of_work() -> None:
    for module in quiet_modules():
        if not module.name.endswith(".use_cases"):
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                first = node.args.args[0]
                annotation = ast.unparse(first.annotation) if first.annotation else ""
                assert first.arg == "work", f"{module.name}.{node.name}"
                assert annotation in UNITS_OF_WORK, f"{module.name}.{node.name}"
                others = [argument.arg for argument in node.args.args[1:]]
                assert "place" not in others, f"{module.name}.{node.name}: it is in PersonalWork"
            elif isinstance(node, ast.ClassDef):
                decorators = [ast.unparse(each) for each in node.decorator_list]
                is_exception = any("Exception" in ast.unparse(base) for base in node.bases)
                assert is_exception or "dataclass(frozen=True)" in decorators, (
                    f"{module.name}.{node.name}"
                )


def test_handlers_are_given_no_rows_of_tables() -> None:
    """A row is detached once its transaction has ended; only plain values leave."""
    assert METADATA.tables
    tables = {kind.__name__ for kind in SQLModel.__subclasses__()}
    functions = {
        f"{module.name}.{node.name}": node
        for module in quiet_modules()
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }
    for room in modules("handlers"):
        if room.name.split(".")[-1] in TALKING:
            for name in room.imports() & functions.keys():
                returns = functions[name].returns
                given = set(re.findall(r"\w+", ast.unparse(returns) if returns else ""))
                assert not given & tables, f"{name} gives {given & tables} to {room.name}"


def test_only_the_writer_commits() -> None:
    for module in modules("storage", "handlers", "bot"):
        if module.name == "storage.writer":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in ("commit", "rollback"), f"{module.name}:{node.lineno}"


def test_an_instant_is_planned_only_together_with_its_wall_time() -> None:
    """Storage has a function for each, which sets both."""
    for module in modules("bot", "handlers"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                assert node.attr not in ("next_at", "closes_at"), f"{module.name}:{node.lineno}"


# The rooms of a feature


WITHOUT_A_DOOR = {
    "actions",
    "actions.heart",
    "elections",
    "elections.heart",
    "elections.heart.acts",
    "elections.heart.check_page",
    "elections.heart.count",
    "elections.heart.courtyard",
    "elections.progress.picture",
}
"""The features that have nothing but parts, what their parts have in common, and what one of them draws."""


def test_every_feature_stands_in_a_folder_of_its_name() -> None:
    """A part of a feature stands in a folder inside the feature's, as `elections.bulletins`."""
    house = ROOT / "handlers"
    folders = {path.parent.relative_to(house) for path in house.glob("*/**/__init__.py")}
    names = {".".join(folder.parts) for folder in folders}
    assert names - WITHOUT_A_DOOR == {f.name for f in FEATURES}


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_keeps_each_thing_in_its_room(feature: Feature) -> None:
    """Whoever knows one feature finds everything in the others."""
    stands_in: dict[str, list[Any]] = {
        "commands": [
            *(command.run for command in feature.commands),
            *(typed.function for typed in feature.typed.values()),
        ],
        "buttons": [
            *(tap.function for tap in feature.buttons.values() if isinstance(tap, TapBy)),
            *feature.steps.values(),
        ],
        "pages": [page.function for page in feature.pages.values() if isinstance(page, PageBy)],
        "faces": [
            *(view.draw for view in (*feature.cards.values(), *feature.posts.values())),
            *(page.draw for page in feature.pages.values() if isinstance(page, Page)),
        ],
        "payloads": [*feature.buttons, *feature.pages],
    }
    elsewhere = {
        f"{thing.__module__}.{thing.__qualname__} belongs into {room}.py"
        for room, things in stands_in.items()
        for thing in things
        if thing.__module__ != f"handlers.{feature.name}.{room}"
    }
    assert elsewhere == set()
    for use_case in _use_cases(feature):
        folder, _, room = use_case.__module__.rpartition(".")
        heart = f"handlers.{feature.name.split('.')[0]}.heart"
        is_at_home = f"handlers.{feature.name}.".startswith(f"{folder}.")
        is_in_heart = f"{folder}.".startswith(f"{heart}.")
        assert is_at_home or is_in_heart, use_case.__qualname__
        assert room not in TALKING, use_case.__qualname__


def _use_cases(feature: Feature) -> list[Callable[..., Any]]:
    return [
        *(view.load for view in (*feature.cards.values(), *feature.posts.values())),
        *(page.load for page in feature.pages.values() if isinstance(page, Page)),
        *(tap.use_case for tap in feature.buttons.values() if isinstance(tap, Tap)),
        *(
            function
            for source in feature.due
            for function in (source.look, source.move, source.next_due)
            if function
        ),
        *(planned.keep for planned in feature.planned),
        *(function for chore in feature.hourly for function in (chore.look, chore.do)),
    ]


def test_the_front_door_of_a_feature_only_names_what_is_inside() -> None:
    for feature in FEATURES:
        (module,) = (m for m in modules("handlers") if m.name == f"handlers.{feature.name}")
        for node in module.tree.body:
            assert isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.Expr), (
                f"{module.name}:{node.lineno}"
            )


def test_every_feature_has_its_words() -> None:
    """In a catalog named as the feature ends, a part's alone or in a folder of its feature's name; or a part
    speaks its feature's."""
    for feature in FEATURES:
        parts = feature.name.split(".")
        names = {parts[0], *(".".join(parts[at:]) for at in range(len(parts)))}
        assert names & files("en").keys(), feature.name


def test_a_declared_page_or_tap_carries_what_its_use_case_wants() -> None:
    """By name, so that nothing is found missing when somebody taps."""
    for feature in FEATURES:
        for kind, page in feature.pages.items():
            if isinstance(page, Page):
                _require_carried(kind, page.load)
        for kind, tap in feature.buttons.items():
            if isinstance(tap, Tap):
                _require_carried(kind, tap.use_case)
                if isinstance(tap.then, Show):
                    assert tap.then.carried() <= _carried(kind), kind.code
        for kind, handled in (*feature.pages.items(), *feature.buttons.items()):
            assert not handled.right.of or handled.right.of in _carried(kind), kind.code


def _require_carried(kind: type[Payload], use_case: Callable[..., Any]) -> None:
    work, *wanted = inspect.signature(use_case).parameters.values()
    assert work.name == "work"
    needed = {each.name for each in wanted if each.default is each.empty}
    missing = {name.removesuffix("_id") for name in needed} - _carried(kind)
    assert not missing, f"{kind.code} lacks {missing}"


def _carried(kind: type[Payload]) -> set[str]:
    return set(kind.names())


def test_every_step_leads_into_one_feature() -> None:
    """Else a button that offers it would fail."""
    taken = [kind for feature in FEATURES for kind in feature.steps]
    assert sorted(kind.__name__ for kind in Step.__subclasses__()) == sorted(
        kind.__name__ for kind in taken
    )


# Names and sizes


def test_no_module_is_called_by_what_it_is_not() -> None:
    for module in modules(*HOUSE, "tests"):
        assert not any(BANNED_NAMES.search(part) for part in module.name.split(".")), module.name


def test_no_module_grows_too_long() -> None:
    for module in modules(*HOUSE):
        assert module.length <= 400, (
            f"{module.name} has {module.length} lines: it has more than one job"
        )


def test_every_module_says_what_it_is_for() -> None:
    for module in modules(*HOUSE):
        if module.tree.body:
            assert ast.get_docstring(module.tree), module.name


def test_the_package_of_the_bot_imports_nothing() -> None:
    [package] = [module for module in modules("bot") if module.name == "bot"]
    assert package.imports() == set()


_CYRILLIC = re.compile("[\u0400-\u04ff]")


def test_no_message_stands_in_the_code() -> None:
    """Words of the languages live in the catalogs; here only what is understood, and sample people."""
    at_home = (
        "bot.domain.moments",
        "bot.domain.elections.paper.words",
        "playground.yard",
        "bot.message.words",
    )
    for module in modules(*HOUSE):
        if not module.is_in(*at_home):
            text = module.file.read_text(encoding="utf-8")
            assert not _CYRILLIC.search(text), module.name


def test_features_show_nothing_but_texts_of_the_catalogs() -> None:
    """A sentence in a handler would be English to everyone. The audit speaks to whoever runs it."""
    for module in modules("handlers"):
        if module.name in AUDIT:
            continue
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        logged = {
            id(argument)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func).startswith(
                ("logger.", "logging.", "report_fault", "report_tampering")
            )
            for argument in node.args
        }
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_sentence = re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", node.value)
                is_told = id(node) in docstrings | logged or _is_a_reason(module.tree, node)
                assert not is_sentence or is_told, f"{module.name}:{node.lineno} {node.value!r}"


def _is_a_reason(tree: ast.Module, text: ast.Constant) -> bool:
    """Whether a text is the message of an exception or a docstring after an attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and any(each is text for each in ast.walk(node)):
            return not (isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) == "Refused")
        if isinstance(node, ast.Expr) and node.value is text:
            return True
    return False


def test_handlers_are_coroutines_and_views_are_not() -> None:
    for feature in FEATURES:
        talking = [
            *(command.run for command in feature.commands),
            *(tap.function for tap in feature.buttons.values() if isinstance(tap, TapBy)),
            *(page.function for page in feature.pages.values() if isinstance(page, PageBy)),
            *(typed.function for typed in feature.typed.values()),
            *feature.steps.values(),
        ]
        assert all(inspect.iscoroutinefunction(handler) for handler in talking)
        for view in (*feature.cards.values(), *feature.posts.values()):
            assert not inspect.iscoroutinefunction(view.load)
            assert not inspect.iscoroutinefunction(view.draw)
