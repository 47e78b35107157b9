"""The sorts of scenario files, and how the sort of a file is recognised."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from sim.scenario.margins import MarginsFile
from sim.scenario.pieces import Piece
from sim.scenario.platform import Platform
from sim.scenario.profile import Profile
from sim.scenario.society import Society
from sim.scenario.study_file import StudyFile
from sim.scenario.targets import Targets

FOLDERS = {"profile": "profiles", "platform": "platforms"}
"""The folders of profiles and platforms, beside the study."""

SORTS: Mapping[str, type[Piece]] = {
    "society": Society,
    "profile": Profile,
    "platform": Platform,
    "study": StudyFile,
    "margins": MarginsFile,
    "targets": Targets,
}
"""The sorts of files that are read here: scenarios, margins and targets."""


def sort_of(file: str, table: Mapping[str, Any]) -> type[Piece] | None:
    """The sort of scenario file: by its folder, else by the keys it has most of."""
    folder = os.path.basename(os.path.dirname(os.path.abspath(file)))
    for sort, name in FOLDERS.items():
        if folder == name:
            return SORTS[sort]
    keys = set(table) - {"format", "name", "people"}  # `people` is a key of a society and of a study
    if not keys and "name" in table:
        return Platform  # a platform without features, such as "none"
    shared = {kind: len(keys & kind.model_fields.keys()) for kind in SORTS.values()}
    best = max(shared, key=shared.__getitem__)
    return best if shared[best] else None
