"""Whose habits are shifted (docs/model.md 7.11): who is in a minority, how far it lives another way, and who is compared."""

import re
import tomllib
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest
from conftest import SCENARIOS, grown_for
from scipy import stats
from worlds import assert_identical, default_rules, random_world, world

import sim
from sim.errors import InputError
from sim.scenario.names import LABELS
from sim.scenario.profile import Profile
from sim.scenario.reading import load
from sim.scenario.study import scenario_hash
from sim.study.robustness.parameters import parameters
from sim.world import habits, plain, shifting
from sim.world.contents import shares
from sim.world.measures.graph import assortativity
from sim.world.measures.year import living
from sim.world.plain import PlainSociety

HOME, WEST = "japan", "france"
PROFILES = "{ japan = 1.0, france = 0.0 }"
MINORITY = {"minority.share": 0.1, "background_mean": 0.1}


@pytest.fixture(scope="module")
def study(a_study):
    closed = '[arms.closed]\nplatform = "closed-groups"\n[arms.open]\nplatform = "pseudonymous"\n'
    return a_study(closed, name="minorities", profiles=PROFILES, people=120, burn_in='"1y"')


@pytest.fixture(scope="module")
def grown(study):
    return grown_for(study)


@pytest.fixture
def branched(study, grown):
    """The world of an arm at a point, on the day of the branch."""
    return lambda arm="wall", **point: sim.World(study, arm, 1, grown=grown, point=MINORITY | dotted(point))


def dotted(point: dict) -> dict:
    """Keys have __ for the dots between sections and names."""
    return {name.replace("__", "."): value for name, value in point.items()}


def named(one: sim.World) -> list[str]:
    return [group.name for group in one.groups]


def minority(**values):
    """As the society's file has it, in bare numbers."""
    usual = dict(shifted_mean=0.6, background_mean=0.1, concentration=10.0, shift=1.0) | values
    numbers = {name: SimpleNamespace(value=value) for name, value in usual.items() if name != "reverse"}
    return SimpleNamespace(**numbers, reverse=usual.get("reverse", False))


# --- who is in the minority ----------------------------------------------------------------------


@pytest.mark.parametrize("placed", ["random", "homophilous"])
def test_who_is_in_a_small_minority_is_in_a_larger_one(branched, placed):
    inside = {
        share: np.flatnonzero(branched(minority__share=share, placed=placed).shift.label == shifting.INSIDE)
        for share in (0.05, 0.1, 0.2, 0.3)
    }
    assert [rows.size for rows in inside.values()] == [6, 12, 24, 36]  # of 120 people
    for small, large in zip(inside.values(), list(inside.values())[1:]):
        assert set(small) < set(large)


def test_the_same_people_whatever_the_arm_and_how_far_they_are_shifted(branched):
    first = branched().shift.label
    for other in (branched("closed"), branched("none"), branched(shift=0.0), branched(reverse=True), branched(background_mean=0)):
        np.testing.assert_array_equal(other.shift.label, first)
    assert (branched("wall").shift.weight == branched("closed").shift.weight).all()


def test_who_knows_more_of_the_minority_joins_it_next(grown):
    """A path 0 - 1 - 2 - 3 - 4: from the first person on, the minority spreads along ties."""
    state = world(5, [(0, 1), (1, 2), (2, 3), (3, 4)])
    order = shifting.ranking(state, "homophilous", 5, 7).tolist()
    assert order[0] == shifting.ranking(state, "random", 1, 7)[0]
    for place in range(1, 5):
        assert any(abs(order[place] - before) == 1 for before in order[:place])


def test_people_who_are_placed_homophilously_know_each_other(study):
    large = grown_for(study, people=500)
    found = {}
    for placed in ("random", "homophilous"):
        point = MINORITY | {"minority.placed": placed}
        one = sim.World(study, "none", 1, grown=large, people=500, point=point)
        one.run(7)
        found[placed] = next(row.value for row in one.measure() if row.measure == "assortativity")
    assert abs(found["random"]) < 0.03
    assert found["homophilous"] > 0.1


def test_assortativity_is_that_of_networkx(branched):
    for placed in ("random", "homophilous"):
        one = branched(placed=placed)
        (row,) = assortativity(one.state, one.groups)
        graph, alive = nx.Graph(), living(one.state.ties)
        graph.add_nodes_from((k, {"inside": bool(label == shifting.INSIDE)}) for k, label in enumerate(one.shift.label))
        graph.add_edges_from(zip(one.state.ties.i[alive].tolist(), one.state.ties.j[alive].tolist()))
        assert row.value == pytest.approx(nx.attribute_assortativity_coefficient(graph, "inside"))
        assert row.n == alive.sum()


