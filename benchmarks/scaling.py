"""What a tie costs a day, and the most memory, from 10,000 to 1,000,000 people.

    python benchmarks/scaling.py [--people 10000 30000 100000] [--csv docs/scaling.csv] [--threads 2]

Each size has a process of its own. Sizes that the table has are left out, so the command may be stopped and given again. The
society grows for two years, of which the second is timed: a year without a platform. Then the wall of 2009 comes. After a week
210 days are timed, which are 30 weeks and 7 months. Then the world is measured. `benchmarks/scaling_figure.py` draws the table.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

STUDY, ARM = ROOT / "scenarios" / "birthday-prompt.toml", "wall"
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
YEARS, DAYS = 2, 210  # of growing, and with the platform
COLUMNS = (
    "people", "ties_without", "ties_with", "threads", "ns_without", "ns_with", "peak_mb", "processor", "cores", "memory_gb",
    "load", "version",
)  # fmt: skip
"""Of the table: ties and nanoseconds per tie and day, without a platform and with it; megabytes of the process at its largest."""


def measured(people: int, threads: int) -> dict[str, object]:
    """A row of the table, measured in this process."""
    import sim
    from sim.compiled import MADE_BY
    from sim.study.single.machine import machine
    from sim.world.state import YEAR

    about = machine()
    study = sim.load(STUDY).scaled(people=people)
    reached: dict[int, float] = {}  # day of growing -> when it was reached

    def watch(step: sim.Step) -> None:
        reached[step.done] = time.perf_counter()

    with tempfile.TemporaryDirectory() as folder:
        grown = sim.grow(study, ARM, 1, years=YEARS, threads=threads, folder=folder, progress=watch)
        world = sim.World(study, ARM, 1, grown=grown, threads=threads)
        ties_without = world.state.ties.i.size
        world.run(7)
    before = world.state.ties.i.size
    began = time.perf_counter()
    world.run(DAYS)
    took = time.perf_counter() - began
    world.measure()  # the most memory is that of measuring too
    ties_with = (before + world.state.ties.i.size) / 2
    return {
        "people": people,
        "ties_without": ties_without,
        "ties_with": round(ties_with),
        "threads": threads,
        "ns_without": round((reached[YEARS * YEAR] - reached[(YEARS - 1) * YEAR]) * 1e9 / (ties_without * YEAR), 2),
        "ns_with": round(took * 1e9 / (ties_with * DAYS), 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
        "version": MADE_BY,
        **{name: about[name] for name in ("processor", "cores", "memory_gb", "load")},
    }


def missing(sizes: list[int], file: Path) -> list[int]:
    """The sizes that the table has no row of."""
    if not file.is_file():
        return sizes
    with file.open(newline="") as lines:
        done = {int(row["people"]) for row in csv.DictReader(lines)}
    return [people for people in sizes if people not in done]


def add(row: dict[str, object], file: Path) -> None:
    """Append a row to the table, which begins with its header. The row is on disk before the next size starts."""
    new = not file.is_file()
    with file.open("a", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(row)
        lines.flush()
        os.fsync(lines.fileno())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--csv", type=Path, default=ROOT / "docs" / "scaling.csv")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--here", action="store_true", help="measure one size in this process, and print its row")
    wanted = parser.parse_args()
    if wanted.here:
        print(json.dumps(measured(wanted.people[0], wanted.threads)))
        return
    for people in missing(wanted.people, wanted.csv):
        command = (sys.executable, __file__, "--here", "--people", str(people), "--threads", str(wanted.threads))
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(f"{people} people: stopped with status {done.returncode}; the sizes before are kept in {wanted.csv}")
        row = json.loads(done.stdout)
        add(row, wanted.csv)
        print(f"{people} people: {row['ns_without']} and {row['ns_with']} ns per tie and day, {row['peak_mb']} MB", flush=True)


if __name__ == "__main__":
    main()
