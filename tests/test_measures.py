"""Measures by hand, against networkx, and against textbooks; a measure changes nothing."""

import networkx as nx
import numba
import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon
from worlds import assert_identical, everyone_tied, nobody, one_person, world
from years import REFERENCE, RULES, a_year, groups_of, measured, named, star

import sim
from sim.channels import CALL, CARD, CHANCE, COMMENT, GESTURES, GREETING, LETTER, MESSAGE, REACTION, VIEW, VISIT
from sim.world import measures
from sim.world.columns import AFFINITY_GROUP, ENDED, LINKED, NEW_TIE, ONLINE_BORN, REST, SHARED, SUPPORT, SYMPATHY
from sim.world.groups import Group
from sim.world.growing import begin_year, classify
from sim.world.measures import Before, Composition
from sim.world.measures.graph import structure
from sim.world.state import TALLIED, State, tile_key

pytestmark = pytest.mark.uncompiled
LETTERS = GESTURES.index("letter")


# --- support by hand -----------------------------------------------------------------------------


def test_support_is_the_sum_of_powers_of_closeness():
    """0 -- 1 closeness .6 / .2, 0 -- 2 closeness .75 / 1: support .36 + .5625, .04 and 1."""
    state = a_year(3, [(0, 1), (0, 2)], c_ij=[0.6, 0.75], c_ji=[0.2, 1.0])
    found = named(state)
    assert found["S_all", "all"] == pytest.approx((0.36 + 0.5625 + 0.04 + 1) / 3)
    assert found["acquaintance_total", "all"] == pytest.approx((0.6 + 0.75 + 0.2 + 1) / 3)
    assert found["strong", "all"] == pytest.approx(3 / 3)
    assert found["strong5", "all"] == pytest.approx(1 / 3)
    assert found["isolates", "all"] == pytest.approx(1 / 3)  # person 1
    assert found["core", "all"] == pytest.approx((0.6 / 0.4 + 3 + 0.2 / 0.8 + 0.999 / 0.001) / 3, rel=1e-4)


def test_support_is_of_the_years_mean_not_of_the_last_day():
    state = a_year(2, [(0, 1)], c_ij=0.5, c_ji=0.5)
    state.ties.c_ij[:] = state.ties.c_ji[:] = 0
    assert named(state)["S_all", "all"] == pytest.approx(0.25)


@pytest.mark.parametrize("exponent, expected", [(1, 0.5), (2, 0.25), (3, 0.125)])
def test_the_exponent_of_support(exponent, expected):
    state = a_year(2, [(0, 1)], c_ij=0.5, c_ji=0.5)
    rows = measures.measure(state, RULES, REFERENCE._replace(exponent=exponent), groups_of(state))
    (found,) = (row.value for row in rows if (row.measure, row.tie_class) == ("S_all", "all"))
    assert found == pytest.approx(expected)


def test_old_support_is_without_new_and_online_ties():
    state = a_year(4, [(0, 1), (0, 2), (0, 3)], c_ij=0.5, c_ji=0.0, class_ij=[REST, NEW_TIE, ONLINE_BORN])
    found = named(state)
    assert found["S_all", "all"] == pytest.approx(3 * 0.25 / 4)
    assert found["S_old", "all"] == pytest.approx(0.25 / 4)
    assert found["S_all", "new"] == pytest.approx(0.25 / 4)
    assert found["S_all", "online"] == pytest.approx(0.25 / 4)


def test_support_core_and_strong_ties_without_those_that_began_online():
    """Person 0 has sixteen ties from before of closeness .5, a new one of .8, and two that began online, of .9 and .6."""
    c_ij = [0.5] * 16 + [0.8, 0.9, 0.6]
    state = star(19, c_ij=c_ij, c_ji=0.0, class_ij=[REST] * 16 + [NEW_TIE] + [ONLINE_BORN] * 2, class_ji=REST)
    found, people = named(state), 20
    assert found["S_all", "all"] * people == pytest.approx(16 * 0.25 + 0.64 + 0.81 + 0.36)
    assert found["S_real", "all"] * people == pytest.approx(16 * 0.25 + 0.64)
    assert found["core", "all"] * people == pytest.approx(12 * 1 + 4 + 9 + 1.5)
    assert found["core_real", "all"] * people == pytest.approx(14 * 1 + 4)  # two more of those from before
    strong = sum(c > REFERENCE.strong for c in c_ij)
    of_them = sum(c > REFERENCE.strong for c in c_ij[:-2])
    assert found["strong_real", "all"] * people == pytest.approx(of_them)
    assert found["online_strong", "all"] * people == pytest.approx((strong - of_them) / strong)  # 0 for all others
    assert strong > of_them


