"""What a sweep costs beyond its model: 10,000 units whose runs take no time, as each gives the life of one recorded before.

    python benchmarks/overhead.py [--units 10000] [--jobs 2]

Prints milliseconds a unit, by what they go into, and the memory of the main process as the sweep goes on.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import sim  # noqa: E402
from sim.study.sweep import sweeping, worker  # noqa: E402
from sim.study.sweep.sweeping import TableWriter  # noqa: E402
from sim.study.sweep.units import units_of  # noqa: E402

SEEDS = 4


def study_of(units: int):
    """The birthday study (six runs a unit) at as many points as are wanted."""
    study = sim.load(ROOT / "scenarios" / "birthday-prompt.toml").scaled(people=100, seeds=SEEDS)
    points = units // SEEDS
    varied = {"prompts.slope": {"low": 0.0, "high": 8.0}, "substitution": {"low": 0.0, "high": 1.0}}
    design = type(study).model_fields["design"].annotation.__args__[0](kind="latin", points=points)
    vary = {name: study.vary["prompts.slope"].__class__.model_validate(one) for name, one in varied.items()}
    return study.model_copy(update={"design": design, "vary": vary, "burn_in": "1y"})


def recorded(place: Path) -> None:
    """Simulate one arm once and write its outcome to a file."""
    study = study_of(SEEDS)
    work, point = worker.Work(study, None, "default", 1), study.points()[0]
    grown = worker.grow_for(work, "wall", point, 1)
    place.write_bytes(pickle.dumps(worker.run_arm(work, "wall", point, 1, None, grown)))


_outcome: list[worker.Outcome] = []


def unit(work: worker.Work, task: worker.Task) -> worker.Finished:
    """`run_unit` with a recorded outcome in place of each run."""
    if not _outcome:
        _outcome.append(pickle.loads(Path(tempfile.gettempdir(), "unbirthday-outcome.pickle").read_bytes()))
        worker.run_arm = lambda *_: _outcome[0]
        worker._society = lambda *_: None
    return worker.run_unit(work, task)


def processor_s() -> float:
    """Processor time of this process and of those that ended, which a busy machine does not stretch much."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def memory_mb() -> float:
    """Resident memory of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return float(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    wanted = parser.parse_args()
    outcome = Path(tempfile.gettempdir(), "unbirthday-outcome.pickle")
    recorded(outcome)
    sweeping.run_unit = unit
    study = study_of(wanted.units)
    spent: dict[str, float] = {}

    def timed(name: str, owner, key: str) -> None:
        whole = getattr(owner, key)

        def call(*arguments, **named):
            began = time.perf_counter()
            try:
                return whole(*arguments, **named)
            finally:
                spent[name] = spent.get(name, 0.0) + time.perf_counter() - began

        setattr(owner, key, call)

    timed("tables", TableWriter, "write_if_due")
    timed("tables", TableWriter, "write_all")
    timed("ledger", sweeping.Ledger, "write")
    timed("packing values", worker, "run_record")
    timed("distances between arms (the model's own)", worker, "distances")
    memory: list[tuple[int, float]] = []

    def watch(step: sim.Step) -> None:
        if step.done % max(1, step.all // 10) == 0:
            memory.append((step.done, memory_mb()))

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        units = sum(1 for _ in units_of(study.at("default"), None))
        named = time.perf_counter() - began
        began, before = time.perf_counter(), processor_s()
        summary = sweeping.sweep(study, folder, jobs=wanted.jobs, progress=watch)
        wall, worked = time.perf_counter() - began, processor_s() - before
        sizes = {file.name: round(file.stat().st_size / 1e6, 1) for file in Path(folder).iterdir()}
    outcome.unlink()
    assert summary.done == units
    print(f"{units} units of 6 runs, {wanted.jobs} jobs: {wall:.1f} s, {1000 * wall / units:.2f} ms a unit")
    print(f"processor time of all processes, start included: {1000 * worked / units:.2f} ms a unit")
    parts = {"naming": named} | spent
    print("of it, in this process:", ", ".join(f"{name} {1000 * took / units:.2f} ms" for name, took in parts.items()))
    print("memory of the main process, MB:", ", ".join(f"{done}: {mb:.0f}" for done, mb in memory))
    print("MB on disk:", sizes)


if __name__ == "__main__":
    main()
