"""Do people keep as many acquaintances without a platform, after the years for which a study grows its society?

    python benchmarks/stationary.py                                        every profile, 1,000 people, 3 seeds
    python benchmarks/stationary.py --profiles us --people 20000 --seeds 1

A society of each profile grows as a study of that profile alone lets it grow. Then it goes on without a platform. Acquaintances
are living ties. The first year after the branch is compared with the year 10 years later. Ties begin all year and end mostly
after New Year, so a year's number is a mean over its months. A profile stays if the change is below 2 % or its interval holds
zero. Neighbours in the row of people share ties. So the interval is the 95 % t interval over blocks of 200 neighbours.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from scipy.special import stdtrit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import sim  # noqa: E402
from sim.world.measures import living  # noqa: E402
from sim.world.state import MONTH, YEAR, State  # noqa: E402

SCENARIOS = ROOT / "scenarios"
BLOCK = 200  # people
MOST = 0.02  # change that counts as none
MONTHS = YEAR // MONTH


def study_of(profile: str, people: int) -> sim.Study:
    """A study of one profile. Only its arm without a platform is run here."""
    said = {
        "format": 1, "question": "Do numbers of acquaintances stay?", "society": "society.toml", "profiles": {profile: 1.0},
        "people": people, "burn_in": "until-steady", "horizons": ["1y"], "seeds": 1,
        "arms": {"none": {"platform": "none"}, "wall": {"platform": "wall-2009"}},
        "contrasts": [{"name": "wall", "arm": "wall", "control": "none", "primary": True}],
    }  # fmt: skip
    return sim.study_from(said, SCENARIOS, "stationary")


def acquaintances(state: State) -> np.ndarray:
    """(people,) number of each person's living ties."""
    there = living(state.ties)
    return sum(np.bincount(side[there], minlength=state.population) for side in (state.ties.i, state.ties.j))


def in_a_year(world: sim.World) -> np.ndarray:
    """(people,) the same, as the mean over the months of the next year."""
    total = np.zeros(world.state.population)
    for _ in range(MONTHS):
        world.run(MONTH)
        total += acquaintances(world.state)
    world.run(YEAR - MONTHS * MONTH)
    return total / MONTHS


def by_block(before: np.ndarray, after: np.ndarray, size: int = BLOCK) -> np.ndarray:
    """(blocks,) change of the mean of blocks of neighbours, as a share of the mean before. A smaller last block is left out."""
    blocks = max(1, len(before) // size)
    change = (after - before)[: blocks * size].reshape(blocks, -1).mean(axis=1)
    return change / before.mean()


def interval(changes: np.ndarray) -> tuple[float, float]:
    """Mean, and half of the 95 % t interval; infinite for one block."""
    many = len(changes)
    half = stdtrit(many - 1, 0.975) * changes.std(ddof=1) / np.sqrt(many) if many > 1 else np.inf
    return float(changes.mean()), float(half)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profiles", nargs="+", default=sorted(path.stem for path in (SCENARIOS / "profiles").glob("*.toml")))
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--threads", type=int, default=1)
    wanted = parser.parse_args()
    print(f"{wanted.people} people, {wanted.seeds} seeds, blocks of {BLOCK} people")
    print(f"{'profile':12}{'branch':>8}{'acquaintances':>16}{f'{wanted.years} years later':>16}{'change':>18}")
    for profile in wanted.profiles:
        study, changes, means = study_of(profile, wanted.people), [], []
        for seed in range(1, wanted.seeds + 1):
            world = sim.World(study, "none", seed, threads=wanted.threads)
            before = in_a_year(world)
            world.run((wanted.years - 1) * YEAR)
            after = in_a_year(world)
            changes.append(by_block(before, after))
            means.append((before.mean(), after.mean()))
        (first, last), (mean, half) = np.mean(means, axis=0), interval(np.concatenate(changes))
        passes = abs(mean) < MOST or abs(mean) <= half
        change = f"{mean:+.2%} ± {half:.2%}"
        branch = f"year {len(world.history)}"
        print(f"{profile:12}{branch:>8}{first:16.1f}{last:16.1f}{change:>18}  {'stays' if passes else 'CHANGES'}", flush=True)


if __name__ == "__main__":
    main()
