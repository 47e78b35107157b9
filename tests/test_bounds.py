"""Every number has a lowest and a highest value, held wherever it comes in; and within them every world runs."""

import json
import math
import random
import warnings
from typing import get_args

import bounds_page
import numpy as np
import pytest
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError
from sim.scenario import bounds, lists
from sim.scenario.bounds import bounds_in
from sim.scenario.dotted_names import dotted_names
from sim.scenario.editors import schemas
from sim.scenario.names import BURN_IN
from sim.scenario.numbers import Number, Whole
from sim.scenario.reading import load
from sim.world.model import World

NAMES = {name: kind for name, kind in dotted_names(("us",)).items() if not name.endswith("us.share")}


def is_number(kind) -> bool:
    return isinstance(kind, type) and issubclass(kind, Number)


def ends(kind) -> tuple:
    """The least and the greatest value, or all choices of what is no number."""
    if kind is str:  # the name of a profile
        return ("france",)
    if not is_number(kind):
        return (False, True) if kind is bool else get_args(kind)
    bound = next(bounds_in(kind.model_fields["value"].rebuild_annotation()))
    return bound.low, bound.high


# --- nothing without a bound --------------------------------------------------------------------------------------------


def test_every_number_of_a_scenario_file_has_a_bound():
    places = {f"{sort} {place}": bound for sort, numbers in bounds_page.in_files().items() for place, bound in numbers.items()}
    without = [place for place, bound in places.items() if bound is None]
    assert not without, f"give each a Bound of sim/scenario/bounds.py: {without}"
    assert len(places) > 400


def test_every_option_that_is_a_number_has_a_bound():
    without = [option for option, ends in bounds_page.in_options().items() if None in ends]
    assert not without, f"use _number and a Bound of sim/scenario/bounds.py for each: {without}"
    assert len(bounds_page.in_options()) > 20


def test_editors_know_every_bound(tmp_path):
    without = []

    def look(part, place):
        if isinstance(part, list):
            for each in part:
                look(each, place)
        elif isinstance(part, dict):
            kinds = part.get("type", [])
            bare = set(kinds) == {"number", "boolean", "string"}  # of a value whose name says what it may be
            known = bare or "const" in part or {"minimum", "maximum"} <= part.keys()
            if {"number", "integer"} & set([kinds] if isinstance(kinds, str) else kinds) and not known:
                without.append(place)
            for key, each in part.items():
                look(each, f"{place}.{key}")

    for file in schemas(tmp_path):
        look(json.loads(file.read_text("utf-8")), file.name)
    assert without == []


def test_the_page_of_bounds_says_what_the_program_checks():
    assert bounds_page.PAGE.read_text("utf-8") == bounds_page.page(), "run: python tests/bounds_page.py"


def test_every_range_that_a_file_says_lies_well_within_its_bound():
    study = load(bounds_page.PAGE.parents[1] / "scenarios" / "birthday-prompt.toml")
    for name, kind in NAMES.items():
        number = next(iter(study.written(name).values()), None)
        low, high = ends(kind)[0], ends(kind)[-1]
        for end in (getattr(number, "low", None), getattr(number, "high", None)):
            assert end is None or low <= end <= high, name


# --- held wherever a value comes in -------------------------------------------------------------------------------------

OUTSIDE = [
    ("profile.us.mobility", "1000"),
    ("settings.kin.size", "18446744073709551616"),
    ("people.posts_spread", "1e200"),
    ("feed.posts", "1e308"),
    ("decay.friend", "0.0"),
    ("channels.visit.dose", "1.0"),
    ("substitution", "-1e-300"),
    ("prompts.slope", "5e-324"),
    ("contacts.initiated", "-inf"),
    ("turnover.mobility", "nan"),
    ("burn_in.years", "1" + "0" * 400),
    ("platform.minutes", "1440.0001"),
]
PLACES = {
    "set": '[arms.more]\nplatform = "wall-2009"\nset = {{ "{name}" = {value} }}\n',
    "schedule": (
        '[arms.more]\nplatform = "none"\n'
        'schedule = [{{ day = 9, platform = "wall-2009", set = {{ "{name}" = {value} }} }}]\n'
    ),
    "a list of vary": '[vary]\n"{name}" = [{value}]\n',
    "the low of vary": '[vary]\n"{name}" = {{ low = {value}, points = 2 }}\n',
    "the high of vary": '[vary]\n"{name}" = {{ high = {value}, points = 2 }}\n',
    "mechanisms": '[mechanisms]\nevery = {{ "{name}" = {value} }}\n',
}


@pytest.mark.parametrize("name, value", OUTSIDE)
@pytest.mark.parametrize("place", PLACES)
def test_a_value_out_of_bounds_is_refused_wherever_it_is_set(a_study, place, name, value):
    with pytest.raises(InputError) as caught:
        a_study(PLACES[place].format(name=name, value=value), name="outside")
    assert any(f'"{name}"' in one.place or name in one.place for one in caught.value.problems), str(caught.value)
    assert len(str(caught.value)) < 2000


@pytest.mark.parametrize("name, value", OUTSIDE)
def test_a_value_out_of_bounds_is_refused_in_a_list_and_at_a_point(tiny, name, value):
    _, found = lists.points(f"{name}\n{value}\n", "points.csv", ("us",))
    assert [problem.place for problem in found] == [f"line 2, {name}"]
    with pytest.raises(InputError):
        tiny.resolve("wall", {name: float(value)})


