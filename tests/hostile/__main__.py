"""Try it all, by hand."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from . import folders, graphs, lines, scenarios, sql
from .trials import wrong

KINDS = {
    "scenarios": (scenarios.trials, 500),
    "graphs": (graphs.trials, 100),
    "folders": (folders.trials, 60),
    "sql": (sql.trials, 60),
    "lines": (lines.trials, 60),
}
LOADED = ("matplotlib.figure", "mesa", "numba", "scipy.stats")  # here, as each trial forks and would load them again


def main() -> None:
    asked = argparse.ArgumentParser(prog="hostile", description="Hostile input by the hundred.")
    asked.add_argument("--only", choices=KINDS, help="one kind")
    asked.add_argument("--times", type=float, default=1.0, help="how many of each, as a factor")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    for library in LOADED:
        import_module(library)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for kind in [given.only] if given.only else KINDS:
            make, count = KINDS[kind]
            began, tried = time.monotonic(), 0
            for trial in make(Path(folder) / kind, round(count * given.times), random.Random(given.seed)):
                tried += 1
                if said := wrong(trial):
                    failed += 1
                    print(f"--- {kind}: {trial.name}\n{said}\n", flush=True)
            print(f"{kind}: {tried} trials, {time.monotonic() - began:.0f} s", flush=True)
    print(f"{failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