def test_where_no_tie_began_online_measures_without_them_are_the_same():
    found = named(a_year(4, [(0, 1), (0, 2), (1, 3)], c_ij=[0.6, 0.75, 0.1], c_ji=[0.2, 1.0, 0.7]))
    for name, without in (("S_all", "S_real"), ("core", "core_real"), ("strong", "strong_real")):
        assert found[name, "all"] == found[without, "all"] > 0
    assert found["online_strong", "all"] == 0


def test_an_ended_old_tie_stays_in_old_support_and_is_no_tie():
    state = a_year(3, [(0, 1), (0, 2)], c_ij=0.5, c_ji=0.5, flags=[SHARED, SHARED | ENDED])
    found = named(state)
    assert found["S_old", "all"] == pytest.approx(4 * 0.25 / 3)
    assert found["ties", "all"] == pytest.approx(2 / 3)


def simulated(study) -> sim.World:
    """Thirty people after two months with a platform, classified on the way."""
    one = sim.World(study, "wall", 1, people=30, years=1)
    one.run(30)
    classify(one.state)
    one.state.ties.class_ij[::7] = one.state.ties.class_ji[::7] = NEW_TIE
    one.run(30)
    return one


def test_tie_classes_add_up(tiny):
    rows = [row for row in simulated(tiny).measure() if row.profile == "all"]
    whole = {row.measure: row.value for row in rows if row.tie_class == "all"}
    for name in ("S_all", "real_hours", "strong", "ties", "links", "hollow_links", "received_visit", "absorbed_visit"):
        parts = [row.value for row in rows if row.measure == name and row.tie_class != "all"]
        assert len(parts) == 6, name
        assert sum(parts) == pytest.approx(whole[name]), name
        assert sum(part > 0 for part in parts) >= 3 or name in ("strong", "hollow_links"), name


# --- ranks and classes ---------------------------------------------------------------------------


def test_ranks_by_hand():
    """Person 0 knows three, .2 .9 .5: ranks 2 0 1; everybody else knows only 0."""
    state = star(3, c_ij=[0.2, 0.9, 0.5], c_ji=[0.1, 0.1, 0.1])
    (block,) = measures.blocks_of(state)
    assert measures.ranks(block).tolist() == [2, 0, 1, 0, 0, 0]


def test_classes_are_the_closest_five_next_ten_next_thirty_five_and_the_rest():
    state = star(60, c_ij=np.linspace(0.99, 0.01, 60), c_ji=0.1)
    classify(state)
    expected = [SUPPORT] * 5 + [SYMPATHY] * 10 + [AFFINITY_GROUP] * 35 + [REST] * 10
    assert state.ties.class_ij.tolist() == expected
    assert (state.ties.class_ji == SUPPORT).all()  # each of the sixty has but one tie


def test_shares_of_the_closest_by_hand():
    """20 ties, all of closeness .5: ranks 1-5 carry a quarter of support, 6-15 half."""
    state = star(20, c_ij=0.5, c_ji=0.0, minutes=10)
    found = named(state)
    people = 21
    assert found["support_share_1-5", "all"] == pytest.approx(0.25 / people)
    assert found["support_share_6-15", "all"] == pytest.approx(0.5 / people)
    assert found["support_share_16-50", "all"] == pytest.approx(0.25 / people)
    assert found["core", "all"] == pytest.approx(15 * 1.0 / people)  # fifteen times .5/(1 - .5)


def test_a_clique_kept_by_hand():
    """Two of the five closest at the branch are no longer among them."""
    state = star(10, c_ij=np.linspace(0.9, 0.1, 10), c_ji=0.5, class_ji=SUPPORT)
    state.ties.class_ij[:] = REST
    state.ties.class_ij[[0, 1, 2, 7, 8]] = SUPPORT
    found = named(state)
    assert found["top5_kept", "all"] == pytest.approx((3 / 5 + 10) / 11)
    assert found["top5_jaccard", "all"] == pytest.approx((3 / 7 + 10) / 11)  # of seven who ever were