# --- who is compared -----------------------------------------------------------------------------


def test_labels_are_groups_of_measures(branched):
    one = branched(minority__share=0.01)  # of a larger minority, everybody of 120 people knows somebody
    one.run(7)
    rows = one.measure()
    assert named(one) == ["all", *LABELS]
    numbers = {row.profile: row.n for row in rows if row.measure == "strong" and row.tie_class == "all"}
    assert numbers["minority"] == 1
    assert sum(numbers[name] for name in LABELS) == numbers["all"] == 120


def test_others_are_told_apart_by_their_contacts_in_the_minority():
    """0 is the minority. 1 knows it alone, 2 and 3 know it and others, 4 does not."""
    state = world(5, [(0, 1), (0, 2), (0, 3), (2, 3), (2, 4)])
    found = shifting.labels_of(state, np.array([True, False, False, False, False]))
    assert [LABELS[k].removeprefix("contacts-") for k in found] == ["minority", "many", "some", "some", "none"]


def test_without_a_minority_nobody_has_a_label(branched):
    one = branched(minority__share=0.0)
    assert one.shift.labels == ()
    assert named(one) == ["all"]
    one.run(7)
    assert not [row for row in one.measure() if row.measure == "assortativity"]


# --- how far --------------------------------------------------------------------------------------


@pytest.mark.uncompiled
def test_how_far_people_are_shifted_is_beta_distributed():
    size = 4000
    inside = np.arange(size) % 2 == 0
    found = shifting.weights(minority(), inside, 1)
    assert stats.kstest(found[inside], stats.beta(6, 4).cdf).pvalue > 0.01
    assert stats.kstest(found[~inside], stats.beta(1, 9).cdf).pvalue > 0.01
    assert found[inside].mean() == pytest.approx(0.6, abs=0.02)
    assert found[~inside].mean() == pytest.approx(0.1, abs=0.01)
    as_others = shifting.weights(minority(), np.zeros(size, bool), 1)  # by the same luck
    np.testing.assert_array_equal(np.argsort(found[inside]), np.argsort(as_others[inside]))
    np.testing.assert_array_equal(shifting.weights(minority(shift=0.0), inside, 1), as_others)
    np.testing.assert_array_equal(shifting.weights(minority(background_mean=0.0), inside, 1), np.where(inside, found, 0))


def test_reversed_the_minority_goes_the_other_way_and_others_stay():
    inside = np.arange(100) < 30
    there, away = (shifting.weights(minority(reverse=reverse), inside, 1) for reverse in (False, True))
    np.testing.assert_array_equal(away[inside], -there[inside])
    np.testing.assert_array_equal(away[~inside], there[~inside])
    np.testing.assert_array_equal(shifting.weights(minority(reverse=True, shift=0.0), inside, 1),
                                  shifting.weights(minority(shift=0.0), inside, 1))  # fmt: skip


def test_a_number_of_one_person_by_hand(branched):
    """private .60 in japan and .50 in france; links 30 and 100, which follow by half; post .5 and .8; pseudo .75 and .45."""
    one = branched()
    person = int(np.flatnonzero(one.shift.label == shifting.INSIDE)[0])
    w = one.shift.weight[person]
    assert 0 < w < 1
    platform = one.timeline[0][1]
    assert platform.leaning.value == 1
    for name, expected in dict(private=0.6 - 0.1 * w, links=30 + 70 * w / 2, post=0.5 + 0.3 * w, pseudo=0.75 - 0.3 * w).items():
        found = habits.numbers_of(name, one.state.people, one.profiles, one.shift, platform)
        assert found[person] == pytest.approx(expected), name
    closed = branched("closed").timeline[0][1]
    assert closed.leaning.value == 0.2
    assert habits.numbers_of("private", one.state.people, one.profiles, one.shift, closed)[person] == pytest.approx(
        0.6 - 0.1 * 0.2 * w
    )


def test_nothing_else_is_shifted(branched):
    one = branched()
    kept = set(type(one.profiles[0][0]).model_fields) - {"format", "name", "steady_years", *shifting.SHIFTED}
    assert kept == {"minutes_ratio", "overlap", "mobility", "post_minutes_ratio", "recip", "status", "repost", "react",
                    "passing_part", "gamma_attend"}  # fmt: skip
    for name in kept:
        found = habits.numbers_of(name, one.state.people, one.profiles, one.shift, one.timeline[0][1])
        assert set(found) == {getattr(one.profiles[0][0], name).value}, name


