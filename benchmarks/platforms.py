"""What a day costs on each shipped platform, and on one that has every feature, as ratios to wall-2009 in one run.

    python benchmarks/platforms.py [--people 5000] [--rounds 3]

Processor time of one thread for each tie and day, the least of several rounds; platforms take turns. `everything` is the platform
pseudonymous with the prompts of wall-2009, a cost and a cap of links, and people who still join. A quarter of a year holds three
turnovers.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import sim  # noqa: E402

SCENARIOS, DAYS, EVERYTHING = ROOT / "scenarios", 91, "everything"


def section(platform: str, name: str) -> str:
    """The lines of a section of a shipped platform file."""
    text = (SCENARIOS / "platforms" / f"{platform}.toml").read_text("utf-8")
    return f"[{name}]\n" + text.split(f"[{name}]\n")[1].split("\n[")[0] + "\n"


def number(value: float, unit: str) -> str:
    return f'{{ value = {value}, unit = "{unit}", status = "assumed", source = "for this benchmark" }}\n'


def write_everything(folder: Path) -> None:
    """The file of a platform that has every feature."""
    text = (folder / "pseudonymous.toml").read_text("utf-8").replace('name = "pseudonymous"', f'name = "{EVERYTHING}"')
    links = "[links]\ncost = " + number(0.1, "share") + "cap = " + number(500, "links")
    text = text.replace("[links]\n", links) + "\n" + section("wall-2009", "prompts") + "opt_in = " + number(0.8, "share")
    (folder / f"{EVERYTHING}.toml").write_text(text + "\n[joining]\ndays = " + number(365, "days"), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        scenarios = shutil.copytree(SCENARIOS, Path(place) / "scenarios")
        write_everything(scenarios / "platforms")
        names = sorted(file.stem for file in (scenarios / "platforms").glob("*.toml"))
        said = {
            "format": 1, "question": "What does a day cost?", "society": "society.toml", "profiles": {"us": 1.0},
            "people": asked.people, "burn_in": "2y", "horizons": ["1y"], "seeds": 1,
            "arms": {name: {"platform": name} for name in names},
            "contrasts": [{"name": "wall", "arm": "wall-2009", "control": "none", "primary": True}],
        }  # fmt: skip
        study = sim.study_from(said, scenarios, "platforms")
        grown = sim.grow(study, seed=1)
        worlds = {name: sim.World(study, name, 1, grown=grown) for name in names}
        least = dict.fromkeys(names, float("inf"))
        for world in worlds.values():
            world.run(DAYS)
        for _ in range(asked.rounds):
            for name, world in worlds.items():
                start = time.process_time()
                world.run(DAYS)
                least[name] = min(least[name], (time.process_time() - start) / DAYS / world.state.ties.i.size)
    for name, seconds in sorted(least.items(), key=lambda item: item[1]):
        print(f"{name:15} {seconds * 1e9:6.1f} ns   {seconds / least['wall-2009']:5.2f} of wall-2009")


if __name__ == "__main__":
    main()