def test_partners_kept_by_hand():
    """0 has 20 ties: of the closest fifteen at the branch three are now beyond the fifteenth; all others have 0 alone."""
    state = star(20, c_ij=np.linspace(0.9, 0.1, 20), c_ji=0.5, class_ji=SUPPORT)
    state.ties.class_ij[:] = REST
    state.ties.class_ij[:4], state.ties.class_ij[4:12], state.ties.class_ij[17:] = SUPPORT, SYMPATHY, SYMPATHY
    assert named(state)["partners_kept", "all"] == pytest.approx((12 / 18 + 20) / 21)


def test_who_feels_nothing_for_anybody_keeps_nobody():
    """A link of closeness 0 is no partner, however few there are; nor is one lost."""
    state = a_year(4, [(0, 1), (0, 2)], c_ij=[0.5, 0], c_ji=[0.5, 0], class_ij=[SUPPORT, ONLINE_BORN],
                   class_ji=[SUPPORT, ONLINE_BORN])  # fmt: skip
    found = named(state)
    assert found["partners_kept", "all"] == found["top5_jaccard", "all"] == found["top5_kept", "all"] == 1


# --- contact -------------------------------------------------------------------------------------


def test_circles_by_hand():
    """Contacts in the year, chance meetings included: 52 make the weekly circle, 12 the monthly, 2, 1."""
    state = star(6, contacts=[60, 52, 11, 12, 2, 0], chances=[0, 0, 1, 0, 0, 1])
    found = {name: named(state)[f"contacted_{name}", "all"] for name in ("weekly", "monthly", "half-yearly", "yearly")}
    # person 0 has 2, 4, 5 and 6; of the others each has its own one or none
    assert found == pytest.approx({"weekly": 4 / 7, "monthly": 8 / 7, "half-yearly": 10 / 7, "yearly": 12 / 7})


def test_hours_by_hand():
    """A year with 365 hours of planned contact and 2 chance meetings of 120 minutes."""
    state = a_year(2, [(0, 1)], minutes=365 * 60, chances=2)
    found = named(state)
    assert found["real_hours", "all"] == pytest.approx(1 + 4 / 365)
    assert found["planned_hours", "all"] == pytest.approx(1)
    assert measures.planned_minutes(state) == pytest.approx(60)


def test_hollow_links_are_silent_for_more_than_a_year():
    day = 1000
    state = world(
        6, [(0, k) for k in range(1, 6)], day=day, flags=[LINKED, LINKED, LINKED, 0, LINKED],
        last_real=[day - 366, day - 365, day - 366, day - 366, day - 366], last_composed=[-1, -1, day - 3, -1, day - 366],
    )  # fmt: skip
    state.sampled = 1
    assert named(state)["hollow_links", "all"] == pytest.approx(2 * 2 / 6)
    assert named(state)["links", "all"] == pytest.approx(2 * 4 / 6)


def test_acts_received_by_hand():
    state = a_year(2, [(0, 1)])
    state.tally.received[0, SUPPORT, VISIT, 0] = 4
    state.tally.received[0, REST, GREETING, 1] = 6
    state.tally.absorbed[0, SUPPORT, VISIT] = 0.5 * TALLIED
    found = named(state)
    assert found["received_visit", "support"] == 2
    assert found["received_greeting", "all"] == 3
    assert found["absorbed_visit", "all"] == 0.25
    assert found["prompted_share", "all"] == pytest.approx(0.6)
    assert found["prompted_share", "support"] == 0


def test_engagement_by_hand():
    """Reactions and comments received are engagement, messages and views are not."""
    state = a_year(2, [(0, 1)])
    for channel, acts in ((REACTION, 4), (COMMENT, 2), (MESSAGE, 10), (VIEW, 10)):
        state.tally.received[0, SUPPORT, channel, 0] = acts
    state.tally.received[0, REST, REACTION, 0] = 1
    found = named(state)
    assert found["engagement", "all"] == 7 / 2
    assert found["engagement", "support"] == 6 / 2
    assert found["engagement", "new"] == 0


