"""A feature that shows one thing of each kind, to try the frame with."""

from __future__ import annotations

from sqlmodel import select

from bot.context import Context
from bot.domain.refusal import Refused
from bot.feature import Card, Command, Feature, PageBy, Post, TapBy, Typed
from bot.message.face import Button, Face
from bot.message.payload import Payload
from bot.message.words import Html
from bot.person.drafts import keep_draft
from bot.person.place import Place
from bot.person.rights import EVERYONE
from bot.store import PersonalWork, UnitOfWork
from storage.chats import ChatRow

SECRET_WORDS = "Nobody else may read this"
LONG_WORDS = "A long answer. " * 20
FULL_WORDS = "A whole page. " * 290  # nearly what Telegram takes


class SecretPage(Payload, code="t.secret", private=True):
    pass


class OpenPage(Payload, code="t.page"):
    number: int


class TypingPage(Payload, code="t.typing", typing=True):
    pass


class Short(Payload, code="t.short"):
    pass


class Long(Payload, code="t.long"):
    pass


class Finish(Payload, code="t.finish"):
    pass


class Turn(Payload, code="t.turn!"):
    """Does something that is said over the chat, and turns to a page."""

    number: int


class Spoil(Payload, code="t.spoil!"):
    """The same, and the page can't be drawn."""

    number: int


class SpoiledPage(Payload, code="t.spoiled"):
    number: int


class Break(Payload, code="t.break"):
    pass


class Unsaid(Payload, code="t.unsaid"):
    """Refuses by a text that isn't there, so that what owns up to faults fails as well."""


async def secret_page(_context: Context, _page: SecretPage) -> Face:
    return Face(Html(SECRET_WORDS))


async def open_page(_context: Context, page: OpenPage) -> Face:
    following = Button("Next", OpenPage(page.number + 1))
    return Face(Html(f"Page {page.number}"), ((following, Button("Finish", Finish())),))


async def spoiled_page(_context: Context, _page: SpoiledPage) -> Face:
    raise ArithmeticError("a fault of ours")


async def typing_page(context: Context, _page: TypingPage) -> Face:
    await context.run(await_words)
    return Face(Html("Now type"))


async def typed(context: Context, _draft_id: int, text: str) -> None:
    await context.show(Face(Html(f"You typed: {text}")))


async def short(context: Context, _tap: Short) -> None:
    await context.show(Face(Html("A short answer")))


async def long(context: Context, _tap: Long) -> None:
    await context.show(Face(Html(LONG_WORDS)))


async def finish(context: Context, _tap: Finish) -> None:
    await context.close("frame.dropped")


async def turned(context: Context, tap: Turn) -> None:
    await context.once(turn)
    await context.acknowledge("frame.on_its_way")
    await context.show(OpenPage(tap.number))


async def spoiled(context: Context, tap: Spoil) -> None:
    await context.once(turn)
    await context.acknowledge("frame.on_its_way")
    await context.show(SpoiledPage(tap.number))


async def break_(_context: Context, _tap: Break) -> None:
    raise ArithmeticError("a fault of ours")


async def unsaid(_context: Context, _tap: Unsaid) -> None:
    raise Refused("trial.refused.without_words")


async def board(context: Context, _typed: str) -> None:
    await context.run(post_board, context.place, context.incoming.update_id)


async def pages(context: Context, _typed: str) -> None:
    await context.show(OpenPage(1))


async def full(context: Context, _typed: str) -> None:
    await context.show(Face(Html(FULL_WORDS)))


async def secret(context: Context, _typed: str) -> None:
    await context.show(SecretPage())


def post_board(work: UnitOfWork, place: Place, occasion: int) -> None:
    chat_id = work.chat_at(place).id
    key = f"trial:{occasion}"
    work.later.post("trial.board", 0, chat_id=chat_id, thread_id=place.thread_id, key=key)


def await_words(work: PersonalWork) -> None:
    """The next private message is taken, whatever it says."""
    chat_id = work.session.exec(select(ChatRow.id)).one()
    keep_draft(work, chat_id, "trial.typed", {}, awaits_typing=True)


def turn(_work: PersonalWork) -> None:
    """Nothing is kept but that it was done."""


def post_spoiled(work: UnitOfWork, place: Place) -> None:
    chat_id = work.chat_at(place).id
    work.later.post("trial.spoiled", 0, chat_id=chat_id, key="spoiled")


def draw_board(_snapshot: object, _words: object) -> Face:
    return Face(
        Html("The board"),
        (
            (Button("Secret", SecretPage()), Button("Page", OpenPage(1))),
            (Button("Short", Short()), Button("Long", Long())),
            (Button("Type", TypingPage()), Button("Break", Break())),
        ),
    )


def draw_spoiled(_snapshot: object, _words: object) -> Face:
    raise ArithmeticError("a fault of ours")


TRIAL = Feature(
    name="trial",
    commands=(
        Command("board", board, "help.menu.help", EVERYONE, ephemeral=False),
        Command("pages", pages, "help.menu.help", EVERYONE, ephemeral=False),
        Command("full", full, "help.menu.help", EVERYONE, ephemeral=False),
        Command("openly", secret, "help.menu.help", EVERYONE, ephemeral=False),
        Command("secret", secret, "help.menu.help", EVERYONE, in_private=True),
    ),
    buttons={
        Short: TapBy(short, EVERYONE),
        Long: TapBy(long, EVERYONE),
        Finish: TapBy(finish, EVERYONE),
        Turn: TapBy(turned, EVERYONE),
        Spoil: TapBy(spoiled, EVERYONE),
        Break: TapBy(break_, EVERYONE),
        Unsaid: TapBy(unsaid, EVERYONE),
    },
    pages={
        SecretPage: PageBy(secret_page, EVERYONE),
        OpenPage: PageBy(open_page, EVERYONE),
        SpoiledPage: PageBy(spoiled_page, EVERYONE),
        TypingPage: PageBy(typing_page, EVERYONE),
    },
    typed={"trial.typed": Typed(typed, EVERYONE)},
    cards={"trial.board": Card(lambda _work, _ref: True, draw_board)},
    posts={"trial.spoiled": Post(lambda _work, _ref: True, draw_spoiled)},
)
