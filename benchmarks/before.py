"""The version of an earlier commit and this one, timed in turns: nanoseconds per tie and day.

    python benchmarks/before.py COMMIT [--people 20000] [--rounds 5] [--json before.json]

Each version has a process of its own, which grows a society for a year and keeps it. Then the two take turns: the same 210 days
(30 weeks and 7 months) with the wall of 2009 and without a platform, on one thread and on two. The ratio is the median over
rounds, each compared within itself. Versions are asked only for what every version of `sim.World` has.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
CASES = tuple((arm, threads) for arm in ("wall", "none") for threads in (1, 2))
LABELS = {"wall": "with the wall of 2009", "none": "without a platform"}

WORKER = """
import json, sys, time
import sim
world = sim.World("scenarios/birthday-prompt.toml", "none", 1, people=int(sys.argv[1]), years=1)
print("ready", flush=True)
for line in sys.stdin:
    arm, threads, days = line.split()
    branch = world.branch(arm)
    branch.threads = int(threads)
    branch.run(7)
    ties = branch.state.ties.i.size
    began = time.perf_counter()
    branch.run(int(days))
    seconds = time.perf_counter() - began
    ties = (ties + branch.state.ties.i.size) / 2
    print(json.dumps({"ties": ties, "ns": seconds * 1e9 / (ties * int(days))}), flush=True)
"""


class Version:
    """A process that simulates days with the program in a folder, when it is asked."""

    def __init__(self, folder: Path, people: int):
        environment = os.environ | {"PYTHONPATH": str(folder)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(people)], cwd=folder, env=environment, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        self.answer()

    def answer(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"a version ended with status {self.process.wait()}; it says why above")
        return line

    def time(self, arm: str, threads: int, days: int) -> dict[str, float]:
        """Ties, and nanoseconds per tie and day, of these days in an arm."""
        assert self.process.stdin is not None
        print(arm, threads, days, file=self.process.stdin, flush=True)
        return json.loads(self.answer())

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """A folder with the files of a commit. It is removed afterwards."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "before"
        subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "--detach", "--quiet", str(folder), commit], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(folder)], check=True)


def compared(before: Version, now: Version, rounds: int, days: int) -> list[dict[str, object]]:
    """For each case the best nanoseconds of both versions, and this one's as a share of the other's."""
    times: dict[tuple[str, int], list[tuple[dict, dict]]] = {case: [] for case in CASES}
    for number in range(rounds):
        for case in CASES:
            first, second = (before, now) if number % 2 == 0 else (now, before)
            pair = first.time(*case, days), second.time(*case, days)
            times[case].append(pair if first is before else pair[::-1])
    return [
        {
            "arm": arm,
            "threads": threads,
            "ties": pairs[0][1]["ties"],
            "ns_before": min(old["ns"] for old, _ in pairs),
            "ns_now": min(new["ns"] for _, new in pairs),
            "ratio": median(new["ns"] / old["ns"] for old, new in pairs),
        }
        for (arm, threads), pairs in times.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--days", type=int, default=210)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    if subprocess.run(["git", "-C", str(ROOT), "cat-file", "-e", f"{wanted.commit}^{{commit}}"], capture_output=True).returncode:
        parser.error(f"git knows no commit '{wanted.commit}'; make bench-before BEFORE=COMMIT")
    with checked_out(wanted.commit) as folder:
        before, now = Version(folder, wanted.people), Version(ROOT, wanted.people)
        rows = compared(before, now, wanted.rounds, wanted.days)
        before.end()
        now.end()
    for row in rows:
        where = f"{LABELS[str(row['arm'])]}, {row['threads']} thread{'s' * (row['threads'] != 1)}"
        print(f"{where}: {row['ns_before']:.1f} before, {row['ns_now']:.1f} now, ratio {row['ratio']:.2f}")
    if wanted.json:
        wanted.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
