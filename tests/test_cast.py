"""People and platforms of one's own: what their hooks may do, when they are called, and that nobody else pays."""

import copy
import gc
import weakref

import numpy as np
import pytest
from mesa.agent import Agent
from worlds import assert_identical, messages

import sim
from sim.channels import TABLE
from sim.errors import InputError
from sim.world import model
from sim.world.agents import Person
from sim.world.author import Author
from sim.world.casting import Platform
from sim.world.columns import ENDED, FRIEND, KNOWS_IJ, KNOWS_JI, LINKED, ONLINE, ONLINE_BORN
from sim.world.events import EventLog
from sim.world.state import BY_CLOSENESS, WEEK

ON_PLATFORM = [channel.name for channel in TABLE if not channel.real]


class Noting(Person):
    """Notes when it is called."""

    def __init__(self, model, row, note=None):
        super().__init__(model, row)
        self.note = note if note is not None else []

    def before_day(self):
        self.note.append(("before", self.row, self.world.day, self.world.day_of_year))

    def after_day(self):
        self.note.append(("after", self.row, self.world.day, self.world.day_of_year))


class Leaving(Person):
    """Leaves the platform one morning."""

    when = 5

    def before_day(self):
        if self.world.day == self.when:
            self.leave()


class Listening(Person):
    """Keeps all acts it is told of."""

    def __init__(self, model, row):
        super().__init__(model, row)
        self.received, self.sent = [], []

    def after_day(self):
        self.received += self.received_today
        self.sent += self.sent_today


class Idle(Person):
    """Neither comes nor goes."""


@pytest.fixture
def world(tiny, grown) -> sim.World:
    return sim.World(tiny, "wall", 1, grown=grown)


@pytest.fixture
def simulated(world) -> sim.World:
    world.run(1)
    return world


def member_with_ties(world: sim.World) -> Person:
    return max(world.agents.select(lambda person: person.member), key=lambda person: person.links)


# --- casting -------------------------------------------------------------------------------------


def test_the_cast_are_the_people_of_their_rows(world):
    before = world.person(4)
    cast = world.cast(Idle, [9, 4])
    assert [(type(person), person.row) for person in cast] == [(Idle, 9), (Idle, 4)]
    assert world.person(4) is world.agents[4] is cast[1]
    assert before.birthday == cast[1].birthday  # a plain view of the row goes on being one
    assert repr(cast[1]) == "<Idle 4>"


def test_attributes_of_the_cast_are_kept(world):
    (one,) = world.cast(Idle, [4])
    one.mood = "blue"
    del one
    gc.collect()
    world.run(31)
    assert world.person(4).mood == "blue"


@pytest.mark.parametrize("rows", [7, np.array([7]), [np.int64(7)], (row for row in [7]), "people"])
def test_rows_come_in_any_form(world, rows):
    rows = world.agents[7:8] if isinstance(rows, str) else rows
    assert [person.row for person in world.cast(Idle, rows)] == [7]


@pytest.mark.parametrize(
    "kind, rows, found",
    [
        (Idle, [3, 60], "no row 60.*from 0 to 59"),
        (Idle, [-1], "no row -1"),
        (Idle, [2.5, True, "ann"], r"(?s)no row 2.5.*no row True.*no row 'ann'"),
        (Idle, [3, 3], "row 3 twice"),
        (Idle, [20], "row 20 is cast already, as Noting"),
        (str, [3], "str is no Person"),
        ("Idle", [3], "a thing of type str is no Person"),
    ],
)
def test_what_cannot_be_cast_is_refused_and_nothing_changes(world, kind, rows, found):
    world.cast(Noting, [20])
    with pytest.raises(InputError, match=found):
        world.cast(kind, rows)
    assert set(world.casting.people) == {20}
    assert type(world.person(3)) is Person


def test_a_class_that_forgets_its_row_is_refused(world):
    class Forgetful(Person):
        def __init__(self, model, row):
            pass

    with pytest.raises(TypeError, match="super"):
        world.cast(Forgetful, [3])
    assert world.casting.people == {}


# --- hooks ---------------------------------------------------------------------------------------


def test_hooks_are_called_every_day_in_row_order(world):
    note = []
    world.cast(Noting, [9, 4], note=note)
    world.cast(Noting, [7], note=note)
    world.cast(Idle, [1])
    today = world.state.day % 365
    world.run(2)
    assert note == [
        *[("before", row, 0, today) for row in (4, 7, 9)],
        *[("after", row, 1, today) for row in (4, 7, 9)],
        *[("before", row, 1, (today + 1) % 365) for row in (4, 7, 9)],
        *[("after", row, 2, (today + 1) % 365) for row in (4, 7, 9)],
    ]


