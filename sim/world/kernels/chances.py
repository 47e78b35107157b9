"""Random counts for several kernels. They use +, x and / only, so that compiled and uncompiled code give equal results."""

import numpy as np

from sim.compiled import njit

ONE, HALF, SIXTH, TWENTYFOURTH = np.float32(1), np.float32(1 / 2), np.float32(1 / 6), np.float32(1 / 24)
LAST = np.float32(1 / 120)
EIGHTH = np.float32(1 / 8)
QUIET = np.float32(1 - 1e-5)  # if u + rate is below this, the Poisson count is 0, as exp(-rate) > 1 - rate
MOST = 8  # largest count of one sort of contact between two people on one day


@njit
def growth(rate):
    """exp(rate), float32. The relative error is below 1e-6 up to a rate of 1, and below 1e-5 up to 2."""
    x = rate * EIGHTH
    p = ONE + x * (ONE + x * (HALF + x * (SIXTH + x * (TWENTYFOURTH + x * LAST))))
    p = p * p
    p = p * p
    return p * p


@njit
def poisson(u, rate):
    """A Poisson count with mean `rate`, by inversion of the uniform u; at most `MOST`."""
    term = ONE / growth(rate)
    below = term
    k = 0
    while u >= below and k < MOST:
        k += 1
        term = term * rate / np.float32(k)
        below = below + term
    return k
