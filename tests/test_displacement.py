"""What minutes take and give: the break-even line, by pencil and against the world, and the map that shows it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.study import breakeven
from sim.study.breakeven import Tie, break_even, gained, kept, lost, typical

TIE = Tie(planned=0.02, meeting=0.1, composed=0.002, cheap=0.0005, plans=0.0, linked=0.5, touch=0.4, exchange=0.5)

# The line


def test_without_a_platform_nothing_is_gained_and_the_line_is_at_no_loss():
    nothing = replace(TIE, composed=0.0, cheap=0.0, linked=0.0)
    assert gained(nothing, 1.0) == 0
    assert lost(nothing, 1.0, substitution=1.0, complement=1.0) == 0
    assert lost(nothing, 0.9, 0.0, 0.0) == pytest.approx(0.1 * 0.02)
    assert break_even(nothing, 0.9, 0.0, 0.0) == math.inf  # no dose of messages makes up for it: there are none


def test_a_platform_that_takes_nothing_only_gives():
    f = kept(0.0, within_reach=50, social=100)
    assert f == 1
    assert lost(TIE, f, substitution=0.0, complement=0.0) == 0
    assert gained(TIE, 0.0) == 0.0005
    assert break_even(TIE, f, 0.0, 0.0) < 0
    assert lost(replace(TIE, plans=0.01), f, 0.0, 0.0) == pytest.approx(-0.001)  # a plan to meet is contact won


def test_the_line_by_hand():
    f = kept(0.4, within_reach=30, social=120)  # 12 of 120 minutes: a tenth
    assert f == pytest.approx(0.9)
    wish = 1 + 0.5 * ((1 - 0.5 * 0.4) * (1 + 0.2 * 0.5) - 1)  # half of the ties are linked: 1 + .5 (.8 × 1.1 - 1) = .94
    assert lost(TIE, f, substitution=0.5, complement=0.2) == pytest.approx(0.02 * (1 - 0.9 * wish))
    assert break_even(TIE, f, 0.5, 0.2) == pytest.approx((0.02 * (1 - 0.9 * 0.94) - 0.0005) / 0.002)
    assert break_even(TIE, f, 0.5, 0.2) == pytest.approx(1.29)
    assert gained(TIE, 1.29) == pytest.approx(lost(TIE, f, 0.5, 0.2))


def test_the_line_rises_with_what_is_taken_and_falls_with_what_brings_together():
    shares = np.linspace(0, 1, 11)
    line = break_even(TIE, kept(shares, 30, 120), 0.3, 0.2)
    assert line.shape == shares.shape
    assert (np.diff(line) > 0).all()
    at = {"f": kept(0.5, 30, 120), "substitution": 0.3, "complement": 0.2}
    here = break_even(TIE, **at)
    assert break_even(TIE, **at | {"f": kept(0.5, 60, 120)}) > here  # more minutes
    assert break_even(TIE, **at | {"substitution": 0.6}) > here
    assert break_even(TIE, **at | {"complement": 0.4}) < here
    assert break_even(TIE, **at, cheap_dose=2.0) < here
    for name, way in (("touch", 1), ("exchange", -1), ("plans", -1), ("cheap", -1), ("composed", -1), ("planned", 1)):
        more = break_even(replace(TIE, **{name: 1.1 * getattr(TIE, name) + 0.001}), **at)
        assert math.copysign(1, more - here) == way, name


def test_memories_stand_where_intake_and_fading_balance():
    t = x = 0.0
    for _ in range(2000):
        t = t * (1 - 1 / 21) + 0.03 * (1 - t)
        x = 0.2 * 1 + 0.8 * x * (1 - 1 / 21)
    assert breakeven.stationary_touch(0.03, 21) == pytest.approx(t)
    assert breakeven.stationary_exchange(-math.log(0.8), 21) == pytest.approx(x)
    assert breakeven.stationary_touch(0.0, 21) == breakeven.stationary_exchange(0.0, 21) == 0


def test_a_typical_tie_is_made_of_measured_rates():
    control = {"received_visit": 730, "received_call": 365, "received_letter": 36.5, "ties": 10}
    arm = {
        "received_message": 73, "received_comment": 36.5, "received_group": 0, "received_greeting": 3.65,
        "received_reaction": 36.5, "views": 365, "ties": 10, "links": 5, "acquaintance_total": 4,
    }  # fmt: skip
    values = {
        **{f"society.channels.{name}.dose": dose for name, dose in DOSES.items()},
        **{f"society.channels.{name}.dose_sent": DOSES[name] for name in ("letter", "message", "comment", "group",
                                                                          "greeting", "reaction")},
        **{f"society.channels.{name}.touch": 0.1 for name in ("message", "comment", "group", "greeting", "reaction", "view")},
        "platform.messages.reply": 0.5, "platform.comments.reply": 0.25, "society.response.reply_half": 0.4,
        "society.response.meet_after": 0.1, "society.response.touch_memory": 20, "society.response.exchange_memory": 10,
    }  # fmt: skip
    tie = typical(control, arm, values)
    assert tie.planned == pytest.approx(0.2 * 0.1 + 0.1 * 0.08 + 0.01 * 2 * 0.05)
    assert tie.meeting == pytest.approx(0.029 / 0.32)
    assert tie.composed == pytest.approx(0.02 * 2 * 0.04 + 0.01 * 2 * 0.02)
    assert tie.cheap == pytest.approx((0.001 + 0.01) * 2 * 0.002 + 0.1 * 0.002)
    # closeness .4, so half of .5 of messages and half of .25 of comments are answered
    assert tie.plans == pytest.approx(0.1 * (0.04 * 0.25 / 1.25 + 0.02 * 0.125 / 1.125))
    touched = 2 * 0.1 * (0.02 + 0.01 + 0.001 + 0.01 + 0.1) / 0.5  # a linked tie has twice the mean
    assert tie.touch == pytest.approx(touched / (touched + 1 / 20))
    assert tie.exchange == pytest.approx(breakeven.stationary_exchange(2 * 0.03 / 0.5, 10))
    unlinked = typical(control, dict.fromkeys(arm, 0.0) | {"ties": 10}, values)
    assert (unlinked.linked, unlinked.touch, unlinked.exchange, unlinked.plans) == (0, 0, 0, 0)


DOSES = {"visit": 0.1, "call": 0.08, "letter": 0.05, "message": 0.04, "comment": 0.02, "group": 0.02,
         "greeting": 0.002, "reaction": 0.002, "view": 0.002}  # fmt: skip
