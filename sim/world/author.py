"""An example of a cast person: someone who shows a false birthday and notes who sends wishes on which day.

Cast it and run the world (docs/tutorial.md):

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
    """A person who shows a false birthday on the platform and keeps the wishes received on both days.

    false_birthday : day of the year (0-364); by default half a year from the true one
    wishes : (day of year, sender, circle of the sender, prompted) of each wish
    words : (day of year, sender, circle of the sender) of each "happy non-birthday" message, sent by people who knew
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
        """People who wrote that the false date is not the birthday, by circle."""
        return Counter(circle for _, _, circle in self.words)

    @property
    def remembered(self) -> Counter[str]:
        """Wishes on the true day, by circle."""
        return Counter(circle for day, _, circle, _ in self.wishes if day == self.birthday)

    @property
    def knew_better(self) -> list[Person]:
        """People who wrote "happy non-birthday", closest first."""
        senders = {sender.row for _, sender, _ in self.words}
        return [tie.other for tie in self.ties if tie.other.row in senders]

    def account(self) -> str:
        """A table of wishes on the false and on the true day: one line for each circle, closest first."""
        counted = (self.fooled, self.not_fooled, self.remembered)
        lines = [("circle", "false day", "nonbirthday", "true day")]
        lines += [(circle, *(count[circle] for count in counted)) for circle in CLASSES if any(c[circle] for c in counted)]
        lines.append(("all", *(count.total() for count in counted)))
        return "\n".join(f"{name:<10}{false:>10}{words:>13}{true:>10}" for name, false, words, true in lines)
