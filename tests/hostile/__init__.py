"""Hostile input by the hundred: mutated scenario files, graph files, damaged result folders, SQL and command lines.

    PYTHONPATH=tests .venv/bin/python -m hostile            all of it, by hand (minutes)
    PYTHONPATH=tests .venv/bin/python -m hostile --only sql --times 5 --seed 7

What must hold for each: no traceback, no hang, no silent misreading. A sample runs in the suite (tests/test_hostile.py).
"""
