"""How long a user waits for small things, beside what nobody could do without.

    python benchmarks/answers.py [--repeats 5]

Processor time of whole commands and of reading a file of 90,000 ties, the best of some repeats, and as a ratio to a peer's in the
same turn: importing the libraries of the command line, and networkx reading the same file.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TIES = 90_000

LIBRARIES = ("-c", "import pydantic, typer")
COMMANDS = {
    "sim --help": ("-m", "sim", "--help"),
    "sim check birthday-prompt.toml": ("-m", "sim", "check", "scenarios/birthday-prompt.toml"),
}
READING = {
    "networkx": ("import networkx", "networkx.read_edgelist({file!r})"),
    "ours": ("from sim.society.graphs import read_graph; from pathlib import Path", "read_graph(Path({file!r}))"),
}


def processor_s(*arguments: str) -> float:
    """Processor time of a Python process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def reading_s(imports: str, read: str) -> float:
    """Processor time of reading alone, without the imports."""
    program = f"import time; {imports}; began = time.process_time(); {read}; print(time.process_time() - began)"
    return float(subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "ties.txt")
        file.write_text("".join(f"{n} {n + 1 + n % 7}\n" for n in range(TIES)))
        took: dict[str, list[float]] = {}
        for _ in range(repeats):  # in turns, so that a busy minute falls on all
            took.setdefault("libraries", []).append(processor_s(*LIBRARIES))
            for name, command in COMMANDS.items():
                took.setdefault(name, []).append(processor_s(*command))
            for name, (imports, read) in READING.items():
                took.setdefault(name, []).append(reading_s(imports, read.format(file=str(file))))
    best = {name: min(each) for name, each in took.items()}
    print(f"importing pydantic and typer: {best['libraries']:.2f} s")
    for name in COMMANDS:
        print(f"{name}: {best[name]:.2f} s, {best[name] / best['libraries']:.1f} times that")
    ours, theirs = best["ours"], best["networkx"]
    print(f"reading {TIES:,} ties: {ours:.2f} s, {ours / theirs:.1f} times networkx's {theirs:.2f} s")


if __name__ == "__main__":
    main()
