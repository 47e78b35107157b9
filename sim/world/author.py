"""The shipped example of a cast person: somebody who shows a false birthday and notes who wishes what on which day.

Cast it, and let it live (docs/tutorial.md):

    author, = world.cast(Author, [17])
    world.run(365)
    print(author.account())
"""

from __future__ import annotations

from collections import Counter

from sim.scenario.bounds import whole_within
from sim.world.agents import DATE, Person
from sim.world.columns import CLASSES
from sim.world.state import YEAR


class Author(Person):
    """Shows a false birthday on the platform and keeps the wishes of both days.

    false_birthday : day of the year (0-364); half a year from the true one if not given
    wishes : one (day of year, who wished, their circle, prompted) for each wish
    words : one (day of year, who wrote, their circle) for each "happy non-birthday", from who knew better
    """

    def __init__(self, model, row: int, false_birthday: int | None = None):
        super().__init__(model, row)
        false_birthday = (self.birthday + YEAR // 2) % YEAR if false_birthday is None else false_birthday
        self.false_birthday = whole_within(DATE, false_birthday, "false_birthday")
        self.wishes: list[tuple[int, Person, str, bool]] = []
        self.words: list[tuple[int, Person, str]] = []

    def before_day(self) -> None:
        if self.member and self.shown_birthday != self.false_birthday:
            self.show(self.false_birthday)

    def after_day(self) -> None:
        for act in self.greetings_today:
            if tie := self.tie(act.sender):
                self.wishes.append((act.day_of_year, act.sender, tie.circle, act.prompted))
        for act in self.received_today:
            if act.content == "nonbirthday" and (tie := self.tie(act.sender)):
                self.words.append((act.day_of_year, act.sender, tie.circle))

    @property
    def fooled(self) -> Counter[str]:
        """Wishes on the false day, by circle."""
        return Counter(circle for day, _, circle, _ in self.wishes if day == self.false_birthday)

    @property
    def not_fooled(self) -> Counter[str]:
        """Who wrote on the false day that it is not, by circle."""
        return Counter(circle for _, _, circle in self.words)

    @property
    def remembered(self) -> Counter[str]:
        """Wishes on the true day, by circle."""
        return Counter(circle for day, _, circle, _ in self.wishes if day == self.birthday)

    @property
    def knew_better(self) -> list[Person]:
        """Who wrote "happy non-birthday", closest first."""
        wrote = {who.row: who for _, who, _ in self.words}
        return [tie.other for tie in self.ties if tie.other.row in wrote]

    def account(self) -> str:
        """The false day and the true one beside each other, one line a circle, closest first."""
        counted = (self.fooled, self.not_fooled, self.remembered)
        lines = [("circle", "false day", "nonbirthday", "true day")]
        lines += [(circle, *(count[circle] for count in counted)) for circle in CLASSES if any(c[circle] for c in counted)]
        lines.append(("all", *(count.total() for count in counted)))
        return "\n".join(f"{name:<10}{false:>10}{words:>13}{true:>10}" for name, false, words, true in lines)
