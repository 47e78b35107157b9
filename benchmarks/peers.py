"""The same work by our sweep, by mesa.batch_run and by EMA Workbench, each in a process of its own, in turns.

    python benchmarks/peers.py [--people 200] [--points 8] [--seeds 4] [--jobs 1] [--repeats 3]

Only ratios count: processor seconds and peak memory of the process and its children, on one machine in one go. Stops with
an error if the contenders do not find the same numbers, to the last bit.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

CONTENDERS = {  # name -> module, whether each seed's grown society is kept by hand
    "sim.sweep": ("ours", False),
    "mesa.batch_run": ("mesa_batch", False),
    "EMA Workbench": ("ema", False),
    "mesa.batch_run, societies kept by hand": ("mesa_batch", True),
    "EMA Workbench, societies kept by hand": ("ema", True),
}
LOOK = 0.05  # seconds between two looks at memory


def main() -> None:
    asked = arguments()
    if asked.do:
        return print(json.dumps(do(asked.do, asked)))
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTENDERS}
    for _ in range(asked.repeats):  # in turns, so that what disturbs the machine disturbs all
        for name in CONTENDERS:
            found[name].append(alone(name, asked))
            print(f"{name}: {found[name][-1]['cpu']:.1f} s of processor", file=sys.stderr, flush=True)
    results = {name: some[0]["results"] for name, some in found.items()}
    different = [name for name, each in results.items() if each != results["sim.sweep"]]
    if different or any(one["results"] != some[0]["results"] for some in found.values() for one in some):
        sys.exit(f"not the same numbers as sim.sweep: {', '.join(different) or 'a repeat'}")
    report(found, asked)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("people", 200), ("points", 8), ("seeds", 4), ("jobs", 1), ("repeats", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--do", choices=CONTENDERS, help=argparse.SUPPRESS)  # in the process of one contender
    return parser.parse_args()


# --- one contender ----------------------------------------------------------------------------------------------------


def do(name: str, asked: argparse.Namespace) -> dict[str, Any]:
    """In a process of its own: the work, timed after everything is imported and compiled."""
    from task import Task, worlds_in_memory

    module, kept = CONTENDERS[name]
    contender = import_module(module)
    task = Task(asked.people, asked.points, asked.seeds, asked.jobs, kept)
    contender.run(replace(task, people=40, points=1, seeds=1, jobs=1, kept=False))  # kernels compile
    cpu, began = processor(), time.perf_counter()
    results = contender.run(task)
    cpu, seconds = processor() - cpu, time.perf_counter() - began
    left = worlds_in_memory()
    repeated = contender.replicates(3)
    return {
        "cpu": cpu,
        "seconds": seconds,
        "runs": task.runs,
        "left": left,
        "replicates": len(set(repeated)),
        "besides": contender.besides() if hasattr(contender, "besides") else "",
        "results": sorted([*key, *values] for key, values in results.items()),
    }


def processor() -> float:
    """Seconds of processor of this process and its children that ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def alone(name: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Start a contender with an empty store and nothing warm; watch the memory of its process tree."""
    import psutil

    given = [f"--{key}={getattr(asked, key)}" for key in ("people", "points", "seeds", "jobs")]
    command = [sys.executable, str(HERE / "peers.py"), "--do", name, *given]
    with tempfile.TemporaryDirectory() as store:
        environment = os.environ | {"SIM_STORE": store, "NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        peak = [0.0]

        def watch() -> None:
            tree = psutil.Process(process.pid)
            while process.poll() is None:
                with suppress(psutil.Error):  # one of them has just ended
                    peak[0] = max(peak[0], sum(each.memory_info().rss for each in (tree, *tree.children(recursive=True))))
                time.sleep(LOOK)

        watcher = threading.Thread(target=watch)
        watcher.start()
        out, _ = process.communicate()
        watcher.join()
    if process.returncode:
        sys.exit(f"{name} failed with status {process.returncode}")
    return json.loads(out.splitlines()[-1]) | {"peak": peak[0] / 2**20}


# --- all of them ------------------------------------------------------------------------------------------------------


def report(found: dict[str, list[dict[str, Any]]], asked: argparse.Namespace) -> None:
    def least(name: str, key: str) -> float:
        return min(each[key] for each in found[name])  # anything more was disturbed

    ours, first = least("sim.sweep", "cpu"), found["sim.sweep"][0]
    size = {key: getattr(asked, key) for key in ("people", "points", "seeds", "jobs")}
    print(f"{first['runs']} runs (points x seeds x arms): {size}, best of {asked.repeats}; the same numbers to the last bit\n")
    head = ("contender", "runs/s of processor", "relative", "seconds", "peak MB", "worlds left", "replicates that differ")
    rows = [
        (
            name, f"{first['runs'] / least(name, 'cpu'):.2f}", f"{ours / least(name, 'cpu'):.2f}",
            f"{statistics.median(each['seconds'] for each in some):.1f}", f"{least(name, 'peak'):.0f}", some[0]["left"],
            f"{some[0]['replicates']} of 3",
        )
        for name, some in found.items()
    ]  # fmt: skip
    for row in (head, ("---",) * len(head), *rows):
        print("| " + " | ".join(map(str, row)) + " |")
    besides = [f"{name}: {some[0]['besides']}" for name, some in found.items() if some[0]["besides"]]
    print("", *besides[:1], sep="\n")


if __name__ == "__main__":
    main()
