"""What small worlds cost: a day beside its ties, and the first `sim run` and later ones.

    python benchmarks/small.py [--rounds 5]

The time of a day is fitted as (fixed) + (per tie) x (ties) over worlds of 100 to 2,000 people, on one thread. `sim run` is timed
in processes of its own: first with an empty cache of compiled kernels, then with that cache, and then with the grown society
kept as well. It runs 100 people for a year with the wall of 2009.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import sim  # noqa: E402
from sim.study.single.bench import mean_ties, ours  # noqa: E402
from sim.study.single.turns import best, in_turns  # noqa: E402

STUDY = ROOT / "scenarios" / "birthday-prompt.toml"
SIZES = (100, 200, 500, 1000, 2000)
DAYS = 210  # 30 weeks and 7 months
ARMS = {"with the wall of 2009": "wall", "without a platform": "none"}


def fitted(ties: Sequence[float], days: Sequence[float]) -> tuple[float, float]:
    """The time of a day beside its ties, and that of a tie: a line through the times of days, with equal relative errors."""
    per_tie, fixed = np.polyfit(ties, days, 1, w=1 / np.asarray(days))
    return float(fixed), float(per_tie)


def beside_ties(rounds: int) -> dict[str, tuple[float, float]]:
    """By arm: microseconds of a day beside its ties, and nanoseconds of a tie's day."""
    contenders = {}
    for label, arm in ARMS.items():
        for people in SIZES:
            world = sim.World(STUDY, arm, seed=1, people=people, years=1)
            world.run(7)
            state = world.state
            contenders[label, people] = ours(f"{people} people {label}", world, state, mean_ties(world, state, DAYS), DAYS, 1)
    times = in_turns(list(contenders.values()), rounds, lambda *_: None)
    fits = {}
    for label in ARMS:
        own = [contenders[label, people] for people in SIZES]
        ties = [contender.amount / DAYS for contender in own]
        fixed, per_tie = fitted(ties, [best(times, contender.name) * many for contender, many in zip(own, ties)])
        fits[label] = fixed / 1000, per_tie
    return fits


def seconds_of_run(folder: Path, store: str) -> float:
    """Elapsed time of `sim run` as a process of its own, with its compiled kernels and its grown societies in a folder."""
    command = (sys.executable, "-m", "sim", "run", str(STUDY), "--arm", "wall", "--people", "100", "--years", "1")
    places = {"NUMBA_CACHE_DIR": str(folder / "kernels"), "SIM_STORE": str(folder / store)}
    began = time.perf_counter()
    subprocess.run(
        [*command, "--out", str(folder / "out")], cwd=ROOT, env=os.environ | places, check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    for label, (fixed, per_tie) in beside_ties(rounds).items():
        print(f"a day {label}: {fixed:.0f} µs beside its ties, {per_tie:.1f} ns a tie (1 thread)")
    with tempfile.TemporaryDirectory() as name:
        first = seconds_of_run(Path(name), "store")
        growing, kept = [], []
        for number in range(rounds):  # in turns
            growing.append(seconds_of_run(Path(name), f"store {number}"))
            kept.append(seconds_of_run(Path(name), "store"))
    print(f"sim run of 100 people for a year: {first:.1f} s the first time, which compiles;")
    print(f"later {min(growing):.1f} s with growing the society, {min(kept):.1f} s with a society that is kept")


if __name__ == "__main__":
    main()
