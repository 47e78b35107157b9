"""An emulator: what a simulation would give between the points that were simulated, and how far that is wrong.

It is a Gaussian process of scikit-learn. Its coefficients are handed on, so that a page can compute the same without it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.errors import InputError, Problem

FEWEST = 12  # points that an emulator is fitted to, at least
FOLDS = 10  # parts of the points, each of which is predicted from the others


class Emulator(NamedTuple):
    """The mean of a Gaussian process at x: mean + sum over points of weight * exp(-sum((x - point)^2 / length^2) / 2).

    x is in shares of the ranges of the design. error : root of the mean square of held-out predictions, in units of the values;
    explained : the share of the variance of the values that held-out predictions explain (1: all; 0 or less: none)
    """

    weights: list[float]
    lengths: list[float]
    mean: float
    error: float
    explained: float

    def at(self, x: Sequence[float], points: np.ndarray) -> float:
        """The emulated value at x. points : those that it was fitted to, shape (n, names)"""
        apart = (np.asarray(x) - points) / np.asarray(self.lengths)
        return self.mean + float(np.asarray(self.weights) @ np.exp(-0.5 * (apart**2).sum(1)))


def fitted(points: np.ndarray, values: Sequence[float], where: str) -> Emulator:
    """Fit an emulator. points : shape (n, names), in shares of ranges; where : of the values, for an error

    InputError: scikit-learn is not installed, or there are too few points.
    """
    try:
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.gaussian_process import GaussianProcessRegressor
        from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
        from sklearn.model_selection import KFold, cross_val_predict
        from threadpoolctl import threadpool_limits
    except ImportError:
        how = 'scikit-learn, which fills between the points: pip install scikit-learn'
        raise InputError([Problem("", "", "scikit-learn is not installed", how)]) from None
    known = np.asarray(values, float)
    if len(known) < FEWEST:
        expected = f"{FEWEST} at least: a sampled design with more points"
        raise InputError([Problem(where, "points", f"{len(known)} finished points", expected)])
    names = points.shape[1]
    kernel = ConstantKernel(1.0, (1e-3, 1e3)) * RBF(np.ones(names), (0.05, 20.0)) + WhiteKernel(1e-3, (1e-8, 1.0))
    process = GaussianProcessRegressor(kernel, normalize_y=True, n_restarts_optimizer=2, random_state=1)
    folds = KFold(min(FOLDS, len(known)), shuffle=True, random_state=1)
    with warnings.catch_warnings(), threadpool_limits(1):  # more threads only wait for each other: the matrices are small
        warnings.simplefilter("ignore", ConvergenceWarning)  # a length at its bound: the parameter does not matter
        process.fit(points, known)
        again = GaussianProcessRegressor(process.kernel_, normalize_y=True)  # each fold is fitted, starting where all points led
        held_out = cross_val_predict(again, points, known, cv=folds)
    spread = known.std()
    product = process.kernel_.k1
    weights = product.k1.constant_value * process.alpha_ * (spread or 1.0)
    error = float(np.sqrt(np.mean((held_out - known) ** 2)))
    explained = float(1 - (error / spread) ** 2) if spread else 1.0
    lengths = np.broadcast_to(product.k2.length_scale, names)
    return Emulator(weights.tolist(), lengths.tolist(), float(known.mean()), error, explained)