def test_numbers_stay_within_their_bounds(branched):
    far = {"japan.private": 0.99, "france.private": 0.0, "japan.links": 1.0, "france.links": 2000.0, "japan.post": 0.0,
           "france.post": 100.0, "reverse": True, "shifted_mean": 1.0}  # fmt: skip
    one = branched(**far)
    for name, (low, high) in shifting.BOUNDS.items():
        found = habits.numbers_of(name, one.state.people, one.profiles, one.shift, one.timeline[0][1])
        assert low <= found.min()
        assert found.max() <= high
    private = habits.numbers_of("private", one.state.people, one.profiles, one.shift, one.timeline[0][1])
    assert (private[one.shift.label == shifting.INSIDE] == 1).all()


def test_numbers_of_the_west_are_those_that_the_study_sets(branched):
    for value in (0.2, 0.9):
        assert branched(**{"france.private": value}).shift.west.private.value == value


# --- in the world ---------------------------------------------------------------------------------


def lived(one: sim.World, days: int = 8) -> sim.World:
    one.run(days)
    return one


def without_labels(state):
    """The state without what says who is compared with whom."""
    tally = state.tally._replace(**{name: getattr(state.tally, name).sum(axis=0) for name in ("received", "absorbed", "viewed",
                                                                                              "strangers")})  # fmt: skip
    people = state.people._replace(group=np.zeros(state.population, np.int16))
    copy = state.copy()
    copy.people, copy.tally = people, tally
    return copy


@pytest.mark.parametrize("arm", ["wall", "open"])
def test_where_nobody_is_shifted_nothing_moves(study, grown, a_study, branched, arm):
    """A study without france, one with it, one that switches all off, and one whose minority is not shifted."""
    alone = a_study('[arms.open]\nplatform = "pseudonymous"\n', name="japan-alone", profiles="{ japan = 1.0 }", people=120,
                    burn_in='"1y"')  # fmt: skip
    plain_one = lived(sim.World(alone, arm, 1))
    assert_identical(without_labels(lived(sim.World(study, arm, 1, grown=grown)).state), without_labels(plain_one.state))
    unshifted = lived(branched(arm, shift=0.0, background_mean=0.0))
    assert unshifted.shift is not None
    assert_identical(without_labels(unshifted.state), without_labels(plain_one.state))
    off = lived(branched(arm, minority__share=0.0, background_mean=0.0))
    assert off.shift is None
    assert_identical(without_labels(off.state), without_labels(plain_one.state))
    with pytest.raises(AssertionError):
        assert_identical(without_labels(lived(branched(arm)).state), without_labels(plain_one.state))


def test_two_arms_compare_the_same_persons(branched):
    """Only people of the minority do something else; minutes and the number of written acts of all are the same."""
    there, not_there = lived(branched("open"), 1), lived(branched("open", shift=0.0), 1)
    inside = there.shift.label == shifting.INSIDE
    np.testing.assert_array_equal(there.shift.label, not_there.shift.label)
    one, other = there.state.people, not_there.state.people
    for name in ("posts", "comments", "messages", "groups"):
        same = getattr(one, name) == getattr(other, name)
        assert same[~inside].all(), name
        assert not same[inside & one.member].all(), name
    np.testing.assert_array_equal(one.minutes, other.minutes)
    np.testing.assert_array_equal(one.attend, other.attend)


def test_where_contents_act_alike_disclosing_changes_nothing(branched):
    """`disclose` of the west is far from home; all else is as at home."""
    home = branched().profiles[0][0]
    like_home = {f"{WEST}.{name}": getattr(home, name).value for name in ("pseudo", "private", "post", "links")}
    tells = like_home | {f"{WEST}.disclose": 0.95}
    inside = branched().shift.label == shifting.INSIDE
    for effects, moves in (("alike", False), ("differ", True)):
        one, other = (lived(branched(content_effects=effects, **point), 1) for point in (like_home, tells))
        same = one.state.people.dosed == other.state.people.dosed
        assert same[inside & one.state.people.member].all() != moves
    assert (one.state.people.dosed != other.state.people.dosed)[inside & one.state.people.member].all()


