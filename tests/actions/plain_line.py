"""A model: an action with room for so many, in plain Python, which the real one is held against."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.actions.answers import Answer


@dataclass
class Line:
    """Who has room and who waits, in their order, and with how many; who said something else; and who hasn't
    answered since the time changed."""

    capacity: int
    inside: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)
    others: dict[int, Answer] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)

    def come(self, person: int, people: int) -> None:
        has = self.inside.get(person, 0)
        if people <= has or self._taken() - has + people <= self.capacity:
            self._forget(person, but_not=self.inside)
            self.inside[person] = people
        elif has:
            return  # refused: they keep what they have, and are still asked
        else:
            self._forget(person, but_not=self.waiting)
            self.waiting[person] = people
        self._let_in()

    def say(self, person: int, answer: Answer) -> None:
        """Something else than coming; again takes it back, unless that was for another time."""
        is_again = self.others.get(person) is answer and person not in self.asked
        self._forget(person, but_not={})
        if not is_again:
            self.others[person] = answer
        self._let_in()

    def make_room(self, capacity: int) -> None:
        self.capacity = capacity
        self._let_in()

    def move(self) -> None:
        """It begins at another time."""
        self.asked = {*self.inside, *self.waiting, *self.others}

    def yet_to_answer(self) -> int:
        """How many people are asked again."""
        people = {**dict.fromkeys(self.others, 1), **self.inside, **self.waiting}
        return sum(people[person] for person in self.asked)

    def _taken(self) -> int:
        return sum(self.inside.values())

    def _forget(self, person: int, but_not: dict[int, int]) -> None:
        for place in (self.inside, self.waiting, self.others):
            if place is not but_not:
                place.pop(person, None)
        self.asked.discard(person)

    def _let_in(self) -> None:
        for each, wanted in list(self.waiting.items()):
            if self._taken() + wanted <= self.capacity:
                self.inside[each] = self.waiting.pop(each)