def test_reach_by_hand():
    """1 -- 0 -- 2, 3: 1 opens posts of 0 once a day, 2 once in 30 days, 0 those of 1 once in 60; 3 is no member."""
    state = a_year(4, [(0, 1), (0, 2)], people=dict(member=[True, True, True, False], posts=[3, 0, 0, 9]))
    state.ties.view_ji[:] = [1, 1 / 30]
    state.ties.view_ij[:] = [1 / 60, 0]
    found = measured(state)
    assert found["reach", "all"].value == pytest.approx((1 - np.exp(-30) + 1 - np.exp(-1) + 1 - np.exp(-0.5)) / 3)
    assert found["posts", "all"].value == 1
    assert found["reach", "all"].n == found["posts", "all"].n == 3


def test_nothing_is_reached_without_members():
    rows = {name for name, _ in named(star(3))}
    assert not {"reach", "posts"} & rows


def test_reach_of_profiles_is_over_their_members():
    state = a_year(3, [(0, 1), (1, 2)], people=dict(profile=[0, 0, 1], member=[True, False, False]))
    state.ties.view_ji[0] = 1e9
    rows = measures.measure(state, RULES, REFERENCE, groups_of(state, ("a", "b")))
    assert {row.profile: (row.n, row.value) for row in rows if row.measure == "reach"} == {"all": (1, 1.0), "a": (1, 1.0)}


def test_effort_by_hand():
    """Two letters and a card of one sender each, one call (received by both), a message and a comment; a visit is no word."""
    state = a_year(2, [(0, 1)])
    acts = {LETTER: 2, CARD: 1, CALL: 2, VISIT: 2, CHANCE: 2, MESSAGE: 1, COMMENT: 1, GREETING: 9, REACTION: 9}
    for channel, count in acts.items():
        state.tally.received[0, REST, channel, 0] = count
    found = named(state)
    real, online = 2 * 10 + 1 * 6 + 2 * 15, 3 + 1
    assert found["effort_real", "all"] == pytest.approx(real / 2 / 365)
    assert found["effort_online", "all"] == pytest.approx(online / 2 / 365)
    assert found["effort", "all"] == pytest.approx((real + online) / 2 / 365)


def test_taken_minutes_by_hand():
    state = a_year(2, [(0, 1)], people=dict(kept=[0.75, 1], social=100, minutes=50))
    found = named(state)
    assert found["taken_minutes", "all"] == pytest.approx(12.5)
    assert found["platform_minutes", "all"] == pytest.approx(50)


def test_profiles_are_measured_apart():
    """Two people of profile a with closeness .5, one of profile b with .1 and .1."""
    state = a_year(3, [(0, 2), (1, 2)], c_ij=0.5, c_ji=0.1, people=dict(profile=[0, 0, 1]))
    rows = measures.measure(state, RULES, REFERENCE, groups_of(state, ("a", "b", "c")))
    total = {row.profile: (row.n, row.value) for row in rows if (row.measure, row.tie_class) == ("S_all", "all")}
    assert total["a"] == pytest.approx((2, 0.25))
    assert total["b"] == pytest.approx((1, 0.02))
    assert total["all"] == pytest.approx((3, 0.52 / 3))
    assert "c" not in total  # nobody has it


# --- structure against networkx ------------------------------------------------------------------

GRAPHS = {
    "a pair": nx.path_graph(2),
    "triangle with a tail": nx.Graph([(0, 1), (1, 2), (0, 2), (2, 3)]),
    "complete": nx.complete_graph(6),
    "ring": nx.cycle_graph(7),
    "two cliques and a bridge": nx.barbell_graph(5, 0),
    "Zachary's karate club": nx.karate_club_graph(),
    "random": nx.gnp_random_graph(40, 0.2, seed=3),
}


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS.keys())
def test_structure_is_that_of_networkx(graph):
    state = a_year(graph.number_of_nodes(), list(graph.edges))
    found = named(state)
    assert found["clustering", "all"] == pytest.approx(nx.average_clustering(graph))
    common = [len(list(nx.common_neighbors(graph, int(i), int(j)))) for i, j in zip(state.ties.i, state.ties.j)]
    assert found["bridges", "all"] == pytest.approx(2 * common.count(0) / len(graph))
    assert found["ties", "all"] == pytest.approx(np.mean([degree for _, degree in graph.degree]))
    around = [len(set(graph[int(i)]) | set(graph[int(j)])) - 2 for i, j in zip(state.ties.i, state.ties.j)]
    faint = [not both or both / either < 0.05 for both, either in zip(common, around)]
    assert found["bridging", "all"] == pytest.approx(np.mean(faint))
    assert measured(state)["bridging", "all"].n == 2 * graph.number_of_edges()


