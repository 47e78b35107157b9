"""Kill a sweep at random moments, the main process or a worker, resume it, and hold its tables against an undisturbed sweep's.

    python tests/durability.py --kills 20        (`make durability`)
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from sim.study.records import json_files, tables

PASSING = ("started", "wall_s", "peak_mb")  # what may differ between two runs of the same unit
ROOT = Path(__file__).parents[1]
SWEEP = """
import sys, sim
if __name__ == "__main__":
    sim.sweep(sim.load(sys.argv[1]), sys.argv[2], jobs=int(sys.argv[3]))
"""
STUDY = """
format = 1
question = "What is left of a sweep that is killed?"
society = "society.toml"
profiles = { us = 1.0 }
people = 40
burn_in = "1y"
horizons = ["1y"]
seeds = 12
arms.none = { platform = "none" }
arms.wall = { platform = "wall-2009" }
contrasts = [{ name = "platform", arm = "wall", control = "none", primary = true }]
[vary]
substitution = { points = 20 }
"""


def same_tables(one: Path, other: Path) -> None:
    """Row by row, but for when and how long something ran."""
    for name in ("runs", "measures", "pairs"):
        a, b = tables.read(one, name), tables.read(other, name)
        if name == "runs":
            a, b = a.drop(PASSING), b.drop(PASSING)
        assert a.equals(b), name
    about = [json_files.read(folder, json_files.STUDY) for folder in (one, other)]
    for each in about:
        for placed in ("tables", "digest", "beside", "folder", "command"):  # when and where it ran
            del each[placed]
    assert about[0] == about[1]


def children(process: int) -> list[int]:
    """Numbers of the worker processes of a sweep."""
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def killed(study: Path, folder: Path, kills: int, seed: int, jobs: int = 2, longest: float = 4.0) -> dict[str, int]:
    """Sweep, killing something at random moments until `kills` are done or the sweep is; then sweep to the end.

    longest : seconds from the first kept unit, or the last kill, to the next kill, at most
    Returns how often the main process and workers were killed.
    """
    luck, done = random.Random(seed), {"main": 0, "worker": 0}
    command = [sys.executable, "-c", SWEEP, str(study), str(folder), str(jobs)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    while True:
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        while sum(done.values()) < kills and process.poll() is None:
            wait(process, partial(children, process.pid))
            wait(process, partial(later_than, time.monotonic() + luck.uniform(0, longest)))
            workers = children(process.pid)
            who = "main" if luck.random() < 0.5 or not workers else "worker"
            if process.poll() is None:
                os.kill(process.pid if who == "main" else luck.choice(workers), signal.SIGKILL)
                done[who] += 1
                if who == "main":
                    process.wait()
        if process.wait() == 0:
            return done
        if sum(done.values()) >= kills:
            kills = 0  # let it end


def later_than(moment: float) -> bool:
    return time.monotonic() > moment


def wait(process: subprocess.Popen, happened) -> None:
    while process.poll() is None and not happened():
        time.sleep(0.02)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["SIM_STORE"] = f"{place}/store"
        scenarios = Path(place, "scenarios")
        scenarios.mkdir()
        for name in ("society.toml", "margins.toml", "profiles", "platforms"):
            (scenarios / name).symlink_to(ROOT / "scenarios" / name)
        file = scenarios / "killed.toml"
        file.write_text(STUDY, encoding="utf-8")
        subprocess.run([sys.executable, "-c", SWEEP, str(file), f"{place}/whole", "2"], cwd=ROOT, check=True)
        total, rounds = {"main": 0, "worker": 0}, 0
        while sum(total.values()) < wanted.kills:
            folder = Path(place, f"killed-{rounds}")
            done = killed(file, folder, wanted.kills - sum(total.values()), wanted.seed + rounds)
            same_tables(folder, Path(place, "whole"))
            total, rounds = {who: total[who] + done[who] for who in total}, rounds + 1
        print(f"killed {total['main']} times as a whole and {total['worker']} workers, in {rounds} sweeps: the same tables")


if __name__ == "__main__":
    main()
