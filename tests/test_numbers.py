"""Numbers of a scenario and their sorts: bounds, ranges, where they are from, how they are known."""

import copy
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.scenario.bounds import bounds_in
from sim.scenario.dotted_names import dotted_names
from sim.scenario.numbers import Meetings, Number, Whole
from sim.scenario.society import Society

SCENARIOS = Path(__file__).parent.parent / "scenarios"
SOCIETY = tomllib.loads((SCENARIOS / "society.toml").read_text("utf-8"))
REASON = {"unit": "-", "status": "assumed", "source": "a test"}


def refused(kind, table):
    """The first error's place and sort when a table is not a piece of this kind."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(table)
    first = caught.value.errors()[0]
    return first["loc"], first["type"]


SORTS = sorted({kind for kind in dotted_names().values() if isinstance(kind, type) and issubclass(kind, Number)}, key=str)


@pytest.mark.parametrize("kind", SORTS)
def test_each_sort_of_number_keeps_its_bounds(kind):
    bound = next(bounds_in(kind.model_fields["value"].rebuild_annotation()))
    inside = [bound.low, bound.high]
    outside = [bound.low - 1e-6, bound.high + 1e-6, -1e308, 1e308, 2**64]
    for value in inside:
        number = kind.model_validate({"value": value} | REASON)
        assert number.value == value
        assert isinstance(number.value, float)
    between = [bound.low + 0.5] if issubclass(kind, Whole) else []
    for value in [*outside, *between, 5e-324, 10**400, -(10**400), float("nan"), float("inf"), "0.5", True, None]:
        assert refused(kind, {"value": value} | REASON)[0] == ("value",)
    for value in outside:
        top = {"value": inside[-1], "high": value} if value > inside[-1] else None
        low = {"value": inside[0], "low": value} if value < inside[0] else None
        for ranged in filter(None, (top, low)):
            place = ("high",) if top else ("low",)
            assert refused(kind, ranged | REASON)[0] == place


def test_a_number_lies_in_its_own_range():
    assert Meetings.model_validate({"value": 1, "low": 1, "high": 1} | REASON).low == 1
    for low, high in [(2, 3), (0, 0.5), (3, 2)]:
        assert refused(Meetings, {"value": 1, "low": low, "high": high} | REASON)[1] == "value_error"


@pytest.mark.parametrize("reason", [{}, {"source": ""}, {"source": "  "}, {"why": " "}])
def test_a_number_says_where_it_is_from_or_why(reason):
    with pytest.raises(ValidationError, match="where the number is from, or why"):
        Meetings.model_validate({"value": 1, "unit": "-", "status": "read"} | reason)
    known = {"value": 1, "unit": "-", "status": "read", "why": "a test"}
    assert Meetings.model_validate(known).reason == "a test"


@pytest.mark.parametrize("status", ["set", "guess", "", 3, None])
def test_a_status_is_one_of_seven(status):
    assert refused(Meetings, {"value": 1} | REASON | {"status": status})[0] == ("status",)


def _numbers(table, place=()):
    for key, part in table.items():
        if isinstance(part, dict) and "unit" in part:
            yield (*place, key)
        elif isinstance(part, dict):
            yield from _numbers(part, (*place, key))


BOUNDED = {name: kind for name, kind in dotted_names().items() if kind in SORTS}


@given(
    place=st.sampled_from([p for p in _numbers(SOCIETY) if f"society.{'.'.join(p)}" in BOUNDED and "mobility" not in p]),
    end=st.sampled_from(["value", "low", "high"]),
    wrong=st.one_of(
        st.floats(max_value=-1e-6),
        st.sampled_from([float("nan"), float("inf"), -float("inf")]),
        st.text(max_size=4),
        st.booleans(),
        st.lists(st.integers(), max_size=2),
    ),
)
def test_any_number_of_the_society_out_of_bounds_is_refused_at_its_place(place, end, wrong):
    table = copy.deepcopy(SOCIETY)
    part = table
    for key in place:
        part = part[key]
    part[end] = wrong
    with pytest.raises(ValidationError) as caught:
        Society.model_validate(table)
    assert [one["loc"] for one in caught.value.errors()] == [(*place, end)]


@pytest.mark.parametrize(
    "place, first, second, said",
    [
        (("channel_mix", "far"), "visit", "call", "visit 0.6 + call 0.6 = 1.2"),
        (("occasions",), "by_card", "by_call", "by_card 0.6 + by_call 0.6 = 1.2"),
    ],
)
def test_shares_of_one_whole_leave_room(place, first, second, said):
    table = copy.deepcopy(SOCIETY)
    part = table
    for key in place:
        part = part[key]
    part[first] = part[second] = {"value": 0.6} | REASON
    with pytest.raises(ValidationError, match=said.replace("+", r"\+")) as caught:
        Society.model_validate(table)
    assert caught.value.errors()[0]["loc"] == place
