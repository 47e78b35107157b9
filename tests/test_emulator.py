"""The emulator: it fills between points, says how far it errs, and a page can compute the same from its coefficients."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import InputError
from sim.page import emulator


def some_points(n=40, names=3, seed=1):
    return np.random.default_rng(seed).random((n, names))


def test_it_fills_between_points_of_a_smooth_law():
    points = some_points()
    law = lambda x: 10 * x[..., 0] + 4 * np.sin(3 * x[..., 1])  # noqa: E731
    found = emulator.fitted(points, law(points), "here")
    others = some_points(seed=2)
    assert [found.at(x, points) for x in others] == pytest.approx(law(others).tolist(), abs=0.3)
    assert found.explained > 0.98
    assert found.error < 0.5


def test_its_coefficients_give_what_the_library_gives():
    from sklearn.gaussian_process import GaussianProcessRegressor

    points = some_points()
    values = 3 + points @ [2.0, -1.0, 0.5]
    kept = {}
    fit = GaussianProcessRegressor.fit

    def noted(self, x, y):
        return kept.setdefault("process", fit(self, x, y))  # the first is that of all points

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GaussianProcessRegressor, "fit", noted)
        found = emulator.fitted(points, values, "here")
    others = some_points(seed=3)
    assert [found.at(x, points) for x in others] == pytest.approx(kept["process"].predict(others).tolist(), abs=1e-8)


def test_noise_alone_is_not_explained():
    values = np.random.default_rng(5).normal(size=40)
    assert emulator.fitted(some_points(), values, "here").explained < 0.4


def test_values_that_are_all_the_same_are_explained_without_error():
    found = emulator.fitted(some_points(), np.full(40, 2.0), "here")
    assert (found.error, found.explained) == (0.0, 1.0)
    assert found.at([0.3, 0.3, 0.3], some_points()) == pytest.approx(2.0)


def test_too_few_points_are_refused():
    with pytest.raises(InputError, match=r"11 finished points; expected 12 at least"):
        emulator.fitted(some_points(11), np.arange(11.0), "here")
