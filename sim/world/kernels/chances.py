"""Random counts for several kernels. They use +, x and / only, so that compiled and uncompiled code give equal results."""

import math

import numpy as np

from sim.compiled import njit

MOST = 8  # the largest number of acquaintances that a person begins in a month
MOST_A_WEEK = 56  # the largest number of candidates of one sort in a week
LARGEST = np.float32(512)  # with this mean and any larger one, N is the largest number that is drawn
E2, E3, E4, E5, E6, E7 = (1 / math.factorial(k) for k in range(2, 8))


@njit
def exp_minus(x):
    """exp(-x), float64, for 0 <= x <= 512. The relative error is below 1e-7 up to 60."""
    y = np.float64(x) / 256.0
    p = 1.0 + y * (1.0 + y * (E2 + y * (E3 + y * (E4 + y * (E5 + y * (E6 + y * E7))))))
    for _ in range(8):
        p = p * p
    return 1.0 / p


@njit
def poisson(u, mean, most=MOST):
    """N of docs/model.md 7.10: how many k = 0, 1, 2, ... have u >= P(at most k), at most `most`."""
    mean = min(mean, LARGEST)
    return inversion(u, mean, exp_minus(mean), most)


@njit
def inversion(u, mean, none, most):
    """`poisson` of a mean up to 512 where P(0) is known: none = exp(-mean), float64."""
    term = below = none
    k = 0
    while u >= below and k < most:
        k += 1
        term = term * mean / k
        below += term
    return k


@njit
def at_most(number, mean):
    """P(a Poisson count with this mean is at most `number`), float64."""
    mean = min(mean, LARGEST)
    term = below = exp_minus(mean)
    for k in range(1, number + 1):
        term = term * mean / k
        below += term
    return below