def test_structure_of_a_group_is_that_of_its_people():
    """Their ties with anybody count, and a tie within the group counts from both sides."""
    graph = nx.karate_club_graph()
    state = a_year(graph.number_of_nodes(), list(graph.edges))
    inside = np.arange(graph.number_of_nodes()) % 3 == 0
    found = {row.measure: row for row in structure(state, [Group("minority", inside, ())])}
    assert {row.profile for row in found.values()} == {"minority"}
    own = np.flatnonzero(inside).tolist()
    assert found["clustering"].value == pytest.approx(np.mean([nx.clustering(graph, who) for who in own]))
    sides = [(who, other) for who in own for other in graph[who]]
    common = [len(list(nx.common_neighbors(graph, *side))) for side in sides]
    either = [len(set(graph[who]) | set(graph[other])) - 2 for who, other in sides]
    assert found["bridges"].value == pytest.approx(common.count(0) / len(own))
    assert found["bridging"].value == pytest.approx(np.mean([not k or k / n < 0.05 for k, n in zip(common, either)]))
    assert (found["clustering"].n, found["bridging"].n) == (len(own), len(sides))
    nobody = {row.measure: row.value for row in structure(state, [Group("minority", np.zeros_like(inside), ())])}
    assert nobody == {"clustering": 0, "bridges": 0}


def test_ended_ties_are_no_part_of_the_structure():
    """A triangle whose third side has ended: two bridges, no clustering."""
    state = a_year(3, [(0, 1), (1, 2), (0, 2)], flags=[SHARED, SHARED | ENDED, SHARED])
    found = named(state)
    assert found["clustering", "all"] == 0
    assert found["bridges", "all"] == pytest.approx(4 / 3)


def test_a_tie_of_little_overlap_bridges_though_it_has_a_common_friend():
    """0 and 1 have one friend in common and ten each of their own: 1 of 21, while 2 shares every other."""
    own = [(0, k) for k in range(3, 13)] + [(1, k) for k in range(13, 23)]
    state = a_year(23, [(0, 1), (0, 2), (1, 2), *own])
    found = named(state)
    assert found["bridges", "all"] == pytest.approx(2 * 20 / 23)
    assert found["bridging", "all"] == pytest.approx(21 / 23)  # 1/21 < .05 < 1/11


# --- against the year before the branch -----------------------------------------------------------

ELEVEN = 11  # alters, so that everybody in a clique of twelve has enough of them


def clique(contacts) -> State:
    """Twelve people who all know each other; contacts : of all pairs, or one number for each pair."""
    pairs = [(i, j) for i in range(ELEVEN + 1) for j in range(i + 1, ELEVEN + 1)]
    return a_year(ELEVEN + 1, pairs, c_ij=0.5, c_ji=0.5, contacts=contacts)


def test_a_signature_by_hand():
    """0 has contacts 1 (and 2 by chance), 6, 0 with three alters: shares .667 and .333, most contacted first."""
    state = star(3, contacts=[1, 6, 0], chances=[2, 0, 0])
    found = Before.of(state).signature
    assert found.shape == (4, 20)
    assert found.dtype == np.float32
    assert found[0] == pytest.approx([6 / 9, 3 / 9, *[0] * 18])
    assert found[1:, 0].tolist() == [1, 1, 0]


def test_a_signature_is_of_the_first_twenty():
    state = star(30, contacts=[*range(60, 50, -1), *[10] * 20])
    shares = Before.of(state).signature[0].astype(float)
    assert shares == pytest.approx(np.array([*range(60, 50, -1), *[10] * 10]) / 655)


