"""JSON Schemas of scenario files, with which editors complete and check them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from sim.scenario.sorts import SORTS


def schemas(folder: str | os.PathLike[str]) -> list[Path]:
    """Write society, profile, platform, study, margins and targets .schema.json, with which editors complete and check files.

    folder : where they go; it is made if it is missing
    Returns the paths of the files.
    """
    os.makedirs(folder, exist_ok=True)
    files = []
    for name, kind in SORTS.items():
        schema: dict[str, Any] = {"$schema": "http://json-schema.org/draft-07/schema#"}
        schema |= _for_editors(kind.model_json_schema(ref_template="#/definitions/{model}"))
        schema["definitions"] = schema.pop("$defs")
        path = Path(folder) / f"{name}.schema.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", "utf-8")
        files.append(path)
    return files


def _for_editors(schema: Any) -> Any:
    """The schema in words every editor reads: draft 7, and no null, which TOML does not have."""
    if isinstance(schema, list):
        return [_for_editors(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _for_editors(value) for key, value in schema.items() if (key, value) != ("default", None)}
    options = schema.get("anyOf", [])
    if {"type": "null"} in options:
        del schema["anyOf"]
        (option,) = [option for option in options if option != {"type": "null"}]
        schema = option | schema
    if "$ref" in schema and len(schema) > 1:  # beside a reference, draft 7 reads nothing else
        schema["allOf"] = [{"$ref": schema.pop("$ref")}]
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    return schema
