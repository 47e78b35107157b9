"""Names of all measures, known before anything runs. A test compares them with those of a world. docs/tables.md explains them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.channels import CAUSES, CHANNELS, GESTURES, REMEMBERED
from sim.errors import InputError, Problem, nearest

_GESTURES = (*GESTURES, "any_wish")
_MONTHS = tuple(f"{month:02d}" for month in range(12))
_BANDS = ("1-5", "6-15", "16-50")


def _each(stems: Iterable[str], endings: Sequence[str]) -> list[str]:
    return [f"{stem}_{ending}" for stem in stems for ending in endings]


OF_A_RUN = (
    "S_all", "S_old", "core", "acquaintance_total", "strong", "strong5", "isolates", "real_hours", "planned_hours", "contacts",
    "S_real", "core_real", "strong_real", "online_strong",
    "ties", "links", "hollow_links", "gini_contact", "well_being", "platform_minutes", "taken_minutes",
    *_each(["contacted"], ("weekly", "monthly", "half-yearly", "yearly")),
    *_each(["support_share", "time_share"], _BANDS),
    *_each(["received", "absorbed"], CHANNELS),
    *_each(["birthday"], [CHANNELS[channel] for channel in REMEMBERED]), "prompted", "prompted_share",
    *_each(["season_contacts", "season_closeness"], _MONTHS),
    "effort", "effort_real", "effort_online",
    *_each(_each(["wishes"], ("true", "false", "none")), CAUSES[1:]), "cue_share",
    *_each(["auc", "rank", "strong_given", "told", "information"], _GESTURES), "strong_linked",
    "views", "stranger_views", "engagement", "reach", "posts",
    "clustering", "bridges", "bridging", "assortativity", "top5_kept", "top5_jaccard", "partners_kept",
    "signature_self", "signature_other",
    "letter_pairs", "S_letter_pairs", "closeness_letter_pairs",
)  # fmt: skip
"""Measured in one run."""

BETWEEN = ("partners", "carriers")
"""Distances between two runs."""

MEASURES = (*OF_A_RUN, *BETWEEN)


def must_be_measures(names: Iterable[str], place: str) -> None:
    """InputError: names that are no measures, each with the nearest measure."""
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        raise InputError(Problem("", place, f"no measure '{name}'", nearest(name, MEASURES)) for name in unknown)
