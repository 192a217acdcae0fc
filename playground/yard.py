"""The sample courtyard that the page opens with: its people, its groups, its time zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World

ZONE = "Europe/Minsk"


@dataclass(frozen=True)
class Neighbour:
    """A person of the yard; `colour` is the number of a colour in the page's palette."""

    person: Person
    colour: int
    about: str


@dataclass(frozen=True)
class Yard:
    """Who lives here and where they meet. The bot is in none of the groups yet."""

    neighbours: tuple[Neighbour, ...]
    group: Chat
    second_group: Chat
    forum: Chat
    zone: str = ZONE

    @property
    def founder(self) -> Person:
        """Whoever made the groups, and adds the bot to them."""
        return self.neighbours[0].person


def make_yard(world: World) -> Yard:
    """Six neighbours with three languages, a group of all, another one and a forum of some."""

    def neighbour(colour: int, name: str, language: str, about: str) -> Neighbour:
        return Neighbour(world.add_person(name, language=language), colour, about)

    neighbours = (
        neighbour(1, "Vera", "en", "made the group"),
        neighbour(2, "Ales", "be", "plays the guitar"),
        neighbour(3, "Nina", "ru", "knows everyone"),
        neighbour(4, "Tom", "en", "moved in last week"),
        neighbour(5, "Zosia", "be", "keeps order"),
        neighbour(6, "Uladzimir", "ru", "walks with the seniors"),
    )
    vera, ales, nina, _, zosia, _ = people = tuple(each.person for each in neighbours)
    group = world.add_group("Courtyard 5", creator=vera, members=people)
    world.promote(group, zosia, by=vera)
    second_group = world.add_group("Courtyard 7", creator=vera, members=(ales, nina))
    forum = world.add_group(
        "Three courtyards", creator=vera, forum=True, members=(ales, nina, zosia)
    )
    world.say(forum, vera, "Three houses, one yard: let's talk by topics here.")
    for topic in ("Actions", "Lost and found"):
        world.add_topic(forum, topic, by=vera)
    return Yard(neighbours, group, second_group, forum)
