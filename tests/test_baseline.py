"""One stored run: whoever changes a number of the model by accident finds it here."""

import json

import pytest
import update_baseline


def test_the_stored_run_is_repeated():
    """Changed on purpose? `python tests/update_baseline.py` writes the new numbers."""
    stored = json.loads(update_baseline.FILE.read_text(encoding="utf-8"))
    found = update_baseline.simulated()
    assert found.keys() == stored["measures"].keys()
    rounding = 1e-6 if stored["machine"] == update_baseline.machine() else 1e-3
    assert found == pytest.approx(stored["measures"], rel=rounding, abs=1e-9)
