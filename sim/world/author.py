"""The shipped example of a cast person: somebody who shows a false birthday and notes who wishes what on which day.

Cast it, and let it live (docs/tutorial.md):

    author, = world.cast(Author, [17])
    world.run(365)
    print(author.account())
"""

from __future__ import annotations

from collections import Counter

from sim.world.agents import Person
from sim.world.state import CLASSES, YEAR


class Author(Person):
    """Shows a false birthday on the platform and keeps the wishes of both days.

    false_birthday : day of the year (0-364); half a year from the true one if not given
    wishes : one (day of year, who wished, their circle, prompted) for each wish
    """

    def __init__(self, model, row: int, false_birthday: int | None = None):
        super().__init__(model, row)
        self.false_birthday = (self.birthday + YEAR // 2) % YEAR if false_birthday is None else false_birthday
        self.wishes: list[tuple[int, Person, str, bool]] = []

    def before_day(self) -> None:
        if self.member and self.shown_birthday != self.false_birthday:
            self.show(self.false_birthday)

    def after_day(self) -> None:
        for act in self.greetings_today:
            if tie := self.tie(act.sender):
                self.wishes.append((act.day_of_year, act.sender, tie.circle, act.prompted))

    @property
    def fooled(self) -> Counter[str]:
        """Wishes on the false day, by circle."""
        return Counter(circle for day, _, circle, _ in self.wishes if day == self.false_birthday)

    @property
    def remembered(self) -> Counter[str]:
        """Wishes on the true day, by circle."""
        return Counter(circle for day, _, circle, _ in self.wishes if day == self.birthday)

    def account(self) -> str:
        """Both days beside each other, one line a circle, closest first."""
        lines = [f"{'circle':<10}{'false day':>10}{'true day':>10}"]
        for circle in CLASSES:
            if self.fooled[circle] or self.remembered[circle]:
                lines.append(f"{circle:<10}{self.fooled[circle]:>10}{self.remembered[circle]:>10}")
        return "\n".join([*lines, f"{'all':<10}{self.fooled.total():>10}{self.remembered.total():>10}"])
