"""Wishes by the date shown, and what a gesture tells about a tie: by hand, against scipy, against the log."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from worlds import few
from years import REFERENCE, a_year, measured, named

import sim
from sim.channels import BIRTHDAY, CARD, CAUSES, GESTURES, NONBIRTHDAY, OWN, PROMPT
from sim.world.columns import LINKED, MOST_GESTURES, REST, SHARED, SUPPORT
from sim.world.measures.gestures import NAMES, meaning
from sim.world.state import DATES

pytestmark = pytest.mark.uncompiled
GREETING, WISH, NONBIRTHDAY_WORD, REACTION = 0, 1, 2, 3
FIVE = ("auc", "rank", "strong_given", "told", "information")


def linked_members(population, pairs, **columns):
    return a_year(population, pairs, **dict(people=dict(member=True), flags=SHARED | LINKED) | columns)


def five_members():
    r"""Closeness felt by both; in brackets greetings of 0 to the other, of the other to 0. A tie counts as strong above .5.

          1              3
           \ .9/.7 [1,1] / .3 [1,0]
            \           /
              --  0  --
            /           \
           / .6 [0,1]    \ .1 [0,0]
          2              4
    """
    state = linked_members(5, [(0, 1), (0, 2), (0, 3), (0, 4)], c_ij=[0.9, 0.6, 0.3, 0.1], c_ji=[0.7, 0.6, 0.3, 0.1])
    state.ties.gestures[:, :, GREETING] = [[1, 1], [0, 1], [1, 0], [0, 0]]
    return state


# --- the meaning of a gesture ----------------------------------------------------------------------


def test_what_a_greeting_tells_by_hand():
    """Strong pairs got 1 1 0 1, others 1 0 0 0: 9 of 16 comparisons won, 6 even."""
    found = named(five_members())
    assert found["auc_greeting", "all"] == pytest.approx((9 + 6 / 2) / 16)
    assert found["strong_given_greeting", "all"] == pytest.approx(3 / 4)
    assert found["told_greeting", "all"] == pytest.approx(3 / 4)
    assert found["information_greeting", "all"] == pytest.approx(1 + 0.75 * np.log2(0.75) + 0.25 * np.log2(0.25))
    assert found["rank_greeting", "all"] == pytest.approx(24 / np.sqrt(32 * 40))
    assert measured(five_members())["auc_greeting", "all"].n == 8


def test_a_greeting_or_a_wish_is_any_wish():
    """Wishes only where there was no greeting: now all four strong pairs got one, and one of the others."""
    state = five_members()
    state.ties.gestures[1, 0, WISH] = 2
    found = named(state)
    assert found["told_any_wish", "all"] == 1
    assert found["strong_given_any_wish", "all"] == pytest.approx(4 / 5)
    assert found["auc_any_wish", "all"] == pytest.approx((13 + 3 / 2) / 16)  # the two wishes beat the one greeting as well
    assert found["auc_wish", "all"] == pytest.approx((4 + 12 / 2) / 16)


def test_the_largest_counts_are_told_apart():
    state = five_members()
    state.ties.gestures[:] = 0
    state.ties.gestures[0, 0, [GREETING, WISH]] = MOST_GESTURES
    state.ties.gestures[3, 0, [GREETING, WISH]] = MOST_GESTURES, MOST_GESTURES - 1
    found = named(state)
    assert found["auc_any_wish", "all"] == pytest.approx((4 + 9 / 2) / 16)
    assert found["auc_greeting", "all"] == pytest.approx((3 + 10 / 2) / 16)


def test_only_linked_members_are_looked_at():
    """3 leaves, 4 is no longer linked: what is left are the pairs of 1 and 2, all strong."""
    state = five_members()
    state.people.member[3] = False
    assert measured(state)["auc_greeting", "all"].n == 6
    state.ties.flags[3] &= ~np.uint8(LINKED)
    assert not [name for name, _ in named(state) if name.endswith("_greeting") and name.startswith(FIVE)]


@pytest.mark.parametrize("closeness", [0.2, 0.9], ids=["nobody strong", "everybody strong"])
def test_nothing_is_told_where_all_are_alike(closeness):
    state = five_members()
    state.ties.sum_ij[:] = state.ties.sum_ji[:] = state.sampled * closeness
    assert not list(meaning(state, REFERENCE))


def test_a_gesture_that_nobody_made_tells_nothing():
    rows = {row.measure for row in meaning(five_members(), REFERENCE)}
    assert rows == {f"{each}_{name}" for each in FIVE for name in ("greeting", "any_wish")}


def test_a_gesture_that_everybody_made_has_no_rank_correlation():
    state = five_members()
    state.ties.gestures[:, :, REACTION] = 7
    found = named(state)
    assert "rank_reaction" not in {name for name, _ in found}
    assert found["auc_reaction", "all"] == 0.5
    assert found["information_reaction", "all"] == 0


@pytest.mark.parametrize("seed", range(3))
def test_auc_and_rank_correlation_are_those_of_scipy(seed):
    """Forty people, closeness of few values, which float32 holds exactly, and few counts: there are many ties of either."""
    rng = np.random.default_rng(seed)
    pairs = [(i, j) for i in range(40) for j in range(i + 1, 40) if rng.random() < 0.3]
    state = linked_members(40, pairs)
    ties = state.ties
    ties.sum_ij[:], ties.sum_ji[:] = rng.integers(0, 11, (2, len(pairs))) * 5.25
    likely = (ties.sum_ij + ties.sum_ji)[:, None, None] / 104
    ties.gestures[:] = rng.poisson(likely * np.array([0.3, 1, 2, 30, 5, 1, 0.1]), ties.gestures.shape)
    found = named(state)
    closeness = np.repeat((ties.sum_ij.astype(float) + ties.sum_ji) / 104, 2)
    strong = closeness > REFERENCE.strong
    any_wish = ties.gestures[:, :, GREETING].astype(int) + ties.gestures[:, :, WISH]
    counts = {name: ties.gestures[:, :, k].astype(int) for k, name in enumerate(GESTURES)} | {"any_wish": any_wish}
    assert tuple(counts) == NAMES
    for name, count in counts.items():
        count = count.ravel()
        wins = stats.mannwhitneyu(count[strong], count[~strong]).statistic
        assert found[f"auc_{name}", "all"] == pytest.approx(wins / strong.sum() / (~strong).sum())
        assert found[f"rank_{name}", "all"] == pytest.approx(stats.spearmanr(count, closeness).statistic)
        assert found[f"strong_given_{name}", "all"] == pytest.approx(strong[count > 0].mean())
        assert found[f"told_{name}", "all"] == pytest.approx((count[strong] > 0).mean())
        both, got = stats.entropy(np.unique(2 * strong + (count > 0), return_counts=True)[1], base=2), (count > 0).mean()
        apart = stats.entropy([got, 1 - got], base=2) + stats.entropy([strong.mean(), 1 - strong.mean()], base=2)
        assert found[f"information_{name}", "all"] == pytest.approx(apart - both)


COUNTED = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=9)


def told(rows, change=lambda count: count) -> dict[str, float]:
    """What reactions tell in a star, each row: closeness in tenths, reactions there and back."""
    tenths, there, back = np.array(rows).T
    state = linked_members(len(rows) + 1, [(0, k + 1) for k in range(len(rows))], c_ij=tenths / 10, c_ji=tenths / 10)
    state.ties.gestures[:, :, REACTION] = change(np.stack([there, back], axis=1))
    return {row.measure: row.value for row in meaning(state, REFERENCE)}


@few
@given(COUNTED)
def test_what_a_gesture_tells_stays_within_its_bounds(rows):
    found = told(rows)
    assume(found)
    low = {"rank_reaction": -1}
    assert all(low.get(name, 0) - 1e-9 <= value <= 1 + 1e-9 for name, value in found.items())


@few
@given(COUNTED)
def test_only_the_order_of_counts_matters_to_auc_and_rank(rows):
    found, stretched = told(rows), told(rows, lambda count: count**5)
    assert stretched == pytest.approx(found)


@few
@given(COUNTED)
def test_the_reverse_gesture_tells_the_reverse(rows):
    found, reverse = told(rows), told(rows, lambda count: 9 - count)
    assume("rank_reaction" in found)
    assert reverse["auc_reaction"] == pytest.approx(1 - found["auc_reaction"])
    assert reverse["rank_reaction"] == pytest.approx(-found["rank_reaction"])


# --- wishes by the date shown ------------------------------------------------------------------------


def dates_shown():
    """0 and 1 show their birthday, 2 another day, 3 none; 4 is no member. Everybody knows 0."""
    people = dict(birthday=200, shown=[200, 200, 17, -1, -1], member=[True] * 4 + [False])
    return a_year(5, [(0, k) for k in range(1, 5)], people=people, class_ji=[SUPPORT, SUPPORT, SUPPORT, REST])


def test_wishes_by_date_by_hand():
    state = dates_shown()
    wishes = state.tally.celebrated  # dates, classes, causes
    wishes[0, SUPPORT, PROMPT], wishes[0, REST, PROMPT], wishes[0, REST, BIRTHDAY] = 3, 2, 1
    wishes[1, SUPPORT, PROMPT], wishes[1, SUPPORT, BIRTHDAY], wishes[1, REST, NONBIRTHDAY] = 6, 2, 5
    wishes[2, SUPPORT, BIRTHDAY], wishes[2, REST, BIRTHDAY] = 7, 4
    state.ties.gestures[3, 0, WISH] = 4  # those of the rest went to the one who is no member
    found = measured(state)
    value = {key: row.value for key, row in found.items()}
    assert value["wishes_true_prompt", "all"] == 5 / 2
    assert value["wishes_true_prompt", "rest"] == 2 / 2
    assert value["wishes_true_birthday", "all"] == 1 / 2
    assert value["wishes_true_nonbirthday", "all"] == 0
    assert value["wishes_false_prompt", "support"] == 6
    assert value["wishes_false_nonbirthday", "all"] == 5
    assert value["wishes_none_birthday", "all"] == 7
    assert value["wishes_none_birthday", "rest"] == 0
    assert value["cue_share", "all"] == 6 / 8
    assert value["cue_share", "support"] == 6 / 8
    assert ("cue_share", "rest") not in value  # nothing that a date could have prompted
    shown = ("true", "false", "none")
    assert [found[f"wishes_{date}_prompt", "all"].n for date in shown] == [2, 1, 1]


def test_dates_that_nobody_shows_have_no_rows():
    state = dates_shown()
    state.people.shown[2] = 200
    rows = {name for name, _ in named(state)}
    assert "wishes_true_prompt" in rows
    assert not {"wishes_false_prompt", "cue_share"} & rows
    state.people.member[:] = False
    assert not [name for name, _ in named(state) if name.startswith("wishes_")]


FALSE_DATES = """
[arms.some-false]
platform = "wall-2009"
set = { "prompts.false_share" = 0.3, "prompts.hidden_share" = 0.3 }
"""


class Noting:
    """Keeps every act of a run, as the log does."""

    def __init__(self):
        self.acts = []

    def add(self, acts):
        self.acts += zip(*(np.concatenate(column).tolist() for column in zip(*acts)))


@pytest.fixture(scope="module")
def false_dates(a_study):
    """A world in which a third shows another date and a third none, after 150 days, and all acts."""
    noting = Noting()
    one = sim.World(a_study(FALSE_DATES, name="dates"), "some-false", 1, people=40, years=1)
    one.run(150, noting)
    return one, noting.acts


def test_wishes_by_date_are_those_of_the_acts(false_dates):
    world, acts = false_dates
    people = world.state.people
    date = np.where(people.shown < 0, 2, np.where(people.shown == people.birthday, 0, 1))
    found = {row.measure: row.value for row in world.measure() if row.tie_class == "all"}
    for k, name in enumerate(DATES):
        who = people.member & (date == k)
        assert who.sum() > 5
        for cause in (PROMPT, BIRTHDAY, NONBIRTHDAY):
            count = sum(who[receiver] for _, _, receiver, _, why in acts if why == cause)
            assert found[f"wishes_{name}_{CAUSES[cause]}"] == pytest.approx(count / who.sum())
    assert found["wishes_false_nonbirthday"] > 0
    assert 0 < found["cue_share"] < 1


def test_gestures_are_those_of_the_acts(false_dates):
    """Cards of New Year are no gesture: only what was sent for a birthday is a wish."""
    world, acts = false_dates
    by_cause = [sum(why == cause for *_, why in acts) for cause in range(len(CAUSES))]
    assert world.state.ties.gestures.sum(axis=(0, 1))[:3].tolist() == by_cause[1:]
    assert any(channel == CARD and why == OWN for *_, channel, why in acts)


def test_both_engines_measure_the_same(a_study):
    study = a_study(FALSE_DATES, name="dates")
    found = []
    for engine in ("fast", "plain"):
        world = sim.World(study, "some-false", 1, engine, people=20, years=1)
        world.run(70)
        found.append({row[:3]: row.value for row in world.measure()})
    assert found[0].keys() == found[1].keys()
    assert found[0] == pytest.approx(found[1], rel=1e-4, abs=1e-6)
    assert found[0]["all", "all", "wishes_true_prompt"] > 0
