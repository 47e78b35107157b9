"""The rules, fast: numba on arrays and scalars, one process of docs/model.md per file.

Kernels see arrays and scalars only and change the caller's arrays; each has its plain twin in sim/world/plain.py.
Those that draw write *acts* (row of the tie, side of the sender, channel, cause) from position `n` of four arrays and
return the new `n`; `absorb` then lets closeness and memories take the acts in.
"""
