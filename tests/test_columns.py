"""The tables of columns, flags and channels: what is made from them. A column that is added there is carried along everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import state_page
from worlds import ring

from sim import channels
from sim.channels import CHANNELS, TABLE
from sim.scenario.platform import Platform
from sim.scenario.society import Channels
from sim.world import columns
from sim.world.columns import FLAGS, LEFT, PERSON, TIE, UNLINKED, YEAR_BEGINS
from sim.world.plain import Side, Tie
from sim.world.state import new_people, new_ties, set_back

ROOT = Path(__file__).parents[1]


def test_the_page_is_made_from_the_tables():
    """Changed a table? .venv/bin/python tests/state_page.py"""
    assert state_page.PAGE.read_text(encoding="utf-8") == state_page.page()


def test_names_of_numbers_are_those_of_the_tables():
    assert {name: getattr(channels, name.upper()) for name in CHANNELS} == {name: k for k, name in enumerate(CHANNELS)}
    assert [getattr(columns, flag.name.upper()) for flag in FLAGS] == [1 << bit for bit in range(len(FLAGS))]
    flags = next(column for column in TIE if column.name == "flags")
    assert np.iinfo(flags.type).max >= sum(1 << bit for bit in range(len(FLAGS)))


@pytest.mark.parametrize("table, new", [(PERSON, new_people), (TIE, new_ties)])
def test_new_rows_are_of_the_types_and_resting_values_of_the_table(table, new):
    for column, array in zip(table, new(3), strict=True):
        assert (array.dtype, array.shape) == (column.type, (3, *column.shape)), column.name
        assert (array == column.rest).all(), column.name


@pytest.mark.parametrize("reset", [YEAR_BEGINS, UNLINKED, LEFT])
def test_a_reset_changes_its_columns_in_the_rows_given_and_no_others(reset):
    state = ring(5)
    for table, rows in ((PERSON, state.people), (TIE, state.ties)):
        for array in rows:
            array[:] = 2
        set_back(rows, reset, np.array([1, 3]))
        for column, array in zip(table, rows):
            expected = np.full_like(array, 2)
            expected[[1, 3]] = column.rest if column.reset == reset else 2
            np.testing.assert_array_equal(array, expected, err_msg=column.name)


def test_the_twin_has_every_column_and_flag_at_rest():
    tie = Tie(sides={}, i=0, j=1)
    for part, side in ((tie, ""), (Side(), "ij")):
        rest = {entry.twin: getattr(entry, "rest", False) for entry in (*TIE, *FLAGS) if entry.side == side}
        rest = {name: value for name, value in rest.items() if name not in ("i", "j", "flags", "gestures")}
        assert {name: getattr(part, name) for name in rest} == rest


def test_the_model_tells_the_same_of_channels():
    """docs/model.md, section 2: where, two-sided, composed, and which numbers there are."""
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+)[^|]* \| (real life|platform) \|(.*)\|$", text, re.MULTILINE)
    told = {name: (where == "real life", *(cell.strip() for cell in rest.split("|"))) for name, where, rest in rows}
    assert list(told) == list(CHANNELS)
    for channel in TABLE:
        real, two_sided, composed, *numbers = told[channel.name]
        assert (real, two_sided == "yes", composed == "yes") == (channel.real, channel.two_sided, channel.composed), channel
        names = ("dose", "dose_sent", "minutes", "touch")
        assert tuple(name for name, number in zip(names, numbers, strict=True) if number) == channel.numbers, channel


def test_a_society_file_has_of_each_channel_the_numbers_of_the_table():
    fields = {name: (field.description, set(field.annotation.model_fields)) for name, field in Channels.model_fields.items()}
    assert fields == {channel.name: (channel.meaning, set(channel.numbers)) for channel in TABLE}


def test_what_is_done_on_the_platform_is_of_a_part_of_it_and_words_have_answers(tiny):
    wall = tiny.resolve("wall", {}).timeline[0][1]
    for channel in TABLE:
        assert channel.real or channel.feature in Platform.model_fields, channel
        if channel.composed and not channel.real:
            assert getattr(wall, channel.feature).reply.value > 0, channel


# --- a made-up column ----------------------------------------------------------------------------

MADE_UP = """
import numpy as np
from sim.world import columns

columns.TIE += (*columns._sided("trust", np.float32, "trust of {me} in {other}", rest=0.25),)
columns.TIE += (columns.Column("quarrels", np.uint8, "quarrels", reset=columns.YEAR_BEGINS),)
columns.PERSON += (columns.Column("mood", np.float32, "mood", rest=0.5, reset=columns.LEFT, within=(0, 1)),)
"""

USED = """
import sys
from pathlib import Path

import numpy as np
import pytest
import sim
from worlds import assert_identical, default_rules, random_world
from sim.study.sweep.grown import load, save
from sim.world.day import run_days
from sim.world.growing import Grown, begin_year
from sim.world.joining import leave
from sim.world.plain import PlainSociety
from sim.world.state import tile_key

folder, study = map(Path, sys.argv[1:])
state = random_world(seed=7, population=10, day=29)
people, ties, before = state.people, state.ties, state.copy()
assert (people.mood == 0.5).all() and (ties.trust_ij == 0.25).all()
people.mood[:] = np.linspace(0, 1, 10)
ties.trust_ij[:], ties.trust_ji[:], ties.quarrels[:] = ties.i / 16, ties.j / 16, 3
assert (before.people.mood == 0.5).all()  # a copy has a column of its own

assert_identical(PlainSociety.from_state(state, default_rules()).to_state(), state)

old = tile_key(ties.i, ties.j)
state.branched = False
run_days(state, default_rules(new_ties=np.full(3, 2, np.float32), unused=0, faint=0.2), seed=1)  # a month ends: ties go and come
ties = state.ties
stayed = ties.quarrels == 3
assert np.isin(tile_key(ties.i, ties.j)[stayed], old).all() and 0 < stayed.sum() < old.size and not stayed.all()
assert (ties.trust_ij == np.where(stayed, ties.i / 16, 0.25)).all()
assert (ties.trust_ji == np.where(stayed, ties.j / 16, 0.25)).all()
assert (ties.quarrels == np.where(stayed, 3, 0)).all()

state.branched = True  # as what is stored
save(folder / "grown.npz", Grown(state, ()), {"made_by": []})
assert_identical(load(folder / "grown.npz", []).state, state)

begin_year(state)
assert not ties.quarrels.any() and (ties.trust_ij == np.where(stayed, ties.i / 16, 0.25)).all()
leave(state, default_rules())
assert (state.people.mood == 0.5).all()

world = sim.World(study, "none", 1, people=12, years=0)
world.person(3).mood = 0.75
world.run(1)
assert world.person(3).mood == 0.75 and world.agents.get("mood") == [0.5] * 3 + [0.75] + [0.5] * 8
with pytest.raises(sim.InputError, match="mood of person 3: 2; expected a number from 0 to 1"):
    world.person(3).mood = 2
print("carried along everywhere")
"""


def test_a_column_that_is_added_to_the_table_is_carried_along_everywhere(tmp_path):
    """Two of a tie's sides, a count of the year and one of people, in a program of their own, before any array is made."""
    paths = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]), "NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-c", MADE_UP + USED, str(tmp_path), "scenarios/birthday-prompt.toml"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | paths, capture_output=True, text=True, timeout=240)
    assert done.stdout == "carried along everywhere\n", done.stderr
