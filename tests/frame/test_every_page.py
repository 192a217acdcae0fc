"""Every page from every other: each has a way out, and no button that refuses whoever sees it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import islice

import pytest

from bot.app import FEATURES
from bot.feature import Features
from bot.message.payload import Payload
from bot.person.rights import Who
from bot.whisper.exits import PutAway
from handlers.delivery.payloads import SendAgain, TryNow
from handlers.elections.ending.payloads import ConfirmAct, StopAct
from playground.chats import Message
from playground.people import Person
from tests.actions.announce import announce as announce_action
from tests.elections.campaign import announce, at_the_hour, open_signing, stand
from tests.message.every_face import drawings, faces
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

KNOWN = Features(FEATURES)
RIGHTS = {
    kind: known.right
    for feature in FEATURES
    for kind, known in (*feature.pages.items(), *feature.buttons.items())
}
FOR_ALL = (Who.EVERYONE, Who.MEMBERS, Who.ASKED_INSIDE)
# Pages of one kind differ in their numbers only.
_OF_A_KIND = 2
_BETWEEN = timedelta(seconds=30)


class Walk:
    """One person's way through all the pages that they come to, by every button that opens one."""

    def __init__(self, yard: Yard, person: Person, anchor: Message, *, is_organiser: bool) -> None:
        self._yard = yard
        self._person = person
        self._anchor = anchor
        self._is_organiser = is_organiser
        self._ahead: list[tuple[str, Payload]] = []
        self.visited = Counter[type[Payload]]()
        self.faults: list[str] = []

    async def types(self, command: str) -> None:
        """Look at what a command is answered, and go on from there."""
        seen = self._seen()
        self._yard.say(self._person, command)
        await self._yard.world.until(lambda: self._seen() - seen)
        await self._yard.quiet()
        await self._look_at(seen, command)
        while self._ahead:
            await self._open(*self._ahead.pop())

    def starts_at(self, message: Message) -> None:
        """Look at what everybody sees."""
        self._look(message.text.split("\n")[0], message)

    async def _open(self, where: str, page: Payload) -> None:
        if self.visited[type(page)] >= _OF_A_KIND:
            return
        self.visited[type(page)] += 1
        self._yard.clock.turn(_BETWEEN)
        seen, name = self._seen(), type(page).__qualname__
        tap = self._yard.world.tap_data(self._person, self._anchor, page.pack())
        answer = await self._yard._obeyed(tap)
        if answer.url is not None:
            await self._yard.follow(self._person, answer)
            await self._yard.world.until(lambda: self._seen() - seen)
            await self._yard.quiet()
        elif answer.show_alert:
            self.faults.append(f"{where} leads {self._person.name} to {name}: {answer.text}")
            return
        await self._look_at(seen, f"{type(page).__module__}.{name}", must_have_exit=True)

    async def _look_at(self, seen: set[int], name: str, *, must_have_exit: bool = False) -> None:
        fresh = [m for m in self._visible() if id(m) not in seen]
        if not fresh:
            self.faults.append(f"{name} shows nothing")
            return
        self._look(name, fresh[-1])
        exits = [p for p in self._payloads(fresh[-1]) if p.is_exit]
        is_file = fresh[-1].document is not None  # it is there to be kept
        if must_have_exit and not exits and not is_file:
            self.faults.append(f"{name} has no way out: {self._yard.labels(fresh[-1])}")

    def _look(self, name: str, message: Message) -> None:
        for payload in self._payloads(message):
            if KNOWN.is_page(payload):
                self._ahead.append((name, payload))
            elif not isinstance(payload, PutAway):
                right = RIGHTS.get(type(payload))
                if right is not None and right.who is Who.ORGANISERS and not self._is_organiser:
                    kind = type(payload).__qualname__
                    self.faults.append(f"{name} shows {self._person.name} an organiser's {kind}")

    def _payloads(self, message: Message) -> list[Payload]:
        found = []
        for button in message.buttons:
            data = button.callback_data
            payload = None if data is None else PutAway.parse(data) or KNOWN.parse(data)
            if payload is not None:
                found.append(payload)
        return found

    def _visible(self) -> list[Message]:
        """What this person alone sees, or is answered."""
        world, bot = self._yard.world, self._yard.world.bot
        group = [
            message
            for message in world.visible(self._person, self._yard.group)
            if message.is_ephemeral or message.reply_to is not None
        ]
        private = world.visible(self._person, world.private(self._person))
        return [message for message in (*group, *private) if message.sender is bot]

    def _seen(self) -> set[int]:
        return {id(message) for message in self._visible()}


async def test_every_page_leads_on_and_out(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings Fountain street 5: 120\nFountain street 7: 280")
    card = await announce_action(yard, yard.tom)
    yard.clock.turn(timedelta(minutes=2))
    election = await announce(yard)
    yard.clock.turn(timedelta(minutes=2))
    await stand(yard, yard.tom, "Tom K.")
    page = await open_signing(yard, yard.tom, election)
    await yard.tap(yard.tom, page, "Fountain street 5")
    await yard.hears(yard.tom, "Your signature is counted", page.chat)
    election = await at_the_hour(yard, "Tom K.")
    yard.promote_bot()
    yard.clock.turn(timedelta(minutes=5))
    faults, visited = [], Counter[type[Payload]]()
    for person, is_organiser in ((yard.vera, True), (yard.tom, False), (yard.ales, False)):
        walk = Walk(yard, person, card, is_organiser=is_organiser)
        for post in (card, election):
            walk.starts_at(post)
        for command in KNOWN.commands:
            if is_organiser or command.right.who is not Who.ORGANISERS:
                yard.clock.turn(_BETWEEN)
                await walk.types(f"/{command.name}")
        faults += walk.faults
        visited += walk.visited
    assert not faults, "\n".join(sorted(set(faults)))
    assert len(visited) > 40, sorted(kind.__qualname__ for kind in visited)


def test_no_post_has_a_button_that_refuses_most_of_its_readers() -> None:
    """Whoever may not use it comes to a page instead, which says who may."""
    posts = {post.draw: kind for kind, post in KNOWN.posts.items()}
    led_on = {
        kind
        for feature in FEATURES
        for kind, tap in feature.buttons.items()
        if tap.otherwise is not None and RIGHTS[tap.otherwise.page].who is Who.EVERYONE
    }
    found = {
        (posts[drawing.draw], type(button.press))
        for drawing in drawings()
        if drawing.draw in posts
        for face in islice(faces(drawing), 30)
        for row in face["en"].buttons
        for button in row
        if isinstance(button.press, Payload)
    }
    refusing = [
        (post, kind)
        for post, kind in found
        if RIGHTS[kind].who not in FOR_ALL and kind not in led_on
    ]
    assert not refusing
    assert {ConfirmAct, StopAct, SendAgain, TryNow} < {kind for _, kind in found}
