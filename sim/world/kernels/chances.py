"""Probabilities shared by kernels, from +, x and / only, so that compiled and uncompiled code agree."""

import numpy as np

from sim.compiled import njit

ONE, HALF, SIXTH, TWENTYFOURTH = np.float32(1), np.float32(1 / 2), np.float32(1 / 6), np.float32(1 / 24)
EIGHTH = np.float32(1 / 8)
MOST = 8  # contacts of one sort between two people on one day


@njit
def nothing_happens(rate):
    """exp(-rate): the probability that a Poisson number of mean `rate` is 0. float32, relative error < 1e-6 to rate 2."""
    x = rate * EIGHTH
    p = ONE / (ONE + x * (ONE + x * (HALF + x * (SIXTH + x * TWENTYFOURTH))))
    p = p * p
    p = p * p
    return p * p


@njit
def poisson(u, rate):
    """A Poisson number of mean `rate` by inversion of the uniform u; at most `MOST`."""
    term = nothing_happens(rate)
    below = term
    k = 0
    while u >= below and k < MOST:
        k += 1
        term = term * rate / np.float32(k)
        below = below + term
    return k