def test_signatures_by_hand():
    """Last year all alters had the same; now, of an even clique, 0 has ten times as much with 1 as with anybody."""
    before = Before.of(clique(4))
    assert named(clique(9), before)["signature_self", "all"] == 0  # shares, not amounts
    assert named(clique(9), before)["signature_other", "all"] == 0
    lopsided = clique([40, *[4] * 65])
    found = measured(lopsided, before)
    flat, steep = np.full(11, 1 / 11), np.array([10, *[1] * 10]) / 20
    apart = jensenshannon(flat, steep, base=2) ** 2
    assert found["signature_self", "all"].value == pytest.approx(2 / 12 * apart, abs=1e-6)
    assert found["signature_self", "all"].n == 12
    # twelve people in a circle, held against those 2, 4, 7 and 9 further on: 0 and 1 meet no other like them
    assert found["signature_other", "all"].value == pytest.approx(4 / 12 * apart, abs=1e-6)


def test_who_had_few_alters_in_either_year_has_no_signature():
    before, now = clique(4), clique(4)
    before.ties.contacts[(before.ties.i == 0) & (before.ties.j > 9)] = 0  # 0 had nine alters
    now.ties.contacts[(now.ties.i == 1) & (now.ties.j > 9)] = 0  # 1 has nine, with 0
    found = measured(now, Before.of(before))
    assert found["signature_self", "all"].n == 10
    assert not [name for name, _ in named(star(9, contacts=5), Before.of(star(9, contacts=5))) if "signature" in name]


def test_letter_pairs_by_hand():
    r"""Before the branch 0 wrote to 1, and 3 to 2; since, 0 -- 3 are new, and letters of this year are of no account.

    0 -- .6/.8 letter -- 1        2 -- .5 letter -- 3        4
     \________ .9 new ______________________________/
    """
    was = a_year(5, [(0, 1), (2, 3), (1, 2)])
    was.ties.gestures[0, 0, LETTERS] = was.ties.gestures[2, 1, LETTERS] = 3
    before = Before.of(was)
    assert before.letters.tolist() == tile_key([0, 2], [1, 3]).tolist()
    now = a_year(5, [(0, 1), (0, 3), (2, 3), (1, 2)], c_ij=[0.6, 0.9, 0.5, 0.1], c_ji=[0.8, 0.9, 0.5, 0.1],
                 class_ij=[REST, NEW_TIE, REST, REST], flags=[SHARED | ENDED, SHARED, SHARED, SHARED])  # fmt: skip
    now.ties.gestures[1, 0, LETTERS] = 5
    found = measured(now, before)
    assert found["letter_pairs", "all"].value == 4 / 5
    assert found["S_letter_pairs", "all"].value == pytest.approx((0.36 + 0.64 + 0.25 + 0.25) / 5)
    assert found["closeness_letter_pairs", "all"].value == pytest.approx((0.6 + 0.8 + 0.5 + 0.5) / 4)
    assert found["closeness_letter_pairs", "all"].n == 4


def test_without_letters_there_is_no_mean_of_them():
    state = star(3)
    found = named(state, Before.of(state))
    assert found["letter_pairs", "all"] == found["S_letter_pairs", "all"] == 0
    assert ("closeness_letter_pairs", "all") not in found


# --- textbook numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values, expected",
    [
        ([1, 1, 1, 1], 0),
        ([0, 0, 0, 1], 3 / 4),  # one has it all: 1 - 1/n
        ([1, 2, 3, 4], 1 / 4),
        ([1, 3], 1 / 4),
        ([5], 0),
        ([0, 0], 0),
        ([], 0),
    ],
)
def test_gini_by_hand(values, expected):
    assert measures.gini(np.array(values, float)) == pytest.approx(expected)


def test_gini_is_half_the_relative_mean_difference():
    values = np.random.default_rng(1).lognormal(size=80)
    differences = np.abs(values[:, None] - values[None, :]).mean()
    assert measures.gini(values) == pytest.approx(differences / (2 * values.mean()))


def composed(shares: dict[tuple[int, int], float], population: int = 3) -> Composition:
    keys = sorted(shares)
    return Composition(
        np.array([person * population + other for person, other in keys], np.int64),
        np.array([shares[key] for key in keys]),
        np.zeros((1, 6, 7)),
        population,
        (),
    )