def test_what_people_post_about_follows_their_own_disclosing(branched):
    """The factor of a person is that of somebody whose profile discloses as much."""
    one = lived(branched(content_effects="differ", france__disclose=0.9), 1)
    profile, feed = one.profiles[0][0], one.timeline[0][1].feed
    own = habits.numbers_of("disclose", one.state.people, one.profiles, one.shift, one.timeline[0][1])
    dose = {sort: getattr(one.society.content, sort).dose.value for sort in ("lasting", "passing", "information")}
    for person in np.flatnonzero(one.state.people.member)[:20].tolist():
        number = profile.disclose.at(float(own[person]))
        found = shares(profile.model_copy(update={"disclose": number}), feed, one.society)
        expected = sum(found[sort] * dose[sort] for sort in dose)
        assert one.state.people.dosed[person] == pytest.approx(expected, rel=1e-6)
    assert np.unique(own).size > 100


def test_the_essay_shifts_what_it_says(branched):
    one = lived(branched(content_effects="differ", content="essay"), 1)
    own = habits.numbers_of("disclose_essay", one.state.people, one.profiles, one.shift, one.timeline[0][1])
    assert own[one.shift.label == shifting.INSIDE].mean() > 0.3  # .20 in japan, .50 in france
    inside = (one.shift.label == shifting.INSIDE) & one.state.people.member
    assert one.state.people.dosed[inside].mean() > one.state.people.dosed[~inside & one.state.people.member].mean()


# --- fast and plain -------------------------------------------------------------------------------


