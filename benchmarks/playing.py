"""How long a reader of the page to play with waits for a first answer after a slider has moved.

    python benchmarks/playing.py [--study scenarios/time-displacement.toml] [--people 500] [--moves 10] [--jobs 2]

The page of a study is served, and its societies are grown once. Then a slider moves again and again while worlds still run, as a
hand would move it. Timed: from the move to the first measures of both arms, with the wait of the page for the hand to rest.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import threading
import time
import urllib.request
from pathlib import Path

from sim.page import live, on_screen
from sim.scenario.reading import load
from sim.study.sweep.workers import cores

SCRIPT = Path(live.__file__).with_name("live.js").read_text("utf-8")
REST = int(re.search(r"WAIT = (\d+)", SCRIPT)[1]) / 1000  # seconds that the page waits for the hand to rest
PROMISED = 2.0


def first_answer(address: str, until: bytes) -> float:
    """Seconds until a stream tells an event; then it is closed, as by a page whose slider moves again."""
    began = time.perf_counter()
    with urllib.request.urlopen(address) as stream:
        for line in stream:
            if line.startswith(b"event: problem"):
                raise SystemExit(next(stream).decode())
            if line.startswith(until):
                return time.perf_counter() - began
    raise SystemExit(f"{address}: ended without {until.decode()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--study", type=Path, default=Path("scenarios/time-displacement.toml"))
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--moves", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    server = live.Server(options.study, 0, options.people, options.jobs, "en")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        seeds = max(options.jobs, 2)
        print(f"societies: {first_answer(f'{server.address}run?seeds={seeds}', b'event: end'):.1f} s, once", flush=True)
        slider = on_screen.sliders(load(options.study), on_screen.study_at(options.study, on_screen.Choice(), options.people))[0]
        took = []
        for move in range(options.moves):
            value = slider.low + (slider.high - slider.low) * (move + 1) / options.moves
            took.append(REST + first_answer(f"{server.address}run?seeds=20&{slider.name}={value:.6g}", b"event: measures"))
    finally:
        server.shutdown()
        server.end()
    median, most = statistics.median(took), max(took)
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {cores()} cores; a busy one takes as much longer")
    print(f"first answer after {slider.name} has moved: {median:.2f} s, at most {most:.2f} s; promised {PROMISED:g} s")


if __name__ == "__main__":
    main()