@pytest.mark.parametrize(
    "one, other, expected",
    [
        ({(0, 1): 0.3, (0, 2): 0.7}, {(0, 1): 0.3, (0, 2): 0.7}, 0),  # the same
        ({(0, 1): 1.0}, {(0, 2): 1.0}, 1),  # nobody in common
        ({(0, 1): 0.6, (0, 2): 0.4}, {(0, 1): 0.5, (0, 2): 0.5}, 0.1),
        ({(0, 1): 1.0}, {(0, 1): 0.75, (0, 2): 0.25}, 0.25),
    ],
    ids=["same", "nobody in common", "a tenth moved", "a quarter new"],
)
def test_partners_by_hand(one, other, expected):
    found = measures.partners(composed(one), composed(other))
    assert found[0] == pytest.approx(expected)
    assert found[1:].tolist() == [0, 0]
    assert measures.partners(composed(other), composed(one))[0] == pytest.approx(expected)


def test_composition_of_a_state_by_hand():
    """0 has .6 and .8 to 1 and 2: shares .36 and .64; each of them has all support from 0."""
    state = a_year(3, [(0, 1), (0, 2)], c_ij=[0.6, 0.8], c_ji=0.5)
    found = measures.composition(state, RULES, REFERENCE, groups_of(state))
    assert found.key.tolist() == [1, 2, 3, 6]
    assert found.share == pytest.approx([0.36, 0.64, 1, 1])


@pytest.mark.parametrize(
    "one, other, bits",
    [
        ([1, 0], [1, 0], 0),
        ([2, 2], [1, 1], 0),  # shares count, not amounts
        ([1, 0], [0, 1], 1),  # nothing in common: one bit
        ([1, 0], [1, 1], 0.311278),  # m = (3/4, 1/4): (log2(4/3) + .5 log2(2/3) + .5 log2 2) / 2
        ([0, 0], [1, 0], 0),
    ],
)
def test_carriers_by_hand(one, other, bits):
    one, other = np.array(one, float), np.array(other, float)
    assert measures.carriers(one, other) == pytest.approx(bits, abs=1e-6)
    assert measures.carriers(other, one) == pytest.approx(bits, abs=1e-6)


# --- a measure changes nothing, and stands nothing on its head ------------------------------------


def test_a_measure_changes_nothing(tiny):
    world = simulated(tiny)
    before = world.state.copy()
    world.measure()
    world.composition()
    measures.yearly(world.state, world.rules, world.reference)
    assert_identical(before, world.state)


@pytest.mark.parametrize("state", [nobody(), one_person(), world(3), everyone_tied()], ids=["0", "1", "3", "6"])
def test_measures_of_almost_nobody_are_finite(state):
    begin_year(state)
    rows = measures.measure(state, RULES, REFERENCE, groups_of(state))
    assert np.isfinite([row.value for row in rows]).all()
    assert len({(row.profile, row.tie_class, row.measure) for row in rows}) == len(rows)


def test_the_year_begins_at_zero():
    state = a_year(2, [(0, 1)], contacts=5, chances=3, minutes=10)
    state.tally.received[0, SUPPORT, CALL, 0] = 4
    state.ties.gestures[:] = 7
    state.tally.celebrated[:] = 8
    begin_year(state)
    assert not state.ties.gestures.any()
    assert not state.tally.celebrated.any()
    found = named(state)
    for name in ("S_all", "real_hours", "contacted_yearly", "received_call"):
        assert found[name, "all"] == 0, name


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="two years of 120 people take minutes uncompiled; names are the same")
def test_the_names_of_all_measures_are_known_before_anything_runs(a_study):
    from sim.scenario.measures import OF_A_RUN

    world = sim.World(a_study(people=120, burn_in='"1y"', name="named"), "wall", 1, point={"prompts.false_share": 0.2})
    world.run(365)
    seen = {row.measure for row in world.measure()}
    assert not seen - set(OF_A_RUN)
    unseen = {"wishes_none_prompt", "wishes_none_birthday", "wishes_none_nonbirthday"}  # nobody hides the date here
    unseen |= {"assortativity"}  # nobody is in a minority
    assert set(OF_A_RUN) - seen <= unseen
    assert len(set(OF_A_RUN)) == len(OF_A_RUN)
