"""The rules as fast numba code, one process of docs/model.md per file.

Kernels take arrays and scalars and change the caller's arrays. Each has a readable twin in sim/world/plain.py. Some kernels
draw *acts*: row of the tie, side of the sender, channel, cause. They write them from position `n` of four arrays on, and return
the new `n`. Then the kernels of `closeness` change closeness and memories by these acts.
"""
