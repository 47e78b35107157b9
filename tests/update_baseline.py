"""Live the stored run again and write its measures to tests/baseline.json:

    python tests/update_baseline.py

Run it when the rules or the numbers of the scenarios were changed on purpose; the difference of the file then shows what
the change did.
"""

from __future__ import annotations

import json
import platform
from pathlib import Path

import sim

HERE = Path(__file__).parent
FILE = HERE / "baseline.json"
STUDY = HERE.parent / "scenarios" / "birthday-prompt.toml"
PEOPLE, YEARS, SEED, ARM, POINT = 120, 3, 1, "wall", {"prompts.slope": 2.0}
MEASURES = (
    "S_all", "S_old", "core", "acquaintance_total", "strong", "strong5", "isolates", "gini_contact", "real_hours",
    "planned_hours", "links", "ties", "taken_minutes", "platform_minutes", "well_being", "top5_kept", "contacted_weekly",
    "contacted_yearly", "received_visit", "received_card", "received_greeting", "absorbed_visit", "clustering",
)  # fmt: skip


def machine() -> str:
    """Where numbers may be expected to agree to the last digits."""
    return f"{platform.system()} {platform.machine()}"


def simulated() -> dict[str, float]:
    """The measures of one small run, over all people and ties."""
    study = sim.load(STUDY)
    world = sim.World(study, ARM, SEED, point=POINT, people=PEOPLE, years=YEARS)
    world.run(365)
    found = {row.measure: row.value for row in world.measure() if (row.profile, row.tie_class) == ("all", "all")}
    return {name: found[name] for name in MEASURES}


def main() -> None:
    content = {"machine": machine(), "people": PEOPLE, "years": YEARS, "seed": SEED, "arm": ARM, "measures": simulated()}
    FILE.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(MEASURES)} measures")


if __name__ == "__main__":
    main()