@pytest.mark.uncompiled
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_plain_society_ranks_and_labels_the_same_people(seed):
    state = random_world(seed, 12, 40)
    society = PlainSociety.from_state(state, default_rules())
    for placed in ("random", "homophilous"):
        for many in (0, 1, state.population // 3, state.population):
            expected = society.ranking(placed, many, seed)
            assert shifting.ranking(state, placed, many, seed).tolist() == expected
            inside = np.zeros(state.population, bool)
            inside[expected] = True
            found = [LABELS[k] if k >= 0 else "" for k in shifting.labels_of(state, inside)]
            assert found == society.labels(set(expected))


@pytest.mark.uncompiled
@pytest.mark.parametrize("values", [{}, dict(reverse=True), dict(shift=0.3, background_mean=0.0), dict(shifted_mean=1.0)])
def test_each_person_is_shifted_as_the_plain_rule_says(values):
    given, size = minority(**values), 40
    inside = np.arange(size) % 3 == 0
    society = PlainSociety.from_state(world(size), default_rules())
    found = shifting.weights(given, inside, 5)
    for i in range(size):
        u = society.draw(5, plain.draws.WEST, i, i, day=0)[0]
        assert found[i] == pytest.approx(plain.weight_of(u, bool(inside[i]), given), abs=1e-9)


@pytest.mark.parametrize("name", shifting.SHIFTED)
def test_each_number_is_shifted_as_the_plain_rule_says(branched, name):
    for arm in ("wall", "closed"):
        one = branched(arm, reverse=True, shifted_mean=0.9)
        platform = one.timeline[0][1]
        found = habits.numbers_of(name, one.state.people, one.profiles, one.shift, platform)
        home, west = (getattr(profile, name).value for profile in (one.profiles[0][0], one.shift.west))
        for i, weight in enumerate(one.shift.weight.tolist()):
            expected = plain.shifted(name, home, west, weight, platform.leaning.value, one.shift.links_follow)
            assert found[i] == pytest.approx(expected, abs=1e-12)


# --- in studies ------------------------------------------------------------------------------------


def digests(study, arm, **point):
    point = dotted(point)
    return study.fingerprint(arm, point), study.society_fingerprint(arm, point)


def test_what_is_off_is_in_no_digest(study):
    for arm in ("none", "wall"):
        off = digests(study, arm)
        for name, value in dict(shift=0.1, shifted_mean=0.2, links_follow=0.1, concentration=20.0, placed="homophilous",
                                reverse=True, minority__west="us").items():  # fmt: skip
            assert digests(study, arm, **{name: value}) == off, name
    assert digests(study, "wall", leaning=0.3) == digests(study, "wall")


@pytest.mark.parametrize(
    "point",
    [dict(shift=0.1), dict(shifted_mean=0.2), dict(background_mean=0.2), dict(links_follow=0.1), dict(concentration=20.0),
     dict(reverse=True), dict(leaning=0.3), dict(placed="homophilous"), dict(minority__share=0.2), dict(france__private=0.1),
     dict(france__links=20.0)],
)  # fmt: skip
def test_what_a_minority_does_shapes_runs_and_no_society(study, point):
    on, society = digests(study, "wall", minority__share=0.1)
    changed, same = digests(study, "wall", **(dict(minority__share=0.1) | point))
    assert same == society == digests(study, "wall")[1]
    assert changed != on


def test_a_label_counts_even_where_there_is_no_platform(study):
    """Measures are made by label. How far people are shifted is nothing without a platform."""
    plain_one, labelled = study.fingerprint("none"), study.fingerprint("none", {"minority.share": 0.1})
    assert plain_one != labelled != study.fingerprint("none", {"minority.share": 0.2})
    assert labelled == study.fingerprint("none", {"minority.share": 0.1, "shift": 0.0})
    assert study.fingerprint("none", {"background_mean": 0.1}) == plain_one
    unshifted = {"minority.share": 0.1, "shift": 0.0}
    assert study.fingerprint("wall", unshifted) != study.fingerprint("wall")


def test_what_the_west_posts_is_nothing_while_contents_act_alike(study):
    on = {"minority.share": 0.1}
    assert study.fingerprint("wall", on | {"france.disclose": 0.1}) == study.fingerprint("wall", on)
    on |= {"content_effects": "differ"}
    assert study.fingerprint("wall", on | {"france.disclose": 0.1}) != study.fingerprint("wall", on)


def test_only_studies_of_a_minority_name_its_numbers(study, a_study):
    names = {driver["name"] for driver in study.drivers()}
    assert not [name for name in names if "minority" in name or "leaning" in name]
    assert not [parameter.name for parameter in parameters(study, "prompt") if "minority" in parameter.name]
    arms = '[arms.shifted]\nplatform = "wall-2009"\nset = { "minority.share" = 0.1 }\n'
    arms += '[[contrasts]]\nname = "shift"\narm = "shifted"\ncontrol = "none"\n'
    with_one = a_study(arms, name="shifted", profiles=PROFILES)
    names = {driver["name"] for driver in with_one.drivers()}
    assert {"society.minority.shifted_mean", "platform.wall-2009.leaning"} <= names
    assert "society.minority.shifted_mean" in {parameter.name for parameter in parameters(with_one, "shift")}
    assert scenario_hash(with_one) != scenario_hash(study)


@pytest.mark.parametrize(
    "profiles, point, said",
    [
        ("{ japan = 1.0 }", {}, "no profile 'france', whose way the minority lives (minority.west); expected france = 0.0 in"),
        ("{ france = 1.0 }", {}, "everybody has profile 'france', and it is also the west of the minority; expected another"),
        (PROFILES, {"minority.west": "us"}, "no profile 'us'"),
        (PROFILES, {"minority.west": "all"}, "'all' is the name of all profiles together in tables"),
        (PROFILES, {"minority.west": 3.0}, "expected text"),
        (PROFILES, {"minority.placed": "near"}, 'text "near"; expected one of homophilous, random'),
    ],
)  # fmt: skip
def test_a_minority_without_another_way_to_live_is_refused(a_study, profiles, point, said):
    study = a_study(name="no-west", profiles=profiles)
    with pytest.raises(InputError, match=re.escape(said)):
        study.resolve("wall", MINORITY | point)


def test_a_society_without_the_section_has_no_minority_and_one_without_west_is_refused(study, scenarios):
    text = (scenarios / "society.toml").read_text("utf-8")
    section = re.search(r"(?<=\n)\[minority\]\n.*?(?=\n# Computed once)", text, re.DOTALL)[0]
    asked = (scenarios / "minorities.toml").read_text("utf-8")
    arm = '[arms.shifted]\nplatform = "wall-2009"\nset = { "minority.share" = 0.1 }\n[[contrasts]]'
    for name, new, said in (
        ("no-section", "", "society 'reference' has no minority.share; expected a section [minority] in its file"),
        ("no-west", re.sub("(?m)^west = .*$", "", section), "minority.west: missing; expected west = ... (the profile whose way"),
    ):
        (scenarios / f"{name}-society.toml").write_text(text.replace(section, new), "utf-8")
        file = scenarios / f"{name}.toml"
        file.write_text(asked.replace('"society.toml"', f'"{name}-society.toml"').replace("[[contrasts]]", arm, 1), "utf-8")
        with pytest.raises(InputError, match=re.escape(said)):
            load(file)


@pytest.mark.parametrize("label", LABELS)
def test_a_profile_cannot_be_named_like_a_label(label):
    with pytest.raises(ValueError, match="the name of a group of people in tables"):
        Profile.model_validate(tomllib.loads((SCENARIOS / "profiles" / "us.toml").read_text("utf-8")) | {"name": label})
