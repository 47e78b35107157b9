"""Margins: what they may be."""

import pytest
from pydantic import ValidationError

from sim.scenario.margins import Margin


def test_a_margin_is_above_nothing_and_may_leave_its_reason_to_the_reader():
    assert Margin.model_validate({"value": 0.05, "status": "assumed", "why": ""}).value == 0.05
    for value in (0, -0.05, 1, "5 %"):
        with pytest.raises(ValidationError) as caught:
            Margin.model_validate({"value": value, "status": "assumed", "why": ""})
        assert [error["loc"] for error in caught.value.errors()] == [("value",)]
