"""Probabilities shared by kernels, from +, x and / only, so that compiled and uncompiled code agree."""

import numpy as np

from sim.compiled import njit

ONE, HALF, SIXTH, TWENTYFOURTH = np.float32(1), np.float32(1 / 2), np.float32(1 / 6), np.float32(1 / 24)
LAST = np.float32(1 / 120)
EIGHTH = np.float32(1 / 8)
QUIET = np.float32(1 - 1e-5)  # with u + rate below this, a Poisson number is 0 for sure, as exp(-rate) > 1 - rate
MOST = 8  # contacts of one sort between two people on one day


@njit
def growth(rate):
    """exp(rate), float32; relative error below 1e-6 to a rate of 1, 1e-5 to 2."""
    x = rate * EIGHTH
    p = ONE + x * (ONE + x * (HALF + x * (SIXTH + x * (TWENTYFOURTH + x * LAST))))
    p = p * p
    p = p * p
    return p * p


@njit
def poisson(u, rate):
    """A Poisson number of mean `rate` by inversion of the uniform u; at most `MOST`."""
    term = ONE / growth(rate)
    below = term
    k = 0
    while u >= below and k < MOST:
        k += 1
        term = term * rate / np.float32(k)
        below = below + term
    return k