def test_hooks_see_the_platform_that_comes_today(world):
    class Asking(Person):
        def before_day(self):
            self.members = int(self.world.state.people.member.sum())

    (one,) = world.cast(Asking, [4])
    world.run(1)
    assert one.members > 30


@pytest.mark.parametrize("kind", [Idle, Noting, Listening])
def test_who_only_looks_changes_nothing(tiny, grown, kind):
    plain, cast = sim.World(tiny, "wall", 1, grown=grown), sim.World(tiny, "wall", 1, grown=grown)
    cast.cast(kind, range(0, 60, 3))
    plain.run(65)
    cast.run(65)
    assert_identical(plain.state, cast.state)


def test_acts_are_collected_only_where_and_for_whom_somebody_listens(world, monkeypatch):
    wanted = []
    run_days = model.run_days

    def watched(state, rules, seed, days, threads, log, heard):
        run_days(state, rules, seed, days, threads, log, heard)
        wanted.append((log, None if heard is None else np.flatnonzero(heard).tolist()))

    monkeypatch.setattr(model, "run_days", watched)
    world.run(1)
    world.cast(Leaving, [3])
    world.run(1)
    world.cast(Listening, [4, 9])
    world.run(1)
    world.run(1, EventLog())
    assert [(log is not None, heard) for log, heard in wanted] == [(False, None), (False, []), (True, [4, 9]), (True, None)]
    pairs = [pair for acts in wanted[2][0] for pair in zip(acts.sender.tolist(), acts.receiver.tolist())]
    assert pairs
    assert all({4, 9} & set(pair) for pair in pairs)


def test_the_cast_cost_no_look_at_the_others(world):
    """Nobody but the cast, and those they heard of, is made."""
    world.cast(Leaving, [3, 4])
    world.run(10)
    assert set(world._people) == {3, 4}


def test_an_error_in_a_hook_is_the_users_to_see(world):
    class Failing(Person):
        def after_day(self):
            raise ZeroDivisionError("mine")

    world.cast(Failing, [3])
    with pytest.raises(ZeroDivisionError, match="mine"):
        world.run(1)
    assert world.day_of_year == world.state.day % 365


# --- what they are told --------------------------------------------------------------------------


def test_the_cast_are_told_what_the_log_tells_of_them(world):
    log, rows = EventLog(), [2, 3, 40]
    cast = world.cast(Listening, rows)
    world.run(60, log)
    columns = log.columns()
    for person in cast:
        for name, heard in (("to", person.received), ("from", person.sent)):
            mine = columns[name] == person.row
            expected = zip(*(columns[key][mine].tolist() for key in ("day", "from", "to", "channel", "prompted", "content")))
            told = [
                (act.day + world.branch_day, act.sender.row, act.receiver.row, act.channel, act.prompted, act.content)
                for act in heard
            ]
            assert told == list(expected)
            assert len(told) > 10
            assert all(act.day_of_year == (act.day + world.branch_day) % 365 for act in heard)


def test_in_the_morning_they_are_told_of_yesterday(world):
    class Waking(Listening):
        def before_day(self):
            self.yesterday = self.received_today

        def after_day(self):
            self.days = [*getattr(self, "days", []), (self.yesterday, self.received_today)]

    (one,) = world.cast(Waking, [3])
    world.run(20)
    assert one.days[0][0] == []
    assert all(evening == morning for (_, evening), (morning, _) in zip(one.days, one.days[1:]))
    assert any(evening for _, evening in one.days)