@pytest.mark.parametrize("end", ["value", "low", "high"])
@pytest.mark.parametrize("value", ["1e9", "-1e9", "1" + "0" * 4000, "1e-300"])
def test_a_number_of_a_file_and_its_range_are_within_bounds(scenarios, tiny, end, value, tmp_path):
    text = (scenarios / "society.toml").read_text("utf-8")
    said = "value = 1.3, low = 1.0, high = 1.6, unit"
    assert said in text
    society = tmp_path / "society.toml"
    keys = ", ".join(f"{key} = {value if key == end else 1.3}" for key in ("value", "low", "high"))
    society.write_text(text.replace(said, f"{keys}, unit"))
    result = CliRunner().invoke(app, ["check", str(society)])
    assert result.exit_code == 2
    assert f"contacts.initiated.{end}: " in result.stderr
    assert len(result.stderr) < 2000


LINES = {
    "people": ["0", "5000001", "1e3", "9223372036854775808", "9" * 4000],
    "seeds": ["0", "10001", "9223372036854775808", "-1", "9" * 4000],
    "horizons": ["[2147483648]", "[73001]", '["201y"]', '["999999y"]', "[" + "9" * 4000 + "]", "[364]"],
    "burn_in": ['"0y"', '"201y"', '"99999y"', '"-1y"'],
    "sizes": ["{ quick = { people = 5000001 } }", "{ full = { seeds = 10001 } }", "{ full = { seeds = " + "9" * 4000 + " } }"],
    "region": ["{ points = 100001 }", "{ points = 1 }", "{ seeds = 0 }", "{ people = 5000001 }"],
    "design": [
        '{ kind = "latin", points = 100001 }', '{ kind = "latin", points = 8, seed = 4294967296 }',
        '{ kind = "morris", trajectories = 1 }', '{ kind = "morris", trajectories = 4, levels = 1002 }',
    ],
}  # fmt: skip


@pytest.mark.parametrize("key, value", [(key, value) for key, values in LINES.items() for value in values])
def test_a_number_of_a_study_is_within_bounds(a_study, key, value):
    vary = "substitution = {}" if key == "design" else ""
    with pytest.raises(InputError) as caught:
        a_study(name="outside", vary=vary, **{key: value})
    assert any(one.place.startswith(key) for one in caught.value.problems), str(caught.value)
    assert len(str(caught.value)) < 2000


def test_years_in_words_are_bounded_as_years_in_numbers():
    import re

    assert re.match(BURN_IN, f"{bounds.YEARS.high}y")
    assert not re.match(BURN_IN, f"{bounds.YEARS.high + 1}y")


ONE_OF_EACH_RANGE = {ends: option for option, ends in bounds_page.in_options().items()}.values()


@pytest.mark.parametrize("option", ONE_OF_EACH_RANGE)
def test_an_option_out_of_bounds_is_refused_before_anything_is_read(option):
    command, name = option.rsplit(" ", 1)
    low, high = bounds_page.in_options()[option]
    for value in (low - 1, high + 1, "9" * 4000):
        result = CliRunner().invoke(app, [*command.split(), "no-such-file", name, str(value)])
        assert result.exit_code == 2
        assert name in result.stderr
        assert len(result.stderr) < 8000


@pytest.mark.parametrize("within", ["nan", "inf", "0", "-1%", "1e-300", "9" * 4000, "1_0"])
def test_a_wanted_half_width_is_within_bounds(within, tmp_path):
    result = CliRunner().invoke(app, ["precision", str(tmp_path), f"--within={within}"])
    assert result.exit_code == 2
    assert result.stderr.startswith("--within: ")
    assert len(result.stderr) < 500


# --- within bounds every world runs -------------------------------------------------------------------------------------

SUMS = [("channel_mix.near.visit", "channel_mix.near.call"), ("channel_mix.far.visit", "channel_mix.far.call")]
SUMS += [("occasions.by_card", "occasions.by_call")]
OF_ONE_WHOLE = ("platform.feed.lasting", "platform.feed.information")  # `passing` may be given without them


def corner(sort: str, luck: random.Random) -> dict:
    """A point at which every number and choice lies on, or very near, an end of what it may be."""

    def value(kind):
        some = ends(kind)
        if sort == "low" or sort == "high":
            return some[0 if sort == "low" else -1]
        if sort == "nearly nothing" and is_number(kind) and some[0] == 0:
            return luck.choice((bounds.LEAST, -0.0, 1e-7, some[-1]))
        if sort == "log" and is_number(kind):
            between = some[0] + (some[1] - some[0]) * 10 ** luck.uniform(-6, 0)
            return round(between) if issubclass(kind, Whole) else between
        return luck.choice(some)

    point = {name: value(kind) for name, kind in NAMES.items() if not name.startswith(("society.burn_in.", *OF_ONE_WHOLE))}
    for names in SUMS:
        one, other = (f"society.{name}" for name in names)
        if point[one] + point[other] > 1:
            point[luck.choice((one, other))] = 0.0
    return point


CORNERS = [("low", 0), ("high", 0), ("mixed", 1), ("mixed", 2), ("nearly nothing", 1), ("nearly nothing", 2), ("log", 1)]


@pytest.mark.parametrize("sort, number", CORNERS)
def test_a_corner_of_all_bounds_is_a_world_that_runs(a_study, sort, number):
    study = a_study(profiles="{ us = 1.0, france = 0.0 }", people=20, burn_in='"1y"', name="corner")
    point = corner(sort, random.Random(f"{sort} {number}"))
    with warnings.catch_warnings(), np.errstate(divide="raise", over="raise", invalid="raise"):
        warnings.simplefilter("error")
        world = World(study, "wall", number, point=point)
        world.run(365)
        measured = world.measure()
    assert [row for row in measured if math.isinf(row.value) or (math.isnan(row.value) and row.n)] == []
    for part in (world.state.people, world.state.ties):
        for name, column in part._asdict().items():
            assert name == "greet" or column.dtype.kind != "f" or np.isfinite(column).all(), name
