"""What Telegram's errors mean is known in one place; everyone else asks there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
import telegram.error
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import (
    Failure,
    ForeignPage,
    Moved,
    NotConnected,
    Wait,
    classify,
    is_refused,
)
from tests.source import Module, modules

JUDGES = ("bot.bot_api.refusals", "bot.bot_api.phrases")
CLASS_CHECKS = ("isinstance", "issubclass")
ERRORS = {
    name
    for name, kind in vars(telegram.error).items()
    if isinstance(kind, type) and issubclass(kind, TelegramError)
}

WORDS = [
    (
        "message is not modified: specified new message content and reply markup are exactly the same as a "
        "current content and reply markup of the message",
        Refusal.NOT_MODIFIED,
    ),
    ("chat not found", Refusal.NO_SUCH_CHAT),
    ("message thread not found", Refusal.NO_SUCH_TOPIC),
    ("TOPIC_CLOSED", Refusal.TOPIC_CLOSED),
    ("TOPIC_DELETED", Refusal.NO_SUCH_TOPIC),
    ("not enough rights to send text messages to the chat", Refusal.NO_TEXT),
    ("CHAT_SEND_PLAIN_FORBIDDEN", Refusal.NO_TEXT),
    ("CHAT_WRITE_FORBIDDEN", Refusal.CHAT_CLOSED),
    ("CHAT_RESTRICTED", Refusal.CHAT_CLOSED),
    ("CHAT_GUEST_SEND_FORBIDDEN", Refusal.CHAT_CLOSED),
    ("USER_BANNED_IN_CHANNEL", Refusal.CHAT_CLOSED),
    ("have no write access to the chat", Refusal.CHAT_CLOSED),
    ("need administrator rights in the channel chat", Refusal.CHAT_CLOSED),
    ("not enough rights to send photos to the chat", Refusal.NO_PICTURES),
    ("CHAT_SEND_PHOTOS_FORBIDDEN", Refusal.NO_PICTURES),
    ("CHAT_SEND_POLL_FORBIDDEN", Refusal.MAY_NOT_SEND_THIS),
    ("not enough rights to send documents to the chat", Refusal.MAY_NOT_SEND_THIS),
    ("not enough rights to send polls to the chat", Refusal.MAY_NOT_SEND_THIS),
    ("have no rights to send a message", Refusal.MAY_NOT_SEND_THIS),
    ("not enough rights to manage pinned messages in the chat", Refusal.NO_RIGHT),
    ("ALLOW_PAYMENT_REQUIRED_5", Refusal.NOT_FREE),
    ("message to copy not found", Refusal.NOTHING_TO_COPY),
    ("there are no messages to forward", Refusal.NOTHING_TO_COPY),
    ("the message can't be copied", Refusal.NOT_COPIED),
    ("messages can't be forwarded", Refusal.NOT_COPIED),
    ("message has protected content and can't be forwarded", Refusal.COPYING_FORBIDDEN),
    ("CHAT_FORWARDS_RESTRICTED", Refusal.COPYING_FORBIDDEN),
    ("user not found", Refusal.NOT_FOUND),
    ("member not found", Refusal.NOT_FOUND),
    ("message to edit not found", Refusal.NOT_EDITABLE),
    ("message can't be edited", Refusal.NOT_EDITABLE),
    ("PARTICIPANT_ID_INVALID", Refusal.NOT_FOUND),
    ("member list is inaccessible", Refusal.OTHER),
    (
        'can\'t parse entities: unsupported start tag "tg-time" at byte offset 12',
        Refusal.NO_TIME_TAG,
    ),
    ('can\'t parse entities: unsupported start tag "h1" at byte offset 12', Refusal.OTHER),
    # What is only a part of a known phrase says nothing.
    ("USER_RESTRICTED", Refusal.OTHER),
    ("restricted", Refusal.OTHER),
    ("the topic of the day is not found", Refusal.OTHER),
    ("query is too old and response timeout expired or query ID is invalid", Refusal.OTHER),
]


@pytest.mark.parametrize(("words", "meaning"), WORDS)
def test_a_refusal_is_known_by_telegrams_words(words: str, meaning: Refusal) -> None:
    error = BadRequest(f"Bad Request: {words}")
    assert classify(error) is meaning
    assert is_refused(error)


def test_every_kind_of_refusal_has_an_example() -> None:
    assert {meaning for _, meaning in WORDS} == set(Refusal)


def because_of(error: TelegramError, cause: Exception) -> TelegramError:
    """The error as the library raises it where something beneath it went wrong."""
    error.__cause__ = cause
    return error


FAILURES = [
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Failure.SHUT_OUT),
    (Forbidden("Forbidden: bot is not a member of the channel chat"), Failure.SHUT_OUT),
    (Forbidden("Forbidden: the group chat was deleted"), Failure.SHUT_OUT),
    (Forbidden("Forbidden: bot was blocked by the user"), Failure.SHUT_OUT),
    *((ForeignPage(status), Failure.WEATHER) for status in (200, 400, 401, 403, 404, 451, 503)),
    *((ForeignPage(status), Failure.LOST) for status in (502, 504)),
    (InvalidToken("Not Found"), Failure.UNKNOWN_ADDRESS),
    (Conflict("terminated by other getUpdates request"), Failure.CONFLICT),
    (NetworkError("Internal Server Error"), Failure.WEATHER),
    (because_of(NetworkError(""), NotConnected()), Failure.WEATHER),
    (because_of(TimedOut(), NotConnected()), Failure.WEATHER),
    (NetworkError("Bad Gateway"), Failure.LOST),
    (because_of(NetworkError(""), TelegramError("Invalid server response")), Failure.LOST),
    (TimedOut(), Failure.LOST),
    (NetworkError("aiohttp.ServerDisconnectedError"), Failure.LOST),
    (TelegramError("Invalid server response"), Failure.UNKNOWN),
]


@pytest.mark.parametrize(("error", "meaning"), FAILURES)
def test_a_failure_tells_whether_the_work_may_have_been_done(
    error: TelegramError, meaning: Failure
) -> None:
    assert classify(error) is meaning
    assert is_refused(error) == (meaning is Failure.SHUT_OUT)


def test_a_403_in_words_that_nobody_knows_is_no_removal() -> None:
    assert classify(Forbidden("Forbidden: come back on Monday")) is Refusal.OTHER


def test_every_kind_of_failure_has_an_example() -> None:
    assert {meaning for _, meaning in FAILURES} == set(Failure)


def test_what_comes_with_a_number_keeps_it() -> None:
    assert classify(RetryAfter(7)) == Wait(7.0)
    assert classify(ChatMigrated(-100123)) == Moved(-100123)
    assert not is_refused(RetryAfter(7))
    assert not is_refused(ChatMigrated(-100123))


# Nobody else judges Telegram's errors


def others() -> list[Module]:
    return [module for module in modules("bot", "handlers") if module.name not in JUDGES]


def test_only_the_line_itself_knows_more_than_that_there_was_an_error() -> None:
    """Features may pass over what is refused."""
    for module in others():
        if module.is_in("bot") and not module.is_in("bot.bot_api"):
            known = {name.removeprefix("telegram.error.") for name in module.imports()} & ERRORS
            assert known <= {TelegramError.__name__}, module.name


def test_nobody_else_asks_of_what_class_an_error_is() -> None:
    """That an error is Telegram's at all may be asked; which one, only of the judge."""
    for module in others():
        for node in ast.walk(module.tree):
            asked = ""
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CLASS_CHECKS:
                asked = ast.unparse(node.args[1])
            elif isinstance(node, ast.MatchClass):
                asked = ast.unparse(node.cls)
            assert _words(asked) & ERRORS <= {TelegramError.__name__}, f"{module.name}: {asked}"


def test_nobody_else_reads_what_an_error_says() -> None:
    for module in others():
        for name, scope in _errors_in_hand(module.tree):
            read = {ast.unparse(node) for node in ast.walk(scope) if isinstance(node, ast.expr)}
            assert not read & {f"{name}.message", f"{name}.args", f"str({name})"}, module.name


def _errors_in_hand(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Names that hold an error of Telegram's, each with the code in which it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.name and node.type:
            if _words(ast.unparse(node.type)) & ERRORS:
                yield node.name, node
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for argument in (*node.args.args, *node.args.kwonlyargs):
                if argument.annotation and _words(ast.unparse(argument.annotation)) & ERRORS:
                    yield argument.arg, node


def _words(code: str) -> set[str]:
    return set(re.findall(r"\w+", code))


def test_nobody_else_keeps_telegrams_words() -> None:
    said = [words.lower() for words, _ in WORDS]
    for module in others():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                kept = node.value.strip().lower()
                is_phrase = len(kept) > 10 and re.search(r"[ _]", kept) is not None
                is_telegrams = is_phrase and any(kept in text for text in said)
                assert not is_telegrams, f"{module.name}:{node.lineno} {node.value!r}"
