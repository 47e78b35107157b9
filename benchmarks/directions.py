"""Directions that were seen in people, and that nothing here was fitted to: do they come out?

    python benchmarks/directions.py [--people 1000] [--seeds 3]

Each profile grows alone, all for the same number of years. Then the wall of 2009 comes for a year.

- Evidence L1: in more individualist countries the friends of a person know one another less. So clustering of the links should
  fall with individualism, by its old scores and by its new ones (evidence P19). A profile with few links takes the closest
  people, who know one another. So L1 is told with equal numbers of links too.
- Evidence A4: people who are on a platform for longer have no more close ties. So the strong ties that members have with the
  platform, minus those that they have without it, should not follow their minutes. The correlation of minutes with strong ties is
  what a survey would see.

Evidence L2 gave `gamma_attend` its sign. So that closeness steers reading less in mobile profiles is wiring, and not told here.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from stationary import interval, study_of  # noqa: E402

import sim  # noqa: E402
from sim.world.columns import LINKED  # noqa: E402
from sim.world.measures import living  # noqa: E402
from sim.world.measures.graph import count_common, name_others  # noqa: E402
from sim.world.measures.year import measured_year  # noqa: E402
from sim.world.rows import index_by_person  # noqa: E402
from sim.world.state import YEAR, State  # noqa: E402

INDIVIDUALISM = {
    "old scores": {"us": 91, "france": 71, "india": 48, "japan": 46, "china": 20, "singapore": 20, "korea": 18},
    "new scores": {"us": 60, "france": 74, "india": 24, "japan": 62, "china": 43, "singapore": 43, "korea": 58},
}
BY_CHANCE = 0.714  # rank correlation of 7 points that chance exceeds in one direction in 5 % of cases
LINKS = 180  # of every profile, where links are made equal
GRAPHS = ("links", "as many links", "living ties")


def clustering(state: State, rows: np.ndarray) -> float:
    """How often two people with whom somebody has one of these ties have one too: mean over people with two of them or more.

    rows : (ties,) bool
    """
    ties, people = state.ties, state.population
    start, others = index_by_person(people, ties.i, ties.j, rows)
    name_others(ties.i, ties.j, start, others)
    closed, alone, bridging = np.zeros((3, people), np.int64)
    count_common(start, others, closed, alone, bridging)
    number = np.diff(start)
    pairs = number * (number - 1.0)
    return float((closed[pairs > 0] / pairs[pairs > 0]).mean())


def strong(world: sim.World) -> np.ndarray:
    """(people,) number of each person's strong ties in the past year."""
    year = measured_year(world.state, world.rules)
    return year.among(year.closeness > world.reference.strong)


def slope(minutes: np.ndarray, gained: np.ndarray) -> float:
    """Strong ties that an hour a day on the platform brings: slope of a line through members."""
    return float(np.polyfit(minutes / 60, gained, 1)[0])


def of_profile(profile: str, people: int, seed: int) -> tuple[float, ...]:
    """Links of a member; clustering of each of GRAPHS; correlation of minutes and strong ties; slope of strong ties gained."""
    study = study_of(profile, people)
    years = max(study.longest or 0, int(study.society.burn_in.years.value))  # as in a study of all profiles
    grown = sim.grow(study, seed=seed, years=years, progress=False)
    control, wall, equal = (
        sim.World(study, arm, seed, grown=grown, point=point)
        for arm, point in (("none", {}), ("wall", {}), ("wall", {f"{profile}.links": float(LINKS)}))
    )
    for world in (control, wall, equal):
        world.run(YEAR)
    linked, equally = (world.state.ties.flags & LINKED != 0 for world in (wall, equal))
    members = wall.state.people.member
    minutes, later, before = wall.state.people.minutes[members].astype(float), strong(wall)[members], strong(control)[members]
    return (
        2 * linked.sum() / members.sum(),
        clustering(wall.state, linked),
        clustering(equal.state, equally),
        clustering(wall.state, living(wall.state.ties)),
        float(np.corrcoef(minutes, later)[0, 1]),
        slope(minutes, later - before),
    )


def word(correlation: float) -> str:
    """What a rank correlation says of a direction that should be negative."""
    return "hit" if correlation <= -BY_CHANCE else "miss" if correlation >= BY_CHANCE else "no direction"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=3)
    wanted = parser.parse_args()
    print(f"{wanted.people} people, {wanted.seeds} seeds, a year of wall-2009")
    print(f"{'profile':12}{'links':>8}" + "".join(f"{name:>15}" for name in (*GRAPHS, "correlation")) + f"{'ties/(h/day)':>18}")
    means = {}
    for profile in INDIVIDUALISM["old scores"]:
        values = np.array([of_profile(profile, wanted.people, seed) for seed in range(1, wanted.seeds + 1)])
        links, *shares, _ = means[profile] = values.mean(axis=0)
        gained, half = interval(values[:, -1])
        slopes = f"{gained:+.2f} ± {half:.2f}"
        print(f"{profile:12}{links:8.0f}" + "".join(f"{value:15.3f}" for value in shares) + f"{slopes:>18}", flush=True)
    print("\nL1, rank correlation of clustering with individualism over the seven profiles; seen: negative")
    for name, scores in INDIVIDUALISM.items():
        for graph, of_graph in zip(GRAPHS, np.transpose(list(means.values()))[1:4]):
            correlation = spearmanr(list(scores.values()), of_graph).statistic
            print(f"{graph:14}{name:12}{correlation:+.2f}  {word(correlation)}")


if __name__ == "__main__":
    main()