def test_greetings_are_what_is_said_for_a_birthday(tiny, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    (one,) = world.cast(Listening, [member_with_ties(first_day(tiny, grown)).row])
    world.run(366)
    greetings = [act for act in one.received if act.prompted or act.content == "birthday"]
    assert {act.day_of_year for act in greetings} == {one.birthday}
    assert any(act.prompted for act in greetings)
    assert 0 < len(greetings) < len(one.received)


def first_day(study, grown) -> sim.World:
    world = sim.World(study, "wall", 1, grown=grown)
    world.run(1)
    return world


def test_asking_for_acts_that_nobody_kept_is_refused(world):
    world.cast(Leaving, [4])
    world.cast(Listening, [5])
    world.run(1)
    for row in (3, 4):
        with pytest.raises(InputError, match=f"person {row}.*after_day"):
            world.person(row).received_today  # noqa: B018
    assert isinstance(world.person(5).received_today, list)


@pytest.mark.uncompiled
def test_the_plain_engine_calls_the_same_hooks_and_tells_the_same(tiny):
    told = []
    for engine in ("fast", "plain"):
        world = sim.World(tiny, "wall", 1, engine, people=12, years=0, point={"displacement": 0.0})
        cast = world.cast(Listening, [2, 5])
        leaver = world.cast(Leaving, [7])[0]
        world.run(10)
        assert not leaver.member
        told.append([sorted((a.day, a.sender.row, a.channel, a.prompted, a.content) for a in one.received) for one in cast])
    assert told[0] == told[1]
    assert len(told[0][0]) > 3


# --- what they may do ----------------------------------------------------------------------------


@pytest.mark.parametrize("date, shown", [(0, 0), (364, 364), (None, -1)])
def test_one_may_show_another_date_or_none(simulated, date, shown):
    simulated.person(3).show(date)
    assert simulated.state.people.shown[3] == shown


@pytest.mark.parametrize("date", [-1, 365])
def test_a_date_that_is_no_day_of_the_year_is_refused(simulated, date):
    with pytest.raises(InputError, match="0 to 364"):
        simulated.person(3).show(date)


def test_who_leaves_has_no_links_no_date_and_all_its_real_life_again(world):
    world.run(4)
    person = member_with_ties(world)
    row, before, people, ties = person.row, copy.deepcopy(world.state), world.state.people, world.state.ties
    assert before.people.kept[row] < 1
    mine = (ties.i == row) | (ties.j == row)
    person.leave()
    assert (person.member, person.links, person.shown_birthday, person.minutes, person.kept) == (False, 0, -1, 0, 1)
    assert not ties.flags[mine].astype(int).__and__(LINKED).any()
    assert not ties.were_friends[mine].any()
    assert people.drive[row] == pytest.approx(before.people.drive[row] / before.people.kept[row], rel=1e-5)
    others = np.arange(60) != row
    for name, a, b in zip(people._fields, people, before.people):
        assert np.array_equal(a[others], b[others]), name
    for name, a, b in zip(ties._fields, ties, before.ties):
        assert np.array_equal(a[~mine], b[~mine]), name


def test_who_has_left_does_and_gets_nothing_on_the_platform_any_more(tiny, grown):
    row = member_with_ties(first_day(tiny, grown)).row
    world, log = sim.World(tiny, "wall", 1, grown=grown), EventLog()
    (leaver,) = world.cast(Leaving, [row])
    leaver.when = 40
    world.run(200, log)
    columns = log.columns()
    on_platform = np.isin(columns["channel"], ON_PLATFORM) & ((columns["from"] == row) | (columns["to"] == row))
    days = columns["day"][on_platform] - world.branch_day
    assert days.size
    assert days.max() < 40
    assert not leaver.member


def test_a_leaver_lives_in_real_life_as_one_who_never_came(tiny, grown):
    """The plans of somebody who left are those of the same person without a platform."""
    world, without = sim.World(tiny, "wall", 1, grown=grown), sim.World(tiny, "none", 1, grown=grown)
    world.run(1)
    without.run(1)
    person = member_with_ties(world)
    person.leave()
    assert world.state.people.drive[person.row] == pytest.approx(without.state.people.drive[person.row], rel=1e-5)


def test_known_people_are_linked_at_once_by_an_invitation(simulated):
    person = member_with_ties(simulated)
    tie = next(tie for tie in person.ties if tie.linked)
    simulated.state.ties.flags[tie.row] &= ~np.uint8(LINKED)
    many = person.links
    assert person.invite(tie.other)
    assert tie.linked
    assert person.links == many + 1
    assert not person.invite(tie.other)
    assert not person.invite(person)


def test_strangers_who_link_have_a_tie_that_is_online_only(world):
    class Inviting(Person):
        def before_day(self):
            if self.world.day == 1:
                self.done = [self.invite(other) for other in self.wanted]

    world.run(1)
    members = [person.row for person in world.agents if person.member]
    outsider = next(person.row for person in world.agents if not person.member)
    stranger_pairs = [(a, b) for a in members for b in members if a < b and world.person(a).tie(world.person(b)) is None]
    if not stranger_pairs:  # all know each other: make two of them strangers
        a, b = members[:2]
        row = world.person(a).tie(world.person(b)).row
        ties = world.state.ties
        world.state.ties = type(ties)(*(np.delete(column, row, axis=0) for column in ties))
        stranger_pairs = [(a, b)]
    a, b = stranger_pairs[0]
    one, two = world.cast(Inviting, [a, b])
    one.wanted, two.wanted = [two, world.person(outsider)], [one]
    many = world.state.ties.i.size
    world.state.people.places[[a, b]] = 0
    world.run(1)
    assert (one.done, two.done) == ([True, False], [True])
    assert world.state.ties.i.size == many + 1
    tie = one.tie(two)
    assert (tie.kind, tie.linked, tie.closeness, tie.circle) == ("online", True, 0.0, "online")
    ties = world.state.ties
    assert (ties.kind[tie.row], ties.class_ij[tie.row], ties.together[tie.row]) == (ONLINE, ONLINE_BORN, True)
    assert two.tie(one).other is one
    world.run(40)


def test_what_is_written_about_the_week_holds_from_the_next_plan_day(world):
    world.run(1)
    world.run(-world.state.day % WEEK + 1)
    person = member_with_ties(world)
    person.posts, person.messages = 50, 0
    world.run(-world.state.day % WEEK + 1)
    ties = world.state.ties
    of_i, of_j = messages(world.state)
    assert not np.concatenate([of_i[ties.i == person.row], of_j[ties.j == person.row]]).any()
    assert (person.posts, person.messages) == (50, 0)


def test_a_person_cannot_be_removed(world):
    with pytest.raises(TypeError, match="people of a world are fixed"):
        world.person(3).remove()


# --- ties ----------------------------------------------------------------------------------------


def test_rows_of_ties_are_found_anew_when_ties_begin_or_go(world):
    for _ in range(5):
        world.run(13)
        ties = world.state.ties
        for row in (0, 7, 59):
            assert sorted(world.tie_rows(row).tolist()) == np.flatnonzero((ties.i == row) | (ties.j == row)).tolist()


def test_rows_of_ties_are_indexed_once_as_long_as_they_stay(world, monkeypatch):
    world.run(1)
    calls = []
    real = model.index_by_person
    monkeypatch.setattr(model, "index_by_person", lambda *given: (calls.append(1), real(*given))[1])
    for row in range(60):
        world.person(row).ties  # noqa: B018
        world.person(row).links  # noqa: B018
    assert len(calls) == 1


def test_an_ended_tie_is_no_tie_but_still_on_the_books(simulated):
    person = simulated.person(10)
    tie = person.ties[0]
    simulated.state.ties.flags[tie.row] |= ENDED
    assert tie.other.row not in [other.other.row for other in person.ties]
    assert person.tie(tie.other).row == tie.row
    assert person.tie(person) is None


def test_circles_are_those_of_the_persons_own_side(world):
    ties = world.state.ties
    row = int(np.flatnonzero(ties.kind == FRIEND)[0])
    ties.class_ij[row], ties.class_ji[row] = 0, 2
    i, j = world.person(int(ties.i[row])), world.person(int(ties.j[row]))
    assert (i.tie(j).circle, j.tie(i).circle) == ("support", "affinity")


# --- branches, memory ----------------------------------------------------------------------------


def test_a_branch_casts_the_same_rows_anew(world):
    note = []
    one = world.cast(Noting, [4], note=note)[0]
    one.mood = "blue"
    world.cast(Idle, [9])
    world.run(2)
    other = world.branch("none")
    assert {row: type(person) for row, person in other.casting.people.items()} == {4: Noting, 9: Idle}
    assert other.person(4) is not one
    assert not hasattr(other.person(4), "mood")
    assert other.person(4).world is other
    many = len(note)
    other.run(1)
    assert len(note) == many + 2


def test_cast_worlds_that_nobody_holds_are_gone(tiny, grown):
    def live() -> weakref.ref:
        world = sim.World(tiny, "wall", 1, grown=grown)
        world.cast(Listening, [3])
        world.cast_platform(Flattening)
        world.run(31)
        return weakref.ref(world)

    gone = [live() for _ in range(2)]
    gc.collect()
    assert [one() for one in gone] == [None, None]
    assert not [kept for kept in Agent._ids if isinstance(kept, sim.World)]


# --- the author ----------------------------------------------------------------------------------


def test_the_author_is_wished_well_on_the_wrong_day_by_those_who_do_not_know_better(tiny, grown):
    class Asking(Author):
        def after_day(self):
            super().after_day()
            self.knew = [*getattr(self, "knew", []), *(a.sender.tie(self).knows_birthday for a in self.greetings_today)]

    row = member_with_ties(first_day(tiny, grown)).row
    world = sim.World(tiny, "wall", 1, grown=grown)
    (author,) = world.cast(Asking, [row])
    assert author.false_birthday == (author.birthday + 182) % 365
    world.rules = world.rules._replace(nonbirthday=np.float32(0.5))  # so that several say so
    world.run(365)
    assert author.shown_birthday == author.false_birthday
    wrong = [prompted for day, _, _, prompted in author.wishes if day == author.false_birthday]
    assert len(wrong) > 1
    assert all(wrong)
    assert [knew for (*_, prompted), knew in zip(author.wishes, author.knew) if prompted] == [False] * len(wrong)
    right = [prompted for day, _, _, prompted in author.wishes if day == author.birthday]
    assert not any(right)
    assert author.fooled.total() == len(wrong)
    assert author.remembered.total() == len(right)
    last = author.account().splitlines()[-1].split()
    assert last == ["all", str(len(wrong)), str(len(author.words)), str(len(right))]
    assert {day for day, *_ in author.words} == {author.false_birthday}
    assert all(who.tie(author).knows_birthday for _, who, _ in author.words)
    closest_first = [author.tie(who).closeness for who in author.knew_better]
    assert closest_first == sorted(closest_first, reverse=True)
    assert len(closest_first) == author.not_fooled.total() == len(author.words) > 1


def test_a_word_on_a_false_date_is_no_greeting(tiny, grown):
    """Everybody knows, and says so: nobody is fooled, and what they write is told and logged as what it is."""
    world, log = first_day(tiny, grown), EventLog()
    row = member_with_ties(world).row
    (author,) = world.cast(Author, [row], false_birthday=world.day_of_year)
    rows = world.tie_rows(row)
    world.state.ties.flags[rows] |= KNOWS_IJ | KNOWS_JI
    world.rules = world.rules._replace(nonbirthday=np.float32(1))
    for c in (world.state.ties.c_ij, world.state.ties.c_ji):
        c[rows] = 1
    author.birthday = (world.day_of_year + 100) % 365
    world.run(1, log)
    columns = log.columns()
    told = [act for act in author.received_today if act.content == "nonbirthday"]
    assert {(act.channel, act.prompted) for act in told} == {("message", False)}
    assert not author.greetings_today
    assert (len(told), author.account().splitlines()[-1].split()) == (len(author.words), ["all", "0", str(len(told)), "0"])
    logged = columns["content"] == "nonbirthday"
    assert sorted(columns["from"][logged & (columns["to"] == row)].tolist()) == sorted(act.sender.row for act in told)
    assert not columns["prompted"][logged].any()
    assert len(told) > 5


def test_without_prompts_nobody_is_fooled(tiny, grown):
    world = sim.World(tiny, "no-prompt", 1, grown=grown)
    authors = world.cast(Author, range(20))
    world.run(365)
    assert sum(author.fooled.total() for author in authors) == 0
    assert sum(author.remembered.total() for author in authors) > 0


def test_an_author_may_choose_the_date(tiny, grown):
    world = first_day(tiny, grown)
    row = member_with_ties(world).row
    (author,) = world.cast(Author, [row], false_birthday=world.day_of_year)
    world.run(1)
    assert author.wishes
    assert {day for day, *_ in author.wishes} == {author.false_birthday}


# --- the platform --------------------------------------------------------------------------------


class Flattening(Platform):
    """Takes the slope of its prompts away at the end of each month."""

    months = 0

    def step_month(self):
        self.months += 1
        self.set({"prompts.slope": 0.0})


def test_the_platform_is_an_agent_with_todays_settings(world):
    assert world.platform.settings.name == "wall-2009"
    assert world.platform.settings.prompts.slope.value == 2
    assert world.platform.model is world
    with pytest.raises(ValueError, match="frozen"):
        world.platform.settings.name = "mine"
    assert not world.branch("none").platform.settings.present


def test_a_cast_platform_steps_after_each_month_while_there_is_one(world):
    platform = world.cast_platform(Flattening)
    assert world.platform is platform
    world.run(-world.state.day % 30)
    assert platform.months == (1 if world.day else 0)
    before = platform.months
    world.run(29)
    assert platform.months == before
    world.run(1)
    assert platform.months == before + 1
    other = world.branch("none")
    other.run(61)
    assert type(other.platform) is Flattening
    assert other.platform.months == 0


def test_its_settings_hold_from_the_next_day_and_nobody_joins_by_them(world):
    platform = world.cast_platform(Flattening)
    world.run(3)
    assert world.rules.slope == 2
    before = copy.deepcopy(world.state)
    platform.set({"prompts.slope": 0.0, "prompts.active": 0.5, "feed.order": "closeness"})
    assert (world.rules.slope, world.rules.active, world.rules.order) == (0, 0.5, BY_CLOSENESS)
    assert world.rules.level == 0
    assert platform.settings.prompts.slope.value == 0
    assert platform.settings.prompts.slope.status == "set"
    assert_identical(before, world.state)


def test_the_number_of_greetings_is_kept_when_their_slope_changes(world):
    world.run(3)
    world.platform.set({"prompts.active": 0.7})
    level = world.rules.level
    world.platform.set({"prompts.slope": 6.0})
    assert world.rules.level != level
    assert world.rules.slope == 6


def test_settings_changed_before_the_first_day_are_those_that_are_joined(tiny, a_study, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    world.platform.set({"prompts.slope": 0.0, "feed.posts": 0.8})
    world.run(20)
    flat = a_study(arms='[arms.flat]\nplatform = "wall-2009"\nset = { "prompts.slope" = 0.0, "feed.posts" = 0.8 }\n', name="flat")
    expected = sim.World(flat, "flat", 1, grown=grown)
    expected.run(20)
    assert_identical(world.state, expected.state)


def test_use_of_the_platform_follows_but_what_somebody_wrote_stays(world):
    world.run(3)
    people = world.state.people
    before = people.posts.copy()
    world.person(4).posts = 33
    world.platform.set({"feed.posts": 2 * world.platform.settings.feed.posts.value})
    others = np.arange(60) != 4
    assert people.posts[others] == pytest.approx(2 * before[others], rel=1e-5)
    assert people.posts[4] == 33
    before = people.items.copy()
    world.platform.set({"feed.item_minutes": 10.0})  # whatever use depends on, not only rates
    assert (people.items[before > 0] < before[before > 0]).all()
    assert people.posts[4] == 33


def test_a_scheduled_platform_has_the_settings_of_its_file(a_study):
    later = '[arms.later]\nplatform = "none"\nschedule = [{ day = 10, platform = "wall-2009" }]\n'
    world = sim.World(a_study(arms=later, name="later"), "later", 1, years=1)
    assert not world.platform.settings.present
    with pytest.raises(InputError, match="'none' has no prompts"):
        world.platform.set({"prompts.slope": 1.0})
    world.run(10)
    assert world.platform.settings.present
    world.platform.set({"prompts.slope": 1.0})  # it comes tomorrow, and comes so
    world.run(1)
    assert world.rules.slope == 1


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"prompts.slop": 1.0}, "prompts.slope"),
        ({"prompts.slope": -1.0}, "prompts.slope"),
        ({"prompts.slope": "steep"}, "prompts.slope"),
        ({"feed.order": "random"}, "closeness"),
        ({"society.response.substitution": 0.5}, "not a setting of a platform"),
        ({"adoption": 0.5}, "settled for each person"),
        ({"prompts.slope": -1.0, "feed.order": 7}, r"(?s)prompts.slope.*feed.order"),
    ],
)
def test_settings_that_do_not_fit_are_refused_and_nothing_changes(world, changes, found):
    world.run(1)
    before, rules = world.platform.settings, world.rules
    with pytest.raises(InputError, match=found):
        world.platform.set(changes)
    assert world.platform.settings is before
    assert world.rules is rules


def test_only_a_platform_can_be_cast_as_one_and_only_once(world):
    with pytest.raises(InputError, match="no Platform"):
        world.cast_platform(Idle)
    world.cast_platform(Flattening)
    with pytest.raises(InputError, match="cast already, as Flattening"):
        world.cast_platform(Flattening)


def test_activity_counts_acts_on_the_platform(world):
    log = EventLog()
    assert world.platform.activity == 0
    world.run(10, log)
    assert world.platform.activity == np.isin(log.columns()["channel"], ON_PLATFORM).sum() > 0
