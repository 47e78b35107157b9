"""A sample of hostile input: no traceback, no hang, no silent misreading. By hand, and by the hundred: `python -m hostile`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_a_sample_of_hostile_input_is_met():
    """In a process of its own: the trials fork, which the threads of this one would not outlive."""
    asked = [sys.executable, "-m", "hostile", "--times", "0.005", "--seed", "3"]
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    done = subprocess.run(asked, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": paths})
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("\n0 failed\n")
